"""One field of a text checked against the text itself: as it stands, or with what it says instead."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction

from noaber.apps.accounts.acting import Acting
from noaber.apps.accounts.enums import OrganisationKind, Permission
from noaber.apps.accounts.models import Organisation
from noaber.apps.accounts.queries import keeps
from noaber.apps.records.enums import ChangeAction
from noaber.apps.records.history import Author, Changed, announce_readers, append_changes
from noaber.apps.records.rows import lock_row
from noaber.apps.registry.agreement_records import FieldCheck
from noaber.apps.registry.field_notes import field_read
from noaber.apps.registry.models import AgreementRow
from noaber.apps.registry.permissions import can_state
from noaber.apps.registry.services.agreements import check_sound, digest_of, fill_row
from noaber.core.agreements import Agreement, Confidence
from noaber.core.agreements.decode import decode_agreement
from noaber.core.agreements.reading import Reading, is_unknown_value, with_reading
from noaber.core.problems import InvalidInput, NotAllowed, Problem


def check_field(
    acting: Acting,
    row: AgreementRow,
    reading: Reading,
    inventory: Collection[Agreement],
    *,
    on: date,
    note: str,
    seen: str = "",
    now: datetime,
) -> FieldCheck:
    """Someone held a field against the text. Everyone who may edit agreements can say that it stands as written.

    Parameters
    ----------
    seen
        The `field_digest` of what they were shown of it, where they were.

    Raises
    ------
    NotAllowed
        Where they say what the text says instead, and neither keep the text nor speak for a party to it.
    InvalidInput
        Where the text would not be sound with it, or says something else by now than what they were shown.
    """
    acting.check_may(Permission.EDIT_AGREEMENTS)
    if reading.value is not None and not may_state(acting, row):
        raise NotAllowed("registry.not-party")
    with transaction.atomic():
        check_seen_field(row, reading.field, seen)
        return record_reading(Author.of(acting), row, reading, inventory, on=on, note=note, now=now)


def check_seen_field(row: AgreementRow, field: str, seen: str) -> None:
    """Raise `InvalidInput` where the field is not what was `seen` of it; until the transaction ends it stays so."""
    if seen and seen != field_digest(lock_row(AgreementRow.objects.all(), row.pk), field):
        raise InvalidInput([Problem("registry.field-overtaken")])


def field_digest(row: AgreementRow, field: str) -> str:
    """The same as long as the text says the same in that field."""
    return digest_of({field: row.data.get(field)})


def may_state(acting: Acting, row: AgreementRow) -> bool:
    """Whether someone may write down what this text says."""
    return can_state(
        acting.roles,
        owner=row.owner_id,
        kept=keeps(acting.organisation),
        speaks_for=speaks_for(acting.organisation),
        parties=row.data["parties"],
    )


def speaks_for(organisation: Organisation) -> tuple[str, ...]:
    """The parties for which an organisation acts: itself, and its country where it is the national centre."""
    if organisation.kind == OrganisationKind.NATIONAL_CENTRE and organisation.country:
        return organisation.code, organisation.country
    return (organisation.code,)


def record_reading(
    author: Author,
    row: AgreementRow,
    reading: Reading,
    inventory: Collection[Agreement],
    *,
    on: date,
    note: str,
    now: datetime,
) -> FieldCheck:
    """Write down what someone read of a field; whether they may is for the caller to check.

    Raises
    ------
    InvalidInput
        Where the text would not be sound with it, beside the others of `inventory`.
    """
    with transaction.atomic():
        locked = AgreementRow.objects.select_for_update().get(pk=row.pk)
        before = locked.data.get(reading.field)
        data = with_reading(locked.data, reading)
        agreement = decode_agreement(data)
        check_sound(agreement, inventory, is_new=False)
        fill_row(locked, agreement, data)
        locked.save()
        check = FieldCheck.objects.create(
            agreement=locked,
            field=reading.field,
            on=on,
            by=author.by,
            organisation=author.organisation,
            person=author.person,
            confidence=reading.confidence.value,
            source=reading.source,
            note=note,
            said=reading.value,
            at=now,
        )
        fields = {reading.field: (before, data.get(reading.field))}
        reason = "; ".join(part for part in (reading.source, note) if part)
        append_changes(author, AgreementRow, [Changed(row.pk, ChangeAction.CHECKED, fields)], at=now, reason=reason)
        field_read.send(FieldCheck, check=check, author=author)
        announce_readers(locked)
        return check


def with_local_readings(row: AgreementRow, data: Mapping[str, Any]) -> dict[str, Any]:
    """Reference data with what was read here since: it holds where the reference does not say, or was checked before.

    So a new version of the product takes no answer away that someone looked up.
    """
    merged = dict(data)
    for check in row.field_checks.exclude(said=None).order_by("on", "pk"):
        if is_unknown_value(data.get(check.field)) or str(check.on) > data["checked"]["on"]:
            merged = with_reading(merged, Reading(check.field, Confidence(check.confidence), check.source, check.said))
    return merged
