"""What a closed road does to a line of a plan."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from noaber.core.detours import Detour

minutes = st.floats(min_value=0, max_value=600)


@pytest.mark.parametrize(
    ("arrival", "travel", "now", "extra", "within", "planned_with", "late"),
    [
        pytest.param(70, 50, 50, 14, 60, True, True, id="late by the closure, and the plan knows it"),
        pytest.param(56, 36, 50, 14, 60, False, True, id="late by a closure that came after the plan"),
        pytest.param(80, 60, 60, 14, 60, True, False, id="late without it as well"),
        pytest.param(55, 35, 35, 14, 60, True, False, id="longer, and still in time"),
        pytest.param(60, 40, 40, 14, 60, True, False, id="to the minute is in time"),
        pytest.param(74, 54, 54, 14, 60, True, True, id="without it to the minute in time"),
    ],
)
def test_a_closure_makes_late_who_would_be_in_time_without_it(
    arrival: float, travel: float, now: float, extra: float, within: float, planned_with: bool, late: bool
) -> None:
    found = Detour(arrival, travel, now, extra, within)
    assert (found.is_planned_with, found.makes_late) == (planned_with, late)


@pytest.mark.parametrize(
    ("arrival", "travel", "now", "within", "later", "late"),
    [
        pytest.param(56, 36, 36, 60, False, False, id="planned with the roads as they are"),
        pytest.param(56, 36, 36.9, 60, False, False, id="less than a minute is nothing"),
        pytest.param(56, 36, 39, 60, True, False, id="later, and still in time"),
        pytest.param(56, 36, 40, 60, True, False, id="to the minute in time"),
        pytest.param(56, 36, 50, 60, True, True, id="late by a closure that came after the plan"),
        pytest.param(70, 50, 64, 60, True, False, id="was late before"),
        pytest.param(56, 36, math.inf, 60, True, True, id="no way is left"),
        pytest.param(70, 50, 36, 60, False, False, id="sooner: a road was opened again"),
    ],
)
def test_a_closure_after_the_plan_may_make_its_lines_late(
    arrival: float, travel: float, now: float, within: float, later: bool, late: bool
) -> None:
    found = Detour(arrival, travel, now, 1.0, within)
    assert (found.is_later, found.turns_late) == (later, late)


@given(minutes, minutes, minutes, minutes)
def test_by_no_longer_way_is_a_line_later(start: float, travel: float, shorter: float, within: float) -> None:
    found = Detour(start + travel, travel, max(0.0, travel - shorter), 0.0, within)
    assert not found.is_later
    assert not found.turns_late


@given(minutes, minutes, minutes, minutes)
def test_the_dearer_of_two_closures_makes_late_wherever_the_cheaper_does(
    start: float, now: float, extra: float, within: float
) -> None:
    cheap = Detour(start + now, now, now, min(extra, now), within)
    dear = Detour(start + now, now, now, now, within)
    assert dear.makes_late or not cheap.makes_late


@given(minutes, minutes, minutes)
def test_a_closure_that_costs_nothing_makes_nobody_late(start: float, now: float, within: float) -> None:
    assert not Detour(start + now, now, now, 0.0, within).makes_late
