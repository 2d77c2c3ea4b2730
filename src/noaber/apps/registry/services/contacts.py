"""Contact points: kept, verified, withdrawn."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.db import transaction

from noaber.apps.accounts.models import Organisation
from noaber.apps.accounts.sharing import readers_of
from noaber.apps.registry.enums import ChangeAction
from noaber.apps.registry.models import ContactPoint
from noaber.apps.registry.services.author import Author, Changed, announce_readers, append_changes
from noaber.apps.registry.services.capacities import group_keys

VERIFY_EVERY: Final = timedelta(days=92)
"""Contacts are tested each quarter; after that a verified number is to be verified again."""

FIELDS: Final = (
    "organisation_id",
    "field",
    "function",
    "function_language",
    "languages",
    "phone",
    "second_channel",
    "mail",
    "hours",
    "always_open",
    "tlp",
)


def save_contact(
    author: Author,
    contact: ContactPoint | None,
    given: Mapping[str, Any],
    *,
    owner: Organisation,
    status: str,
    groups: Collection[str],
    now: datetime,
) -> ContactPoint:
    """Add a contact point, or change one. A number that was changed is unverified until someone verifies it."""
    with transaction.atomic():
        saw = list(readers_of(contact)) if contact else []
        record = contact or ContactPoint(owner=owner, status=status)
        before = {name: getattr(record, name) for name in FIELDS} if contact else {}
        for name in FIELDS:
            setattr(record, name, given[name])
        if contact and any(before[name] != given[name] for name in ("phone", "second_channel", "mail")):
            record.verified_on, record.verified_by, record.expires_on = None, "", None
        record.save()
        record.groups.set(group_keys(groups).values())
        changes = {name: (before.get(name), given[name]) for name in FIELDS if before.get(name) != given[name]}
        action = ChangeAction.CHANGED if contact else ChangeAction.ADDED
        append_changes(author, ContactPoint, [Changed(record.pk, action, changes if contact else {})], at=now)
        announce_readers(record, *saw)
        return record


def verify_contact(author: Author, contact: ContactPoint, *, on: date, now: datetime) -> None:
    """Someone reached the function by this number on that day."""
    with transaction.atomic():
        before = contact.verified_on
        contact.verified_on = on
        contact.verified_by = f"{author.by}, {author.organisation}" if author.organisation else author.by
        contact.expires_on = on + VERIFY_EVERY
        contact.save(update_fields=["verified_on", "verified_by", "expires_on"])
        fields = {"verified_on": (str(before) if before else None, str(on))}
        append_changes(author, ContactPoint, [Changed(contact.pk, ChangeAction.VERIFIED, fields)], at=now)
        announce_readers(contact)


def withdraw_contact(author: Author, contact: ContactPoint, *, now: datetime, reason: str) -> None:
    """Take a contact point out of every list; its history stays."""
    with transaction.atomic():
        contact.withdrawn_at = now
        contact.save(update_fields=["withdrawn_at"])
        change = Changed(contact.pk, ChangeAction.WITHDRAWN, {})
        append_changes(author, ContactPoint, [change], at=now, reason=reason)
        announce_readers(contact)
