"""The network by main roads: local ways, sections by carriageway, waters, closures, and the laws that minutes keep."""

from __future__ import annotations

from datetime import UTC, datetime

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from noaber.core.geo import Position, distance_km
from noaber.core.reach.driving import driving_minutes
from noaber.core.traveltime.geojson import Shape
from noaber.core.traveltime.main_roads import MainRoads, build_main_roads, shut_by_shape
from noaber.core.traveltime.main_roads_graph import LOCAL_DETOUR, LOCAL_KM_H, SPEED_KM_H, Town, Water, heavy_factor
from noaber.core.traveltime.roads import close_roads, open_roads
from noaber.core.traveltime.sections import Direction, Part, RoadKind, Section
from noaber.core.traveltime.vehicles import Vehicle

MADE = datetime(2021, 7, 1, tzinfo=UTC)
EAST_KM = 111.2 * np.cos(np.radians(50.5))


def at(east_km: float, north_km: float = 0.0) -> Position:
    return Position(lon=5.0 + east_km / EAST_KM, lat=50.5 + north_km / 111.2)


TOWNS = [Town(at(east, north), 5_000) for east in range(0, 61, 10) for north in (-6, 0, 6)]
WEST, EAST = at(0), at(60)
ROAD = Section("road", ("E25",), RoadKind.MOTORWAY, "west", "east", (WEST, EAST))


def build(*sections: Section, towns: list[Town] = TOWNS, waters: tuple[Water, ...] = ()) -> MainRoads:
    return build_main_roads(towns, sections, waters, MADE)


def minutes(main: MainRoads, start: Position, end: Position, *closed: Part, vehicle: Vehicle = Vehicle.CAR) -> float:
    roads = open_roads(main.network.driven_by(vehicle))
    if closed:
        roads = close_roads(roads, main.places(closed))
    found = driving_minutes(roads, *(np.array([[one.lon, one.lat]]) for one in (start, end)))
    return float(found[0, 0])


@pytest.fixture(scope="module")
def main() -> MainRoads:
    return build(ROAD)


def test_without_a_main_road_the_way_is_local(main: MainRoads) -> None:
    local = minutes(build(), WEST, EAST)
    assert local == pytest.approx(distance_km(WEST, EAST) * LOCAL_DETOUR / LOCAL_KM_H * 60, rel=0.001)
    assert minutes(main, at(0, 6), at(10, 6)) == pytest.approx(minutes(build(), at(0, 6), at(10, 6)))


def test_a_motorway_is_quicker_than_the_local_way_and_costs_its_access(main: MainRoads) -> None:
    alone = ROAD.length_km / SPEED_KM_H[RoadKind.MOTORWAY] * 60
    assert alone + 2 < minutes(main, WEST, EAST) < alone + 10


def test_a_main_road_is_left_and_joined_along_its_course(main: MainRoads) -> None:
    """Who lives beside the middle of a section does not drive to its end first."""
    assert minutes(main, WEST, at(30)) < minutes(main, WEST, EAST) * 0.7


@pytest.mark.parametrize("direction", list(Direction))
def test_a_carriageway_is_closed_alone(main: MainRoads, direction: Direction) -> None:
    part = Part("road", direction)
    open_there, open_back = minutes(main, WEST, EAST), minutes(main, EAST, WEST)
    assert (minutes(main, WEST, EAST, part) > open_there + 10) == (direction is not Direction.AGAINST)
    assert (minutes(main, EAST, WEST, part) > open_back + 10) == (direction is not Direction.ALONG)


def test_what_is_closed_is_told_by_section_and_carriageway(main: MainRoads) -> None:
    for part in (Part("road"), Part("road", Direction.ALONG), Part("road", Direction.AGAINST)):
        assert main.parts(main.places([part])) == (part,)
    assert not len(main.places([Part("of another table")]))


def test_no_local_way_crosses_water_and_a_section_does() -> None:
    river = Water((at(25, -20), at(25, 20)))
    cut = build(waters=(river,))
    assert np.isinf(minutes(cut, WEST, at(20))) or cut.network.n_nodes < len(TOWNS)
    bridged = build(ROAD, waters=(river,))
    assert np.isfinite(minutes(bridged, WEST, EAST))
    assert np.isinf(minutes(bridged, at(20), at(30), Part("road")))


