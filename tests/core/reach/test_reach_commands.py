"""`noaber network` and `noaber reach`, and the road model of `noaber plan`, as they are called."""

from __future__ import annotations

import json
import math
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from core.planning.planning_problems import whole_problem
from core.traveltime.road_files import town, write_roads
from noaber.cli.main import main
from oracles import traveltime as oracle

UNITS = """id,owner,territory,capabilities,quantity,lon,lat,mobilisation
A,BE-1,BE335,HCP|BOAT,2,6.004,50.706,30
B,NL-1,NL423,HCP,1,6.012,50.71,20.5
"""
PLACES = """id,name,territory,lon,lat,population
P,Pepinster,BE335,6.01,50.705,9560
V,Verviers,BE336,6.02,50.712,55000
"""
AGREEMENTS = {
    "agreements": [
        {
            "id": "NL-BE",
            "providers": ["NL"],
            "receivers": ["BE"],
            "capabilities": ["*"],
            "hazards": ["flood"],
            "approval": 15,
        }
    ]
}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder with units, places, agreements and a town's extract."""
    (tmp_path / "units.csv").write_text(UNITS)
    (tmp_path / "places.csv").write_text(PLACES)
    (tmp_path / "agreements.json").write_text(json.dumps(AGREEMENTS))
    write_roads(tmp_path / "town.osm.pbf", "\n".join(town(7, seed=21)))
    monkeypatch.chdir(tmp_path)
    return tmp_path


Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(capfdbinary: pytest.CaptureFixture[bytes]) -> Run:
    """Runs a command; its exit code, standard output and standard error."""

    def run(*arguments: str) -> tuple[int, str, str]:
        try:
            code = main(arguments)
        except SystemExit as error:
            code = int(str(error.code))
        out, err = capfdbinary.readouterr()
        return code, out.decode(), err.decode()

    return run


