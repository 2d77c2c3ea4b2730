"""Keys with which another system reads for one organisation.

A key is a signed note of whose it is; nothing is stored. It ends after a year, when the account's password changes
or the account is closed, and all end with the site's secret.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from django.core import signing
from django.utils.crypto import constant_time_compare

from noaber.apps.accounts.acting import Acting, acting_for
from noaber.apps.accounts.models import Organisation, Person

_SALT: Final = "noaber.api.key"
VALID_FOR: Final = timedelta(days=366)


def issue_key(person: Person, organisation: Organisation) -> str:
    """A key of `person` that reads for `organisation`, and for no other that they belong to."""
    note = {"person": person.pk, "organisation": organisation.code, "password": _mark_of(person)}
    return signing.dumps(note, salt=_SALT)


def acting_by(key: str) -> Acting | None:
    """For whom `key` reads; None where it is no key, or one that has ended."""
    try:
        note = signing.loads(key, salt=_SALT, max_age=VALID_FOR)
    except signing.BadSignature:
        return None
    person = Person.objects.filter(pk=note["person"], is_active=True).first()
    if person is None or not constant_time_compare(note["password"], _mark_of(person)):
        return None
    acting = acting_for(person, note["organisation"])
    return acting if acting is not None and acting.organisation.code == note["organisation"] else None


def _mark_of(person: Person) -> str:
    """Changes with the password, and tells nothing of it."""
    return person.get_session_auth_hash()[:32]
