"""The squares that web maps are cut into: Web Mercator, from one for the whole world, four times as many each zoom."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

EXTENT: Final = 4096
"""Units along the side of a tile."""
PIXELS: Final = 512
"""Of a tile's side on the screen, at its own zoom."""
MOST_ZOOM: Final = 22


@dataclass(frozen=True, slots=True)
class Tile:
    """A square: `x` from the west, `y` from the north."""

    z: int
    x: int
    y: int

    @property
    def exists(self) -> bool:
        return 0 <= self.z <= MOST_ZOOM and 0 <= self.x < 2**self.z and 0 <= self.y < 2**self.z

    def box(self, margin: float = 0.0) -> tuple[float, float, float, float]:
        """West, south, east, north of the world in `world` units, with a margin as a share of its side."""
        side = 1 / 2**self.z
        west, north = self.x * side, self.y * side
        return west - margin * side, north - margin * side, west + (1 + margin) * side, north + (1 + margin) * side

    def units(self, points: Floats) -> npt.NDArray[np.int64]:
        """(n, 2) `world` positions as whole units of this tile, which lie outside 0 to `EXTENT` beside it."""
        scaled = (points * 2**self.z - (self.x, self.y)) * EXTENT
        whole: npt.NDArray[np.int64] = np.rint(scaled).astype(np.int64)
        return whole


def world(degrees: Floats) -> Floats:
    """(n, 2) degrees, longitude first, as shares of the world's square: from the west, and from the north."""
    lon, lat = degrees[:, 0], degrees[:, 1]
    return np.column_stack([(lon + 180) / 360, (1 - np.arctanh(np.sin(np.radians(lat))) / math.pi) / 2])
