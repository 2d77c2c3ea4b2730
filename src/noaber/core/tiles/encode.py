"""A Mapbox vector tile (version 2) of shapes that already stand in the units of the tile."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import mapbox_vector_tile
import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from noaber.core.tiles.grid import EXTENT, Floats, Tile

MEDIA_TYPE = "application/vnd.mapbox-vector-tile"


@dataclass(frozen=True)
class TileFeature:
    """One thing in a tile; outer rings run clockwise on the screen."""

    shape: BaseGeometry
    properties: Mapping[str, str | int]


def encode_tile(layers: Mapping[str, Iterable[TileFeature]]) -> bytes:
    """The tile; a layer without features is left away."""
    listed = [
        {"name": name, "features": found}
        for name, features in layers.items()
        if (found := [{"geometry": one.shape, "properties": dict(one.properties)} for one in features])
    ]
    if not listed:
        return b""
    options = {"extents": EXTENT, "y_coord_down": True, "check_winding_order": False}
    tile: bytes = mapbox_vector_tile.encode(listed, default_options=options)
    return tile


def points_inside(places: Floats, tile: Tile) -> Iterator[tuple[int, shapely.Point]]:
    """Those of (n, 2) `world` positions that lie in the tile, with their place in the list, as points of the tile."""
    at = tile.units(places)
    for number in np.flatnonzero(((at >= 0) & (at < EXTENT)).all(axis=1)).tolist():
        yield number, shapely.Point(*at[number].tolist())
