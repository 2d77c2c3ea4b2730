"""Minutes by the main roads that come with the product: marked as such, and changed by what is closed."""

from __future__ import annotations

import numpy as np
import pytest

from noaber.apps.planner.queries.requested import Requested
from noaber.apps.planner.queries.situation import build_problem
from noaber.apps.roads.enums import MinutesKind
from noaber.apps.roads.network.minutes import minutes_between
from noaber.apps.roads.network.named_roads import find_named_road
from noaber.apps.roads.network.roads_now import closed_by
from noaber.apps.roads.presenters.provenance import Provenance, minutes_provenance
from noaber.apps.roads.reach.reach import reach_of, visible_means
from noaber.apps.roads.services.closures import open_again
from noaber.core.geo import Position
from planner_builders import EVENING, Evening
from roads_builders import EINDHOVEN, LIEGE, PEPINSTER, close_bridge

pytestmark = pytest.mark.usefixtures("main_roads")

BASES = [Position(*LIEGE), EINDHOVEN, Position(13.4, 52.5)]
"""The last lies in Berlin, beyond the region."""
PLACE = Position(*PEPINSTER)
ON_THE_N61 = {"type": "Point", "coordinates": [5.7, 50.59]}


def ask(evening: Evening):
    return minutes_between(evening.be, BASES, [PLACE], status="Exercise", at=EVENING)


def test_without_a_network_minutes_are_those_by_main_roads(evening: Evening) -> None:
    found = ask(evening)
    assert [found.kind(base, 0) for base in range(3)] == [MinutesKind.COARSE] * 2 + [MinutesKind.ESTIMATE]
    assert 15 < found.minutes[0, 0] < 40
    assert 60 < found.minutes[1, 0] < 110


@pytest.mark.usefixtures("network")
def test_where_a_network_covers_the_pair_it_is_routed(evening: Evening) -> None:
    found = ask(evening)
    assert [found.kind(base, 0) for base in range(3)] == list(MinutesKind)[::-1]


def test_it_is_said_how_they_were_got(evening: Evening) -> None:
    close_bridge(evening)
    assert minutes_provenance(evening.be, PLACE, status="Exercise", at=EVENING) == Provenance(
        MinutesKind.COARSE, closures=1
    )
    far = minutes_provenance(evening.be, BASES[2], status="Exercise", at=EVENING)
    assert far.kind is MinutesKind.ESTIMATE


def test_a_drawn_line_lengthens_the_way_and_opening_it_restores_it_exactly(evening: Evening) -> None:
    before = ask(evening).minutes
    line = {"type": "LineString", "coordinates": [[5.66, 50.5], [5.66, 50.9]]}
    closure = close_bridge(evening, geometry=line)
    assert ask(evening).minutes[0, 0] > before[0, 0] + 2
    open_again(evening.brussels, closure)
    assert (ask(evening).minutes == before).all()


def test_a_plan_and_the_map_read_the_same(evening: Evening) -> None:
    evening.own_and_neighbour()
    plan = build_problem(evening.be, [evening.incident()], EVENING, include_unknown=False, asked=Requested())
    assert set(plan.kinds.values()) == {MinutesKind.COARSE}
    reach = reach_of(visible_means(evening.be, "Exercise", EVENING, capability="HCP", hazard="flood"))
    place = int(np.flatnonzero(np.isfinite(reach.opened.minutes[:, 0]))[0])
    assert reach.kind(reach.opened, place, 0) is MinutesKind.COARSE
    assert reach.is_estimated(0, reach.opened).all()


def test_a_section_that_is_closed_by_name_lengthens_the_ways_over_it_and_no_others(evening: Evening) -> None:
    maastricht, brussels, liege = Position(5.69, 50.85), Position(4.35, 50.85), Position(*LIEGE)

    def minutes() -> list[float]:
        found = minutes_between(evening.be, [maastricht, brussels], [liege], status="Exercise", at=EVENING)
        return found.minutes[:, 0].tolist()

    before = minutes()
    road = find_named_road("E25, Liège - Maastricht", is_one_way=False)
    close_bridge(evening, geometry=road.geometry, parts=road.parts)
    after = minutes()
    assert after[0] > before[0] + 3
    assert after[1] == before[1]


@pytest.mark.usefixtures("network")
def test_a_name_closes_nothing_on_the_installed_network(evening: Evening) -> None:
    road = find_named_road("E25, Liège - Maastricht", is_one_way=False)
    named = close_bridge(evening, geometry=road.geometry, parts=road.parts)
    drawn = close_bridge(evening, geometry=road.geometry)
    shut = closed_by([named, drawn])
    assert shut[named.digest].stretches == 0
    assert len(shut[named.digest].parts) == len(road.parts)
    assert named.digest != drawn.digest
