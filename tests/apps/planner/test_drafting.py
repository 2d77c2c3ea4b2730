"""From a plan to drafts: one for each centre and text, replaced by the next plan's, and nobody else sees them."""

from __future__ import annotations

import pytest

from noaber.apps.accounts.enums import Role
from noaber.apps.exchange.draft_lines import decode_lines
from noaber.apps.exchange.models import DraftState, RequestDraft
from noaber.apps.exchange.queries import drafts_of_case, requests_of_case
from noaber.apps.exchange.services import LineAnswer, acknowledge, authorise_draft, respond_to_request
from noaber.apps.exchange.threads import load_thread
from noaber.apps.planner.models import Incident
from noaber.apps.planner.presenters.need_plans import need_plans
from noaber.apps.planner.presenters.review import review_rows, send_ready
from noaber.apps.planner.services import drafting, proposals
from noaber.apps.planner.services.incidents import change_need, close_incident
from noaber.core.deadlines import within
from noaber.core.messages.model import ResponseType
from planner_builders import EVENING, Evening, need_of, refused, wanted
from registry_builders import make_acting


@pytest.fixture
def incident(evening: Evening) -> Incident:
    evening.own_and_neighbour()
    evening.team(evening.nl, "BOATS", territory="NL41", quantity=3, capabilities=("FRB",), lon=5.47, lat=51.44)
    return evening.incident(None, wanted("HCP", 6, 360), wanted("FRB", 2, 180, useless_after=600))


def drafted(evening: Evening, incident: Incident) -> list[RequestDraft]:
    made = proposals.propose(evening.brussels, incident, include_unknown=False)
    return drafting.draft_requests(evening.brussels, made, language="fr")


def test_one_draft_for_each_centre_and_text(evening: Evening, incident: Incident) -> None:
    (draft,) = drafted(evening, incident)
    assert (draft.supplier, draft.agreement, draft.case_id) == (evening.nl, "NL-BE-1984", incident.number)
    assert (draft.status, draft.tlp, draft.reception_point) == ("Exercise", "AMBER", "Pepinster")
    lines = decode_lines(draft.lines)
    assert [(line.capability, line.quantity, line.need_id) for line in lines] == [("HCP", 4, "n1"), ("FRB", 2, "n2")]
    assert [line.planned_units for line in lines] == [
        ("NL-NCC:EINDHOVEN",) * 4,
        ("NL-NCC:BOATS",) * 2,
    ]
    assert (lines[1].needed_by, lines[1].useless_after) == (
        within(180, stated_at=EVENING),
        within(600, stated_at=EVENING),
    )


def test_another_plans_drafts_replace_them_and_those_by_hand_stay(evening: Evening, incident: Incident) -> None:
    line = drafting.line_for(need_of(incident), 1)
    by_hand = drafting.draft_by_hand(evening.brussels, incident, evening.lu, [line], language="fr")
    (first,) = drafted(evening, incident)
    change_need(evening.brussels, need_of(incident, "n2"), wanted("FRB", 3, 180, useless_after=600))
    (second,) = drafted(evening, incident)
    assert {draft.pk for draft in drafts_of_case(evening.be, incident.number)} == {by_hand.pk, second.pk}
    first.refresh_from_db()
    assert first.state == DraftState.DISCARDED


def test_a_colleague_who_drafts_the_same_plan_gets_the_same_drafts(evening: Evening, incident: Incident) -> None:
    made = proposals.propose(evening.brussels, incident, include_unknown=False)
    (draft,) = drafting.draft_requests(evening.brussels, made, language="fr")
    authorise_draft(make_acting(evening.be, Role.DIRECTOR), draft)
    colleague = make_acting(evening.be, Role.DUTY_OFFICER)
    (same,) = drafting.draft_requests(colleague, made, language="nl")
    assert (same.pk, same.state) == (draft.pk, DraftState.AUTHORISED)
    assert RequestDraft.objects.count() == 1


def test_only_the_newest_plan_becomes_drafts(evening: Evening, incident: Incident) -> None:
    older = proposals.propose(evening.brussels, incident, include_unknown=False)
    proposals.remove_line(evening.brussels, need_of(incident), "NL-NCC:EINDHOVEN", reason="tired", language="en")
    with refused("incident.plan-outdated"):
        drafting.draft_requests(evening.brussels, older, language="fr")


