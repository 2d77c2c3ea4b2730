"""What all tests share: which of them run on PostgreSQL too, their order, and that CI skips nothing."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import setup_databases, teardown_databases
from django.utils import timezone, translation
from hypothesis import HealthCheck, settings

from shared import fill_and_keep, made_once, take_over
from soak import IS_SOAK
from timings import Timings, group_of, module_of, read_recorded

settings.register_profile("house", settings.default, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("soak", settings.get_profile("house"), max_examples=1000)
settings.load_profile("soak" if IS_SOAK else "house")

EVERY_DATABASE = "every_database"
YOUNG_OBJECTS = 100_000
"""So many before garbage is looked for; a page makes and drops more than the usual 700 many times over."""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--timings", type=Path, help="write how long each test took to this file")


def pytest_configure(config: pytest.Config) -> None:
    from journal_guards import lift_guards_for_flushes

    lift_guards_for_flushes()
    file = config.getoption("--timings")
    if file and not hasattr(config, "workerinput"):
        config.pluginmanager.register(Timings(file))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """A module, or a group that its tests are marked for, runs in one process: it shares what takes long to make."""
    from xdist.scheduler import LoadGroupScheduling

    class ByModule(LoadGroupScheduling):
        def _split_scope(self, nodeid: str) -> str:
            return group_of(nodeid) or module_of(nodeid)

    return ByModule(config, log)


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None,
    django_db_modify_db_settings: None,
    django_db_blocker: Any,
) -> Iterator[None]:
    """The tables: an embedded database takes those over that were made from the source as it stands."""
    with django_db_blocker.unblock():
        named, aliases = connection.settings_dict["NAME"], None
        if connection.vendor == "sqlite":
            connection.close()
            connection.settings_dict["NAME"] = connection.creation._get_test_db_name()
            take_over(made_once("tables.sqlite3", lambda making: fill_and_keep(making, _migrate)))
        else:
            aliases = setup_databases(verbosity=0, interactive=False)
    yield
    with django_db_blocker.unblock():
        if aliases is not None:
            teardown_databases(aliases, verbosity=0)
        connection.close()
        connection.settings_dict["NAME"] = named


def _migrate() -> None:
    call_command("migrate", verbosity=0)


@pytest.fixture(autouse=True)
def nobody_reads() -> Iterator[None]:
    """No test inherits the language or the time zone of who asked last in the one before."""
    yield
    translation.deactivate()
    timezone.deactivate()


def pytest_ignore_collect(collection_path: Path) -> bool | None:
    """On PostgreSQL, do not even read a module that has nothing for it."""
    if os.environ.get("NOABER_DATABASE_URL") and collection_path.match("test_*.py"):
        return True if EVERY_DATABASE not in collection_path.read_text(encoding="utf-8") else None
    return None


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Begin with the modules that take longest, so that no core waits for the other at the end.

    On PostgreSQL leave out what is not marked for it: it runs on SQLite, and could not come out differently.
    """
    recorded = read_recorded()
    items.sort(key=lambda item: -recorded.get(module_of(item.nodeid), 0))
    if os.environ.get("NOABER_DATABASE_URL"):
        left_out = [item for item in items if item.get_closest_marker(EVERY_DATABASE) is None]
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item.get_closest_marker(EVERY_DATABASE) is not None]


def pytest_collection_finish(session: pytest.Session) -> None:
    """What is collected stays until the end: it need not be looked through for garbage time after time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG_OBJECTS)


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]):
    """In CI a skipped test is a failed one."""
    outcome = yield
    report = outcome.get_result()
    if os.environ.get("CI") and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid} was skipped, which CI does not allow: {report.longrepr}"
