"""Exchanges as their messages leave them: read from the payloads, and folded."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from django.db.models import Q

from noaber.apps.accounts.models import Organisation
from noaber.apps.exchange.models import JournalEntry, Payload
from noaber.core.journal import EntryKind
from noaber.core.messages import canonical
from noaber.core.messages.fold import fold
from noaber.core.messages.model import Message
from noaber.core.messages.thread import Thread
from noaber.core.problems import NotFound


def load_messages(thread_id: str) -> list[Message]:
    """Every message of the exchange that is kept here, in no particular order."""
    payloads = Payload.objects.filter(Q(thread_id=thread_id) | Q(ended_thread_id=thread_id))
    return [canonical.decode(bytes(content)) for content in payloads.values_list("content", flat=True)]


def load_thread(thread_id: str, now: datetime.datetime | None = None) -> Thread:
    """The exchange as it stands at `now`; without a time, as its messages alone leave it."""
    return fold(load_messages(thread_id), thread_id=thread_id, now=now)


def get_thread(organisation: Organisation, thread_id: str, now: datetime.datetime) -> Thread:
    """The exchange, for an organisation that takes part in it, or `NotFound`."""
    if not takes_part(organisation, thread_id):
        raise NotFound
    return load_thread(thread_id, now)


def takes_part(organisation: Organisation, thread_id: str) -> bool:
    """Whether the organisation's journal holds messages of the exchange that it has not erased."""
    entries = JournalEntry.objects.filter(organisation=organisation, thread_id=thread_id)
    kinds = set(entries.values_list("kind", flat=True))
    return EntryKind.ERASED not in kinds and bool(kinds & {EntryKind.SENT, EntryKind.RECEIVED})


def keepers_of(thread_id: str) -> list[Organisation]:
    """The organisations served here whose journals hold messages of the exchange."""
    entries = JournalEntry.objects.filter(thread_id=thread_id)
    return list(Organisation.objects.filter(pk__in=entries.values("organisation")).order_by("pk"))


def organisations_by_code(codes: Iterable[str]) -> dict[str, Organisation]:
    return {item.code: item for item in Organisation.objects.filter(code__in=set(codes))}
