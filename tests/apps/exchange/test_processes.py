"""Several processes on one real database, as several servers would share it: each step happens once."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from serving import own_database

pytestmark = pytest.mark.every_database

TESTS = Path(__file__).resolve().parents[2]
RACERS, REQUESTS = 3, 12


def start(environment: dict[str, str], *arguments: str) -> subprocess.Popen[str]:
    command = [sys.executable, str(Path(__file__).with_name("racers.py")), *arguments]
    return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def answer(process: subprocess.Popen[str]) -> Any:
    out, err = process.communicate(timeout=120)
    assert process.returncode == 0, err
    return json.loads(out.splitlines()[-1])


def environment_of(tmp_path: Path) -> dict[str, str]:
    """A database of its own, on a real file or on the PostgreSQL of the run."""
    environment = {**os.environ, "NOABER_DATA": str(tmp_path), "PYTHONPATH": str(TESTS)}
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    if url := environment.get("NOABER_DATABASE_URL"):
        environment["NOABER_DATABASE_URL"] = own_database(url)
    return environment


def test_one_team_is_promised_once(tmp_path: Path) -> None:
    environment = environment_of(tmp_path)
    answer(start(environment, "setup", "4"))
    begin = str(time.time() + 6)
    racers = [start(environment, "promise", str(number), begin) for number in range(RACERS)]
    assert sum(answer(racer) for racer in racers) == 1
    assert answer(start(environment, "result"))["broken"] is None


def test_each_request_is_acknowledged_once(tmp_path: Path) -> None:
    environment = environment_of(tmp_path)
    assert len(answer(start(environment, "setup", str(REQUESTS)))) == REQUESTS
    begin = str(time.time() + 6)
    racers = [start(environment, "race", str(number), begin) for number in range(RACERS)]
    assert sum(answer(racer) for racer in racers) == REQUESTS
    assert answer(start(environment, "result")) == {
        "sent": REQUESTS,
        "received": REQUESTS,
        "broken": None,
        "changed": {},
    }
