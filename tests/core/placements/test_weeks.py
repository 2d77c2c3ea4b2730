"""Stays over the weeks of a quarter or a year."""

from __future__ import annotations

import datetime
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from noaber.core.placements.weeks import Term, Weeks, lay_in_rows, quarter_of, read_term

AUTUMN = Term(2025, 3)
TERMS = st.builds(Term, st.integers(1900, 2099), st.integers(0, 4))


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


@pytest.mark.parametrize("code", ["2025-Q3", "2025", "1900-Q1", "2099"])
def test_a_term_is_written_as_it_is_read(code: str):
    term = read_term(code)
    assert term is not None
    assert term.code == code


@pytest.mark.parametrize("code", ["", "2025-Q5", "2025-q3", "1850", "2025-Q3 ", "２０２５"])
def test_another_text_is_no_term(code: str):
    assert read_term(code) is None


def test_the_weeks_of_a_quarter_begin_with_the_one_of_its_first_day():
    mondays = AUTUMN.mondays
    assert (AUTUMN.begins, AUTUMN.ends) == (day("2025-07-01"), day("2025-09-30"))
    assert (mondays[0], mondays[-1], len(mondays)) == (day("2025-06-30"), day("2025-09-29"), 14)


def test_a_week_counts_to_the_month_of_its_thursday_within_the_term():
    assert AUTUMN.month_of(day("2025-07-28")) == day("2025-07-01")
    assert AUTUMN.month_of(day("2025-09-29")) == day("2025-09-01")
    assert Term(2025).month_of(day("2025-12-29")) == day("2025-12-01")


@given(TERMS)
def test_every_day_of_a_term_lies_in_one_of_its_weeks(term: Term):
    mondays = term.mondays
    assert mondays[0] <= term.begins < mondays[0] + datetime.timedelta(weeks=1)
    assert mondays[-1] <= term.ends < mondays[-1] + datetime.timedelta(weeks=1)
    assert all(monday.weekday() == 0 for monday in mondays)
    assert term.before.ends + datetime.timedelta(days=1) == term.begins
    assert term.after.before == term


@given(st.dates(datetime.date(1900, 1, 1), datetime.date(2099, 12, 31)))
def test_the_quarter_of_a_day_holds_it(one: datetime.date):
    term = quarter_of(one)
    assert term.begins <= one <= term.ends


@pytest.mark.parametrize(
    ("begins", "ends", "weeks"),
    [
        ("2025-09-01", "2025-09-14", Weeks(9, 10)),
        ("2025-09-03", "2025-09-03", Weeks(9, 9)),
        ("2025-05-01", "2025-07-07", Weeks(0, 1)),
        ("2025-09-25", "2025-12-01", Weeks(12, 13)),
        ("2025-06-01", "2025-06-29", None),
        ("2025-10-06", "2025-10-07", None),
    ],
)
def test_days_touch_weeks_as_far_as_they_lie_in_the_term(begins: str, ends: str, weeks: Weeks | None):
    assert AUTUMN.weeks_of(day(begins), day(ends)) == weeks


def test_stays_after_one_another_share_a_row_where_their_names_have_room():
    stays = [Weeks(0, 0), Weeks(1, 2), Weeks(5, 6), Weeks(12, 12)]
    assert lay_in_rows(stays, weeks=13, room=1) == [[0, 1, 2, 3]]
    assert lay_in_rows(stays, weeks=13, room=4) == [[0, 2, 3], [1]]


@given(st.lists(st.tuples(st.integers(0, 12), st.integers(0, 12)).map(sorted), max_size=12), st.integers(1, 5))
def test_in_no_row_one_stay_lies_over_another(pairs: list[list[int]], room: int):
    stays = [Weeks(first, last) for first, last in pairs]
    rows = lay_in_rows(stays, weeks=13, room=room)
    assert sorted(index for row in rows for index in row) == list(range(len(stays)))
    for row in rows:
        for left, right in itertools.pairwise(row):
            assert stays[left].last < stays[right].first
            assert min(stays[right].last, 12) - stays[left].first + 1 >= room
