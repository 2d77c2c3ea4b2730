"""Main roads by name: what somebody means who types "E25, Liège - Maastricht", and what to suggest meanwhile."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from noaber.apps.roads.presenters.sections import junction_name, section_words
from noaber.core.problems import InvalidInput, Problem
from noaber.core.traveltime.section_search import Run, search_runs
from noaber.core.traveltime.sections import Direction, Part, junctions_of
from noaber.reference.main_roads import junction_names, load_road_table
from noaber.reference.place_names import fold_name

MOST_SUGGESTED: Final = 12
MOST_JUNCTIONS_SAID: Final = 8
_TYPED: Final = re.compile(r"^\s*(?P<road>[A-Za-z]{1,2}\s?\d{1,4}[a-z]?)\b(?P<also>[^,]*),(?P<way>.+)$")
_ROAD_FIRST: Final = re.compile(r"^\s*([A-Za-z]{1,2})\s?(\d{1,4}[a-z]?)\b")
_BETWEEN: Final = re.compile(r"\s+[-–—>]+\s+|\s*[–—]\s*")


@dataclass(frozen=True)
class NamedRoad:
    """Sections of one road that follow each other.

    Parameters
    ----------
    name
        What they are called in the reader's language.
    """

    parts: tuple[Part, ...]
    name: str

    @property
    def geometry(self) -> dict[str, Any]:
        """Their courses, as GeoJSON: straight from town to town."""
        by_id = load_road_table().by_id
        courses = [[[point.lon, point.lat] for point in by_id[part.section].points] for part in self.parts]
        if len(courses) == 1:
            return {"type": "LineString", "coordinates": courses[0]}
        return {"type": "MultiLineString", "coordinates": courses}


def find_named_road(text: str, *, is_one_way: bool) -> NamedRoad:
    """The sections that are meant by a road and two of its junctions, in any of the junctions' names.

    Raises
    ------
    InvalidInput
        `road.name-form`, `road.unknown`, `road.no-junction` (with some that it has) or `road.no-way`.
    """
    found = _TYPED.match(text) or _TYPED.match(_only_run(text))
    ends = _BETWEEN.split(found["way"].strip()) if found else []
    if found is None or len(ends) != 2 or not all(ends):
        raise InvalidInput([Problem("road.name-form")])
    road = _spelled(found["road"])
    junctions = _junctions(road)
    if not junctions:
        raise InvalidInput([Problem("road.unknown", params={"road": road})])
    start, end = (_junction(road, junctions, name) for name in ends)
    way = Run(road, start, end)
    parts = way.parts(load_road_table().sections, Direction.ALONG if is_one_way else Direction.BOTH)
    if not parts:
        raise InvalidInput([Problem("road.no-way", params={"road": road, "start": ends[0], "end": ends[1]})])
    return NamedRoad(parts, "; ".join(section_words(parts)))


def suggest_roads(text: str) -> list[str]:
    """What begins as somebody types: sections with these words, or the ways along a road from a junction of it."""
    words = fold_name(text.replace(",", " ").replace("-", " ").replace("–", " ").replace("/", " ")).split()
    if not words:
        return []
    suggested = (name for name in _candidates(text) if all(word in fold_name(name) for word in words))
    found = [name for name, _number in zip(suggested, range(MOST_SUGGESTED), strict=False)]
    return list(dict.fromkeys([*map(_run_words, _runs(text)), *found]))[:MOST_SUGGESTED]


def _runs(text: str) -> list[Run]:
    return search_runs(load_road_table().sections, junction_names(), fold_name(text))


def _run_words(run: Run) -> str:
    return f"{run.road}, {junction_name(run.start)} – {junction_name(run.end)}"


def _only_run(text: str) -> str:
    """The way along a road that a number and two towns mean, where they mean one only: "E25 Liège Maastricht"."""
    runs = _runs(text)
    return _run_words(runs[0]) if len(runs) == 1 else ""


def _candidates(text: str) -> Iterator[str]:
    table = load_road_table()
    first = _ROAD_FIRST.match(text)
    road = _spelled(first[0]) if first else ""
    for section in table.sections:
        if not road or any(one.startswith(road) for one in section.roads):
            yield from section_words([Part(section.id)])
    start = _begun(road, text) if road else None
    for end in junctions_of(table.sections, road) if start else ():
        if end != start:
            yield f"{road}, {junction_name(start or '')} – {junction_name(end)}"


def _begun(road: str, text: str) -> str | None:
    """The junction that was typed after the road, where there is one."""
    _road, comma, way = text.partition(",")
    start = _BETWEEN.split(way.strip())[0] if comma else ""
    return _junctions(road).get(fold_name(start))


def _spelled(road: str) -> str:
    return road.replace(" ", "").upper()


@cache
def _junctions(road: str) -> Mapping[str, str]:
    """The keys of a road's junctions by every name of their towns, folded."""
    names = junction_names()
    return {name: key for key in junctions_of(load_road_table().sections, road) for name in names[key]}


def _junction(road: str, junctions: Mapping[str, str], name: str) -> str:
    found = junctions.get(fold_name(name))
    if found is None:
        known = [junction_name(key) for key in dict.fromkeys(junctions.values())]
        said = ", ".join(known[:MOST_JUNCTIONS_SAID]) + (" …" if len(known) > MOST_JUNCTIONS_SAID else "")
        raise InvalidInput([Problem("road.no-junction", params={"road": road, "name": name, "known": said})])
    return found
