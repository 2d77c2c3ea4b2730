"""Why a plan differs from the one before: who declined, what was closed, added or moved on purpose; nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.conf import LazySettings
from django.utils import timezone

from noaber.apps.accounts.enums import Role
from noaber.apps.exchange.models import RequestDraft
from noaber.apps.exchange.queries import requests_of_case
from noaber.apps.exchange.services import LineAnswer, acknowledge, authorise_draft, respond_to_request
from noaber.apps.exchange.threads import load_thread
from noaber.apps.planner.models import Incident, Proposal
from noaber.apps.planner.presenters.plan_difference import cause_rows, difference_rows
from noaber.apps.planner.presenters.review import send_ready
from noaber.apps.planner.services import drafting, proposals
from noaber.apps.planner.services.incidents import add_need, change_need, close_incident, remove_need, reopen_incident
from noaber.core.messages.model import ResponseType
from noaber.web import clock
from planner_builders import EVENING, Evening, client_of, need_of, wanted
from registry_builders import make_acting
from roads_builders import close_bridge, install_network

WHOLE = "/incidents/plan/?status=Exercise"


@pytest.fixture
def incident(evening: Evening) -> Incident:
    """Two pump teams at Liège, five at Eindhoven; no text lets those of Belvaux come."""
    evening.own_and_neighbour()
    evening.team(evening.lu, "BELVAUX", territory="LU", quantity=3, lon=5.93, lat=49.51)
    return evening.incident(None, wanted("HCP", 4, 360))


@pytest.fixture
def later(evening: Evening) -> Iterator[None]:
    """Five minutes after the first plan."""
    with clock.at(EVENING + timedelta(minutes=5)):
        yield


def propose(evening: Evening, incident: Incident, **choice: Any) -> Proposal:
    return proposals.propose(evening.brussels, incident, include_unknown=choice.get("include_unknown", False))


def causes(proposal: Proposal) -> list[str]:
    """As Brussels reads them."""
    with timezone.override("Europe/Brussels"):
        return cause_rows(proposal, {one.number: one.title for one in proposal.incidents.all()})


def ask(evening: Evening, incident: Incident, made: Proposal) -> None:
    drafting.draft_requests(evening.brussels, made, language="fr")
    for draft in RequestDraft.objects.filter(case_id=incident.number, message_id=""):
        authorise_draft(make_acting(evening.be, Role.DIRECTOR), draft)
    assert send_ready(evening.brussels, incident) == 1


def decline(evening: Evening, incident: Incident) -> None:
    (request,) = requests_of_case(evening.nl, incident.number)
    acknowledge(evening.hague, request.message_id)
    answers = [
        LineAnswer(line_id=line.element_id, response_type=ResponseType.DECLINE, reason_code="already-committed")
        for line in load_thread(request.message_id).request.lines
    ]
    respond_to_request(evening.hague, request.message_id, answers)


def test_the_same_standing_has_no_cause_and_moves_nothing(evening: Evening, incident: Incident) -> None:
    first = propose(evening, incident)
    with clock.at(EVENING + timedelta(minutes=5)):
        second = propose(evening, incident)
        page = client_of(evening.brussels).get(WHOLE).content.decode()
    assert (causes(first), causes(second), difference_rows(second)) == ([], [], [])
    assert "have changed" not in page
    assert "Since the plan of" not in page


def test_who_declined_is_named_with_when_and_with_each_of_its_teams(evening: Evening, incident: Incident) -> None:
    """What was asked of others and alerted in between has not moved: only what was declined is gone."""
    ask(evening, incident, propose(evening, incident))
    with clock.at(EVENING + timedelta(minutes=5)):
        decline(evening, incident)
        before = client_of(evening.brussels).get(WHOLE).content.decode()
    with clock.at(EVENING + timedelta(minutes=6)):
        made = propose(evening, incident)
        page = client_of(evening.brussels).get(WHOLE).content.decode()
    assert "Declined since: NL-NCC" in before
    assert "Needs have changed since" not in before
    assert causes(made) == ["NL-NCC declined at 18:05: High-capacity pumping, Pepinster, Vesdre valley"]
    assert [(row.team, row.change, row.cause) for row in difference_rows(made)] == [
        ("EINDHOVEN", "no longer planned", "Declined by NL-NCC."),
    ]
    assert "NL-NCC declined at 18:05" in page
    assert "have changed" not in page
    assert "Declined since" not in page
    with clock.at(EVENING + timedelta(minutes=9)):
        assert causes(propose(evening, incident)) == []


def test_what_was_asked_for_meanwhile_is_not_said_to_be_planned_no_longer(evening: Evening, incident: Incident) -> None:
    ask(evening, incident, propose(evening, incident))
    with clock.at(EVENING + timedelta(minutes=5)):
        made = propose(evening, incident)
    assert (causes(made), difference_rows(made)) == ([], [])


@pytest.mark.usefixtures("later")
def test_an_incident_that_came_or_went_is_named(evening: Evening, incident: Incident) -> None:
    with clock.at(EVENING):
        propose(evening, incident)
    other = evening.incident(None, wanted("HCP", 3, 360), title="Dinant", place="Dinant", lon=4.91, lat=50.26)
    assert causes(propose(evening, incident)) == ["Dinant is planned together with the others"]
    close_incident(evening.brussels, other)
    made = propose(evening, incident)
    assert causes(made) == ["Dinant was closed"]
    reopen_incident(evening.brussels, other)
    remove_need(evening.brussels, need_of(other))
    assert causes(propose(evening, incident)) == []


def test_what_was_said_of_a_need_on_purpose_is_named_even_within_one_minute(
    evening: Evening, incident: Incident
) -> None:
    propose(evening, incident)
    later_by_an_hour = wanted("HCP", 4, 420)
    change_need(evening.brussels, need_of(incident), later_by_an_hour, reason="fed", language="en")
    made = propose(evening, incident)
    (moved,) = causes(made)
    assert moved == ("the deadline for 4 pumping modules at Pepinster, Vesdre valley was moved from 00:00 to 01:00")
    added = add_need(evening.brussels, incident, wanted("FRB", 1, 300))
    assert causes(propose(evening, incident)) == ["Pepinster, Vesdre valley needs more: 1 boat team"]
    remove_need(evening.brussels, added)
    assert causes(propose(evening, incident)) == ["Pepinster, Vesdre valley does not need any more: 1 boat team"]
    more = wanted("HCP", 5, 420)
    change_need(evening.brussels, need_of(incident), more)
    assert causes(propose(evening, incident)) == ["Pepinster, Vesdre valley needs something else: 5 pumping modules"]


def test_a_moment_after_which_help_is_of_no_use_is_told_as_such(evening: Evening, incident: Incident) -> None:
    propose(evening, incident)
    data = wanted("HCP", 4, 360, useless_after=600)
    change_need(evening.brussels, need_of(incident), data, reason="flooded by then", language="en")
    (told,) = causes(propose(evening, incident))
    assert told == "4 pumping modules at Pepinster, Vesdre valley would be of no use after 04:00, not after unknown"


def test_a_closed_road_is_named_where_it_makes_a_way_longer(
    evening: Evening, incident: Incident, settings: LazySettings, tmp_path: Any
) -> None:
    install_network(settings, tmp_path)
    propose(evening, incident)
    with clock.at(EVENING + timedelta(minutes=5)):
        far = {"type": "Point", "coordinates": [5.57, 50.9]}
        close_bridge(evening, geometry=far, reason="Far away", begins_at=EVENING + timedelta(minutes=5))
        assert causes(propose(evening, incident)) == []
    with clock.at(EVENING + timedelta(minutes=7)):
        close_bridge(evening, begins_at=EVENING + timedelta(minutes=7))
        made = propose(evening, incident)
        assert causes(made) == ["Bridge at Chaudfontaine, under water closed at 18:07"]
        page = client_of(evening.brussels).get(WHOLE).content.decode()
        assert "Bridge at Chaudfontaine, under water closed at 18:07" in page
    with clock.at(EVENING + timedelta(minutes=9)):
        assert causes(propose(evening, incident)) == []


def test_another_choice_about_open_texts_is_named(evening: Evening, incident: Incident) -> None:
    propose(evening, incident)
    assert causes(propose(evening, incident, include_unknown=True)) == ["texts that leave it open count now"]
    assert causes(propose(evening, incident)) == ["texts that leave it open count no more"]
