"""What all tests share: which of them run on PostgreSQL too, that CI skips nothing, and that no law minds the clock."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.utils import timezone, translation
from hypothesis import HealthCheck, settings

settings.register_profile("house", settings.default, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("house")

HERE = Path(__file__).parent
WITHOUT_DATABASE = {"core", "house", "web"}
ALIKE = {"browser", "pages"}
"""They show the same on every database, but for the modules that are marked `every_database`."""


def pytest_configure(config: pytest.Config) -> None:
    from journal_guards import lift_guards_for_flushes

    lift_guards_for_flushes()


@pytest.fixture(autouse=True)
def nobody_reads() -> Iterator[None]:
    """No test inherits the language or the time zone of who asked last in the one before."""
    yield
    translation.deactivate()
    timezone.deactivate()


def pytest_ignore_collect(collection_path: Path) -> bool | None:
    """On PostgreSQL, do not even read what has no database."""
    if os.environ.get("NOABER_DATABASE_URL") and collection_path.parent == HERE:
        return True if collection_path.name in {*WITHOUT_DATABASE, "browser"} else None
    return None


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Begin with what takes long, so that no core waits for the other at the end.

    On PostgreSQL leave out what has no database, or does not mind which: it has run already.
    """
    items.sort(key=lambda item: not _takes_long(item))
    if not os.environ.get("NOABER_DATABASE_URL"):
        return
    left_out = [item for item in items if not _minds_the_database(item)]
    config.hook.pytest_deselected(items=left_out)
    items[:] = [item for item in items if _minds_the_database(item)]


def pytest_collection_finish(session: pytest.Session) -> None:
    """What is collected stays until the end: it need not be looked through for garbage time after time."""
    gc.collect()
    gc.freeze()


def _takes_long(item: pytest.Item) -> bool:
    return item.get_closest_marker("browser") is not None or item.get_closest_marker("slow") is not None


def _minds_the_database(item: pytest.Item) -> bool:
    folder = item.path.relative_to(HERE).parts[0]
    if folder in ALIKE:
        return item.get_closest_marker("every_database") is not None
    return folder not in WITHOUT_DATABASE and item.get_closest_marker("any_database") is None


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]):
    """In CI a skipped test is a failed one."""
    outcome = yield
    report = outcome.get_result()
    if os.environ.get("CI") and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid} was skipped, which CI does not allow: {report.longrepr}"
