"""From extracts to the stored network: what is read, merged, kept, contracted, written and opened again."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

from core.traveltime.road_files import EXTRACTS, extract, town, write_roads
from noaber.cli.main import main
from noaber.core.problems import InvalidInput
from noaber.core.traveltime.contract import contract
from noaber.core.traveltime.network import RoadNetwork, build_network
from noaber.core.traveltime.osm import read_extracts
from noaber.core.traveltime.segments import RoadGraph, build_graph
from noaber.core.traveltime.storage import MANIFEST, open_network, save_network
from noaber.core.traveltime.vehicles import Vehicle
from oracles.traveltime import PlainRoads, read_roads

BUILT_AT = datetime(2021, 7, 14, 18, tzinfo=UTC)

TRIANGLE = """
node 1 6.00 50.70
node 2 6.01 50.70
node 3 6.01 50.71
node 4 6.02 50.71    # on a dead end
way 10 1-2-3-1 highway=primary
way 11 3-4 highway=service
"""


def graph_of(*paths: Path) -> RoadGraph:
    return build_graph(read_extracts(paths))


def minutes_of(graph: RoadGraph) -> dict[tuple[int, int], float]:
    """Driving minutes by the ids of both nodes."""
    found = {}
    for i in range(len(graph.a)):
        a, b = int(graph.node_ids[graph.a[i]]), int(graph.node_ids[graph.b[i]])
        found |= {(a, b): graph.ms_ab[i] / 60_000, (b, a): graph.ms_ba[i] / 60_000}
    return {pair: minutes for pair, minutes in found.items() if np.isfinite(minutes)}


def plain_minutes(roads: PlainRoads) -> dict[tuple[int, int], float]:
    return {(a, b): minutes for a, ends in roads.minutes.items() for b, minutes in ends.items()}


@pytest.mark.parametrize("name", EXTRACTS)
def test_a_whole_extract_reads_as_the_plain_reader_reads_it(name: str, tmp_path: Path) -> None:
    path = extract(name, tmp_path)
    graph, plain = graph_of(path), read_roads(path)
    assert set(graph.node_ids.tolist()) == set(plain.places)
    assert minutes_of(graph) == pytest.approx(plain_minutes(plain), rel=1e-12)


def test_several_files_are_merged_by_id(tmp_path: Path) -> None:
    nodes = "\n".join(line for line in TRIANGLE.splitlines() if line.startswith("node"))
    west = write_roads(tmp_path / "west.osm.pbf", nodes + "\nway 10 1-2 highway=primary\nway 12 3-4 highway=road")
    east = write_roads(tmp_path / "east.osm.pbf", nodes + "\nway 11 2-3 highway=road\nway 12 3-4 highway=road")
    assert minutes_of(graph_of(west, east)) == pytest.approx(plain_minutes(read_roads(west, east)))
    assert graph_of(west, east).n_nodes == 4


def test_of_two_versions_the_newer_counts_whatever_the_order_of_the_files(tmp_path: Path) -> None:
    old = write_roads(tmp_path / "old.osm.pbf", TRIANGLE)
    text = TRIANGLE.replace("node 3 6.01 50.71", "node 3 6.01 50.72 v2").replace(
        "3-4 highway", "3-4 v3 access=no highway"
    )
    new = write_roads(tmp_path / "new.osm.pbf", text)
    expected = minutes_of(graph_of(new))
    assert 4 not in {node for pair in expected for node in pair}
    assert minutes_of(graph_of(old, new)) == expected == minutes_of(graph_of(new, old))


def test_a_missing_node_breaks_the_way(tmp_path: Path) -> None:
    path = write_roads(tmp_path / "a.osm.pbf", TRIANGLE.replace("node 2 6.01 50.70", ""))
    assert set(minutes_of(graph_of(path))) == {(1, 3), (3, 1), (3, 4), (4, 3)}


def test_a_node_named_twice_in_a_row_is_no_segment(tmp_path: Path) -> None:
    graph = graph_of(write_roads(tmp_path / "a.osm.pbf", TRIANGLE.replace("1-2-3-1", "1-1-2-2-2-3-1-1")))
    assert minutes_of(graph) == minutes_of(graph_of(write_roads(tmp_path / "b.osm.pbf", TRIANGLE)))
    assert (graph.a < graph.b).all()


def test_two_ways_over_the_same_pair_take_the_quicker_in_each_direction(tmp_path: Path) -> None:
    path = write_roads(tmp_path / "a.osm.pbf", TRIANGLE + "way 12 2-1 highway=motorway\nway 9 1-2 highway=service")
    minutes = minutes_of(graph_of(path))
    assert minutes[2, 1] == pytest.approx(minutes[1, 2] * 70 / 110)


def test_what_cannot_be_driven_back_from_is_left_out(tmp_path: Path) -> None:
    text = TRIANGLE.replace("way 11 3-4 highway=service", "way 11 3-4 highway=service oneway=yes")
    assert graph_of(write_roads(tmp_path / "a.osm.pbf", text)).node_ids.tolist() == [1, 2, 3]


def test_of_equally_large_parts_that_with_the_smallest_node_id_is_kept(tmp_path: Path) -> None:
    text = "node 1 6 50\nnode 2 6.1 50\nnode 3 6 51\nnode 4 6.1 51\nway 1 3-4 highway=road\nway 2 1-2 highway=road"
    assert graph_of(write_roads(tmp_path / "a.osm.pbf", text)).node_ids.tolist() == [1, 2]


def test_nodes_with_negative_ids_are_read_as_well(tmp_path: Path) -> None:
    text = TRIANGLE.replace("node 1 ", "node -1 ").replace("1-2-3-1", "2-3")
    path = write_roads(tmp_path / "a.osm.pbf", text)
    assert graph_of(path).node_ids.tolist() == [2, 3, 4]


def test_every_segment_is_in_one_chain_and_only_ends_are_junctions(tmp_path: Path) -> None:
    graph = graph_of(write_roads(tmp_path / "a.osm.pbf", "\n".join(town(7, seed=3))))
    chains, segments = contract(graph)
    assert sorted(segments[segments >= 0].tolist()) == list(range(len(graph.a)))
    inner = np.ones(len(chains.nodes), dtype=bool)
    inner[chains.starts[:-1]] = inner[chains.starts[1:] - 1] = False
    degree = np.bincount(np.concatenate([graph.a, graph.b]), minlength=graph.n_nodes)
    assert (degree[chains.nodes[inner]] == 2).all()
    assert sorted(chains.nodes[inner].tolist()) == np.flatnonzero(chains.junction_of < 0).tolist()
    pairs = {
        tuple(sorted((int(chains.nodes[p]), int(chains.nodes[p + 1]))))
        for start, end in zip(chains.starts[:-1], chains.starts[1:], strict=True)
        for p in range(start, end - 1)
    }
    assert pairs == set(zip(graph.a.tolist(), graph.b.tolist(), strict=True))
    assert len(pairs) == len(chains.nodes) - chains.n_chains


def test_a_lone_ring_gets_a_junction(tmp_path: Path) -> None:
    text = TRIANGLE.replace("way 11 3-4 highway=service", "")
    chains, _ = contract(graph_of(write_roads(tmp_path / "a.osm.pbf", text)))
    assert (chains.n_junctions, chains.n_chains, len(chains.nodes)) == (1, 1, 4)


@pytest.fixture
def network(tmp_path: Path) -> RoadNetwork:
    return build_network([write_roads(tmp_path / "town.osm.pbf", "\n".join(town(5, seed=1)))], BUILT_AT)


def assert_same_arrays(one: object, other: object) -> None:
    for name, array in vars(other).items():
        np.testing.assert_array_equal(getattr(one, name), array)


def test_a_stored_network_opens_as_it_was(network: RoadNetwork, tmp_path: Path) -> None:
    save_network(network, tmp_path / "net")
    opened = open_network(tmp_path / "net")
    assert (opened.sources, opened.built_at) == (network.sources, BUILT_AT)
    assert opened.sources[0].name == "town.osm.pbf"
    for vehicle in Vehicle:
        profile, stored = network.driven_by(vehicle).profile, opened.driven_by(vehicle).profile
        for part in ("times", "metric", "tree"):
            assert_same_arrays(getattr(stored, part), getattr(profile, part))
    assert_same_arrays(opened.chains, network.chains)
    assert_same_arrays(opened.hierarchy, network.hierarchy)
    np.testing.assert_array_equal(opened.lon, network.lon)


def test_an_older_network_is_replaced_and_anything_else_is_not(network: RoadNetwork, tmp_path: Path) -> None:
    folder = tmp_path / "net"
    save_network(network, folder)
    save_network(network, folder)
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "to-mother.txt").write_text("Dear mother,")
    for taken in (tmp_path / "letters", tmp_path / "town.osm.pbf"):
        with pytest.raises(InvalidInput, match="holds something else"):
            save_network(network, taken)


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda folder: (folder / MANIFEST).unlink(), "no road network"),
        (lambda folder: (folder / MANIFEST).write_text("{"), "damaged"),
        (lambda folder: (folder / MANIFEST).write_text('{"format": 1}'), "another version"),
        (lambda folder: (folder / MANIFEST).write_text("[]"), "another version"),
        (lambda folder: (folder / MANIFEST).write_text('{"format": 2}'), "damaged"),
        (lambda folder: (folder / MANIFEST).write_text('{"format": 2, "arrays": [], "built_at": 3}'), "damaged"),
        (lambda folder: (folder / "lon.npy").write_text("lon"), "damaged"),
        (lambda folder: (folder / "lon.npy").unlink(), "damaged"),
        (lambda folder: (folder / "lon.npy").write_bytes((folder / "lon.npy").read_bytes()[:200]), "damaged"),
        (lambda folder: np.save(folder / "lon.npy", np.zeros(3)), "damaged"),
    ],
)
def test_a_damaged_network_is_refused(network: RoadNetwork, tmp_path: Path, spoil: object, said: str) -> None:
    folder = tmp_path / "net"
    save_network(network, folder)
    assert callable(spoil)
    spoil(folder)
    with pytest.raises(InvalidInput, match=said):
        open_network(folder)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "no OpenStreetMap extract"),
        (b"\x89PNG\r\n\x1a\n" + bytes(300), "no OpenStreetMap extract"),
        (b"<html></html>", "no OpenStreetMap extract"),
    ],
)
def test_a_foreign_file_is_named(tmp_path: Path, data: bytes, said: str) -> None:
    path = tmp_path / "roads.osm.pbf"
    path.write_bytes(data)
    with pytest.raises(InvalidInput, match=said) as caught:
        read_extracts([path])
    assert caught.value.source == str(path)


def test_a_truncated_file_is_named_wherever_it_is_cut(tmp_path: Path) -> None:
    whole = extract("amsterdam", tmp_path).read_bytes()
    path = tmp_path / "cut.osm.pbf"
    within_the_next_length = whole + bytes(2)
    for cut in (*(whole[: int(len(whole) * share)] for share in (0.1, 0.5, 0.9, 0.999)), within_the_next_length):
        path.write_bytes(cut)
        with pytest.raises(InvalidInput) as caught:
            read_extracts([path])
        assert caught.value.source == str(path)


def test_an_extract_that_no_road_joins_to_the_rest_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    town = "node {0}1 6.0{0} 50.0\nnode {0}2 6.0{0}1 50.0\nway {0} {0}1-{0}2 highway=primary"
    joined = write_roads(tmp_path / "joined.osm.pbf", town.format(1) + "\nnode 13 6.012 50.0\nway 9 12-13 highway=road")
    within = write_roads(tmp_path / "within.osm.pbf", town.format(1))
    apart = write_roads(tmp_path / "apart.osm.pbf", town.format(2))
    folder = str(tmp_path / "network")
    assert main(["network", "build", *map(str, (apart, within, joined)), "-o", folder]) == 0
    warnings = capsys.readouterr().err.splitlines()
    assert len(warnings) == 1
    assert warnings[0].startswith("warning: apart.osm.pbf: None of its roads is in the network")
    assert main(["network", "info", folder]) == 0
    told = [line for line in capsys.readouterr().out.splitlines() if line.startswith("source")]
    assert ["left out" in line for line in told] == [True, False, False]


def test_an_extract_of_nothing_is_no_error_beside_another(tmp_path: Path) -> None:
    one = "node 1 6 50\nnode 2 6 51\nway 1 1-2 highway=road"
    empty, roads = write_roads(tmp_path / "empty.osm.pbf", ""), write_roads(tmp_path / "roads.osm.pbf", one)
    assert len(read_extracts([empty, roads]).ways.ids) == 1
    with pytest.raises(InvalidInput, match="no road"):
        read_extracts([empty])


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("node 1 6 50\nnode 2 6 51\nway 1 1-2 railway=rail", "no road"),
        ("node 1 6 50", "no road"),
        ("node 1 6 50\nnode 2 6 51\nway 1 1-2 highway=road oneway=yes", "in both directions"),
        ("node 1 6 50\nway 1 1-2-3 highway=road", "in both directions"),
    ],
)
def test_a_file_without_roads_says_so(tmp_path: Path, text: str, said: str) -> None:
    path = write_roads(tmp_path / "a.osm.pbf", text)
    with pytest.raises(InvalidInput, match=said) as caught:
        build_network([path], BUILT_AT)
    assert caught.value.source == str(path)
