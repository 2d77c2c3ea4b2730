"""Who writes: every change of the registry leaves who, for whom, when and why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self

from django.db import models

from noaber.apps.accounts.acting import Acting
from noaber.apps.accounts.models import Organisation, Person
from noaber.apps.accounts.services import announce
from noaber.apps.accounts.sharing import SharedRecord, readers_of
from noaber.apps.registry.enums import ChangeAction
from noaber.apps.registry.history import Change
from noaber.apps.registry.services.bulk import insert_rows
from noaber.web.written import tell_written


@dataclass(frozen=True)
class Author:
    """Someone who changes a record: a person for an organisation, or a command.

    `occasion` is in what they did it, where that was no page of the registry: a campaign, by its title.
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
    """One record that was changed: what stood there before and after, by field, as JSON can hold it."""

    subject_id: int
    action: ChangeAction
    fields: Mapping[str, tuple[Any, Any]]


def append_changes(
    author: Author, subject: type[models.Model], changed: Iterable[Changed], *, at: datetime, reason: str = ""
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


def announce_readers(record: SharedRecord, *more: Organisation) -> None:
    """Wake the open pages of everyone who sees the record, and of `more`: those who saw it before."""
    announce([*readers_of(record), *more])
