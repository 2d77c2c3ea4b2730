"""How long each test took, set-up and tear-down apart from the call; a plugin of pytest that writes it to a file.

The runner (`tools/test.py`) names the file, makes the table of where the time goes, and sees that no suite was left
out. Tests begin with the modules that took longest when their durations were last recorded.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Final

import pytest

HERE: Final = Path(__file__).parent
RECORDED: Final = HERE / "durations.json"
"""Seconds by module, of those that take more than one; `./run test --record` writes it."""


class Timings:
    """Gathers the reports of a run, in the process that hears of all of them."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.tests: dict[str, dict[str, float | str]] = {}

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        test = self.tests.setdefault(report.nodeid, {"outcome": "passed"})
        test[report.when] = report.duration
        if not report.passed:
            test["outcome"] = report.outcome

    def pytest_sessionfinish(self) -> None:
        self.file.write_text(json.dumps(self.tests), encoding="utf-8")


def read_recorded() -> dict[str, float]:
    """What was recorded; nothing where no run was."""
    if not RECORDED.exists():
        return {}
    recorded: dict[str, float] = json.loads(RECORDED.read_text(encoding="utf-8"))
    return recorded


def module_of(nodeid: str) -> str:
    """Its module, below the folder of the tests."""
    return nodeid.partition("::")[0].removeprefix("tests/")


def group_of(nodeid: str) -> str:
    """The group that a test was marked for, which a worker's collection writes behind its name; else empty."""
    return nodeid.rpartition("@")[2] if nodeid.rfind("@") > nodeid.rfind("]") else ""
