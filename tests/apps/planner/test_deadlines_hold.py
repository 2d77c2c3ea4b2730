"""A deadline holds from plan to request: compared as a moment, restated when it moves, and left where it was left."""

from __future__ import annotations

from datetime import timedelta

import pytest

from noaber.apps.accounts.enums import Role
from noaber.apps.exchange.draft_lines import DraftLine, decode_lines
from noaber.apps.exchange.forms.drafts import LineForm
from noaber.apps.exchange.queries import drafts_of_case
from noaber.apps.exchange.services import authorise_draft
from noaber.apps.planner import drafting, proposals, services
from noaber.apps.planner.enums import EventKind
from noaber.apps.planner.services import NeedData
from noaber.core.deadlines import within
from noaber.web import clock
from noaber.web.forms import DeadlineInput
from planner_builders import EVENING, Evening, need_of, wanted
from registry_builders import make_acting


@pytest.mark.parametrize("minutes", [0, 5, 54])
def test_moves_are_told_between_plans_of_two_times(evening: Evening, minutes: int) -> None:
    evening.own_and_neighbour()
    incident = evening.incident()
    proposals.propose(evening.brussels, incident, include_unknown=False)
    with clock.at(EVENING + timedelta(minutes=minutes)):
        evening.team(evening.nl, "VENLO", territory="NL42", quantity=3, lon=6.0, lat=50.7, mobilisation_minutes=5)
        second = proposals.propose(evening.brussels, incident, include_unknown=False)
    assert "VENLO" in str(second.units), "the nearer team came into the plan"
    assert second.moves["teams"]


def test_an_unsent_draft_says_the_new_deadline_and_wants_a_new_sign_off(evening: Evening) -> None:
    evening.own_and_neighbour()
    incident = evening.incident()
    made = proposals.propose(evening.brussels, incident, include_unknown=False)
    (draft,) = drafting.draft_requests(evening.brussels, made, language="fr")
    authorise_draft(make_acting(evening.be, Role.DIRECTOR), draft)
    services.change_need(evening.brussels, need_of(incident), wanted("HCP", 6, 240), reason="later", language="en")
    (draft,) = drafts_of_case(evening.be, incident.number)
    assert [line.needed_by for line in decode_lines(draft.lines)] == [within(240, stated_at=EVENING)]
    assert (draft.state, draft.signed_by) == ("DRAFT", "")


def test_a_deadline_left_alone_in_a_draft_stays_when_it_passes_meanwhile(evening: Evening) -> None:
    by = EVENING + timedelta(minutes=60)
    before = DraftLine(capability="HCP", quantity=2, needed_by=by, need_id="n1")
    with clock.at(by - timedelta(minutes=1)):
        typed = DeadlineInput().format_value(by)
    with clock.at(by + timedelta(minutes=1)):
        form = LineForm({"capability": "HCP", "quantity": "2", "needed_by": typed, "priority": "1"}, before=before)
        assert form.is_valid(), form.errors
        assert form.read() == before


def test_both_moments_that_move_are_kept_in_the_log(evening: Evening) -> None:
    incident = evening.incident()
    after = NeedData("HCP", 6, needed_by=within(400, stated_at=EVENING), useless_after=within(500, stated_at=EVENING))
    services.change_need(evening.brussels, need_of(incident), after, reason="The Meuse rises later.", language="en")
    moved = incident.events.filter(kind=EventKind.DEADLINE_MOVED)
    assert {event.params["to"] for event in moved} == {after.needed_by.isoformat(), after.useless_after.isoformat()}
