"""Reading the data files that stand beside these modules, also from a zipped installation."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any


def read_data_text(path: str) -> str:
    """The text of a data file; `path` is relative to this package, with slashes."""
    return files("noaber.reference").joinpath(path).read_text(encoding="utf-8")


def read_data_json(path: str) -> Any:
    """The content of a JSON data file of this package."""
    return json.loads(read_data_text(path))
