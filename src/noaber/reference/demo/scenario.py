"""The exercise itself: its name, status and time, the people who play it, and whom they can ring.

Every person is invented; mail ends in example.org and no telephone number can ring (decision record 5).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cache
from typing import Any

from noaber.reference.files import read_data_json
from noaber.reference.texts import Texts, read_texts


@dataclass(frozen=True)
class Scenario:
    """The exercise. `disclaimer` is shown on every page and print, `background` where the story begins."""

    code: str
    status: str
    names: Texts
    starts_at: datetime
    """The exercise's time at which the site opens."""
    time_zone: str
    disclaimer: Texts
    background: Texts


@dataclass(frozen=True)
class DemoMembership:
    """One role of a person in an organisation; `role` is a code of the accounts."""

    organisation: str
    role: str


@dataclass(frozen=True)
class DemoPerson:
    """Someone who can sign in. Roles may lie in several organisations."""

    username: str
    display_name: str
    language: str
    memberships: tuple[DemoMembership, ...]


@dataclass(frozen=True)
class DemoContact:
    """How a function is reached. `owner` keeps the record, `organisation` is whom one reaches."""

    owner: str
    organisation: str
    field: str
    function: str
    function_language: str
    languages: tuple[str, ...]
    phone: str
    second_channel: str
    mail: str
    hours: str
    always_open: bool
    verified_on: date
    verified_by: str
    expires_on: date
    open_days: tuple[int, ...] = ()
    opens_at: time | None = None
    closes_at: time | None = None


@dataclass(frozen=True)
class DemoApproval:
    """How long an organisation supposes that an approval under a text takes, minutes; assumed, never from the text."""

    organisation: str
    agreement: str
    minutes: int
    as_of: date
    note: str


@cache
def load_scenario() -> Scenario:
    """The exercise."""
    record = read_data_json("demo/scenario.json")
    return Scenario(
        code=record["code"],
        status=record["status"],
        names=read_texts(record["names"]),
        starts_at=datetime.fromisoformat(record["starts_at"]),
        time_zone=record["time_zone"],
        disclaimer=read_texts(record["disclaimer"]),
        background=read_texts(record["background"]),
    )


@cache
def load_people() -> tuple[DemoPerson, ...]:
    """Who can sign in, the duty officer of each organisation under its own code in small letters."""
    return tuple(_read_person(record) for record in read_data_json("demo/people.json"))


@cache
def load_contacts() -> tuple[DemoContact, ...]:
    """The contact points; some are due to be verified again during the exercise."""
    return tuple(_read_contact(record) for record in read_data_json("demo/contacts.json"))


@cache
def load_approvals() -> tuple[DemoApproval, ...]:
    """The planning assumptions of each organisation."""
    records = read_data_json("demo/approvals.json")["assumptions"]
    return tuple(_read_approval(record) for record in records)


@cache
def default_approval_minutes() -> Mapping[str, int]:
    """What to suppose for a text without an assumption, by its level: minutes, assumed too."""
    return dict(read_data_json("demo/approvals.json")["defaults_by_level"])


def default_approvals_as_of() -> date:
    """The day of those suppositions."""
    return date.fromisoformat(read_data_json("demo/approvals.json")["default_as_of"])


def _read_person(record: Mapping[str, Any]) -> DemoPerson:
    memberships = tuple(DemoMembership(**membership) for membership in record["memberships"])
    return DemoPerson(**{**record, "memberships": memberships})


def _read_contact(record: Mapping[str, Any]) -> DemoContact:
    days = {name: date.fromisoformat(record[name]) for name in ("verified_on", "expires_on")}
    times = {name: time.fromisoformat(record[name]) for name in ("opens_at", "closes_at") if name in record}
    lists = {name: tuple(record[name]) for name in ("languages", "open_days") if name in record}
    return DemoContact(**{**record, **days, **times, **lists})


def _read_approval(record: Mapping[str, Any]) -> DemoApproval:
    return DemoApproval(**{**record, "as_of": date.fromisoformat(record["as_of"])})