def test_a_plan_for_other_needs_becomes_no_drafts(evening: Evening, incident: Incident) -> None:
    made = proposals.propose(evening.brussels, incident, include_unknown=False)
    change_need(evening.brussels, need_of(incident), wanted("HCP", 3, 360))
    with refused("incident.plan-outdated"):
        drafting.draft_requests(evening.brussels, made, language="fr")


def test_what_was_sent_is_not_drafted_again_even_when_it_was_declined(evening: Evening, incident: Incident) -> None:
    made = proposals.propose(evening.brussels, incident, include_unknown=False)
    (draft,) = drafting.draft_requests(evening.brussels, made, language="fr")
    authorise_draft(make_acting(evening.be, Role.DIRECTOR), draft)
    send_ready(evening.brussels, incident)
    with refused("incident.plan-outdated"):
        drafting.draft_requests(evening.brussels, made, language="fr")
    decline(evening, incident)
    assert proposals.asked_by_need(evening.brussels, incident) == {"n1": 0, "n2": 0}
    with refused("incident.plan-outdated"):
        drafting.draft_requests(evening.brussels, made, language="fr")


def decline(evening: Evening, incident: Incident) -> None:
    """The Hague declines every line of what Brussels asked."""
    (request,) = requests_of_case(evening.nl, incident.number)
    acknowledge(evening.hague, request.message_id)
    lines = load_thread(request.message_id).request.lines
    answers = [
        LineAnswer(line_id=line.element_id, response_type=ResponseType.DECLINE, reason_code="already-committed")
        for line in lines
    ]
    respond_to_request(evening.hague, request.message_id, answers)


def test_by_hand_it_stands_on_the_surest_text(evening: Evening, incident: Incident) -> None:
    line = drafting.line_for(need_of(incident), 2)
    draft = drafting.draft_by_hand(evening.brussels, incident, evening.nl, [line], language="fr")
    assert draft.agreement == "NL-BE-1984"
    alone = drafting.draft_by_hand(evening.brussels, incident, evening.fr, [line], language="fr")
    assert alone.agreement == ""


@pytest.mark.parametrize("role", list(Role))
def test_who_may_draft_and_send(evening: Evening, incident: Incident, role: Role) -> None:
    made = proposals.propose(evening.brussels, incident, include_unknown=False)
    acting = make_acting(evening.be, role)
    if role in (Role.DUTY_OFFICER, Role.DIRECTOR):
        drafting.draft_requests(acting, made, language="fr")
        assert send_ready(acting, incident) == 0
        return
    with refused("accounts.role.send-request"):
        drafting.draft_requests(acting, made, language="fr")
    with refused("accounts.role.send-request"):
        send_ready(acting, incident)


def test_what_is_ready_is_sent_and_the_rest_says_what_it_lacks(evening: Evening, incident: Incident) -> None:
    (draft,) = drafted(evening, incident)
    (row,) = review_rows(evening.brussels, incident)
    assert (row.ready, row.unsigned, row.problems, row.cost_unknown) == (False, True, [], True)
    assert send_ready(evening.brussels, incident) == 0
    authorise_draft(make_acting(evening.be, Role.DIRECTOR), draft)
    assert send_ready(evening.brussels, incident) == 1
    assert review_rows(evening.brussels, incident) == []


def test_what_was_asked_is_not_planned_or_counted_again(evening: Evening, incident: Incident) -> None:
    (draft,) = drafted(evening, incident)
    planned = proposals.latest_proposal(evening.brussels, incident)
    authorise_draft(make_acting(evening.be, Role.DIRECTOR), draft)
    send_ready(evening.brussels, incident)
    asked = proposals.asked_by_need(evening.brussels, incident)
    assert asked == {"n1": 4, "n2": 2}
    plans = need_plans(incident, list(incident.needs.all()), planned, [], asked=asked)
    assert [(plan.asked, plan.own, plan.neighbours, plan.missing) for plan in plans] == [(4, 2, 0, 0), (2, 0, 0, 0)]
    again = proposals.propose(evening.brussels, incident, include_unknown=False)
    assert [line["unit"] for line in again.plan["assignments"]] == ["BE-NCCN:LIEGE"]


def test_an_incident_with_open_requests_is_not_closed(evening: Evening, incident: Incident) -> None:
    (draft,) = drafted(evening, incident)
    authorise_draft(make_acting(evening.be, Role.DIRECTOR), draft)
    send_ready(evening.brussels, incident)
    with refused("incident.open-requests"):
        close_incident(evening.brussels, incident)
