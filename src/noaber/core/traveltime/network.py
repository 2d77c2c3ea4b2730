"""A road network as it is stored and opened: nodes, chains, hierarchy, each vehicle's times without closures, sources.

Opening maps the arrays into memory; nothing is read before it is used, and several processes share it. Everything
here is fixed when the network is built. What closures change is a value of its own (`roads.py`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

import numpy as np

from noaber.core.problems import InvalidInput, Problem
from noaber.core.traveltime.contract import Chains, ChainTimes, contract, times_along
from noaber.core.traveltime.customise import Metric, customise
from noaber.core.traveltime.hierarchy import Hierarchy, build_hierarchy
from noaber.core.traveltime.kernels import NEVER, Floats, Int32s, Int64s, Milliseconds
from noaber.core.traveltime.nearest_node import NodeTree, build_tree
from noaber.core.traveltime.osm import Source, read_extracts
from noaber.core.traveltime.progress import Phase, Progress, Step, silent
from noaber.core.traveltime.segments import RoadGraph, build_graph, in_largest_part
from noaber.core.traveltime.vehicles import Vehicle


@dataclass(frozen=True)
class Profile:
    """How a vehicle drives the open network.

    Parameters
    ----------
    times
        Along its chains.
    metric
        Of its hierarchy.
    tree
        The nodes that points are joined to: those that the vehicle can drive between.
    """

    times: ChainTimes
    metric: Metric
    tree: NodeTree


@dataclass(frozen=True)
class RoadNetwork:
    """Roads of the kept part, as one vehicle drives them.

    The kept part is the car's. Nodes, chains, places and so the segments that a closure closes are the same for every
    vehicle.

    Parameters
    ----------
    node_ids, lon, lat
        (n,) int64, float64, float64: OpenStreetMap ids, ascending, and degrees.
    chain_boxes
        (c, 4) float64: west, south, east, north of each chain, degrees.
    car, heavy
        How each vehicle drives it.
    vehicle
        The one that drives it here; see `driven_by`.
    """

    node_ids: Int64s
    lon: Floats
    lat: Floats
    chains: Chains
    chain_boxes: Floats
    hierarchy: Hierarchy
    car: Profile
    heavy: Profile
    sources: tuple[Source, ...]
    built_at: datetime
    vehicle: Vehicle = Vehicle.CAR

    def driven_by(self, vehicle: Vehicle) -> RoadNetwork:
        """The same roads in the times of another vehicle."""
        return replace(self, vehicle=vehicle)

    @property
    def profile(self) -> Profile:
        return self.car if self.vehicle is Vehicle.CAR else self.heavy

    @property
    def tree(self) -> NodeTree:
        return self.profile.tree

    @property
    def metric(self) -> Metric:
        return self.profile.metric

    @property
    def n_nodes(self) -> int:
        return len(self.node_ids)

    @property
    def n_segments(self) -> int:
        return len(self.chains.nodes) - self.chains.n_chains

    @property
    def n_driven(self) -> int:
        """How many segments the vehicle drives, in one direction at least."""
        is_segment = np.ones(len(self.chains.nodes), dtype=np.bool_)
        is_segment[self.chains.starts[1:] - 1] = False
        return int(np.count_nonzero(self.profile.times.is_driven(np.flatnonzero(is_segment))))


def build_network(paths: Sequence[Path], built_at: datetime, progress: Progress = silent) -> RoadNetwork:
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
    progress(Step(Phase.KEEPING, "Keeping the largest part that can be driven in both directions ..."))
    graph = build_graph(extract)
    if not len(graph.a):
        raise InvalidInput([Problem("network.no-part")], ", ".join(map(str, paths)))
    return network_of(graph, extract.sources_in(graph.node_ids), built_at, progress)


def network_of(
    graph: RoadGraph,
    sources: tuple[Source, ...],
    built_at: datetime,
    progress: Progress = silent,
) -> RoadNetwork:
    """Prepare a strongly connected road graph."""
    progress(Step(Phase.CONTRACTING, f"Contracting {len(graph.a):,} segments ..."))
    chains, segments = contract(graph)
    progress(Step(Phase.ORDERING, f"Ordering {chains.n_junctions:,} junctions ..."))
    hierarchy = build_hierarchy(chains.n_junctions, chains.tails, chains.heads)
    progress(Step(Phase.CUSTOMISING, f"Customising {hierarchy.n_arcs:,} arcs ..."))

    def profile(ms_ab: Floats, ms_ba: Floats) -> Profile:
        times = times_along(chains, segments, graph.a, ms_ab, ms_ba)
        metric = customise(hierarchy, *whole_chain_ms(chains, times, slice(None)))
        joined = in_largest_part(graph, ms_ab, ms_ba)
        nodes = np.flatnonzero(joined if joined.any() else ~joined).astype(np.int32)
        return Profile(times, metric, build_tree(graph.lon, graph.lat, nodes))

    return RoadNetwork(
        graph.node_ids,
        graph.lon,
        graph.lat,
        chains,
        _boxes(chains, graph.lon, graph.lat),
        hierarchy,
        profile(graph.ms_ab, graph.ms_ba),
        profile(graph.heavy_ms_ab, graph.heavy_ms_ba),
        sources,
        built_at,
    )


def whole_chain_ms(chains: Chains, times: ChainTimes, chosen: slice | Int64s) -> tuple[Milliseconds, Milliseconds]:
    """The time from the tail of some chains to their head, and back: two (i,) uint32; `NEVER` where not driven."""
    last = chains.starts[1:][chosen] - 1
    return (
        rounded_ms(times.along_ms[last], times.along_barred[last]),
        rounded_ms(times.against_ms[last], times.against_barred[last]),
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
