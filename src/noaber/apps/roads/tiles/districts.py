"""The districts on maps that one works on: as the site has their boundaries, else about where they meet, with names.

Public data, the same for everyone. What is derived from populated places is drawn dotted, and its key says so.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any, Final
from urllib.parse import urlencode

import numpy as np
import numpy.typing as npt
import shapely
from django.urls import reverse

from noaber.apps.registry.coded import territory_name
from noaber.apps.roads.enums import BoundaryKind
from noaber.apps.roads.queries.boundaries import find_layer
from noaber.apps.roads.tiles.boundaries import region_source
from noaber.apps.roads.tiles.cache import tiles
from noaber.core.tiles.encode import TileFeature, encode_tile, points_inside
from noaber.core.tiles.grid import PIXELS, Floats, Tile, world
from noaber.reference.district_shapes import load_district_shapes
from noaber.web.reader import reader_language

CLOSEST: Final = 9
"""Beyond it the map enlarges the tiles of this zoom: nothing finer is known."""
_EDGES_FROM: Final = 6
_NAMES_FROM: Final = 7
_LEAST_PIXELS: Final = 64
"""A district that is narrower on the screen has no name there."""
_MARGIN: Final = 0.02
_DERIVATION: Final = 1
"""Goes up with every change in how they are derived, so that browsers ask anew."""


def with_districts(map_data: dict[str, Any]) -> dict[str, Any]:
    """The data of a map, with the districts drawn in it."""
    layer, drawn = find_layer(BoundaryKind.DISTRICT), map_data.get("tiles", {})
    if layer is not None:
        whose = " · ".join([map_data["attribution"], *layer.attributions])
        return map_data | {"attribution": whose, "tiles": {**drawn, "regions": region_source(layer, reader_language())}}
    query = urlencode({"language": reader_language(), "v": district_stamp(reader_language())})
    url = f"{reverse('map')}tiles/districts/{{z}}/{{x}}/{{y}}.mvt?{query}"
    return map_data | {"tiles": {**drawn, "districts": {"url": url, "minzoom": _EDGES_FROM, "maxzoom": CLOSEST}}}


def district_stamp(language: str) -> str:
    """Names what the tiles hold."""
    return f"{_DERIVATION}-{language}"


def district_tile(tile: Tile, language: str) -> bytes:
    """The tile, from what is kept or made now."""
    key = ("districts", district_stamp(language), tile)
    return tiles.get(key, lambda: encode_tile({"edges": _edges(tile), "names": _names(tile)}))


def short_names(codes: tuple[str, ...]) -> list[str]:
    """What districts are called in the reader's language, up to the first comma where that tells them apart."""
    full = [territory_name(code) for code in codes]
    short = [name.partition(",")[0] for name in full]
    alike = Counter(short)
    return [brief if alike[brief] == 1 else name for brief, name in zip(short, full, strict=True)]


@dataclass(frozen=True)
class Drawn:
    """The districts on the world's square."""

    codes: tuple[str, ...]

    @cached_property
    def edges(self) -> npt.NDArray[np.object_]:
        """(e,) lines where two of them meet."""
        lines: npt.NDArray[np.object_] = shapely.transform(np.array(load_district_shapes().edges, dtype=object), world)
        return lines

    @cached_property
    def shapes(self) -> npt.NDArray[np.object_]:
        """(d,)"""
        listed = [load_district_shapes().shapes[code] for code in self.codes]
        shapes: npt.NDArray[np.object_] = shapely.transform(np.array(listed, dtype=object), world)
        return shapes

    @cached_property
    def seats(self) -> Floats:
        """(d, 2) where the names stand."""
        seats: Floats = shapely.get_coordinates(shapely.point_on_surface(self.shapes))
        return seats

    @cached_property
    def widths(self) -> Floats:
        """(d,) as a share of the world's."""
        bounds = shapely.bounds(self.shapes)
        widths: Floats = bounds[:, 2] - bounds[:, 0]
        return widths


@cache
def _drawn() -> Drawn:
    return Drawn(tuple(load_district_shapes().shapes))


def _edges(tile: Tile) -> Iterator[TileFeature]:
    """The edges in a tile, as one."""
    if tile.z < _EDGES_FROM:
        return
    lines, box = _drawn().edges, tile.box(_MARGIN)
    found = shapely.clip_by_rect(lines[shapely.intersects(lines, shapely.box(*box))], *box)
    pieces = shapely.get_parts(found[~shapely.is_empty(found)])
    if len(pieces):
        yield TileFeature(shapely.transform(shapely.multilinestrings(pieces), tile.units), {})


def _names(tile: Tile) -> Iterator[TileFeature]:
    """Each name in the one tile in which its place lies, in the reader's language."""
    if tile.z < _NAMES_FROM:
        return
    drawn = _drawn()
    fits = drawn.widths * 2**tile.z * PIXELS >= _LEAST_PIXELS
    names = short_names(drawn.codes)
    for number, at in points_inside(drawn.seats, tile):
        if fits[number]:
            yield TileFeature(at, {"label": names[number]})
