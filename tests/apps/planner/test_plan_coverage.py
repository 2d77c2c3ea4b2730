"""What a plan comes to is said in time, late and missing; nothing late is told as covered."""

from __future__ import annotations

import pytest

from noaber.apps.planner.models import Incident, Proposal
from noaber.apps.planner.presenters.proposal_part import proposal_context
from noaber.apps.planner.queries.plan_coverage import PlanHead, need_coverages
from noaber.apps.planner.services import proposals
from noaber.core.coverage import Coverage
from planner_builders import Evening, wanted


def propose(evening: Evening, incident: Incident) -> Proposal:
    return proposals.propose(evening.brussels, incident, include_unknown=False)


@pytest.fixture
def teams(evening: Evening) -> Evening:
    """Two pump teams of Brussels at Liège within the hour; five of The Hague at Eindhoven, later."""
    evening.own_and_neighbour()
    return evening


def test_what_comes_after_the_deadline_is_late_and_what_nobody_has_is_missing(teams: Evening) -> None:
    incident = teams.incident(None, wanted("HCP", 9, 90))
    made = propose(teams, incident)
    assert need_coverages(made, incident.number) == {"n1": Coverage(in_time=2, late=5, missing=2)}
    head = PlanHead.of(made, incident.number)
    assert head.words == "2 of 9 in time, 5 late, 2 missing"
    assert (head.is_proven, head.here.is_complete, head.is_shared) == (True, False, False)


def test_all_in_time_is_complete(teams: Evening) -> None:
    head = PlanHead.of(propose(teams, teams.incident(None, wanted("HCP", 2, 90))))
    assert head.here == Coverage(in_time=2)
    assert head.here.is_complete


def test_the_head_of_one_incident_tells_what_all_come_to(teams: Evening) -> None:
    one = teams.incident(None, wanted("HCP", 2, 90))
    two = teams.incident(
        None, wanted("HCP", 6, 400, priority=2), title="Verviers", place="Verviers", lon=5.86, lat=50.59
    )
    head = PlanHead.of(propose(teams, one), two.number)
    assert (head.here, head.everywhere) == (Coverage(in_time=5, missing=1), Coverage(in_time=7, missing=1))
    assert head.is_shared


def test_each_need_of_the_page_has_its_own(teams: Evening) -> None:
    incident = teams.incident(None, wanted("HCP", 3, 90), wanted("HEL", 1, 60))
    made = propose(teams, incident)
    plans = proposal_context(teams.brussels, incident, made)["plans"]
    assert [plan.coverage for plan in plans] == [Coverage(in_time=2, late=1), Coverage(missing=1)]
