"""Walking every chain and signature of every journal: all holds, or here is the first thing that does not.

Journals are read in streams, in the order of their sequence; what is kept in memory is the digests of payloads
and the ids of sent messages.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import OperationalError
from django.db.models import CharField, QuerySet, TextField

from noaber.apps.accounts.models import Organisation
from noaber.apps.exchange.journal.keys import holds, private_path, was_retired
from noaber.apps.exchange.models import JournalEntry, JournalHead, Payload, SigningKey
from noaber.core.journal import (
    FIRST_PREVIOUS_HASH,
    Break,
    Entry,
    EntryKind,
    digest_of,
    entry_text,
    find_chain_break,
    message_text,
)

CHUNK = 2000
KINDS: Final = frozenset(EntryKind)
TEXT_COLUMNS: Final = tuple(
    column.attname for column in JournalEntry._meta.concrete_fields if isinstance(column, CharField | TextField)
)


@dataclass(frozen=True)
class Broken:
    """The first broken place of a journal."""

    organisation: str
    sequence: int
    what: Break
    message_id: str = ""


@dataclass(frozen=True)
class Verified:
    """What was walked, and what was found: nothing, where all holds."""

    entries: int
    journals: int
    broken: Broken | None = None


def verify_journals() -> Verified:
    """Walk every journal to its end, or to the first thing that does not hold."""
    walk = _Walk(Payload.objects.all())
    entries = journals = 0
    for keeper in _keepers():
        for count in walk.journal(keeper):
            entries += count
            if walk.broken:
                return Verified(entries, journals, walk.broken)
        journals += 1
    walk.check_sent()
    return Verified(entries, journals, walk.broken or _ownerless())


def _keepers() -> list[Organisation]:
    """Whoever has an entry, or a head that says there should be one."""
    keys = set(JournalEntry.objects.order_by().values_list("organisation_id", flat=True).distinct())
    keys |= set(JournalHead.objects.values_list("organisation_id", flat=True))
    return [organisation for organisation in Organisation.objects.order_by("code") if organisation.pk in keys]


def _ownerless() -> Broken | None:
    """The first entry of a journal that is no organisation's: SQLite lets that column hold anything too."""
    known = set(Organisation.objects.values_list("pk", flat=True))
    for owner, sequence in JournalEntry.objects.order_by("pk").values_list("organisation_id", "sequence"):
        if owner not in known:
            return Broken(str(owner), sequence, Break.UNREADABLE)
    return None


def check_entries(entries: Sequence[JournalEntry]) -> dict[int, Break]:
    """What does not hold of some entries of one journal, by their key: place, signatures, payload."""
    if not entries:
        return {}
    keeper = entries[0].organisation
    wanted = [entry.payload_digest for entry in entries]
    walk = _Walk(Payload.objects.filter(pk__in=wanted))
    erased = walk.find_erased(keeper)
    numbers = [entry.sequence - 1 for entry in entries]
    before = JournalEntry.objects.filter(organisation=keeper, sequence__in=numbers)
    hashes = dict(before.values_list("sequence", "entry_hash"))
    broken = {}
    for row in entries:
        previous = hashes.get(row.sequence - 1, FIRST_PREVIOUS_HASH)
        found = walk.find_break(row, keeper, row.sequence, previous, erased)
        if found:
            broken[row.pk] = found
    return broken


