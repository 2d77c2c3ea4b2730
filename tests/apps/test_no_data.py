"""A command that reads a site's data, where there is none: it says so, and makes none."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest


@pytest.mark.parametrize("command", ["journal verify", "boundaries list", "capacities export out.csv --owner NL-NCC"])
def test_a_directory_without_a_database_is_refused(tmp_path: Path, command: str) -> None:
    hidden = ("NOABER_DATABASE_URL", "DJANGO_SETTINGS_MODULE")
    environment = {name: value for name, value in os.environ.items() if name not in hidden}
    ran = subprocess.run(
        [sys.executable, "-m", "noaber.cli.main", *command.split(), "--data", "nowhere"],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (ran.returncode, ran.stdout) == (2, "")
    assert ran.stderr == (
        f"There is no database in {tmp_path / 'nowhere'}. Name the directory where it lies with --data.\n"
    )
    assert not list(tmp_path.rglob("*.sqlite3"))
    assert not (tmp_path / "out.csv").exists()
