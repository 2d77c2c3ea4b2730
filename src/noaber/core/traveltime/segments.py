"""The plain road graph: nodes, and the segments between two consecutive nodes of a way, with both driving times.

Two ways over the same pair of nodes are one segment, with the shorter time each way. What is not in the largest
strongly connected part is left out: whoever stood there could not leave, or not come back. The car decides on that; a
heavy vehicle has times of its own on the segments that are left.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from noaber.core.quantities import EARTH_RADIUS_KM, MINUTES_PER_HOUR
from noaber.core.traveltime.kernels import Bools, Floats, Int32s, Int64s
from noaber.core.traveltime.osm import Extract, Nodes, Ways

MS_PER_MINUTE: Final = 60_000.0


@dataclass(frozen=True)
class RoadGraph:
    """Nodes and segments.

    Parameters
    ----------
    node_ids
        (n,) int64, OpenStreetMap ids, ascending.
    lon, lat
        (n,) float64, degrees.
    a, b
        (s,) int32: the two nodes of each segment, a < b; pairs are unique and ascending.
    ms_ab, ms_ba
        (s,) float64, milliseconds by car, infinite where that direction is not driven.
    way_ids
        (s,) int64: the way with the shorter time by car.
    heavy_ms_ab, heavy_ms_ba
        The same by heavy vehicle, infinite where the car's are.
    """

    node_ids: Int64s
    lon: Floats
    lat: Floats
    a: Int32s
    b: Int32s
    ms_ab: Floats
    ms_ba: Floats
    way_ids: Int64s
    heavy_ms_ab: Floats
    heavy_ms_ba: Floats

    @property
    def n_nodes(self) -> int:
        return len(self.node_ids)


def great_circle_m(lon_a: Floats, lat_a: Floats, lon_b: Floats, lat_b: Floats) -> Floats:
    """Lengths between places given in degrees, metres, by the haversine formula; arrays are broadcast."""
    phi_a, phi_b = np.radians(lat_a), np.radians(lat_b)
    half_phi, half_lambda = np.sin((phi_b - phi_a) / 2), np.sin(np.radians(lon_b - lon_a) / 2)
    h = half_phi * half_phi + np.cos(phi_a) * np.cos(phi_b) * half_lambda * half_lambda
    metres: Floats = 2000.0 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(np.clip(h, 0.0, 1.0)))
    return metres


def driving_ms(metres: Floats, speed_km_h: Floats | float) -> Floats:
    """Milliseconds to drive `metres`."""
    return metres / 1000.0 / speed_km_h * MINUTES_PER_HOUR * MS_PER_MINUTE


def build_graph(extract: Extract) -> RoadGraph:
    """The strongly connected road graph of an extract; without a segment where no two nodes are joined."""
    return largest_part(_merged(extract.nodes, extract.ways))


def _merged(nodes: Nodes, ways: Ways) -> RoadGraph:
    lon, lat = nodes.lon_e7 / 1e7, nodes.lat_e7 / 1e7
    start, end, way = _pairs(nodes, ways)
    metres = great_circle_m(lon[start], lat[start], lon[end], lat[end])
    ms = driving_ms(metres, ways.speed_km_h[way])
    swapped = start > end
    a, b = np.where(swapped, end, start), np.where(swapped, start, end)
    order = np.lexsort((ways.ids[way], ms, b, a))
    a, b, metres, ms, way, swapped = a[order], b[order], metres[order], ms[order], way[order], swapped[order]
    first = np.flatnonzero(np.r_[True, (a[1:] != a[:-1]) | (b[1:] != b[:-1])]) if len(a) else np.empty(0, np.int64)
    is_heavy = ways.heavy_km_h[way] > 0
    heavy_ms = np.where(is_heavy, driving_ms(metres, np.where(is_heavy, ways.heavy_km_h[way], 1.0)), np.inf)
    rising, falling = (
        np.where(swapped, ways.against[way], ways.along[way]),
        np.where(swapped, ways.along[way], ways.against[way]),
    )
    return RoadGraph(
        nodes.ids,
        lon,
        lat,
        a[first].astype(np.int32),
        b[first].astype(np.int32),
        _quickest(ms, rising, first),
        _quickest(ms, falling, first),
        ways.ids[way[first]],
        _quickest(heavy_ms, rising, first),
        _quickest(heavy_ms, falling, first),
    )


def _quickest(ms: Floats, driven: Bools, first: Int64s) -> Floats:
    """The least of each group that begins at `first`, of what is driven; infinite where nothing is."""
    if not len(first):
        return np.empty(0)
    quickest: Floats = np.minimum.reduceat(np.where(driven, ms, np.inf), first)
    return quickest


def _pairs(nodes: Nodes, ways: Ways) -> tuple[Int64s, Int64s, Int64s]:
    """Consecutive nodes that are both there, with the index of their way; a missing node breaks the way."""
    place = np.minimum(np.searchsorted(nodes.ids, ways.refs), max(0, len(nodes.ids) - 1))
    there = nodes.ids[place] == ways.refs if len(nodes.ids) else np.zeros(len(ways.refs), dtype=np.bool_)
    way_of = np.repeat(np.arange(len(ways.ids)), np.diff(ways.starts))
    joined = there[:-1] & there[1:] & (way_of[:-1] == way_of[1:]) & (ways.refs[:-1] != ways.refs[1:])
    at = np.flatnonzero(joined)
    return place[at], place[at + 1], way_of[at]


def largest_part(graph: RoadGraph) -> RoadGraph:
    """What lies in the largest strongly connected part for a car; see `in_largest_part`."""
    return _only(graph, in_largest_part(graph, graph.ms_ab, graph.ms_ba))


def in_largest_part(graph: RoadGraph, ms_ab: Floats, ms_ba: Floats) -> Bools:
    """(n,) bool: which nodes are in the largest strongly connected part, with these times of segments.

    Of equally large ones that with the smallest node id; none where nothing is driven.
    """
    forward, backward = np.isfinite(ms_ab), np.isfinite(ms_ba)
    if not (forward.any() or backward.any()):
        return np.zeros(graph.n_nodes, dtype=np.bool_)
    tail = np.concatenate([graph.a[forward], graph.b[backward]])
    head = np.concatenate([graph.b[forward], graph.a[backward]])
    shape = (graph.n_nodes, graph.n_nodes)
    arcs = csr_array((np.ones(len(tail), dtype=np.int8), (tail, head)), shape=shape)
    _, part = connected_components(arcs, directed=True, connection="strong")
    touched = np.zeros(graph.n_nodes, dtype=np.bool_)
    touched[tail] = touched[head] = True
    sizes = np.bincount(part[touched])
    candidates = np.flatnonzero(sizes == sizes.max())
    first = np.flatnonzero(np.isin(part, candidates) & touched)[0]
    kept: Bools = part == part[first]
    return kept


def _only(graph: RoadGraph, kept: Bools) -> RoadGraph:
    new = (np.cumsum(kept) - 1).astype(np.int32)
    inside = kept[graph.a] & kept[graph.b]
    return RoadGraph(
        graph.node_ids[kept],
        graph.lon[kept],
        graph.lat[kept],
        new[graph.a[inside]],
        new[graph.b[inside]],
        graph.ms_ab[inside],
        graph.ms_ba[inside],
        graph.way_ids[inside],
        graph.heavy_ms_ab[inside],
        graph.heavy_ms_ba[inside],
    )
