"""The operator's boundaries as vector tiles: their outlines, as fine as the zoom shows, and names where they fit."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final
from urllib.parse import urlencode

import numpy as np
import numpy.typing as npt
import shapely
from django.urls import reverse

from noaber.apps.roads.queries.boundaries import Layer
from noaber.apps.roads.tiles.cache import tiles
from noaber.core.tiles.encode import TileFeature, encode_tile, points_inside
from noaber.core.tiles.grid import PIXELS, Floats, Tile, world

CLOSEST: Final = 12
"""Beyond it the map enlarges the tiles of this zoom: outlines are no finer."""
_MARGIN: Final = 0.02
_LEAST_PIXELS: Final = 56
"""A region that is smaller on the screen has no name there."""
_FINENESS: Final = 0.5
"""Pixels that an outline may lie beside its place."""

Shapes = npt.NDArray[np.object_]


@dataclass(frozen=True)
class Drawn:
    """A layer on the world's square, and how it is drawn at each zoom."""

    layer: Layer

    @cached_property
    def shapes(self) -> Shapes:
        """(n,) areas on the world's square."""
        shapes: Shapes = shapely.transform(self.layer.shapes, world)
        return shapes

    @cached_property
    def seats(self) -> Floats:
        """(n, 2) where the names stand."""
        seats: Floats = shapely.get_coordinates(shapely.point_on_surface(self.shapes))
        return seats

    @cached_property
    def sizes(self) -> Floats:
        """(n,) the shorter side of each region, as a share of the world's."""
        bounds = shapely.bounds(self.shapes)
        sizes: Floats = np.minimum(bounds[:, 2] - bounds[:, 0], bounds[:, 3] - bounds[:, 1])
        return sizes

    @cached_property
    def _simpler(self) -> dict[int, tuple[Shapes, shapely.STRtree]]:
        return {}

    def outlines(self, z: int) -> tuple[Shapes, shapely.STRtree]:
        """The outlines at a zoom: simplified together, so that neighbours keep sharing their border."""
        if z not in self._simpler:
            tolerance = _FINENESS / PIXELS / 2**z
            lines = shapely.boundary(shapely.coverage_simplify(self.shapes, tolerance))
            self._simpler[z] = lines, shapely.STRtree(lines)
        return self._simpler[z]


def region_source(layer: Layer, language: str) -> dict[str, Any]:
    """Where the map finds the tiles."""
    query = urlencode({"kind": layer.kind.value, "v": region_stamp(layer, language)})
    return {"url": f"{reverse('map')}tiles/boundaries/{{z}}/{{x}}/{{y}}.mvt?{query}", "maxzoom": CLOSEST}


def region_stamp(layer: Layer, language: str) -> str:
    """Names what the tiles of a layer hold."""
    return f"{layer.digest}-{language}"


def region_tile(layer: Layer, tile: Tile, language: str) -> bytes:
    """The tile, from what is kept or made now."""
    key = ("regions", layer.kind, layer.digest, language, tile)
    return tiles.get(key, lambda: _encode(_drawn(layer), tile, language))


_last: Final[dict[str, Drawn]] = {}


def _drawn(layer: Layer) -> Drawn:
    held = _last.get(layer.kind)
    if held is None or held.layer is not layer:
        held = _last[layer.kind] = Drawn(layer)
    return held


def _encode(drawn: Drawn, tile: Tile, language: str) -> bytes:
    return encode_tile({"outlines": _outlines(drawn, tile), "names": _names(drawn, tile, language)})


def _outlines(drawn: Drawn, tile: Tile) -> Iterator[TileFeature]:
    lines, tree = drawn.outlines(tile.z)
    box = tile.box(_MARGIN)
    found = np.sort(tree.query(shapely.box(*box), predicate="intersects"))
    for line in shapely.clip_by_rect(lines[found], *box):
        if line.length:
            yield TileFeature(shapely.transform(line, tile.units), {})


def _names(drawn: Drawn, tile: Tile, language: str) -> Iterator[TileFeature]:
    """Each name in the one tile in which its place lies."""
    fits = drawn.sizes * 2**tile.z * PIXELS >= _LEAST_PIXELS
    for number, at in points_inside(drawn.seats, tile):
        if fits[number]:
            yield TileFeature(at, {"label": drawn.layer.name(number, language)})
