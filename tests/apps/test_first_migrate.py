"""An empty database gets the tables that the migrations would have led to, one by one."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from serving import own_database

NOT_OURS = "auth_group_permissions"
"""Django gives this table's key another width when it walks than its own models say; nobody writes it here."""
SCHEMA_OF = Path(__file__).with_name("schema_of.py")


def schema(way: str, folder: Path) -> Any:
    environment = {**os.environ, "NOABER_DATA": str(folder / way)}
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    if url := os.environ.get("NOABER_DATABASE_URL"):
        environment["NOABER_DATABASE_URL"] = own_database(url)
    (folder / way).mkdir()
    run = subprocess.run([sys.executable, SCHEMA_OF, way], env=environment, capture_output=True, text=True, check=True)
    tables = json.loads(run.stdout)
    del tables[NOT_OURS]
    return tables


def test_tables_made_at_once_are_those_of_the_migrations(tmp_path: Path):
    walked = schema("walked", tmp_path)

    assert len(walked) > 100
    assert schema("at-once", tmp_path) == walked
