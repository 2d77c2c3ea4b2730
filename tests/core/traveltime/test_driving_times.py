"""Driving times equal textbook Dijkstra on the uncontracted graph: every pair, closures, one-way streets, islands."""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.traveltime.road_files import extract, town, write_roads
from noaber.core.traveltime.customise import Metric, customise
from noaber.core.traveltime.kernels import NEVER
from noaber.core.traveltime.layers import Rooms, nearest_by_layer
from noaber.core.traveltime.matrix import driving_ms
from noaber.core.traveltime.network import RoadNetwork, build_network, network_of, whole_chain_ms
from noaber.core.traveltime.roads import Roads, close_roads, open_roads
from noaber.core.traveltime.segments import RoadGraph, largest_part
from noaber.core.traveltime.starts import Starts
from noaber.core.traveltime.survey import Survey, survey, times_of
from noaber.core.traveltime.teams import NOBODY, key_ms, key_source, nearest_teams
from noaber.core.traveltime.vehicles import Vehicle
from oracles.traveltime import PlainRoads, Segment, minutes_from, read_roads

BUILT_AT = datetime(2021, 7, 14, 18, tzinfo=UTC)
TOLERANCE_MINUTES = 2e-4
"""Chains are rounded to whole milliseconds; a way of a thousand chains is off by much less than this."""


def segment_places(network: RoadNetwork) -> dict[Segment, int]:
    """The place of every segment, by the ids of its nodes."""
    chains, ids = network.chains, network.node_ids.tolist()
    last = set((chains.starts[1:] - 1).tolist())
    nodes = chains.nodes.tolist()
    return {frozenset((ids[nodes[p]], ids[nodes[p + 1]])): p for p in range(len(nodes)) if p not in last}


def closing(network: RoadNetwork, closed: set[Segment]) -> Roads:
    places = segment_places(network)
    return close_roads(open_roads(network), np.array([places[segment] for segment in closed], dtype=np.int64))


def all_nodes(network: RoadNetwork) -> np.ndarray:
    return np.arange(network.n_nodes, dtype=np.int32)


def assert_equal_to_dijkstra(roads: Roads, plain: PlainRoads, sources: Sequence[int]) -> None:
    """From some nodes to all, both as the core and as the textbook says."""
    network = roads.network
    looked = survey(network, np.array(sources, dtype=np.int32), all_nodes(network))
    found = driving_ms(looked, times_of(looked, roads))
    for row, source in enumerate(sources):
        reached = minutes_from(plain, {int(network.node_ids[source]): 0.0})
        expected = np.array([reached.get(node, math.inf) for node in network.node_ids.tolist()])
        minutes = np.where(found[row] == NEVER, math.inf, found[row] / 60_000)
        np.testing.assert_allclose(minutes, expected, rtol=0, atol=TOLERANCE_MINUTES)


def some_segments(plain: PlainRoads, share: float, seed: int) -> set[Segment]:
    every = sorted(plain.segments, key=sorted)
    return set(random.Random(seed).sample(every, max(1, int(len(every) * share))))


@pytest.mark.parametrize(("name", "share"), [("amsterdam", 0.0), ("amsterdam", 0.05), ("neuss", 0.01)])
def test_every_pair_of_an_extract(name: str, share: float, tmp_path: Path) -> None:
    path = extract(name, tmp_path)
    network, plain = build_network([path], BUILT_AT), read_roads(path)
    closed = some_segments(plain, share, seed=5) if share else set()
    assert_equal_to_dijkstra(closing(network, closed), plain.without(closed), all_nodes(network).tolist())


@pytest.mark.parametrize("share", [0.0, 0.005])
def test_a_whole_country(share: float, tmp_path: Path) -> None:
    path = extract("liechtenstein", tmp_path)
    network, plain = build_network([path], BUILT_AT), read_roads(path)
    closed = some_segments(plain, share, seed=8) if share else set()
    sources = random.Random(4).sample(range(network.n_nodes), 25)
    assert_equal_to_dijkstra(closing(network, closed), plain.without(closed), sources)


@st.composite
def road_graphs(draw: st.DrawFn) -> RoadGraph:
    """Small graphs with long chains, rings, parallel ways, streets of no length and one-way streets."""
    n = draw(st.integers(2, 14))
    pairs = draw(st.lists(st.tuples(st.integers(0, n - 1), st.integers(0, n - 1)), min_size=1, max_size=26))
    edges = sorted({(min(a, b), max(a, b)) for a, b in pairs if a != b} | {(i, i + 1) for i in range(n - 1)})
    ms = st.one_of(st.integers(0, 9).map(float), st.just(math.inf))
    there, back, more = (np.array([draw(ms) for _ in edges]) for _ in range(3))
    ids = np.arange(1, n + 1, dtype=np.int64)
    graph = RoadGraph(
        ids,
        ids.astype(np.float64),
        np.zeros(n),
        np.array([a for a, _ in edges], dtype=np.int32),
        np.array([b for _, b in edges], dtype=np.int32),
        there,
        back,
        np.arange(len(edges), dtype=np.int64),
        there + more,
        back + more,
    )
    return largest_part(graph)


