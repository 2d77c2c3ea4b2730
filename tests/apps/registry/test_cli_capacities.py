"""`noaber capacities import`: exit codes, the one line of an error, the report of a dry run."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from noaber.apps.records.models import Change
from noaber.apps.registry.models import Capacity
from noaber.cli.main import main
from registry_builders import csv_bytes, make_capacity
from registry_packages import FULL_PACKAGE


def run(tmp_path: Path, data: bytes, *options: str, owner: str = "NL-VR24") -> int:
    path = tmp_path / "units.csv"
    path.write_bytes(data)
    return main(["capacities", "import", str(path), "--owner", owner, "--status", "Exercise", *options])


def test_importing(neighbours: Any, tmp_path: Path, capsys: Any):
    assert run(tmp_path, csv_bytes({"id": "A"}, {"id": "B"}), "--share-with", "BENELUX", "--tlp", "GREEN") == 0
    assert capsys.readouterr().out == "NL-VR24, Exercise: 2 added, 0 changed, 0 unchanged\n"
    capacity = Capacity.objects.get(code="A")
    assert (capacity.tlp, capacity.status, [group.code for group in capacity.groups.all()]) == (
        "GREEN",
        "Exercise",
        ["BENELUX"],
    )
    assert Change.objects.filter(by__startswith="noaber capacities import", reason="units.csv").count() == 2


def test_a_dry_run_reports_and_writes_nothing(neighbours: Any, tmp_path: Path, capsys: Any):
    run(tmp_path, csv_bytes({"id": "A"}, {"id": "C"}))
    capsys.readouterr()
    assert run(tmp_path, csv_bytes({"id": "A", "quantity": "5"}, {"id": "B"}), "--dry-run") == 0
    assert capsys.readouterr().out.splitlines() == [
        "row 2: A quantity: 4 -> 5",
        "row 3: B added",
        "not in the file, left as it is: C",
        "NL-VR24, Exercise: 1 added, 1 changed, 0 unchanged (dry run: nothing was written)",
    ]
    assert dict(Capacity.objects.values_list("code", "quantity")) == {"A": 4, "C": 4}


def test_errors_are_one_line_and_a_dry_run_lists_them_all(neighbours: Any, tmp_path: Path, capsys: Any):
    data = csv_bytes({"id": "A", "lon": "200"}, {"id": "B", "quantity": "x"})
    assert run(tmp_path, data) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.count("\n") == 1
    assert "units.csv: row 2, column lon: 200 is not between -180 and 180." in printed.err
    assert "row 3, column quantity" in printed.err
    assert run(tmp_path, data, "--dry-run") == 2
    assert [line.split(": ")[1] for line in capsys.readouterr().out.splitlines()] == [
        "row 2, column lon",
        "row 3, column quantity",
    ]
    assert not Capacity.objects.exists()


@pytest.mark.parametrize(
    ("options", "owner", "named"),
    [
        ([], "NL-VR99", "“NL-VR99”"),
        (["--share-with", "NOBODY"], "NL-VR24", "“NOBODY”"),
    ],
)
def test_unknown_owner_or_group(
    neighbours: Any, tmp_path: Path, capsys: Any, options: list[str], owner: str, named: str
):
    assert run(tmp_path, csv_bytes({}), *options, owner=owner) == 2
    assert named in capsys.readouterr().err


def test_a_file_that_is_not_there(neighbours: Any, tmp_path: Path, capsys: Any):
    assert main(["capacities", "import", str(tmp_path / "none.csv"), "--owner", "NL-VR24"]) == 2
    assert "none.csv" in capsys.readouterr().err


def test_warnings_do_not_stop_an_import(neighbours: Any, tmp_path: Path, capsys: Any):
    assert run(tmp_path, csv_bytes({"lon": "50.85", "lat": "5.69"})) == 0
    assert "row 2, column lon" in capsys.readouterr().err


@pytest.mark.parametrize("ending", ["xlsx", "zip", "csv"])
def test_what_is_exported_is_unchanged_when_it_is_imported(neighbours: Any, tmp_path: Path, capsys: Any, ending: str):
    make_capacity(neighbours.owner, "A", **FULL_PACKAGE)
    path = tmp_path / f"own.{ending}"
    assert main(["capacities", "export", str(path), "--owner", "NL-VR24", "--status", "Exercise"]) == 0
    assert main(["capacities", "import", str(path), "--owner", "NL-VR24", "--status", "Exercise"]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == "NL-VR24, Exercise: 0 added, 0 changed, 1 unchanged"


def test_an_export_to_what_is_no_format_is_refused(neighbours: Any, tmp_path: Path, capsys: Any):
    assert main(["capacities", "export", str(tmp_path / "own.pdf"), "--owner", "NL-VR24"]) == 2
    assert "csv, xlsx, zip" in capsys.readouterr().err


def test_every_fault_is_written_to_a_file(neighbours: Any, tmp_path: Path):
    faults = tmp_path / "faults.csv"
    data = csv_bytes({"id": "A", "lon": "200"}, {"id": "B", "quantity": "=2+2"})
    assert run(tmp_path, data, "--faults", str(faults)) == 2
    assert faults.read_text(encoding="utf-8-sig").splitlines() == [
        "table,row,column,value,problem,kind",
        "capacities,2,lon,200,200 is not between -180 and 180.,error",
        "capacities,3,quantity,'=2+2,“=2+2” is not a whole number.,error",
    ]
