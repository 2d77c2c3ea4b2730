"""Reading problem files: what is right, and several hundred that are not."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from core.planning.bad_problem_files import bad_files
from core.planning.planning_problems import whole_problem
from noaber.cli.main import main
from noaber.core.geo import Position
from noaber.core.planning.decode import decode_problem
from noaber.core.planning.problem import (
    Agreement,
    EstimatedTravel,
    HomeCover,
    Incident,
    MatrixTravel,
    Need,
    Problem,
    Reservation,
    RoadTravel,
    Unit,
)
from noaber.core.problems import InvalidInput

BAD_FILES = list(bad_files())


def decoded(value: object) -> Problem:
    return decode_problem(json.dumps(value).encode())


def test_there_are_enough_bad_files() -> None:
    assert len({data for _, data in BAD_FILES}) > 400


@pytest.mark.parametrize(("pointer", "data"), BAD_FILES, ids=[f"{n}-{place}" for n, (place, _) in enumerate(BAD_FILES)])
def test_a_bad_file_is_refused_with_its_place(
    pointer: str, data: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "problem.json"
    path.write_bytes(data)
    assert main(["plan", str(path), "-o", str(tmp_path / "plan.json")]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith(f"{path}: ")
    assert err.count("\n") == 1
    assert re.search(rf" {re.escape(pointer)}[:, ]", err)
    assert not (tmp_path / "plan.json").exists()


def test_every_problem_is_collected() -> None:
    value = whole_problem()
    value["now"] = "yesterday"
    value["units"][1]["lat"] = 99
    value["units"][1]["colour"] = "red"
    del value["incidents"][0]["needs"][0]["priority"]
    with pytest.raises(InvalidInput) as caught:
        decoded(value)
    places = {problem.where for problem in caught.value.problems}
    assert places == {"/now", "/units/1/lat", "/units/1/colour", "/incidents/0/needs/0/priority"}


def test_one_problem_makes_no_others() -> None:
    """A unit that cannot be read is still a unit that may be referred to."""
    value = whole_problem()
    value["units"][0]["lat"] = None
    value["travel"] = {"model": "matrix", "minutes": {"NL-ZL-HCP-1": {"VESDRE": 40}}}
    with pytest.raises(InvalidInput) as caught:
        decoded(value)
    assert [problem.where for problem in caught.value.problems] == ["/units/0/lat"]


def test_a_whole_problem() -> None:
    problem = decoded(whole_problem())
    assert problem.now == datetime(2021, 7, 14, 16, tzinfo=UTC)
    assert problem.units[0] == Unit(
        id="NL-ZL-HCP-1",
        owner="NL-VRZL",
        territory="NL423",
        capabilities=frozenset({"HCP", "BOAT"}),
        quantity=3,
        position=Position(5.69, 50.85),
        mobilisation=30.0,
    )
    assert problem.home_cover == (HomeCover("NL-VRZL", "HCP", 1),)
    assert problem.reservations == (
        Reservation(
            unit="NL-ZL-HCP-1",
            quantity=1,
            begins_at=datetime(2021, 7, 15, 8, tzinfo=UTC),
            ends_at=datetime(2021, 7, 16, tzinfo=UTC),
            event="EURO-2024",
        ),
    )
    assert problem.agreements == (
        Agreement(
            id="NL-BE-1984",
            providers=("NL", "BE"),
            receivers=("NL", "BE"),
            capabilities=frozenset("*"),
            hazards=frozenset("*"),
            approval=20.0,
            title="Convention of 14 November 1984",
            channel="NCCN",
            cost_rule="host",
            source="Trb. 1984, 155",
        ),
    )
    assert problem.incidents == (
        Incident(
            id="VESDRE",
            territory="BE335",
            hazard="flood",
            position=Position(5.86, 50.59),
            needs=(Need("n1", "HCP", 4, 60.0, 1, 240.0),),
        ),
    )
    assert problem.travel == EstimatedTravel(60.0, 1.3)
    assert problem.pinned == problem.excluded == ()


def test_what_may_be_absent_and_what_may_be_empty() -> None:
    value = {"now": "2021-07-14T18:00:00Z", "units": [], "incidents": []}
    problem = decoded(value | {"travel": {"model": "matrix", "minutes": {}}})
    assert problem.home_cover == problem.reservations == problem.agreements == ()
    assert problem.travel == MatrixTravel({})
    assert decoded(value | {"travel": {"model": "road", "network": "DIR"}}).travel == RoadTravel("DIR")


@pytest.mark.parametrize(
    "now", ["2021-07-14T18:00:00+02:00", "2021-07-14T16:00Z", "20210714T160000Z", "2021-W28-3T16:00:00Z"]
)
def test_the_ways_to_write_a_time(now: str) -> None:
    assert decoded(whole_problem() | {"now": now}).now == datetime(2021, 7, 14, 16, tzinfo=UTC)


def test_a_byte_order_mark_is_no_obstacle() -> None:
    decode_problem(b"\xef\xbb\xbf" + json.dumps(whole_problem()).encode())


def test_text_beyond_ascii_comes_through() -> None:
    value = whole_problem()
    value["units"][0]["id"] = value["reservations"][0]["unit"] = "Brandweer Zuid-Limburg · Mönchengladbach 🚒"
    assert decoded(value).units[0].id == "Brandweer Zuid-Limburg · Mönchengladbach 🚒"


def test_the_road_model_needs_driving_times(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "problem.json"
    path.write_text(json.dumps(whole_problem() | {"travel": {"model": "road", "network": "ROADS"}}))
    assert main(["plan", str(path)]) == 2
    assert f"{path}: /travel/network: " in capsys.readouterr().err
