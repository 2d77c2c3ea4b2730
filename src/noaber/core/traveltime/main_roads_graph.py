"""Main roads and local ways put down as a road graph: towns, junctions, exits, and a chain for each carriageway."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, NamedTuple

import numpy as np
import shapely
from scipy.spatial import Delaunay, QhullError, cKDTree

from noaber.core.geo import Position, distance_km
from noaber.core.quantities import M_PER_KM, travel_minutes
from noaber.core.traveltime.heavy import HEAVY
from noaber.core.traveltime.kernels import Bools, Floats, Int64s
from noaber.core.traveltime.sections import Direction, RoadKind, Section
from noaber.core.traveltime.segments import MS_PER_MINUTE, RoadGraph, great_circle_m

SPEED_KM_H: Final[Mapping[RoadKind, float]] = {
    RoadKind.MOTORWAY: 108.0,
    RoadKind.TRUNK: 85.0,
    RoadKind.PRIMARY: 60.0,
}
"""Mean speed of a car, whole sections through."""
LOCAL_KM_H: Final = 50.0
CITY_KM_H: Final = 32.0
"""Between towns one of which is a city."""
LOCAL_DETOUR: Final = 1.2
"""How much longer than the straight line a local way is."""
CITY_PEOPLE: Final = 100_000
LONGEST_LOCAL_KM: Final = 16.0
EXITS_APART_KM: Final = 6.0
"""Between two junctions a main road can be left and joined this often."""
_ACCESS_MINUTES: Final = ((1_000_000, 10.0), (300_000, 8.0), (100_000, 6.5), (20_000, 4.0), (0, 2.5))
"""From the middle of a town with so many people to the motorway or trunk road that is named after it."""
_EXIT_MINUTES: Final = 1.0
_JOINED_TOWNS: Final = 2
"""How many of the nearest towns an exit leads to."""
LOCAL: Final = 0
"""Stands for the id of a way where no section runs."""
_KM_PER_DEGREE: Final = 111.2


@dataclass(frozen=True, slots=True)
class Town:
    """Where people live, and ways begin and end."""

    position: Position
    people: int


@dataclass(frozen=True, slots=True)
class Water:
    """A river or an arm of the sea that no local way crosses: a line of points."""

    points: tuple[Position, ...]


class _Segment(NamedTuple):
    """Two nodes, the first with the smaller number; times by car, infinite where a direction is not driven."""

    a: int
    b: int
    ms_ab: float
    ms_ba: float
    way: int
    heavy_factor: float
    """How many times as long as a car the heavy vehicle takes."""


class Draft:
    """Nodes and segments as they are put down: the towns first, then what lies on main roads."""

    def __init__(self, towns: Sequence[Town], waters: Sequence[Water]) -> None:
        self._towns = towns
        self._where = [(town.position.lon, town.position.lat) for town in towns]
        self._segments: list[_Segment] = []
        self._exits: dict[int, RoadKind] = {}
        self._junctions: dict[Position, int] = {}
        self._waters = shapely.union_all(
            [shapely.linestrings([(point.lon, point.lat) for point in water.points]) for water in waters]
        )
        self._town_at = {town.position: number for number, town in enumerate(towns)}
        self._tree = cKDTree(_flat(np.array(self._where)))
        self._add_local_ways()

    def _add_local_ways(self) -> None:
        a, b = _neighbours(np.array(self._where)).T
        lon, lat = np.array(self._where).T
        km = great_circle_m(lon[a], lat[a], lon[b], lat[b]) / M_PER_KM
        near = (km <= LONGEST_LOCAL_KM) & ~self._crosses(a, b)
        for one, other, length in zip(a[near].tolist(), b[near].tolist(), km[near].tolist(), strict=True):
            self._add_local(one, other, self._local_minutes(one, other, length))

    def _local_minutes(self, one: int, other: int, km: float) -> float:
        people = max(self._people(one), self._people(other))
        return travel_minutes(km * LOCAL_DETOUR, CITY_KM_H if people >= CITY_PEOPLE else LOCAL_KM_H)

    def _people(self, node: int) -> int:
        return self._towns[node].people if node < len(self._towns) else 0

    def _crosses(self, a: Int64s, b: Int64s) -> Bools:
        where = np.array(self._where)
        shapely.prepare(self._waters)
        lines = shapely.linestrings(np.stack([where[a], where[b]], axis=1))
        crosses: Bools = shapely.intersects(self._waters, lines)
        return crosses

    def _add_local(self, one: int, other: int, minutes: float) -> None:
        ms = minutes * MS_PER_MINUTE
        self._segments.append(_Segment(min(one, other), max(one, other), ms, ms, LOCAL, heavy_factor(LOCAL_KM_H)))

    def add_section(self, number: int, section: Section) -> None:
        """Both carriageways of a section, and the exits along it."""
        nodes = list(self._nodes_along(section))
        longer = section.length_km / section.straight_km
        along, against = way_ids(number, Direction.BOTH)
        for one, other in pairwise(nodes):
            km = distance_km(self._position(one), self._position(other)) * longer
            ms = travel_minutes(km, SPEED_KM_H[section.kind]) * MS_PER_MINUTE / 2
            self._add_carriageway(one, other, ms, along, section.kind)
            self._add_carriageway(other, one, ms, against, section.kind)

    def _add_carriageway(self, start: int, end: int, half_ms: float, way: int, kind: RoadKind) -> None:
        """One way from start to end, over a node that lies on no other."""
        a, b = self._position(start), self._position(end)
        middle = self._add_node(Position((a.lon + b.lon) / 2, (a.lat + b.lat) / 2))
        slower = heavy_factor(SPEED_KM_H[kind])
        self._segments.append(_Segment(start, middle, half_ms, np.inf, way, slower))
        self._segments.append(_Segment(end, middle, np.inf, half_ms, way, slower))

    def _nodes_along(self, section: Section) -> Iterator[int]:
        previous: Position | None = None
        for point in section.points:
            if previous is not None:
                pieces = max(1, round(distance_km(previous, point) / EXITS_APART_KM))
                for piece in range(1, pieces):
                    share = piece / pieces
                    yield self._add_exit(
                        Position(
                            previous.lon + (point.lon - previous.lon) * share,
                            previous.lat + (point.lat - previous.lat) * share,
                        ),
                        section.kind,
                    )
            yield self._junction(point, section.kind)
            previous = point

    def _junction(self, point: Position, kind: RoadKind) -> int:
        """The node where the roads of a town meet."""
        node = self._junctions.get(point)
        if node is None:
            node = self._junctions[point] = self._add_exit(point, kind)
        self._exits[node] = min(self._exits[node], kind, key=list(RoadKind).index)
        return node

    def _add_exit(self, point: Position, kind: RoadKind) -> int:
        node = self._add_node(point)
        self._exits[node] = kind
        return node

    def _add_node(self, point: Position) -> int:
        self._where.append((point.lon, point.lat))
        return len(self._where) - 1

    def _position(self, node: int) -> Position:
        return Position(*self._where[node])

    def join_exits(self) -> None:
        """Local ways from every exit to the towns beside it, as far as no water lies between."""
        exits = np.array(list(self._exits), dtype=np.int64)
        if not len(exits):
            return
        where = np.array(self._where)
        _distance, found = self._tree.query(_flat(where[exits]), k=min(_JOINED_TOWNS + 1, len(self._towns)))
        near = found.reshape(len(exits), -1)
        crossed = self._crosses(np.repeat(exits, near.shape[1]), near.ravel()).reshape(near.shape)
        for exit_node, towns, waters in zip(exits.tolist(), near.tolist(), crossed.tolist(), strict=True):
            own = self._town_at.get(self._position(exit_node))
            beside = [town for town, is_crossed in zip(towns, waters, strict=True) if not is_crossed and town != own]
            for town in ([] if own is None else [own]) + beside[:_JOINED_TOWNS]:
                self._add_local(town, exit_node, self._access_minutes(town, exit_node))

    def _access_minutes(self, town: int, exit_node: int) -> float:
        km = distance_km(self._towns[town].position, self._position(exit_node))
        minutes = self._local_minutes(town, exit_node, km)
        if self._exits[exit_node] is RoadKind.PRIMARY:
            return minutes + _EXIT_MINUTES
        people = self._towns[town].people
        if km == 0:
            return next(access for least, access in _ACCESS_MINUTES if people >= least)
        return minutes + _EXIT_MINUTES

    def graph(self) -> RoadGraph:
        """What was put down; of two segments between the same nodes the quicker one."""
        segments = sorted(self._segments, key=lambda one: (one.a, one.b, min(one.ms_ab, one.ms_ba)))
        kept = [one for i, one in enumerate(segments) if i == 0 or (one.a, one.b) != segments[i - 1][:2]]
        a, b, ms_ab, ms_ba, way, slower = (np.array(column) for column in zip(*kept, strict=True))
        lon, lat = np.array(self._where, dtype=np.float64).T
        ids = np.arange(len(self._where), dtype=np.int64)
        ends = a.astype(np.int32), b.astype(np.int32)
        return RoadGraph(ids, lon, lat, *ends, ms_ab, ms_ba, way.astype(np.int64), ms_ab * slower, ms_ba * slower)


def heavy_factor(car_km_h: float) -> float:
    """How many times as long as a car the heavy vehicle takes where a car drives `car_km_h`."""
    return car_km_h / min(car_km_h * HEAVY.share_of_car, HEAVY.top_km_h)


def way_ids(number: int, direction: Direction) -> tuple[int, ...]:
    """The ways that stand for the carriageways of the section with that number."""
    along, against = 2 * number + 1, 2 * number + 2
    match direction:
        case Direction.BOTH:
            return along, against
        case Direction.ALONG:
            return (along,)
        case Direction.AGAINST:
            return (against,)


def part_of_way(way: int) -> tuple[int, Direction]:
    """The number of the section and the carriageway that a way stands for."""
    number, is_against = divmod(way - 1, 2)
    return number, Direction.AGAINST if is_against else Direction.ALONG


def _flat(degrees: Floats) -> Floats:
    """Kilometres on a plane, near enough to tell neighbours."""
    return np.column_stack([degrees[:, 0] * np.cos(np.radians(degrees[:, 1])), degrees[:, 1]]) * _KM_PER_DEGREE


def _neighbours(degrees: Floats) -> Int64s:
    """(e, 2) int64: pairs of places that are neighbours in the Delaunay triangulation, each once, ascending.

    Places of which no triangle can be made, such as those of one line, are neighbours one after another.
    """
    try:
        triangles = Delaunay(_flat(degrees)).simplices
    except QhullError:
        order = np.lexsort(degrees.T)
        pairs = np.column_stack([order[:-1], order[1:]])
    else:
        pairs = triangles[:, [[0, 1], [1, 2], [2, 0]]].reshape(-1, 2)
    found: Int64s = np.unique(np.sort(pairs, axis=1), axis=0).astype(np.int64)
    return found
