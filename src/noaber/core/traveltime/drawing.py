"""The roads of a network as lines: how fast each chain is driven, and where it runs."""

from __future__ import annotations

import numpy as np
import shapely

from noaber.core.traveltime.kernels import Floats, Int64s
from noaber.core.traveltime.network import RoadNetwork
from noaber.core.traveltime.segments import great_circle_m

_KM_H_PER_M_PER_MS = 3600.0


def speeds_km_h(network: RoadNetwork) -> Floats:
    """(c,) float64: how fast a car drives the first segment of each chain; 0 where it has no length."""
    first, nodes, times = network.chains.starts[:-1], network.chains.nodes, network.car.times
    one, other = nodes[first], nodes[first + 1]
    metres = great_circle_m(network.lon[one], network.lat[one], network.lon[other], network.lat[other])
    ms = np.maximum(times.along_ms[first + 1], times.against_ms[first + 1])
    speeds: Floats = np.divide(metres, ms, out=np.zeros_like(metres), where=ms > 0) * _KM_H_PER_M_PER_MS
    return speeds


def lines_of(network: RoadNetwork, chains: Int64s) -> shapely.MultiLineString:
    """The lines of some chains, degrees, longitude first."""
    starts, ends = network.chains.starts[chains], network.chains.starts[chains + 1]
    counts = ends - starts
    number = np.repeat(np.arange(len(chains)), counts)
    places = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts) + np.repeat(starts, counts)
    nodes = network.chains.nodes[places]
    degrees = np.column_stack([network.lon[nodes], network.lat[nodes]])
    return shapely.multilinestrings(shapely.linestrings(degrees, indices=number))
