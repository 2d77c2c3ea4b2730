"""What moved between two plans, what of a plan is no longer free, and what stays with its owners."""

from __future__ import annotations

import pytest

from noaber.apps.planner.models import Incident, Proposal
from noaber.apps.planner.presenters.plan_difference import difference_rows, difference_since
from noaber.apps.planner.presenters.proposal_part import proposal_context
from noaber.apps.planner.queries.plan_difference import left_at_home
from noaber.apps.planner.services import proposals
from noaber.apps.planner.services.incidents import change_need
from noaber.apps.registry.enums import CapacityState
from noaber.apps.registry.models import Capacity
from noaber.apps.registry.services import report_state
from planner_builders import EVENING, Evening, need_of, wanted
from registry_builders import author_for

LIEGE, EINDHOVEN = "BE-NCCN:LIEGE", "NL-NCC:EINDHOVEN"


@pytest.fixture
def incident(evening: Evening) -> Incident:
    """Six of seven teams near, and two more farther off."""
    evening.own_and_neighbour()
    evening.team(evening.nl, "ZWOLLE", territory="NL21", quantity=2, lon=6.09, lat=52.51)
    return evening.incident()


def propose(evening: Evening, incident: Incident) -> Proposal:
    return proposals.propose(evening.brussels, incident, include_unknown=False)


def told(former: Proposal, latest: Proposal) -> list[tuple[str, str, str]]:
    assert difference_since(latest) == former.made_at
    return [(row.team, row.change, row.cause) for row in difference_rows(latest)]


def test_nothing_moves_where_nothing_changed(evening: Evening, incident: Incident) -> None:
    assert told(propose(evening, incident), propose(evening, incident)) == []


def test_what_closes_around_a_line_that_was_taken_out(evening: Evening, incident: Incident) -> None:
    before = propose(evening, incident)
    after = proposals.remove_line(evening.brussels, need_of(incident), LIEGE, reason="tired", language="en")
    assert told(before, after) == [("EINDHOVEN", "5 instead of 4", ""), ("ZWOLLE", "newly planned: 1", "")]


def test_what_a_capacity_that_changed_meanwhile_moves(evening: Evening, incident: Incident) -> None:
    before = propose(evening, incident)
    reduce(evening, "EINDHOVEN", left=3)
    after = proposals.pin_line(evening.brussels, need_of(incident), LIEGE, 2, language="en")
    assert told(before, after) == [
        ("EINDHOVEN", "3 instead of 4", "3 free now, 5 before."),
        ("ZWOLLE", "newly planned: 1", ""),
    ]


def test_a_team_that_is_no_longer_shared_is_said_to_be_gone(evening: Evening, incident: Incident) -> None:
    before = propose(evening, incident)
    Capacity.objects.get(code="EINDHOVEN").groups.clear()
    assert told(before, propose(evening, incident)) == [
        ("EINDHOVEN", "no longer planned", "It is gone, or no longer shared with you."),
        ("ZWOLLE", "newly planned: 2", ""),
    ]


def test_another_arrival_is_told(evening: Evening, incident: Incident) -> None:
    before = propose(evening, incident)
    Capacity.objects.filter(code="LIEGE").update(mobilisation_minutes=50)
    ((team, change, cause),) = told(before, propose(evening, incident))
    assert (team, cause) == ("LIEGE", "")
    assert change.startswith("arrives after ≈ ")
    assert "instead of ≈ " in change


def test_a_need_that_was_changed_is_not_compared(evening: Evening, incident: Incident) -> None:
    before = propose(evening, incident)
    change_need(evening.brussels, need_of(incident), wanted("HCP", 8, 360))
    assert told(before, propose(evening, incident)) == []


def test_an_open_page_is_told_that_teams_of_its_plan_are_no_longer_free(evening: Evening, incident: Incident) -> None:
    made = propose(evening, incident)
    before = proposal_context(evening.brussels, incident, made)
    assert before["shortfalls"] == []
    reduce(evening, "EINDHOVEN", left=1)
    after = proposal_context(evening.brussels, incident, made)
    assert [(one.team, one.planned, one.free) for one in after["shortfalls"]] == [("EINDHOVEN", 4, 1)]
    assert before["mark"] != after["mark"]


def test_what_stays_counts_every_unit_of_the_owner(evening: Evening, incident: Incident) -> None:
    left = left_at_home(propose(evening, incident))
    assert (left["BE-NCCN", "HCP"], left["NL-NCC", "HCP"]) == (0, 3)


def reduce(evening: Evening, code: str, *, left: int) -> None:
    """The owner says that only so many teams are left."""
    capacity = Capacity.objects.get(code=code)
    report_state(author_for(evening.nl), capacity, state=CapacityState.REDUCED, reduced_to=left, now=EVENING)
