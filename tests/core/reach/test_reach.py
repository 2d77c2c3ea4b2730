"""Reach equals the plain oracle: estimate and roads, borders closed and open, hazards, closures, any k."""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from core.reach.reach_cases import question_of, write_case
from core.traveltime.road_files import extract, town, write_roads
from noaber.core.planning.problem import Unit
from noaber.core.reach.answer import encode_reach, reach
from noaber.core.reach.decode import decode_places, decode_units
from noaber.core.reach.nearest import DrivenNearest, EstimatedNearest
from noaber.core.reach.question import Place
from noaber.core.traveltime.closures import closed_places
from noaber.core.traveltime.geojson import decode_closures
from noaber.core.traveltime.network import RoadNetwork, build_network
from noaber.core.traveltime.roads import Roads, close_roads, open_roads
from oracles import traveltime as oracle

BUILT_AT = datetime(2021, 7, 14, 18, tzinfo=UTC)


def assert_equal_to_oracle(
    plain: oracle.Question,
    roads: Roads | None = None,
    plain_roads: oracle.PlainRoads | None = None,
    closed: set[oracle.Segment] | None = None,
) -> None:
    question = question_of(plain)
    nearest = (
        EstimatedNearest(question.units, question.places)
        if roads is None
        else DrivenNearest(roads, question.units, question.places)
    )
    text = b"".join(encode_reach(question, reach(question, nearest))).decode()
    header, *rows = csv.reader(io.StringIO(text))
    assert header == ["place", "capability", "k", "minutes", "unit", "owner", "agreement"]
    expected = oracle.reach(plain, plain_roads, closed)
    assert len(rows) == len(expected)
    for row, other in zip(rows, expected, strict=True):
        if not other[3]:
            assert row == other
            continue
        assert row[:3] + row[4:] == other[:3] + other[4:]
        assert float(row[3]) == pytest.approx(float(other[3]), abs=1e-3)


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize(("borders", "hazard"), [("open", None), ("open", "flood"), ("closed", "flood")])
def test_the_estimate(tmp_path: Path, seed: int, borders: str, hazard: str | None) -> None:
    plain = write_case(tmp_path, (3.0, 49.5, 8.0, 52.5), seed)
    plain.borders, plain.hazard, plain.ks = borders, hazard, (1, 2, 3, 5, 40)
    assert_equal_to_oracle(plain)


@pytest.mark.parametrize("ks", [(1, 3, 5), (2, 30)])
@pytest.mark.parametrize(("borders", "hazard"), [("open", None), ("open", "flood"), ("closed", None)])
def test_the_roads_of_a_town(tmp_path: Path, borders: str, hazard: str | None, ks: tuple[int, ...]) -> None:
    path = write_roads(tmp_path / "a.osm.pbf", "\n".join(town(8, seed=12)))
    plain = write_case(tmp_path, (5.99, 50.69, 6.05, 50.73), 2)
    plain.borders, plain.hazard, plain.ks = borders, hazard, ks
    network = build_network([path], BUILT_AT)
    assert_equal_to_oracle(plain, open_roads(network), oracle.read_roads(path))


def close(network: RoadNetwork, geojson: dict[str, Any]) -> Roads:
    shapes = decode_closures(json.dumps(geojson).encode())
    return close_roads(open_roads(network), np.concatenate(closed_places(network, shapes)))


@pytest.mark.parametrize("name", ["neuss", "liechtenstein"])
def test_an_extract_with_and_without_a_closed_belt(tmp_path: Path, name: str) -> None:
    path = extract(name, tmp_path)
    network, plain_roads = build_network([path], BUILT_AT), oracle.read_roads(path)
    west, south, east, north = network.lon.min(), network.lat.min(), network.lon.max(), network.lat.max()
    plain = write_case(tmp_path, (west, south, east, north), 5)
    plain.ks = (1, 4, 40)
    assert_equal_to_oracle(plain, open_roads(network), plain_roads)
    middle = (south + north) / 2
    belt = {"type": "LineString", "coordinates": [[west - 1, middle], [east + 1, middle + 0.001]]}
    closed = oracle.closed_segments(plain_roads, belt)
    assert closed
    assert_equal_to_oracle(plain, close(network, belt), plain_roads, closed)


def unit(name: str, *, quantity: int = 1, lon: float = 6.0, territory: str = "BE335") -> str:
    return f"{name},O,{territory},HCP,{quantity},{lon},50.7,10"


def answer(tmp_path: Path, units: list[str], ks: tuple[int, ...], **rest: Any) -> list[list[str]]:
    (tmp_path / "u.csv").write_text(
        "id,owner,territory,capabilities,quantity,lon,lat,mobilisation\n" + "\n".join(units)
    )
    (tmp_path / "p.csv").write_text("id,name,territory,lon,lat,population\nP,,BE335,6,50.7,")
    question = question_of(oracle.Question(tmp_path / "u.csv", tmp_path / "p.csv", ks=ks, **rest))
    nearest = EstimatedNearest(question.units, question.places)
    return [line.split(",") for line in b"".join(encode_reach(question, reach(question, nearest))).decode().split()[1:]]