def test_without_a_folder_the_network_is_the_sites(folder: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NOABER_NETWORK", raising=False)
    monkeypatch.setenv("NOABER_DATA", "elsewhere")
    code, out, err = run("network", "build", "town.osm.pbf", "--data", "site")
    assert (code, err) == (0, "")
    assert out in run("network", "info", "site/network")[1]
    monkeypatch.setenv("NOABER_NETWORK", "site/network")
    assert out in run("network", "info")[1]


def test_build_info_and_reach(folder: Path, run: Run) -> None:
    code, out, err = run("network", "build", "town.osm.pbf", "-o", "net")
    assert (code, err) == (0, "")
    code, told, err = run("network", "info", "net")
    assert (code, err) == (0, "")
    assert "town.osm.pbf" in told
    assert out in told
    arguments = ("reach", "units.csv", "places.csv", "--agreements", "agreements.json", "--network", "net")
    code, out, err = run(*arguments, "--hazard", "flood", "-k", "3", "-k", "1")
    assert (code, err) == (0, "")
    plain = oracle.Question(
        folder / "units.csv", folder / "places.csv", AGREEMENTS["agreements"], hazard="flood", ks=(1, 3)
    )
    expected = oracle.reach(plain, oracle.read_roads(folder / "town.osm.pbf"))
    lines = [line.split(",") for line in out.splitlines()]
    assert lines[0] == ["place", "capability", "k", "minutes", "unit", "owner", "agreement"]
    assert [line[:3] + line[4:] for line in lines[1:]] == [row[:3] + row[4:] for row in expected]
    for line, row in zip(lines[1:], expected, strict=True):
        assert line[3] == row[3] == "" or float(line[3]) == pytest.approx(float(row[3]), abs=1e-3)
    assert run(*arguments, "--borders", "closed")[1].count("NL-1") == 0
    assert run(*arguments)[1].count("NL-1") == 0, "without a hazard only agreements for any hazard count"
    assert run(*arguments, "-o", "reach.csv") == (0, "", "")
    assert (folder / "reach.csv").read_text() == run(*arguments)[1]


def test_a_process_of_its_own_answers_in_plain_csv(folder: Path) -> None:
    command = [sys.executable, "-m", "noaber.cli.main", "reach", "units.csv", "places.csv"]
    ran = subprocess.run(command, capture_output=True, check=False, env=os.environ)
    assert (ran.returncode, ran.stderr) == (0, b"")
    assert ran.stdout.startswith(b"place,capability,k,minutes,unit,owner,agreement\nP,BOAT,1,")
    assert ran.stdout.count(b"\n") == 5


def test_closures_are_followed_and_those_that_touch_nothing_are_named(folder: Path, run: Run) -> None:
    run("network", "build", "town.osm.pbf", "-o", "net")
    here = [[[5, 50], [7, 50], [7, 51], [5, 51], [5, 50]]]
    shapes = [{"type": "Polygon", "coordinates": here}, {"type": "Point", "coordinates": [3.2, 51.2]}]
    features = [{"type": "Feature", "properties": {}, "geometry": geometry} for geometry in shapes]
    (folder / "closed.geojson").write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    code, out, err = run("reach", "units.csv", "places.csv", "--network", "net", "--closures", "closed.geojson")
    assert code == 0
    assert err == "warning: closed.geojson: /features/1: This closure touches no road of the network.\n"
    assert [line.split(",")[3] for line in out.splitlines()[1:]] == ["", "", "", ""]
    code, _, err = run("reach", "units.csv", "places.csv", "--closures", "closed.geojson")
    assert code == 0
    assert "without a road network" in err
    (folder / "closed.geojson").write_text('{"type": "Point", "coordinates": [6]}')
    code, out, err = run("reach", "units.csv", "places.csv", "--closures", "closed.geojson")
    assert (code, out) == (2, "")
    assert err.startswith("closed.geojson: /coordinates: Expected a position")


def test_what_is_far_from_any_road_is_named_with_its_distance_and_still_computed(folder: Path, run: Run) -> None:
    run("network", "build", "town.osm.pbf", "-o", "net")
    (folder / "units.csv").write_text(UNITS.replace("6.004,50.706", "5.9,50.7"))
    (folder / "places.csv").write_text(PLACES + "F,Far,BE336,6.2,50.9,\n")
    code, out, err = run("reach", "units.csv", "places.csv", "--network", "net")
    assert code == 0
    assert err.splitlines()[0].startswith("warning: units.csv: “A” is far from every road; it joins the network 7.")
    assert err.splitlines()[1].startswith("warning: places.csv: “F” is ")
    assert err.count("\n") == 2
    assert "F,HCP,1,," not in out


def test_beside_a_long_straight_road_nothing_is_far(folder: Path, run: Run) -> None:
    write_roads(folder / "straight.osm.pbf", "node 1 6.0 50.7\nnode 2 6.2 50.7\nway 1 1-2 highway=primary")  # 14 km
    (folder / "places.csv").write_text(
        "id,territory,lon,lat\nbeside,BE3,6.1,50.701\nnear,BE3,6.08,50.7178\nfar,BE3,6.08,50.7182\nbeyond,BE3,6.23,50.7"
    )
    run("network", "build", "straight.osm.pbf", "-o", "net")
    code, _, err = run("reach", "units.csv", "places.csv", "--network", "net")
    assert code == 0
    assert [line.split("“")[1].split("”")[0] for line in err.splitlines()] == ["far", "beyond"]


@pytest.mark.parametrize(
    ("units", "line"),
    [
        (UNITS.replace("6.004,50.706", ",50.706"), "row 2, column lon: “lon” must not be empty."),
        (
            UNITS.replace("6.004,50.706", ","),
            "row 2, column lon: “lon” must not be empty. (and 1 more: row 2, column lat)",
        ),
        (UNITS.replace("6.004", "190"), "row 2, column lon: 190 is not between -180 and 180."),
        (UNITS.replace("50.706", "fifty"), "row 2, column lat: “fifty” is not a number"),
        (UNITS.replace("50.706", "nan"), "row 2, column lat: “nan” is not a number"),
        (UNITS.replace(",2,", ",2.5,"), "row 2, column quantity: “2.5” is not a whole number."),
        (UNITS.replace(",2,", ",-1,"), "row 2, column quantity: -1 is not between 0 and 1000000."),
        (UNITS.replace("20.5", ""), "row 3, column mobilisation: “mobilisation” must not be empty."),
        (UNITS.replace("20.5", "-3"), "row 3, column mobilisation: -3 is not between 0 and 10000000."),
        (UNITS.replace("B,", "A,"), "row 3, column id: “A” stands in row 2 already"),
        (UNITS.replace("NL423", "Zuid-Limburg"), "row 3, column territory: “Zuid-Limburg” is not a territory"),
        (UNITS.replace("HCP|BOAT", "|"), "row 2, column capabilities: A capacity needs at least one capability"),
        (UNITS.replace("owner,", "owner,note,"), "row 2: This row has 8 cells, the first row 9"),
        (UNITS.replace("owner", "eigenaar"), "row 1: The column “owner” is missing."),
        (UNITS.replace("owner", "id"), "row 1: The column “id” stands there twice."),
        ("", "The file is empty"),
    ],
)
def test_unusable_units_are_refused_in_one_line(folder: Path, run: Run, units: str, line: str) -> None:
    (folder / "units.csv").write_text(units)
    code, out, err = run("reach", "units.csv", "places.csv")
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert err.startswith(f"units.csv: {line}")


@pytest.mark.parametrize(
    "data",
    ["é".encode("utf-16"), b"id\x00", b"id,name\xff", b'id,"name\n', PLACES.replace("Verviers", '"Verviers').encode()],
)
def test_files_that_are_no_csv_are_refused_in_one_line(folder: Path, run: Run, data: bytes) -> None:
    (folder / "places.csv").write_bytes(data)
    code, out, err = run("reach", "units.csv", "places.csv")
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert err.startswith("places.csv: ")


@pytest.mark.parametrize(
    ("agreements", "line"),
    [
        ([], "/: Expected an object, found a list."),
        ({}, "/agreements: “agreements” is missing."),
        ({"agreements": [], "texts": []}, "/texts: The key “texts” is unknown here"),
        ({"agreements": [AGREEMENTS["agreements"][0] | {"approval": None}]}, "/agreements/0/approval: Expected"),
        ({"agreements": [AGREEMENTS["agreements"][0] | {"approval": 1e8}]}, "/agreements/0/approval: Expected"),
    ],
)
def test_unusable_agreements_are_refused_in_one_line(folder: Path, run: Run, agreements: Any, line: str) -> None:
    (folder / "agreements.json").write_text(json.dumps(agreements))
    code, out, err = run("reach", "units.csv", "places.csv", "--agreements", "agreements.json")
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert err.startswith(f"agreements.json: {line}")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("reach", "units.csv"), "PLACES.csv"),
        (("reach", "units.csv", "places.csv", "-k", "0"), "a whole number from 1"),
        (("reach", "units.csv", "places.csv", "-k", "two"), "a whole number from 1"),
        (("reach", "units.csv", "places.csv", "--borders", "ajar"), "--borders"),
        (("reach", "units.csv", "nowhere.csv"), "nowhere.csv: No such file"),
        (("reach", "units.csv", "places.csv", "--network", "nowhere"), "nowhere: There is no road network"),
        (("reach", "units.csv", "places.csv", "--network", "units.csv"), "units.csv: There is no road network"),
        (("network", "info", "."), "There is no road network"),
        (("network", "build", "gone.osm.pbf", "-o", "net"), "gone.osm.pbf: No such file"),
        (("network", "build", "units.csv", "-o", "net"), "units.csv: This is no complete OpenStreetMap extract"),
        (("network", "build", "cut.osm.pbf", "-o", "net"), "cut.osm.pbf: The file is cut off or damaged"),
        (("network", "build", "rail.osm.pbf", "-o", "net"), "rail.osm.pbf: There is no road in it"),
        (("network", "build", "town.osm.pbf", "-o", "."), ".: This folder holds something else"),
    ],
)
def test_unusable_arguments_are_refused_in_one_line(
    folder: Path, run: Run, arguments: tuple[str, ...], said: str
) -> None:
    (folder / "cut.osm.pbf").write_bytes((folder / "town.osm.pbf").read_bytes()[:-40])
    write_roads(folder / "rail.osm.pbf", "node 1 6 50\nnode 2 6 51\nway 1 1-2 railway=rail")
    code, out, err = run(*arguments)
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert said in err
    assert not (folder / "net").exists()


