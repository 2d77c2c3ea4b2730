"""The header of a table and the text of its cells: the same for the capacities and for the parts of their packages."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches
from typing import Final

from noaber.apps.registry.file_tables import Table, place
from noaber.core.problems import Problem

_ESCAPED_FORMULA: Final = re.compile(r"'+[=+\-@\t\r]")
_MOST_QUOTED: Final = 80
"""Signs of a cell that a problem repeats; more would hide what it says."""


def header_names(header: Sequence[str]) -> list[str]:
    names = [cell.strip().lower() for cell in header]
    while names and not names[-1]:
        names.pop()
    return names


def check_name(names: Sequence[str], index: int, known: Sequence[str], table: str) -> Iterator[Problem]:
    """Whether a name of a header is one, and the first of it."""
    name = names[index]
    shown = _shortened(name)
    if name in names[:index]:
        yield Problem("csv.twice-column", place(1, shown, table=table), {"column": shown})
    elif name not in known:
        close = get_close_matches(shown, known, n=1)
        nearest = close[0] if close else ", ".join(known)
        yield Problem("csv.unknown-column", place(1, shown, table=table), {"column": shown, "known": nearest})


def missing_column(name: str, table: str) -> Problem:
    return Problem("csv.missing-column", place(1, name, table=table), {"column": name})


def _shortened(text: str) -> str:
    """As much of a text as a problem repeats."""
    return text if len(text) <= _MOST_QUOTED else f"{text[: _MOST_QUOTED - 1]}…"


def shown(params: Mapping[str, object]) -> dict[str, object]:
    """What a sentence names, without the whole of an endless cell."""
    return {name: _shortened(str(value)) if name == "text" else value for name, value in params.items()}


def plain_cell(cell: str, table: Table) -> str:
    """The text of a cell, without the apostrophe that the export puts before what a spreadsheet would run."""
    text = cell.strip()
    return text[1:] if table.is_text and text.startswith("'") and _ESCAPED_FORMULA.match(text) else text