def test_each_team_of_a_unit_counts(tmp_path: Path) -> None:
    rows = answer(tmp_path, [unit("near", quantity=2), unit("far", lon=7.0)], (1, 2, 3, 4))
    assert [(row[3], row[4]) for row in rows[:2]] == [("10.000000", "near"), ("10.000000", "near")]
    assert rows[2][4] == "far"
    assert rows[3][3:] == ["", "", "", ""]


def test_equally_quick_units_come_in_the_order_of_the_file(tmp_path: Path) -> None:
    rows = answer(tmp_path, [unit("b"), unit("a"), unit("c", territory="BE3")], (1, 2, 3))
    assert [row[4] for row in rows] == ["b", "a", "c"]


def test_of_equally_quick_agreements_the_first_counts(tmp_path: Path) -> None:
    text = {"providers": ["NL"], "receivers": ["BE"], "capabilities": ["*"], "hazards": ["*"]}
    texts = [text | {"id": "slow", "approval": 9}, text | {"id": "b", "approval": 5}, text | {"id": "a", "approval": 5}]
    rows = answer(tmp_path, [unit("far", territory="NL42")], (1,), agreements=texts)
    assert rows[0][3:] == ["15.000000", "far", "O", "b"]


def test_a_unit_without_teams_lends_its_capability_to_the_answer_and_nothing_else(tmp_path: Path) -> None:
    assert answer(tmp_path, [unit("none", quantity=0)], (1,)) == [["P", "HCP", "1", "", "", "", ""]]


def test_without_units_there_is_nothing_to_say(tmp_path: Path) -> None:
    assert answer(tmp_path, [], (1,)) == []


def test_a_point_keeps_its_node_when_the_road_there_is_closed(tmp_path: Path) -> None:
    text = "node 1 6.00 50.70\nnode 2 6.01 50.70\nnode 3 6.02 50.70\nway 1 1-2-3 highway=primary"
    network = build_network([write_roads(tmp_path / "a.osm.pbf", text)], BUILT_AT)
    (tmp_path / "u.csv").write_text(
        "id,owner,territory,capabilities,quantity,lon,lat,mobilisation\n" + unit("here", lon=6.0101)
    )
    (tmp_path / "p.csv").write_text("id,territory,lon,lat\nsame,BE335,6.0099,50.7\nend,BE335,6.02,50.7")
    roads = close(network, {"type": "Point", "coordinates": [6.01, 50.7]})
    question = question_of(oracle.Question(tmp_path / "u.csv", tmp_path / "p.csv"))
    found = reach(question, DrivenNearest(roads, question.units, question.places))["HCP"].minutes[:, 0]
    assert found[0] == pytest.approx(10 + 2 * 0.0001 * 70.43 / 30 * 60, abs=1e-3)
    assert found[1] == np.inf


def test_more_classes_than_are_carried_at_once_make_no_difference(tmp_path: Path) -> None:
    path = write_roads(tmp_path / "a.osm.pbf", "\n".join(town(6, seed=4)))
    plain = write_case(tmp_path, (5.99, 50.69, 6.04, 50.73), 9)
    codes = [f"{country}{n}" for country in ("BE", "NL", "DE", "FR") for n in range(1, 5)]
    lines = plain.units.read_text().splitlines()
    rows = [line.split(",") for line in lines[1:]]
    for row, code in zip(rows, codes + codes, strict=False):
        row[2] = code
    plain.units.write_text("\n".join([lines[0], *map(",".join, rows)]))
    plain.agreements = [
        {
            "id": f"from {code}",
            "providers": [code],
            "receivers": ["BE", "NL", "DE", "LU", "FR"],
            "capabilities": ["*"],
            "hazards": ["*"],
            "approval": 3 * number,
        }
        for number, code in enumerate(codes)
    ]
    plain.ks = (1, 2, 3, 4, 5, 6)
    assert_equal_to_oracle(plain, open_roads(build_network([path], BUILT_AT)), oracle.read_roads(path))


def test_values_are_what_the_files_say() -> None:
    units = decode_units(
        b"\xef\xbb\xbfterritory;id;owner;note;capabilities;quantity;lon;lat;mobilisation\r\n"
        b'NL423;A;"O;1";x;HCP| BOAT;2;5.5;50;1.5\r\n\r\n'
    )
    assert units == (Unit("A", "O;1", "NL423", frozenset({"HCP", "BOAT"}), 2, units[0].position, 1.5),)
    places = decode_places("id,name,territory,lon,lat,population\nP,Lüttich,BE332,5.57,50.63,\nQ,,BE,5,50,12".encode())
    assert places == (
        Place("P", "Lüttich", "BE332", places[0].position, None),
        Place("Q", "", "BE", places[1].position, 12),
    )
    assert places[0].country == "BE"
