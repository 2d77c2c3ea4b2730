"""Contact points: kept, verified, withdrawn."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime, time
from typing import Any, Final

from django.db import transaction

from noaber.apps.accounts.models import Organisation
from noaber.apps.accounts.services import announce
from noaber.apps.accounts.sharing import readers_of
from noaber.apps.accounts.status import check_status
from noaber.apps.records.enums import ChangeAction
from noaber.apps.records.history import Author, Changed, announce_readers, append_changes
from noaber.apps.records.rows import lock_row
from noaber.apps.records.sharing import group_keys
from noaber.apps.registry.contact_state import next_check
from noaber.apps.registry.enums import ContactCheck
from noaber.apps.registry.models import ContactPoint, ContactRoutine
from noaber.apps.registry.queries.contacts import find_same, months_between_checks
from noaber.core.edits import digest_of
from noaber.core.problems import NotAllowed

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
    "open_days",
    "opens_at",
    "closes_at",
    "tlp",
)
REACH: Final = ("phone", "second_channel", "mail")
"""What was verified when a contact point was verified."""


class SameFunction(NotAllowed):
    """The field has its function already; `same` is the one that stays."""

    def __init__(self, same: ContactPoint) -> None:
        self.same = same
        super().__init__("registry.same-function", organisation=same.organisation.code, function=same.function)


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
    """Add a contact point, or change one. A number that was changed is unverified until someone verifies it.

    Raises
    ------
    SameFunction
        Where the organisation has a function for the field already that the author sees.
    """
    if contact is None:
        check_status(status)
    with transaction.atomic():
        stood = _lock(contact) if contact else None
        _check_one_function(author.organisation or owner, stood, given, owner=owner, status=status)
        saw = list(readers_of(stood)) if stood else []
        record = stood or ContactPoint(owner=owner, status=status)
        before = {name: getattr(record, name) for name in FIELDS} if contact else {}
        for name in FIELDS:
            setattr(record, name, given[name])
        if contact and any(before[name] != given[name] for name in REACH):
            record.verified_on, record.verified_by, record.expires_on = None, "", None
            record.tried_on, record.tried = None, ""
        record.save()
        record.groups.set(group_keys(groups).values())
        changes = {
            name: (_stored(before.get(name)), _stored(given[name]))
            for name in FIELDS
            if before.get(name) != given[name]
        }
        action = ChangeAction.CHANGED if contact else ChangeAction.ADDED
        append_changes(author, ContactPoint, [Changed(record.pk, action, changes if contact else {})], at=now)
        announce_readers(record, *saw)
        return record


def _lock(contact: ContactPoint) -> ContactPoint:
    there = ContactPoint.objects.filter(withdrawn_at__isnull=True)
    return lock_row(there.select_related("organisation", "owner"), contact.pk)


def _check_one_function(
    reader: Organisation, contact: ContactPoint | None, given: Mapping[str, Any], *, owner: Organisation, status: str
) -> None:
    """Two who write at once wait for each other at the row of the organisation that is reached."""
    organisation = Organisation.objects.select_for_update().get(pk=given["organisation_id"])
    for who in {reader.pk: reader, owner.pk: owner}.values():
        same = find_same(
            who,
            status,
            organisation_id=organisation.pk,
            field=given["field"],
            besides=contact.pk if contact else None,
        )
        if same is not None:
            raise SameFunction(same)


def _stored(value: Any) -> Any:
    """A value as the history holds it."""
    return value.isoformat(timespec="minutes") if isinstance(value, time) else value


def verify_contact(
    author: Author,
    contact: ContactPoint,
    *,
    on: date,
    check: str = ContactCheck.ANSWERED,
    seen: str = "",
    now: datetime,
) -> None:
    """Someone tried the number on that day, or says that it is still right; without an answer it stays to be verified.

    The next day follows from the interval of the organisation that keeps the record. `seen` is the `reach_digest` of
    what they were shown, where they were.

    Raises
    ------
    NotAllowed
        Where it is reached otherwise by now than they were shown.
    """
    with transaction.atomic():
        locked = _lock(contact)
        if seen and seen != reach_digest(locked):
            raise NotAllowed("registry.field-overtaken")
        fields: dict[str, tuple[Any, Any]] = {"tried": (locked.tried, str(check))}
        if check != ContactCheck.NO_ANSWER:
            before = locked.verified_on
            locked.verified_on = on
            locked.verified_by = f"{author.by}, {author.organisation}" if author.organisation else author.by
            locked.expires_on = next_check(on, months_between_checks(locked.owner))
            fields["verified_on"] = (str(before) if before else None, str(on))
        locked.tried_on, locked.tried = on, str(check)
        locked.save(update_fields=["verified_on", "verified_by", "expires_on", "tried_on", "tried"])
        action = ChangeAction.STATE if check == ContactCheck.NO_ANSWER else ChangeAction.VERIFIED
        append_changes(author, ContactPoint, [Changed(locked.pk, action, fields)], at=now)
        announce_readers(locked)


def reach_digest(contact: ContactPoint) -> str:
    """The same as long as it is reached in the same way."""
    return digest_of(tuple(getattr(contact, name) for name in REACH))


def set_routine(author: Author, owner: Organisation, every_months: int, *, now: datetime) -> None:
    """Set after how many months what `owner` keeps is verified again; the days that are set follow at once."""
    with transaction.atomic():
        ContactRoutine.objects.update_or_create(
            organisation=owner,
            defaults={"every_months": every_months, "changed_at": now, "changed_by": author.by},
        )
        kept = ContactPoint.objects.filter(owner=owner, withdrawn_at__isnull=True, verified_on__isnull=False)
        changed = []
        readers = {owner.pk: owner}
        for contact in kept.select_for_update():
            due = next_check(contact.verified_on, every_months)  # type: ignore[arg-type]
            if due != contact.expires_on:
                fields = {"expires_on": (str(contact.expires_on) if contact.expires_on else None, str(due))}
                changed.append(Changed(contact.pk, ChangeAction.CHANGED, fields))
                contact.expires_on = due
                contact.save(update_fields=["expires_on"])
                readers |= {reader.pk: reader for reader in readers_of(contact)}
        append_changes(author, ContactPoint, changed, at=now)
        announce(readers.values())


def withdraw_contact(author: Author, contact: ContactPoint, *, now: datetime, reason: str) -> None:
    """Take a contact point out of every list; its history stays."""
    with transaction.atomic():
        contact.withdrawn_at = now
        contact.save(update_fields=["withdrawn_at"])
        change = Changed(contact.pk, ChangeAction.WITHDRAWN, {})
        append_changes(author, ContactPoint, [change], at=now, reason=reason)
        announce_readers(contact)
