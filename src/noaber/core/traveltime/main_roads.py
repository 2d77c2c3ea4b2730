"""Minutes by main roads: a network of few sections between named junctions, and of slower local ways between towns.

Where no surveyed roads are at hand, this is what is driven: from town to town by local ways, onto a main road at a
junction or somewhere along it, and off again. Its courses and lengths are approximate, so its minutes are *coarse*,
and said to be. It is a `RoadNetwork` like any other, and closures, matrices and the map of reach take it as one.

A local way joins neighbouring towns, neighbours being those of the Delaunay triangulation, unless wide water lies
between them: that is crossed where a section crosses it. Each carriageway is a chain of its own, so that one can be
closed and the other left open.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from typing import Final

import numpy as np

from noaber.core.traveltime.closures import closed_places, places_near
from noaber.core.traveltime.geojson import Shape
from noaber.core.traveltime.kernels import Int32s, Int64s
from noaber.core.traveltime.main_roads_graph import LOCAL, Draft, Town, Water, part_of_way, way_ids
from noaber.core.traveltime.nearest_node import build_tree
from noaber.core.traveltime.network import Profile, RoadNetwork, network_of
from noaber.core.traveltime.sections import Direction, Part, Section
from noaber.core.traveltime.segments import RoadGraph, largest_part

POINT_REACH_M: Final = 300.0
"""How far from the course of a main road a point still closes it."""


@dataclass(frozen=True)
class MainRoads:
    """The network, and which of its segments each section is.

    Parameters
    ----------
    sections
        In the order in which they were given.
    """

    network: RoadNetwork
    sections: tuple[Section, ...]

    def places(self, parts: Iterable[Part]) -> Int64s:
        """(s,) int64: the places (see `Chains`) of the segments of some sections, ascending; none of an unknown one."""
        found = [
            self._places_of.get(way, np.empty(0, np.int64))
            for part in parts
            if part.section in self._numbers
            for way in way_ids(self._numbers[part.section], part.direction)
        ]
        return np.unique(np.concatenate([np.empty(0, np.int64), *found]))

    def parts(self, places: Int64s) -> tuple[Part, ...]:
        """The sections that some segments belong to, in their order; with the carriageway where only one is hit."""
        ways = np.unique(self.network.chains.way_ids[places])
        hit: dict[int, set[Direction]] = {}
        for way in ways[ways > LOCAL].tolist():
            number, direction = part_of_way(way)
            hit.setdefault(number, set()).add(direction)
        return tuple(
            Part(self.sections[number].id, Direction.BOTH if len(directions) > 1 else directions.pop())
            for number, directions in sorted(hit.items())
        )

    @cached_property
    def by_id(self) -> Mapping[str, Section]:
        return {section.id: section for section in self.sections}

    @cached_property
    def _numbers(self) -> Mapping[str, int]:
        return {section.id: number for number, section in enumerate(self.sections)}

    @cached_property
    def _places_of(self) -> Mapping[int, Int64s]:
        """By the id of a carriageway."""
        ways = self.network.chains.way_ids
        places = np.flatnonzero(ways > LOCAL)
        places = places[np.argsort(ways[places], kind="stable")]
        ids, first = np.unique(ways[places], return_index=True)
        return dict(zip(ids.tolist(), np.split(places, first[1:]), strict=True))


def build_main_roads(
    towns: Sequence[Town], sections: Sequence[Section], waters: Sequence[Water], compiled_at: datetime
) -> MainRoads:
    """The network of some towns and sections.

    Parameters
    ----------
    compiled_at
        When the sections were written down, with its time zone: the day of the network.

    Raises
    ------
    ValueError
        Where there are fewer than three towns.
    """
    if len(towns) < 3:
        raise ValueError("a network of main roads needs three towns at least")
    draft = Draft(towns, waters)
    for number, section in enumerate(sections):
        draft.add_section(number, section)
    draft.join_exits()
    graph = largest_part(draft.graph())
    network = network_of(graph, (), compiled_at)
    at_towns = np.flatnonzero(graph.node_ids < len(towns)).astype(np.int32)
    return MainRoads(
        replace(
            network, car=_joined_at(network.car, graph, at_towns), heavy=_joined_at(network.heavy, graph, at_towns)
        ),
        tuple(sections),
    )


def shut_by_shape(main_roads: MainRoads, shape: Shape) -> Int64s:
    """(s,) int64: the places of the segments that a drawn closure closes, ascending.

    A line or an area closes what it meets, as on surveyed roads. A point closes besides the main roads within
    `POINT_REACH_M` of it, for their courses are approximate.
    """
    network = main_roads.network
    (met,) = closed_places(network, [shape])
    found = [met]
    for part in shape.parts:
        if part.geom_type == "Point":
            near = places_near(network, part.x, part.y, POINT_REACH_M)
            found.append(near[network.chains.way_ids[near] > LOCAL])
    return np.unique(np.concatenate(found))


def _joined_at(profile: Profile, graph: RoadGraph, nodes: Int32s) -> Profile:
    """The same, with points joined to towns only: the course of a section is too approximate for it."""
    return replace(profile, tree=build_tree(graph.lon, graph.lat, nodes))
