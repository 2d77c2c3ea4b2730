"""Links are made between two records that the author sees, and taken away by who made them."""

from __future__ import annotations

from datetime import datetime

from django.db import models, transaction

from noaber.apps.accounts.acting import Acting
from noaber.apps.accounts.models import Organisation
from noaber.apps.accounts.services import announce
from noaber.apps.accounts.sharing import SharedRecord, readers_of
from noaber.apps.library.enums import Relation
from noaber.apps.library.models import Link
from noaber.apps.records.history import Author
from noaber.apps.records.kinds import find_kind, kind_of
from noaber.core.problems import NotFound
from noaber.web.clock import now


def check_seen(organisation: Organisation, record: models.Model) -> None:
    """Raise `NotFound` unless the organisation sees `record`: nothing is linked with what one does not see."""
    if not kind_of(record).seen_by(organisation).filter(pk=record.pk).exists():
        raise NotFound


def link(author: Author, record: models.Model, relation: Relation, other: models.Model, *, now: datetime) -> Link:
    """Say that `record` has to do with `other`. Said again, it stays as it was.

    Raises
    ------
    NotFound
        Where the author acts for no organisation: links are seen from one.
    """
    if author.organisation is None:
        raise NotFound
    with transaction.atomic():
        made, _created = Link.objects.get_or_create(
            from_kind=kind_of(record).code,
            from_id=record.pk,
            relation=relation,
            to_kind=kind_of(other).code,
            to_id=other.pk,
            defaults={"organisation": author.organisation, "by": author.by, "at": now},
        )
        _announce(record, other)
        return made


def lead_on(acting: Acting, source: models.Model | None, record: models.Model) -> None:
    """Say that `source` led to the record; nothing where it came of no other.

    Raises
    ------
    NotFound
        Where the organisation does not see `source`.
    """
    if source is not None:
        check_seen(acting.organisation, source)
        link(Author.of(acting), source, Relation.LED_TO, record, now=now())


def unlink(author: Author, made: Link) -> None:
    """Take a link away that the author's organisation made; `NotFound` where another one did."""
    if author.organisation is None or made.organisation_id != author.organisation.pk:
        raise NotFound
    with transaction.atomic():
        ends = [_end(made.from_kind, made.from_id), _end(made.to_kind, made.to_id)]
        made.delete()
        _announce(*(end for end in ends if end is not None))


def _end(code: str, key: int) -> models.Model | None:
    kind = find_kind(code)
    return kind.model._default_manager.filter(pk=key).first() if kind else None


def _announce(*records: models.Model) -> None:
    readers: set[Organisation] = set()
    for record in records:
        if isinstance(record, SharedRecord):
            readers.update(readers_of(record))
    announce(readers)