@pytest.mark.parametrize("options", [(), ("--network", "net"), ("--network", "net", "-k", "20")])
@pytest.mark.parametrize(("units", "places"), [(0, 2), (2, 0), (0, 0)])
def test_files_with_their_first_row_alone_have_an_empty_answer(
    folder: Path, run: Run, options: tuple[str, ...], units: int, places: int
) -> None:
    run("network", "build", "town.osm.pbf", "-o", "net")
    (folder / "units.csv").write_text("".join(UNITS.splitlines(keepends=True)[: 1 + units]))
    (folder / "places.csv").write_text("".join(PLACES.splitlines(keepends=True)[: 1 + places]))
    code, out, err = run("reach", "units.csv", "places.csv", *options)
    assert (code, out, err) == (0, "place,capability,k,minutes,unit,owner,agreement\n", "")


def test_several_extracts_build_one_network(folder: Path, run: Run) -> None:
    extra = write_roads(folder / "bridge.osm.pbf", "node 90001 6.5 50.7\nway 90001 1-90001 highway=primary")
    assert run("network", "build", "town.osm.pbf", extra.name, "-o", "net")[0] == 0
    _, told, _ = run("network", "info", "net")
    assert told.count("source ") == 2
    assert "6.5000" in told


def test_the_steps_are_told_on_a_terminal_only(folder: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    _, _, err = run("network", "build", "town.osm.pbf", "-o", "net")
    assert [line.split("s  ")[1].split()[0] for line in err.splitlines()] == [
        *("Reading", "Reading", "Keeping", "Contracting", "Ordering", "Customising", "Writing")
    ]


def road_problem(folder: Path) -> Path:
    """The whole problem with its units and incidents moved onto the town's roads, in a folder beside them."""
    problem = whole_problem()
    for number, placed in enumerate([*problem["units"], *problem["incidents"]]):
        share = (number * 0.37) % 1
        placed["lon"], placed["lat"] = 6 + share * 0.025, 50.7 + (share * 3 % 1) * 0.02
    problem["travel"] = {"model": "road", "network": "../net"}
    (folder / "desk").mkdir()
    path = folder / "desk" / "problem.json"
    path.write_text(json.dumps(problem))
    return path


def test_a_plan_drives_on_roads_beside_its_problem_file(folder: Path, run: Run) -> None:
    run("network", "build", "town.osm.pbf", "-o", "net")
    path = road_problem(folder)
    plain, problem = oracle.read_roads(folder / "town.osm.pbf"), json.loads(path.read_text())
    code, out, err = run("plan", str(path))
    assert (code, err) == (0, "")
    plan = json.loads(out)
    assert plan["assignments"]
    places = {one["id"]: (one["lon"], one["lat"]) for one in (*problem["units"], *problem["incidents"])}
    for line in plan["assignments"]:
        start, before = oracle.nearest_node(plain, places[line["unit"]])
        end, after = oracle.nearest_node(plain, places[line["incident"]])
        minutes = oracle.minutes_from(plain, {start: before})[end] + after
        assert line["travel"] == pytest.approx(minutes, abs=1e-3)
    code, out, err = run("stress", str(path), "--simultaneous", "1")
    assert (code, err) == (0, "")
    everywhere = [[[-10, 40], [20, 40], [20, 60], [-10, 60], [-10, 40]]]
    (folder / "desk" / "closed.geojson").write_text(json.dumps({"type": "Polygon", "coordinates": everywhere}))
    problem["travel"]["closures"] = "closed.geojson"
    path.write_text(json.dumps(problem))
    closed = json.loads(run("plan", str(path))[1])
    assert all(math.isclose(line["travel"], 0, abs_tol=5) for line in closed["assignments"])
    assert len(closed["assignments"]) < len(plan["assignments"])
    assert "unreachable" in json.dumps(closed["unmet"])


@pytest.mark.parametrize(
    ("travel", "said"),
    [
        ({"model": "road", "network": "nowhere"}, "/travel/network: "),
        ({"model": "road", "network": "../net", "closures": "problem.json"}, "/travel/closures: "),
        ({"model": "road", "network": "../net", "closures": "gone.geojson"}, "No such file"),
        ({"model": "road", "network": 3}, "/travel/network"),
    ],
)
def test_a_plan_names_what_it_cannot_drive_on(folder: Path, run: Run, travel: dict[str, Any], said: str) -> None:
    run("network", "build", "town.osm.pbf", "-o", "net")
    path = road_problem(folder)
    path.write_text(json.dumps(json.loads(path.read_text()) | {"travel": travel}))
    code, out, err = run("plan", str(path))
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert said in err
