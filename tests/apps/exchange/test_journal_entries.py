"""The journal itself: chained, signed, and refused by the database when someone would change it."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.db.models import Model

from exchange_world import START, World, make_request_message
from journal_guards import lifted_guards
from noaber.apps.exchange.journal import keys
from noaber.apps.exchange.journal.append import Signed, lock_journals, sign, write_message
from noaber.apps.exchange.journal.guards import find_missing_guards
from noaber.apps.exchange.journal.verify import verify_journals
from noaber.apps.exchange.models import JournalEntry, JournalHead, Payload, SigningKey
from noaber.core.journal import Break, digest_of, entry_hash
from noaber.core.messages import canonical

pytestmark = [pytest.mark.django_db, pytest.mark.every_database]


@pytest.fixture
def world() -> World:
    return World.make()


def send(world: World, count: int = 1) -> list[Signed]:
    """`count` requests from Brussels to The Hague, in both journals."""
    sent = []
    for _ in range(count):
        signed = sign(make_request_message(), world.be)
        with transaction.atomic():
            lock_journals([world.be, world.nl])
            write_message(signed, [world.be, world.nl], START)
        sent.append(signed)
    return sent


def test_a_message_stands_in_the_journals_of_both_sides(world: World) -> None:
    signed = send(world)[0]
    entries = list(JournalEntry.objects.order_by("organisation__code").values_list("organisation__code", "kind"))
    assert entries == [("BE-NCCN", "sent"), ("NL-NCC", "received")]
    assert canonical.decode(bytes(Payload.objects.get().content)) == signed.message


def test_each_journal_is_numbered_from_one_and_chained(world: World) -> None:
    send(world, 3)
    entries = list(JournalEntry.objects.filter(organisation=world.nl))
    assert [entry.sequence for entry in entries] == [1, 2, 3]
    assert [entry.previous_hash for entry in entries] == ["0" * 64, *(entry.entry_hash for entry in entries[:2])]
    assert all(entry_hash(entry.as_entry("NL-NCC")) == entry.entry_hash for entry in entries)


def test_the_private_key_is_a_file_that_only_its_owner_reads(world: World) -> None:
    send(world)
    key = SigningKey.objects.get(organisation=world.be)
    path = keys.private_path("BE-NCCN", key.key_id)
    assert stat.S_IMODE(os.stat(path).st_mode) == 0o600
    assert path.read_bytes().startswith(b"-----BEGIN PRIVATE KEY-----")


def test_a_rotated_key_signs_no_more_but_what_it_signed_holds(world: World) -> None:
    send(world)
    before = SigningKey.objects.get(organisation=world.be)
    after = keys.make_key(world.be)
    second = send(world)[0]
    assert second.key_id == after.key_id != before.key_id
    assert verify_journals().broken is None


def test_an_intact_journal_verifies_and_counts_its_entries(world: World) -> None:
    send(world, 3)
    verified = verify_journals()
    assert (verified.entries, verified.journals, verified.broken) == (6, 2, None)


def test_the_guards_are_there(world: World) -> None:
    assert find_missing_guards(connection) == []


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE exchange_journalentry SET reason = 'x'",
        "DELETE FROM exchange_journalentry",
        "UPDATE exchange_payload SET thread_id = 'x'",
        "DELETE FROM exchange_payload",
    ],
)
def test_the_database_refuses_to_change_the_journal(world: World, statement: str) -> None:
    send(world)
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert verify_journals().broken is None


def test_the_database_refuses_to_empty_it_at_once(world: World) -> None:
    """SQLite has no TRUNCATE; its way is a DELETE without a condition, which triggers see too."""
    statement = "TRUNCATE {} CASCADE" if connection.vendor == "postgresql" else "DELETE FROM {}"
    send(world)
    for table in ("exchange_journalentry", "exchange_payload"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement.format(table))
    assert verify_journals().broken is None


def _change_content(world: World) -> None:
    JournalEntry.objects.filter(organisation=world.nl, sequence=2).update(case_id="another case")


def _rehash(world: World) -> None:
    """Someone who knows how hashes are made, but has no key."""
    entry = JournalEntry.objects.get(organisation=world.nl, sequence=3)
    entry.case_id = "another case"
    hashed = entry_hash(entry.as_entry("NL-NCC"))
    JournalEntry.objects.filter(pk=entry.pk).update(case_id="another case", entry_hash=hashed)


def _swap(world: World) -> None:
    first, second = JournalEntry.objects.filter(organisation=world.nl, sequence__in=(1, 2))
    JournalEntry.objects.filter(pk=first.pk).update(sequence=99)
    JournalEntry.objects.filter(pk=second.pk).update(sequence=1)
    JournalEntry.objects.filter(pk=first.pk).update(sequence=2)


def _delete_middle(world: World) -> None:
    JournalEntry.objects.filter(organisation=world.nl, sequence=2).delete()


def _delete_last(world: World) -> None:
    JournalEntry.objects.filter(organisation=world.nl, sequence=3).delete()


def _delete_last_with_head(world: World) -> None:
    entry = JournalEntry.objects.get(organisation=world.be, sequence=3)
    JournalHead.objects.filter(organisation=world.be).update(sequence=2, entry_hash=entry.previous_hash)
    entry.delete()


def _delete_all_with_head(world: World) -> None:
    JournalHead.objects.filter(organisation=world.be).delete()
    JournalEntry.objects.filter(organisation=world.be).delete()


def _change_payload(world: World) -> None:
    payload = Payload.objects.get(message_id=_message_of(world, 2))
    Payload.objects.filter(pk=payload.pk).update(content=bytes(payload.content).replace(b"HCP", b"USR"))


def _write(column: str, value: str, table: type[Model], key: object) -> None:
    """As someone writes who asks the database and not the program."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {table._meta.db_table} SET {column} = {value} WHERE {table._meta.pk.column} = %s", [key]
        )


