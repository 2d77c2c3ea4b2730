"""The laws of a roster: what no shift covers is a gap, and nothing else; handovers are no overlap."""

from __future__ import annotations

import datetime

from hypothesis import given
from hypothesis import strategies as st

from noaber.apps.accounts.labels import is_at_least, strictest
from noaber.apps.events.enums import EventState, state_at
from noaber.apps.events.roster import Span, find_gaps, find_overlaps

START = datetime.datetime(2024, 6, 14, 6, tzinfo=datetime.UTC)
HOURS = 48


def at(hour: int) -> datetime.datetime:
    return START + datetime.timedelta(hours=hour)


shifts = st.lists(
    st.tuples(st.integers(-10, HOURS + 10), st.integers(1, 12)).map(lambda one: Span(at(one[0]), at(sum(one)), "NL")),
    max_size=8,
)


@given(shifts)
def test_every_hour_is_either_covered_or_in_a_gap(spans: list[Span]) -> None:
    gaps = find_gaps(spans, at(0), at(HOURS))
    assert gaps == sorted(gaps)
    if not spans:
        assert gaps == []
        return
    for hour in range(HOURS):
        covered = any(one.begins_at <= at(hour) < one.ends_at for one in spans)
        assert covered != any(gap.begins_at <= at(hour) < gap.ends_at for gap in gaps)


@given(shifts)
def test_overlaps_are_the_pairs_that_share_more_than_a_handover(spans: list[Span]) -> None:
    found = {frozenset(pair) for pair in find_overlaps(spans)}
    for first in range(len(spans)):
        for second in range(first):
            one, other = spans[first], spans[second]
            together = min(one.ends_at, other.ends_at) - max(one.begins_at, other.begins_at)
            assert (frozenset((first, second)) in found) == (together > datetime.timedelta(hours=1))


def test_officers_of_two_organisations_may_sit_there_at_once() -> None:
    assert find_overlaps([Span(at(0), at(8), "NL"), Span(at(0), at(8), "BE")]) == []


def test_days_say_how_far_an_event_is_and_closing_ends_it() -> None:
    def state(hour: int, closed: int | None = None) -> EventState:
        closed_at = None if closed is None else at(closed)
        return state_at(at(hour), begins_at=at(2), ends_at=at(5), closed_at=closed_at)

    assert [state(hour) for hour in (1, 2, 4, 5)] == ["prepared", "running", "running", "over"]
    assert state(7, closed=6) == "closed"


def test_the_strictest_label_counts() -> None:
    assert strictest("GREEN", "AMBER+STRICT", "AMBER") == "AMBER+STRICT"
    assert is_at_least("RED", "AMBER+STRICT")
    assert not is_at_least("GREEN", "AMBER")
