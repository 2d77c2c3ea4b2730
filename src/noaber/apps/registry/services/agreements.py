"""The inventory of agreements: local arrangements written down, texts checked, approval times assumed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction

from noaber.apps.accounts.models import Organisation
from noaber.apps.accounts.sharing import readers_of
from noaber.apps.records.enums import ChangeAction
from noaber.apps.records.history import Author, Changed, announce_readers, append_changes
from noaber.apps.records.rows import lock_row
from noaber.apps.records.sharing import group_keys
from noaber.apps.registry.enums import AgreementOrigin
from noaber.apps.registry.models import AgreementRow, ApprovalAssumption
from noaber.core.agreements import Agreement
from noaber.core.agreements.checks import KnownCodes, check_agreements
from noaber.core.agreements.decode import decode_agreement
from noaber.core.edits import digest_of as fields_digest
from noaber.core.problems import InvalidInput, NotAllowed, Problem
from noaber.reference.legal_texts import channel_names, role_names
from noaber.reference.vocabulary import load_capabilities, load_hazards


def save_local_agreement(
    author: Author,
    row: AgreementRow | None,
    data: Mapping[str, Any],
    inventory: Collection[Agreement],
    *,
    owner: Organisation,
    tlp: str,
    groups: Collection[str],
    now: datetime,
) -> AgreementRow:
    """Write down a local arrangement, or change one.

    Raises
    ------
    InvalidInput
        Where the data do not make a sound agreement beside the others of `inventory`; the place is a JSON pointer.
    NotAllowed
        Where the text came with the reference data.
    """
    if row is not None and row.origin != AgreementOrigin.LOCAL:
        raise NotAllowed("registry.local-only")
    agreement = decode_agreement(dict(data))
    check_sound(agreement, inventory, is_new=row is None)
    with transaction.atomic():
        stood = lock_row(AgreementRow.objects.select_related("owner"), row.pk) if row else None
        saw = list(readers_of(stood)) if stood else []
        before = stood.data if stood else {}
        record = stood or AgreementRow(owner=owner, code=agreement.id, origin=AgreementOrigin.LOCAL)
        fill_row(record, agreement, dict(data))
        record.tlp = tlp
        record.save()
        record.groups.set(group_keys(groups).values())
        changes = {name: (before.get(name), value) for name, value in data.items() if before.get(name) != value and row}
        action = ChangeAction.CHANGED if row else ChangeAction.ADDED
        append_changes(author, AgreementRow, [Changed(record.pk, action, changes)], at=now)
        announce_readers(record, *saw)
        return record


def check_sound(agreement: Agreement, inventory: Collection[Agreement], *, is_new: bool) -> None:
    """Raise `InvalidInput` unless the text is sound beside the others of the inventory."""
    if is_new and any(other.id == agreement.id for other in inventory):
        raise InvalidInput([Problem("input.duplicate", "/id", {"id": agreement.id})])
    others = [other for other in inventory if other.id != agreement.id]
    known = KnownCodes(
        capabilities=load_capabilities(), hazards=load_hazards(), roles=role_names(), channels=channel_names()
    )
    check_agreements([*others, agreement], known)


def fill_row(row: AgreementRow, agreement: Agreement, data: dict[str, Any]) -> None:
    """The columns that repeat what the data say, and their digest, by which readers know what they have read."""
    row.level = agreement.level.value
    row.kind = agreement.kind.value
    row.signed_on = agreement.signed if isinstance(agreement.signed, date) else None
    row.data = data
    row.checked_on = agreement.checked.on
    row.checked_by = agreement.checked.by
    row.digest = digest_of(data)


def digest_of(data: Mapping[str, Any]) -> str:
    """The same for the same content."""
    return hashlib.sha256(json.dumps(data, sort_keys=True).encode()).hexdigest()


def record_check(author: Author, row: AgreementRow, *, on: date, note: str, now: datetime) -> None:
    """Someone held this reading against the text itself on that day. What it says is not changed by it."""
    by = f"{author.by}, {author.organisation}" if author.organisation else author.by
    with transaction.atomic():
        locked = lock_row(AgreementRow.objects.select_related("owner"), row.pk)
        fields = {"checked_on": (str(locked.checked_on), str(on)), "checked_by": (locked.checked_by, by)}
        locked.checked_on = on
        locked.checked_by = by
        locked.data = {**locked.data, "checked": {"on": str(on), "by": by}}
        locked.digest = digest_of(locked.data)
        locked.save(update_fields=["checked_on", "checked_by", "data", "digest"])
        append_changes(author, AgreementRow, [Changed(locked.pk, ChangeAction.CHECKED, fields)], at=now, reason=note)
        announce_readers(locked)


def assume_approval(
    author: Author,
    organisation: Organisation,
    *,
    agreement_id: str = "",
    level: str = "",
    minutes: int,
    as_of: date,
    note: str,
    seen: str | None = None,
    now: datetime,
) -> ApprovalAssumption:
    """Write down how long the organisation counts on for an approval, for one text or for a level.

    Parameters
    ----------
    seen
        The `assumption_digest` of what they were shown, where they were.

    Raises
    ------
    InvalidInput
        Where something else is assumed by now than they were shown.
    """
    with transaction.atomic():
        lock_row(Organisation.objects.all(), organisation.pk)
        found = ApprovalAssumption.objects.filter(
            organisation=organisation, agreement_id=agreement_id, level=level
        ).first()
        if seen is not None and seen != assumption_digest(found):
            raise InvalidInput([Problem("registry.field-overtaken")])
        row = found or ApprovalAssumption(organisation=organisation, agreement_id=agreement_id, level=level)
        before = row.minutes
        row.minutes, row.as_of, row.note, row.answers_for_it = minutes, as_of, note, author.by
        row.save()
        changes = {"minutes": (before, minutes)}
        action = ChangeAction.CHANGED if found else ChangeAction.ADDED
        append_changes(author, ApprovalAssumption, [Changed(row.pk, action, changes)], at=now, reason=note)
        return row


def assumption_digest(row: ApprovalAssumption | None) -> str:
    """The same as long as the same is assumed; empty where nothing is."""
    return fields_digest((str(row.minutes), str(row.as_of), row.note)) if row else ""


def forget_assumption(author: Author, row: ApprovalAssumption, *, seen: str = "", now: datetime) -> None:
    """Take an assumption back; the text is then not planned with, unless its level has a number.

    `seen` is the `assumption_digest` of what they were shown, where they were.

    Raises
    ------
    NotAllowed
        Where something else is assumed by now than they were shown.
    """
    with transaction.atomic():
        locked = lock_row(ApprovalAssumption.objects.all(), row.pk)
        if seen and seen != assumption_digest(locked):
            raise NotAllowed("registry.field-overtaken")
        change = Changed(locked.pk, ChangeAction.WITHDRAWN, {"minutes": (locked.minutes, None)})
        append_changes(author, ApprovalAssumption, [change], at=now)
        locked.delete()
