"""What the benchmark measures on: tiles of an extract make one graph, each with its own times; its picture is SVG."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from bench._chart import LABEL_APART, Line, Panel, draw
from bench._tiled_roads import tiled
from lxml import etree

from core.traveltime.road_files import town, write_roads
from noaber.core.traveltime.osm import read_extracts
from noaber.core.traveltime.segments import RoadGraph, build_graph, in_largest_part


@pytest.fixture(scope="module")
def extract(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_roads(tmp_path_factory.mktemp("tiles") / "town.osm.pbf", "\n".join(town(8, seed=3)))


def times_by_pair(graph: RoadGraph, first: int, count: int) -> dict[tuple[int, int], tuple[float, float]]:
    """The segments between some consecutive nodes, by their ends counted from the first."""
    inside = (graph.a >= first) & (graph.b < first + count)
    ends = zip((graph.a[inside] - first).tolist(), (graph.b[inside] - first).tolist(), strict=True)
    return dict(zip(ends, zip(graph.ms_ab[inside].tolist(), graph.ms_ba[inside].tolist(), strict=True), strict=True))


def test_every_tile_keeps_its_own_times_and_all_are_joined(extract: Path) -> None:
    tile = build_graph(read_extracts([extract]))
    graph = tiled([extract], 5 * tile.n_nodes)
    copies, rest = divmod(graph.n_nodes, tile.n_nodes)
    assert copies >= 5
    assert rest == 0
    assert in_largest_part(graph, graph.ms_ab, graph.ms_ba).all()
    expected = times_by_pair(tile, 0, tile.n_nodes)
    for copy in range(copies):
        assert times_by_pair(graph, copy * tile.n_nodes, tile.n_nodes) == expected
    links = len(graph.a) - copies * len(tile.a)
    assert copies - 1 <= links <= 2 * copies * round(tile.n_nodes**0.5)


def test_pairs_of_nodes_are_ascending_as_a_road_graph_has_them(extract: Path) -> None:
    graph = tiled([extract], 2_000)
    codes = graph.a.astype(np.int64) * graph.n_nodes + graph.b
    assert (graph.a < graph.b).all()
    assert (np.diff(codes) > 0).all()


def test_the_picture_is_svg_and_names_each_line_in_each_panel() -> None:
    lines = [Line("ours", [(1e5, 0.01), (1e6, 0.1)]), Line("others & more", [(1e5, 0.011), (1e6, 0.101)])]
    drawn = etree.fromstring(draw([Panel("All layers", lines), Panel("Matrix", lines)]))
    heights = {
        name: [float(text.get("y")) for text in drawn.iter("{http://www.w3.org/2000/svg}text") if text.text == name]
        for name in ("ours", "others & more")
    }
    assert [len(found) for found in heights.values()] == [2, 2]
    assert abs(heights["ours"][0] - heights["others & more"][0]) >= LABEL_APART
