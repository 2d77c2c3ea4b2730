"""The server is killed in the middle of a storm, time after time; nothing that it acknowledged is lost.

After every few kills: each action that was ever acknowledged is in the journals, every chain and signature holds,
and a rebuild changes nothing. Most servers are forked from a process that has imported everything (`scene.py`); the
last is started by `noaber serve` itself.
"""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from crash.storm import Log, Officer
from serving import Site, free_port
from soak import IS_SOAK

pytestmark = pytest.mark.every_database

ON_POSTGRESQL = bool(os.environ.get("NOABER_DATABASE_URL"))
KILLS_OF_A_SOAK = 48 if ON_POSTGRESQL else 96
KILLS = KILLS_OF_A_SOAK if IS_SOAK else 12
"""PostgreSQL keeps its promises in a process of its own; the embedded database dies with the server."""
CHECKED_EVERY = 12 if IS_SOAK else 4
STARTED_IN_FULL = 2 if IS_SOAK else 1
FEWEST, MOST = (1, 20) if IS_SOAK else (5, 40)
"""Answers between a start and the kill."""
TESTS = Path(__file__).resolve().parents[1]


class Scene:
    """The process that forks servers and checks."""

    def __init__(self, environment: dict[str, str]) -> None:
        self.process = subprocess.Popen(
            [sys.executable, str(Path(__file__).with_name("scene.py"))],
            env={**environment, "PYTHONPATH": os.pathsep.join([str(TESTS), str(TESTS.parent / "src")])},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def ask(self, **order: Any) -> Any:
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(json.dumps(order) + "\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        assert line, "the scene has ended"
        return json.loads(line)

    def end(self) -> None:
        """Close its pipes, which ends it, and wait for it."""
        self.process.communicate()


def check(scene: Scene, log: Log) -> None:
    found = scene.ask(do="check", ids=list(log.acknowledged))
    assert found == {"lost": [], "half": [], "broken": None, "changed": {}}


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    site = Site(
        tmp_path,
        command="serve",
        port=free_port(),
        environment={"NOABER_DATA": str(tmp_path), "NOABER_STATUS": "Exercise"},
    )
    yield site
    site.stop()


@pytest.fixture
def scene(site: Site) -> Iterator[Scene]:
    scene = Scene(site.environment)
    yield scene
    scene.end()


@pytest.mark.slow
def test_nothing_that_was_acknowledged_is_lost_when_the_server_is_killed(site: Site, scene: Scene) -> None:
    cast = scene.ask(do="prepare")
    log, stop, chance = Log(), threading.Event(), random.Random(20210714)
    officers = [
        Officer(key, site.port, log, stop, deque(cast["drafts"][part::2])) for part, key in enumerate(cast["asking"])
    ]
    officers += [Officer(key, site.port, log, stop, deque()) for key in cast["helping"]]
    for officer in officers:
        officer.start()
    try:
        for number in range(KILLS):
            server = scene.ask(do="serve", port=site.port)
            try:
                let_it_work(log, chance)
            finally:
                os.kill(server, signal.SIGKILL)
            scene.ask(do="bury", pid=server)
            if number % CHECKED_EVERY == CHECKED_EVERY - 1:
                check(scene, log)
        for _ in range(STARTED_IN_FULL):
            site.start()
            let_it_work(log, chance)
            site.kill()
    finally:
        stop.set()
        for officer in officers:
            officer.join()
    check(scene, log)
    assert log.errors == []
    assert len(log.acknowledged) > KILLS
    assert len(log.steps) >= 6, log.steps
    verified = site.noaber("journal", "verify")
    assert (verified.returncode, verified.stderr) == (0, "")
    rebuilt = site.noaber("journal", "rebuild")
    assert rebuilt.returncode == 0
    assert "it changes nothing" in rebuilt.stdout


def let_it_work(log: Log, chance: random.Random) -> None:
    """Until the server has answered some times, and then to some moment in the middle of what it does next."""
    log.wait_for_answers(chance.randint(FEWEST, MOST))
    time.sleep(chance.uniform(0, 0.1))
