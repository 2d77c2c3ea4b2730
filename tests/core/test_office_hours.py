"""When a desk is open, on its own clock."""

from __future__ import annotations

from datetime import datetime, time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from noaber.core.office_hours import OfficeHours, runs_of

WEEK = frozenset({1, 2, 3, 4, 5})
NIGHTS = OfficeHours(frozenset({5}), time(22), time(6))


@pytest.mark.parametrize(
    ("moment", "is_open"),
    [
        ("2021-07-14T08:59", False),
        ("2021-07-14T09:00", True),
        ("2021-07-14T16:59", True),
        ("2021-07-14T17:00", False),
        ("2021-07-17T12:00", False),
    ],
)
def test_an_office_is_open_on_its_days_between_its_times(moment: str, is_open: bool):
    assert OfficeHours(WEEK, time(9), time(17)).is_open(datetime.fromisoformat(moment)) is is_open


@pytest.mark.parametrize(
    ("moment", "is_open"),
    [("2021-07-16T23:00", True), ("2021-07-17T05:59", True), ("2021-07-17T06:00", False), ("2021-07-16T05:00", False)],
)
def test_a_night_belongs_to_the_day_on_which_it_begins(moment: str, is_open: bool):
    assert NIGHTS.is_open(datetime.fromisoformat(moment)) is is_open


def test_days_are_weekdays():
    for days in (frozenset(), frozenset({0}), frozenset({8})):
        with pytest.raises(ValueError, match="weekdays"):
            OfficeHours(days, time(9), time(17))


@given(st.sets(st.integers(1, 7)))
def test_runs_hold_the_same_days_and_never_touch(days: set[int]):
    runs = runs_of(sorted(days))
    assert {day for first, last in runs for day in range(first, last + 1)} == days
    assert all(right[0] > left[1] + 1 for left, right in pairwise(runs))
