"""Writing entries: the only code that adds to a journal.

Everything happens in one transaction that holds the lock of every journal it writes in (rows of `JournalHead`,
always in the same order), so two officers acting at once are put one after the other, and the second sees what
the first has done.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from noaber.apps.accounts.models import Organisation
from noaber.apps.exchange.journal.keys import Signer, get_signer
from noaber.apps.exchange.models import JournalEntry, JournalHead, Payload
from noaber.core.journal import FIRST_PREVIOUS_HASH, Entry, EntryKind, digest_of, entry_hash, entry_text, message_text
from noaber.core.messages import canonical
from noaber.core.messages.acts import thread_ids
from noaber.core.messages.model import Message


class Outcome(StrEnum):
    """What became of a message that was to be appended."""

    APPENDED = "appended"
    ALREADY = "already"
    """The same message was there; nothing has changed."""
    QUARANTINED = "quarantined"
    """Set aside; nothing has changed."""


@dataclass(frozen=True)
class Signed:
    """A message with its canonical bytes and its sender's signature."""

    message: Message
    content: bytes
    digest: str
    key_id: str
    signature: str


def sign(message: Message, sender: Organisation) -> Signed:
    """The message, signed by its sender, which is served here."""
    content = canonical.encode(message)
    digest = digest_of(content)
    signer = get_signer(sender)
    return Signed(message, content, digest, signer.key_id, signer.sign(message_text(digest)))


def lock_journals(keepers: Iterable[Organisation]) -> dict[int, JournalHead]:
    """The heads of the journals, locked in the order of their organisations until the transaction ends."""
    keys = sorted({organisation.pk for organisation in keepers})
    known = set(JournalHead.objects.filter(organisation__in=keys).values_list("organisation_id", flat=True))
    JournalHead.objects.bulk_create(
        [JournalHead(organisation_id=key, entry_hash=FIRST_PREVIOUS_HASH) for key in keys if key not in known],
        ignore_conflicts=True,
    )
    heads = JournalHead.objects.select_for_update(of=("self",)).filter(organisation__in=keys)
    return {head.organisation_id: head for head in heads.order_by("organisation_id").select_related("organisation")}


def find_recorded_digest(message_id: str) -> str | None:
    """The digest under which the message is in the journals already; it stays after an erasure."""
    kinds = (EntryKind.SENT, EntryKind.RECEIVED)
    found = JournalEntry.objects.filter(message_id=message_id, kind__in=kinds)
    return found.values_list("payload_digest", flat=True).first()


def write_message(signed: Signed, keepers: Sequence[Organisation], at: datetime.datetime) -> list[JournalEntry]:
    """Keep the payload, and an entry in the journal of each keeper: sent in the sender's, received in the others'.

    The caller holds the keepers' locks and has checked that the message is new.
    """
    message = signed.message
    thread_id, *ended = thread_ids(message)
    Payload.objects.create(
        digest=signed.digest,
        message_id=message.message_id,
        thread_id=thread_id,
        ended_thread_id=ended[0] if ended else "",
        content=signed.content,
    )
    heads = lock_journals(keepers)
    return [
        append_entry(
            heads[keeper.pk],
            kind=EntryKind.SENT if keeper.code == message.envelope.sender else EntryKind.RECEIVED,
            signed=signed,
            at=at,
        )
        for keeper in keepers
    ]


def append_entry(
    head: JournalHead, *, kind: EntryKind, signed: Signed, at: datetime.datetime, reason: str = ""
) -> JournalEntry:
    """The next entry of the journal whose locked head is given: about a message sent, received or set aside."""
    message = signed.message
    entry = Entry(
        organisation=head.organisation.code,
        sequence=head.sequence + 1,
        kind=kind,
        message_id=message.message_id,
        message_type=message.message_type.value,
        thread_id=thread_ids(message)[0],
        case_id=message.envelope.case_id,
        status=message.envelope.status.value,
        payload_digest=signed.digest,
        signer=message.envelope.sender,
        signing_key=signed.key_id,
        signature=signed.signature,
        reason=reason,
        recorded_at=at,
        previous_hash=head.entry_hash,
    )
    return store_entry(head, entry, get_signer(head.organisation))


def store_entry(head: JournalHead, entry: Entry, keeper: Signer) -> JournalEntry:
    """Hash, sign and store an entry, and move the head to it."""
    hashed = entry_hash(entry)
    stored = JournalEntry.objects.create(
        organisation=head.organisation,
        sequence=entry.sequence,
        kind=entry.kind.value,
        message_id=entry.message_id,
        message_type=entry.message_type,
        thread_id=entry.thread_id,
        case_id=entry.case_id,
        status=entry.status,
        payload_digest=entry.payload_digest,
        signer=entry.signer,
        signing_key=entry.signing_key,
        signature=entry.signature,
        reason=entry.reason,
        recorded_at=entry.recorded_at,
        previous_hash=entry.previous_hash,
        entry_hash=hashed,
        keeper_key=keeper.key_id,
        keeper_signature=keeper.sign(entry_text(hashed)),
    )
    head.sequence, head.entry_hash = entry.sequence, hashed
    head.save(update_fields=["sequence", "entry_hash"])
    return stored
