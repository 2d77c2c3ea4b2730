"""Made-up road graphs of any size, and graphs of real extracts, as the core and its competitors read them.

The made-up ones look like a country: towns, four classes of roads laid as quickest ways between hubs, districts that
only classified roads join, dead ends, one-way streets. They are harder for any hierarchy than real roads are: about
eight times the triangles. One of a million nodes takes a minute to make, and is kept in the temporary folder.
"""

from __future__ import annotations

import tempfile
from dataclasses import fields
from pathlib import Path

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra, minimum_spanning_tree
from scipy.spatial import Delaunay

from noaber.core.traveltime.heavy import HEAVY
from noaber.core.traveltime.segments import RoadGraph, largest_part

Floats = npt.NDArray[np.float64]
Int64s = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

NODES_PER_KM2 = 27.0
DEAD_ENDS = 0.235
KM_PER_DEGREE = 111.2
CLASSES = ((30, 50.0), (300, 70.0), (2500, 90.0), (20_000, 115.0))
"""One hub among so many nodes, and the speed of the roads between them, km/h."""
MS_PER_HOUR = 3_600_000


def made_up(n_nodes: int, seed: int = 7) -> RoadGraph:
    """About `n_nodes` nodes; kept in the temporary folder for the next time."""
    kept = Path(tempfile.gettempdir()) / f"noaber-bench-road-graph-{n_nodes}-{seed}.npz"
    if not kept.exists():
        graph = _make(n_nodes, seed)
        np.savez(kept, **{field.name: getattr(graph, field.name) for field in fields(RoadGraph)})
    with np.load(kept) as stored:
        return RoadGraph(**{field.name: stored[field.name] for field in fields(RoadGraph)})


def _make(n_nodes: int, seed: int) -> RoadGraph:
    random = np.random.default_rng(seed)
    n_leaves = int(DEAD_ENDS * n_nodes)
    side_km = np.sqrt(n_nodes / NODES_PER_KM2)
    xy = _towns(random, n_nodes - n_leaves, side_km)
    a, b = _urquhart(xy)
    km = np.linalg.norm(xy[a] - xy[b], axis=1) * 1.25 * random.uniform(1, 1.25, len(a))
    km_h, classes, district = _classify(random, len(xy), a, b, km)
    kept = _thinned(random, len(xy), a, b, classes, district)
    a, b, km, km_h = a[kept], b[kept], km[kept], km_h[kept]
    xy, a, b, km, km_h = _with_dead_ends(random, xy, a, b, km, km_h, n_leaves)
    return _directed(random, xy, a, b, km / km_h * MS_PER_HOUR, n_leaves)


def _towns(random: np.random.Generator, n: int, side_km: float) -> Floats:
    """Half of the nodes spread over the land, half in towns of very different size."""
    spread, n_towns = n // 2, max(20, n // 8000)
    centres, sizes = random.uniform(0, side_km, (n_towns, 2)), random.pareto(1.3, n_towns) + 0.3
    town = random.choice(n_towns, n - spread, p=sizes / sizes.sum())
    reach_km = np.minimum(1.2 * np.sqrt(sizes[town]) * random.exponential(1.0, len(town)), side_km / 10)
    xy = np.concatenate(
        [
            random.uniform(0, side_km, (spread, 2)),
            centres[town] + random.normal(size=(len(town), 2)) * reach_km[:, None],
        ]
    )
    return np.clip(xy, 0, side_km) + random.normal(scale=1e-4, size=xy.shape)


def _pair_codes(a: Int64s, b: Int64s, n: int) -> Int64s:
    return np.minimum(a, b) * n + np.maximum(a, b)


def _urquhart(xy: Floats) -> tuple[Int64s, Int64s]:
    """The Delaunay triangulation without the longest side of each triangle."""
    corners = Delaunay(xy).simplices.astype(np.int64)
    a, b = corners.T.ravel(), np.roll(corners, -1, axis=1).T.ravel()
    km = np.linalg.norm(xy[a] - xy[b], axis=1).reshape(3, -1)
    codes = _pair_codes(a, b, len(xy))
    longest = codes.reshape(3, -1)[km.argmax(axis=0), np.arange(len(corners))]
    left = np.setdiff1d(codes, longest)
    return left // len(xy), left % len(xy)


