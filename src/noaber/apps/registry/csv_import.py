"""A CSV file of capacities as typed rows, with every problem at its row and column.

A pure decoder: bytes in, rows and problems out; what the rows would change is found by `services/imports.py`. It
accepts commas or semicolons, a byte order mark, line breaks inside quotes, and decimal commas where the separator is
the semicolon. It guesses no encoding: what is not UTF-8 is refused. Row 1 is the header, as a spreadsheet counts.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from typing import Any, Final

from noaber.apps.registry.csv_columns import BY_NAME, REQUIRED, Column, Surroundings
from noaber.apps.registry.enums import CapacityState
from noaber.apps.registry.fields import BadText
from noaber.core.problems import Problem, Severity

MAX_BYTES: Final = 20 * 1024 * 1024
MAX_ROWS: Final = 100_000
DELIMITERS: Final = (",", ";")
_ESCAPED_FORMULA: Final = re.compile(r"'+[=+\-@\t\r]")
_NORTH_SEA_LON: Final = (-6.0, 17.0)
_NORTH_SEA_LAT: Final = (41.0, 60.0)
_MOST_QUOTED: Final = 80
"""Signs of a cell that a problem repeats; more would hide what it says."""

csv.field_size_limit(max(MAX_BYTES, csv.field_size_limit()))
"""A cell may be as large as a file: the field that it is for says that it is too long, and at which row and column."""


@dataclass(frozen=True, slots=True)
class CapacityRow:
    """One capacity as the file states it: a value for each column that the file has."""

    row: int
    code: str
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class CapacityFile:
    """What was read. `rows` leaves out those with errors; `problems` are in the order of the file."""

    columns: tuple[str, ...]
    rows: tuple[CapacityRow, ...]
    problems: tuple[Problem, ...]

    @property
    def errors(self) -> tuple[Problem, ...]:
        return tuple(problem for problem in self.problems if problem.severity is Severity.ERROR)

    @property
    def warnings(self) -> tuple[Problem, ...]:
        return tuple(problem for problem in self.problems if problem.severity is Severity.WARNING)


class _Unreadable(Exception):
    def __init__(self, code: str, where: str = "", **params: object) -> None:
        self.problem = Problem(code, where, params)
        super().__init__(code)


def place(row: int, column: str = "") -> str:
    """Where in a file something is, in the words of the command line."""
    return f"row {row}, column {column}" if column else f"row {row}"


def decode_capacities(data: bytes, around: Surroundings) -> CapacityFile:
    """Read a whole file; takes about 40 µs a row.

    Parameters
    ----------
    data
        The bytes of the file.
    around
        For which owner and status it is meant, the sharing groups that exist, and the time.

    Returns
    -------
    CapacityFile
        Never raises for what the file holds.
    """
    try:
        text = _decode_text(data)
        delimiter = _delimiter(text)
        records = _records(text, delimiter)
        header = next(records, None)
        if header is None:
            raise _Unreadable("csv.empty")
        columns, problems = _columns(header[1])
        file = _read_rows(columns, records, replace(around, decimal_comma=delimiter == ";"))
        return replace(file, rows=() if problems else file.rows, problems=(*problems, *file.problems))
    except _Unreadable as error:
        return CapacityFile((), (), (error.problem,))


def _decode_text(data: bytes) -> str:
    if len(data) > MAX_BYTES:
        raise _Unreadable("csv.too-large", limit=MAX_BYTES // 1024**2)
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise _Unreadable("csv.utf-16")
    if (nul := data.find(b"\0")) >= 0:
        raise _Unreadable("csv.nul", _line(data, nul))
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        byte = f"0x{data[error.start]:02X}"
        raise _Unreadable("csv.encoding", _line(data, error.start), byte=byte) from error


def _line(data: bytes, position: int) -> str:
    return f"line {data.count(10, 0, position) + 1}"


def _delimiter(text: str) -> str:
    """The one that occurs more often in the first line; names of columns hold neither."""
    first = text.lstrip().partition("\n")[0]
    return max(DELIMITERS, key=first.count)


def _records(text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Each record that is not empty, with its number."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    number = 0
    while True:
        number += 1
        try:
            cells = next(reader, None)
        except csv.Error as error:
            raise _Unreadable("csv.syntax", place(number), reason=str(error)) from error
        if cells is None:
            return
        if any(cell.strip() for cell in cells):
            if number > MAX_ROWS + 1:
                raise _Unreadable("csv.too-many-rows", place(number), limit=MAX_ROWS)
            yield number, cells


def _columns(header: Sequence[str]) -> tuple[list[Column | None], list[Problem]]:
    """The column of each cell of the header, None where it names none, and what is wrong with it."""
    names = [cell.strip().lower() for cell in header]
    while names and not names[-1]:
        names.pop()
    problems = [problem for index, name in enumerate(names) for problem in _check_name(name, names[:index])]
    problems += [
        Problem("csv.missing-column", place(1, name), {"column": name}) for name in REQUIRED if name not in names
    ]
    return [BY_NAME.get(name) if name not in names[:index] else None for index, name in enumerate(names)], problems


def _check_name(name: str, before: Sequence[str]) -> Iterator[Problem]:
    shown = _shortened(name)
    if name in before:
        yield Problem("csv.twice-column", place(1, shown), {"column": shown})
    elif name not in BY_NAME:
        close = get_close_matches(shown, BY_NAME, n=1)
        known = close[0] if close else ", ".join(BY_NAME)
        yield Problem("csv.unknown-column", place(1, shown), {"column": shown, "known": known})


def _shortened(text: str) -> str:
    """As much of a text as a problem repeats."""
    return text if len(text) <= _MOST_QUOTED else f"{text[: _MOST_QUOTED - 1]}…"


def _read_rows(
    columns: Sequence[Column | None], records: Iterable[tuple[int, list[str]]], around: Surroundings
) -> CapacityFile:
    rows: list[CapacityRow] = []
    problems: list[Problem] = []
    first_rows: dict[str, int] = {}
    number = 1
    try:
        for number, cells in records:
            values, found = _read_row(columns, number, cells, around)
            found += _check_code(values.get("code"), number, first_rows)
            problems += found
            if "code" in values and not any(problem.severity is Severity.ERROR for problem in found):
                rows.append(CapacityRow(number, values["code"], values))
    except _Unreadable as error:
        problems.append(error.problem)
    if number == 1 and not problems:
        problems.append(Problem("csv.no-rows"))
    return CapacityFile(tuple(column.name for column in columns if column), tuple(rows), tuple(problems))


def _check_code(code: str | None, number: int, first_rows: dict[str, int]) -> list[Problem]:
    if code is None:
        return []
    first = first_rows.setdefault(code, number)
    if first == number:
        return []
    return [Problem("csv.twice-id", place(number, "id"), {"id": code, "first": first})]


def _read_row(
    columns: Sequence[Column | None], number: int, cells: Sequence[str], around: Surroundings
) -> tuple[dict[str, Any], list[Problem]]:
    """The values of one record, by field, and what is wrong with them."""
    if len(cells) != len(columns) and not _is_padded(cells, len(columns)):
        return {}, [Problem("csv.cells", place(number), {"found": len(cells), "expected": len(columns)})]
    values: dict[str, Any] = {}
    problems: list[Problem] = []
    for column, cell in zip(columns, cells, strict=False):
        if column is None:
            continue
        try:
            values[column.field] = _read_cell(column, _unescape(cell.strip()), around)
        except BadText as error:
            problems.append(Problem(error.code, place(number, column.name), _shown(error.params)))
    return values, problems + _check_together(values, number)


def _shown(params: Mapping[str, object]) -> dict[str, object]:
    """What a sentence names, without the whole of an endless cell."""
    return {name: _shortened(str(value)) if name == "text" else value for name, value in params.items()}


def _is_padded(cells: Sequence[str], expected: int) -> bool:
    """Whether the record is only longer by empty cells, as some spreadsheets write."""
    return len(cells) > expected and not any(cell.strip() for cell in cells[expected:])


def _read_cell(column: Column, text: str, around: Surroundings) -> Any:
    if text:
        return column.read(text, around)
    if column.required:
        raise BadText("csv.required", column=column.name)
    return column.empty


def _unescape(text: str) -> str:
    """Takes away the apostrophe that the export puts before a text which a spreadsheet would run as a formula."""
    return text[1:] if _ESCAPED_FORMULA.match(text) else text


def _check_together(values: Mapping[str, Any], number: int) -> list[Problem]:
    """What is wrong between the cells of one record."""
    return [*_check_counts(values, number), *_check_state(values, number), *_check_position(values, number)]


def _check_counts(values: Mapping[str, Any], number: int) -> Iterator[Problem]:
    quantity = values.get("quantity")
    for field in ("share_up_to", "reduced_to"):
        count = values.get(field)
        too_many = quantity is not None and count is not None and count > quantity - (field == "reduced_to")
        if too_many:
            yield Problem(f"capacity.{field.replace('_', '-')}", place(number, field), {"quantity": quantity})


def _check_state(values: Mapping[str, Any], number: int) -> Iterator[Problem]:
    is_reduced = values.get("state") == CapacityState.REDUCED
    left = values.get("reduced_to")
    if is_reduced and "reduced_to" in values and left is None:
        yield Problem("capacity.reduced-without-number", place(number, "reduced_to"))
    if is_reduced and "reduced_to" not in values:
        yield Problem("capacity.reduced-without-number", place(number, "state"))
    if not is_reduced and left is not None:
        yield Problem("capacity.number-without-reduced", place(number, "reduced_to"))


def _check_position(values: Mapping[str, Any], number: int) -> Iterator[Problem]:
    """Around the North Sea a latitude is always the larger of the two: exchanged ones are easily seen."""
    lon, lat = values.get("lon"), values.get("lat")
    if lon is None or lat is None:
        return
    if _lies(lon, _NORTH_SEA_LAT) and _lies(lat, _NORTH_SEA_LON):
        yield Problem("capacity.exchanged", place(number, "lon"), {"lon": lon, "lat": lat}, Severity.WARNING)


def _lies(value: float, span: tuple[float, float]) -> bool:
    return span[0] <= value <= span[1]
