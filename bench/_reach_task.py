"""What every contestant of the reach benchmark is asked, on one graph: the same units, places, closures and bases."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from bench._road_graphs import Floats, Int64s, made_up
from bench._tiled_roads import tiled
from noaber.core.traveltime.osm import read_extracts
from noaber.core.traveltime.segments import RoadGraph, build_graph

Int32s = npt.NDArray[np.int32]

CAPABILITIES, OWNERS, UNITS_EACH = 40, 5, 500
LAYERS = CAPABILITIES * OWNERS
N_PLACES, N_BASES, N_MATRIX_PLACES, N_CLOSED = 100_000, 5_000, 10_000, 20
EXTRACTS = Path(__file__).resolve().parents[2] / "shared" / "data"
TILES = ("liechtenstein-latest.osm.pbf", "amsterdam.osm.pbf", "neuss-s11.osm.pbf")
TILED = "tiled-"
"""Before a number of nodes: a graph of that size of copies of `TILES`."""


@dataclass(frozen=True)
class Task:
    """Numbers of nodes, milliseconds, and the graph they are about.

    Parameters
    ----------
    tails, heads, ms
        (a,) every directed arc, with whole milliseconds.
    units, starts_ms, layers
        (u,) where each unit stands, after how long it starts, and its layer: capability × owner.
    places
        (p,) ascending.
    closed
        (20,) segments that close in both directions, among the fastest.
    bases, matrix_places
        (5,000,) and (10,000,); fewer where the graph is smaller.
    """

    graph: RoadGraph
    tails: Int32s
    heads: Int32s
    ms: Int64s
    units: Int32s
    starts_ms: Int64s
    layers: Int32s
    places: Int32s
    closed: Int64s
    bases: Int32s
    matrix_places: Int32s

    @property
    def closed_arcs(self) -> npt.NDArray[np.bool_]:
        """(a,) bool: the arcs over the closed segments."""
        n = self.graph.n_nodes
        a, b = self.graph.a[self.closed].astype(np.int64), self.graph.b[self.closed].astype(np.int64)
        low, high = np.minimum(self.tails, self.heads).astype(np.int64), np.maximum(self.tails, self.heads)
        return np.isin(low * n + high, a * n + b)

    def of_layer(self, layer: int) -> tuple[Int32s, Int64s]:
        """The units of a layer and when they start."""
        chosen = self.layers == layer
        return self.units[chosen], self.starts_ms[chosen]

    def of_capability(self, capability: int) -> tuple[Int32s, Int64s]:
        """The units of a capability, of all owners, and when they start."""
        chosen = self.layers // OWNERS == capability
        return self.units[chosen], self.starts_ms[chosen]


def road_graph(name: str) -> RoadGraph:
    """The graph of an extract (a name that ends in .pbf), one of tiles, or a made-up one (a number of nodes)."""
    if name.endswith(".pbf"):
        return build_graph(read_extracts([EXTRACTS / name]))
    if name.startswith(TILED):
        return tiled([EXTRACTS / tile for tile in TILES], int(name.removeprefix(TILED)))
    return made_up(int(name))


def task(name: str) -> Task:
    """The questions about a graph; the same for the same name."""
    graph, random = road_graph(name), np.random.default_rng(5)
    n = graph.n_nodes
    forward, backward = np.isfinite(graph.ms_ab), np.isfinite(graph.ms_ba)
    units = np.concatenate([random.choice(n, UNITS_EACH, replace=False) for _ in range(CAPABILITIES)])
    centres = random.choice(n, OWNERS, replace=False)
    return Task(
        graph,
        tails=np.r_[graph.a[forward], graph.b[backward]],
        heads=np.r_[graph.b[forward], graph.a[backward]],
        ms=np.rint(np.r_[graph.ms_ab[forward], graph.ms_ba[backward]]).astype(np.int64),
        units=units.astype(np.int32),
        starts_ms=random.integers(120_000, 3_600_000, len(units)),
        layers=(np.repeat(np.arange(CAPABILITIES), UNITS_EACH) * OWNERS + _nearest(graph, units, centres)).astype(
            np.int32
        ),
        places=_sample(random, n, min(N_PLACES, n // 2)),
        closed=random.choice(_fastest(graph), N_CLOSED, replace=False),
        bases=_sample(random, n, min(N_BASES, n // 4)),
        matrix_places=_sample(random, n, min(N_MATRIX_PLACES, n // 2)),
    )


def _sample(random: np.random.Generator, n: int, size: int) -> Int32s:
    return np.sort(random.choice(n, size, replace=False)).astype(np.int32)


def _nearest(graph: RoadGraph, nodes: Int64s, centres: Int64s) -> Int64s:
    """The owner of each node: the one whose centre is nearest."""
    lon, lat = graph.lon[nodes][:, None] - graph.lon[centres], graph.lat[nodes][:, None] - graph.lat[centres]
    return np.hypot(lon * 0.63, lat).argmin(axis=1)


def _fastest(graph: RoadGraph) -> Int64s:
    """The segments that cover most ground in least time, a fiftieth of all."""
    ground: Floats = np.hypot((graph.lon[graph.a] - graph.lon[graph.b]) * 0.63, graph.lat[graph.a] - graph.lat[graph.b])
    quickness = ground / np.maximum(1.0, np.minimum(graph.ms_ab, graph.ms_ba))
    return np.argsort(-quickness, kind="stable")[: max(400, len(ground) // 50)]