def _write_an_odd_kind(world: World) -> None:
    _write("kind", "'soon'", JournalEntry, JournalEntry.objects.get(organisation=world.nl, sequence=2).pk)


def _write_an_odd_date(world: World) -> None:
    """SQLite takes it; for PostgreSQL it is a date long gone."""
    value = "'soon'" if connection.vendor == "sqlite" else "'0900-01-01'"
    _write("recorded_at", value, JournalEntry, JournalEntry.objects.get(organisation=world.nl, sequence=2).pk)


def _write_text_for_bytes(world: World) -> None:
    value = "'a letter'" if connection.vendor == "sqlite" else r"'a letter'::bytea"
    _write("content", value, Payload, Payload.objects.get(message_id=_message_of(world, 2)).pk)


def _exchange_payloads(world: World) -> None:
    """The bytes of another message, under a digest that fits them."""
    message = make_request_message()
    content = canonical.encode(message)
    entry = JournalEntry.objects.get(organisation=world.nl, sequence=2)
    Payload.objects.filter(message_id=entry.message_id).delete()
    Payload.objects.create(
        digest=entry.payload_digest, message_id=entry.message_id, thread_id=entry.thread_id, content=content
    )


def _delete_payload(world: World) -> None:
    Payload.objects.filter(message_id=_message_of(world, 2)).delete()


def _forge_signature(world: World) -> None:
    """With the keeper's own key, so that only the sender's signature can tell."""
    _resign(world, 3, signature="00" * 64)


def _sign_with_own_key(world: World) -> None:
    signer = keys.get_signer(world.nl)
    entry = JournalEntry.objects.get(organisation=world.nl, sequence=3)
    from noaber.core.journal import message_text

    signature = signer.sign(message_text(entry.payload_digest))
    _resign(world, 3, signature=signature, signing_key=signer.key_id)


def _resign(world: World, sequence: int, **changes: str) -> None:
    from noaber.core.journal import entry_text

    entry = JournalEntry.objects.get(organisation=world.nl, sequence=sequence)
    for name, value in changes.items():
        setattr(entry, name, value)
    entry.entry_hash = entry_hash(entry.as_entry("NL-NCC"))
    entry.keeper_signature = keys.get_signer(world.nl).sign(entry_text(entry.entry_hash))
    entry.save()
    JournalHead.objects.filter(organisation=world.nl).update(entry_hash=entry.entry_hash)


def _message_of(world: World, sequence: int) -> str:
    return JournalEntry.objects.get(organisation=world.nl, sequence=sequence).message_id


@pytest.mark.parametrize(
    ("tamper", "organisation", "sequence", "what"),
    [
        (_change_content, "NL-NCC", 2, Break.HASH),
        (_write_an_odd_kind, "NL-NCC", 2, Break.UNREADABLE),
        (_write_an_odd_date, "NL-NCC", 2, Break.UNREADABLE if connection.vendor == "sqlite" else Break.HASH),
        (_rehash, "NL-NCC", 3, Break.KEEPER_SIGNATURE),
        (_swap, "NL-NCC", 1, Break.PREVIOUS),
        (_delete_middle, "NL-NCC", 2, Break.SEQUENCE),
        (_delete_last, "NL-NCC", 3, Break.HEAD),
        (_delete_last_with_head, "NL-NCC", 3, Break.NOT_SENT),
        (_delete_all_with_head, "NL-NCC", 1, Break.NOT_SENT),
        (_change_payload, "BE-NCCN", 2, Break.PAYLOAD_CHANGED),
        (_write_text_for_bytes, "BE-NCCN", 2, Break.PAYLOAD_CHANGED),
        (_exchange_payloads, "BE-NCCN", 2, Break.PAYLOAD_CHANGED),
        (_delete_payload, "BE-NCCN", 2, Break.PAYLOAD_MISSING),
        (_forge_signature, "NL-NCC", 3, Break.SENDER_SIGNATURE),
        (_sign_with_own_key, "NL-NCC", 3, Break.SENDER_KEY),
    ],
)
def test_tampering_is_found_at_its_place(
    world: World, tamper: Callable[[World], None], organisation: str, sequence: int, what: Break
) -> None:
    send(world, 3)
    with lifted_guards():
        tamper(world)
    broken = verify_journals().broken
    assert broken is not None
    assert (broken.organisation, broken.sequence, broken.what) == (organisation, sequence, what)


def test_an_entry_of_nobody_is_found(world: World) -> None:
    send(world, 3)
    last = JournalEntry.objects.get(organisation=world.nl, sequence=3)
    nobody = "'zz'" if connection.vendor == "sqlite" else "987654"
    with lifted_guards():
        _write("organisation_id", nobody, JournalEntry, last.pk)
        JournalHead.objects.filter(organisation=world.nl).update(sequence=2, entry_hash=last.previous_hash)
    broken = verify_journals().broken
    assert broken is not None
    assert (broken.organisation, broken.sequence, broken.what) == (nobody.strip("'"), 3, Break.UNREADABLE)
    with lifted_guards():
        _write("organisation_id", str(world.nl.pk), JournalEntry, last.pk)


def test_what_was_received_from_another_node_needs_no_journal_here(world: World) -> None:
    send(world, 1)
    with lifted_guards():
        _delete_all_with_head(world)
    keys.private_path("BE-NCCN", SigningKey.objects.get(organisation=world.be).key_id).unlink()
    assert verify_journals().broken is None


def test_the_digest_is_that_of_the_bytes(world: World) -> None:
    signed = send(world)[0]
    assert Payload.objects.get().digest == digest_of(signed.content) == canonical.digest(signed.message)
