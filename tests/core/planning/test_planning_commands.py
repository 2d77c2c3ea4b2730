"""`noaber plan` and `noaber stress` as they are called: files, output, exit codes."""

from __future__ import annotations

import json
import os
import re
import stat
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from core.planning.planning_problems import random_problem, whole_problem
from noaber.cli.main import main

PLAN_KEYS = ["status", "objectives", "bounds", "assignments", "unmet", "explanations", "warnings", "seconds"]


@pytest.fixture
def problem_file(tmp_path: Path) -> Path:
    path = tmp_path / "problem.json"
    path.write_text(json.dumps(whole_problem()))
    return path


def run_apart(*arguments: str, seed: str = "0") -> subprocess.CompletedProcess[bytes]:
    """The command in a process of its own."""
    environment = os.environ | {"PYTHONHASHSEED": seed}
    return subprocess.run(
        [sys.executable, "-m", "noaber.cli.main", *arguments], capture_output=True, check=False, env=environment
    )


def without_seconds(data: bytes) -> bytes:
    return b"\n".join(line for line in data.splitlines() if b'"seconds"' not in line)


def test_standard_output_carries_only_the_plan(problem_file: Path) -> None:
    ran = run_apart("plan", str(problem_file))
    assert (ran.returncode, ran.stderr) == (0, b"")
    plan = json.loads(ran.stdout)
    assert list(plan) == PLAN_KEYS
    assert plan["status"] == "optimal"
    assert plan["objectives"] == plan["bounds"]
    assert [line["unit"] for line in plan["assignments"]] == ["NL-ZL-HCP-1", "BE-LG-HCP-1"]
    assert plan["assignments"][1] == {
        "unit": "BE-LG-HCP-1",
        "incident": "VESDRE",
        "need": "n1",
        "quantity": 2,
        "agreement": None,
        "approval": 0.0,
        "mobilisation": 12.5,
        "travel": pytest.approx(27.2237, abs=1e-4),
        "arrival": pytest.approx(39.7237, abs=1e-4),
    }
    assert plan["assignments"][0]["agreement"] == "NL-BE-1984"
    assert plan["unmet"] == []
    assert [warning["event"] for warning in plan["warnings"]] == ["EURO-2024"]


def test_the_same_input_gives_the_same_bytes_in_every_process(tmp_path: Path) -> None:
    path = tmp_path / "problem.json"
    path.write_text(json.dumps(random_problem(7, units=40, incidents=6, whole_minutes=True)))
    outputs = {without_seconds(run_apart("plan", str(path), seed=seed).stdout) for seed in ("0", "1", "random")}
    assert len(outputs) == 1


@pytest.mark.parametrize("empty", [{"incidents": []}, {"units": [], "home_cover": [], "reservations": []}])
def test_nothing_to_send_is_an_optimum_too(empty: dict[str, Any], tmp_path: Path, capsys: Any) -> None:
    path = tmp_path / "problem.json"
    path.write_text(json.dumps(whole_problem() | {"travel": {"model": "estimate", "speed": 60, "detour": 1.3}} | empty))
    assert main(["plan", str(path)]) == 0
    plan = json.loads(capsys.readouterr().out)
    assert (plan["status"], plan["assignments"]) == ("optimal", [])


def test_what_would_move_the_cursor_is_written_in_letters(tmp_path: Path, capsys: Any) -> None:
    path = tmp_path / "problem.json"
    path.write_text(json.dumps(whole_problem() | {"\x1b[2J\u202e": 1}))
    assert main(["plan", str(path)]) == 2
    assert "/\\x1b[2J\\u202e: The key" in capsys.readouterr().err


def test_figures_come_out_in_full(problem_file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["plan", str(problem_file)])
    out = capsys.readouterr().out
    for decimals in re.findall(r'"(?:minutes|travel|arrival)": \d+\.(\d+)', out):
        assert len(decimals) >= 6


def test_a_file_is_written_whole(problem_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "plan.json"
    target.write_text("old")
    assert main(["plan", str(problem_file), "-o", str(target)]) == 0
    assert capsys.readouterr() == ("", "")
    assert list(json.loads(target.read_bytes())) == PLAN_KEYS
    assert sorted(path.name for path in tmp_path.iterdir()) == ["plan.json", "problem.json"]
    assert stat.S_IMODE(target.stat().st_mode) & 0o444 == 0o444


def test_output_to_a_pipe_leaves_the_pipe(problem_file: Path, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = subprocess.Popen(["cat", str(pipe)], stdout=subprocess.PIPE)
    assert main(["plan", str(problem_file), "-o", str(pipe)]) == 0
    assert json.loads(reader.communicate(timeout=30)[0])["status"] == "optimal"
    assert stat.S_ISFIFO(pipe.stat().st_mode)


@pytest.mark.parametrize("target", ["missing/plan.json", "."])
def test_output_that_cannot_be_written(
    target: str, problem_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["plan", str(problem_file), "-o", str(tmp_path / target)]) == 2
    assert capsys.readouterr().err.startswith(str(tmp_path))


def test_a_file_that_is_not_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for path in (tmp_path / "nothing.json", tmp_path):
        assert main(["plan", str(path)]) == 2
        assert capsys.readouterr().err.startswith(f"{path}: ")


@pytest.mark.parametrize("limit", ["-1", "nan", "inf", "soon", ""])
def test_a_time_limit_that_is_none(limit: str, problem_file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as exit_:
        main(["plan", str(problem_file), f"--time-limit={limit}"])
    assert exit_.value.code == 2
    assert "--time-limit" in capsys.readouterr().err


def test_no_time_at_all(problem_file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["plan", str(problem_file), "--time-limit", "0"]) == 0
    plan = json.loads(capsys.readouterr().out)
    assert plan["status"] == "time-limit"
    assert plan["assignments"]


def stress_value(seed: int, simultaneous: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    path = tmp_path / "problem.json"
    path.write_text(json.dumps(random_problem(seed, incidents=4)))
    assert main(["stress", str(path), "--simultaneous", str(simultaneous)]) == 0
    value: dict[str, Any] = json.loads(capsys.readouterr().out)
    return value


def test_stress(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    value = stress_value(4, 2, tmp_path, capsys)
    assert list(value) == ["simultaneous", "combinations", "one_more", "seconds"]
    assert len(value["combinations"]) == 6
    unmet = [combination["objectives"]["unmet"] for combination in value["combinations"]]
    assert unmet == sorted(unmet, reverse=True)


@pytest.mark.parametrize(
    ("simultaneous", "where"), [("0", ": --simultaneous: "), ("2", ": --simultaneous: "), ("-1", ": --simultaneous: ")]
)
def test_more_incidents_than_there_are(
    simultaneous: str, where: str, problem_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["stress", str(problem_file), "--simultaneous", simultaneous]) == 2
    assert capsys.readouterr().err.startswith(f"{problem_file}{where}")


@pytest.mark.parametrize("arguments", [["--simultaneous", "two"], ["--simultaneous", "1.5"], []])
def test_stress_arguments(arguments: list[str], problem_file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as exit_:
        main(["stress", str(problem_file), *arguments])
    assert exit_.value.code == 2
    said = capsys.readouterr().err
    assert "--simultaneous" in said
    assert not arguments or f"expected a whole number of incidents, found '{arguments[1]}'" in said


def test_stress_refuses_bad_files_too(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "problem.json"
    path.write_text("{}")
    assert main(["stress", str(path), "--simultaneous", "1"]) == 2
    assert capsys.readouterr().err.startswith(f"{path}: /now: ")
