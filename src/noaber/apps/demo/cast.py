"""Who plays: the accounts of the exercise, and for whom each takes a step."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from django.contrib.auth.hashers import make_password

from noaber.apps.accounts.acting import Acting, acting_for
from noaber.apps.accounts.enums import Role
from noaber.apps.accounts.models import Organisation, Person
from noaber.apps.accounts.services import add_person
from noaber.core.problems import InvalidInput, Problem
from noaber.reference.demo import scenario
from noaber.reference.demo.scenario import DemoPerson

PASSWORD: Final = "noaber-demo-2021"  # noqa: S105 - printed at every start: it protects nothing
"""Of every account of the exercise."""


@dataclass(frozen=True)
class Account:
    """One account as the start of the demo prints it."""

    username: str
    display_name: str
    organisation: str
    roles: tuple[str, ...]


def add_cast() -> None:
    """Make the accounts of the exercise. They share one password, so it is hashed once."""
    organisations = {row.code: row for row in Organisation.objects.all()}
    phones = {contact.organisation: contact.phone for contact in scenario.load_contacts() if contact.field == "duty"}
    encoded = make_password(PASSWORD)
    for person in scenario.load_people():
        _add(person, organisations, phones, encoded)


def _add(person: DemoPerson, organisations: dict[str, Organisation], phones: dict[str, str], encoded: str) -> None:
    add_person(
        username=person.username,
        display_name=person.display_name,
        encoded_password=encoded,
        roles=[(organisations[seat.organisation], Role(seat.role)) for seat in person.memberships],
        language=person.language,
        phone=phones.get(person.memberships[0].organisation, ""),
        email=f"{person.username}@example.org",
    )


def accounts() -> Iterator[Account]:
    """Who can sign in, a row for each organisation that they act for, in the order of the exercise."""
    there = set(Person.objects.filter(is_active=True).values_list("username", flat=True))
    for person in scenario.load_people():
        if person.username not in there:
            continue
        for code in dict.fromkeys(seat.organisation for seat in person.memberships):
            roles = tuple(seat.role for seat in person.memberships if seat.organisation == code)
            yield Account(person.username, person.display_name, code, roles)


def acting_as(username: str, organisation: str) -> Acting:
    """Whoever takes a step of the story, for the organisation whose step it is.

    Raises
    ------
    InvalidInput
        Where the account is no longer there, or no longer acts for the organisation.
    """
    person = Person.objects.filter(username=username).first()
    acting = acting_for(person, organisation) if person else None
    if acting is None or acting.organisation.code != organisation:
        raise InvalidInput([Problem("demo.no-actor", params={"username": username, "organisation": organisation})])
    return acting
