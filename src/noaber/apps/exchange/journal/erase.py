"""Erasing the payloads of an exchange by rule: the chain keeps their digests, and an entry says why they are gone.

A keeper erases for itself. The bytes go when no journal of this node holds them any more; until then the keeper
who erased no longer sees them.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from noaber.apps.exchange.journal.append import store_entry
from noaber.apps.exchange.journal.keys import get_signer
from noaber.apps.exchange.models import JournalEntry, JournalHead, Payload
from noaber.core.journal import Entry, EntryKind

HOLDING = (EntryKind.SENT, EntryKind.RECEIVED)


def write_erasures(head: JournalHead, thread_id: str, *, reason: str, at: datetime.datetime) -> list[JournalEntry]:
    """An entry of erasure for each payload of the exchange that the keeper (its head is locked) still holds."""
    journal = JournalEntry.objects.filter(organisation=head.organisation, thread_id=thread_id)
    gone = set(journal.filter(kind=EntryKind.ERASED).values_list("message_id", flat=True))
    held = [entry for entry in journal.filter(kind__in=HOLDING).order_by("sequence") if entry.message_id not in gone]
    keeper = get_signer(head.organisation)
    return [store_entry(head, _erasure(head, entry, reason, at), keeper) for entry in held]


def _erasure(head: JournalHead, held: JournalEntry, reason: str, at: datetime.datetime) -> Entry:
    return Entry(
        organisation=head.organisation.code,
        sequence=head.sequence + 1,
        kind=EntryKind.ERASED,
        message_id=held.message_id,
        message_type=held.message_type,
        thread_id=held.thread_id,
        case_id=held.case_id,
        status=held.status,
        payload_digest=held.payload_digest,
        signer="",
        signing_key="",
        signature="",
        reason=reason,
        recorded_at=at,
        previous_hash=head.entry_hash,
    )


def delete_unheld(digests: Iterable[str]) -> int:
    """Delete those payloads that no journal here holds any more; how many went."""
    wanted = set(digests)
    entries = JournalEntry.objects.filter(payload_digest__in=wanted)
    erased = set(entries.filter(kind=EntryKind.ERASED).values_list("organisation_id", "payload_digest"))
    held = {
        digest
        for organisation, digest in entries.filter(kind__in=HOLDING).values_list("organisation_id", "payload_digest")
        if (organisation, digest) not in erased
    }
    count, _ = Payload.objects.filter(digest__in=wanted - held).delete()
    return count
