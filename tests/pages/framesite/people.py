"""Someone who may look at the small site: M. de Wit, who belongs to two centres."""

from __future__ import annotations

from typing import Any

from noaber.apps.accounts.enums import OrganisationKind, Role
from noaber.apps.accounts.models import Membership, Organisation, Person

PASSWORD = "a-long-password-of-the-tests"


def make_centre(code: str, **facts: Any) -> Organisation:
    defaults = {
        "kind": OrganisationKind.NATIONAL_CENTRE,
        "names": {"en": f"Centre {code}", "nl": f"Centrum {code}", "fr": f"Centre {code}", "de": f"Zentrum {code}"},
        "country": code[:2],
        "seat": "Den Haag",
        "time_zone": "Europe/Amsterdam",
    }
    return Organisation.objects.create(code=code, **{**defaults, **facts})


def make_officer(username: str = "dewit", **facts: Any) -> Person:
    person = Person.objects.create_user(
        username, password=PASSWORD, **{"display_name": "M. de Wit", "language": "en", **facts}
    )
    for code in ("NL-NCC", "NL-LOCC"):
        Membership.objects.create(person=person, organisation=make_centre(code), role=Role.DUTY_OFFICER)
    return person
