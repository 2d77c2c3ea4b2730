"""A deadline is a moment: made once of what was typed and when, moved only on purpose."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from noaber.core.deadlines import (
    FARTHEST,
    Deadline,
    check_move,
    check_stated,
    is_told_otherwise,
    minutes_until,
    read_deadline,
    within,
)
from noaber.core.problems import InvalidInput

BRUSSELS = ZoneInfo("Europe/Brussels")
EVENING = datetime(2021, 7, 14, 17, 52, tzinfo=BRUSSELS)
NINE = datetime(2021, 7, 14, 19, 0, tzinfo=UTC)
SECOND, HOUR = timedelta(seconds=1), timedelta(hours=1)
IN_THREE_HOURS = Deadline(within(180, stated_at=EVENING))


def read(typed: str, stated_at: datetime = EVENING) -> str:
    return f"{read_deadline(typed, stated_at=stated_at, zone=BRUSSELS).astimezone(BRUSSELS):%d %H:%M}"


@pytest.mark.parametrize(
    ("typed", "moment"),
    [
        ("3", "14 20:52"),
        ("3 h", "14 20:52"),
        ("within 3 hours", "14 20:52"),
        ("binnen 3 uur", "14 20:52"),
        ("dans 3 heures", "14 20:52"),
        ("innerhalb von 3 Stunden", "14 20:52"),
        ("1 h 30", "14 19:22"),
        ("2,5", "14 20:22"),
        ("90 min", "14 19:22"),
        ("1 d 6 h", "15 23:52"),
        ("21:00", "14 21:00"),
        ("21:00 Uhr", "14 21:00"),
        ("17:00", "15 17:00"),
        ("tomorrow 06:00", "15 06:00"),
        ("morgen 06:00", "15 06:00"),
        ("demain 06:00", "15 06:00"),
        ("aujourd’hui 23:00", "14 23:00"),
        ("15/7 06:00", "15 06:00"),
        ("2021-07-16 06:00", "16 06:00"),
    ],
)
def test_what_is_typed_is_a_moment(typed: str, moment: str) -> None:
    assert read(typed) == moment


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "deadline.unclear"),
        ("soon", "deadline.unclear"),
        ("0", "deadline.unclear"),
        ("25:00", "deadline.unclear"),
        ("31/2 06:00", "deadline.unclear"),
        ("30 min 2 h", "deadline.unclear"),
        ("today 12:00", "deadline.past"),
        ("2021-07-13 12:00", "deadline.past"),
        ("900", "deadline.far"),
        ("2021-10-31 02:30", "deadline.clock-change"),
    ],
)
def test_what_is_no_moment_ahead_is_refused(typed: str, code: str) -> None:
    stated_at = EVENING.replace(month=10, day=30) if "clock-change" in code else EVENING
    with pytest.raises(InvalidInput) as refused:
        read(typed, stated_at)
    assert [problem.code for problem in refused.value.problems] == [code]


@given(st.integers(1, 9999), st.integers(0, 59))
def test_a_moment_is_a_full_minute_and_nobody_has_less_than_was_said(minutes: int, second: int) -> None:
    stated_at = EVENING.replace(second=second)
    moment = within(minutes, stated_at=stated_at)
    assert (moment.second, moment.microsecond, moment.tzinfo) == (0, 0, UTC)
    assert minutes <= minutes_until(moment, stated_at) < minutes + 1
    assert read_deadline(f"{minutes} min", stated_at=stated_at, zone=BRUSSELS) == moment


def test_time_left_goes_below_zero() -> None:
    assert minutes_until(IN_THREE_HOURS.needed_by, EVENING + timedelta(hours=4)) == -60


def test_what_is_stated_lies_ahead_and_in_order() -> None:
    check_stated(IN_THREE_HOURS, stated_at=EVENING)
    for wrong in (
        Deadline(EVENING),
        Deadline(EVENING + FARTHEST + timedelta(minutes=2)),
        Deadline(IN_THREE_HOURS.needed_by, within(60, stated_at=EVENING)),
    ):
        with pytest.raises(InvalidInput):
            check_stated(wrong, stated_at=EVENING)


def test_it_moves_only_with_a_reason_and_to_what_lies_ahead() -> None:
    later = Deadline(within(240, stated_at=EVENING))
    check_move(IN_THREE_HOURS, later, reason="The Meuse rises later.", moved_at=EVENING)

    def refusals(after: Deadline, reason: str = "why", moved_at: datetime = EVENING) -> list[str]:
        with pytest.raises(InvalidInput) as refused:
            check_move(IN_THREE_HOURS, after, reason=reason, moved_at=moved_at)
        return [problem.code for problem in refused.value.problems]

    assert refusals(later, reason=" ") == ["deadline.no-reason"]
    assert refusals(IN_THREE_HOURS) == ["deadline.not-moved"]
    assert refusals(later, moved_at=EVENING + timedelta(hours=5)) == ["deadline.past"]
    assert refusals(Deadline(later.needed_by, IN_THREE_HOURS.needed_by)) == ["deadline.useless-before"]


def test_what_has_passed_may_stay_where_it_was() -> None:
    after = Deadline(IN_THREE_HOURS.needed_by, within(600, stated_at=EVENING))
    check_move(IN_THREE_HOURS, after, reason="Still of use.", moved_at=EVENING + timedelta(hours=5))


def test_what_is_the_same_to_the_minute_is_not_told_again() -> None:
    assert not is_told_otherwise(Deadline(NINE), Deadline(NINE + SECOND))
    assert not is_told_otherwise(Deadline(NINE, NINE + HOUR), Deadline(NINE, NINE + HOUR - SECOND))


def test_either_moment_that_moved_is_told() -> None:
    assert is_told_otherwise(Deadline(NINE), Deadline(NINE + HOUR))
    assert is_told_otherwise(Deadline(NINE), Deadline(NINE, NINE + HOUR))
    assert is_told_otherwise(Deadline(NINE, NINE + HOUR), Deadline(NINE))
