"""A file of capacities as typed rows, with every problem at its table, row and column.

A pure decoder: bytes in, rows and problems out; what the rows would change is found by `services/imports.py`. The
bytes become tables in `file_tables.py`; a table of a part is read in `part_import.py`. Row 1 is the header.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from noaber.apps.registry.csv_columns import BY_NAME, REQUIRED, Column, Surroundings
from noaber.apps.registry.enums import CapacityState
from noaber.apps.registry.fields import BadText
from noaber.apps.registry.file_cells import check_name, header_names, missing_column, plain_cell, shown
from noaber.apps.registry.file_tables import MAIN, MAX_BYTES, MAX_ROWS, Table, Unreadable, open_tables, place
from noaber.apps.registry.part_import import read_parts
from noaber.apps.registry.parts import PART_FIELDS
from noaber.core.problems import Problem, Severity

__all__ = ["MAX_BYTES", "MAX_ROWS", "CapacityFile", "CapacityRow", "decode_capacities", "place"]

MOST_PROBLEMS: Final = 100_000
"""After so many a file is something else: reading stops, and says where."""
TOLD_EVERY: Final = 500
_NORTH_SEA_LON: Final = (-6.0, 17.0)
_NORTH_SEA_LAT: Final = (41.0, 60.0)

Told = Callable[[int, int], None]
"""Hears how many rows are read, of about how many."""


@dataclass(frozen=True, slots=True)
class CapacityRow:
    """One capacity as the file states it: a value for each column and part that the file has."""

    row: int
    code: str
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class CapacityFile:
    """What was read. `rows` leaves out those with errors; `problems` are in the order of the file."""

    columns: tuple[str, ...]
    rows: tuple[CapacityRow, ...]
    problems: tuple[Problem, ...]
    parts: tuple[str, ...] = ()

    @property
    def errors(self) -> tuple[Problem, ...]:
        return tuple(problem for problem in self.problems if problem.severity is Severity.ERROR)

    @property
    def warnings(self) -> tuple[Problem, ...]:
        return tuple(problem for problem in self.problems if problem.severity is Severity.WARNING)


def decode_capacities(data: bytes, around: Surroundings, told: Told = lambda done, total: None) -> CapacityFile:
    """Read a whole file; takes about 40 µs a row of CSV, and four times that of a workbook.

    Parameters
    ----------
    data
        The bytes of the file.
    around
        For which owner and status it is meant, the sharing groups that exist, and the time.
    told
        Hears of the progress.

    Returns
    -------
    CapacityFile
        Never raises for what the file holds.
    """
    try:
        tables = open_tables(data)
    except Unreadable as error:
        return CapacityFile((), (), (error.problem,))
    file, codes = _read_main(tables.by_name[MAIN], around, told)
    parts = {name: tables.by_name[name] for name in PART_FIELDS if name in tables.by_name}
    if parts and not any(problem.code == "csv.missing-column" for problem in file.problems):
        lines, problems = read_parts(parts, codes)
        rows = tuple(_with_parts(row, lines) for row in file.rows) if not problems else file.rows
        file = replace(file, rows=rows, problems=(*file.problems, *problems), parts=tuple(parts))
    return replace(file, problems=(*tables.warnings, *file.problems))


def _with_parts(row: CapacityRow, lines: Mapping[str, Mapping[str, list[Any]]]) -> CapacityRow:
    """A part of which the file has a table is what stands there, also where that is nothing."""
    return replace(row, values={**row.values, **{part: found.get(row.code, []) for part, found in lines.items()}})


def _read_main(table: Table, around: Surroundings, told: Told) -> tuple[CapacityFile, dict[str, int]]:
    """The capacities, and the row of each code that stands in the file, sound or not."""
    try:
        header = next(table.records, None)
        if header is None:
            raise Unreadable("csv.empty")
    except Unreadable as error:
        return CapacityFile((), (), (error.problem,)), {}
    columns, problems = _columns(header[1], table.name)
    reader = _Rows(table, columns, replace(around, decimal_comma=table.decimal_comma))
    file = reader.read(told)
    return replace(file, rows=() if problems else file.rows, problems=(*problems, *file.problems)), reader.first_rows


def _columns(header: Sequence[str], table: str) -> tuple[list[Column | None], list[Problem]]:
    """The column of each cell of the header, None where it names none, and what is wrong with it."""
    names = header_names(header)
    problems = [problem for index in range(len(names)) for problem in check_name(names, index, list(BY_NAME), table)]
    problems += [missing_column(name, table) for name in REQUIRED if name not in names]
    return [BY_NAME.get(name) if name not in names[:index] else None for index, name in enumerate(names)], problems


class _Rows:
    """Reads the rows of the main table."""

    def __init__(self, table: Table, columns: Sequence[Column | None], around: Surroundings) -> None:
        self.table = table
        self.columns = columns
        self.around = around
        self.first_rows: dict[str, int] = {}
        self.rows: list[CapacityRow] = []
        self.problems: list[Problem] = []

    def read(self, told: Told) -> CapacityFile:
        number = 1
        try:
            for number, cells in self.table.records:
                self._read(number, cells)
                if number % TOLD_EVERY == 0:
                    told(number, max(number, self.table.rows))
        except Unreadable as error:
            self.problems.append(error.problem)
        if number == 1 and not self.problems:
            self.problems.append(Problem("csv.no-rows"))
        names = tuple(column.name for column in self.columns if column)
        return CapacityFile(names, tuple(self.rows), tuple(self.problems))

    def _read(self, number: int, cells: Sequence[str]) -> None:
        values, found = self._values(number, cells)
        found += self._check_code(values.get("code"), number)
        self.problems += found
        if "code" in values and not any(problem.severity is Severity.ERROR for problem in found):
            self.rows.append(CapacityRow(number, values["code"], values))
        if len(self.problems) >= MOST_PROBLEMS:
            raise Unreadable("csv.too-many-problems", self._place(number), most=MOST_PROBLEMS)

    def _place(self, number: int, column: str = "") -> str:
        return place(number, column, table=self.table.name)

    def _check_code(self, code: str | None, number: int) -> list[Problem]:
        if code is None:
            return []
        first = self.first_rows.setdefault(code, number)
        if first == number:
            return []
        return [Problem("csv.twice-id", self._place(number, "id"), {"id": code, "first": first})]

    def _values(self, number: int, cells: Sequence[str]) -> tuple[dict[str, Any], list[Problem]]:
        """The values of one record, by field, and what is wrong with them."""
        if problem := self._check_width(number, cells):
            return {}, [problem]
        values: dict[str, Any] = {}
        problems: list[Problem] = []
        for column, cell in zip(self.columns, cells, strict=False):
            if column is None:
                continue
            try:
                values[column.field] = _read_cell(column, plain_cell(cell, self.table), self.around)
            except BadText as error:
                problems.append(Problem(error.code, self._place(number, column.name), shown(error.params)))
        return values, problems + [
            Problem(code, self._place(number, column), params, severity)
            for column, code, params, severity in _check_together(values)
        ]

    def _check_width(self, number: int, cells: Sequence[str]) -> Problem | None:
        """A record of text has as many cells as the header; one that is longer by empty cells passes."""
        expected = len(self.columns)
        if len(cells) == expected or (len(cells) > expected and not any(cell.strip() for cell in cells[expected:])):
            return None
        if not self.table.is_text and len(cells) < expected:
            cells += [""] * (expected - len(cells))  # type: ignore[operator]
            return None
        return Problem("csv.cells", self._place(number), {"found": len(cells), "expected": expected})


def _read_cell(column: Column, text: str, around: Surroundings) -> Any:
    if text:
        return column.read(text, around)
    if column.required:
        raise BadText("csv.required", column=column.name)
    return column.empty


Found = tuple[str, str, dict[str, object], Severity]
"""Column, code, parameters, severity."""


def _check_together(values: Mapping[str, Any]) -> Iterable[Found]:
    """What is wrong between the cells of one record."""
    yield from _check_counts(values)
    yield from _check_state(values)
    yield from _check_position(values)


def _check_counts(values: Mapping[str, Any]) -> Iterator[Found]:
    quantity = values.get("quantity")
    for field in ("share_up_to", "reduced_to"):
        count = values.get(field)
        too_many = quantity is not None and count is not None and count > quantity - (field == "reduced_to")
        if too_many:
            yield field, f"capacity.{field.replace('_', '-')}", {"quantity": quantity}, Severity.ERROR


def _check_state(values: Mapping[str, Any]) -> Iterator[Found]:
    is_reduced = values.get("state") == CapacityState.REDUCED
    left = values.get("reduced_to")
    if is_reduced and left is None:
        column = "reduced_to" if "reduced_to" in values else "state"
        yield column, "capacity.reduced-without-number", {}, Severity.ERROR
    if not is_reduced and left is not None:
        yield "reduced_to", "capacity.number-without-reduced", {}, Severity.ERROR


def _check_position(values: Mapping[str, Any]) -> Iterator[Found]:
    """Around the North Sea a latitude is always the larger of the two: exchanged ones are easily seen."""
    lon, lat = values.get("lon"), values.get("lat")
    if lon is None or lat is None:
        return
    if _lies(lon, _NORTH_SEA_LAT) and _lies(lat, _NORTH_SEA_LON):
        yield "lon", "capacity.exchanged", {"lon": lon, "lat": lat}, Severity.WARNING


def _lies(value: float, span: tuple[float, float]) -> bool:
    return span[0] <= value <= span[1]
