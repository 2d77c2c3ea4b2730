"""Erasing by rule, and deriving everything anew."""

from __future__ import annotations

import pytest

from exchange_world import World
from journal_guards import lifted_guards
from noaber.apps.exchange import queries, services
from noaber.apps.exchange.journal.verify import verify_journals
from noaber.apps.exchange.models import Deployment, JournalEntry, Offer, Payload, Request, RequestLine, Waiting
from noaber.apps.exchange.rebuild import rebuild_projections
from noaber.apps.exchange.threads import get_thread
from noaber.cli.main import main
from noaber.core.problems import NotAllowed, NotFound
from noaber.web import clock

pytestmark = [pytest.mark.django_db, pytest.mark.every_database]
RULE = "Archiefwet: 10 jaar na afsluiting"


@pytest.fixture
def world() -> World:
    return World.make()


def test_a_running_exchange_cannot_be_erased(world: World) -> None:
    with pytest.raises(NotAllowed) as raised:
        services.erase_exchange("BE-NCCN", world.send(), reason=RULE)
    assert raised.value.problem.code == "journal.thread-open"


def test_who_erased_sees_it_no_more_and_the_other_side_still_does(world: World) -> None:
    request_id = world.play()
    count = services.erase_exchange("BE-NCCN", request_id, reason=RULE)
    assert count == Payload.objects.count() > 10
    assert queries.requests_of_case(world.be, "BE-2021-0714-01") == []
    assert len(queries.requests_of_case(world.nl, "BE-2021-0714-01")) == 1
    with pytest.raises(NotFound):
        get_thread(world.be, request_id, clock.now())
    assert get_thread(world.nl, request_id, clock.now()).request is not None
    assert verify_journals().broken is None
    assert rebuild_projections().changed == {}


def test_the_bytes_go_when_nobody_here_holds_them(world: World) -> None:
    request_id = world.play()
    other_id = world.send()
    services.erase_exchange("BE-NCCN", request_id, reason=RULE)
    services.erase_exchange("NL-NCC", request_id, reason=RULE)
    assert list(Payload.objects.values_list("thread_id", flat=True)) == [other_id]
    assert list(Request.objects.values_list("message_id", flat=True)) == [other_id]
    assert not Deployment.objects.exists()
    assert verify_journals().broken is None
    assert rebuild_projections().changed == {}
    assert JournalEntry.objects.filter(kind="erased", reason=RULE, organisation=world.nl).exists()


def test_it_cannot_be_erased_twice(world: World) -> None:
    request_id = world.play()
    services.erase_exchange("BE-NCCN", request_id, reason=RULE)
    with pytest.raises(NotAllowed) as raised:
        services.erase_exchange("BE-NCCN", request_id, reason=RULE)
    assert raised.value.problem.code == "journal.nothing-held"


def test_an_erased_message_that_comes_again_stays_erased(world: World) -> None:
    from noaber.apps.exchange.journal.append import Outcome, sign
    from noaber.apps.exchange.threads import load_thread
    from noaber.apps.exchange.wire import encode_signed

    request_id = world.play()
    message = load_thread(request_id).find_message(request_id)
    assert message is not None
    signed = sign(message, world.be)
    for side in ("BE-NCCN", "NL-NCC"):
        services.erase_exchange(side, request_id, reason=RULE)
    data = encode_signed(message, key_id=signed.key_id, signature=signed.signature)
    assert services.receive_message(data).outcome is Outcome.ALREADY
    assert not Payload.objects.exists()


def test_a_rebuild_mends_what_someone_has_changed_by_hand(world: World) -> None:
    request_id = world.play()
    world.send()
    Request.objects.filter(pk=request_id).update(state="SENT")
    Offer.objects.all().delete()
    RequestLine.objects.filter(request_id=request_id).update(quantity=99)
    Waiting.objects.all().delete()
    checked = rebuild_projections(keep=False)
    assert Request.objects.get(pk=request_id).state == "SENT"
    rebuilt = rebuild_projections()
    assert (
        checked.changed
        == rebuilt.changed
        == {
            "exchange_request": 1,
            "exchange_requestline": 1,
            "exchange_offer": 1,
            "exchange_waiting": 1,
        }
    )
    assert Request.objects.get(pk=request_id).state == "CLOSED"
    assert rebuild_projections().changed == {}


def test_nothing_is_derived_from_a_journal_that_does_not_hold(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    world.send()
    with lifted_guards():
        JournalEntry.objects.filter(organisation=world.nl, sequence=1).update(case_id="another case")
    RequestLine.objects.all().delete()
    assert main(["journal", "rebuild"]) == 1
    assert capsys.readouterr().out.startswith("Broken: journal of NL-NCC, entry 1 (message ")
    assert not RequestLine.objects.exists()


def test_rows_without_a_message_go(world: World) -> None:
    request_id = world.send()
    row = Request.objects.get(pk=request_id)
    row.message_id, row.slug, row.thread_id = "invented", "invented", "invented"
    row.save(force_insert=True)
    assert rebuild_projections().changed == {"exchange_request": 1}
    assert list(Request.objects.values_list("pk", flat=True)) == [request_id]
