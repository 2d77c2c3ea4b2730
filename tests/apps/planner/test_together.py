"""What an organisation has open is planned together: what one incident takes the others do not get."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import override_settings

from noaber.apps.accounts.acting import Acting
from noaber.apps.accounts.enums import Role, Status
from noaber.apps.exchange.draft_lines import decode_lines
from noaber.apps.exchange.models import RequestDraft
from noaber.apps.exchange.queries import requests_of_case
from noaber.apps.exchange.services import LineAnswer, acknowledge, authorise_draft, respond_to_request
from noaber.apps.exchange.threads import load_thread
from noaber.apps.planner.models import Incident, Proposal
from noaber.apps.planner.presenters.incident_page import incident_context
from noaber.apps.planner.presenters.proposal_part import proposal_context
from noaber.apps.planner.presenters.review import send_ready
from noaber.apps.planner.queries.requested import requested_for_incidents
from noaber.apps.planner.queries.staleness import Standing, ages_of
from noaber.apps.planner.services import drafting, proposals
from noaber.apps.planner.services.incidents import NeedData, add_need, change_need, close_incident, remove_need
from noaber.apps.registry.enums import CapacityState
from noaber.apps.registry.models import Capacity
from noaber.apps.registry.services import report_state
from noaber.core.messages.model import ResponseType
from noaber.web import clock
from planner_builders import EVENING, Evening, need_of, refused, wanted
from registry_builders import author_for, make_acting

LIEGE, EINDHOVEN = "BE-NCCN:LIEGE", "NL-NCC:EINDHOVEN"


def second(evening: Evening, need: NeedData, **changes: object) -> Incident:
    """Another incident of Brussels, two kilometres downstream."""
    return evening.incident(None, need, title="Nessonvaux", place="Nessonvaux", lon=5.77, lat=50.57, **changes)


def propose(acting: Acting, incident: Incident) -> Proposal:
    return proposals.propose(acting, incident, include_unknown=False)


def lines(proposal: Proposal) -> dict[tuple[str, str], int]:
    """Teams by number of the incident and unit."""
    return {(line["incident"], line["unit"]): line["quantity"] for line in proposal.plan["assignments"]}


@pytest.fixture
def boats(evening: Evening) -> Evening:
    """Five boats of Brussels at Liège, and no others."""
    evening.team(evening.be, "LIEGE", territory="BE33", quantity=5, capabilities=("FRB",), lon=5.57, lat=50.63)
    return evening


def test_two_incidents_two_kilometres_apart_share_five_boats(boats: Evening) -> None:
    one = boats.incident(None, wanted("FRB", 5, 180))
    two = second(boats, wanted("FRB", 5, 180))
    made = propose(boats.brussels, one)
    assert set(made.incidents.all()) == {one, two}
    assert sum(lines(made).values()) == 5
    assert sum(entry["missing"] for entry in made.plan["unmet"]) == 5
    for incident in (one, two):
        assert proposals.latest_proposal(boats.brussels, incident) == made
        assert incident_context(boats.brussels, incident)["proposal"] == made
    again = propose(boats.brussels, two)
    assert lines(again) == lines(made)


def test_the_more_urgent_need_gets_the_boats(boats: Evening) -> None:
    later = boats.incident(None, wanted("FRB", 5, 180, priority=2))
    lives = second(boats, wanted("FRB", 5, 180, priority=1))
    assert lines(propose(boats.brussels, later)) == {(lives.number, LIEGE): 5}


@pytest.mark.parametrize("other", [Status.ACTUAL, Status.TEST])
def test_kinds_never_mix(boats: Evening, other: Status) -> None:
    exercise = boats.incident(None, wanted("FRB", 5, 180))
    with override_settings(NOABER_STATUS="Actual"):
        boats.incident(None, wanted("FRB", 5, 180), status=other)
    made = propose(boats.brussels, exercise)
    assert made.numbers == [exercise.number]
    assert lines(made) == {(exercise.number, LIEGE): 5}


def test_what_others_own_what_is_closed_and_what_needs_nothing_is_not_planned(boats: Evening) -> None:
    one = boats.incident(None, wanted("FRB", 5, 180))
    boats.incident(boats.hague, wanted("FRB", 5, 180))
    closed, idle = (second(boats, wanted("FRB", 5, 180)) for _ in range(2))
    close_incident(boats.brussels, closed)
    remove_need(boats.brussels, need_of(idle))
    assert propose(boats.brussels, one).numbers == [one.number]


def test_each_incident_keeps_its_own_decisions(boats: Evening) -> None:
    one = boats.incident(None, wanted("FRB", 3, 180))
    two = second(boats, wanted("FRB", 2, 180))
    propose(boats.brussels, one)
    made = proposals.remove_line(boats.brussels, need_of(one), LIEGE, reason="tired", language="en")
    assert lines(made) == {(two.number, LIEGE): 2}
    assert [(one_["incident"], one_["unit"]) for one_ in made.decisions] == [(one.number, LIEGE)]
    pinned = proposals.pin_line(boats.brussels, need_of(two), LIEGE, 1, language="en")
    assert lines(pinned) == {(two.number, LIEGE): 2}
    freed = proposals.drop_all_adjustments(boats.brussels, one)
    assert [one_["incident"] for one_ in freed.decisions] == [two.number]
    assert lines(freed) == {(one.number, LIEGE): 3, (two.number, LIEGE): 2}


def test_a_pin_of_one_incident_takes_the_team_from_the_other(boats: Evening) -> None:
    later = boats.incident(None, wanted("FRB", 5, 180, priority=3))
    lives = second(boats, wanted("FRB", 5, 180, priority=1))
    propose(boats.brussels, later)
    made = proposals.pin_line(boats.brussels, need_of(later), LIEGE, 2, language="en")
    assert lines(made) == {(later.number, LIEGE): 2, (lives.number, LIEGE): 3}


# asking


@pytest.fixture
def pair(evening: Evening) -> tuple[Incident, Incident]:
    """Two incidents that need pumps; two teams at Liège, five at Eindhoven."""
    evening.own_and_neighbour()
    return evening.incident(None, wanted("HCP", 3, 360)), second(evening, wanted("HCP", 3, 360))


def send(evening: Evening, incident: Incident) -> None:
    for draft in RequestDraft.objects.filter(case_id=incident.number, message_id=""):
        authorise_draft(make_acting(evening.be, Role.DIRECTOR), draft)
    assert send_ready(evening.brussels, incident) == 1


def test_one_draft_for_each_centre_and_incident(evening: Evening, pair: tuple[Incident, Incident]) -> None:
    made = propose(evening.brussels, pair[0])
    drafts = drafting.draft_requests(evening.brussels, made, language="fr")
    asked = {draft.case_id: decode_lines(draft.lines)[0] for draft in drafts}
    planned = {number: teams for (number, unit), teams in lines(made).items() if unit == EINDHOVEN}
    assert {number: line.quantity for number, line in asked.items()} == planned
    assert sum(planned.values()) == 4
    assert all(line.planned_units == (EINDHOVEN,) * line.quantity for line in asked.values())


def test_from_the_page_of_one_incident_only_that_is_drafted(evening: Evening, pair: tuple[Incident, Incident]) -> None:
    made = propose(evening.brussels, pair[0])
    asking = next(one for one in pair if (one.number, EINDHOVEN) in lines(made))
    drafts = drafting.draft_requests(evening.brussels, made, language="fr", incident=asking)
    assert {draft.case_id for draft in drafts} == {asking.number}


def test_what_was_sent_for_one_incident_leaves_the_rest_of_the_plan_to_be_sent(
    evening: Evening, pair: tuple[Incident, Incident]
) -> None:
    for one in pair:
        change_need(evening.brussels, need_of(one), wanted("HCP", 2, 360))
    Capacity.objects.filter(code="LIEGE").update(quantity=1, reduced_to=None)
    evening.team(evening.nl, "WEERT", territory="NL42", quantity=1, lon=5.7, lat=51.25)
    made = propose(evening.brussels, pair[0])
    for one in pair:
        assert [number for number, unit in lines(made) if unit != LIEGE].count(one.number) >= 1
        drafting.draft_requests(evening.brussels, made, language="fr", incident=one)
        send(evening, one)
    with refused("incident.plan-outdated"):
        drafting.draft_requests(evening.brussels, made, language="fr")


def test_a_change_at_one_incident_is_told_at_the_other(evening: Evening, pair: tuple[Incident, Incident]) -> None:
    made = propose(evening.brussels, pair[0])

    def ages() -> list[tuple[bool, bool]]:
        found = ages_of(made, Standing.of(evening.brussels, "Exercise"))
        return [(found[one.number].needs_changed, found[one.number].others_changed) for one in pair]

    assert ages() == [(False, False), (False, False)]
    change_need(evening.brussels, need_of(pair[1]), wanted("HCP", 2, 360))
    assert ages() == [(False, True), (True, False)]
    context = proposal_context(evening.brussels, pair[0], made)
    assert context["age"].others_changed
    assert context["asks"]


def test_an_incident_opened_since_is_told(evening: Evening, pair: tuple[Incident, Incident]) -> None:
    made = propose(evening.brussels, pair[0])
    third = second(evening, wanted("HCP", 1, 360))
    found = ages_of(made, Standing.of(evening.brussels, "Exercise"))
    assert [found[one.number].others_changed for one in pair] == [True, True]
    assert proposals.latest_proposal(evening.brussels, third) is None


def test_teams_that_were_asked_for_are_spoken_for_everywhere(evening: Evening, pair: tuple[Incident, Incident]) -> None:
    one, two = pair
    remove_need(evening.brussels, need_of(two))
    made = propose(evening.brussels, one)
    drafting.draft_requests(evening.brussels, made, language="fr")
    send(evening, one)
    asked = requested_for_incidents(evening.be, [one.number])
    assert asked.units == {EINDHOVEN: lines(made)[one.number, EINDHOVEN]}
    add_need(evening.brussels, two, wanted("HCP", 9, 360))
    again = propose(evening.brussels, two)
    taken = asked.units[EINDHOVEN] + sum(teams for (_, unit), teams in lines(again).items() if unit == EINDHOVEN)
    assert taken == 5


def decline(evening: Evening, incident: Incident) -> None:
    (request,) = requests_of_case(evening.nl, incident.number)
    acknowledge(evening.hague, request.message_id)
    answers = [
        LineAnswer(line_id=line.element_id, response_type=ResponseType.DECLINE, reason_code="already-committed")
        for line in load_thread(request.message_id).request.lines
    ]
    respond_to_request(evening.hague, request.message_id, answers)


def test_who_declined_is_not_proposed_again_until_its_state_is_told_anew(
    evening: Evening, pair: tuple[Incident, Incident]
) -> None:
    one, two = pair
    remove_need(evening.brussels, need_of(two))
    made = propose(evening.brussels, one)
    assert (one.number, EINDHOVEN) in lines(made)
    drafting.draft_requests(evening.brussels, made, language="fr")
    send(evening, one)
    with clock.at(EVENING + timedelta(minutes=5)):
        decline(evening, one)
        add_need(evening.brussels, two, wanted("HCP", 5, 360))
        assert set(lines(propose(evening.brussels, one))) == {(one.number, LIEGE), (two.number, EINDHOVEN)}
    with clock.at(EVENING + timedelta(minutes=9)):
        eindhoven = Capacity.objects.get(code="EINDHOVEN")
        report_state(
            author_for(evening.nl), eindhoven, state=CapacityState.AVAILABLE, now=EVENING + timedelta(minutes=8)
        )
        assert (one.number, EINDHOVEN) in lines(propose(evening.brussels, one))
