"""A road network as it is stored and opened: nodes, chains, hierarchy, the metric without closures, and its sources.

Opening maps the arrays into memory; nothing is read before it is used, and several processes share it. Everything
here is fixed when the network is built. What closures change is a value of its own (`roads.py`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import numpy as np

from noaber.core.problems import InvalidInput, Problem
from noaber.core.traveltime.contract import Chains, contract
from noaber.core.traveltime.customise import Metric, customise
from noaber.core.traveltime.hierarchy import Hierarchy, build_hierarchy
from noaber.core.traveltime.kernels import NEVER, Floats, Int32s, Int64s, Milliseconds
from noaber.core.traveltime.nearest_node import NodeTree, build_tree
from noaber.core.traveltime.osm import Progress, Source, read_extracts
from noaber.core.traveltime.segments import RoadGraph, build_graph


@dataclass(frozen=True)
class RoadNetwork:
    """Roads of the kept part.

    Parameters
    ----------
    node_ids, lon, lat
        (n,) int64, float64, float64: OpenStreetMap ids, ascending, and degrees.
    chain_boxes
        (c, 4) float64: west, south, east, north of each chain, degrees.
    metric
        Of the open network.
    """

    node_ids: Int64s
    lon: Floats
    lat: Floats
    tree: NodeTree
    chains: Chains
    chain_boxes: Floats
    hierarchy: Hierarchy
    metric: Metric
    sources: tuple[Source, ...]
    built_at: datetime

    @property
    def n_nodes(self) -> int:
        return len(self.node_ids)

    @property
    def n_segments(self) -> int:
        return len(self.chains.nodes) - self.chains.n_chains


def build_network(paths: Sequence[Path], built_at: datetime, progress: Progress = lambda text: None) -> RoadNetwork:
    """Read extracts and prepare everything that does not depend on closures.

    Parameters
    ----------
    paths
        OpenStreetMap extracts; they are merged by id.
    built_at
        The moment of the building, with its time zone.
    progress
        Told at each step what is being done.

    Raises
    ------
    InvalidInput
        Where a file cannot be used or there is no road in any.
    """
    extract = read_extracts(paths, progress)
    progress("Keeping the largest part that can be driven in both directions ...")
    graph = build_graph(extract)
    if not len(graph.a):
        raise InvalidInput([Problem("network.no-part")], ", ".join(map(str, paths)))
    return network_of(graph, extract.sources, built_at, progress)


def network_of(
    graph: RoadGraph,
    sources: tuple[Source, ...],
    built_at: datetime,
    progress: Progress = lambda text: None,
) -> RoadNetwork:
    """Prepare a strongly connected road graph."""
    progress(f"Contracting {len(graph.a):,} segments ...")
    chains = contract(graph)
    progress(f"Ordering {chains.n_junctions:,} junctions ...")
    hierarchy = build_hierarchy(chains.n_junctions, chains.tails, chains.heads)
    progress(f"Customising {hierarchy.n_arcs:,} arcs ...")
    metric = customise(hierarchy, *whole_chain_ms(chains, slice(None)))
    return RoadNetwork(
        graph.node_ids,
        graph.lon,
        graph.lat,
        build_tree(graph.lon, graph.lat),
        chains,
        _boxes(chains, graph.lon, graph.lat),
        hierarchy,
        metric,
        sources,
        built_at,
    )


def whole_chain_ms(chains: Chains, chosen: slice | Int64s) -> tuple[Milliseconds, Milliseconds]:
    """The time from the tail of some chains to their head, and back: two (i,) uint32; `NEVER` where not driven."""
    last = chains.starts[1:][chosen] - 1
    return (
        rounded_ms(chains.along_ms[last], chains.along_barred[last]),
        rounded_ms(chains.against_ms[last], chains.against_barred[last]),
    )


def rounded_ms(ms: Floats, barred: Int32s | Int64s) -> Milliseconds:
    """Whole milliseconds; `NEVER` where a segment on the way is barred."""
    return np.where(barred > 0, NEVER, np.minimum(np.rint(ms), NEVER)).astype(np.uint32)


def _boxes(chains: Chains, lon: Floats, lat: Floats) -> Floats:
    x, y, first = lon[chains.nodes], lat[chains.nodes], chains.starts[:-1]
    return np.column_stack(
        [
            np.minimum.reduceat(x, first),
            np.minimum.reduceat(y, first),
            np.maximum.reduceat(x, first),
            np.maximum.reduceat(y, first),
        ]
    )
