"""Ours, in the reach benchmark: the network is built, stored, opened, asked, closed and asked again."""

from __future__ import annotations

import tempfile
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from bench._reach_bytes import CELL, KEY, copy_rate, least_bytes, pass_bytes, update_bytes
from bench._reach_contestants import CHECKED_BASES, CHECKED_LAYER, K, Outcome
from bench._reach_task import LAYERS, OWNERS, Int64s, Task
from noaber.core.traveltime.layers import Rooms, nearest_by_layer
from noaber.core.traveltime.matrix import driving_ms
from noaber.core.traveltime.network import RoadNetwork, network_of
from noaber.core.traveltime.roads import close_roads, open_roads
from noaber.core.traveltime.starts import Starts
from noaber.core.traveltime.storage import open_network, save_network
from noaber.core.traveltime.survey import Survey, survey, times_of
from noaber.core.traveltime.teams import key_ms, nearest_teams

REPEAT = 5


def noaber(task: Task) -> Outcome:
    """Customizable contraction hierarchy, all layers in one pass."""
    outcome = Outcome()
    with tempfile.TemporaryDirectory() as folder:
        stored = Path(folder) / "network"
        save_network(outcome.measure("build", lambda: network_of(task.graph, (), datetime.now(UTC))), stored)
        network = outcome.measure("open", lambda: open_network(stored), repeat=REPEAT)
        _warm_up(task, network)
        _ask_layers(task, network, outcome)
        _ask_matrix(task, network, outcome)
    outcome.finished()
    outcome.copy_rate = copy_rate()
    return outcome


def _ask_layers(task: Task, network: RoadNetwork, outcome: Outcome) -> None:
    """Everything that is asked of the units at the places."""
    roads = open_roads(network)
    looked = outcome.measure("survey", lambda: survey(network, task.units, task.places))
    starts = Starts(np.arange(len(task.units), dtype=np.int32), task.starts_ms, task.layers)
    times, rooms = times_of(looked, roads), Rooms()
    found = outcome.measure("all layers", lambda: nearest_by_layer(looked, times, starts, LAYERS, rooms), repeat=REPEAT)
    outcome.answers["open"] = found[:, CHECKED_LAYER].copy()
    first = task.layers // OWNERS == 0
    capability = Starts(starts.sources[first], starts.ms[first], np.zeros(first.sum(), np.int32))
    outcome.measure("5 nearest", lambda: nearest_teams(looked, times, capability, n_layers=1, k=K), repeat=REPEAT)
    alone = Starts(capability.sources, np.zeros_like(capability.ms), capability.layers)
    outcome.answers["driving alone"] = key_ms(nearest_teams(looked, times, alone, n_layers=1, k=K))[:, 0]
    places = closed_places(task, network)
    outcome.measure("update", lambda: close_roads(roads, places), repeat=REPEAT)
    closed = outcome.measure(
        "closure",
        lambda: nearest_by_layer(looked, times_of(looked, close_roads(roads, places)), starts, LAYERS, rooms),
        repeat=REPEAT,
    )
    outcome.answers["closed"] = closed[:, CHECKED_LAYER].copy()
    _note_bytes(outcome, "all layers", looked, LAYERS * CELL)
    _note_bytes(outcome, "closure", looked, LAYERS * CELL, besides=update_bytes(network.metric))
    _note_bytes(outcome, "5 nearest", looked, K * KEY)


def _ask_matrix(task: Task, network: RoadNetwork, outcome: Outcome) -> None:
    roads, looked = open_roads(network), survey(network, task.bases, task.matrix_places)
    found = outcome.measure("matrix", lambda: driving_ms(looked, times_of(looked, roads)))
    outcome.answers["pairs"] = found[:CHECKED_BASES].copy()
    row_bytes = len(task.bases) * CELL
    outcome.moved["matrix"] = pass_bytes(looked, row_bytes, up=False), least_bytes(looked, row_bytes, up=False)


def _note_bytes(outcome: Outcome, question: str, looked: Survey, row_bytes: int, *, besides: int = 0) -> None:
    outcome.moved[question] = (pass_bytes(looked, row_bytes) + besides, least_bytes(looked, row_bytes) + besides)


def _warm_up(task: Task, network: RoadNetwork) -> None:
    """Compile, or load what was compiled."""
    roads = open_roads(network)
    looked = survey(network, task.units[:2], task.places[:2])
    starts = Starts(np.arange(2, dtype=np.int32), task.starts_ms[:2], np.arange(2, dtype=np.int32))
    times = times_of(looked, close_roads(roads, closed_places(task, network)[:1]))
    nearest_by_layer(looked, times, starts, 2)
    nearest_teams(looked, times, starts, n_layers=2, k=K)
    driving_ms(looked, times)


def closed_places(task: Task, network: RoadNetwork) -> Int64s:
    """The places of the closed segments on their chains."""
    nodes = network.chains.nodes.astype(np.int64)
    low, high = np.minimum(nodes[:-1], nodes[1:]), np.maximum(nodes[:-1], nodes[1:])
    n = task.graph.n_nodes
    wanted = task.graph.a[task.closed].astype(np.int64) * n + task.graph.b[task.closed]
    found = np.flatnonzero(np.isin(low * n + high, wanted))
    return found[~np.isin(found, network.chains.starts[1:] - 1)]
