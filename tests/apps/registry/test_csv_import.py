"""Reading a file of capacities: every problem at its row and column, and nothing lost on the way out and in."""

from __future__ import annotations

import csv
import datetime
import io
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from noaber.apps.registry.csv_columns import COLUMNS, Surroundings
from noaber.apps.registry.csv_export import encode_capacities
from noaber.apps.registry.csv_import import CapacityFile, decode_capacities
from noaber.apps.registry.enums import CapacityState
from noaber.reference.territories import load_territories
from noaber.reference.vocabulary import load_attributes, load_capabilities, load_host_needs
from registry_builders import NOW, REQUIRED_COLUMNS, csv_bytes

pytestmark = pytest.mark.every_database

AROUND = Surroundings("NL-VR24", "Exercise", frozenset({"BENELUX", "EMRIC"}), NOW)


def decode(*rows: dict[str, str], **options: Any) -> CapacityFile:
    return decode_capacities(csv_bytes(*rows, **options), AROUND)


def found(file: CapacityFile) -> list[tuple[str, str]]:
    return [(problem.where, problem.code) for problem in file.problems]


def test_the_required_columns_are_enough():
    file = decode({})
    assert file.problems == ()
    assert file.rows[0].values == {
        "code": "PUMP-1",
        "territory": "NL423",
        "capabilities": ("HCP",),
        "quantity": 4,
        "lon": 5.69,
        "lat": 50.85,
        "mobilisation_minutes": 30,
    }


BAD_CELLS = [
    ("id", "two words", "capacity.code"),
    ("id", "", "csv.required"),
    ("id", "A" * 61, "capacity.code"),
    ("owner", "BE-CP", "capacity.owner"),
    ("status", "Actual", "capacity.status"),
    ("territory", "XX1", "capacity.territory"),
    ("territory", "", "csv.required"),
    ("capabilities", "HCP|PUMPS", "capacity.capability"),
    ("capabilities", "HCP||FRB", "capacity.empty-part"),
    ("capabilities", "HCP|HCP", "capacity.twice"),
    ("capabilities", "", "csv.required"),
    ("quantity", "0", "capacity.range"),
    ("quantity", "1000001", "capacity.range"),
    ("quantity", "2.5", "capacity.whole-number"),
    ("quantity", "four", "capacity.whole-number"),
    ("quantity", "1e3", "capacity.whole-number"),
    ("quantity", "-1", "capacity.range"),
    ("lon", "180.0001", "capacity.range"),
    ("lon", "5,69", "capacity.number"),
    ("lon", "nan", "capacity.number"),
    ("lat", "-90.5", "capacity.range"),
    ("lat", "50°51'", "capacity.number"),
    ("lat", "inf", "capacity.number"),
    ("mobilisation", "43201", "capacity.range"),
    ("mobilisation", "half an hour", "capacity.whole-number"),
    ("share_up_to", "5", "capacity.share-up-to"),
    ("languages", "nl|xx", "capacity.language"),
    ("state", "gone", "capacity.choice"),
    ("state_at", "2021-07-14T18:30:00+02:00", "capacity.future"),
    ("state_until", "2021-07-14T18:00:00", "capacity.time"),
    ("state_until", "tomorrow", "capacity.time"),
    ("reduced_to", "2", "capacity.number-without-reduced"),
    ("host_needs", "fuel|coffee", "capacity.host-need"),
    ("host_note_language", "es", "capacity.choice"),
    ("cost_per_day_eur", "-1", "capacity.money"),
    ("cost_per_day_eur", "1.234,50", "capacity.money"),
    ("cost_per_day_eur", "NaN", "capacity.money"),
    ("attributes", "flow_m3_per_h", "capacity.attribute"),
    ("attributes", "colour=red", "capacity.attribute"),
    ("attributes", "winch=perhaps", "capacity.yes-no"),
    ("attributes", "hose_coupling=none", "capacity.choice"),
    ("attributes", "seats=-2", "capacity.range"),
    ("attributes", "certificate=", "capacity.attribute-text"),
    ("tlp", "PURPLE", "capacity.choice"),
    ("groups", "BENELUX|NORDIC", "capacity.group"),
    ("illustrative", "maybe", "capacity.yes-no"),
    ("name", "a\x07b", "text.character"),
    ("source", "x" * 301, "capacity.too-long"),
]


