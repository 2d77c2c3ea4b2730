"""Main roads as they are known by name: sections between junctions, with what is said of each.

A section has no surveyed course: it runs straight from its first junction over the towns named on its way to its last.
Two carriageways make a section; each can be closed alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from noaber.core.geo import Position, distance_km


class RoadKind(StrEnum):
    """What a main road is, the quickest first."""

    MOTORWAY = "motorway"
    TRUNK = "trunk"
    PRIMARY = "primary"


class Direction(StrEnum):
    """Which carriageways of a section are meant."""

    BOTH = "both"
    ALONG = "along"
    """From its first junction to its last."""
    AGAINST = "against"


DETOUR: Final[Mapping[RoadKind, float]] = {RoadKind.MOTORWAY: 1.08, RoadKind.TRUNK: 1.12, RoadKind.PRIMARY: 1.2}
"""How much longer than the straight lines between its towns a road is, where no length is known."""


@dataclass(frozen=True)
class Section:
    """A stretch of main road between two junctions.

    Parameters
    ----------
    id
        Names it for good: its kind and both its junctions.
    roads
        The numbers that it bears, such as "A25" and "E25".
    start, end
        The keys of its junctions.
    points
        From the first junction over the towns on the way to the last; two at least.
    km
        Its length where that is known.
    """

    id: str
    roads: tuple[str, ...]
    kind: RoadKind
    start: str
    end: str
    points: tuple[Position, ...]
    km: float | None = None

    def __post_init__(self) -> None:
        if len(self.points) < 2 or self.start == self.end:
            raise ValueError(f"section {self.id} leads nowhere")
        if self.km is not None and self.km < self.straight_km:
            raise ValueError(f"section {self.id} is shorter than the straight line")

    @property
    def straight_km(self) -> float:
        """Along its points."""
        return sum(map(distance_km, self.points, self.points[1:]))

    @property
    def length_km(self) -> float:
        """What is known, or what is assumed from its points."""
        return self.straight_km * DETOUR[self.kind] if self.km is None else self.km


@dataclass(frozen=True, slots=True)
class Part:
    """A section, or one carriageway of it."""

    section: str
    direction: Direction = Direction.BOTH


def find_run(sections: Iterable[Section], road: str, start: str, end: str) -> tuple[Part, ...]:
    """The sections that lead along one road from junction to junction, each in the direction of that way.

    Parameters
    ----------
    road
        One of the numbers that its sections bear.

    Returns
    -------
    In the order in which they are driven; none where the road does not lead from the one to the other. Of several
    ways the one over the fewest junctions.
    """
    onward: dict[str, list[tuple[str, Part]]] = {}
    for section in sections:
        if road in section.roads:
            onward.setdefault(section.start, []).append((section.end, Part(section.id, Direction.ALONG)))
            onward.setdefault(section.end, []).append((section.start, Part(section.id, Direction.AGAINST)))
    ways: dict[str, tuple[Part, ...]] = {start: ()}
    reached: Sequence[str] = [start]
    while reached and end not in ways:
        further: list[str] = []
        for junction in reached:
            for other, part in onward.get(junction, ()):
                if other not in ways:
                    ways[other] = (*ways[junction], part)
                    further.append(other)
        reached = further
    return ways.get(end, ())


def junctions_of(sections: Iterable[Section], road: str) -> tuple[str, ...]:
    """The keys of the junctions of a road, in the order of its sections."""
    return tuple(dict.fromkeys(key for one in sections if road in one.roads for key in (one.start, one.end)))


@dataclass(frozen=True, slots=True)
class Stretch:
    """Sections that follow each other on one road.

    Parameters
    ----------
    roads
        The numbers that all of them bear, E-numbers first.
    is_one_way
        Only the carriageway from `start` to `end` is meant.
    """

    roads: tuple[str, ...]
    start: str
    end: str
    is_one_way: bool


def stretches_of(parts: Iterable[Part], by_id: Mapping[str, Section]) -> tuple[Stretch, ...]:
    """Parts put together where one begins at an end of the last, on the same road; an unknown one is passed over."""
    found: list[Stretch] = []
    for part in parts:
        section = by_id.get(part.section)
        if section is None:
            continue
        joined = (
            next(filter(None, (_extended(found[-1], way) for way in _ways_of(section, part.direction))), None)
            if found
            else None
        )
        if joined is None:
            found.append(_ways_of(section, part.direction)[0])
        else:
            found[-1] = joined
    return tuple(found)


def _ways_of(section: Section, direction: Direction) -> tuple[Stretch, ...]:
    """A section as it may be read; both carriageways from either end."""
    roads = tuple(sorted(section.roads, key=lambda road: not road.startswith("E")))
    is_one_way = direction is not Direction.BOTH
    along = Stretch(roads, section.start, section.end, is_one_way)
    against = Stretch(roads, section.end, section.start, is_one_way)
    match direction:
        case Direction.BOTH:
            return along, against
        case Direction.ALONG:
            return (along,)
        case Direction.AGAINST:
            return (against,)


def _extended(stretch: Stretch, way: Stretch) -> Stretch | None:
    """Both as one; None where they do not follow each other on one road."""
    roads = tuple(road for road in stretch.roads if road in way.roads)
    if not roads or stretch.is_one_way != way.is_one_way or stretch.start == way.end == stretch.end:
        return None
    if stretch.end == way.start:
        return Stretch(roads, stretch.start, way.end, stretch.is_one_way)
    if stretch.start == way.end:
        return Stretch(roads, way.start, stretch.end, stretch.is_one_way)
    return None
