"""The nearest node, anywhere on the Earth, as trying every node finds it."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from noaber.core.traveltime.nearest_node import NodeTree, build_tree, nearest_nodes
from noaber.core.traveltime.segments import great_circle_m
from oracles.traveltime import great_circle_km

POINTS = st.lists(st.tuples(st.floats(-180, 180), st.floats(-90, 90)), min_size=1, max_size=60)


def columns(points: list[tuple[float, float]]) -> tuple[np.ndarray, np.ndarray]:
    lon, lat = np.array(points, dtype=np.float64).reshape(-1, 2).T
    return lon, lat


def tree_over_all(lon: np.ndarray, lat: np.ndarray) -> NodeTree:
    return build_tree(lon, lat, np.arange(len(lon), dtype=np.int32))


@settings(deadline=None)
@given(POINTS, POINTS)
def test_no_node_is_nearer(nodes: list[tuple[float, float]], queries: list[tuple[float, float]]) -> None:
    lon, lat = columns(nodes)
    found = nearest_nodes(tree_over_all(lon, lat), *columns(queries))
    for query, node in zip(queries, found.tolist(), strict=True):
        least = min(great_circle_km(query, other) for other in nodes)
        assert great_circle_km(query, nodes[node]) == pytest.approx(least, abs=1e-6)


@pytest.mark.parametrize("n", [1, 8, 9, 500])
def test_many_nodes_in_one_town(n: int) -> None:
    random = np.random.default_rng(n)
    lon, lat = 6 + random.normal(0, 0.05, n), 50.7 + random.normal(0, 0.05, n)
    queries = 6 + random.normal(0, 0.1, 200), 50.7 + random.normal(0, 0.1, 200)
    found = nearest_nodes(tree_over_all(lon, lat), *queries)
    metres = great_circle_m(queries[0][:, None], queries[1][:, None], lon, lat)
    np.testing.assert_array_equal(found, metres.argmin(axis=1))


def test_of_nodes_at_one_place_the_first_is_taken() -> None:
    lon, lat = np.repeat([6.0, 7.0], 20), np.repeat([50.0, 51.0], 20)
    assert nearest_nodes(tree_over_all(lon, lat), np.array([6.9, 6.1]), np.array([51.0, 50.0])).tolist() == [20, 0]


def test_a_tree_over_some_nodes_finds_no_other() -> None:
    random = np.random.default_rng(4)
    lon, lat = 6 + random.normal(0, 0.05, 200), 50.7 + random.normal(0, 0.05, 200)
    some = np.flatnonzero(random.random(200) < 0.3).astype(np.int32)
    found = nearest_nodes(build_tree(lon, lat, some), lon, lat)
    metres = great_circle_m(lon[:, None], lat[:, None], lon[some], lat[some])
    np.testing.assert_array_equal(found, some[metres.argmin(axis=1)])


def test_across_the_date_line_and_over_the_pole() -> None:
    tree = tree_over_all(np.array([179.99, -90.0]), np.array([0.0, 89.9]))
    assert nearest_nodes(tree, np.array([-179.99, 90.0]), np.array([0.0, 89.9])).tolist() == [0, 1]


def test_lengths_equal_those_of_the_plain_formula() -> None:
    random = np.random.default_rng(1)
    one, other = (
        columns(list(zip(random.uniform(-180, 180, 50), random.uniform(-90, 90, 50), strict=True))) for _ in "ab"
    )
    metres = great_circle_m(*one, *other)
    for i in range(50):
        expected = 1000 * great_circle_km((one[0][i], one[1][i]), (other[0][i], other[1][i]))
        assert metres[i] == pytest.approx(expected, rel=1e-12)
