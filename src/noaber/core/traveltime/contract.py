"""Chains: a node where only two segments meet is no junction, and a run of such nodes is one arc of the hierarchy.

The nodes inside a chain are kept in their order with the driving times up to each, by vehicle, so that a point inside a
chain can be joined, and a closure can close a part of it. A ring without a junction gets one at its first node.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from noaber.core.traveltime.kernels import Bools, Floats, Int32s, Int64s, kernel
from noaber.core.traveltime.segments import RoadGraph


@dataclass(frozen=True)
class Chains:
    """Every segment of a road graph, once, in chains between junctions.

    A *place* is an index into `nodes`. The segment at place p lies between the nodes at p and p + 1; the last place of
    a chain has none.

    Parameters
    ----------
    starts
        (c + 1,) int64: the places of chain i are `starts[i]` to `starts[i + 1]`, not included.
    nodes
        (p,) int32: the node at each place; the first and the last of a chain are junctions.
    way_ids
        (p,) int64: the way of the segment at each place, -1 at the last of a chain.
    junction_of
        (n,) int32: a node's junction, -1 inside a chain.
    place_of
        (n,) int64: the place of a node inside a chain, -1 at a junction.
    n_junctions
        They are numbered as their nodes are.
    """

    starts: Int64s
    nodes: Int32s
    way_ids: Int64s
    junction_of: Int32s
    place_of: Int64s

    @property
    def n_chains(self) -> int:
        return len(self.starts) - 1

    @property
    def n_junctions(self) -> int:
        return int(self.junction_of.max(initial=-1)) + 1

    @property
    def tails(self) -> Int32s:
        """(c,) int32: the junction at which each chain begins."""
        return self.junction_of[self.nodes[self.starts[:-1]]]

    @property
    def heads(self) -> Int32s:
        """(c,) int32: the junction at which each chain ends."""
        return self.junction_of[self.nodes[self.starts[1:] - 1]]


@dataclass(frozen=True)
class ChainTimes:
    """How long a vehicle takes along chains.

    Parameters
    ----------
    along_ms, against_ms
        (p,) float64, milliseconds from the chain's first node to each place, and back; segments that are not driven
        in that direction count 0 and are counted in the next two.
    along_barred, against_barred
        (p,) int32: how many segments before the place are not driven in that direction.
    """

    along_ms: Floats
    against_ms: Floats
    along_barred: Int32s
    against_barred: Int32s

    def is_driven(self, places: Int64s) -> Bools:
        """(s,) bool: which of the segments at these places are driven, in one direction at least."""
        along = self.along_barred[places + 1] == self.along_barred[places]
        driven: Bools = along | (self.against_barred[places + 1] == self.against_barred[places])
        return driven


def contract(graph: RoadGraph) -> tuple[Chains, Int32s]:
    """Divide a road graph into chains.

    Returns
    -------
    The chains, and (p,) int32: the segment at each place, -1 at the last of a chain.
    """
    first, incident = _incidence(graph)
    is_junction = np.diff(first) != 2
    if not is_junction.any():
        is_junction[:1] = True
    nodes, segments, starts = _walk(first, incident, graph.a, graph.b, is_junction)
    return _chains(graph, nodes, segments, starts, is_junction), segments


def times_along(chains: Chains, segments: Int32s, a: Int32s, ms_ab: Floats, ms_ba: Floats) -> ChainTimes:
    """The times along chains.

    Parameters
    ----------
    segments
        As `contract` gives them.
    a, ms_ab, ms_ba
        (s,) by segment: its first node, and the milliseconds from it to the other and back; infinite where not driven.
    """
    real = segments >= 0
    segment = segments[real]
    turned = chains.nodes[real] != a[segment]
    along, against = np.zeros(len(segments)), np.zeros(len(segments))
    along[real] = np.where(turned, ms_ba[segment], ms_ab[segment])
    against[real] = np.where(turned, ms_ab[segment], ms_ba[segment])
    along_ms, along_barred = _before(along, chains.starts)
    against_ms, against_barred = _before(against, chains.starts)
    return ChainTimes(along_ms, against_ms, along_barred, against_barred)


def _incidence(graph: RoadGraph) -> tuple[Int64s, Int32s]:
    """The segments at each node: (n + 1,) starts, (2 s,) segments."""
    ends = np.concatenate([graph.a, graph.b])
    order = np.argsort(ends, kind="stable")
    first = np.zeros(graph.n_nodes + 1, dtype=np.int64)
    np.cumsum(np.bincount(ends, minlength=graph.n_nodes), out=first[1:])
    return first, (order % max(1, len(graph.a))).astype(np.int32)


@kernel
def _walk(first: Int64s, incident: Int32s, a: Int32s, b: Int32s, is_junction: Bools) -> tuple[Int32s, Int32s, Int64s]:
    """From every junction along every segment not yet walked, up to the next junction."""
    n_segments = len(a)
    nodes = np.empty(2 * n_segments, np.int32)
    segments = np.full(2 * n_segments, -1, np.int32)
    starts = np.zeros(n_segments + 1, np.int64)
    walked = np.zeros(n_segments, np.bool_)
    chains, place = 0, 0
    for junction in range(len(first) - 1):
        if not is_junction[junction]:
            continue
        for i in range(first[junction], first[junction + 1]):
            segment = incident[i]
            if walked[segment]:
                continue
            node = junction
            while True:
                walked[segment] = True
                nodes[place], segments[place] = node, segment
                place += 1
                node = a[segment] + b[segment] - node
                if is_junction[node]:
                    break
                at = first[node]
                segment = incident[at + 1] if incident[at] == segment else incident[at]
            nodes[place] = node
            place += 1
            chains += 1
            starts[chains] = place
    return nodes[:place].copy(), segments[:place].copy(), starts[: chains + 1].copy()


def _chains(graph: RoadGraph, nodes: Int32s, segments: Int32s, starts: Int64s, is_junction: Bools) -> Chains:
    real = segments >= 0
    way_ids = np.full(len(nodes), -1, dtype=np.int64)
    way_ids[real] = graph.way_ids[segments[real]]
    junction_of = np.where(is_junction, np.cumsum(is_junction) - 1, -1).astype(np.int32)
    inside = junction_of[nodes] < 0
    place_of = np.full(graph.n_nodes, -1, dtype=np.int64)
    place_of[nodes[inside]] = np.flatnonzero(inside)
    return Chains(starts, nodes, way_ids, junction_of, place_of)


def _before(ms: Floats, starts: Int64s) -> tuple[Floats, Int32s]:
    """Per place what lies before it in its chain: the sum of the finite times, and the number of the others."""
    barred = ~np.isfinite(ms)
    sums = np.cumsum(np.where(barred, 0.0, ms)) - np.where(barred, 0.0, ms)
    counts = np.cumsum(barred) - barred
    lengths = np.diff(starts)
    first = starts[:-1]
    return sums - np.repeat(sums[first], lengths), (counts - np.repeat(counts[first], lengths)).astype(np.int32)
