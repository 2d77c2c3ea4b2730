"""What one finds one's way by on every map, as vector tiles: main roads with their numbers, and towns by their size.

Public data that come with the product, the same for everyone, named in the reader's language. Where a network is
installed its surveyed roads are drawn as soon as they fit, and the main roads, whose courses are approximate, only
farther away.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any, Final
from urllib.parse import urlencode

import numpy as np
import numpy.typing as npt
import shapely
from django.conf import settings
from django.urls import reverse

from noaber.apps.roads.network.installed import find_network
from noaber.apps.roads.tiles import roads
from noaber.apps.roads.tiles.cache import tiles
from noaber.core.tiles.encode import TileFeature, encode_tile, points_inside
from noaber.core.tiles.grid import Floats, Tile, world
from noaber.core.traveltime.sections import RoadKind
from noaber.reference.gazetteer import Place, load_gazetteer
from noaber.reference.main_roads import COMPILED_AT, load_road_table
from noaber.web.reader import reader_language

CLOSEST: Final = 10
"""Beyond it the map enlarges the tiles of this zoom."""
_RANKS: Final = {RoadKind.PRIMARY: 0, RoadKind.TRUNK: 1, RoadKind.MOTORWAY: 2}
_ROADS_FROM: Final = {RoadKind.PRIMARY: 8, RoadKind.TRUNK: 6, RoadKind.MOTORWAY: 4}
"""The zoom from which each kind is drawn."""
_NUMBERS_FROM: Final = 6
_FEWEST_PEOPLE: Final = {4: 300_000, 5: 200_000, 6: 80_000, 7: 30_000, 8: 10_000, 9: 4_000}
"""Of the towns that a zoom shows; nearer, all from `_NAMED_PEOPLE` on."""
_NAMED_PEOPLE: Final = 1_000
_MARGIN: Final = 0.02


@dataclass(frozen=True)
class Drawn:
    """The sections and the towns on the world's square."""

    towns: tuple[Place, ...]
    """The largest first: of two names that do not both fit, theirs is drawn."""

    @cached_property
    def lines(self) -> npt.NDArray[np.object_]:
        """(s,) the courses of the sections."""
        courses = [[(point.lon, point.lat) for point in one.points] for one in load_road_table().sections]
        lines: npt.NDArray[np.object_] = shapely.transform(np.array(list(map(shapely.LineString, courses))), world)
        return lines

    @cached_property
    def middles(self) -> Floats:
        """(s, 2) where the number of each section stands."""
        middles: Floats = shapely.get_coordinates(shapely.line_interpolate_point(self.lines, 0.5, normalized=True))
        return middles

    @cached_property
    def seats(self) -> Floats:
        """(t, 2)"""
        return world(np.array([(town.lon, town.lat) for town in self.towns]))

    @cached_property
    def people(self) -> npt.NDArray[np.int64]:
        """(t,) descending."""
        return np.array([town.population for town in self.towns], dtype=np.int64)


def with_base_map(map_data: dict[str, Any]) -> dict[str, Any]:
    """The data of a map, with towns and main roads drawn in it."""
    language = reader_language()
    query = urlencode({"language": language, "v": base_map_stamp(language)})
    drawn = {"url": f"{reverse('map')}tiles/ways/{{z}}/{{x}}/{{y}}.mvt?{query}", "minzoom": 0, "maxzoom": CLOSEST}
    return map_data | {"tiles": {**map_data.get("tiles", {}), "ways": drawn}}


def base_map_stamp(language: str) -> str:
    """Names what the tiles hold."""
    made_of = repr((COMPILED_AT, settings.NOABER_MAIN_ROADS, find_network() is not None))
    return f"{hashlib.sha256(made_of.encode()).hexdigest()[:16]}-{language}"


def base_map_tile(tile: Tile, language: str) -> bytes:
    """The tile, from what is kept or made now."""
    key = ("ways", base_map_stamp(language), tile)
    return tiles.get(key, lambda: _encode(tile, language))


@cache
def _drawn() -> Drawn:
    towns = [town for town in load_gazetteer().places if town.population >= _NAMED_PEOPLE]
    return Drawn(tuple(sorted(towns, key=lambda town: (-town.population, town.geonameid))))


def _encode(tile: Tile, language: str) -> bytes:
    drawn = _drawn()
    surveyed = find_network() is not None and tile.z >= roads.FROM
    layers = {"towns": _towns(drawn, tile, language)}
    if settings.NOABER_MAIN_ROADS and not surveyed:
        layers |= {"roads": _roads(drawn, tile), "numbers": _numbers(drawn, tile)}
    return encode_tile(layers)


def _roads(drawn: Drawn, tile: Tile) -> Iterator[TileFeature]:
    """The sections in a tile, those of each kind as one."""
    box = tile.box(_MARGIN)
    inside = shapely.intersects(drawn.lines, shapely.box(*box))
    kinds = np.array([_RANKS[one.kind] for one in load_road_table().sections])
    for kind, rank in _RANKS.items():
        if tile.z < _ROADS_FROM[kind]:
            continue
        found = shapely.clip_by_rect(drawn.lines[inside & (kinds == rank)], *box)
        pieces = shapely.get_parts(found[~shapely.is_empty(found)])
        if len(pieces):
            yield TileFeature(shapely.transform(shapely.multilinestrings(pieces), tile.units), {"rank": rank})


def _numbers(drawn: Drawn, tile: Tile) -> Iterator[TileFeature]:
    """The number of each section in the one tile in which its middle lies; E-numbers come first."""
    if tile.z < _NUMBERS_FROM:
        return
    sections = load_road_table().sections
    for number, at in points_inside(drawn.middles, tile):
        section = sections[number]
        if tile.z >= _ROADS_FROM[section.kind]:
            label = min(section.roads, key=lambda road: not road.startswith("E"))
            yield TileFeature(at, {"label": label, "rank": _RANKS[section.kind]})


def _towns(drawn: Drawn, tile: Tile, language: str) -> Iterator[TileFeature]:
    """The towns of a tile, each in the one in which it lies."""
    fewest = _FEWEST_PEOPLE.get(max(4, tile.z), _NAMED_PEOPLE)
    shown = drawn.people >= fewest
    for number, at in points_inside(drawn.seats[shown], tile):
        town = drawn.towns[number]
        yield TileFeature(at, {"label": town.in_language(language), "people": town.population})
