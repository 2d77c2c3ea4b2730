"""The main roads of the region, as public facts say them: numbers, junctions, what crosses wide water.

Beside this module, in `main_roads/`, are plain tables: one line for each section, each junction with its GeoNames id,
and the waters that no local way crosses. The E-numbers follow Annex I of the European Agreement on Main International
Traffic Arteries (AGR); the national numbers and the towns between are general knowledge. No course was surveyed.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache, cached_property
from typing import TYPE_CHECKING, Final

from noaber.core.geo import Position
from noaber.core.traveltime.sections import RoadKind, Section
from noaber.reference.files import read_data_text
from noaber.reference.gazetteer import Place, load_gazetteer
from noaber.reference.place_names import fold_name
from noaber.reference.provenance import Provenance, read_provenance
from noaber.reference.texts import LANGUAGES

if TYPE_CHECKING:
    from noaber.core.traveltime.main_roads import MainRoads
    from noaber.core.traveltime.main_roads_graph import Water
    from noaber.core.traveltime.network import RoadNetwork

COMPILED_AT: Final = datetime(2026, 12, 2, tzinfo=UTC)
"""The day on which the tables were last written."""


@dataclass(frozen=True)
class RoadTable:
    """What the tables say.

    Parameters
    ----------
    junctions
        By their key, such as "BE Liège".
    provenance
        By the id of the section.
    """

    sections: tuple[Section, ...]
    junctions: Mapping[str, Place]
    provenance: Mapping[str, Provenance]

    @cached_property
    def by_id(self) -> Mapping[str, Section]:
        return {section.id: section for section in self.sections}


@cache
def load_road_table() -> RoadTable:
    """The sections with their junctions."""
    places = {place.geonameid: place for place in load_gazetteer().places}
    junctions = {row["junction"]: places[int(row["geonameid"])] for row in _rows("junctions")}
    rows = [(_section(row, junctions), read_provenance(row)) for row in _rows("sections")]
    return RoadTable(
        tuple(section for section, _provenance in rows),
        junctions,
        {section.id: provenance for section, provenance in rows},
    )


@cache
def junction_names() -> Mapping[str, tuple[str, ...]]:
    """Every name of each junction, folded, as a search compares them."""
    return {
        key: tuple(sorted({fold_name(name) for name in (*place.names, *_exonyms(place))} - {""}))
        for key, place in load_road_table().junctions.items()
    }


def _exonyms(place: Place) -> Iterator[str]:
    return (place.in_language(language) for language in LANGUAGES)


@cache
def load_main_roads() -> MainRoads:
    """The network by main roads: built once per process, in about a second."""
    from noaber.core.traveltime.main_roads import build_main_roads  # compiles kernels
    from noaber.core.traveltime.main_roads_graph import Town

    towns = [Town(place.position, place.population) for place in load_gazetteer().places]
    return build_main_roads(towns, load_road_table().sections, tuple(_waters()), COMPILED_AT)


def main_road_network() -> RoadNetwork:
    """The network alone: what another process needs to answer a part of a question."""
    return load_main_roads().network


def _rows(table: str) -> Iterator[dict[str, str]]:
    return csv.DictReader(read_data_text(f"main_roads/{table}.csv").splitlines())


def _section(row: Mapping[str, str], junctions: Mapping[str, Place]) -> Section:
    via = [name for name in row["via"].split("; ") if name]
    return Section(
        id=f"{row['kind']}:{row['from']}:{row['to']}",
        roads=tuple(row["roads"].split()),
        kind=RoadKind(row["kind"]),
        start=row["from"],
        end=row["to"],
        points=tuple(junctions[name].position for name in (row["from"], *via, row["to"])),
        km=float(row["km"]) if row["km"] else None,
    )


def _waters() -> Iterator[Water]:
    from noaber.core.traveltime.main_roads_graph import Water

    for row in _rows("waters"):
        yield Water(tuple(Position(*map(float, point.split())) for point in row["points"].split("; ")))
