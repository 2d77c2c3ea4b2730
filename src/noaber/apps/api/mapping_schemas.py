"""What the API says of the mapping: organisations, vocabulary, agreements, capacities, contact points.

Codes are those of the vocabulary; longitude before latitude, WGS 84 degrees; durations in minutes; territories are
NUTS 2021.
"""

from __future__ import annotations

import datetime
from typing import Any

from ninja import Schema
from pydantic import Field

from noaber.apps.accounts.enums import OrganisationKind, Status, TlpLabel
from noaber.apps.accounts.models import Organisation
from noaber.apps.registry.enums import AgreementOrigin, CapacityState, ContactField
from noaber.apps.registry.models import AgreementRow, ContactPoint
from noaber.apps.registry.parts import BY_NAME, public_lines
from noaber.apps.registry.presenters.capacities import CapacityView
from noaber.apps.registry.queries import agreement_of
from noaber.core.agreements.encode import encode_agreement
from noaber.reference.texts import LANGUAGES, Texts
from noaber.reference.vocabulary import Capability, CapabilityGroup, Hazard

Names = dict[str, str]
"""A text by language: nl, fr, de, en."""


def names_of(texts: Texts) -> Names:
    return {language: texts.in_language(language) for language in LANGUAGES}


class OrganisationOut(Schema):
    """Who asks, helps, or owns capacities."""

    code: str
    kind: OrganisationKind
    names: Names
    country: str
    territory: str
    seat: str
    lon: float | None
    lat: float | None
    languages: list[str]
    time_zone: str
    parent: str | None = Field(description="The code of the organisation above it.")
    connected: bool = Field(description="Whether it uses Noaber; others are asked on paper or by mail.")

    @staticmethod
    def resolve_parent(row: Organisation) -> str | None:
        return row.parent.code if row.parent else None


class CapabilityOut(Schema):
    code: str
    group: CapabilityGroup
    unit: str = Field(description="What one of it is: a team, a place, a lot.")
    names: Names
    definition: Names
    rule_version: str = Field(description="The version of the Union's rules that its figures are from.")

    @classmethod
    def of(cls, capability: Capability) -> CapabilityOut:
        return cls(
            code=capability.code,
            group=capability.group,
            unit=capability.unit,
            names=names_of(capability.names),
            definition=names_of(capability.definition),
            rule_version=capability.rule_version,
        )


class HazardOut(Schema):
    code: str
    names: Names
    cap_categories: list[str] = Field(description="Categories of CAP 1.2.")

    @classmethod
    def of(cls, hazard: Hazard) -> HazardOut:
        return cls(code=hazard.code, names=names_of(hazard.names), cap_categories=list(hazard.cap_categories))


class Vocabulary(Schema):
    """The codes that everything else is made of, in four languages."""

    capabilities: list[CapabilityOut]
    hazards: list[HazardOut]


class AgreementOut(Schema):
    """One text of the inventory."""

    code: str
    origin: AgreementOrigin
    owner: str = Field(description="Who keeps it.")
    level: str
    kind: str
    signed_on: datetime.date | None
    checked_on: datetime.date
    checked_by: str
    tlp: TlpLabel

    @staticmethod
    def resolve_owner(row: AgreementRow) -> str:
        return row.owner.code


class AgreementInFull(AgreementOut):
    """One text, with all that it says. What is not established is `unknown`, never left out."""

    says: dict[str, Any]

    @staticmethod
    def resolve_says(row: AgreementRow) -> dict[str, Any]:
        return encode_agreement(agreement_of(row))


class CapacityOut(Schema):
    """Identical teams of one owner at one base, as the reader may see them."""

    owner: str
    code: str
    name: str
    capabilities: list[str]
    base: str
    territory: str
    lon: float
    lat: float
    quantity: int = Field(description="Teams; what may go, where `shares_up_to` says so.")
    available: int
    shares_up_to: bool = Field(description="Whether the owner tells how many may go, and not how many there are.")
    mobilisation_minutes: int
    state: CapacityState
    state_at: datetime.datetime
    stale: bool = Field(description="Whether the state is older than 24 hours.")
    until: datetime.datetime | None
    reason: str
    illustrative: bool = Field(description="Whether the figures are made up for an exercise.")
    tlp: TlpLabel

    @classmethod
    def of(cls, view: CapacityView) -> CapacityOut:
        return cls(**{name: getattr(view, name) for name in CapacityOut.model_fields})


class CapacityInFull(CapacityOut):
    """One capacity with its mission-ready package: what one team is, brings, needs, bears, costs and has proven.

    Lines hold codes of the vocabulary and plain values; what is not known is left out of a line.
    """

    languages: list[str]
    host_needs: list[str]
    attributes: dict[str, Any] = Field(description="Properties and limits, by code.")
    team: list[dict[str, Any]]
    vehicles: list[dict[str, Any]]
    kit: list[dict[str, Any]]
    needs: list[dict[str, Any]]
    certificates: list[dict[str, Any]]
    exercises: list[dict[str, Any]]
    certified_until: datetime.date | None = Field(description="The first day on which a kind of certificate runs out.")
    cost_mobilisation_eur: float | None
    cost_per_day_eur: float | None
    cost_per_km_eur: float | None
    cost_as_of: datetime.date | None
    cost_basis: str
    release_function: str
    release_organisation: str
    release_channel: str

    @classmethod
    def of_row(cls, row: Any, view: CapacityView) -> CapacityInFull:
        """A row of `seen_capacities`; others than who keeps it get the lines without what is private."""
        lines = {name: getattr(row, name) for name in BY_NAME}
        if not row.is_kept:
            lines = {name: public_lines(BY_NAME[name], found) for name, found in lines.items()}
        own = cls.model_fields.keys() - CapacityOut.model_fields.keys() - lines.keys()
        return cls(
            **CapacityOut.of(view).model_dump(),
            **{name: getattr(row, name) for name in own},
            **lines,
        )


class ContactOut(Schema):
    """How one reaches a function of an organisation."""

    organisation: str
    owner: str = Field(description="Who keeps it.")
    field: ContactField
    function: str
    languages: list[str]
    phone: str
    second_channel: str
    mail: str
    hours: str
    always_open: bool
    open_days: list[int] = Field(description="ISO weekdays, Monday is 1; empty where none is set.")
    opens_at: datetime.time | None = Field(description="By the clock of the organisation.")
    closes_at: datetime.time | None
    verified_on: datetime.date | None
    verified_by: str
    expires_on: datetime.date | None
    status: Status
    tlp: TlpLabel

    @staticmethod
    def resolve_organisation(row: ContactPoint) -> str:
        return row.organisation.code

    @staticmethod
    def resolve_owner(row: ContactPoint) -> str:
        return row.owner.code
