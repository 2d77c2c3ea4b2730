"""A line of a log happened now or at the time typed before it, and never after now."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from noaber.core.logbook import find_time, last_moment_at, split_time

BRUSSELS = ZoneInfo("Europe/Brussels")


@pytest.mark.parametrize(
    ("line", "at", "text"),
    [
        ("18:42 Eupen: the dam overflows", time(18, 42), "Eupen: the dam overflows"),
        (" 8.05, phoned Liège ", time(8, 5), "phoned Liège"),
        ("23h50 - décidé", time(23, 50), "décidé"),
        ("phoned at 18:42", None, "phoned at 18:42"),
        ("25:00 is no time", None, "25:00 is no time"),
        ("18:42", None, "18:42"),
        ("12 boats at 18:42", None, "12 boats at 18:42"),
        ("", None, ""),
    ],
)
def test_a_time_in_front_is_the_time(line: str, at: time | None, text: str):
    assert split_time(line) == (at, text)


def test_a_time_alone():
    assert find_time(" 18:42 ") == time(18, 42)
    assert find_time("soon") is None


def test_after_midnight_the_evening_is_yesterdays():
    now = datetime(2021, 7, 15, 0, 15, tzinfo=BRUSSELS)
    assert last_moment_at(time(23, 50), now) == datetime(2021, 7, 14, 21, 50, tzinfo=UTC)
    assert last_moment_at(time(0, 10), now) == datetime(2021, 7, 14, 22, 10, tzinfo=UTC)


def test_an_hour_that_comes_twice_is_the_second_once_that_has_come():
    before = datetime(2021, 10, 31, 2, 10, tzinfo=BRUSSELS, fold=1)
    assert last_moment_at(time(2, 30), before) == datetime(2021, 10, 31, 0, 30, tzinfo=UTC)
    after = datetime(2021, 10, 31, 2, 40, tzinfo=BRUSSELS, fold=1)
    assert last_moment_at(time(2, 30), after) == datetime(2021, 10, 31, 1, 30, tzinfo=UTC)


def test_a_moment_needs_a_zone():
    with pytest.raises(ValueError, match="zone"):
        last_moment_at(time(1, 0), datetime(2021, 7, 14))


@given(
    now=st.datetimes(datetime(2000, 1, 2), datetime(2050, 1, 1), timezones=st.just(BRUSSELS)),
    clock_time=st.times().map(lambda value: value.replace(second=0, microsecond=0)),
)
def test_it_is_never_after_now_nor_over_a_day_before(now: datetime, clock_time: time):
    found = last_moment_at(clock_time, now)
    assert timedelta(0) <= now.astimezone(UTC) - found < timedelta(hours=25)