@pytest.mark.parametrize(("column", "text", "code"), BAD_CELLS)
def test_a_bad_cell_is_named_by_row_and_column(column: str, text: str, code: str):
    file = decode({"id": "A"}, {"id": "B"} | {column: text}, {"id": "C"})
    assert found(file) == [(f"row 3, column {column}", code)]
    assert [row.code for row in file.rows] == ["A", "C"]


def test_every_problem_is_found_not_the_first():
    file = decode({"quantity": "x", "lon": "y", "territory": "ZZ"}, {"id": "B", "lat": "99"})
    assert found(file) == [
        ("row 2, column territory", "capacity.territory"),
        ("row 2, column quantity", "capacity.whole-number"),
        ("row 2, column lon", "capacity.number"),
        ("row 3, column lat", "capacity.range"),
    ]


def test_an_id_stands_once():
    file = decode({"id": "A"}, {"id": "B"}, {"id": "A"})
    assert found(file) == [("row 4, column id", "csv.twice-id")]
    assert "row 2" in str(file.problems[0])


def test_reduced_needs_a_smaller_number():
    assert found(decode({"state": "reduced", "reduced_to": ""})) == [
        ("row 2, column reduced_to", "capacity.reduced-without-number")
    ]
    assert found(decode({"state": "reduced"})) == [("row 2, column state", "capacity.reduced-without-number")]
    assert found(decode({"state": "reduced", "reduced_to": "4"})) == [
        ("row 2, column reduced_to", "capacity.reduced-to")
    ]
    assert decode({"state": "reduced", "reduced_to": "3"}).problems == ()


def test_exchanged_coordinates_are_a_warning():
    file = decode({"lon": "50.85", "lat": "5.69"})
    assert found(file) == [("row 2, column lon", "capacity.exchanged")]
    assert file.errors == ()
    assert len(file.rows) == 1


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        (b"", ["csv.empty"]),
        (b"\n \n", ["csv.empty"]),
        (b"\xef\xbb\xbf", ["csv.empty"]),
        (b"\xff\xfei\0d\0", ["csv.utf-16"]),
        (b"id,name\nA,\0", ["csv.nul"]),
        ("id,name\nA,Liège".encode("latin-1"), ["csv.encoding"]),
        (b'id,territory\n"A,NL', [*["csv.missing-column"] * 5, "csv.syntax"]),
        (csv_bytes({}).replace(b"PUMP-1", b'"PUMP-1'), ["csv.syntax"]),
        (csv_bytes({}) + b"B,NL423\r\n", ["csv.cells"]),
        (b"name,base\r\nPumps,Aachen\r\n", ["csv.missing-column"] * 7),
        (csv_bytes({}).splitlines(keepends=True)[0], ["csv.no-rows"]),
        (b"name,base\r\n", [*["csv.missing-column"] * 7, "csv.no-rows"]),
        (csv_bytes({"colour": "red"}), ["csv.unknown-column"]),
        (csv_bytes({}).replace(b"mobilisation", b"quantity"), ["csv.twice-column", "csv.missing-column"]),
    ],
    ids=lambda value: value[:20] if isinstance(value, bytes) else ",".join(value),
)
def test_a_file_that_is_no_table(text: bytes, codes: list[str]):
    file = decode_capacities(text, AROUND)
    assert [problem.code for problem in file.problems] == codes
    assert len(file.rows) == (codes == ["csv.cells"])


def test_an_encoding_error_names_its_line():
    data = csv_bytes({"id": "A"}, {"id": "B", "name": "Liège"}, encoding="latin-1")
    assert [str(problem)[:6] for problem in decode_capacities(data, AROUND).problems] == ["line 3"]


