"""The organisations of the field and the groups in which they share: real bodies, as data.

Names in four languages, seat, working languages and the NUTS 2021 territory that each covers. No persons and no
telephone numbers; which of them has accounts in the demo is `connected`. A NUTS code may reach further than the
organisation does (safety regions and emergency zones do not follow NUTS everywhere).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from typing import Any

from noaber.core.geo import Position
from noaber.core.responsibility import find_answered
from noaber.reference.files import read_data_json
from noaber.reference.provenance import Provenance, read_provenance
from noaber.reference.territories import load_territories
from noaber.reference.texts import Texts, read_texts


class OrganisationKind(StrEnum):
    """What an organisation is in the cooperation."""

    NATIONAL_CENTRE = "national-centre"
    REGIONAL_PARTNER = "regional-partner"
    SECRETARIAT = "secretariat"
    OBSERVER = "observer"
    SERVICE = "service"
    """Owns capacities or runs operations: corps, zones, safety regions, districts, Defence."""


class GroupRole(StrEnum):
    """How an organisation belongs to a sharing group."""

    MEMBER = "member"
    PARTNER = "partner"
    OBSERVER = "observer"


@dataclass(frozen=True)
class FormerName:
    """A name that an organisation had, first and last day included."""

    names: Texts
    since: date
    until: date


@dataclass(frozen=True)
class ReferenceOrganisation:
    """One body of the field.

    Parameters
    ----------
    code
        Stable, at most 20 characters; begins with the country where there is one.
    country
        ISO 3166-1 alpha-2; empty for a body of several countries.
    territories
        The NUTS 2021 codes it covers, the main one first; empty for a body of several countries.
    parent
        The code of the organisation that it answers to, or through which it is reached; empty for none.
    asked_through
        The code of the organisation to which another country addresses a request for its means: the national
        centre, the Land, the prefect. Its own code where it is asked itself.
    answers_for_territories
        Whether it answers for what happens in its territories: the national centre, the governor, the safety
        region, the prefect, the Land and its districts. A corps, a zone or Defence works there and does not answer
        for it; nor does the federal centre of Germany, since there the Länder do.
    released_by
        The code of the organisation that lets its means go abroad; empty where it does so itself, or nothing is known.
    connected
        Whether it has accounts in the demo.
    """

    code: str
    kind: OrganisationKind
    country: str
    territories: tuple[str, ...]
    names: Texts
    short_name: str
    seat: str
    position: Position
    languages: tuple[str, ...]
    time_zone: str
    parent: str
    asked_through: str
    answers_for_territories: bool
    released_by: str
    connected: bool
    note: str
    former_names: tuple[FormerName, ...]
    provenance: Provenance

    @property
    def territory(self) -> str:
        """The smallest single NUTS code that holds all of `territories`; empty for none.

        The common beginning of NUTS codes is a NUTS code itself, or a country.
        """
        return _common_beginning(self.territories)

    def names_on(self, day: date) -> Texts:
        """The names that it bore on `day`."""
        for former in self.former_names:
            if former.since <= day <= former.until:
                return former.names
        return self.names


@dataclass(frozen=True)
class ReferenceGroup:
    """A sharing group: the organisations that a record shared with the group may reach."""

    code: str
    names: Texts
    roles: Mapping[str, GroupRole]
    """Role by organisation code."""


@cache
def load_organisations() -> Mapping[str, ReferenceOrganisation]:
    """Every organisation of the reference data by code, parents before or after their children."""
    return {record["code"]: _read_organisation(record) for record in read_data_json("organisations.json")}


@cache
def load_groups() -> Mapping[str, ReferenceGroup]:
    """Every sharing group of the reference data by code."""
    return {record["code"]: _read_group(record) for record in read_data_json("groups.json")}


def groups_of(organisation_code: str) -> tuple[str, ...]:
    """The codes of the sharing groups to which an organisation belongs, in any role."""
    return tuple(code for code, group in load_groups().items() if organisation_code in group.roles)


def territories_answered(code: str) -> Mapping[str, str]:
    """Every known territory where what happens is an organisation's to answer for, with the code that says so.

    What lies in its own territories; and what holds one of them and is nobody's before it, since a place that is known
    no better may be theirs.
    """
    known = load_organisations()
    own = _answered_by(known[code])
    above = [answered for one in _chain_above(code) for answered in _answered_by(known[one])]
    return {
        territory: answered
        for territory in load_territories()
        if (answered := find_answered(territory, own=own, above=above)) is not None
    }


def _answered_by(organisation: ReferenceOrganisation) -> tuple[str, ...]:
    return organisation.territories if organisation.answers_for_territories else ()


def _chain_above(code: str) -> Iterator[str]:
    """The organisations that it answers to, the nearest first."""
    known = load_organisations()
    while code := known[code].parent:
        yield code


def _read_organisation(record: Mapping[str, Any]) -> ReferenceOrganisation:
    return ReferenceOrganisation(
        code=record["code"],
        kind=OrganisationKind(record["kind"]),
        country=record["country"],
        territories=tuple(record["territories"]),
        names=read_texts(record["names"]),
        short_name=record["short_name"],
        seat=record["seat"],
        position=Position(lon=record["lon"], lat=record["lat"]),
        languages=tuple(record["languages"]),
        time_zone=record["time_zone"],
        parent=record.get("parent", ""),
        asked_through=record.get("asked_through", record["code"]),
        answers_for_territories=record.get("answers_for_territories", False),
        released_by=record.get("released_by", ""),
        connected=record.get("connected", False),
        note=record.get("note", ""),
        former_names=tuple(_read_former_name(former) for former in record.get("former_names", ())),
        provenance=read_provenance(record),
    )


def _read_former_name(record: Mapping[str, Any]) -> FormerName:
    return FormerName(
        names=read_texts(record["names"]),
        since=date.fromisoformat(record["since"]),
        until=date.fromisoformat(record["until"]),
    )


def _read_group(record: Mapping[str, Any]) -> ReferenceGroup:
    roles = {code: GroupRole(role) for role, codes in record["members"].items() for code in codes}
    return ReferenceGroup(code=record["code"], names=read_texts(record["names"]), roles=roles)


def _common_beginning(codes: tuple[str, ...]) -> str:
    if not codes:
        return ""
    first, last = min(codes), max(codes)
    length = next((i for i, (a, b) in enumerate(zip(first, last, strict=False)) if a != b), len(first))
    return first[:length]
