"""Capacities with their packages as a workbook or as CSV files in a zip: what the import reads again without loss.

A sheet (or file) for the capacities and one for each part; a line of a part names its capacity by the id. Sheets
carry numbers and days as such, so that one can reckon and filter with them.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ERROR_CODES
from openpyxl.styles import Font

from noaber.apps.registry.csv_columns import COLUMNS, Column
from noaber.apps.registry.csv_export import BYTE_ORDER_MARK, disarmed, encode_capacities
from noaber.apps.registry.file_tables import HELP_SHEET, MAIN, sheet_text
from noaber.apps.registry.part_import import KEY
from noaber.apps.registry.parts import PARTS, CellKind, Part

_FIRST_SAFE_YEAR: Final = 1905
"""Workbooks count the days before March 1900 wrongly; such a day goes as text."""
_WIDTHS: Final[Mapping[str, int]] = {"id": 22, "name": 34, "attributes": 40, "host_note": 30, "note": 30, "item": 34}
_WIDTH: Final = 16

Record = Mapping[str, Any]
"""A value for every field of `COLUMNS` and the lines of every part; None where there is none."""


def encode_zip(records: Sequence[Record], *, delimiter: str = ",") -> bytes:
    """CSV files in a zip: capacities.csv, and a file for each part."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        _add(archive, MAIN, encode_capacities(records, delimiter=delimiter))
        for part in PARTS:
            text = io.StringIO(newline="")
            writer = csv.writer(text, delimiter=delimiter)
            writer.writerow(part_header(part))
            writer.writerows([disarmed(key), *map(disarmed, cells)] for key, cells in _part_cells(part, records))
            _add(archive, part.name, text.getvalue())
    return content.getvalue()


def _add(archive: zipfile.ZipFile, name: str, text: str) -> None:
    archive.writestr(f"{name}.csv", (BYTE_ORDER_MARK + text).encode())


def part_header(part: Part) -> list[str]:
    return [KEY, *(column.name for column in part.columns)]


def _part_cells(part: Part, records: Iterable[Record]) -> Iterator[tuple[str, list[str]]]:
    for record in records:
        for line in record[part.name]:
            yield record["code"], [column.write(line.get(column.name)) for column in part.columns]


def encode_workbook(records: Sequence[Record], *, explained: Iterable[Sequence[str]] = ()) -> bytes:
    """The workbook; `explained` are the rows of the sheet that says what the columns hold, its head first."""
    book = Workbook(write_only=True)
    sheet = _sheet(book, MAIN, [column.name for column in COLUMNS])
    for record in records:
        sheet.append([_main_cell(sheet, column, record[column.field]) for column in COLUMNS])
    for part in PARTS:
        sheet = _sheet(book, part.name, part_header(part))
        for record in records:
            for line in record[part.name]:
                sheet.append([_text(sheet, record["code"]), *_line_cells(sheet, part, line)])
    _add_help(book, list(explained))
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def _sheet(book: Any, name: str, header: Sequence[str]) -> Any:
    sheet = book.create_sheet(name)
    sheet.freeze_panes = "B2"
    for index, column in enumerate(header):
        sheet.column_dimensions[_letters(index)].width = _WIDTHS.get(column, _WIDTH)
    sheet.append([_bold(sheet, column) for column in header])
    return sheet


def _letters(index: int) -> str:
    return chr(65 + index) if index < 26 else chr(64 + index // 26) + chr(65 + index % 26)


def _main_cell(sheet: Any, column: Column, value: Any) -> Any:
    match value:
        case None:
            return None
        case bool():
            return column.write(value)
        case float():
            return _number(value)
        case int() | Decimal():
            return value
        case date() if not isinstance(value, datetime):
            return _day(value)
        case _:
            return _text(sheet, column.write(value))


def _line_cells(sheet: Any, part: Part, line: Mapping[str, Any]) -> Iterator[Any]:
    for column in part.columns:
        value = line.get(column.name)
        match value:
            case float():
                yield _number(value)
            case None | int():
                yield value
            case _ if column.kind is CellKind.DAY:
                yield _day(date.fromisoformat(value))
            case _:
                yield _text(sheet, value)


def _number(value: float) -> float | str:
    """A number that a spreadsheet can hold, with its fifteen digits; a longer one goes as text."""
    return value if float(f"{value:.15g}") == value else repr(value)


def _day(value: date) -> Any:
    return value if value.year >= _FIRST_SAFE_YEAR else value.isoformat()


def _text(sheet: Any, value: str) -> Any:
    """A text that stays one, whatever it begins with."""
    text = sheet_text(value)
    if not text.startswith("=") and text not in ERROR_CODES:
        return text
    cell = WriteOnlyCell(sheet, "")
    cell.value = text
    cell.data_type = "s"
    return cell


def _bold(sheet: Any, words: str) -> Any:
    cell = WriteOnlyCell(sheet, words)
    cell.font = Font(bold=True)
    return cell


def _add_help(book: Any, rows: list[Sequence[str]]) -> None:
    if not rows:
        return
    sheet = book.create_sheet(HELP_SHEET)
    for letter, width in (("A", 16), ("B", 24), ("C", 12), ("D", 110)):
        sheet.column_dimensions[letter].width = width
    sheet.freeze_panes = "A2"
    sheet.append([_bold(sheet, words) for words in rows[0]])
    for row in rows[1:]:
        sheet.append([_text(sheet, words) for words in row])
