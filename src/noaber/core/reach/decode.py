"""UNITS.csv and PLACES.csv of `noaber reach`, and its agreements: bytes in, values out, or every problem."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, TypeVar

from noaber.core.geo import Position
from noaber.core.planning.decode import TERRITORY, decode_agreements
from noaber.core.planning.problem import MAX_TEAMS, Agreement, Unit
from noaber.core.problems import InvalidInput, Problem
from noaber.core.reach.question import MAX_MINUTES, Place
from noaber.core.reach.tables import Row, rows_of

T = TypeVar("T", Unit, Place)

UNIT_COLUMNS: Final = ("id", "owner", "territory", "capabilities", "quantity", "lon", "lat", "mobilisation")
PLACE_COLUMNS: Final = ("id", "territory", "lon", "lat")
"""Those that are computed with; `name` and `population` may be absent."""
_MOST_PEOPLE: Final = 10_000_000_000


def decode_units(data: bytes) -> tuple[Unit, ...]:
    """The units of a UNITS.csv.

    Raises
    ------
    InvalidInput
        With every problem found, each with its row and column.
    """
    return _decoded(data, UNIT_COLUMNS, _unit)


def decode_places(data: bytes) -> tuple[Place, ...]:
    """The places of a PLACES.csv; see `decode_units`."""
    return _decoded(data, PLACE_COLUMNS, _place)


def decode_texts(data: bytes) -> tuple[Agreement, ...]:
    """The agreements of an AGREEMENTS.json.

    Raises
    ------
    InvalidInput
        With every problem found, each with its JSON pointer.
    """
    agreements = decode_agreements(data)
    too_long = [number for number, agreement in enumerate(agreements) if agreement.approval > MAX_MINUTES]
    if too_long:
        expected = f"a number of minutes from 0 to {MAX_MINUTES:.0f}"
        raise InvalidInput(
            Problem(
                "input.type",
                f"/agreements/{number}/approval",
                {"expected": expected, "found": f"{agreements[number].approval:.0f}"},
            )
            for number in too_long
        )
    return agreements


def _decoded(data: bytes, columns: tuple[str, ...], read: Callable[[Row], T | None]) -> tuple[T, ...]:
    problems: list[Problem] = []
    first: dict[str, int] = {}
    values = []
    for row in rows_of(data, columns, problems):
        name = row.optional_text("id")
        if name and first.setdefault(name, row.number) != row.number:
            row.refuse("id", "csv.twice-id", id=name, first=first[name])
        value = read(row)
        if value is not None:
            values.append(value)
    if problems:
        raise InvalidInput(problems)
    return tuple(values)


def _unit(row: Row) -> Unit | None:
    name, owner, territory = row.text("id"), row.text("owner"), _territory(row)
    capabilities = frozenset(code.strip() for code in row.text("capabilities").split("|")) - {""}
    if row.optional_text("capabilities") and not capabilities:
        row.refuse("capabilities", "capacity.no-capability")
    quantity = row.whole_between("quantity", 0, MAX_TEAMS)
    lon, lat = _degrees(row)
    mobilisation = row.number_between("mobilisation", 0.0, MAX_MINUTES)
    if not row.ok:
        return None
    return Unit(name, owner, territory, capabilities, quantity, Position(lon, lat), mobilisation)


def _place(row: Row) -> Place | None:
    name, territory = row.text("id"), _territory(row)
    lon, lat = _degrees(row)
    population = row.whole_between("population", 0, _MOST_PEOPLE) if row.optional_text("population") else None
    if not row.ok:
        return None
    return Place(name, row.optional_text("name"), territory, Position(lon, lat), population)


def _territory(row: Row) -> str:
    code = row.text("territory")
    if code and not TERRITORY.fullmatch(code):
        row.refuse("territory", "capacity.territory", text=code)
    return code


def _degrees(row: Row) -> tuple[float, float]:
    return row.number_between("lon", -180.0, 180.0), row.number_between("lat", -90.0, 90.0)
