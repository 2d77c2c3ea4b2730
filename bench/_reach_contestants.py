"""The contestants of the reach benchmark: what others would use for the same questions, and ours.

Each gets a `Task`, prepares as its users would, and gives seconds by question, with answers to compare: the times of
one layer at all places, open and after the closures, and those of some pairs. What it cannot answer at all is left out.
What would take too long is measured on a part, marked by a factor, and counted up.
"""

from __future__ import annotations

import re
import statistics
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import networkit
import numpy as np
import routingkit_cch
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from bench._reach_task import LAYERS, Int32s, Int64s, Task
from noaber.core.traveltime.order import dissect

K = 5
CHECKED_LAYER = 7
CHECKED_BASES = 3
NEVER_MS = 2**31 - 1


@dataclass
class Outcome:
    """What a contestant took and answered.

    Parameters
    ----------
    seconds, processor
        By question: on the clock, and of all processors together. On a busy machine only the second can be compared.
    estimated
        The questions that were counted up from a part.
    answers
        Milliseconds by name: "open" and "closed", one layer at all places before and after the closures; "pairs", from
        the first bases to all places of the matrix.
    moved
        By question: the bytes that the answer touches, and those that have to come through memory (ours alone).
    copy_rate
        Bytes that a copy moves in a processor second, in the same process (ours alone).
    """

    seconds: dict[str, float] = field(default_factory=dict)
    processor: dict[str, float] = field(default_factory=dict)
    estimated: set[str] = field(default_factory=set)
    answers: dict[str, Any] = field(default_factory=dict)
    moved: dict[str, tuple[int, int]] = field(default_factory=dict)
    copy_rate: float = 0.0
    peak_gib: float = 0.0

    def measure(self, question: str, work: Callable[[], Any], *, times: float = 1.0, repeat: int = 1) -> Any:
        """The median of `repeat` runs; with `times`, `work` is one part of so many."""
        taken, used, answer = [], [], None
        for _ in range(repeat):
            started, began = time.perf_counter(), time.process_time()
            answer = work()
            used.append(time.process_time() - began)
            taken.append(time.perf_counter() - started)
        self.seconds[question] = statistics.median(taken) * times
        self.processor[question] = statistics.median(used) * times
        if times != 1.0:
            self.estimated.add(question)
        return answer

    def add(self, question: str, other: str) -> None:
        """Count one question's time into another's, which needs it first."""
        self.seconds[question] += self.seconds[other]
        self.processor[question] += self.processor[other]

    def finished(self) -> Outcome:
        """With the most memory that this process held, those of its parent not counted."""
        self.peak_gib = int(re.findall(r"VmHWM:\s+(\d+)", Path("/proc/self/status").read_text())[0]) / 2**20
        return self


def scipy_dijkstra(task: Task) -> Outcome:
    """`scipy.sparse.csgraph.dijkstra`; several starts with offsets need one node more, before all of them."""
    outcome, n = Outcome(), task.graph.n_nodes
    arcs = outcome.measure("build", lambda: csr_array((task.ms.astype(float), (task.tails, task.heads)), shape=(n, n)))

    def nearest(units: Int32s, starts_ms: Int64s, weights: csr_array) -> Int64s:
        before_all = csr_array(
            (
                np.r_[weights.data, starts_ms.astype(float)],
                np.r_[weights.indices, units].astype(np.int32),
                np.r_[weights.indptr, weights.indptr[-1] + len(units)].astype(np.int32),
            ),
            shape=(n + 1, n + 1),
        )
        return dijkstra(before_all, indices=n)[task.places]

    outcome.answers["open"] = outcome.measure(
        "all layers", lambda: nearest(*task.of_layer(CHECKED_LAYER), arcs), times=LAYERS, repeat=3
    )

    def after_closure() -> Int64s:
        left = ~task.closed_arcs
        weights = csr_array((task.ms[left].astype(float), (task.tails[left], task.heads[left])), shape=(n, n))
        return nearest(*task.of_layer(CHECKED_LAYER), weights)

    outcome.answers["closed"] = outcome.measure("closure", after_closure, times=LAYERS)
    units, _ = task.of_capability(0)
    outcome.measure("5 nearest", lambda: dijkstra(arcs, indices=units[:3]), times=len(units) / 3)
    first = task.bases[:CHECKED_BASES]
    pairs = outcome.measure("matrix", lambda: dijkstra(arcs, indices=first), times=len(task.bases) / len(first))
    outcome.answers["pairs"] = pairs[:, task.matrix_places]
    return outcome.finished()


