"""Which records someone sees, by kind: one reader, or two who both must."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from noaber.apps.accounts.models import Organisation
from noaber.apps.campaigns.models import Ask
from noaber.apps.events.models import EventDossier, RiskNote
from noaber.apps.records.kinds import find_kind
from noaber.core.presidency.dossier import Line

RISK = "risk"
"""A risk note of an event; it is no kind of record, since it has no page of its own."""
ASK = "ask"
"""One part that a campaign asks of one organisation; no kind of record either."""


@dataclass(frozen=True)
class Pair:
    """Giver and receiver: what one of them does not see is not handed over."""

    giver: Organisation
    receiver: Organisation

    def rows(self, kind: str) -> QuerySet[Any]:
        """The records of a kind that both see."""
        own = rows_of(self.giver, kind)
        if self.receiver == self.giver:
            return own
        return own.filter(pk__in=rows_of(self.receiver, kind).order_by().values("pk"))


def rows_of(reader: Organisation, kind: str) -> QuerySet[Any]:
    """The records of a kind that a reader sees."""
    if kind == RISK:
        events = rows_of(reader, "event").order_by().values("pk")
        return RiskNote.objects.visible_to(reader).filter(event__in=events).select_related("event")
    if kind == ASK:
        return Ask.objects.visible_to(reader)
    known = find_kind(kind)
    return known.seen_by(reader) if known else EventDossier.objects.none()


def seen_records(reader: Organisation, lines: Iterable[Line]) -> dict[str, dict[int, Any]]:
    """Of the records that lines and their ends tell of, those that the reader sees, by kind and key."""
    wanted: dict[str, set[int]] = defaultdict(set)
    for kind, key in _named(lines):
        wanted[kind].add(key)
    return {kind: {row.pk: row for row in rows_of(reader, kind).filter(pk__in=keys)} for kind, keys in wanted.items()}


def _named(lines: Iterable[Line]) -> Iterator[tuple[str, int]]:
    for line in lines:
        yield line.kind, line.key
        yield from ((end.kind, end.key) for end in line.ends)
        yield from ((kind, key) for kind, keys in line.made_from.items() for key in keys)


def url_of(record: Any) -> str:
    """Where a record is read."""
    return str((record.event if isinstance(record, RiskNote) else record).get_absolute_url())
