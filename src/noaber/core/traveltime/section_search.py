"""Sections of main roads found by what somebody types: a number, a town or two, in any order."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise, product
from typing import Final

from noaber.core.traveltime.sections import Direction, Part, Section, find_run

MOST_RUNS: Final = 12
_MOST_MEANT: Final = 4
"""Junctions that are tried for each town that was typed."""
_ROAD: Final = re.compile(r"[a-z]{1,2}\d{1,4}[a-z]?")
_APART: Final = re.compile(r"\b([a-z]) (\d)")


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch along one road, from junction to junction."""

    road: str
    start: str
    end: str

    def parts(self, sections: Iterable[Section], direction: Direction = Direction.BOTH) -> tuple[Part, ...]:
        """Its sections; none where the road does not lead from the one to the other.

        Parameters
        ----------
        direction
            Both carriageways, or the one from `start` to `end` (along) or back (against).
        """
        match direction:
            case Direction.ALONG:
                return find_run(sections, self.road, self.start, self.end)
            case Direction.AGAINST:
                return find_run(sections, self.road, self.end, self.start)
            case Direction.BOTH:
                return tuple(Part(part.section) for part in find_run(sections, self.road, self.start, self.end))


def search_runs(sections: Sequence[Section], names: Mapping[str, Iterable[str]], folded: str) -> list[Run]:
    """The stretches that somebody may mean, the likeliest first, at most `MOST_RUNS`.

    Of two towns, the way between them along a road; of one town or none, the single sections there. A town is found by
    the beginning of a word of its name.

    Parameters
    ----------
    names
        The names of each junction, folded: words of a-z and 0-9 with single spaces between them.
    folded
        What was typed, folded likewise.
    """
    words = _APART.sub(r"\1\2", folded).split()
    borne = {road.lower() for section in sections for road in section.roads}
    asked = {word for word in words if _ROAD.fullmatch(word) and word in borne}
    towns = list(_towns([word for word in words if word not in asked], names))
    if (not asked and not towns) or not all(towns):
        return []
    found = _between(sections, asked, towns) if len(towns) > 1 else _at(sections, asked, towns)
    return list(dict.fromkeys(found))[:MOST_RUNS]


def _towns(words: Sequence[str], names: Mapping[str, Iterable[str]]) -> Iterator[list[str]]:
    """The junctions that may be meant by each town that was typed, those of exactly that name first."""
    meant: list[tuple[str, dict[str, bool]]] = []
    for word in words:
        longer = f"{meant[-1][0]} {word}" if meant else ""
        if longer and (both := _named(longer, names)):
            meant[-1] = longer, both
        else:
            meant.append((word, _named(word, names)))
    for _word, junctions in meant:
        yield sorted(junctions, key=lambda junction: (not junctions[junction], junction))


def _named(typed: str, names: Mapping[str, Iterable[str]]) -> dict[str, bool]:
    """The junctions with a name that holds what was typed, from the beginning of a word; whether it is all of it."""
    found: dict[str, bool] = {}
    for junction, called in names.items():
        for name in called:
            if f" {name}".find(f" {typed}") >= 0:
                found[junction] = found.get(junction, False) or name == typed
    return found


def _between(sections: Sequence[Section], asked: set[str], towns: Sequence[Sequence[str]]) -> Iterator[Run]:
    """Along each road that leads from a town to the next one typed, the shortest way first."""
    runs: list[tuple[int, Run]] = []
    for ones, others in pairwise(towns):
        for start, end in product(ones[:_MOST_MEANT], others[:_MOST_MEANT]):
            roads = {
                road
                for section in sections
                if start in (section.start, section.end)
                for road in section.roads
                if not asked or road.lower() in asked
            }
            for road in sorted(roads, key=_numbers_of_europe_first):
                run = Run(road, start, end)
                if start != end and (parts := run.parts(sections)):
                    runs.append((len(parts), run))
    yield from (run for _length, run in sorted(runs, key=lambda one: one[0]))


def _at(sections: Sequence[Section], asked: set[str], towns: Sequence[Sequence[str]]) -> Iterator[Run]:
    """The sections of a road, or those that meet in a town."""
    order = {junction: number for number, junction in enumerate(towns[0])} if towns else {}
    touching = [section for section in sections if not towns or order.keys() & {section.start, section.end}]
    nearest = {junction: order.get(junction, len(order)) for one in touching for junction in (one.start, one.end)}
    for section in sorted(touching, key=lambda one: min(nearest[one.start], nearest[one.end])):
        roads = [road for road in section.roads if not asked or road.lower() in asked]
        if roads:
            yield Run(min(roads, key=_numbers_of_europe_first), section.start, section.end)


def _numbers_of_europe_first(road: str) -> tuple[bool, str]:
    return not road.startswith("E"), road