def _classify(
    random: np.random.Generator, n: int, a: Int64s, b: Int64s, km: Floats
) -> tuple[Floats, npt.NDArray[np.int8], Int64s]:
    """Speed and class of each edge, and the district of each node: the nearest of the second class's hubs."""
    km_h = random.choice([20.0, 30.0, 30.0, 40.0, 50.0], len(a))
    classes = np.zeros(len(a), dtype=np.int8)
    district = np.zeros(n, dtype=np.int64)
    for level, (one_among, speed) in enumerate(CLASSES):
        hours = csr_array((np.tile(km / km_h, 2), (np.r_[a, b], np.r_[b, a])), shape=(n, n))
        hubs = random.choice(n, max(12, n // one_among), replace=False)
        far, before, hub = dijkstra(hours, indices=hubs, min_only=True, return_predecessors=True)
        if level == 1:
            district = hub.astype(np.int64)
        edges = _between_hubs(a, b, km / km_h, far, before, hub)
        km_h[edges] = np.maximum(km_h[edges], speed * random.uniform(0.9, 1.1, len(edges)))
        classes[edges] = level + 1
    return km_h, classes, district


def _between_hubs(a: Int64s, b: Int64s, hours: Floats, far: Floats, before: Int64s, hub: Int64s) -> Int64s:
    """The edges of the quickest way between each two hubs whose surroundings touch."""
    n = len(far)
    crossing = np.flatnonzero(hub[a] != hub[b])
    pairs = _pair_codes(hub[a[crossing]].astype(np.int64), hub[b[crossing]].astype(np.int64), n)
    total = far[a[crossing]] + far[b[crossing]] + hours[crossing]
    order = np.lexsort((total, pairs))
    first = order[np.r_[True, np.diff(pairs[order]) != 0]]
    chosen = crossing[first]
    codes = [_pair_codes(a[chosen], b[chosen], n)]
    on_way = np.zeros(n, dtype=np.bool_)
    current = np.r_[a[chosen], b[chosen]]
    while len(current):
        current = np.unique(current[~on_way[current]])
        on_way[current] = True
        current = current[before[current] >= 0]
        codes.append(_pair_codes(current, before[current].astype(np.int64), n))
        current = before[current].astype(np.int64)
    return np.searchsorted(_pair_codes(a, b, n), np.unique(np.concatenate(codes)))


def _thinned(
    random: np.random.Generator, n: int, a: Int64s, b: Int64s, classes: npt.NDArray[np.int8], district: Int64s
) -> Bools:
    """Which edges stay: a tree that joins all, classified roads, and some of the others inside a district."""
    tree = minimum_spanning_tree(csr_array((random.uniform(1, 2, len(a)), (a, b)), shape=(n, n))).tocoo()
    in_tree = np.zeros(len(a), dtype=np.bool_)
    in_tree[
        np.searchsorted(_pair_codes(a, b, n), _pair_codes(tree.row.astype(np.int64), tree.col.astype(np.int64), n))
    ] = True
    inside = district[a] == district[b]
    chance = random.random((2, len(a)))
    return in_tree | (classes >= 2) | ((classes == 1) & (inside | (chance[0] < 0.35))) | (inside & (chance[1] < 0.62))


def _with_dead_ends(
    random: np.random.Generator, xy: Floats, a: Int64s, b: Int64s, km: Floats, km_h: Floats, n_leaves: int
) -> tuple[Floats, Int64s, Int64s, Floats, Floats]:
    at = random.integers(0, len(xy), n_leaves)
    ends = xy[at] + random.normal(scale=0.06, size=(n_leaves, 2))
    return (
        np.concatenate([xy, ends]),
        np.r_[a, at],
        np.r_[b, np.arange(len(xy), len(xy) + n_leaves)],
        np.r_[km, np.linalg.norm(ends - xy[at], axis=1) * 1.2],
        np.r_[km_h, random.choice([15.0, 20.0, 30.0], n_leaves)],
    )


def _directed(random: np.random.Generator, xy: Floats, a: Int64s, b: Int64s, ms: Floats, n_leaves: int) -> RoadGraph:
    """Some streets in one direction only; nodes numbered along a curve, as extracts are by and large."""
    one_way = np.r_[random.random(len(a) - n_leaves) < 0.06, np.zeros(n_leaves, dtype=np.bool_)]
    back = np.where(one_way, np.inf, ms * random.uniform(1, 1.1, len(ms)))
    number = np.empty(len(xy), dtype=np.int64)
    order = _along_a_curve(xy)
    number[order] = np.arange(len(xy))
    a, b = number[a], number[b]
    swapped = a > b
    low, high = np.where(swapped, b, a), np.where(swapped, a, b)
    by_pair = np.lexsort((high, low))
    ms_ab, ms_ba = np.where(swapped, back, ms)[by_pair], np.where(swapped, ms, back)[by_pair]
    graph = RoadGraph(
        np.arange(1, len(xy) + 1, dtype=np.int64),
        4.0 + xy[order, 0] / (KM_PER_DEGREE * 0.63),
        48.0 + xy[order, 1] / KM_PER_DEGREE,
        low[by_pair].astype(np.int32),
        high[by_pair].astype(np.int32),
        ms_ab,
        ms_ba,
        np.arange(len(a), dtype=np.int64),
        ms_ab / HEAVY.share_of_car,
        ms_ba / HEAVY.share_of_car,
    )
    return largest_part(graph)


def _along_a_curve(xy: Floats) -> Int64s:
    """An order along Morton's curve: near in the order is near in the land."""
    scaled = ((xy - xy.min(axis=0)) / np.ptp(xy, axis=0).max() * 0xFFFF).astype(np.int64)
    code = np.zeros(len(xy), dtype=np.int64)
    for bit in range(16):
        code |= ((scaled[:, 0] >> bit) & 1) << (2 * bit) | ((scaled[:, 1] >> bit) & 1) << (2 * bit + 1)
    return np.argsort(code, kind="stable")
