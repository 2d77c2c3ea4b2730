"""One message, one form in bytes: what was encoded comes back, and what is no message is refused with its place."""

from __future__ import annotations

import contextlib
import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from message_strategies import MESSAGES

from builders import CERTIFICATE, Exchange, envelope, text
from builders import request as request_of_today
from noaber.core.geo import Position
from noaber.core.messages.canonical import decode, digest, encode
from noaber.core.messages.model import (
    AssignmentInformation,
    Location,
    Message,
    ScheduleInformation,
    ScheduleType,
)
from noaber.core.problems import InvalidInput

REQUEST = (
    b'{"contacts":[{"description":"duty officer","role":"Sender"}],'
    b'"envelope":{"actor":"duty officer","agreement":"NL-BE-1984","case_id":"BE-2021-0714-02","language":"fr",'
    b'"recipients":["NL-NCC"],"sender":"BE-NCCN","status":"Exercise","tlp":"AMBER"},'
    b'"incident":{"incident_id":"BE-2021-0714-02"},'
    b'"message_id":"request","message_type":"RequestResource","originating_message_id":"request",'
    b'"resources":[{"assignment":{"quantity":4},"element_id":"line","priority":1,'
    b'"resource":{"capability":"SRBOAT"},"within_minutes":180}],'
    b'"sent_at":"2021-07-14T16:00:00Z"}'
)


def with_line(message: Message, **changes: object) -> Message:
    return replace(message, resources=(replace(message.resources[0], **changes),))


def request(*names: str, **changes: Any) -> Message:
    """A request as it was written before deadlines were moments: its bytes never change."""
    return with_line(request_of_today(*names, **changes), schedule=(), within_minutes=180)


def test_a_deadline_is_written_as_the_moment_that_it_is() -> None:
    at = datetime(2021, 7, 14, 21, 0, tzinfo=timezone(timedelta(hours=2)))
    data = encode(with_line(request_of_today(), useless_after=at))
    assert b'"schedule":[{"at":"2021-07-14T19:00:00Z","schedule_type":"RequestedArrival"}]' in data
    assert b'"useless_after":"2021-07-14T19:00:00Z"' in data
    assert decode(data).resources[0].useless_after == at


def test_the_bytes_of_a_request_never_change() -> None:
    """Digests and signatures stand on these bytes: where this fails, old journals no longer verify."""
    assert encode(request()) == REQUEST
    assert digest(request()) == "a7ef0660a83b70edcef557fb2ae5a1a1e22003d9064352aa4ff99d04e6be38bd"


@given(MESSAGES)
def test_what_was_encoded_comes_back(message: Message) -> None:
    data = encode(message)
    assert decode(data) == message
    assert encode(decode(data)) == data


@given(MESSAGES)
def test_the_form_is_sorted_and_tight_and_leaves_out_what_is_not_said(message: Message) -> None:
    data = encode(message).decode()
    plain = json.loads(data)
    assert list(plain) == sorted(plain)
    assert data.startswith('{"contacts":' if message.contacts else '{"')
    assert None not in plain.values()
    assert "" not in plain.values()
    assert [] not in plain.values()


def test_every_message_of_the_flow_comes_back() -> None:
    for message in Exchange().to_work().messages:
        assert decode(encode(message)) == message


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (180, "180"),
        (180.0, "180"),
        (0.1, "0.1"),
        (1e-7, "1e-7"),
        (0.000001, "0.000001"),
        (1.5e-10, "1.5e-10"),
        (1e21, "1e+21"),
        (1.25e21, "1.25e+21"),
        (123456789012345680000.0, "123456789012345680000"),
        (4.35, "4.35"),
        (5e-324, "5e-324"),
        (1.7976931348623157e308, "1.7976931348623157e+308"),
    ],
)
def test_a_number_is_written_as_ecmascript_does(value: float, written: str) -> None:
    data = encode(with_line(request(), within_minutes=value))
    assert f'"within_minutes":{written}}}'.encode() in data
    assert decode(data).resources[0].within_minutes == value


