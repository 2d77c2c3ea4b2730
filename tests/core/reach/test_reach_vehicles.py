"""`noaber reach --vehicle`: by car as ever, by heavy vehicle as the plain oracle drives it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from core.reach.reach_cases import write_case
from core.traveltime.road_files import limited, town, write_roads
from noaber.cli.main import main
from oracles import traveltime as oracle

BOX = (5.99, 50.69, 6.04, 50.73)
BELT = {"type": "LineString", "coordinates": [[5.9, 50.705], [6.012, 50.706]]}


@pytest.fixture
def case(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> oracle.Question:
    """Units, places and texts, and the network of a town with limits, in the working folder."""
    monkeypatch.chdir(tmp_path)
    write_roads(tmp_path / "town.osm.pbf", "\n".join(limited(town(8, seed=12), seed=4)))
    plain = write_case(tmp_path, BOX, 6)
    plain.ks = (1, 3, 20)
    (tmp_path / "agreements.json").write_text(json.dumps({"agreements": plain.agreements}))
    (tmp_path / "closed.geojson").write_text(json.dumps(BELT))
    assert main(["network", "build", "town.osm.pbf", "-o", "net"]) == 0
    return plain


def answered(*arguments: str) -> list[list[str]]:
    asked = ["units.csv", "places.csv", "--agreements", "agreements.json", "-k", "1", "-k", "3", "-k", "20"]
    assert main(["reach", *asked, *arguments, "-o", "answer.csv"]) == 0
    return [line.split(",") for line in Path("answer.csv").read_text().splitlines()[1:]]


@pytest.mark.parametrize("closures", [False, True])
def test_the_heavy_vehicle_arrives_as_the_oracle_says(case: oracle.Question, closures: bool) -> None:
    roads = oracle.largest_part(oracle.read_heavy_roads(Path("town.osm.pbf")))
    closed = oracle.closed_segments(oracle.read_roads(Path("town.osm.pbf")), BELT) if closures else set()
    options = ["--closures", "closed.geojson"] if closures else []
    rows = answered("--network", "net", "--vehicle", "heavy", *options)
    expected = oracle.reach(case, roads, closed)
    assert [row[:3] + row[4:] for row in rows] == [row[:3] + row[4:] for row in expected]
    for row, other in zip(rows, expected, strict=True):
        assert row[3] == other[3] == "" or float(row[3]) == pytest.approx(float(other[3]), abs=1e-3)
    assert rows != answered("--network", "net", *options)


def test_a_car_is_what_drives_unless_said_otherwise(case: oracle.Question) -> None:
    answered("--network", "net")
    unsaid = Path("answer.csv").read_bytes()
    answered("--network", "net", "--vehicle", "car")
    assert Path("answer.csv").read_bytes() == unsaid


def test_the_estimate_knows_no_vehicles_and_says_so(case: oracle.Question, capsys: pytest.CaptureFixture[str]) -> None:
    rows = answered()
    assert capsys.readouterr().err == ""
    assert answered("--vehicle", "heavy") == rows
    err = capsys.readouterr().err
    assert (
        err == "warning: --vehicle: The estimate is the same for every vehicle; name a road network with --network.\n"
    )


def test_the_info_says_what_each_vehicle_drives(case: oracle.Question, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert main(["network", "info", "net"]) == 0
    car, heavy = (line.split() for line in capsys.readouterr().out.splitlines() if " drives " in line)
    assert car[0] == "car"
    assert heavy[:2] == ["heavy", "drives"]
    assert 0 < int(heavy[2].replace(",", "")) < int(car[2].replace(",", ""))
    assert "3.5 m high" in " ".join(heavy)
