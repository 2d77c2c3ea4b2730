"""Agreements from JSON values, with every problem at its place (a JSON pointer).

The inverse is `encode.py`. A field that is left out is unknown (or empty, for lists of relations, exceptions and
notes); `"unknown"` and `"none"` may be written wherever the model allows them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields
from datetime import date
from enum import Enum
from typing import Any, Final, TypeVar

from noaber.core.agreements.model import (
    Absent,
    Agreement,
    Authority,
    CertificateRule,
    Checked,
    Confidence,
    CostRule,
    Kind,
    Level,
    Remark,
    Source,
    Trigger,
)
from noaber.core.agreements.scope import ANY, EVERYTHING, NOT_ESTABLISHED, Match, Scope, Territories
from noaber.core.agreements.wording import LANGUAGES, Wording
from noaber.core.problems import InvalidInput, Problem

E = TypeVar("E", bound=Enum)
T = TypeVar("T")

Reader = Callable[[Any, str], T]

_TERRITORY: Final = re.compile(r"\*|[A-Z]{2}[0-9A-Z]{0,3}")
_MATCH_NAMES: Final = {"yes": Match.YES, "no": Match.NO, "unknown": Match.UNKNOWN}


class _Wrong(Exception):
    """What is wrong with a value; carries the problems found in it."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__()
        self.problems = problems


def decode_agreement(value: object, where: str = "") -> Agreement:
    """One agreement from its JSON value.

    Parameters
    ----------
    value
        What `json.loads` gives.
    where
        JSON pointer of `value` in its document, put before every place named.

    Raises
    ------
    InvalidInput
        With every problem found, each at its JSON pointer.
    """
    try:
        return _agreement(value, where)
    except _Wrong as wrong:
        raise InvalidInput(wrong.problems) from None


def decode_agreements(values: object, where: str = "") -> tuple[Agreement, ...]:
    """A list of agreements; the problems of all of them are raised together."""
    try:
        return _list_of(_agreement)(values, where)
    except _Wrong as wrong:
        raise InvalidInput(wrong.problems) from None


def _agreement(value: Any, where: str) -> Agreement:
    return Agreement(**_object(value, where, _AGREEMENT, required=_REQUIRED))


def _object(
    value: Any, where: str, readers: Mapping[str, Reader[Any]], *, required: Sequence[str] = ()
) -> dict[str, Any]:
    """Each key read by its reader; unknown and missing keys, and the problems of all values, are told together."""
    _expect(isinstance(value, dict), "an object", value, where)
    problems = [Problem("input.missing", where, {"key": key}) for key in required if key not in value]
    read: dict[str, Any] = {}
    for key, content in value.items():
        place = f"{where}/{_escaped(key)}"
        if key not in readers:
            problems.append(Problem("input.unknown-key", place, {"key": key, "known": ", ".join(readers)}))
            continue
        try:
            read[key] = readers[key](content, place)
        except _Wrong as wrong:
            problems.extend(wrong.problems)
    if problems:
        raise _Wrong(*problems)
    return read


def _escaped(key: str) -> str:
    return str(key).replace("~", "~0").replace("/", "~1")


def _expect(holds: bool, expected: str, found: object, where: str) -> None:
    if not holds:
        raise _Wrong(Problem("input.type", where, {"expected": expected, "found": _described(found)}))


def _described(value: object) -> str:
    if isinstance(value, dict):
        return "an object"
    if isinstance(value, list):
        return "a list"
    text = str(value)
    return f"“{text[:40]}”" if isinstance(value, str) else text[:40]


def _list_of(reader: Reader[T]) -> Reader[tuple[T, ...]]:
    def read(value: Any, where: str) -> tuple[T, ...]:
        _expect(isinstance(value, list), "a list", value, where)
        items: list[T] = []
        problems: list[Problem] = []
        for index, item in enumerate(value):
            try:
                items.append(reader(item, f"{where}/{index}"))
            except _Wrong as wrong:
                problems.extend(wrong.problems)
        if problems:
            raise _Wrong(*problems)
        return tuple(items)

    return read


def _or_absent(reader: Reader[T]) -> Reader[T | Absent]:
    """The reader, or one of the words for a value that is not there."""

    def read(value: Any, where: str) -> T | Absent:
        if isinstance(value, str) and value in {absent.value for absent in Absent}:
            return Absent(value)
        return reader(value, where)

    return read


def _enum(kind: type[E]) -> Reader[E]:
    names = {member.value: member for member in kind}

    def read(value: Any, where: str) -> E:
        _expect(isinstance(value, str) and value in names, "one of " + ", ".join(names), value, where)
        return names[value]

    return read


def _string(value: Any, where: str) -> str:
    _expect(isinstance(value, str) and value.strip() != "", "a text", value, where)
    return str(value)


