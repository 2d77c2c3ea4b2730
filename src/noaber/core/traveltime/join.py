"""Joining points of the world to a network: the nearest node, and the straight line to it at walking-a-field speed.

What the vehicle can drive between decides, not the closures: a point keeps its node when the road there is closed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from noaber.core.traveltime.kernels import Floats, Int32s, Int64s
from noaber.core.traveltime.nearest_node import nearest_nodes
from noaber.core.traveltime.network import RoadNetwork
from noaber.core.traveltime.segments import MS_PER_MINUTE, driving_ms, great_circle_m

JOIN_SPEED_KM_H: Final = 30.0


@dataclass(frozen=True)
class Joined:
    """Points at their nodes: (n,) int32 nodes and (n,) float64 metres of straight line."""

    nodes: Int32s
    metres: Floats

    @property
    def minutes(self) -> Floats:
        """(n,) float64, for the straight line."""
        return driving_ms(self.metres, JOIN_SPEED_KM_H) / MS_PER_MINUTE

    @property
    def ms(self) -> Int64s:
        """(n,) int64: whole milliseconds for the straight line."""
        return np.rint(driving_ms(self.metres, JOIN_SPEED_KM_H)).astype(np.int64)


def join(network: RoadNetwork, lon: Floats, lat: Floats) -> Joined:
    """Join points, degrees, to their nearest nodes, of those that its vehicle can drive between, by great circle."""
    nodes = nearest_nodes(network.tree, lon, lat)
    return Joined(nodes, great_circle_m(lon, lat, network.lon[nodes], network.lat[nodes]))