def networkit_dijkstra(task: Task) -> Outcome:
    """networkit's Dijkstra, with a node before all starts."""
    outcome, n = Outcome(), task.graph.n_nodes

    def graph_of(chosen: Any) -> Any:
        triplets = (task.ms[chosen].astype(float), (task.tails[chosen], task.heads[chosen]))
        return networkit.GraphFromCoo(triplets, n=n, weighted=True, directed=True)

    graph = outcome.measure("build", lambda: graph_of(slice(None)))

    def nearest(roads: Any) -> Int64s:
        before_all = roads.addNode()
        for unit, ms in zip(*task.of_layer(CHECKED_LAYER), strict=True):
            roads.addEdge(before_all, int(unit), float(ms))
        search = networkit.distance.Dijkstra(roads, before_all, storePaths=False)
        search.run()
        roads.removeNode(before_all)
        return np.array(search.getDistances())[task.places]

    outcome.answers["open"] = outcome.measure("all layers", lambda: nearest(graph), times=LAYERS)
    outcome.answers["closed"] = outcome.measure("closure", lambda: nearest(graph_of(~task.closed_arcs)), times=LAYERS)

    def from_each(nodes: Iterable[int]) -> None:
        for node in nodes:
            networkit.distance.Dijkstra(graph, int(node), storePaths=False).run()

    units, _ = task.of_capability(0)
    outcome.measure("5 nearest", lambda: from_each(units[:3]), times=len(units) / 3)
    outcome.measure("matrix", lambda: from_each(task.bases[:3]), times=len(task.bases) / 3)
    return outcome.finished()


def routingkit(task: Task) -> Outcome:
    """RoutingKit's customizable contraction hierarchies, on an order by METIS."""
    outcome, weights = Outcome(), task.ms.tolist()

    def build() -> tuple[Any, Any]:
        rank = dissect(task.graph.n_nodes, task.graph.a, task.graph.b)
        hierarchy = routingkit_cch.CCH(np.argsort(rank).tolist(), task.tails.tolist(), task.heads.tolist(), False)
        return hierarchy, routingkit_cch.CCHMetric(hierarchy, weights)

    hierarchy, metric = outcome.measure("build", build)
    _ask_routingkit(task, metric, outcome)
    updater = routingkit_cch.CCHMetricPartialUpdater(hierarchy)
    barred = {int(arc): NEVER_MS for arc in np.flatnonzero(task.closed_arcs)}
    outcome.measure("update", lambda: updater.apply(metric, barred))
    to_places = routingkit_cch.CCHOneToMany(metric, task.places.tolist())
    starts = _pairs(*task.of_layer(CHECKED_LAYER))
    outcome.answers["closed"] = outcome.measure(
        "closure", lambda: np.array(to_places.distances_from_multi(starts), dtype=float), times=LAYERS
    )
    outcome.add("closure", "update")
    return outcome.finished()


def _ask_routingkit(task: Task, metric: Any, outcome: Outcome) -> None:
    """The questions before the closure. A metric takes no update while one of its searches is there."""
    to_places = routingkit_cch.CCHOneToMany(metric, task.places.tolist())
    starts = _pairs(*task.of_layer(CHECKED_LAYER))
    outcome.answers["open"] = outcome.measure(
        "all layers",
        lambda: np.array(to_places.distances_from_multi(starts), dtype=float),
        times=LAYERS,
        repeat=3,
    )
    from_units = routingkit_cch.CCHManyToOne(metric, task.of_capability(0)[0].tolist())
    some = task.places[:200].tolist()
    outcome.measure(
        "5 nearest",
        lambda: [sorted(from_units.distances_to(place))[:K] for place in some],
        times=len(task.places) / len(some),
    )
    to_matrix = routingkit_cch.CCHOneToMany(metric, task.matrix_places.tolist())
    bases = task.bases[:50].tolist()
    outcome.measure(
        "matrix", lambda: [to_matrix.distances_from(base) for base in bases], times=len(task.bases) / len(bases)
    )


def _pairs(units: Int32s, starts_ms: Int64s) -> list[tuple[int, int]]:
    return list(zip(units.tolist(), starts_ms.tolist(), strict=True))
