"""What takes long to make is made once for the source as it stands, and kept: empty tables, filled databases, sites.

All workers of a run share it, and so do the runs of a day; a change of the source makes it anew.
"""

from __future__ import annotations

import fcntl
import functools
import hashlib
import shutil
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Final

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection, transaction

ROOT: Final = Path(__file__).resolve().parent.parent
PER_MACHINE: Final = {".pyc", ".nbi", ".nbc", ".mo"}
KEPT: Final = ROOT / ".pytest_cache" / "kept"
FORGOTTEN_AFTER_S: Final = 24 * 3600


@functools.cache
def kept_folder() -> Path:
    """The folder of what was made from the source as it stands, today: the demo has days that count from now."""
    source = hashlib.sha256(time.strftime("%Y-%m-%d").encode())
    for file in sorted((ROOT / "src").rglob("*")):
        if file.is_file() and file.suffix not in PER_MACHINE:
            source.update(str(file.relative_to(ROOT)).encode() + file.read_bytes())
    folder = KEPT / source.hexdigest()[:16]
    folder.mkdir(parents=True, exist_ok=True)
    for other in KEPT.iterdir():
        if other != folder and time.time() - other.stat().st_mtime > FORGOTTEN_AFTER_S:
            shutil.rmtree(other, ignore_errors=True)
    return folder


def made_once(name: str, make: Callable[[Path], object]) -> Path:
    """The kept file or folder `name`; who asks first makes it, beside it until it is whole; others wait."""
    path = kept_folder() / name
    with path.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not path.exists():
            making = path.with_suffix(".making")
            _remove(making)
            make(making)
            making.rename(path)
    return path


def _remove(left_by_a_cut: Path) -> None:
    if left_by_a_cut.is_dir():
        shutil.rmtree(left_by_a_cut)
    left_by_a_cut.unlink(missing_ok=True)


def take_over(path: Path) -> None:
    """Fill the test database, an embedded one, with what the file holds."""
    connection.ensure_connection()
    with closing(sqlite3.connect(path)) as kept:
        kept.backup(connection.connection)


@contextmanager
def filled(name: str, fill: Callable[[], object]) -> Iterator[None]:
    """Inside, the test database holds what `fill` wrote into an empty one; afterwards it holds what it did before.

    SQLite is filled once and copied from the kept `name`; a PostgreSQL is filled each time.
    """
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        with _as_before():
            take_over(made_once(name, lambda making: fill_and_keep(making, fill)))
            with _without_trace():
                yield
    else:
        with _without_trace():
            _number_from_the_start()
            fill()
            yield


def fill_and_keep(path: Path, fill: Callable[[], object]) -> None:
    """Fill the test database, an embedded one, and write it to the file."""
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
