"""Laws of the progress of a plan, and of the comparison of its versions."""

from __future__ import annotations

import datetime
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from noaber.core.plans.progress import (
    Progress,
    Standing,
    Work,
    belongs_to_year,
    elapsed_share,
    indicator_share,
    progress_of,
    standing_of,
)
from noaber.core.plans.quarters import Quarter, quarter_of, quarters_of
from noaber.core.plans.versions import Difference, compare_objectives

TODAY = datetime.date(2024, 11, 12)
works = st.lists(st.builds(Work, st.sampled_from(Standing), st.integers(1, 9)), max_size=12)
days = st.dates(datetime.date(2020, 1, 1), datetime.date(2030, 12, 31))
numbers = st.fractions(min_value=-1000, max_value=1000)


@pytest.mark.parametrize(
    ("state", "due_on", "standing"),
    [
        ("done", datetime.date(2024, 1, 1), Standing.DONE),
        ("dropped", datetime.date(2024, 1, 1), Standing.DROPPED),
        ("open", TODAY, Standing.OPEN),
        ("in-progress", None, Standing.RUNNING),
        ("in-progress", datetime.date(2024, 11, 11), Standing.LATE),
        ("open", datetime.date(2024, 11, 11), Standing.LATE),
    ],
)
def test_an_action_is_late_the_day_after_its_day(state, due_on, standing):
    assert standing_of(state, due_on, TODAY) is standing


def test_two_of_three_are_done_and_the_dropped_one_does_not_count():
    some = [Work(Standing.DONE), Work(Standing.DONE, 2), Work(Standing.LATE), Work(Standing.DROPPED, 9)]
    assert progress_of(some) == Progress(done=2, running=0, late=1, open=0, dropped=1, share=Fraction(3, 4))


@given(works)
def test_every_action_is_counted_once_whatever_the_order(some):
    progress = progress_of(some)
    assert progress.total + progress.dropped == len(some)
    assert progress == progress_of(reversed(some))


@given(works, st.integers(1, 7))
def test_equal_weights_are_no_weights(some, factor):
    assert progress_of(replace(work, weight=factor) for work in some) == progress_of(
        replace(work, weight=1) for work in some
    )


@given(works, st.data())
def test_finishing_something_never_lowers_the_share(some, data):
    unfinished = [place for place, work in enumerate(some) if work.standing not in (Standing.DONE, Standing.DROPPED)]
    if not unfinished:
        return
    place = data.draw(st.sampled_from(unfinished))
    finished = [replace(work, standing=Standing.DONE) if at == place else work for at, work in enumerate(some)]
    assert (progress_of(finished).share or 0) > (progress_of(some).share or 0)


@given(works)
def test_all_is_done_exactly_where_the_share_is_one(some):
    progress = progress_of(some)
    assert progress.is_reached == (progress.share == 1)


def test_nothing_to_do_has_no_share():
    assert progress_of([Work(Standing.DROPPED)]).share is None


@given(numbers, numbers, numbers)
def test_an_indicator_runs_from_its_baseline_to_its_target(baseline, target, value):
    share = indicator_share(baseline, target, value)
    assert share is not None
    assert 0 <= share <= 1
    assert indicator_share(baseline, target, target) == 1
    if baseline != target:
        assert indicator_share(baseline, target, baseline) == 0
        assert share == indicator_share(-baseline, -target, -value)


def test_an_indicator_without_a_measurement_is_unknown():
    assert indicator_share(Fraction(0), Fraction(4), None) is None


def test_a_target_below_is_reached_downwards():
    assert indicator_share(Fraction(90), Fraction(60), Fraction(75)) == Fraction(1, 2)


@given(days, days, days)
def test_time_passes_from_nothing_to_all_of_it(one, other, today):
    first, last = sorted((one, other))
    share = elapsed_share(first, last, today)
    assert 0 <= share <= 1
    assert share <= elapsed_share(first, last, today + datetime.timedelta(days=1))
    assert (share == 1) == (today >= last)


@given(days, st.one_of(st.none(), days))
def test_what_is_done_on_its_day_belongs_to_one_year_only(made_on, due_on):
    done_on = due_on or made_on
    years = [
        year
        for year in range(2019, 2033)
        if belongs_to_year(year, made_on=made_on, due_on=due_on, done_on=done_on, is_under_way=False)
    ]
    assert years == [done_on.year]


def test_what_is_not_done_is_carried_over_until_it_is():
    told = {"made_on": datetime.date(2025, 2, 1), "due_on": datetime.date(2025, 9, 1)}
    assert [year for year in range(2025, 2029) if belongs_to_year(year, done_on=None, is_under_way=True, **told)] == [
        2025,
        2026,
        2027,
        2028,
    ]
    done_on = datetime.date(2026, 3, 1)
    assert [
        year for year in range(2025, 2029) if belongs_to_year(year, done_on=done_on, is_under_way=False, **told)
    ] == [2025, 2026]


@given(days)
def test_a_day_lies_in_its_quarter_and_in_no_other(day):
    quarter = quarter_of(day)
    assert quarter.first_on <= day <= quarter.last_on
    assert [one for one in quarters_of(2020, 2030) if one.first_on <= day <= one.last_on] == [quarter]


def test_the_quarters_of_a_programme_follow_each_other_without_a_gap():
    quarters = quarters_of(2025, 2028)
    assert (len(quarters), quarters[0], quarters[-1]) == (16, Quarter(2025, 1), Quarter(2028, 4))
    days = [(before.last_on, after.first_on) for before, after in pairwise(quarters)]
    assert all(last + datetime.timedelta(days=1) == first for last, first in days)


ROWS = st.lists(
    st.fixed_dictionaries({"id": st.integers(1, 6), "title": st.sampled_from("abc")}),
    unique_by=lambda row: row["id"],
    max_size=6,
)


@given(ROWS, ROWS)
def test_a_comparison_names_each_objective_once(before, after):
    compared = compare_objectives(before, after, ("title",))
    named = [(one.after or one.before or {})["id"] for one in compared]
    assert sorted(named) == sorted({row["id"] for row in [*before, *after]})
    assert all(one.difference is Difference.SAME for one in compare_objectives(after, after, ("title",)))


def test_a_reworded_objective_says_what_differs():
    [one] = compare_objectives(
        [{"id": 1, "title": "a", "no": "1"}], [{"id": 1, "title": "b", "no": "1"}], ("title", "no")
    )
    assert (one.difference, one.fields) == (Difference.CHANGED, ("title",))
