"""Closures begin and end; what they close is closed in between and no longer."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from core.traveltime.road_files import town, write_roads
from noaber.core.traveltime.network import build_network
from noaber.core.traveltime.roads import Roads, open_roads
from noaber.core.traveltime.schedule import Closure, next_change, roads_at

NOON = datetime(2021, 7, 15, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture
def roads(tmp_path: Path) -> Roads:
    return open_roads(build_network([write_roads(tmp_path / "a.osm.pbf", "\n".join(town(5, seed=2)))], NOON))


def places(*numbers: int) -> np.ndarray:
    return np.array(numbers, dtype=np.int64)


def test_a_closure_holds_from_its_beginning_until_its_end(roads: Roads) -> None:
    closure = Closure(places(0, 1), NOON, NOON + HOUR, "water on the road")
    moments = {-HOUR: 0, timedelta(0): 2, HOUR - timedelta(seconds=1): 2, HOUR: 0, 2 * HOUR: 0}
    for after, closed in moments.items():
        assert len(roads_at(roads, [closure], NOON + after).closed) == closed


def test_without_times_it_always_holds(roads: Roads) -> None:
    assert roads_at(roads, [Closure(places(0))], NOON).closed.tolist() == [0]
    assert not Closure(places(0), begins_at=NOON).holds_at(NOON - HOUR)
    assert Closure(places(0), ends_at=NOON).holds_at(NOON - HOUR)


def test_a_road_closed_twice_opens_with_the_later_and_then_all_is_as_before(roads: Roads) -> None:
    first, second = Closure(places(0, 2), ends_at=NOON), Closure(places(2, 0), ends_at=NOON + HOUR)
    both = roads_at(roads, [first, second], NOON - HOUR)
    one = roads_at(both, [first, second], NOON)
    assert both.closed.tolist() == one.closed.tolist() == [0, 2]
    assert one is both
    again = roads_at(one, [first, second], NOON + HOUR)
    for name, array in vars(again.metric).items():
        np.testing.assert_array_equal(array, getattr(roads.metric, name))


def test_the_next_change_is_the_nearest_time_ahead() -> None:
    closures = [Closure(places(0), NOON, NOON + 3 * HOUR), Closure(places(1), ends_at=NOON + HOUR), Closure(places(2))]
    moments = [NOON - HOUR, NOON, NOON + HOUR, NOON + 3 * HOUR]
    assert [next_change(closures, at) for at in moments] == [NOON, NOON + HOUR, NOON + 3 * HOUR, None]


def test_times_that_cannot_be_are_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        Closure(places(0), datetime(2021, 7, 15, 12))
    with pytest.raises(ValueError, match="ends after"):
        Closure(places(0), NOON, NOON)
