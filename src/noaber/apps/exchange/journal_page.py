"""The entries of a journal as a page shows them: what, who, when, by which channel, and whether each still holds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from noaber.apps.accounts.functions import read_function
from noaber.apps.exchange import words
from noaber.apps.exchange.journal.verify import check_entries
from noaber.apps.exchange.models import JournalEntry, KindOfEntry, Payload
from noaber.core.journal import Break, EntryKind
from noaber.core.messages import canonical
from noaber.core.messages.model import Message


@dataclass(frozen=True)
class EntryRow:
    """One entry with what its message says; `message` is None where the payload was erased or set aside."""

    entry: JournalEntry
    message: Message | None
    broken: Break | None

    @property
    def holds(self) -> bool:
        return self.broken is None

    @property
    def recorded_at(self) -> datetime:
        return self.entry.recorded_at

    @property
    def kind(self) -> str:
        return str(KindOfEntry(self.entry.kind).label)

    @property
    def type_name(self) -> str:
        return str(words.known_message_name(self.entry.message_type))

    @property
    def party(self) -> str:
        return self.message.envelope.party if self.message else self.entry.signer

    @property
    def entered_by(self) -> str:
        """Who entered it on behalf of the party; empty where the party spoke for itself."""
        if self.message is None or self.message.envelope.party == self.message.envelope.sender:
            return ""
        return self.message.envelope.sender

    @property
    def actor(self) -> str:
        return read_function(self.message.envelope.actor) if self.message else ""

    @property
    def channel(self) -> str:
        return str(words.CHANNELS[self.message.envelope.channel]) if self.message else ""

    @property
    def recipients(self) -> str:
        return ", ".join(self.message.envelope.recipients) if self.message else ""

    @property
    def reason(self) -> str:
        """Why it was erased or set aside."""
        if self.entry.kind == EntryKind.QUARANTINED:
            return str(words.QUARANTINE_REASONS.get(self.entry.reason, self.entry.reason))
        return self.entry.reason


def entry_rows(entries: Sequence[JournalEntry]) -> list[EntryRow]:
    """The entries in their order, each checked: its place in the chain, its signatures, its payload."""
    messages = _messages(
        entry.payload_digest for entry in entries if entry.kind in (EntryKind.SENT, EntryKind.RECEIVED)
    )
    erased = {entry.payload_digest for entry in entries if entry.kind == EntryKind.ERASED}
    broken = check_entries(entries)
    return [
        EntryRow(
            entry,
            None if entry.payload_digest in erased else messages.get(entry.payload_digest),
            broken.get(entry.pk),
        )
        for entry in entries
    ]


def _messages(digests: Iterable[str]) -> dict[str, Message]:
    found = Payload.objects.filter(pk__in=set(digests))
    return {payload.pk: canonical.decode(bytes(payload.content)) for payload in found}
