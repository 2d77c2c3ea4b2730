"""Appending a message, whether it was made here, came from another node or was read from a file.

One transaction holds the locks of the journals concerned, checks, writes the entries, derives the rows of the
exchange anew, and tells the open pages. The same message twice changes nothing; the same id with other content is
set aside.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from noaber.apps.accounts.acting import Acting
from noaber.apps.accounts.models import Organisation
from noaber.apps.accounts.services import announce
from noaber.apps.exchange.journal import keys
from noaber.apps.exchange.journal.append import (
    Outcome,
    Signed,
    append_entry,
    find_recorded_digest,
    lock_journals,
    sign,
    write_message,
)
from noaber.apps.exchange.law import readers_by_law
from noaber.apps.exchange.models import (
    ID_LENGTH,
    JournalEntry,
    Offer,
    Quarantine,
    RequestLine,
    SigningKey,
)
from noaber.apps.exchange.permissions import check_may_send, check_speaks_for
from noaber.apps.exchange.projection import project_thread
from noaber.apps.exchange.services.promises import check_order, check_promise
from noaber.apps.exchange.threads import keepers_of, load_thread, organisations_by_code, takes_part
from noaber.apps.exchange.wire import decode_signed
from noaber.core.journal import EntryKind, digest_of, message_text
from noaber.core.messages import canonical
from noaber.core.messages.acts import thread_ids
from noaber.core.messages.model import Message
from noaber.core.messages.rules import check_message, find_problems
from noaber.core.messages.steps import check_step
from noaber.core.messages.thread import Thread
from noaber.core.problems import InvalidInput, NotFound, Problem
from noaber.web import clock

MakeMessage = Callable[[Thread, datetime], Message]
"""Makes the message of a step from the exchange as it stands under the lock, and the time."""


@dataclass(frozen=True)
class Appended:
    """What became of a message."""

    message_id: str
    thread_id: str
    outcome: Outcome
    message: Message


def append_message(acting: Acting, message: Message) -> Appended:
    """Send a message for the organisation that `acting` acts for.

    Raises
    ------
    NotAllowed
        Where the role, the sender or the state of the exchange forbids it.
    InvalidInput
        Where the message breaks a rule of its type.
    """
    with transaction.atomic():
        lock_journals(_keepers(message))
        return _append_own(acting, message)


def take_step(acting: Acting, thread_id: str, make: MakeMessage) -> Appended:
    """Make a message from the exchange as it stands, and send it; nobody else acts in between.

    Raises
    ------
    NotFound
        Where the organisation takes no part in the exchange.
    NotAllowed, InvalidInput
        As `append_message`.
    """
    with transaction.atomic():
        lock_journals([*keepers_of(thread_id), acting.organisation])
        if not takes_part(acting.organisation, thread_id):
            raise NotFound
        now = clock.now()
        return _append_own(acting, make(load_thread(thread_id, now), now))


def receive_message(data: bytes) -> Appended:
    """Take in a signed message from another node or a file.

    What its sender's key does not vouch for, and an id that is known with other content, is set aside: it stands
    in the journals of those it was meant for, and changes nothing.

    Raises
    ------
    InvalidInput
        Where the bytes are no message, or concern nobody who is served here.
    """
    wire = decode_signed(data)
    message = wire.message
    content = canonical.encode(message)
    signed = Signed(message, content, digest_of(content), wire.key_id, wire.signature)
    with transaction.atomic():
        keepers = _keepers(message)
        if not keepers:
            raise InvalidInput([Problem("exchange.not-ours", "/envelope")], source=message.message_id)
        lock_journals(keepers)
        recorded = find_recorded_digest(message.message_id)
        if recorded == signed.digest:
            return _done(message, Outcome.ALREADY)
        reason = _doubt(signed, recorded)
        if reason:
            return _quarantine(signed, keepers, reason)
        return _write(signed, keepers)


def _append_own(acting: Acting, message: Message) -> Appended:
    """The caller holds the locks."""
    check_speaks_for(acting.organisation.code, message.envelope)
    check_may_send(acting.roles, message.message_type)
    check_message(message)
    keepers = _keepers(message)
    signed = sign(message, acting.organisation)
    recorded = find_recorded_digest(message.message_id)
    if recorded == signed.digest:
        return _done(message, Outcome.ALREADY)
    if recorded:
        return _quarantine(signed, keepers, "other-content")
    _check_names(message)
    now = clock.now()
    for thread_id in thread_ids(message):
        thread = load_thread(thread_id)
        check_step(thread, message)
        check_promise(acting.organisation, thread, message, now)
        check_order(acting.organisation, thread, message)
    return _write(signed, keepers)


def _write(signed: Signed, keepers: list[Organisation]) -> Appended:
    write_message(signed, keepers, clock.now())
    touched = set(keepers)
    for thread_id in thread_ids(signed.message):
        touched.update(readers_by_law(thread_id))
        project_thread(thread_id)
        touched.update(keepers_of(thread_id), readers_by_law(thread_id))
    announce(touched)
    return _done(signed.message, Outcome.APPENDED)


def _done(message: Message, outcome: Outcome) -> Appended:
    return Appended(message.message_id, thread_ids(message)[0], outcome, message)


def _keepers(message: Message) -> list[Organisation]:
    """Who keeps the message, as far as they are served here, the sender first: also the one it speaks for."""
    envelope = message.envelope
    codes = dict.fromkeys((envelope.sender, *envelope.recipients, envelope.on_behalf_of))
    known = organisations_by_code(codes)
    return [known[code] for code in codes if code in known and known[code].connected]


def _check_names(message: Message) -> None:
    """Everyone named is known here, ids are not too long, and no line takes the id of another."""
    problems = _name_problems(message)
    if problems:
        raise InvalidInput(problems, source=message.message_id)


def _name_problems(message: Message) -> list[Problem]:
    envelope = message.envelope
    named = {"/envelope/sender": envelope.sender, "/envelope/on_behalf_of": envelope.on_behalf_of}
    named |= {f"/envelope/recipients/{index}": code for index, code in enumerate(envelope.recipients)}
    known = organisations_by_code(named.values())
    problems = [
        Problem("exchange.unknown-organisation", where, {"organisation": code})
        for where, code in named.items()
        if code and code not in known
    ]
    problems += [
        Problem("exchange.id-too-long", where, {"limit": ID_LENGTH})
        for where, text in _ids_of(message)
        if len(text) > ID_LENGTH
    ]
    return problems + _taken_ids(message)


def _ids_of(message: Message) -> Iterable[tuple[str, str]]:
    yield "/message_id", message.message_id
    yield "/originating_message_id", message.originating_message_id
    yield "/envelope/case_id", message.envelope.case_id
    yield "/envelope/agreement", message.envelope.agreement
    for index, line in enumerate(message.resources):
        yield f"/resources/{index}/element_id", line.element_id
        yield f"/resources/{index}/subject_id", line.subject_id
        yield f"/resources/{index}/need_id", line.need_id


def _taken_ids(message: Message) -> list[Problem]:
    ids = [line.element_id for line in message.resources]
    taken = set(RequestLine.objects.filter(pk__in=ids).values_list("pk", flat=True))
    taken |= set(Offer.objects.filter(pk__in=ids).values_list("pk", flat=True))
    return [
        Problem("message.same-element-id", f"/resources/{index}/element_id", {"id": element_id})
        for index, element_id in enumerate(ids)
        if element_id in taken
    ]


def _doubt(signed: Signed, recorded: str | None) -> str:
    """Why a message that came in cannot be taken for what it says; empty where it can."""
    if recorded:
        return "other-content"
    key = SigningKey.objects.filter(key_id=signed.key_id, organisation__code=signed.message.envelope.sender).first()
    if key is None:
        return "unknown-key"
    if keys.was_retired(key, signed.message.sent_at):
        return "retired-key"
    if not keys.holds(key.public_key, message_text(signed.digest), signed.signature):
        return "bad-signature"
    return "broken-rule" if find_problems(signed.message) or _name_problems(signed.message) else ""


def _quarantine(signed: Signed, keepers: list[Organisation], reason: str) -> Appended:
    """Keep what came beside the journals' payloads, with an entry for each keeper; nothing else changes."""
    message = signed.message
    _, is_new = Quarantine.objects.get_or_create(
        message_id=message.message_id,
        digest=signed.digest,
        defaults={
            "content": signed.content,
            "signer": message.envelope.sender,
            "signature": signed.signature,
            "reason": reason,
            "arrived_at": timezone.now(),
        },
    )
    if is_new:
        for head in lock_journals(keepers).values():
            append_entry(head, kind=EntryKind.QUARANTINED, signed=signed, at=clock.now(), reason=reason)
        announce(keepers)
    return _done(message, Outcome.QUARANTINED)


def is_recorded(message_id: str) -> bool:
    return JournalEntry.objects.filter(message_id=message_id).exists()
