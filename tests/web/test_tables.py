"""Sorting, files and pages of a list."""

from __future__ import annotations

import csv
import datetime
import io
import json
from zoneinfo import ZoneInfo

import pytest
from django.conf import LazySettings
from django.http import QueryDict
from django.test import RequestFactory
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from noaber.web import clock
from noaber.web.pagination import paginate
from noaber.web.tables import (
    Column,
    Sorting,
    csv_response,
    export,
    geojson_response,
    with_query,
    xlsx_response,
)

COLUMNS = (
    Column("name", "Team", lambda row: row[0]),
    Column("minutes", "Minutes", lambda row: row[1], numeric=True),
    Column("acts", "", lambda row: "", sortable=False),
)
ROWS = [("Venlo", 107), ("aachen", None), ("Liège", 39), ("Bree", 107)]


def sorting(query: str, default: str = "minutes") -> Sorting:
    return Sorting.from_query(QueryDict(query), COLUMNS, default=default)


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("", ["Liège", "Venlo", "Bree", "aachen"]),
        ("sort=-minutes", ["Venlo", "Bree", "Liège", "aachen"]),
        ("sort=name", ["aachen", "Bree", "Liège", "Venlo"]),
        ("sort=acts", ["Liège", "Venlo", "Bree", "aachen"]),
        ("sort=password", ["Liège", "Venlo", "Bree", "aachen"]),
    ],
)
def test_order_with_the_unknown_last(query: str, names: list[str]) -> None:
    assert [row[0] for row in sorting(query).apply(ROWS)] == names


@given(
    st.lists(st.tuples(st.text(), st.none() | st.integers())), st.sampled_from(["name", "-name", "minutes", "-minutes"])
)
def test_sorting_loses_and_invents_nothing(rows: list[tuple[str, int | None]], key: str) -> None:
    assert sorted(sorting(f"sort={key}").apply(rows), key=repr) == sorted(rows, key=repr)


def test_heads_turn_the_order_and_leave_the_page() -> None:
    name, minutes, acts = sorting("kind=boat&page=3").heads()
    assert (name.url, name.direction) == ("?kind=boat&sort=name", "")
    assert (minutes.url, minutes.direction, minutes.numeric) == ("?kind=boat&sort=-minutes", "ascending", True)
    assert acts.url == ""


def test_an_address_keeps_repeated_parameters() -> None:
    assert with_query(QueryDict("k=a&k=b&page=2"), page=None, sort="x") == "?k=a&k=b&sort=x"


HOSTILE = ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "plain", 'quo"te', "a,b"]


def test_csv_disarms_what_a_spreadsheet_would_run() -> None:
    response = csv_response("teams", (Column("x", "Text", lambda row: row),), HOSTILE)
    cells = [row[0] for row in csv.reader(io.StringIO(response.content.decode("utf-8-sig")))]
    assert cells == ["Text", "'=1+1", "'+1", "'-1", "'@SUM(A1)", "'\tx", "plain", 'quo"te', "a,b"]


def test_xlsx_keeps_texts_as_texts_and_numbers_as_numbers() -> None:
    columns = (
        Column("x", "Text", lambda row: row),
        Column("n", "Number", lambda row: 1.5),
        Column("y", "Yes", lambda row: True),
    )
    sheet = load_workbook(
        io.BytesIO(xlsx_response("a-name-that-is-longer-than-a-sheet-may-have", columns, HOSTILE[:2]).content)
    ).active
    assert [(cell.value, cell.data_type) for cell in sheet[2]] == [("=1+1", "s"), (1.5, "n"), ("yes", "s")]


def test_xlsx_shows_what_it_cannot_carry() -> None:
    sheet = load_workbook(
        io.BytesIO(xlsx_response("x", (Column("x", "Text", lambda row: row),), ["a\x01b\x0bc"]).content)
    ).active
    assert sheet["A2"].value == "a\N{REPLACEMENT CHARACTER}b\N{REPLACEMENT CHARACTER}c"


def test_instants_leave_in_the_readers_time() -> None:
    at = datetime.datetime(2021, 7, 14, 16, 34, tzinfo=datetime.UTC)
    column = (Column("at", "At", lambda row: row),)
    with timezone.override(ZoneInfo("Europe/Brussels")):
        text = csv_response("x", column, [at]).content.decode("utf-8-sig")
        sheet = load_workbook(io.BytesIO(xlsx_response("x", column, [at]).content)).active
    assert text.splitlines()[1] == "2021-07-14T18:34+02:00"
    assert sheet["A2"].value == datetime.datetime(2021, 7, 14, 18, 34)


def test_a_list_leaves_only_when_asked(rf: RequestFactory) -> None:
    assert export(rf.get("/"), name="x", columns=COLUMNS, rows=ROWS) is None
    assert export(rf.get("/?format=pdf"), name="x", columns=COLUMNS, rows=ROWS) is None
    assert export(rf.get("/?format=csv"), name="x", columns=COLUMNS, rows=ROWS) is not None


def test_geojson(settings: LazySettings) -> None:
    settings.NOABER_STATUS = "Exercise"
    with clock.at(datetime.datetime(2021, 7, 14, 16, 34, tzinfo=datetime.UTC)):
        response = geojson_response([{"type": "Feature"}], name="Capaciteiten")
    assert response["Content-Type"] == "application/geo+json"
    assert json.loads(response.content) == {"type": "FeatureCollection", "features": [{"type": "Feature"}]}
    assert 'filename="noaber-capaciteiten-20210714-' in response["Content-Disposition"], "the day of the exercise"


@pytest.mark.parametrize(
    ("query", "rows", "before", "after"),
    [
        ("k=a", [1, 2], "", "?k=a&page=2"),
        ("page=2", [3, 4], "?page=1", "?page=3"),
        ("page=99", [5], "?page=2", ""),
        ("page=x", [1, 2], "", "?page=2"),
    ],
)
def test_pages(rf: RequestFactory, query: str, rows: list[int], before: str, after: str) -> None:
    pages = paginate(rf.get(f"/?{query}"), [1, 2, 3, 4, 5], per_page=2)
    assert (list(pages.rows), pages.previous_url, pages.next_url, pages.total) == (rows, before, after, 5)