def test_a_negative_and_a_zero_coordinate() -> None:
    place = Location(position=Position(-4.37, -0.0))
    data = encode(with_line(request(), schedule=(ScheduleInformation(ScheduleType.REPORT_TO, location=place),)))
    assert b'"position":{"lat":0,"lon":-4.37}' in data


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_any_finite_number_comes_back(value: float) -> None:
    message = with_line(request(), assignment=AssignmentInformation(price_quote_eur=value))
    assert decode(encode(message)) == message


@pytest.mark.parametrize(
    ("at", "written"),
    [
        (datetime(2021, 7, 14, 18, 0, tzinfo=timezone(timedelta(hours=2))), "2021-07-14T16:00:00Z"),
        (datetime(2021, 7, 14, 16, 0, 0, 250000, tzinfo=UTC), "2021-07-14T16:00:00.25Z"),
        (datetime(2021, 7, 14, 16, 0, 10, tzinfo=UTC), "2021-07-14T16:00:10Z"),
        (datetime(999, 1, 1, tzinfo=UTC), "0999-01-01T00:00:00Z"),
    ],
)
def test_a_time_is_written_in_utc(at: datetime, written: str) -> None:
    message = replace(request(), envelope=envelope(said_at=at))
    assert f'"said_at":"{written}"'.encode() in encode(message)
    assert decode(encode(message)) == message


def test_the_same_moment_in_another_zone_is_the_same_message() -> None:
    brussels = timezone(timedelta(hours=2))
    said_at = datetime(2021, 7, 14, 16, 0, tzinfo=UTC)
    here, there = (replace(request(), envelope=envelope(said_at=at)) for at in (said_at, said_at.astimezone(brussels)))
    assert digest(here) == digest(there)


def test_words_are_kept_as_they_were_written() -> None:
    message = replace(request(), description=text('Étang "Vesdre"\n\t\\ 漢 \U0001f692', "fr"))
    assert 'Étang \\"Vesdre\\"\\n\\t\\\\ 漢 \U0001f692'.encode() in encode(message)
    assert decode(encode(message)) == message


def test_one_changed_field_changes_the_digest() -> None:
    changed = with_line(request(), certificate=CERTIFICATE)
    assert digest(changed) != digest(request())


