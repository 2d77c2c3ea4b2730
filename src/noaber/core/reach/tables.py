"""CSV tables as reach reads them: named columns, one record a row, every problem at its row and column.

Commas or semicolons, a byte order mark and line breaks inside quotes are accepted, columns that are not asked for are
passed over. Row 1 is the header, as a spreadsheet counts.
"""

from __future__ import annotations

import csv
import io
import math
import re
from collections.abc import Iterator, Sequence
from typing import Final

from noaber.core.problems import InvalidInput, Problem

_NUMBER: Final = re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]{1,3})?")
_WHOLE: Final = re.compile(r"[+-]?[0-9]{1,18}")
_MOST_SHOWN: Final = 60


class Row:
    """One record being read; what is wrong with it goes to `problems`.

    Every getter answers with the value, or with a harmless stand-in after noting the problem; `ok` tells whether there
    was none.
    """

    def __init__(self, number: int, cells: dict[str, str], problems: list[Problem]) -> None:
        self.number = number
        self.ok = True
        self._cells = cells
        self._problems = problems

    def refuse(self, column: str, code: str, /, **params: object) -> None:
        """Note what is wrong in a column."""
        self.ok = False
        self._problems.append(Problem(code, f"row {self.number}, column {column}", params))

    def optional_text(self, column: str) -> str:
        """A text, empty where there is none or no such column."""
        return self._cells.get(column, "")

    def text(self, column: str) -> str:
        """A text that is not empty."""
        text = self._cells[column]
        if not text:
            self.refuse(column, "csv.required", column=column)
        return text

    def number_between(self, column: str, low: float, high: float) -> float:
        """A decimal number from `low` to `high`, both included."""
        text = self.text(column)
        value = float(text) if _NUMBER.fullmatch(text) else math.nan
        if text and not math.isfinite(value):
            self.refuse(column, "capacity.number", text=_shortened(text))
        elif not low <= value <= high and text:
            self.refuse(column, "capacity.range", text=_shortened(text), lowest=f"{low:g}", highest=f"{high:.10g}")
        return value

    def whole_between(self, column: str, low: int, high: int) -> int:
        """A whole number from `low` to `high`, both included."""
        text = self.text(column)
        if text and not _WHOLE.fullmatch(text):
            self.refuse(column, "capacity.whole-number", text=_shortened(text))
        elif text and not low <= int(text) <= high:
            self.refuse(column, "capacity.range", text=_shortened(text), lowest=low, highest=high)
        elif text:
            return int(text)
        return low


def _shortened(text: str) -> str:
    return text if len(text) <= _MOST_SHOWN else f"{text[:_MOST_SHOWN]}…"


def rows_of(data: bytes, required: Sequence[str], problems: list[Problem]) -> Iterator[Row]:
    """The records of a file; those with another number of cells than the header are noted and left out.

    Raises
    ------
    InvalidInput
        Where the file is no CSV, or a required column is missing.
    """
    records = _records(data)
    _, header = next(records, (1, []))
    names = [cell.strip().lower() for cell in header]
    if not names:
        raise InvalidInput([Problem("csv.empty")])
    twice = sorted({name for name in names if name and names.count(name) > 1})
    wrong = [Problem("csv.twice-column", "row 1", {"column": name}) for name in twice]
    wrong += [Problem("csv.missing-column", "row 1", {"column": name}) for name in required if name not in names]
    if wrong:
        raise InvalidInput(wrong)
    for number, cells in records:
        if len(cells) == len(names):
            yield Row(number, {name: cell.strip() for name, cell in zip(names, cells, strict=True)}, problems)
        else:
            problems.append(Problem("csv.cells", f"row {number}", {"found": len(cells), "expected": len(names)}))


def _records(data: bytes) -> Iterator[tuple[int, list[str]]]:
    """Each record that is not empty, with its number."""
    text = _decoded(data)
    header = text.lstrip().partition("\n")[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(",;", key=header.count), strict=True)
    number = 0
    while True:
        number += 1
        try:
            cells = next(reader, None)
        except csv.Error as error:
            raise InvalidInput([Problem("csv.syntax", f"row {number}", {"reason": str(error)})]) from error
        if cells is None:
            return
        if any(cell.strip() for cell in cells):
            yield number, cells


def _decoded(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise InvalidInput([Problem("csv.utf-16")])
    if (place := data.find(b"\0")) >= 0:
        raise InvalidInput([Problem("csv.nul", _line(data, place))])
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        byte = f"0x{data[error.start]:02X}"
        raise InvalidInput([Problem("csv.encoding", _line(data, error.start), {"byte": byte})]) from error


def _line(data: bytes, place: int) -> str:
    return f"line {data.count(10, 0, place) + 1}"