def test_a_wrong_header_does_not_hide_what_is_wrong_below_it():
    file = decode({"colour": "red", "lat": "99"}, {"id": "B", "quantity": "x"})
    assert found(file) == [
        ("row 1, column colour", "csv.unknown-column"),
        ("row 2, column lat", "capacity.range"),
        ("row 3, column quantity", "capacity.whole-number"),
    ]
    assert file.rows == ()


def test_an_endless_cell_is_named_and_not_repeated():
    file = decode({"source": "x" * 200_000}, {"id": "B", "quantity": "9" * 200_000}, {"id": "C"})
    assert found(file) == [
        ("row 2, column source", "capacity.too-long"),
        ("row 3, column quantity", "capacity.whole-number"),
    ]
    assert max(len(str(problem)) for problem in file.problems) < 200
    assert [row.code for row in file.rows] == ["C"]


def test_an_unknown_column_suggests_the_one_that_was_meant():
    file = decode({"capabilites": "HCP"})
    assert file.problems[0].params["known"] == "capabilities"


def test_semicolons_allow_decimal_commas():
    file = decode({"lon": "5,69", "cost_per_day_eur": "1250,5", "attributes": "max_current_m_per_s=1,5"}, delimiter=";")
    assert file.problems == ()
    values = file.rows[0].values
    assert (values["lon"], values["cost_per_day_eur"], values["attributes"]) == (
        5.69,
        Decimal("1250.50"),
        {"max_current_m_per_s": 1.5},
    )


def test_line_breaks_in_quotes_do_not_shift_the_rows():
    file = decode({"id": "A", "host_note": "one\ntwo\nthree"}, {"id": "B", "lat": "99"})
    assert file.rows[0].values["host_note"] == "one\ntwo\nthree"
    assert found(file) == [("row 3, column lat", "capacity.range")]


def test_empty_rows_and_padding_are_ignored():
    lines = csv_bytes({}).decode().splitlines()
    data = "\r\n".join([lines[0] + ",,", ",,,,", lines[1] + ",,", ""]).encode()
    file = decode_capacities(data, AROUND)
    assert file.problems == ()
    assert file.rows[0].row == 3


def test_a_byte_order_mark_and_capitals_in_the_header_do_not_matter():
    data = b"\xef\xbb\xbf" + csv_bytes({}).replace(b"territory", b" Territory ")
    assert decode_capacities(data, AROUND).problems == ()


@given(st.binary(max_size=200))
def test_any_bytes_give_problems_never_an_exception(data: bytes):
    assert decode_capacities(data, AROUND).problems


@given(st.lists(st.text(max_size=12), min_size=7, max_size=7))
def test_any_cells_give_problems_never_an_exception(cells: list[str]):
    row = dict(zip(REQUIRED_COLUMNS, cells, strict=True))
    data = csv_bytes(row, encoding="utf-8")
    file = decode_capacities(data, AROUND)
    assert file.problems or file.rows


# round trip

TEXTS = st.text(
    st.characters(
        codec="utf-8", exclude_categories=("Cc", "Cs"), include_characters="\n", exclude_characters="\ufffe\uffff"
    ),
    max_size=20,
).map(str.strip)
MONEY = st.decimals(0, 10**6, places=2, allow_nan=False, allow_infinity=False)
MOMENTS = st.datetimes(
    datetime.datetime(2000, 1, 1),
    NOW.replace(tzinfo=None),
    timezones=st.sampled_from([datetime.UTC, datetime.timezone(datetime.timedelta(hours=2))]),
)


def some_of(codes: Any, *, at_least: int = 0) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(sorted(codes)), min_size=at_least, max_size=4, unique=True).map(tuple)


