"""Capacities as a CSV file that can be imported again without loss: the same columns, written the same way."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping
from typing import Any, Final

from noaber.apps.registry.csv_columns import COLUMNS, Column

_FORMULA: Final = re.compile(r"'*[=+\-@\t\r]")
BYTE_ORDER_MARK: Final = "\ufeff"
"""At the front it makes spreadsheets read the file as UTF-8."""


def encode_capacities(records: Iterable[Mapping[str, Any]], *, delimiter: str = ",") -> str:
    """The file's text, without a byte order mark.

    Parameters
    ----------
    records
        A value for every field of `COLUMNS`; None where there is none.
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=delimiter)
    writer.writerow([column.name for column in COLUMNS])
    writer.writerows([encode_cell(column, record[column.field]) for column in COLUMNS] for record in records)
    return text.getvalue()


def encode_cell(column: Column, value: Any) -> str:
    """One cell. A text that a spreadsheet would run as a formula gets an apostrophe, which the import takes away."""
    if value is None:
        return ""
    text = column.write(value)
    return disarmed(text) if isinstance(value, str) else text


def disarmed(text: str) -> str:
    """A text as a spreadsheet leaves it alone."""
    return f"'{text}" if _FORMULA.match(text) else text
