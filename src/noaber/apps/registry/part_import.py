"""Tables of the parts of a package: a line of a part in each row, with the id of the capacity that it belongs to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from noaber.apps.registry.file_cells import check_name, header_names, missing_column, plain_cell, shown
from noaber.apps.registry.file_tables import Table, Unreadable, place
from noaber.apps.registry.parts import BY_NAME, MOST_LINES, Line, Part, read_line
from noaber.core.problems import Problem

KEY: Final = "id"
_MOST_PROBLEMS: Final = 100_000

Lines = dict[str, list[Line]]
"""The lines of one part by the code of their capacity, in the order of the file."""


def read_parts(tables: Mapping[str, Table], codes: Mapping[str, int]) -> tuple[dict[str, Lines], list[Problem]]:
    """The lines of every part that the file has, and what is wrong; `codes` are those of its capacities."""
    lines: dict[str, Lines] = {}
    problems: list[Problem] = []
    for name, table in tables.items():
        reader = _Lines(BY_NAME[name], table, codes)
        try:
            reader.read()
        except Unreadable as error:
            reader.problems.append(error.problem)
        lines[name] = reader.lines
        problems += reader.problems
    return lines, problems


class _Lines:
    def __init__(self, part: Part, table: Table, codes: Mapping[str, int]) -> None:
        self.part = part
        self.table = table
        self.codes = codes
        self.lines: Lines = {}
        self.problems: list[Problem] = []

    def read(self) -> None:
        """An empty table means that no capacity has a line of the part."""
        header = next(self.table.records, None)
        if header is None:
            return
        names = header_names(header[1])
        self._check_header(names)
        if self.problems:
            return
        for number, cells in self.table.records:
            self._read(number, names, cells)
            if len(self.problems) >= _MOST_PROBLEMS:
                raise Unreadable("csv.too-many-problems", self._place(number), most=_MOST_PROBLEMS)

    def _check_header(self, names: Sequence[str]) -> None:
        known = [KEY, *(column.name for column in self.part.columns)]
        required = [KEY, *(column.name for column in self.part.columns if column.required)]
        for index in range(len(names)):
            self.problems += check_name(names, index, known, self.table.name)
        self.problems += [missing_column(name, self.table.name) for name in required if name not in names]

    def _read(self, number: int, names: Sequence[str], cells: Sequence[str]) -> None:
        if len(cells) > len(names) and any(cell.strip() for cell in cells[len(names) :]):
            self._add("csv.cells", number, "", {"found": len(cells), "expected": len(names)})
            return
        texts = {name: plain_cell(cell, self.table) for name, cell in zip(names, cells, strict=False)}
        code = texts.get(KEY, "")
        line, faults = read_line(self.part, texts, decimal_comma=self.table.decimal_comma)
        for column, problem, params in faults:
            self._add(problem, number, column, shown(params))
        if not code:
            self._add("csv.required", number, KEY, {"column": KEY})
        elif code not in self.codes:
            self._add("csv.no-such-id", number, KEY, {"id": shown({"text": code})["text"]})
        elif not faults:
            self._keep(code, number, line)

    def _keep(self, code: str, number: int, line: Line) -> None:
        lines = self.lines.setdefault(code, [])
        if len(lines) == MOST_LINES:
            self._add("capacity.too-many-lines", number, KEY, {"most": MOST_LINES})
            return
        lines.append(line)

    def _place(self, number: int, column: str = "") -> str:
        return place(number, column, table=self.table.name)

    def _add(self, code: str, number: int, column: str, params: Mapping[str, object]) -> None:
        self.problems.append(Problem(code, self._place(number, column), params))
