"""The columns of a file of capacities: how a cell is read, and how a value is written back.

The names of the required ones are those of UNITS.csv of `noaber reach`. One table serves the import, the export and
the page that explains the format, so that what is exported can be imported again without loss.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any, Final

from noaber.apps.accounts.enums import TlpLabel
from noaber.apps.registry import fields
from noaber.apps.registry.coded import LANGUAGE_CODES
from noaber.apps.registry.enums import CapacityState
from noaber.apps.registry.fields import MAX_MOBILISATION_MINUTES, MAX_QUANTITY, SEPARATOR, BadText
from noaber.apps.registry.parts import read_day

CLOCK_TOLERANCE: Final = timedelta(minutes=5)
"""Clocks of two systems differ by less than this."""


@dataclass(frozen=True)
class Surroundings:
    """What a file is read against."""

    owner: str
    status: str
    groups: frozenset[str]
    now: datetime
    decimal_comma: bool = False


Read = Callable[[str, Surroundings], Any]


@dataclass(frozen=True)
class Column:
    """One column.

    Parameters
    ----------
    name
        In the first row of the file.
    field
        The field of the capacity.
    read
        From a cell that is not empty; raises `BadText`.
    write
        From the field's value, never None.
    empty
        What an empty cell means; ignored where the column is required.
    """

    name: str
    field: str
    read: Read
    write: Callable[[Any], str] = str
    empty: Any = ""
    required: bool = False


def _text(longest: int) -> Read:
    return lambda text, _: fields.read_text(text, longest=longest)


def _choice(*choices: str) -> Read:
    return lambda text, _: fields.read_choice(text, choices)


def _same(expected: Callable[[Surroundings], str], problem: str) -> Read:
    def read(text: str, around: Surroundings) -> str:
        if text != expected(around):
            raise BadText(problem, text=text, expected=expected(around))
        return text

    return read


def _past_moment(text: str, around: Surroundings) -> datetime:
    value = fields.read_moment(text)
    if value > around.now + CLOCK_TOLERANCE:
        raise BadText("capacity.future", text=text)
    return value


def _write_list(values: Any) -> str:
    return SEPARATOR.join(values)


def _write_moment(value: datetime) -> str:
    return value.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _write_money(value: Decimal) -> str:
    return f"{value:.2f}"


def _write_yes_no(value: bool) -> str:
    return "yes" if value else "no"


def _coordinate(bound: float) -> Read:
    return lambda text, around: fields.read_number(
        text, lowest=-bound, highest=bound, decimal_comma=around.decimal_comma
    )


COLUMNS: Final[tuple[Column, ...]] = (
    Column("id", "code", lambda text, _: fields.read_code(text), required=True),
    Column("owner", "owner", _same(lambda around: around.owner, "capacity.owner"), empty=None),
    Column("status", "status", _same(lambda around: around.status, "capacity.status"), empty=None),
    Column("name", "name", _text(160)),
    Column("territory", "territory", lambda text, _: fields.read_territory(text), required=True),
    Column("capabilities", "capabilities", lambda text, _: fields.read_capabilities(text), _write_list, required=True),
    Column(
        "quantity",
        "quantity",
        lambda text, _: fields.read_whole(text, lowest=1, highest=MAX_QUANTITY),
        required=True,
    ),
    Column(
        "share_up_to",
        "share_up_to",
        lambda text, _: fields.read_whole(text, lowest=0, highest=MAX_QUANTITY),
        empty=None,
    ),
    Column("base", "base", _text(120)),
    Column("lon", "lon", _coordinate(180), repr, required=True),
    Column("lat", "lat", _coordinate(90), repr, required=True),
    Column(
        "mobilisation",
        "mobilisation_minutes",
        lambda text, _: fields.read_whole(text, lowest=0, highest=MAX_MOBILISATION_MINUTES),
        required=True,
    ),
    Column(
        "languages",
        "languages",
        lambda text, _: fields.read_codes(text, frozenset(LANGUAGE_CODES), "capacity.language"),
        _write_list,
        empty=(),
    ),
    Column("state", "state", _choice(*CapacityState.values), empty=CapacityState.AVAILABLE.value),
    Column(
        "reduced_to",
        "reduced_to",
        lambda text, _: fields.read_whole(text, lowest=1, highest=MAX_QUANTITY),
        empty=None,
    ),
    Column("state_until", "state_until", lambda text, _: fields.read_moment(text), _write_moment, empty=None),
    Column("state_reason", "state_reason", _text(200)),
    Column("state_at", "state_at", _past_moment, _write_moment, empty=None),
    Column("host_needs", "host_needs", lambda text, _: fields.read_host_needs(text), _write_list, empty=()),
    Column("host_note", "host_note", _text(2000)),
    Column("host_note_language", "host_note_language", _choice("nl", "fr", "de", "en")),
    Column(
        "cost_per_day_eur",
        "cost_per_day_eur",
        lambda text, around: fields.read_money(text, decimal_comma=around.decimal_comma),
        _write_money,
        empty=None,
    ),
    Column(
        "cost_mobilisation_eur",
        "cost_mobilisation_eur",
        lambda text, around: fields.read_money(text, decimal_comma=around.decimal_comma),
        _write_money,
        empty=None,
    ),
    Column(
        "cost_per_km_eur",
        "cost_per_km_eur",
        lambda text, around: fields.read_money(text, decimal_comma=around.decimal_comma),
        _write_money,
        empty=None,
    ),
    Column("cost_as_of", "cost_as_of", lambda text, _: read_day(text), lambda day: day.isoformat(), empty=None),
    Column("cost_basis", "cost_basis", _text(200)),
    Column(
        "attributes",
        "attributes",
        lambda text, around: fields.read_attributes(text, decimal_comma=around.decimal_comma),
        fields.write_attributes,
        empty={},
    ),
    Column("release_function", "release_function", _text(160)),
    Column("release_organisation", "release_organisation", _text(160)),
    Column("release_channel", "release_channel", _text(160)),
    Column("tlp", "tlp", lambda text, _: _tlp(text), empty=None),
    Column(
        "groups",
        "groups",
        lambda text, around: fields.read_codes(text, around.groups, "capacity.group"),
        _write_list,
        empty=(),
    ),
    Column("illustrative", "illustrative", lambda text, _: fields.read_yes_no(text), _write_yes_no, empty=False),
    Column("source", "source", _text(300)),
)

BY_NAME: Final[Mapping[str, Column]] = {column.name: column for column in COLUMNS}
REQUIRED: Final = tuple(column.name for column in COLUMNS if column.required)
TLP_LABELS: Final = tuple(TlpLabel.values)


def _tlp(text: str) -> str:
    return fields.read_choice(text.upper().removeprefix("TLP:"), TLP_LABELS)
