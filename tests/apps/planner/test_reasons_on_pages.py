"""Each line of a plan says why it is there, and no two of a need the same; what two incidents wanted is told."""

from __future__ import annotations

import pytest

from noaber.apps.planner.models import Incident, Proposal
from noaber.apps.planner.presenters.proposal_part import proposal_context
from noaber.apps.planner.presenters.rivals import rival_rows
from noaber.apps.planner.services import proposals
from noaber.core.planning.reasons import Cause, Lead
from planner_builders import Evening, need_of, wanted

LIEGE, NAMUR = "BE-NCCN:LIEGE", "BE-NCCN:NAMUR"


def propose(evening: Evening, incident: Incident) -> Proposal:
    return proposals.propose(evening.brussels, incident, include_unknown=False)


def whys(evening: Evening, incident: Incident, made: Proposal) -> dict[str, str]:
    plans = proposal_context(evening.brussels, incident, made)["plans"]
    return {line.unit: line.why for plan in plans for line in plan.lines}


@pytest.fixture
def boats(evening: Evening) -> Evening:
    """Seven places of Brussels with one boat each, nearer and farther."""
    for number, lon in enumerate((5.57, 5.4, 5.2, 5.0, 4.8, 4.6, 4.4)):
        evening.team(evening.be, f"B{number}", quantity=1, capabilities=("FRB",), lon=lon, lat=50.6, territory="BE33")
    return evening


def test_seven_lines_say_seven_things(boats: Evening) -> None:
    incident = boats.incident(None, wanted("FRB", 7, 70))
    said = whys(boats, incident, propose(boats, incident))
    assert len(said) == 7
    assert len(set(said.values())) == 7
    assert said["BE-NCCN:B0"].startswith("Nearest.")
    assert all(said.values())
    assert any("after the deadline" in why or "later still" in why or "Late." in why for why in said.values())


def test_what_was_taken_out_is_named_where_another_takes_its_place(boats: Evening) -> None:
    incident = boats.incident(None, wanted("FRB", 1, 300))
    propose(boats, incident)
    made = proposals.remove_line(boats.brussels, need_of(incident), "BE-NCCN:B0", reason="engaged", language="en")
    (why,) = whys(boats, incident, made).values()
    assert why.startswith("Takes the place of B0, which you took out; ≈ ")
    (reason,) = made.reasons
    assert (reason["lead"], reason["cause"]) == (Lead.SUBSTITUTE, Cause.EXCLUDED)


def test_a_pin_is_said_to_be_held(boats: Evening) -> None:
    incident = boats.incident(None, wanted("FRB", 1, 300))
    propose(boats, incident)
    made = proposals.pin_line(boats.brussels, need_of(incident), "BE-NCCN:B6", 1, language="en")
    assert whys(boats, incident, made)["BE-NCCN:B6"].startswith("Held by you.")


def test_what_two_incidents_wanted_goes_where_lives_are_at_stake_and_both_read_it(evening: Evening) -> None:
    for code, lon in (("LIEGE", 5.57), ("NAMUR", 4.87)):
        evening.team(evening.be, code, quantity=1, capabilities=("FRB",), lon=lon, lat=50.6, territory="BE33")
    later = evening.incident(None, wanted("FRB", 1, 300, priority=2))
    lives = evening.incident(None, wanted("FRB", 1, 300, priority=1), title="Verviers", lon=5.86, lat=50.59)
    made = propose(evening, later)
    assert whys(evening, lives, made)[LIEGE].startswith("Nearest.")
    assert "goes to Verviers" in whys(evening, later, made)[NAMUR]
    for incident in (later, lives):
        (row,) = proposal_context(evening.brussels, incident, made)["rivals"]
        assert row.goes == "LIEGE goes to Verviers, where the need is more urgent."
        assert row.without[0].startswith("Pepinster, Vesdre valley has NAMUR at ≈ ")


def test_one_incident_by_itself_shares_with_nobody(boats: Evening) -> None:
    made = propose(boats, boats.incident(None, wanted("FRB", 2, 300)))
    assert rival_rows(made, {}) == []


def test_a_plan_of_before_still_says_what_the_next_best_would_cost(boats: Evening) -> None:
    incident = boats.incident(None, wanted("FRB", 1, 300))
    made = propose(boats, incident)
    made.reasons = []
    made.save()
    (why,) = whys(boats, incident, made).values()
    assert why.startswith("Next best is B1")


def test_who_loses_most_is_told_first(evening: Evening) -> None:
    for code, lon in (("LIEGE", 5.57), ("NAMUR", 4.87)):
        evening.team(evening.be, code, quantity=1, capabilities=("FRB",), lon=lon, lat=50.6, territory="BE33")
    lives = evening.incident(None, wanted("FRB", 1, 300, priority=1), title="Verviers", lon=5.86, lat=50.59)
    evening.incident(None, wanted("FRB", 1, 300, priority=2))
    last = evening.incident(None, wanted("FRB", 1, 300, priority=3), title="Theux", lon=5.81, lat=50.53)
    (row,) = rival_rows(propose(evening, lives), {last.number: "Theux"})
    first, then = row.without
    assert first.startswith("Theux goes without")
    assert "has NAMUR at" in then


def test_a_next_one_as_quick_is_not_told_as_later_by_nothing(boats: Evening) -> None:
    boats.team(boats.be, "TWIN", quantity=1, capabilities=("FRB",), lon=4.4, lat=50.6, territory="BE33")
    incident = boats.incident(None, wanted("FRB", 7, 70))
    assert "The next, TWIN, would be there as soon." in " ".join(
        whys(boats, incident, propose(boats, incident)).values()
    )
