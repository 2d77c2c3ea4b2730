"""What each closed road costs those who are under way."""

from __future__ import annotations

import math

import pytest

from noaber.apps.roads.enums import MinutesKind
from noaber.apps.roads.models import Closure
from noaber.apps.roads.network.closure_costs import ClosureCost, Trip, closure_costs
from noaber.apps.roads.network.minutes import minutes_between
from noaber.apps.roads.queries.closures import closures_at
from noaber.apps.roads.services.closures import open_again
from noaber.core.geo import Position
from planner_builders import EVENING, Evening
from roads_builders import EAST, LIEGE, NORTH, PEPINSTER, close_bridge

pytestmark = pytest.mark.usefixtures("network")

FROM_LIEGE = Trip(Position(*LIEGE), Position(*PEPINSTER))
BESIDE_THE_BRIDGE = Trip(Position(*EAST), Position(*PEPINSTER))
AROUND = {"type": "Point", "coordinates": list(NORTH)}
NOWHERE = {"type": "Point", "coordinates": [4.4, 51.2]}


def costs(evening: Evening, *trips: Trip) -> list[ClosureCost]:
    return closure_costs(list(closures_at(evening.be, "Exercise", EVENING)), trips)


def minutes(evening: Evening) -> float:
    found = minutes_between(evening.be, [FROM_LIEGE.base], [FROM_LIEGE.place], status="Exercise", at=EVENING)
    return float(found.minutes[0, 0])


def test_it_costs_what_the_way_round_takes_longer_and_touches_nobody_else(evening: Evening) -> None:
    before = minutes(evening)
    bridge = close_bridge(evening)
    (cost,) = costs(evening, BESIDE_THE_BRIDGE, FROM_LIEGE)
    assert cost.closure == bridge
    assert [(one.trip, one.kind) for one in cost.detours] == [(1, MinutesKind.ROUTED)]
    assert cost.most.now == pytest.approx(minutes(evening))
    assert cost.most.extra == pytest.approx(minutes(evening) - before)
    assert cost.most.extra > 10


def test_a_closure_off_every_way_costs_nothing_and_one_opened_again_costs_no_more(evening: Evening) -> None:
    close_bridge(evening, geometry=NOWHERE)
    assert costs(evening, FROM_LIEGE) == []
    bridge = close_bridge(evening)
    assert [cost.closure for cost in costs(evening, FROM_LIEGE)] == [bridge]
    open_again(evening.brussels, bridge)
    assert costs(evening, FROM_LIEGE) == []


def test_where_every_way_is_closed_each_closure_says_so(evening: Evening) -> None:
    closed: set[Closure] = {close_bridge(evening), close_bridge(evening, geometry=AROUND)}
    found = costs(evening, FROM_LIEGE)
    assert {cost.closure for cost in found} == closed
    assert all(math.isinf(cost.most.extra) and math.isinf(cost.most.now) for cost in found)


def test_two_closures_on_one_road_both_cost_though_opening_one_gains_nothing(evening: Evening) -> None:
    bridge = close_bridge(evening)
    beside = close_bridge(evening, geometry={"type": "Point", "coordinates": [5.692, 50.597]})
    assert {cost.closure for cost in costs(evening, FROM_LIEGE)} == {bridge, beside}


def test_nothing_is_closed_or_nobody_is_under_way(evening: Evening) -> None:
    assert costs(evening, FROM_LIEGE) == []
    close_bridge(evening)
    assert costs(evening) == []
