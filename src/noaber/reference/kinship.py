"""What a type of help holds of another, and what it can do the task of: facts of `capabilities.json`.

A number that is not known is null, and stays unknown: nobody is told that a platoon holds four engines because another
country's does. A capacity's own list of vehicles says more exactly what it holds, where a kind of vehicle is a type
of help.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from noaber.core.capability_match import Kinship, Nearness, Part, Service
from noaber.reference.files import read_data_json
from noaber.reference.provenance import Provenance, read_provenance
from noaber.reference.region import COUNTRIES

_NEARNESS: Final = {"larger": Nearness.LARGER, "similar": Nearness.SIMILAR}


@dataclass(frozen=True, slots=True)
class Holding:
    """How many of `part` one of `whole` holds, by country where it differs; None where that is unknown."""

    whole: str
    part: str
    count: int | None
    counts: Mapping[str, int]
    provenance: Provenance

    def by_country(self) -> Iterator[Part]:
        yield Part(self.whole, self.part, self.count)
        for country, count in self.counts.items():
            yield Part(self.whole, self.part, count, country)


@dataclass(frozen=True, slots=True)
class Serving:
    """That one of `capability` can do the task of `serves_as`, and how near that comes."""

    capability: str
    serves_as: str
    nearness: Nearness
    provenance: Provenance


@cache
def load_kinship() -> Kinship:
    """Which capabilities hold parts of which, and which serve as which."""
    return Kinship(
        parts=tuple(part for holding in load_holdings() for part in holding.by_country()),
        services=tuple(Service(one.capability, one.serves_as, one.nearness) for one in load_servings()),
    )


@cache
def load_holdings() -> tuple[Holding, ...]:
    """Every fact of what is part of what, in the order of the capabilities."""
    return tuple(
        _read_holding(record["code"], fact, known)
        for known in [_codes()]
        for record in _records()
        for fact in record.get("holds", ())
    )


@cache
def load_servings() -> tuple[Serving, ...]:
    """Every fact of what serves as what, in the order of the capabilities."""
    return tuple(
        _read_serving(record["code"], fact, known)
        for known in [_codes()]
        for record in _records()
        for fact in record.get("serves_as", ())
    )


def held_by_package(vehicles: Iterable[Mapping[str, Any]]) -> dict[str, int]:
    """How many of a type of help the vehicles of one team are, by capability, as its package lists them."""
    kinds = _capability_of_vehicle()
    held: dict[str, int] = {}
    for vehicle in vehicles:
        capability, number = kinds.get(vehicle.get("kind", "")), vehicle.get("number")
        if capability and isinstance(number, int) and number > 0:
            held[capability] = held.get(capability, 0) + number
    return held


@cache
def _capability_of_vehicle() -> Mapping[str, str]:
    return {record["vehicle"]: record["code"] for record in _records() if "vehicle" in record}


def _records() -> Any:
    return read_data_json("capabilities.json")


def _codes() -> frozenset[str]:
    return frozenset(record["code"] for record in _records())


def _read_holding(whole: str, fact: Mapping[str, Any], known: frozenset[str]) -> Holding:
    _check_keys(whole, fact, needed={"code", "count", "confidence"}, allowed={"counts", "source"})
    _check_known(whole, fact["code"], known)
    counts = dict(fact.get("counts", {}))
    if strange := counts.keys() - set(COUNTRIES):
        raise ValueError(f"{whole}: {sorted(strange)} are no countries of the region")
    return Holding(whole, fact["code"], fact["count"], counts, read_provenance(fact))


def _read_serving(capability: str, fact: Mapping[str, Any], known: frozenset[str]) -> Serving:
    _check_keys(capability, fact, needed={"code", "nearness", "confidence"}, allowed={"source"})
    _check_known(capability, fact["code"], known)
    return Serving(capability, fact["code"], _NEARNESS[fact["nearness"]], read_provenance(fact))


def _check_keys(capability: str, fact: Mapping[str, Any], *, needed: set[str], allowed: set[str]) -> None:
    if missing := needed - fact.keys():
        raise ValueError(f"{capability}: a fact lacks {sorted(missing)}")
    if strange := fact.keys() - needed - allowed:
        raise ValueError(f"{capability}: a fact has unknown keys {sorted(strange)}")


def _check_known(capability: str, code: str, known: frozenset[str]) -> None:
    if code not in known:
        raise ValueError(f"{capability} names {code!r}, which is no capability")