class _Walk:
    """One verification: the keys and payloads it reads once, and what it has found."""

    def __init__(self, payloads: QuerySet[Payload]) -> None:
        self.keys = {key.key_id: key for key in SigningKey.objects.select_related("organisation")}
        self.payloads = dict(_payload_facts(payloads))
        self.broken: Broken | None = None
        self.signed: set[tuple[str, str, str]] = set()
        self.sent: set[tuple[str, str]] = set()
        self.received: dict[tuple[str, str], tuple[Broken, str]] = {}
        self.keepers: set[str] = set()

    def journal(self, keeper: Organisation) -> Iterator[int]:
        """Walk one journal; yields 1 for each entry that was looked at."""
        self.keepers.add(keeper.code)
        erased = self.find_erased(keeper)
        sequence, previous = 0, FIRST_PREVIOUS_HASH
        for row in _readable(JournalEntry.objects.filter(organisation=keeper).order_by("sequence")):
            sequence += 1
            found = self.find_break(row, keeper, sequence, previous, erased) if row else Break.UNREADABLE
            if found:
                # A missing entry is named by the number that should stand here.
                self.broken = Broken(keeper.code, sequence, found, row.message_id if row else "")
            yield 1
            if row is None or self.broken:
                return
            previous = row.entry_hash
        self._check_head(keeper, sequence, previous)
        yield 0

    def find_break(
        self, row: JournalEntry, keeper: Organisation, sequence: int, previous: str, erased: set[str]
    ) -> Break | None:
        """What is wrong with one entry, given its place and what comes before it."""
        entry = row.as_entry(keeper.code)
        return (
            find_chain_break(entry, row.entry_hash, sequence=sequence, previous_hash=previous)
            or self._keeper_break(row, keeper)
            or self._message_break(entry, erased)
        )

    def find_erased(self, keeper: Organisation) -> set[str]:
        rows = JournalEntry.objects.filter(organisation=keeper, kind=EntryKind.ERASED)
        return set(rows.values_list("payload_digest", flat=True))

    def _keeper_break(self, row: JournalEntry, keeper: Organisation) -> Break | None:
        key = self.keys.get(row.keeper_key)
        if key is None or key.organisation_id != keeper.pk or was_retired(key, row.recorded_at):
            return Break.KEEPER_KEY
        if not holds(key.public_key, entry_text(row.entry_hash), row.keeper_signature):
            return Break.KEEPER_SIGNATURE
        return None

    def _message_break(self, entry: Entry, erased: set[str]) -> Break | None:
        """What is wrong with the message that the entry is about; nothing is asked of what was set aside."""
        if entry.kind not in (EntryKind.SENT, EntryKind.RECEIVED):
            return None
        self._note_passage(entry)
        return self._signature_break(entry) or self._payload_break(entry, erased)

    def _note_passage(self, entry: Entry) -> None:
        passage = (entry.signer, entry.message_id)
        if entry.kind is EntryKind.SENT:
            self.sent.add(passage)
        else:
            broken = Broken(entry.organisation, entry.sequence, Break.NOT_SENT, entry.message_id)
            self.received.setdefault(passage, (broken, entry.signing_key))

    def _signature_break(self, entry: Entry) -> Break | None:
        signed = (entry.signing_key, entry.payload_digest, entry.signature)
        if signed in self.signed:
            return None
        key = self.keys.get(entry.signing_key)
        if key is None or key.organisation.code != entry.signer:
            return Break.SENDER_KEY
        if entry.kind is EntryKind.SENT and entry.signer != entry.organisation:
            return Break.SENDER_KEY
        if not holds(key.public_key, message_text(entry.payload_digest), entry.signature):
            return Break.SENDER_SIGNATURE
        self.signed.add(signed)
        return None

    def _payload_break(self, entry: Entry, erased: set[str]) -> Break | None:
        facts = self.payloads.get(entry.payload_digest)
        if facts is None:
            return None if entry.payload_digest in erased else Break.PAYLOAD_MISSING
        if facts == CHANGED:
            return Break.PAYLOAD_CHANGED
        repeated = _fingerprint(entry.message_id, entry.message_type, entry.case_id, entry.status, entry.signer)
        return None if facts == repeated else Break.PAYLOAD_OTHER

    def _check_head(self, keeper: Organisation, sequence: int, last_hash: str) -> None:
        """The head says where the journal ends: entries cut off at the end are missed here."""
        head = JournalHead.objects.filter(organisation=keeper).first()
        if head is None or (head.sequence, head.entry_hash) != (sequence, last_hash):
            said = head.sequence if head and isinstance(head.sequence, int) else 0
            self.broken = Broken(keeper.code, max(sequence, said), Break.HEAD)

    def check_sent(self) -> None:
        """Whatever one journal received from an organisation that writes its own here, that one has sent.

        Who holds no journal any more did write one here where the private half of the key lies here.
        """
        for (signer, message_id), (broken, key_id) in self.received.items():
            if (signer, message_id) in self.sent:
                continue
            if signer in self.keepers or private_path(signer, key_id).exists():
                self.broken = broken
                return


def _readable(rows: QuerySet[JournalEntry]) -> Iterator[JournalEntry | None]:
    """The rows up to the first that cannot be one, and None in its place: SQLite lets a column hold anything."""
    stream = rows.iterator(chunk_size=CHUNK)
    while True:
        try:
            row = next(stream)
        except StopIteration:
            return
        except (ValueError, TypeError, OperationalError):
            row = None
        if row is None or not _is_entry(row):
            yield None
            return
        yield row


def _is_entry(row: JournalEntry) -> bool:
    """Whether every column holds what belongs into it."""
    return (
        isinstance(row.sequence, int)
        and isinstance(row.recorded_at, datetime)
        and row.kind in KINDS
        and all(isinstance(getattr(row, name), str) for name in TEXT_COLUMNS)
    )


CHANGED: Final = b""
"""Stands for a payload whose bytes do not fit their digest, or are no message."""


def _payload_facts(payloads: QuerySet[Payload]) -> Iterator[tuple[str, bytes]]:
    """For each payload, in a few bytes, what it says that an entry repeats."""
    for digest, content in payloads.values_list("digest", "content").iterator(chunk_size=CHUNK):
        yield digest, _facts_of(digest, content)


def _facts_of(digest: str, content: bytes | memoryview | str) -> bytes:
    """SQLite lets bytes be text; then they are not what was signed."""
    if isinstance(content, str):
        return CHANGED
    payload = bytes(content)
    if digest_of(payload) != digest:
        return CHANGED
    try:
        said = json.loads(payload)
        envelope = said["envelope"]
        return _fingerprint(
            said["message_id"],
            said["message_type"],
            envelope.get("case_id", ""),
            envelope["status"],
            envelope["sender"],
        )
    except (ValueError, KeyError, TypeError):
        return CHANGED


def _fingerprint(*texts: str) -> bytes:
    return hashlib.blake2b("\0".join(texts).encode(), digest_size=16).digest()
