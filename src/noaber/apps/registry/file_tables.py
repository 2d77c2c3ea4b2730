"""A file of capacities as tables of texts, whatever it is: a CSV file, several of them in a zip, or a workbook.

Accepts what spreadsheets write: commas or semicolons, a byte order mark, line breaks inside quotes, decimal commas
where the separator is the semicolon, dates and numbers in typed cells. It guesses no encoding: what is not UTF-8 is
refused. Rows are counted as a spreadsheet counts them.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, Final

from python_calamine import CalamineWorkbook

from noaber.apps.registry.parts import PART_FIELDS
from noaber.core.problems import Problem, Severity

MAX_BYTES: Final = 20 * 1024 * 1024
MAX_UNPACKED_BYTES: Final = 400 * 1024 * 1024
"""Of a zip or a workbook, which is a zip of XML."""
MAX_ROWS: Final = 100_000
MAX_PART_ROWS: Final = 500_000
DELIMITERS: Final = (",", ";")
MAIN: Final = "capacities"
"""The table with a row for each capacity; the others hold lines of its parts."""
HELP_SHEET: Final = "help"
_ZIP: Final = b"PK\x03\x04"

csv.field_size_limit(max(MAX_BYTES, csv.field_size_limit()))
"""A cell may be as large as a file: the field that it is for says that it is too long, and at which row and column."""

Record = tuple[int, list[str]]


@dataclass(frozen=True)
class Table:
    """One table: each record that is not empty with its number, the header first.

    Parameters
    ----------
    name
        Of the sheet or of the file in a zip; empty for a file that is one table.
    records
        To be read once; raises `Unreadable` where it cannot go on.
    rows
        About how many there are, for the progress of reading.
    is_text
        Whether a text that a spreadsheet would run as a formula has an apostrophe before it.
    """

    name: str
    records: Iterator[Record]
    rows: int
    decimal_comma: bool = False
    is_text: bool = True


@dataclass(frozen=True)
class Tables:
    """The tables of a file by `MAIN` and the names of the parts, and what is not read."""

    by_name: Mapping[str, Table]
    warnings: tuple[Problem, ...] = ()


class Unreadable(Exception):
    """The file, or the rest of a table, cannot be read."""

    def __init__(self, code: str, where: str = "", **params: object) -> None:
        self.problem = Problem(code, where, params)
        super().__init__(code)


def place(row: int, column: str = "", *, table: str = "") -> str:
    """Where in a file something is, in the words of the command line."""
    words = f"row {row}, column {column}" if column else f"row {row}"
    return f"table {table}, {words}" if table else words


def open_tables(data: bytes) -> Tables:
    """The tables of a file; raises `Unreadable`."""
    if len(data) > MAX_BYTES:
        raise Unreadable("csv.too-large", limit=MAX_BYTES // 1024**2)
    if not data.startswith(_ZIP):
        return Tables({MAIN: _csv_table("", data, MAX_ROWS)})
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except zipfile.BadZipFile as error:
        raise Unreadable("csv.damaged") from error
    if sum(entry.file_size for entry in archive.infolist()) > MAX_UNPACKED_BYTES:
        raise Unreadable("csv.too-large", limit=MAX_UNPACKED_BYTES // 1024**2)
    is_workbook = {"[Content_Types].xml", "content.xml"} & set(archive.namelist())
    return _workbook_tables(data) if is_workbook else _zip_tables(archive)


def _zip_tables(archive: zipfile.ZipFile) -> Tables:
    found: dict[str, Table] = {}
    warnings: list[Problem] = []
    for entry in archive.infolist():
        name = entry.filename.rpartition("/")[2]
        if entry.is_dir() or entry.filename.startswith("__MACOSX/"):
            continue
        table = name.lower().removesuffix(".csv")
        if table not in (MAIN, *PART_FIELDS) or table in found:
            warnings.append(_unread(name))
            continue
        try:
            content = archive.read(entry)
        except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError, EOFError) as error:
            raise Unreadable("csv.damaged") from error
        found[table] = _csv_table("" if table == MAIN else table, content, _most(table))
    if MAIN not in found:
        raise Unreadable("csv.no-main-table", table=f"{MAIN}.csv")
    return Tables(found, tuple(warnings))


def _workbook_tables(data: bytes) -> Tables:
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        titles = {name.strip().lower(): name for name in book.sheet_names}
    except Exception as error:  # the library has an exception for each of the formats that it tries
        raise Unreadable("csv.damaged") from error
    if not titles:
        raise Unreadable("csv.no-main-table", table=MAIN)
    if MAIN not in titles:
        _first, *others = titles
        titles = {MAIN: titles[_first], **{name: titles[name] for name in others}}
    known = [name for name in (MAIN, *PART_FIELDS) if name in titles]
    unread = [title for name, title in titles.items() if name not in known and name != HELP_SHEET]
    return Tables({name: _sheet_table(name, book, titles[name]) for name in known}, tuple(map(_unread, unread)))


def _unread(name: str) -> Problem:
    known = ", ".join((MAIN, *PART_FIELDS))
    return Problem("csv.unread-table", "", {"table": name, "known": known}, Severity.WARNING)


def _most(table: str) -> int:
    return MAX_ROWS if table == MAIN else MAX_PART_ROWS


def _csv_table(name: str, data: bytes, most: int) -> Table:
    text = _decode_text(data, name)
    delimiter = _delimiter(text)
    records = _csv_records(text, delimiter, name, most)
    return Table(name, records, data.count(b"\n"), decimal_comma=delimiter == ";")


def _decode_text(data: bytes, table: str) -> str:
    where = f"table {table}, " if table else ""
    if len(data) > MAX_BYTES:
        raise Unreadable("csv.too-large", limit=MAX_BYTES // 1024**2)
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise Unreadable("csv.utf-16")
    if (nul := data.find(b"\0")) >= 0:
        raise Unreadable("csv.nul", where + _line(data, nul))
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        byte = f"0x{data[error.start]:02X}"
        raise Unreadable("csv.encoding", where + _line(data, error.start), byte=byte) from error


def _line(data: bytes, position: int) -> str:
    return f"line {data.count(10, 0, position) + 1}"


def _delimiter(text: str) -> str:
    """The one that occurs more often in the first line; names of columns hold neither."""
    first = text.lstrip().partition("\n")[0]
    return max(DELIMITERS, key=first.count)


def _csv_records(text: str, delimiter: str, table: str, most: int) -> Iterator[Record]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    number = 0
    while True:
        number += 1
        try:
            cells = next(reader, None)
        except csv.Error as error:
            raise Unreadable("csv.syntax", place(number, table=table), reason=str(error)) from error
        if cells is None:
            return
        if any(cell.strip() for cell in cells):
            _check_count(number, most, table)
            yield number, cells


def _check_count(number: int, most: int, table: str) -> None:
    if number > most + 1:
        raise Unreadable("csv.too-many-rows", place(number, table=table), limit=most)


def _sheet_table(name: str, book: Any, title: str) -> Table:
    try:
        sheet = book.get_sheet_by_name(title)
    except Exception as error:  # as above
        raise Unreadable("csv.damaged") from error
    return Table("" if name == MAIN else name, _sheet_records(name, sheet), sheet.total_height, is_text=False)


def _sheet_records(name: str, sheet: Any) -> Iterator[Record]:
    """The cells of a sheet as texts."""
    for number, values in enumerate(sheet.to_python(skip_empty_area=False), start=1):
        cells = [cell_text(value) for value in values]
        if any(cells):
            _check_count(number, _most(name), name)
            yield number, cells


def cell_text(value: Any) -> str:
    """What a typed cell of a workbook says, as the columns read it."""
    match value:
        case str():
            return value
        case bool():
            return "yes" if value else "no"
        case float():
            return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
        case datetime():
            return value.date().isoformat() if value.time() == time.min else value.isoformat()
        case date() | time():
            return value.isoformat()
        case _:
            return str(value)


def sheet_text(text: str) -> str:
    """A text so that it is read again as it was: a workbook knows no carriage return, and says `_x000D_` for it."""
    return re.sub(r"_(?=x[0-9A-Fa-f]{4}_)", "_x005F_", text).replace("\r", "_x000D_")