def _territory(value: Any, where: str) -> str:
    fits = isinstance(value, str) and _TERRITORY.fullmatch(value) is not None
    _expect(fits, "a NUTS code such as BE33", value, where)
    return str(value)


def _day(value: Any, where: str) -> date:
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        raise _Wrong(
            Problem("input.type", where, {"expected": "a day such as 2024-06-24", "found": _described(value)})
        ) from None


def _truth(value: Any, where: str) -> bool:
    _expect(isinstance(value, bool), "true or false", value, where)
    return bool(value)


def _number(value: Any, where: str) -> int:
    fits = isinstance(value, int) and not isinstance(value, bool) and value > 0
    _expect(fits, "a number from 1 up", value, where)
    return int(value)


def _wording(value: Any, where: str) -> Wording:
    texts = _object(value, where, dict.fromkeys(LANGUAGES, _string))
    _expect(bool(texts), "a text in nl, fr, de or en", value, where)
    return Wording(**texts)


def _scope(value: Any, where: str) -> Scope:
    """`"*"`, `"unknown"`, a list of what is covered, or an object that says it all."""
    if value == ANY:
        return EVERYTHING
    if value == Absent.UNKNOWN.value:
        return NOT_ESTABLISHED
    if isinstance(value, list):
        return Scope(yes=_codes(value, where))
    parts = _object(value, where, {**dict.fromkeys(_MATCH_NAMES, _codes), "otherwise": _match})
    try:
        return Scope(**parts)
    except ValueError:
        raise _Wrong(Problem("agreements.code-twice", where)) from None


def _codes(value: Any, where: str) -> frozenset[str]:
    return frozenset(_list_of(_string)(value, where))


def _match(value: Any, where: str) -> Match:
    fits = isinstance(value, str) and value in _MATCH_NAMES
    _expect(fits, "one of " + ", ".join(_MATCH_NAMES), value, where)
    return _MATCH_NAMES[value]


def _territories(value: Any, where: str) -> Territories:
    """A list of codes that are covered in full, or an object with `codes` and `within`."""
    if isinstance(value, list):
        return Territories(_list_of(_territory)(value, where))
    return Territories(**_object(value, where, dict.fromkeys(("codes", "within"), _list_of(_territory))))


def _authority(value: Any, where: str) -> Authority:
    readers = {"role": _string, "territory": _territory, "organisation": _string, "signs": _truth}
    return Authority(**_object(value, where, readers, required=("role",)))


def _source(value: Any, where: str) -> Source:
    readers: dict[str, Reader[Any]] = {"number": _number, "address": _string}
    return Source(**_object(value, where, readers, required=("number", "address")))


def _checked(value: Any, where: str) -> Checked:
    return Checked(**_object(value, where, {"on": _day, "by": _string}, required=("on", "by")))


def _remark(value: Any, where: str) -> Remark:
    readers = {"confidence": _enum(Confidence), "sources": _list_of(_number), "supposed": _wording}
    return Remark(**_object(value, where, readers, required=("confidence",)))


def _remarks(value: Any, where: str) -> dict[str, Remark]:
    names = [field.name for field in fields(Agreement)]
    return _object(value, where, dict.fromkeys(names, _remark))


_AGREEMENT: Final[dict[str, Reader[Any]]] = {
    "id": _string,
    "title": _wording,
    "kind": _enum(Kind),
    "level": _enum(Level),
    "parties": _list_of(_string),
    "providers": _territories,
    "receivers": _territories,
    "provider_organisations": _list_of(_string),
    "signed": _or_absent(_day),
    "in_force": _or_absent(_day),
    "counted_from": _day,
    "valid_until": _or_absent(_day),
    "replaces": _list_of(_string),
    "supplements": _list_of(_string),
    "implements": _list_of(_string),
    "requester_roles": _or_absent(_list_of(_authority)),
    "granter_roles": _or_absent(_list_of(_authority)),
    "channels": _or_absent(_list_of(_string)),
    "help_types": _scope,
    "hazards": _scope,
    "trigger": _or_absent(_enum(Trigger)),
    "border_rule": _or_absent(_wording),
    "certificate_required": _or_absent(_enum(CertificateRule)),
    "command_rule": _or_absent(_wording),
    "cost_rule": _or_absent(_enum(CostRule)),
    "cost_exceptions": _list_of(_wording),
    "liability_rule": _or_absent(_wording),
    "claim_deadline": _or_absent(_wording),
    "notes": _list_of(_wording),
    "checked": _checked,
    "confidence": _enum(Confidence),
    "sources": _list_of(_source),
    "remarks": _remarks,
}

_REQUIRED: Final = (
    "id",
    "title",
    "kind",
    "level",
    "parties",
    "providers",
    "receivers",
    "help_types",
    "hazards",
    "checked",
    "confidence",
    "sources",
)