def attribute_values() -> st.SearchStrategy[dict[str, Any]]:
    plain = TEXTS.filter(lambda text: text and "|" not in text and "\n" not in text)
    by_kind = {
        "number": st.integers(0, 5000) | st.floats(0, 1e6, allow_nan=False).map(lambda v: int(v) if v == int(v) else v),
        "yes-no": st.booleans(),
        "text": plain,
    }
    return st.dictionaries(st.sampled_from(sorted(load_attributes())), st.integers(), max_size=3).flatmap(
        lambda chosen: st.fixed_dictionaries(
            {
                code: (
                    st.sampled_from([choice.code for choice in load_attributes()[code].choices])
                    if load_attributes()[code].kind == "choice"
                    else by_kind[load_attributes()[code].kind]
                )
                for code in chosen
            }
        )
    )


@st.composite
def records(draw: st.DrawFn) -> dict[str, Any]:
    quantity = draw(st.integers(2, 1000))
    state = draw(st.sampled_from(CapacityState.values))
    return {
        "code": draw(st.from_regex(r"[A-Za-z0-9][A-Za-z0-9._-]{0,20}", fullmatch=True)),
        "owner": "NL-VR24",
        "status": "Exercise",
        "name": draw(TEXTS.filter(bool)),
        "territory": draw(st.sampled_from(sorted(load_territories()))),
        "capabilities": draw(some_of(load_capabilities(), at_least=1)),
        "quantity": quantity,
        "share_up_to": draw(st.none() | st.integers(0, quantity)),
        "base": draw(TEXTS),
        "lon": draw(st.floats(-180, 180)),
        "lat": draw(st.floats(-90, 90)),
        "mobilisation_minutes": draw(st.integers(0, 43200)),
        "languages": draw(some_of(["nl", "fr", "de", "en"])),
        "state": state,
        "reduced_to": draw(st.integers(1, quantity - 1)) if state == "reduced" else None,
        "state_until": draw(st.none() | MOMENTS),
        "state_reason": draw(TEXTS),
        "state_at": draw(MOMENTS),
        "host_needs": draw(some_of(load_host_needs())),
        "host_note": draw(TEXTS),
        "host_note_language": draw(st.sampled_from(["", "nl", "fr", "de", "en"])),
        "cost_per_day_eur": draw(st.none() | MONEY),
        "cost_mobilisation_eur": draw(st.none() | MONEY),
        "cost_per_km_eur": draw(st.none() | MONEY),
        "cost_as_of": draw(st.none() | st.dates(datetime.date(1901, 1, 1), datetime.date(2199, 12, 31))),
        "cost_basis": draw(TEXTS),
        "attributes": draw(attribute_values()),
        "release_function": draw(TEXTS),
        "release_organisation": draw(TEXTS),
        "release_channel": draw(TEXTS),
        "tlp": draw(st.sampled_from(["CLEAR", "GREEN", "AMBER", "AMBER+STRICT", "RED"])),
        "groups": draw(some_of(["BENELUX", "EMRIC"])),
        "illustrative": draw(st.booleans()),
        "source": draw(TEXTS),
    }


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(records(), max_size=4, unique_by=lambda record: record["code"]), st.sampled_from([",", ";"]))
def test_what_is_written_is_read_again(written: list[dict[str, Any]], delimiter: str):
    data = encode_capacities(written, delimiter=delimiter).encode()
    file = decode_capacities(data, AROUND)
    assert [problem.code for problem in file.errors] == ([] if written else ["csv.no-rows"])
    assert [dict(row.values) for row in file.rows] == written


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(records(), st.sampled_from(["=1+1", "+32", "-x", "@cmd", "'=quoted", "''=twice", "'plain"]))
def test_no_text_is_a_formula_and_none_is_changed(record: dict[str, Any], text: str):
    data = encode_capacities([record | {"name": text}])
    cells = next(csv.DictReader(io.StringIO(data, newline="")))
    for column in ("name", "base", "state_reason", "host_note", "source"):
        assert not cells[column].startswith(("=", "+", "-", "@"))
    assert decode_capacities(data.encode(), AROUND).rows[0].values["name"] == text


def test_each_field_has_one_column():
    assert len({column.field for column in COLUMNS}) == len({column.name for column in COLUMNS}) == len(COLUMNS)
