"""The coded lists of the field in four languages: capabilities, hazards, reasons, attributes, host-nation needs.

A request typed in Dutch is read in French because it is made of these codes. Codes never change; texts may. Each
figure says where it comes from: the requirements of Decision 2014/762/EU are given as remembered and were replaced
by Regulation (EU) 2025/704, whose figures are not in here, so each capability carries its `rule_version`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any

from noaber.reference.files import read_data_json
from noaber.reference.provenance import Provenance, read_provenance
from noaber.reference.texts import Texts, read_texts


class CapabilityGroup(StrEnum):
    """Families of capabilities, for headings and filters."""

    WATER = "water"
    RESCUE = "rescue"
    FIRE = "fire"
    MEDICAL = "medical"
    CBRN = "cbrn"
    SHELTER = "shelter"
    SUPPORT = "support"
    SEA = "sea"


class ReadinessBasis(StrEnum):
    """What the hours of a readiness count to."""

    DEPARTURE = "departure"
    """Able to leave within the hours, after the offer was accepted."""
    ON_SITE = "on-site"
    """At work in the affected area within the hours."""
    MINUTES = "minutes"
    """On daily standby: leaves within minutes."""
    HOURS = "hours"
    """Called up: leaves within some hours."""
    ASK_LIVE = "ask-live"
    """Changes by the hour: ask before counting on it."""


class ReasonUse(StrEnum):
    """The step that a reason may explain."""

    DECLINE = "decline"
    PROVISIONAL = "provisional"
    REJECT = "reject"
    WITHDRAW = "withdraw"
    CANCEL = "cancel"
    RELEASE = "release"
    RETURN = "return"
    DECLINE_RETURN = "decline-return"
    RECALL = "recall"
    EXTENSION = "extension"
    DECLINE_EXTENSION = "decline-extension"
    KNOWINGLY = "knowingly"
    CORRECTION = "correction"


class AttributeKind(StrEnum):
    """How an attribute is written."""

    NUMBER = "number"
    CHOICE = "choice"
    YES_NO = "yes-no"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with its unit, as the rules of the field state it."""

    amount: float
    unit: str


@dataclass(frozen=True, slots=True)
class Statement:
    """What is said of a capability, with the figures in it and where it comes from."""

    texts: Texts
    figures: tuple[Figure, ...]
    provenance: Provenance


@dataclass(frozen=True, slots=True)
class Readiness:
    """How soon a capability leaves, and how long it lives of its own. None where nothing is known."""

    basis: ReadinessBasis
    hours_min: float | None
    hours_max: float | None
    self_sufficient_days: float | None
    provenance: Provenance


@dataclass(frozen=True, slots=True)
class Capability:
    """A type of help: what is asked for, offered and counted.

    `one` and `many` are the short names for counting ("1 boat team", "4 boat teams"), `unit` is what one of them is.
    `rule_version` names the rules that the figures follow; empty where no rules define the type.
    """

    code: str
    group: CapabilityGroup
    unit: str
    names: Texts
    one: Texts
    many: Texts
    definition: Texts
    minimum: Statement
    make_up: Statement
    readiness: Readiness
    rule_version: str

    def counted(self, quantity: int, language: str) -> str:
        """The short name that fits `quantity`, without the number; in French zero is singular too."""
        singular = quantity == 1 or (quantity == 0 and language[:2] == "fr")
        return (self.one if singular else self.many).in_language(language)


@dataclass(frozen=True, slots=True)
class Hazard:
    """What an incident is about, with its categories in CAP 1.2 and its awareness types in MeteoAlarm."""

    code: str
    names: Texts
    cap_categories: tuple[str, ...]
    meteoalarm_types: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Reason:
    """A coded reason, and the steps that it may explain."""

    code: str
    names: Texts
    uses: frozenset[ReasonUse]


@dataclass(frozen=True, slots=True)
class Coded:
    """A code and what it is called."""

    code: str
    names: Texts


@dataclass(frozen=True, slots=True)
class Attribute:
    """What may be noted of a capacity beyond its type; `capabilities` is empty where it fits every type.

    `is_limit` marks what a team can bear at most (or needs at least); a number is never under `lowest`.
    """

    code: str
    kind: AttributeKind
    names: Texts
    unit: str
    choices: tuple[Coded, ...]
    capabilities: frozenset[str]
    is_limit: bool = False
    lowest: float = 0

    def fits(self, capability: str) -> bool:
        """Whether the attribute makes sense for a capability of that code."""
        return not self.capabilities or capability in self.capabilities


