"""The parts of a report that a page and a document show each in its own way; the rest are blocks of `web.pdf`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, ClassVar

from django.http import QueryDict

from noaber.apps.reports.facts import MinutesFact
from noaber.apps.roads.forms.map_query import View
from noaber.web.pdf import Block, Text
from noaber.web.pdf.blocks import Words
from noaber.web.tables import Column, Sorting


@dataclass(frozen=True)
class Shown:
    """A column of a report's table: what it sorts and exports by, and what is read in its cells."""

    column: Column
    show: Callable[[Any], Text]
    width: float | str = 1.0


@dataclass(frozen=True)
class ReportTable:
    """A table that can be sorted and taken along, under its own name in the address."""

    kind: ClassVar[str] = "report-table"
    key: str
    caption: Words
    columns: tuple[Shown, ...]
    rows: Sequence[Any]
    default: str
    empty: Words = ""

    @property
    def plain_columns(self) -> tuple[Column, ...]:
        """For sorting on a page of many tables: each key with the name of the table."""
        return tuple(replace(shown.column, key=f"{self.key}.{shown.column.key}") for shown in self.columns)

    def sorting(self, query: QueryDict) -> Sorting:
        """As the address asks, where it asks this table."""
        sign = "-" if self.default.startswith("-") else ""
        default = f"{sign}{self.key}.{self.default.removeprefix('-')}"
        return Sorting.from_query(query, self.plain_columns, default=default)

    def cells(self, query: QueryDict) -> list[list[tuple[Column, Text]]]:
        """What is read, row by row."""
        rows = self.sorting(query).apply(self.rows)
        return [[(shown.column, shown.show(row)) for shown in self.columns] for row in rows]


@dataclass(frozen=True)
class MapFigure:
    """A map of the minutes of one capability."""

    minutes: MinutesFact
    view: View
    alt: str
    caption: str


@dataclass(frozen=True)
class Maps:
    """Maps beside one another."""

    kind: ClassVar[str] = "maps"
    maps: tuple[MapFigure, ...]


@dataclass(frozen=True)
class Section:
    """A chapter of a report, under its name in the address."""

    key: str
    title: str
    blocks: tuple[Block | ReportTable | Maps, ...]

    @property
    def tables(self) -> list[ReportTable]:
        return [block for block in self.blocks if isinstance(block, ReportTable)]
