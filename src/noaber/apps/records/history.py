"""The history of records: every change leaves who, for whom, when and why, and wakes the pages of its readers."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final, Self

from django.db import models

from noaber.apps.accounts.acting import Acting
from noaber.apps.accounts.models import Organisation, Person
from noaber.apps.accounts.services import announce
from noaber.apps.accounts.sharing import SharedRecord, readers_of
from noaber.apps.records.bulk import insert_rows
from noaber.apps.records.enums import ChangeAction
from noaber.apps.records.models import Change
from noaber.web.clock import now
from noaber.web.written import tell_written

NEWEST: Final = 100


Changes = Mapping[str, tuple[Any, Any]]
"""What stood there before and after, by field, as JSON can hold it."""


@dataclass(frozen=True)
class Author:
    """Someone who changes a record: a person for an organisation, or a command.

    `occasion` is in what they did it, where that was no page of the record: a campaign, by its title.
    """

    by: str
    organisation: Organisation | None = None
    person: Person | None = None
    occasion: str = ""

    @classmethod
    def of(cls, acting: Acting) -> Self:
        return cls(acting.function, acting.organisation, acting.person)


@dataclass(frozen=True)
class Changed:
    """One record that was changed."""

    subject_id: int
    action: ChangeAction
    fields: Changes


def append_changes(
    author: Author, subject: type[models.Model], changed: Iterable[Changed], *, at: datetime.datetime, reason: str = ""
) -> None:
    """Add to the history of the records, and say that they were written."""
    appended = list(changed)
    organisation = author.organisation.pk if author.organisation else None
    person = author.person.pk if author.person else None
    why = "; ".join(part for part in (author.occasion, reason) if part)
    told = (subject._meta.model_name, at, organisation, person, author.by, why)
    insert_rows(
        Change,
        ("subject", "at", "organisation", "person", "by", "reason", "subject_id", "action", "fields"),
        ((*told, change.subject_id, change.action, dict(change.fields)) for change in appended),
    )
    tell_written(subject, (change.subject_id for change in appended))


def keep_history(
    who: Acting | Author,
    record: models.Model,
    action: ChangeAction,
    changes: Mapping[str, tuple[Any, Any]] | None = None,
    reason: str = "",
) -> None:
    """Add to the history of one record what someone just did to it."""
    author = who if isinstance(who, Author) else Author.of(who)
    fields = {name: (as_json(before), as_json(after)) for name, (before, after) in (changes or {}).items()}
    append_changes(author, type(record), [Changed(record.pk, action, fields)], at=now(), reason=reason)


def set_fields(record: models.Model, values: Mapping[str, Any]) -> dict[str, tuple[Any, Any]]:
    """Put the values into the fields of a record; answers what stood there before and after, where that differs."""
    changes = {name: (getattr(record, name), value) for name, value in values.items() if getattr(record, name) != value}
    for name, value in values.items():
        setattr(record, name, value)
    return changes


def change(
    who: Acting | Author,
    record: models.Model,
    values: Mapping[str, Any],
    action: ChangeAction = ChangeAction.CHANGED,
    reason: str = "",
) -> None:
    """Write new values into a record that is locked, and into its history what stood there before."""
    changes = set_fields(record, values)
    record.save()
    keep_history(who, record, action, changes, reason)


def as_json(value: Any) -> Any:
    """A value as the history holds it: days and times in ISO 8601, another record by its name."""
    if isinstance(value, datetime.date | datetime.time):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal | models.Model) else value


def announce_readers(record: SharedRecord, *more: Organisation) -> None:
    """Wake the open pages of everyone who sees the record, and of `more`: those who saw it before."""
    announce([*readers_of(record), *more])


def history_of(record: models.Model) -> list[Change]:
    """The changes of a record, the newest first."""
    changes = Change.objects.filter(subject=record._meta.model_name, subject_id=record.pk)
    return list(changes.select_related("organisation")[:NEWEST])
