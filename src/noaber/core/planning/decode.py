"""Reading a problem file: JSON in, a `Problem` out, or every problem in it with its JSON pointer.

The format is the contract's; nothing is guessed and nothing unknown is passed over. Two things are allowed
beyond it: empty lists, and a `home_cover` row of an owner without units (0 teams of 0 stay), which the plan
names in its warnings.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any, Final, TypeVar

from noaber.core import json_input
from noaber.core.geo import Position
from noaber.core.json_input import Reader, step
from noaber.core.planning.problem import (
    MAX_MINUTES,
    MAX_TEAMS,
    Agreement,
    EstimatedTravel,
    HomeCover,
    Incident,
    MatrixTravel,
    Need,
    Problem,
    Reservation,
    RoadTravel,
    Travel,
    Unit,
)
from noaber.core.problems import InvalidInput
from noaber.core.problems import Problem as Fault

T = TypeVar("T")

TERRITORY: Final = re.compile(r"[A-Z]{2}[A-Z0-9]{0,3}")
_A_TERRITORY: Final = "a NUTS code such as NL, NL42 or BE335"
_MINUTES: Final = f"a number of minutes from 0 to {MAX_MINUTES:.0f}"
_DEADLINE: Final = "a number of minutes, 0 or more"
_NO_LIMIT: Final = 1.7e308
_MAX_SPEED_KM_H: Final = 1_000_000.0
_MIN_SPEED_KM_H: Final = 0.001
_MAX_DETOUR: Final = 1000.0

_TOP: Final = ("now", "units", "home_cover", "reservations", "agreements", "incidents", "travel")
_UNIT: Final = ("id", "owner", "territory", "capabilities", "quantity", "lon", "lat", "mobilisation")
_HOME_COVER: Final = ("owner", "capability", "minimum")
_RESERVATION: Final = ("unit", "quantity", "from", "to", "event")
_AGREEMENT: Final = (
    *("id", "providers", "receivers", "capabilities", "hazards", "approval"),
    *("title", "channel", "cost_rule", "source"),
)
_INCIDENT: Final = ("id", "territory", "hazard", "lon", "lat", "needs")
_NEED: Final = ("id", "capability", "quantity", "within", "priority", "latest")
_TRAVEL: Final = {
    "estimate": ("model", "speed", "detour"),
    "matrix": ("model", "minutes"),
    "road": ("model", "network", "closures"),
}


def decode_problem(data: bytes) -> Problem:
    """The problem that a file's bytes state.

    Raises
    ------
    InvalidInput
        With every problem found, each with its JSON pointer (line and column where it is not JSON at all).
    """
    return decode_value(json_input.parse(data))


def decode_value(value: Any) -> Problem:
    """The problem that a parsed JSON value states; see `decode_problem`."""
    faults: list[Fault] = []
    top = Reader(value, json_input.ROOT, faults, known=_TOP)
    problem = _problem(top) if isinstance(value, dict) else None
    if faults or problem is None:
        raise InvalidInput(faults)
    return problem


def decode_agreements(data: bytes) -> tuple[Agreement, ...]:
    """The agreements of a file with the one key `agreements`, as a problem file holds them.

    Raises
    ------
    InvalidInput
        With every problem found, each with its JSON pointer.
    """
    faults: list[Fault] = []
    top = Reader(json_input.parse(data), json_input.ROOT, faults, known=("agreements",))
    if top.ok:
        top.raw("agreements")
    agreements = tuple(_unique(_agreements(top)))
    if faults:
        raise InvalidInput(faults)
    return agreements


def _problem(top: Reader) -> Problem | None:
    now = top.instant("now")
    units = _unique(_units(top))
    unit_ids = _ids(top.optional_items("units"))
    home_cover = list(_home_cover(top))
    reservations = list(_reservations(top, unit_ids))
    agreements = _unique(_agreements(top))
    incidents = _unique(_incidents(top))
    travel = _travel(top, unit_ids, _ids(top.optional_items("incidents")))
    if top.problems or now is None or travel is None:
        return None
    return Problem(
        now=now,
        units=tuple(units),
        incidents=tuple(incidents),
        travel=travel,
        home_cover=tuple(home_cover),
        reservations=tuple(reservations),
        agreements=tuple(agreements),
    )


def _ids(values: Iterable[Any]) -> frozenset[str]:
    """The ids that can be referred to, also those of entries with another problem."""
    entries = (value.get("id") for value in values if isinstance(value, dict))
    return frozenset(str(one) for one in entries if json_input.is_text(one))


def _unique(entries: Iterable[tuple[Reader, str, T | None]]) -> list[T]:
    """The values of the entries without a problem; a problem for each id that was used before."""
    seen: set[str] = set()
    values = []
    for reader, name, value in entries:
        if name and name in seen:
            reader.refuse_duplicate("id")
        seen.add(name)
        if value is not None:
            values.append(value)
    return values


def _territory(reader: Reader) -> str:
    code = reader.text("territory")
    if code and not TERRITORY.fullmatch(code):
        reader.refuse("territory", _A_TERRITORY)
    return code


def _position(reader: Reader) -> Position | None:
    lon = reader.number("lon", expected="degrees east from -180 to 180", low=-180, high=180)
    lat = reader.number("lat", expected="degrees north from -90 to 90", low=-90, high=90)
    return Position(lon, lat) if lon == lon and lat == lat else None


def _minutes(reader: Reader, key: str) -> float:
    return reader.number(key, expected=_MINUTES, low=0, high=MAX_MINUTES)


def _teams(reader: Reader, key: str) -> int:
    return reader.whole(key, low=0, high=MAX_TEAMS)


def _units(top: Reader) -> Iterator[tuple[Reader, str, Unit | None]]:
    for reader in top.members("units", top.items("units"), known=_UNIT):
        name = reader.text("id")
        owner, territory = reader.text("owner"), _territory(reader)
        capabilities = frozenset(reader.texts("capabilities"))
        quantity, position = _teams(reader, "quantity"), _position(reader)
        mobilisation = _minutes(reader, "mobilisation")
        if not reader.ok or position is None:
            yield reader, name, None
            continue
        yield reader, name, Unit(name, owner, territory, capabilities, quantity, position, mobilisation)


def _home_cover(top: Reader) -> Iterator[HomeCover]:
    for reader in top.members("home_cover", top.optional_items("home_cover"), known=_HOME_COVER):
        owner, capability = reader.text("owner"), reader.text("capability")
        minimum = _teams(reader, "minimum")
        if reader.ok:
            yield HomeCover(owner, capability, minimum)


def _reservations(top: Reader, unit_ids: frozenset[str]) -> Iterator[Reservation]:
    for reader in top.members("reservations", top.optional_items("reservations"), known=_RESERVATION):
        unit, quantity = reader.text("unit"), _teams(reader, "quantity")
        begins_at, ends_at = reader.instant("from"), reader.instant("to")
        event = reader.text("event")
        if unit and unit not in unit_ids:
            reader.refuse_reference("unit", "unit")
        if begins_at and ends_at and ends_at <= begins_at:
            reader.refuse("to", "a time after “from”")
        if reader.ok and begins_at and ends_at:
            yield Reservation(unit, quantity, begins_at, ends_at, event)


def _agreements(top: Reader) -> Iterator[tuple[Reader, str, Agreement | None]]:
    for reader in top.members("agreements", top.optional_items("agreements"), known=_AGREEMENT):
        name = reader.text("id")
        agreement = _agreement(reader, name)
        yield reader, name, agreement


def _agreement(reader: Reader, name: str) -> Agreement | None:
    providers = reader.matching_texts("providers", TERRITORY, _A_TERRITORY)
    receivers = reader.matching_texts("receivers", TERRITORY, _A_TERRITORY)
    capabilities, hazards = frozenset(reader.texts("capabilities")), frozenset(reader.texts("hazards"))
    approval = _minutes(reader, "approval")
    shown = {key: reader.optional_text(key) for key in ("title", "channel", "cost_rule", "source")}
    if not reader.ok:
        return None
    return Agreement(name, providers, receivers, capabilities, hazards, approval, **shown)


def _incidents(top: Reader) -> Iterator[tuple[Reader, str, Incident | None]]:
    for reader in top.members("incidents", top.items("incidents"), known=_INCIDENT):
        name, territory, hazard = reader.text("id"), _territory(reader), reader.text("hazard")
        position = _position(reader)
        needs = _unique(_needs(reader))
        if not reader.ok or position is None or reader.problems:
            yield reader, name, None
            continue
        yield reader, name, Incident(name, territory, hazard, position, tuple(needs))


def _needs(incident: Reader) -> Iterator[tuple[Reader, str, Need | None]]:
    for reader in incident.members("needs", incident.items("needs"), known=_NEED):
        name, capability = reader.text("id"), reader.text("capability")
        quantity, priority = _teams(reader, "quantity"), reader.whole("priority", low=1, high=3)
        within = reader.number("within", expected=_DEADLINE, low=0, high=_NO_LIMIT)
        latest = None
        if reader.has("latest"):
            latest = reader.number("latest", expected=_DEADLINE, low=0, high=_NO_LIMIT)
        need = Need(name, capability, quantity, within, priority, latest) if reader.ok else None
        yield reader, name, need


def _travel(top: Reader, unit_ids: frozenset[str], incident_ids: frozenset[str]) -> Travel | None:
    value = top.raw("travel")
    if not isinstance(value, dict):
        if top.has("travel"):
            top.refuse("travel", "an object with a “model”")
        return None
    model = value.get("model")
    if not isinstance(model, str) or model not in _TRAVEL:
        reader = top.member("travel", known=sorted({key for keys in _TRAVEL.values() for key in keys}))
        if reader.has("model"):
            reader.refuse("model", "“estimate”, “matrix” or “road”")
        else:
            reader.raw("model")
        return None
    reader = top.member("travel", known=_TRAVEL[model])
    match model:
        case "estimate":
            return _estimated(reader)
        case "matrix":
            return _matrix(reader, unit_ids, incident_ids)
        case _:
            return _road(reader)


def _estimated(reader: Reader) -> EstimatedTravel | None:
    speed = reader.number(
        "speed",
        expected=f"km/h from {_MIN_SPEED_KM_H} to {_MAX_SPEED_KM_H:.0f}",
        low=_MIN_SPEED_KM_H,
        high=_MAX_SPEED_KM_H,
    )
    detour = reader.number(
        "detour", expected=f"a factor above 0, at most {_MAX_DETOUR:.0f}", low=0, high=_MAX_DETOUR, above=True
    )
    return EstimatedTravel(speed, detour) if reader.ok else None


def _matrix(reader: Reader, unit_ids: frozenset[str], incident_ids: frozenset[str]) -> MatrixTravel | None:
    value = reader.raw("minutes")
    if not isinstance(value, dict):
        if reader.has("minutes"):
            reader.refuse("minutes", "an object with minutes by unit and incident")
        return None
    rows = reader.member("minutes", known=tuple(value))
    _note_unknown(rows, value, unit_ids, "unit")
    minutes = {unit: _matrix_row(rows, unit, incident_ids) for unit in rows.names()}
    return MatrixTravel(minutes)


def _note_unknown(reader: Reader, value: dict[str, Any], ids: frozenset[str], kind: str) -> None:
    """Note each key that is not one of `ids`."""
    for key in sorted(value.keys() - ids):
        where = step(reader.pointer, key)
        reader.problems.append(Fault("input.reference", where, {"kind": kind, "id": key}))


def _matrix_row(rows: Reader, unit: str, incident_ids: frozenset[str]) -> dict[str, float]:
    value = rows.raw(unit)
    row = rows.member(unit, known=tuple(value) if isinstance(value, dict) else ())
    if not row.ok:
        return {}
    _note_unknown(row, value, incident_ids, "incident")
    return {incident: _minutes(row, incident) for incident in row.names()}


def _road(reader: Reader) -> RoadTravel | None:
    network = reader.text("network")
    closures = reader.text("closures") if reader.has("closures") else None
    return RoadTravel(network, closures) if reader.ok else None
