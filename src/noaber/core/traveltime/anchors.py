"""How nodes hang on the hierarchy: a junction is there itself, a node inside a chain lies between two junctions.

A node inside a chain is left and reached on both sides, as far as nothing bars the chain; and two nodes of one chain
may meet along it, without a junction.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from noaber.core.traveltime.kernels import NEVER, Int32s, Int64s, Milliseconds
from noaber.core.traveltime.network import RoadNetwork
from noaber.core.traveltime.roads import Roads, between_ms


@dataclass(frozen=True)
class Anchors:
    """Nodes between their junctions, whatever is closed.

    Parameters
    ----------
    ranks
        (n, 2) int32: the ranks of the junctions on both sides; of a junction twice its own.
    inside
        (i,) int64: which of the nodes lie inside a chain.
    places
        (i,) int64: the places (see `Chains`) of those.
    ends
        (i, 2) int64: the first and last places of their chains.
    """

    ranks: Int32s
    inside: Int64s
    places: Int64s
    ends: Int64s


@dataclass(frozen=True)
class Meetings:
    """Pairs of a source and a target inside one chain, whatever is closed.

    Parameters
    ----------
    sources, targets
        (p,) int64: their numbers, ascending by target.
    source_places, target_places
        (p,) int64: where they lie on the chain.
    """

    sources: Int64s
    targets: Int64s
    source_places: Int64s
    target_places: Int64s


def anchors_of(network: RoadNetwork, nodes: Int32s) -> Anchors:
    """Where `nodes`, (n,) int32, hang."""
    chains, rank = network.chains, network.hierarchy.rank
    junction = chains.junction_of[nodes]
    inside = np.flatnonzero(junction < 0)
    places = chains.place_of[nodes[inside]]
    chain = np.searchsorted(chains.starts, places, side="right") - 1
    ends = np.column_stack([chains.starts[chain], chains.starts[chain + 1] - 1])
    ranks = np.repeat(rank[np.maximum(junction, 0)][:, None], 2, axis=1)
    ranks[inside] = rank[chains.junction_of[chains.nodes[ends]]]
    return Anchors(ranks, inside, places, ends)


def leaving_ms(roads: Roads, anchors: Anchors) -> Milliseconds:
    """(n, 2) uint32: from each node to its junctions; a junction has one way only, the other is `NEVER`."""
    return _sides_ms(anchors, between_ms(roads, *np.broadcast_arrays(anchors.places[:, None], anchors.ends)))


def coming_ms(roads: Roads, anchors: Anchors) -> Milliseconds:
    """(n, 2) uint32: to each node from its junctions; a junction has one way only, the other is `NEVER`."""
    return _sides_ms(anchors, between_ms(roads, *np.broadcast_arrays(anchors.ends, anchors.places[:, None])))


def _sides_ms(anchors: Anchors, inside_ms: Milliseconds) -> Milliseconds:
    ms = np.tile(np.array([0, NEVER], dtype=np.uint32), (len(anchors.ranks), 1))
    ms[anchors.inside] = inside_ms
    return ms


def meetings_of(network: RoadNetwork, sources: Anchors, targets: Anchors) -> Meetings:
    """All pairs of a source and a target inside one chain."""
    order = np.argsort(sources.places, kind="stable")
    places = sources.places[order]
    low = np.searchsorted(places, targets.ends[:, 0])
    high = np.searchsorted(places, targets.ends[:, 1])
    counts = high - low
    target = np.repeat(np.arange(len(counts)), counts)
    source = order[np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts - low, counts)]
    return Meetings(sources.inside[source], targets.inside[target], sources.places[source], targets.places[target])


def meeting_ms(roads: Roads, meetings: Meetings) -> Milliseconds:
    """(p,) uint32: along the chain from each source to its target; `NEVER` where that is barred."""
    return between_ms(roads, meetings.source_places, meetings.target_places)
