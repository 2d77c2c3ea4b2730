"""Messages from other nodes and from files do what they do on a page; what cannot be trusted does nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from django.db import transaction

from exchange_world import World, make_request_message, with_quantity
from journal_guards import lifted_guards
from noaber.apps.exchange import services
from noaber.apps.exchange.journal import keys
from noaber.apps.exchange.journal.append import Outcome, sign
from noaber.apps.exchange.journal.verify import verify_journals
from noaber.apps.exchange.models import JournalEntry, JournalHead, Payload, Quarantine, Request
from noaber.apps.exchange.projection import TABLES
from noaber.apps.exchange.rebuild import rebuild_projections
from noaber.apps.exchange.threads import load_thread
from noaber.apps.exchange.wire import decode_signed, encode_signed
from noaber.core.messages.fold import fold
from noaber.core.messages.model import Message
from noaber.core.problems import InvalidInput

pytestmark = [pytest.mark.django_db, pytest.mark.every_database]


@pytest.fixture
def world() -> World:
    return World.make()


def on_the_wire(world: World, message: Message) -> bytes:
    signed = sign(message, world.be)
    return encode_signed(message, key_id=signed.key_id, signature=signed.signature)


def test_a_message_from_a_file_does_what_it_does_on_a_page(world: World) -> None:
    message = make_request_message()
    appended = services.receive_message(on_the_wire(world, message))
    assert appended.outcome is Outcome.APPENDED
    assert Request.objects.get().message_id == message.message_id
    assert set(JournalEntry.objects.values_list("organisation__code", "kind")) == {
        ("BE-NCCN", "sent"),
        ("NL-NCC", "received"),
    }
    assert verify_journals().broken is None


def test_the_same_file_twice_changes_nothing(world: World) -> None:
    data = on_the_wire(world, make_request_message())
    services.receive_message(data)
    assert services.receive_message(data).outcome is Outcome.ALREADY
    assert JournalEntry.objects.count() == 2


def test_the_same_id_with_other_content_is_set_aside(world: World) -> None:
    message = make_request_message(quantity=2)
    services.receive_message(on_the_wire(world, message))
    other = on_the_wire(world, with_quantity(message, 9))
    assert services.receive_message(other).outcome is Outcome.QUARANTINED
    assert services.receive_message(other).outcome is Outcome.QUARANTINED
    assert load_thread(message.message_id).request.lines[0].quantity == 2
    assert Quarantine.objects.get().reason == "other-content"
    assert JournalEntry.objects.filter(kind="quarantined", organisation=world.nl).count() == 1
    assert verify_journals().broken is None
    assert rebuild_projections().changed == {}


def test_the_same_id_with_other_content_made_here_is_set_aside_too(world: World) -> None:
    message = make_request_message()
    services.append_message(world.brussels, message)
    assert services.append_message(world.brussels, message).outcome is Outcome.ALREADY
    assert services.append_message(world.brussels, with_quantity(message, 9)).outcome is Outcome.QUARANTINED


def _forged(world: World, message: Message) -> bytes:
    return encode_signed(message, key_id=sign(message, world.be).key_id, signature="00" * 64)


def _by_another(world: World, message: Message) -> bytes:
    signed = sign(message, world.lu)
    return encode_signed(message, key_id=signed.key_id, signature=signed.signature)


def _altered(world: World, message: Message) -> bytes:
    return on_the_wire(world, message).replace(b"HCP", b"USR")


def _retired(world: World, message: Message) -> bytes:
    data = on_the_wire(world, replace(message, sent_at=keys.clock.now().replace(year=2099)))
    keys.make_key(world.be)
    return data


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (_forged, "bad-signature"),
        (_altered, "bad-signature"),
        (_by_another, "unknown-key"),
        (_retired, "retired-key"),
    ],
)
def test_what_its_sender_does_not_vouch_for_is_set_aside(
    world: World, make: Callable[[World, Message], bytes], reason: str
) -> None:
    assert services.receive_message(make(world, make_request_message())).outcome is Outcome.QUARANTINED
    assert Quarantine.objects.get().reason == reason
    assert not Request.objects.exists()
    assert verify_journals().broken is None


def test_an_unsigned_message_is_set_aside(world: World) -> None:
    data = on_the_wire(world, make_request_message())
    unsigned = data.replace(b"urn:noaber:signature:ed25519", b"urn:other")
    services.receive_message(unsigned)
    assert Quarantine.objects.get().reason == "unknown-key"


def test_a_message_between_strangers_is_none_of_ours(world: World) -> None:
    message = make_request_message("FR-EMIZ", "DE-NW")
    signed = sign(message, world.be)
    with pytest.raises(InvalidInput) as raised:
        services.receive_message(encode_signed(message, key_id=signed.key_id, signature=signed.signature))
    assert raised.value.problems[0].code == "exchange.not-ours"


def test_an_organisation_of_another_node_signs_with_the_key_that_was_trusted(world: World) -> None:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    from noaber.core.journal import message_text
    from noaber.core.messages import canonical

    private = Ed25519PrivateKey.generate()
    public = private.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    key = keys.trust_key(world.fr, public.hex())
    message = make_request_message("FR-EMIZ", "NL-NCC")
    signature = private.sign(message_text(canonical.digest(message))).hex()
    data = encode_signed(message, key_id=key.key_id, signature=signature)
    assert services.receive_message(data).outcome is Outcome.APPENDED
    assert Request.objects.get().consumer == world.fr
    assert verify_journals().broken is None


def test_every_message_of_the_evening_survives_its_envelope_and_folds_to_the_same(world: World) -> None:
    request_id = world.play()
    thread = load_thread(request_id)
    read = [decode_signed(encode_signed(entry.message, key_id="k", signature="s")).message for entry in thread.history]
    assert fold(read, thread_id=request_id) == thread


def test_an_evening_read_from_files_leaves_the_same_tables(world: World) -> None:
    """In reverse order, too: what comes early waits."""
    request_id = world.play()
    before = {table: list(table.objects.order_by("pk").values()) for table in TABLES[:4]}
    signatures = dict(JournalEntry.objects.values_list("message_id", "signature"))
    key_ids = dict(JournalEntry.objects.values_list("message_id", "signing_key"))
    files = [
        encode_signed(
            entry.message,
            key_id=key_ids[entry.message.message_id],
            signature=signatures[entry.message.message_id],
        )
        for entry in load_thread(request_id).history
    ]
    _empty()
    for data in reversed(files):
        assert services.receive_message(data).outcome is Outcome.APPENDED
    assert {table: list(table.objects.order_by("pk").values()) for table in TABLES[:4]} == before
    assert verify_journals().broken is None


def _empty() -> None:
    with lifted_guards(), transaction.atomic():
        for table in (*reversed(TABLES), JournalEntry, Payload, JournalHead):
            table.objects.all().delete()