def plain_roads(graph: RoadGraph, ms_ab: np.ndarray, ms_ba: np.ndarray) -> PlainRoads:
    plain = PlainRoads({int(node): (0.0, 0.0) for node in graph.node_ids})
    for i in range(len(graph.a)):
        a, b = int(graph.node_ids[graph.a[i]]), int(graph.node_ids[graph.b[i]])
        for start, end, ms in ((a, b, ms_ab[i]), (b, a, ms_ba[i])):
            if math.isfinite(ms):
                plain.minutes[start][end] = ms / 60_000
    return plain


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(road_graphs(), st.sampled_from(Vehicle), st.data())
def test_every_pair_of_any_small_graph_before_and_after_closures(
    graph: RoadGraph, vehicle: Vehicle, data: st.DataObject
) -> None:
    if not len(graph.a):
        return
    network = network_of(graph, (), BUILT_AT).driven_by(vehicle)
    heavy = (graph.heavy_ms_ab, graph.heavy_ms_ba)
    plain = plain_roads(graph, *(heavy if vehicle is Vehicle.HEAVY else (graph.ms_ab, graph.ms_ba)))
    roads, sources = open_roads(network), list(range(graph.n_nodes))
    assert_equal_to_dijkstra(roads, plain, sources)
    places = segment_places(network)
    for _ in range(3):
        closed = data.draw(st.sets(st.sampled_from(sorted(places, key=sorted)), max_size=4))
        roads = close_roads(roads, np.array([places[segment] for segment in closed], dtype=np.int64))
        assert_equal_to_dijkstra(roads, plain.without(closed), sources)
        assert_same_metric(roads.metric, customised_anew(roads))


def customised_anew(roads: Roads) -> Metric:
    chains = roads.network.chains
    along, against = whole_chain_ms(chains, roads.network.profile.times, slice(None))
    chain = np.searchsorted(chains.starts, roads.closed, side="right") - 1
    along[chain] = against[chain] = NEVER
    return customise(roads.network.hierarchy, along, against)


def assert_same_metric(one: Metric, other: Metric) -> None:
    for name, array in vars(one).items():
        np.testing.assert_array_equal(array, getattr(other, name))


def test_the_partial_update_equals_the_full_one_and_opening_restores_what_was(tmp_path: Path) -> None:
    network = build_network([extract("liechtenstein", tmp_path)], BUILT_AT)
    places = sorted(segment_places(network).values())
    chance, roads = random.Random(2), open_roads(network)
    for count in (1, 20, 400, 0, 3):
        roads = close_roads(roads, np.array(chance.sample(places, count), dtype=np.int64))
        assert_same_metric(roads.metric, customised_anew(roads))
    assert_same_metric(close_roads(roads, np.empty(0, np.int64)).metric, network.metric)


def test_a_closure_never_shortens_a_way(tmp_path: Path) -> None:
    network = build_network([write_roads(tmp_path / "a.osm.pbf", "\n".join(town(6, seed=9)))], BUILT_AT)
    looked = survey(network, all_nodes(network), all_nodes(network))
    roads = open_roads(network)
    before = driving_ms(looked, times_of(looked, roads))
    places = sorted(segment_places(network).values())
    for count in (2, 8, 30):
        roads = close_roads(roads, np.union1d(roads.closed, random.Random(count).sample(places, count)))
        after = driving_ms(looked, times_of(looked, roads))
        assert (after >= before).all()
        before = after


@pytest.fixture
def town_survey(tmp_path: Path) -> tuple[Survey, Roads, Starts, np.ndarray]:
    """40 sources in 7 layers, 60 targets, some streets closed; and the matrix between them."""
    network = build_network([write_roads(tmp_path / "a.osm.pbf", "\n".join(town(8, seed=6)))], BUILT_AT)
    chance = np.random.default_rng(3)
    sources, targets = (chance.integers(0, network.n_nodes, size=n).astype(np.int32) for n in (40, 60))
    roads = close_roads(open_roads(network), chance.choice(sorted(segment_places(network).values()), 12))
    looked = survey(network, sources, targets)
    numbers = np.concatenate([np.arange(40), np.arange(0, 40, 3)]).astype(np.int32)
    starts = Starts(
        numbers,
        chance.integers(0, 20, size=len(numbers)).astype(np.int64) * 60_000,
        np.concatenate([np.arange(40) % 7, (np.arange(0, 40, 3) + 1) % 7]).astype(np.int32),
    )
    return looked, roads, starts, driving_ms(looked, times_of(looked, roads)).astype(np.int64)


def test_all_layers_in_one_pass_are_minima_over_the_matrix(
    town_survey: tuple[Survey, Roads, Starts, np.ndarray],
) -> None:
    looked, roads, starts, matrix = town_survey
    rooms = Rooms()
    for count in (len(starts.sources), 3):
        some = Starts(starts.sources[:count], starts.ms[:count], starts.layers[:count])
        found = nearest_by_layer(looked, times_of(looked, roads), some, 8, rooms)
        np.testing.assert_array_equal(found, minima(matrix, some, 8))
    assert (found[:, 7] == NEVER).all()


def minima(matrix: np.ndarray, starts: Starts, n_layers: int) -> np.ndarray:
    """The soonest arrival of each layer at each target."""
    found = np.full((matrix.shape[1], n_layers), int(NEVER))
    for source, ms, layer in zip(starts.sources, starts.ms, starts.layers, strict=True):
        comes = np.where(matrix[source] < NEVER, matrix[source] + ms, NEVER)
        found[:, layer] = np.minimum(found[:, layer], comes)
    return found


def test_the_nearest_teams_are_the_smallest_of_the_matrix_and_ties_go_by_number(
    town_survey: tuple[Survey, Roads, Starts, np.ndarray],
) -> None:
    looked, roads, starts, matrix = town_survey
    found = nearest_teams(looked, times_of(looked, roads), starts, n_layers=7, k=9)
    for target in range(matrix.shape[1]):
        for layer in range(7):
            expected = sorted(
                (int(matrix[source, target] + ms), int(source))
                for source, ms in zip(
                    starts.sources[starts.layers == layer], starts.ms[starts.layers == layer], strict=True
                )
                if matrix[source, target] < NEVER
            )
            keys = found[target, layer][found[target, layer] < NOBODY]
            assert list(zip(key_ms(keys).tolist(), key_source(keys).tolist(), strict=True)) == expected[:9]
