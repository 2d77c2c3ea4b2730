"""The roads of the installed network as vector tiles: who closes a road sees the roads, without any outside map."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from threading import Lock
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import shapely
from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from noaber.apps.roads.network.installed import find_network
from noaber.apps.roads.tiles.cache import tiles
from noaber.core.tiles.encode import TileFeature, encode_tile
from noaber.core.tiles.grid import EXTENT, Floats, Tile, world
from noaber.web.background import Background

if TYPE_CHECKING:
    from noaber.core.traveltime.network import RoadNetwork

FROM: Final = 8
"""The zoom from which roads are drawn."""
CLOSEST: Final = 14
"""Beyond it the map enlarges the tiles of this zoom."""
_SLOWEST_KM_H: Final = {8: 95.0, 9: 75.0, 10: 55.0, 11: 35.0}
"""What is driven at less than this is left out at these zooms."""
_CLASSES_KM_H: Final = (0.0, 45.0, 65.0, 85.0)
"""From which speed a road is drawn wider."""
_MARGIN: Final = 0.02
_FINENESS: Final = 4
"""Units of a tile that a line may lie beside its place: half a pixel."""


@dataclass(frozen=True)
class Drawn:
    """A network on the world's square."""

    network: RoadNetwork

    @cached_property
    def boxes(self) -> Floats:
        """(c, 4): west, north, east, south of each chain."""
        box = self.network.chain_boxes
        return np.hstack([world(box[:, [0, 3]]), world(box[:, [2, 1]])])

    @cached_property
    def speeds(self) -> Floats:
        """(c,) km/h."""
        from noaber.core.traveltime.drawing import speeds_km_h  # compiles kernels

        return speeds_km_h(self.network)

    def features(self, tile: Tile) -> Iterator[TileFeature]:
        """The roads in a tile, those of each class as one."""
        from noaber.core.traveltime.drawing import lines_of  # compiles kernels

        west, north, east, south = tile.box(_MARGIN)
        inside = (self.boxes[:, 0] <= east) & (self.boxes[:, 2] >= west)
        inside &= (self.boxes[:, 1] <= south) & (self.boxes[:, 3] >= north)
        chosen = np.flatnonzero(inside)
        speeds = self.speeds[chosen]
        shown = speeds >= _SLOWEST_KM_H.get(tile.z, 0.0)
        classes = np.searchsorted(_CLASSES_KM_H, speeds, side="right") - 1
        edge = round(_MARGIN * EXTENT)
        for rank in range(len(_CLASSES_KM_H)):
            lines = lines_of(self.network, chosen[shown & (classes == rank)])
            on_tile = shapely.transform(lines, lambda degrees: tile.units(world(degrees)))
            clipped = shapely.clip_by_rect(on_tile.simplify(_FINENESS), -edge, -edge, EXTENT + edge, EXTENT + edge)
            if not clipped.is_empty:
                yield TileFeature(clipped, {"rank": rank})


def with_roads(map_data: dict[str, Any]) -> dict[str, Any]:
    """The data of a map, with the roads of the installed network drawn in it; as it is where there is none."""
    network = find_network()
    if network is None:
        return map_data
    stamp = road_stamp(network)
    url = f"{reverse('map')}tiles/roads/{{z}}/{{x}}/{{y}}.mvt?v={stamp}"
    drawn = {"url": url, "minzoom": FROM, "maxzoom": CLOSEST}
    return crediting_roads(map_data | {"tiles": {**map_data.get("tiles", {}), "roads": drawn}})


def crediting_roads(map_data: dict[str, Any]) -> dict[str, Any]:
    """The data of a map that shows the roads of OpenStreetMap, or minutes on them.

    OpenStreetMap is named once: not again where the operator's background names it.
    """
    background: Background | None = settings.NOABER_MAP_BACKGROUND
    if background is not None and "OpenStreetMap" in background.attribution:
        return map_data
    return map_data | {"attribution": f"{map_data['attribution']} · {_('© OpenStreetMap contributors')}"}


def road_stamp(network: RoadNetwork) -> str:
    """Names what the tiles hold."""
    made_of = repr((network.built_at, network.sources, network.n_segments))
    return hashlib.sha256(made_of.encode()).hexdigest()[:32]


def road_tile(network: RoadNetwork, tile: Tile) -> bytes:
    """The tile, from what is kept or made now."""
    key = ("roads", road_stamp(network), tile)
    return tiles.get(key, lambda: encode_tile({"roads": _drawn(network).features(tile)}))


_last: Final[list[Drawn]] = []
_lock: Final = Lock()


def _drawn(network: RoadNetwork) -> Drawn:
    """What was made of the network that is installed; an older one's is let go."""
    with _lock:
        if not _last or _last[0].network is not network:
            _last[:] = [Drawn(network)]
        return _last[0]
