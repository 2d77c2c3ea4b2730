"""The roads as a map draws them: where each chain runs, and how fast it is driven."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest
import shapely

from core.traveltime.road_files import write_roads
from noaber.core.traveltime.drawing import lines_of, speeds_km_h
from noaber.core.traveltime.network import RoadNetwork, build_network

ROADS = """
node 1 6.00 50.00
node 2 6.01 50.01
node 3 6.02 50.00
node 4 6.01 49.99
node 5 6.05 50.00
way 1 1-2-3 highway=motorway
way 2 3-4-1 highway=motorway
way 3 3-5 highway=residential
"""


@pytest.fixture
def network(tmp_path: Path) -> RoadNetwork:
    return build_network([write_roads(tmp_path / "loop.osm.pbf", ROADS)], datetime(2021, 7, 14, tzinfo=UTC))


def test_each_chain_is_drawn_as_it_was_mapped_at_its_speed(network: RoadNetwork) -> None:
    chains = np.arange(network.chains.n_chains)
    lines = list(lines_of(network, chains).geoms)
    drawn = {frozenset(line.coords): round(speed) for line, speed in zip(lines, speeds_km_h(network), strict=True)}
    east = frozenset([(6.02, 50.0), (6.05, 50.0)])
    assert drawn.pop(east) == 30
    assert set(drawn.values()) == {110}
    loop = shapely.union_all([line for line in lines if frozenset(line.coords) != east])
    corners = [(6.0, 50.0), (6.01, 50.01), (6.02, 50.0), (6.01, 49.99)]
    assert shapely.equals(loop, shapely.LinearRing(corners))


def test_no_chains_are_no_lines(network: RoadNetwork) -> None:
    assert lines_of(network, np.empty(0, dtype=np.int64)).is_empty
