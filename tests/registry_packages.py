"""Lines of mission-ready packages for tests: any sound ones for laws, and a full package for pages and services."""

from __future__ import annotations

import datetime
from typing import Any

from hypothesis import strategies as st

from noaber.apps.registry.parts import PARTS, CellKind, Part, PartColumn

FULL_PACKAGE: dict[str, Any] = {
    "team": [{"function": "leader", "number": 1}, {"function": "pump-operator", "number": 6, "shifts": 2}],
    "vehicles": [{"kind": "pump-vehicle", "number": 2, "length_m": 9.5, "weight_t": 18, "plates": "1-ABC-001"}],
    "kit": [{"item": "Hose 150 mm", "number": 2000, "unit": "m"}],
    "needs": [{"need": "fuel", "number": 400, "unit": "l-per-day"}],
    "certificates": [
        {
            "kind": "ucpm-pool",
            "body": "ERCC",
            "number": "HCP-7",
            "valid_from": "2019-01-01",
            "valid_until": "2021-08-01",
        }
    ],
    "exercises": [{"name": "Waterproef", "held_on": "2020-10-03", "place": "Venlo", "result": "passed"}],
}


def _texts(longest: int, *, required: bool) -> st.SearchStrategy[str]:
    plain = st.text(
        st.characters(
            codec="utf-8", exclude_categories=("Cc", "Cs"), include_characters="\n", exclude_characters="\ufffe\uffff"
        ),
        max_size=longest,
    ).map(str.strip)
    tricky = st.sampled_from(["=1+1", "-x", "@cmd", "'=q", "_x000D_", "#N/A", "a\r\nb", "0012", "1E5", "TRUE", "1,5"])
    found = plain | tricky
    return found.filter(bool) if required else found


def _values(column: PartColumn) -> st.SearchStrategy[Any]:
    match column.kind:
        case CellKind.CODE:
            return st.sampled_from(column.known_codes())
        case CellKind.TEXT:
            return _texts(12, required=True)
        case CellKind.WHOLE:
            return st.integers(1, int(column.highest))
        case CellKind.NUMBER:
            return st.floats(0, column.highest).map(lambda value: int(value) if value == int(value) else value)
        case CellKind.DAY:
            return st.dates(datetime.date(1901, 1, 1), datetime.date(2199, 12, 31)).map(datetime.date.isoformat)


def _sound(part: Part, line: dict[str, Any]) -> bool:
    return all(first not in line or last not in line or line[first] <= line[last] for first, last in part.spans)


def lines_of(part: Part) -> st.SearchStrategy[list[dict[str, Any]]]:
    required = {column.name: _values(column) for column in part.columns if column.required}
    optional = {column.name: _values(column) for column in part.columns if not column.required}
    line = st.fixed_dictionaries(required, optional=optional).filter(lambda found: _sound(part, found))
    return st.lists(line, max_size=2)


def packages() -> st.SearchStrategy[dict[str, list[dict[str, Any]]]]:
    """A list of lines for every part."""
    return st.fixed_dictionaries({part.name: lines_of(part) for part in PARTS})
