"""The rules of the journal: what an entry says, how it is hashed and chained, what is signed.

A journal belongs to one organisation and holds what it sent and received. An entry hashes the digest of its
payload, not the payload, so a payload can be erased and the chain still verifies. Storing, keys and signing are
in `apps/exchange/journal`.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Final

FIRST_PREVIOUS_HASH: Final = "0" * 64
"""What the first entry of a journal follows."""


class EntryKind(StrEnum):
    """What happened to the message."""

    SENT = "sent"
    RECEIVED = "received"
    ERASED = "erased"
    """The keeper no longer holds the payload: erased by rule, with the reason."""
    QUARANTINED = "quarantined"
    """Set aside: the same id with other content, or a signature that does not hold. It changes nothing."""


class Break(StrEnum):
    """What can be broken at an entry."""

    UNREADABLE = "unreadable"
    SEQUENCE = "sequence"
    PREVIOUS = "previous"
    HASH = "hash"
    KEEPER_KEY = "keeper-key"
    KEEPER_SIGNATURE = "keeper-signature"
    SENDER_KEY = "sender-key"
    SENDER_SIGNATURE = "sender-signature"
    PAYLOAD_MISSING = "payload-missing"
    PAYLOAD_CHANGED = "payload-changed"
    PAYLOAD_OTHER = "payload-other"
    HEAD = "head"
    NOT_SENT = "not-sent"


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry, as it is hashed. What it names of the message stays after the payload is erased.

    Parameters
    ----------
    organisation
        Code of the keeper.
    sequence
        From 1, without gaps.
    thread_id
        The exchange to which the message belongs: the id of the message that opened it.
    payload_digest
        SHA-256 of the message's canonical bytes, hexadecimal.
    signer, signing_key, signature
        The organisation that sent the message, the key it used, and its Ed25519 signature (hexadecimal) over
        `message_text(payload_digest)`. Empty in an entry about an erasure.
    reason
        Why it was erased or set aside; empty otherwise.
    recorded_at
        When the keeper wrote it down, UTC.
    previous_hash
        The hash of the entry before it; `FIRST_PREVIOUS_HASH` in the first.
    """

    organisation: str
    sequence: int
    kind: EntryKind
    message_id: str
    message_type: str
    thread_id: str
    case_id: str
    status: str
    payload_digest: str
    signer: str
    signing_key: str
    signature: str
    reason: str
    recorded_at: datetime
    previous_hash: str


def digest_of(payload: bytes) -> str:
    """SHA-256 of a payload, hexadecimal."""
    return hashlib.sha256(payload).hexdigest()


def entry_hash(entry: Entry) -> str:
    """SHA-256 over the canonical JSON of the entry (sorted keys, no blanks, UTF-8), hexadecimal."""
    content = asdict(entry)
    content["recorded_at"] = entry.recorded_at.astimezone(UTC).isoformat(timespec="microseconds")
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def message_text(payload_digest: str) -> bytes:
    """What the sender of a message signs."""
    return b"noaber message " + payload_digest.encode("ascii")


def entry_text(hash_of_entry: str) -> bytes:
    """What the keeper of a journal signs; it can never be taken for the signature of a message."""
    return b"noaber entry " + hash_of_entry.encode("ascii")


def find_chain_break(entry: Entry, stored_hash: str, *, sequence: int, previous_hash: str) -> Break | None:
    """What is wrong with the entry's place in the chain, if anything.

    Parameters
    ----------
    stored_hash
        The hash that stands beside the entry.
    sequence, previous_hash
        What must follow after the entry before it.
    """
    if entry.sequence != sequence:
        return Break.SEQUENCE
    if entry.previous_hash != previous_hash:
        return Break.PREVIOUS
    if entry_hash(entry) != stored_hash:
        return Break.HASH
    return None
