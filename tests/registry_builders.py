"""Capacities, people and organisations for tests of the registry, with sensible defaults."""

from __future__ import annotations

import csv
import datetime
import io
import itertools
from typing import Any

from noaber.apps.accounts.acting import Acting, acting_for
from noaber.apps.accounts.enums import GroupCapacity, OrganisationKind, Role
from noaber.apps.accounts.models import Organisation, Person, SharingGroup
from noaber.apps.accounts.services import add_person, put_in_group
from noaber.apps.records.history import Author
from noaber.apps.registry.models import Capacity, ContactPoint
from noaber.apps.registry.services import add_capacity, save_contact

NOW = datetime.datetime(2021, 7, 14, 16, 0, tzinfo=datetime.UTC)
_numbers = itertools.count(1)

REQUIRED_COLUMNS = {
    "id": "PUMP-1",
    "territory": "NL423",
    "capabilities": "HCP",
    "quantity": "4",
    "lon": "5.69",
    "lat": "50.85",
    "mobilisation": "30",
}
FIELDS: dict[str, Any] = {
    "name": "Pumps",
    "base": "Maastricht",
    "territory": "NL423",
    "capabilities": ("HCP",),
    "quantity": 4,
    "lon": 5.69,
    "lat": 50.85,
    "mobilisation_minutes": 30,
}


def make_organisation(
    code: str, *, territory: str = "", parent: Organisation | None = None, **fields: Any
) -> Organisation:
    country = territory[:2] or (code[:2] if code[2:3] == "-" else "")
    return Organisation.objects.create(
        code=code,
        kind=fields.pop("kind", OrganisationKind.NATIONAL_CENTRE),
        names={"en": code, "nl": code, "fr": code, "de": code},
        country=country,
        territory=territory or country,
        parent=parent,
        connected=fields.pop("connected", True),
        **fields,
    )


def make_group(code: str, **seats: list[Organisation]) -> SharingGroup:
    """`make_group("G", member=[…], partner=[…], observer=[…])`."""
    group = SharingGroup.objects.create(code=code, names={"en": code})
    for capacity, organisations in seats.items():
        for organisation in organisations:
            put_in_group(group, organisation, GroupCapacity(capacity))
    return group


def make_person(organisation: Organisation, *roles: Role, language: str = "en") -> Person:
    number = next(_numbers)
    return add_person(
        username=f"person-{number}",
        display_name=f"N. Peeters {number}",
        password="not-a-real-password",
        roles=[(organisation, role) for role in roles or (Role.PLANNER,)],
        language=language,
    )


def make_acting(organisation: Organisation, *roles: Role) -> Acting:
    acting = acting_for(make_person(organisation, *roles), organisation.code)
    assert acting is not None
    return acting


def author_for(organisation: Organisation) -> Author:
    return Author("planner, N. Peeters", organisation)


def make_capacity(owner: Organisation, code: str = "PUMP-1", *, status: str = "Exercise", **fields: Any) -> Capacity:
    """A capacity of four pump teams at Maastricht, except for `fields`; `now` is when it is added."""
    now = fields.pop("now", NOW)
    return add_capacity(author_for(owner), owner, status, code, FIELDS | {"name": code} | fields, now=now)


def make_contact(organisation: Organisation, *, status: str = "Exercise", **fields: Any) -> ContactPoint:
    given = {
        "organisation_id": organisation.pk,
        "field": "duty",
        "function": "Duty officer",
        "function_language": "en",
        "languages": ["nl", "en"],
        "phone": "+31 85 000 0001",
        "second_channel": "",
        "mail": "",
        "hours": "",
        "always_open": True,
        "open_days": [],
        "opens_at": None,
        "closes_at": None,
        "tlp": "AMBER",
    }
    owner = fields.pop("owner", organisation)
    groups = fields.pop("groups", ())
    return save_contact(author_for(owner), None, given | fields, owner=owner, status=status, groups=groups, now=NOW)


def csv_bytes(*rows: dict[str, str], delimiter: str = ",", encoding: str = "utf-8") -> bytes:
    """A file of capacities: the required columns with defaults, and whatever the rows name besides."""
    full = [REQUIRED_COLUMNS | row for row in rows]
    columns = list(dict.fromkeys(name for row in full for name in row))
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, columns, restval="", delimiter=delimiter)
    writer.writeheader()
    writer.writerows(full)
    return text.getvalue().encode(encoding)
