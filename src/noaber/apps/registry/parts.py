"""The parts of a mission-ready package: lists of lines that say what one team is, brings, needs and has proven.

One table of columns serves the form, the files and the history. A line is a mapping from the name of a column to its
value as JSON holds it, without what is empty; so two lines that say the same are equal. Knows no Django, no database.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cache
from typing import Any, Final

from noaber.apps.registry.fields import BadText, read_choice, read_number, read_text, read_whole
from noaber.reference.vocabulary import load_host_needs, load_package_codes

MOST_LINES: Final = 200
"""Of one part of one capacity."""
_DAY_FIRST: Final = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})")
_MOST_PIECES: Final = 1_000_000

Line = dict[str, Any]
Fault = tuple[str, str, dict[str, object]]
"""Name of the column, code of the problem, what its sentence names."""


class CellKind(StrEnum):
    """How a column is written."""

    CODE = "code"
    TEXT = "text"
    WHOLE = "whole"
    NUMBER = "number"
    DAY = "day"


@dataclass(frozen=True)
class PartColumn:
    """One column of a part. `codes` names the list of a coded one, `longest` bounds a text, `highest` a number."""

    name: str
    kind: CellKind
    codes: str = ""
    longest: int = 120
    highest: float = _MOST_PIECES
    required: bool = False
    private: bool = False
    """Told to nobody but who keeps the capacity."""

    def known_codes(self) -> tuple[str, ...]:
        return _codes_of(self.codes)

    def read(self, text: str, *, decimal_comma: bool = False) -> Any:
        """The value of a cell that is not empty; raises `BadText`."""
        match self.kind:
            case CellKind.CODE:
                return read_choice(text, self.known_codes())
            case CellKind.TEXT:
                return read_text(text, longest=self.longest)
            case CellKind.WHOLE:
                return read_whole(text, lowest=1, highest=int(self.highest))
            case CellKind.NUMBER:
                value = read_number(text, lowest=0, highest=self.highest, decimal_comma=decimal_comma)
                return int(value) if value == int(value) else value
            case CellKind.DAY:
                return read_day(text).isoformat()

    def write(self, value: Any) -> str:
        """The inverse of `read`; nothing for None."""
        return "" if value is None else repr(value) if isinstance(value, float) else str(value)


@dataclass(frozen=True)
class Part:
    """One list of a package: the name of its field, its sheet and its file."""

    name: str
    columns: tuple[PartColumn, ...]
    spans: tuple[tuple[str, str], ...] = field(default=())
    """Pairs of days of which the second is not before the first."""


@cache
def _codes_of(name: str) -> tuple[str, ...]:
    return tuple(load_host_needs() if name == "host_needs" else load_package_codes(name))


def _code(name: str, codes: str) -> PartColumn:
    return PartColumn(name, CellKind.CODE, codes=codes, required=True)


def _text(name: str, *, longest: int = 120, required: bool = False, private: bool = False) -> PartColumn:
    return PartColumn(name, CellKind.TEXT, longest=longest, required=required, private=private)


def _count(name: str = "number") -> PartColumn:
    return PartColumn(name, CellKind.WHOLE, required=True)


def _size(name: str, highest: float) -> PartColumn:
    return PartColumn(name, CellKind.NUMBER, highest=highest)


def _day(name: str, *, required: bool = False) -> PartColumn:
    return PartColumn(name, CellKind.DAY, required=required)


PARTS: Final = (
    Part(
        "team",
        (
            _code("function", "functions"),
            _count(),
            PartColumn("shifts", CellKind.WHOLE, highest=6),
            _text("note"),
        ),
    ),
    Part(
        "vehicles",
        (
            _code("kind", "vehicles"),
            _count(),
            _size("length_m", 100),
            _size("height_m", 30),
            _size("weight_t", 1000),
            _text("plates", longest=300, private=True),
            _text("note"),
        ),
    ),
    Part(
        "kit",
        (
            _text("item", required=True),
            PartColumn("number", CellKind.NUMBER, required=True),
            _code("unit", "units"),
            _text("note"),
        ),
    ),
    Part(
        "needs",
        (
            _code("need", "host_needs"),
            PartColumn("number", CellKind.NUMBER),
            PartColumn("unit", CellKind.CODE, codes="units"),
            _text("note"),
        ),
    ),
    Part(
        "certificates",
        (
            _code("kind", "certificates"),
            _text("body", required=True),
            _text("number"),
            _day("valid_from"),
            _day("valid_until"),
            _text("rule_version"),
        ),
        spans=(("valid_from", "valid_until"),),
    ),
    Part(
        "exercises",
        (
            _text("name", required=True),
            _day("held_on", required=True),
            _text("place"),
            _code("result", "results"),
        ),
    ),
)
BY_NAME: Final[Mapping[str, Part]] = {part.name: part for part in PARTS}
PART_FIELDS: Final = tuple(BY_NAME)


def read_day(text: str) -> date:
    """A day as 2021-07-14, or with the day first as spreadsheets of the region write it: 14/7/2021, 14.07.2021."""
    try:
        if found := _DAY_FIRST.fullmatch(text):
            day, month, year = map(int, found.groups())
            value = date(year, month, day)
        else:
            value = date.fromisoformat(text)
    except ValueError:
        raise BadText("capacity.day", text=text) from None
    if not 1900 < value.year < 2200:
        raise BadText("capacity.day", text=text)
    return value


def read_line(part: Part, texts: Mapping[str, str], *, decimal_comma: bool = False) -> tuple[Line, list[Fault]]:
    """A line from the texts of its cells, with everything that is wrong in it."""
    line: Line = {}
    faults: list[Fault] = []
    for column in part.columns:
        text = texts.get(column.name, "").strip()
        try:
            if text:
                line[column.name] = column.read(text, decimal_comma=decimal_comma)
            elif column.required:
                raise BadText("csv.required", column=column.name)
        except BadText as error:
            faults.append((column.name, error.code, dict(error.params)))
    return line, faults + list(_faults_between(part, line))


def _faults_between(part: Part, line: Line) -> Iterator[Fault]:
    for first, last in part.spans:
        if first in line and last in line and line[last] < line[first]:
            yield last, "capacity.ends-before", {"first": line[first], "last": line[last]}


def write_line(part: Part, line: Line) -> list[str]:
    """The cells of a line, in the order of the columns."""
    return [column.write(line.get(column.name)) for column in part.columns]


def public_lines(part: Part, lines: Iterable[Line]) -> list[Line]:
    """The lines as others see them."""
    hidden = {column.name for column in part.columns if column.private}
    return [{name: value for name, value in line.items() if name not in hidden} for line in lines]


def certified_until(certificates: Iterable[Line]) -> date | None:
    """The first day on which a kind runs out; a renewed one counts by its latest, one without an end never does."""
    latest: dict[str, str] = {}
    endless = "9999-12-31"
    for line in certificates:
        until = line.get("valid_until", endless)
        latest[line["kind"]] = max(until, latest.get(line["kind"], ""))
    ends = [until for until in latest.values() if until != endless]
    return date.fromisoformat(min(ends)) if ends else None


def with_needs(host_needs: Iterable[str], needs: Iterable[Line]) -> tuple[str, ...]:
    """The codes of what the host must provide: those named, then those of which only an amount is given."""
    return tuple(dict.fromkeys((*host_needs, *(line["need"] for line in needs))))