@cache
def load_capabilities() -> Mapping[str, Capability]:
    """Every capability type by code, in the order in which lists show them."""
    return _by_code(_read_capability(record) for record in read_data_json("capabilities.json"))


@cache
def load_hazards() -> Mapping[str, Hazard]:
    """Every hazard by code, in the order in which lists show them."""
    return _by_code(_read_hazard(record) for record in read_data_json("hazards.json"))


@cache
def load_reasons() -> Mapping[str, Reason]:
    """Every reason by code, in the order in which lists show them."""
    return _by_code(_read_reason(record) for record in read_data_json("reasons.json"))


@cache
def load_attributes() -> Mapping[str, Attribute]:
    """Every attribute that a capacity may have, by code."""
    return _by_code(_read_attribute(record) for record in read_data_json("attributes.json"))


@cache
def load_host_needs() -> Mapping[str, Coded]:
    """What a host may have to provide for a team, by code."""
    return _by_code(_read_coded(record) for record in read_data_json("host_needs.json"))


@cache
def load_themes() -> Mapping[str, Coded]:
    """What practices and lessons are about, by code, in the order in which lists show them."""
    return _by_code(_read_coded(record) for record in read_data_json("themes.json"))


@cache
def load_package_codes(name: str) -> Mapping[str, Coded]:
    """A list of the mission-ready packages by code: functions, vehicles, units, certificates or results."""
    return _by_code(_read_coded(record) for record in read_data_json("package_codes.json")[name])


def reasons_for(use: ReasonUse) -> tuple[Reason, ...]:
    """The reasons from which a person chooses at that step."""
    return tuple(reason for reason in load_reasons().values() if use in reason.uses)


def hazards_of_meteoalarm(awareness_type: int) -> tuple[Hazard, ...]:
    """The hazards that an awareness type of MeteoAlarm may announce; empty for one without a counterpart."""
    return tuple(hazard for hazard in load_hazards().values() if awareness_type in hazard.meteoalarm_types)


def _by_code(items: Any) -> dict[str, Any]:
    return {item.code: item for item in items}


def _read_capability(record: Mapping[str, Any]) -> Capability:
    return Capability(
        code=record["code"],
        group=CapabilityGroup(record["group"]),
        unit=record["unit"],
        names=read_texts(record["names"]),
        one=read_texts(record["one"]),
        many=read_texts(record["many"]),
        definition=read_texts(record["definition"]),
        minimum=_read_statement(record["minimum"]),
        make_up=_read_statement(record["make_up"]),
        readiness=_read_readiness(record["readiness"]),
        rule_version=record["rule_version"],
    )


def _read_statement(record: Mapping[str, Any]) -> Statement:
    figures: Sequence[Mapping[str, Any]] = record.get("figures", ())
    return Statement(
        texts=read_texts(record["texts"]),
        figures=tuple(Figure(float(figure["amount"]), figure["unit"]) for figure in figures),
        provenance=read_provenance(record),
    )


def _read_readiness(record: Mapping[str, Any]) -> Readiness:
    return Readiness(
        basis=ReadinessBasis(record["basis"]),
        hours_min=record.get("hours_min"),
        hours_max=record.get("hours_max"),
        self_sufficient_days=record.get("self_sufficient_days"),
        provenance=read_provenance(record),
    )


def _read_hazard(record: Mapping[str, Any]) -> Hazard:
    return Hazard(
        code=record["code"],
        names=read_texts(record["names"]),
        cap_categories=tuple(record["cap_categories"]),
        meteoalarm_types=tuple(record.get("meteoalarm_types", ())),
    )


def _read_reason(record: Mapping[str, Any]) -> Reason:
    uses = frozenset(ReasonUse(use) for use in record["uses"])
    return Reason(code=record["code"], names=read_texts(record["names"]), uses=uses)


def _read_attribute(record: Mapping[str, Any]) -> Attribute:
    return Attribute(
        code=record["code"],
        kind=AttributeKind(record["kind"]),
        names=read_texts(record["names"]),
        unit=record.get("unit", ""),
        choices=tuple(_read_coded(choice) for choice in record.get("choices", ())),
        capabilities=frozenset(record.get("capabilities", ())),
        is_limit=record.get("limit", False),
        lowest=record.get("lowest", 0),
    )


def _read_coded(record: Mapping[str, Any]) -> Coded:
    return Coded(code=record["code"], names=read_texts(record["names"]))
