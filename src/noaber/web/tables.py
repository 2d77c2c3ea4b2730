"""Tables that sort, filter and leave the page as files.

A table is described once by its columns; heads, order and exports follow from them. The rows are what the query
gave, already cut by the sharing rule: nothing is filtered here that someone may not see.
"""

from __future__ import annotations

import csv
import datetime
import io
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.text import slugify
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

from noaber.core.plain_text import UNFIT
from noaber.web.clock import now
from noaber.web.ordering import M, Order, in_order

CSV_TYPE: Final = "text/csv; charset=utf-8"
XLSX_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
GEOJSON_TYPE: Final = "application/geo+json"
_FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r")
_LONGEST_SHEET_NAME: Final = 31

Row = Any
Value = Callable[[Row], Any]
Present = Callable[[Iterable[Any]], Iterable[Row]]
"""What makes of the rows of a table those that a page or a file shows."""


@dataclass(frozen=True)
class Column:
    """One column of a table.

    Parameters
    ----------
    key
        Its name in the address: `?sort=minutes` or `?sort=-minutes`.
    label
        Its head, translated.
    value
        What a row has there: a string, number, date, instant or None. Exports use it, and the order of rows that
        are not in a table of the database.
    order
        What the database sorts by; without it the column sorts rows in memory only.
    numeric
        Right-aligned.
    sortable
        Whether the head is a link.
    """

    key: str
    label: str | Promise
    value: Value
    order: Order | None = None
    numeric: bool = False
    sortable: bool = True


@dataclass(frozen=True)
class Head:
    """The head of a column as the page shows it."""

    label: str | Promise
    numeric: bool
    url: str
    """Empty where the column cannot be sorted."""
    direction: str
    """`ascending`, `descending` or nothing."""


@dataclass(frozen=True)
class Sorting:
    """By which column, in which direction, and the rest of the address."""

    columns: tuple[Column, ...]
    key: str
    descending: bool
    query: QueryDict

    @classmethod
    def from_query(cls, query: QueryDict, columns: Sequence[Column], *, default: str) -> Sorting:
        """From `?sort=`; `default` (with `-` for descending) where it is absent or names no column."""
        asked = query.get("sort", default)
        if asked.removeprefix("-") not in {column.key for column in columns if column.sortable}:
            asked = default
        return cls(tuple(columns), asked.removeprefix("-"), asked.startswith("-"), query)

    def apply(self, rows: Iterable[Row]) -> list[Row]:
        """The rows in order. Unknown values come last in both directions; equals keep their order."""
        value = next(column.value for column in self.columns if column.key == self.key)
        known: list[Row] = []
        missing: list[Row] = []
        for row in rows:
            (missing if value(row) is None else known).append(row)
        known.sort(key=lambda row: _comparable(value(row)), reverse=self.descending)
        return known + missing

    def in_order(self, rows: QuerySet[M]) -> QuerySet[M]:
        """The rows in the order that the database makes; unknown values and equals as in `apply`."""
        column = next(column for column in self.columns if column.key == self.key)
        if column.order is None:
            raise LookupError(f"The column “{column.key}” has no order in the database.")
        return in_order(rows, column.order, descending=self.descending)

    def heads(self) -> list[Head]:
        return [self._head(column) for column in self.columns]

    def _head(self, column: Column) -> Head:
        if not column.sortable:
            return Head(column.label, column.numeric, "", "")
        if column.key != self.key:
            return Head(column.label, column.numeric, self._url(column.key), "")
        direction = "descending" if self.descending else "ascending"
        return Head(column.label, column.numeric, self._url(("" if self.descending else "-") + column.key), direction)

    def _url(self, sort: str) -> str:
        return with_query(self.query, sort=sort, page=None)


def _comparable(value: Any) -> Any:
    return value.casefold() if isinstance(value, str) else value


def with_query(query: QueryDict, **changes: str | int | None) -> str:
    """`?…` with some parameters replaced, or taken out where they are None."""
    changed = query.copy()
    for name, value in changes.items():
        changed.pop(name, None)
        if value is not None:
            changed[name] = str(value)
    return "?" + changed.urlencode()


def export(
    request: HttpRequest, *, name: str, columns: Sequence[Column], rows: Iterable[Row], present: Present = iter
) -> HttpResponse | None:
    """The rows as a file where the address asks for one (`?format=csv` or `xlsx`), else None.

    The heads are in the language of the reader, the values plain: ISO dates, points in decimals. `present` makes of
    the rows what the columns read; it is asked only where there is a file.
    """
    match request.GET.get("format"):
        case "csv":
            return csv_response(name, columns, present(rows))
        case "xlsx":
            return xlsx_response(name, columns, present(rows))
        case _:
            return None


def csv_response(name: str, columns: Sequence[Column], rows: Iterable[Row]) -> HttpResponse:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow([str(column.label) for column in columns])
    writer.writerows([_plain(column.value(row)) for column in columns] for row in rows)
    # The mark at the front makes spreadsheets read the file as UTF-8.
    return _file("\ufeff" + text.getvalue(), CSV_TYPE, name, "csv")


def xlsx_response(name: str, columns: Sequence[Column], rows: Iterable[Row]) -> HttpResponse:
    book = Workbook(write_only=True)
    sheet = book.create_sheet(name[:_LONGEST_SHEET_NAME])
    sheet.freeze_panes = "A2"
    sheet.append([_bold(sheet, str(column.label)) for column in columns])
    for row in rows:
        sheet.append([_cell(sheet, column.value(row)) for column in columns])
    content = io.BytesIO()
    book.save(content)
    return _file(content.getvalue(), XLSX_TYPE, name, "xlsx")


def geojson_response(features: Iterable[dict[str, Any]], *, name: str = "") -> HttpResponse:
    """A FeatureCollection (RFC 7946); as a file to keep where it has a name."""
    response = JsonResponse({"type": "FeatureCollection", "features": list(features)}, content_type=GEOJSON_TYPE)
    if name:
        response["Content-Disposition"] = f'attachment; filename="{_file_name(name, "geojson")}"'
    return response


def _plain(value: Any) -> Any:
    """A value for CSV. A text that a spreadsheet would run as a formula is disarmed by an apostrophe."""
    if isinstance(value, datetime.datetime):
        return timezone.localtime(value).isoformat(timespec="minutes")
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if value is None or isinstance(value, (int, float)):
        return value
    words = str(value)
    return "'" + words if words.startswith(_FORMULA_STARTS) else words


def _cell(sheet: Any, value: Any) -> Any:
    """A value for XLSX: instants in local time without zone, as the format knows none; texts as texts."""
    if isinstance(value, datetime.datetime):
        return timezone.localtime(value).replace(tzinfo=None)
    if value is None or (isinstance(value, (int, float, datetime.date)) and not isinstance(value, bool)):
        return value
    cell = WriteOnlyCell(sheet, "")
    words = str(_plain(value) if isinstance(value, bool) else value)
    cell.value = UNFIT.sub("\N{REPLACEMENT CHARACTER}", words)
    cell.data_type = "s"  # never a formula, whatever its first sign
    return cell


def _bold(sheet: Any, words: str) -> Any:
    cell = WriteOnlyCell(sheet, words)
    cell.font = Font(bold=True)
    cell.data_type = "s"
    return cell


def _file_name(name: str, ending: str) -> str:
    return f"noaber-{slugify(name) or 'table'}-{timezone.localtime(now()):%Y%m%d-%H%M}.{ending}"


def _file(content: str | bytes, content_type: str, name: str, ending: str) -> HttpResponse:
    response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{_file_name(name, ending)}"'
    return response