@pytest.mark.parametrize(
    ("message", "where", "code"),
    [
        (replace(request(), description=text("a\x00b")), "/description/text", "message.character"),
        (replace(request(), description=text("a\ud800")), "/description/text", "message.character"),
        (replace(request(), envelope=envelope(said_at=datetime(2021, 7, 14))), "/envelope/said_at", "message.time"),
        (with_line(request(), within_minutes=float("nan")), "/resources/0/within_minutes", "input.type"),
        (with_line(request(), within_minutes=float("inf")), "/resources/0/within_minutes", "input.type"),
        (
            with_line(request(), assignment=AssignmentInformation(quantity=2**53)),
            "/resources/0/assignment/quantity",
            "input.type",
        ),
    ],
)
def test_what_has_no_form_is_refused(message: Message, where: str, code: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        encode(message)
    assert [(problem.where, problem.code) for problem in refused.value.problems] == [(where, code)]


def test_a_time_without_a_moment_in_utc_is_refused() -> None:
    first_day = datetime(1, 1, 1, tzinfo=timezone(timedelta(hours=14)))
    with pytest.raises(InvalidInput):
        encode(replace(request(), envelope=envelope(said_at=first_day)))


def edited(path: str, value: object) -> bytes:
    """The request with the value at a JSON pointer replaced, or, where it is ..., taken out."""
    plain = json.loads(REQUEST)
    *parents, last = [int(part) if part.isdigit() else part for part in path.split("/")[1:]]
    place = plain
    for part in parents:
        place = place[part]
    if value is ...:
        del place[last]
    else:
        place[last] = value
    return json.dumps(plain).encode()


@pytest.mark.parametrize(
    ("path", "value", "where", "code"),
    [
        ("/shape", 1, "/shape", "input.unknown-key"),
        ("/a~b", 1, "/a~0b", "input.unknown-key"),
        ("/envelope/colour", "red", "/envelope/colour", "input.unknown-key"),
        ("/sent_at", ..., "", "input.missing"),
        ("/envelope/tlp", ..., "/envelope", "input.missing"),
        ("/message_id", 7, "/message_id", "input.type"),
        ("/message_id", None, "/message_id", "input.type"),
        ("/message_type", "OrderPizza", "/message_type", "input.type"),
        ("/message_type", [], "/message_type", "input.type"),
        ("/sent_at", "2021-07-14T16:00:00", "/sent_at", "input.type"),
        ("/sent_at", "2021-07-14 16:00:00Z", "/sent_at", "input.type"),
        ("/sent_at", "2021-02-30T16:00:00Z", "/sent_at", "input.type"),
        ("/sent_at", "0001-01-01T00:00:00+14:00", "/sent_at", "input.type"),
        ("/sent_at", 1626278400, "/sent_at", "input.type"),
        ("/resources", {}, "/resources", "input.type"),
        ("/resources/0", "line", "/resources/0", "input.type"),
        ("/resources/0/priority", 1.5, "/resources/0/priority", "input.type"),
        ("/resources/0/priority", True, "/resources/0/priority", "input.type"),
        ("/resources/0/risk_checked", 1, "/resources/0/risk_checked", "input.type"),
        ("/resources/0/within_minutes", "180", "/resources/0/within_minutes", "input.type"),
        ("/resources/0/within_minutes", False, "/resources/0/within_minutes", "input.type"),
        ("/resources/0/within_minutes", 10**400, "/resources/0/within_minutes", "input.type"),
        ("/description", {"text": "\x07", "language": "fr"}, "/description/text", "message.character"),
        ("/envelope/recipients", ["NL-NCC", 3], "/envelope/recipients/1", "input.type"),
    ],
)
def test_what_is_no_message_is_refused_with_its_place(path: str, value: object, where: str, code: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        decode(edited(path, value))
    assert [(problem.where, problem.code) for problem in refused.value.problems] == [(where, code)]
    assert all(problem.message for problem in refused.value.problems)


def test_every_problem_is_told_at_once() -> None:
    with pytest.raises(InvalidInput) as refused:
        decode(b'{"message_id": 1, "shape": 2}')
    assert len(refused.value.problems) == 6


def test_a_place_outside_the_earth_is_refused() -> None:
    location = {"schedule_type": "ReportTo", "location": {"position": {"lon": 200, "lat": 50}}}
    with pytest.raises(InvalidInput, match="longitude"):
        decode(edited("/resources/0/schedule", [location]))


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{",
        b"\xff\xfe",
        b"[]",
        b"null",
        b'"text"',
        b"NaN",
        b"[" * 100_000,
        b'{"message_id": NaN}',
        b"9" * 5000,
        REQUEST.replace(b'"sent_at":', b'"sent_at":"2021-07-14T16:00:01Z","sent_at":'),
    ],
)
def test_what_is_no_json_object_is_refused(data: bytes) -> None:
    with pytest.raises(InvalidInput):
        decode(data)


@given(st.binary(max_size=60) | st.text(max_size=60))
def test_no_input_breaks_the_reader(data: bytes | str) -> None:
    with pytest.raises(InvalidInput):
        decode(data)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=5), inner, max_size=2),
    max_leaves=5,
)


PLACES = ["/message_id", "/sent_at", "/envelope", "/envelope/status", "/resources", "/resources/0/priority"]


@given(st.sampled_from(PLACES), JSON)
def test_no_value_in_any_place_breaks_the_reader(path: str, value: object) -> None:
    """Whatever stands there: a message, or a refusal with its problems."""
    with contextlib.suppress(InvalidInput):
        message = decode(edited(path, value))
        assert decode(encode(message)) == message