def test_a_drawn_point_closes_the_main_road_that_it_lies_beside(main: MainRoads) -> None:
    near, far = (Shape("drawn", (shapely.Point(*_degrees(at(33, north))),)) for north in (0.2, 2.0))
    assert [part.section for part in main.parts(shut_by_shape(main, near))] == ["road"]
    assert not len(shut_by_shape(main, far))


def test_a_drawn_line_closes_what_it_meets(main: MainRoads) -> None:
    line = Shape("drawn", (shapely.LineString([_degrees(at(33, -3)), _degrees(at(33, 3))]),))
    shut = shut_by_shape(main, line)
    assert main.parts(shut) == (Part("road"),)
    assert (main.network.chains.way_ids[shut] == 0).any()


def test_a_heavy_vehicle_takes_its_share_longer_on_each_kind_of_road(main: MainRoads) -> None:
    assert heavy_factor(108.0) == pytest.approx(108 / 80)
    assert heavy_factor(50.0) == pytest.approx(1 / 0.85)
    local = at(0, 6), at(10, 6)
    assert minutes(main, *local, vehicle=Vehicle.HEAVY) == pytest.approx(minutes(main, *local) / 0.85, abs=0.01)


def test_it_needs_three_towns() -> None:
    with pytest.raises(ValueError, match="three towns"):
        build(towns=TOWNS[:2])


def test_towns_in_one_line_are_neighbours_one_after_another() -> None:
    row = [Town(at(east), 1_000) for east in (0, 8, 16, 24)]
    assert minutes(build(towns=row), at(0), at(24)) == pytest.approx(
        distance_km(at(0), at(24)) * LOCAL_DETOUR / LOCAL_KM_H * 60, rel=0.001
    )


def _degrees(position: Position) -> tuple[float, float]:
    return position.lon, position.lat


# laws

spot = st.tuples(st.integers(0, 60), st.integers(-8, 8)).map(lambda km: at(*km))
town = st.builds(Town, spot, st.sampled_from([800, 30_000, 400_000]))
kinds = st.sampled_from(list(RoadKind))


@st.composite
def worlds(draw: st.DrawFn) -> MainRoads:
    towns = draw(st.lists(town, min_size=4, max_size=14, unique_by=lambda one: one.position))
    ends = st.sampled_from(range(len(towns)))
    pairs = draw(st.lists(st.tuples(ends, ends).filter(lambda pair: pair[0] != pair[1]), max_size=6, unique=True))
    sections = [
        Section(str(number), ("E1",), draw(kinds), str(a), str(b), (towns[a].position, towns[b].position))
        for number, (a, b) in enumerate(pairs)
    ]
    return build(*sections, towns=towns)


@settings(max_examples=25)
@given(worlds(), st.data())
def test_closing_sections_never_shortens_a_way_and_ways_keep_the_triangle(main: MainRoads, data: st.DataObject) -> None:
    spots = data.draw(st.lists(spot, min_size=3, max_size=6))
    where = np.array([_degrees(one) for one in spots])
    roads = open_roads(main.network)
    before = driving_minutes(roads, where, where)
    assert np.isfinite(before).all()
    via = (before[:, :, None] + before[None, :, :]).min(axis=1)
    assert (before <= via + 0.001).all()
    parts = [
        Part(section.id, data.draw(st.sampled_from(list(Direction))))
        for section in main.sections
        if data.draw(st.booleans())
    ]
    after = driving_minutes(close_roads(roads, main.places(parts)), where, where)
    assert (after >= before - 0.001).all()


@settings(max_examples=25)
@given(worlds(), st.lists(spot, min_size=2, max_size=6))
def test_a_way_is_never_quicker_than_the_motorway_straight(main: MainRoads, spots: list[Position]) -> None:
    where = np.array([_degrees(one) for one in spots])
    found = driving_minutes(open_roads(main.network), where, where)
    straight = np.array([[distance_km(a, b) for b in spots] for a in spots]) / SPEED_KM_H[RoadKind.MOTORWAY] * 60
    assert (found >= straight - 0.001).all()
