"""A Mapbox vector tile (version 2) of shapes that already stand in the units of the tile."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import mapbox_vector_tile
from shapely.geometry.base import BaseGeometry

from noaber.core.tiles.grid import EXTENT

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
