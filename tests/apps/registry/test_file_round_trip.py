"""Capacities with their packages leave as a workbook or a zip of CSV files and come back the same."""

from __future__ import annotations

import csv
import io
import zipfile
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from apps.registry.test_csv_import import AROUND, records
from noaber.apps.registry.csv_import import CapacityFile, decode_capacities
from noaber.apps.registry.file_export import encode_workbook, encode_zip
from registry_builders import REQUIRED_COLUMNS
from registry_packages import FULL_PACKAGE, packages

FEW = settings(max_examples=12, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])


def with_packages() -> st.SearchStrategy[list[dict[str, Any]]]:
    one = st.builds(lambda record, package: record | package, records(), packages())
    return st.lists(one, min_size=1, max_size=3, unique_by=lambda record: record["code"])


@FEW
@given(with_packages())
def test_a_workbook_is_read_as_it_was_written(written: list[dict[str, Any]]):
    file = decode_capacities(encode_workbook(written, explained=[["table", "column"], ["=team", "number"]]), AROUND)
    assert file.errors == ()
    assert [dict(row.values) for row in file.rows] == written


@FEW
@given(with_packages(), st.sampled_from([",", ";"]))
def test_a_zip_of_csv_files_is_read_as_it_was_written(written: list[dict[str, Any]], delimiter: str):
    data = encode_zip(written, delimiter=delimiter)
    file = decode_capacities(data, AROUND)
    assert file.errors == ()
    assert [dict(row.values) for row in file.rows] == written
    for name in zipfile.ZipFile(io.BytesIO(data)).namelist():
        text = zipfile.ZipFile(io.BytesIO(data)).read(name).decode("utf-8-sig")
        for cells in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            assert not any(cell.startswith(("=", "@")) for cell in cells)


# what people write in a spreadsheet


def workbook(**sheets: list[list[Any]]) -> bytes:
    book = Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def zipped(**files: str) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name, text in files.items():
            archive.writestr(f"export/{name}.csv", text)
    return content.getvalue()


MAIN = [list(REQUIRED_COLUMNS), ["A", "NL423", "HCP", 4, 5.69, 50.85, 30]]


def found(file: CapacityFile) -> list[tuple[str, str]]:
    return [(problem.where, problem.code) for problem in file.problems]


def test_a_book_of_ones_own_may_call_its_first_sheet_what_it_likes():
    file = decode_capacities(workbook(Blad1=MAIN, Notes=[["x"]], help=[["anything"]]), AROUND)
    assert [row.code for row in file.rows] == ["A"]
    assert [(problem.code, problem.params["table"]) for problem in file.problems] == [("csv.unread-table", "Notes")]


def test_days_and_numbers_of_typed_cells_and_of_texts():
    import datetime

    sheet = [
        ["id", "kind", "body", "valid_from", "valid_until"],
        ["A", "insarag", "INSARAG", datetime.date(2020, 1, 2), "31/12/2024"],
        ["A", "diving", 7, "2020-01-02", "1.2.2023"],
    ]
    file = decode_capacities(workbook(capacities=MAIN, certificates=sheet), AROUND)
    assert found(file) == []
    assert file.rows[0].values["certificates"] == [
        {"kind": "insarag", "body": "INSARAG", "valid_from": "2020-01-02", "valid_until": "2024-12-31"},
        {"kind": "diving", "body": "7", "valid_from": "2020-01-02", "valid_until": "2023-02-01"},
    ]


def test_rows_are_counted_from_the_top_of_the_sheet():
    file = decode_capacities(workbook(capacities=[[], *MAIN, ["B", "NL423", "HCP", 0, 5.69, 50.85, 30]]), AROUND)
    assert found(file) == [("row 4, column quantity", "capacity.range")]


BAD_LINES = [
    (["team", ["id", "function", "number"], ["A", "boss", 1]], "row 2, column function", "capacity.choice"),
    (["team", ["id", "function", "number"], ["A", "leader", 0]], "row 2, column number", "capacity.range"),
    (["team", ["id", "function", "number"], ["A", "leader", ""]], "row 2, column number", "csv.required"),
    (["team", ["id", "function", "number"], ["Z", "leader", 1]], "row 2, column id", "csv.no-such-id"),
    (["team", ["id", "function", "number"], ["", "leader", 1]], "row 2, column id", "csv.required"),
    (["team", ["id", "function"], ["A", "leader"]], "row 1, column number", "csv.missing-column"),
    (["team", ["id", "function", "number", "rank"], ["A", "leader", 1, 2]], "row 1, column rank", "csv.unknown-column"),
    (["kit", ["id", "item", "number", "unit"], ["A", "x" * 121, 1, "m"]], "row 2, column item", "capacity.too-long"),
    (
        ["exercises", ["id", "name", "held_on", "result"], ["A", "x", "31/31/2020", "passed"]],
        "row 2, column held_on",
        "capacity.day",
    ),
    (
        [
            "certificates",
            ["id", "kind", "body", "valid_from", "valid_until"],
            ["A", "diving", "x", "2020-02-01", "2020-01-01"],
        ],
        "row 2, column valid_until",
        "capacity.ends-before",
    ),
]


@pytest.mark.parametrize(
    ("sheet", "where", "code"), BAD_LINES, ids=lambda value: value if isinstance(value, str) else ""
)
def test_a_bad_line_is_named_by_table_row_and_column(sheet: list[Any], where: str, code: str):
    name, *rows = sheet
    file = decode_capacities(workbook(capacities=MAIN, **{name: rows}), AROUND)
    assert found(file) == [(f"table {name}, {where}", code)]


def test_a_part_without_a_table_is_left_alone_and_an_empty_one_empties():
    header = "id,function,number\n"
    main = ",".join(REQUIRED_COLUMNS) + "\nA,NL423,HCP,4,5.69,50.85,30\n"
    values = decode_capacities(zipped(capacities=main, team=header), AROUND).rows[0].values
    assert values["team"] == []
    assert "kit" not in values


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"PK\x03\x04 and then nothing", "csv.damaged"),
        (zipped(team="id,function,number\n"), "csv.no-main-table"),
    ],
)
def test_an_archive_that_is_none(data: bytes, code: str):
    assert [problem.code for problem in decode_capacities(data, AROUND).problems] == [code]


def test_the_full_package_of_the_tests_is_sound():
    record = dict.fromkeys(FULL_PACKAGE) | FULL_PACKAGE
    assert record == FULL_PACKAGE
