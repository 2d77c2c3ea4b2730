"""What takes long to make is made once for all workers of a run, in a folder that they share: also filled databases."""

from __future__ import annotations

import fcntl
import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection, transaction


def shared_folder(basetemp: Path) -> Path:
    """The temporary folder of the whole run; that of a worker is inside it."""
    return basetemp.parent if "PYTEST_XDIST_WORKER" in os.environ else basetemp


def made_once(path: Path, make: Callable[[Path], object]) -> Path:
    """The file or folder `path`; who asks first makes it, under another name until it is whole, and the others wait."""
    with path.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not path.exists():
            making = path.with_suffix(".making")
            make(making)
            making.rename(path)
    return path


@contextmanager
def filled(path: Path, fill: Callable[[], object]) -> Iterator[None]:
    """Inside, the test database holds what `fill` wrote into an empty one; afterwards it holds what it did before.

    SQLite is filled once for the run and copied from `path`; a PostgreSQL is filled each time.
    """
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        with _as_before():
            made_once(path, lambda making: _fill_and_keep(making, fill))
            with closing(sqlite3.connect(path)) as copy:
                copy.backup(connection.connection)
            with _without_trace():
                yield
    else:
        with _without_trace():
            _number_from_the_start()
            fill()
            yield


def _fill_and_keep(path: Path, fill: Callable[[], object]) -> None:
    fill()
    with closing(sqlite3.connect(path)) as kept:
        connection.connection.backup(kept)


def _number_from_the_start() -> None:
    """A sequence of PostgreSQL goes on after what was undone; what is filled is to have the same keys everywhere."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), apps.get_models()):
            cursor.execute(statement)


@contextmanager
def _as_before() -> Iterator[None]:
    """An embedded database comes out as it went in, whatever was committed."""
    with closing(sqlite3.connect(":memory:")) as before:
        connection.connection.backup(before)
        try:
            yield
        finally:
            before.backup(connection.connection)


@contextmanager
def _without_trace() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
