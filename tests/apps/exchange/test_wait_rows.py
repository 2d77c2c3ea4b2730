"""The rows of the desk: one for what one visit settles, with the earliest of its clocks."""

from __future__ import annotations

import pytest

from exchange_world import World
from noaber.apps.exchange import services
from noaber.apps.exchange.queries import count_waiting, waited_for_by, waiting_for
from noaber.apps.exchange.services import LineAnswer, Team
from noaber.apps.exchange.threads import load_thread
from noaber.apps.exchange.wait_rows import wait_rows
from noaber.core.messages.model import ResponseType
from noaber.core.messages.thread import WaitCode

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return World.make()


def offer_from_two_bases(world: World) -> str:
    request_id = world.send()
    world.acknowledge(request_id)
    request = load_thread(request_id).request
    assert request is not None
    teams = tuple(
        Team(quantity=1, team_id=f"HCP-{base}", name=f"Pompen {base}", owner="NL-NCC", base=base)
        for base in ("Tilburg", "Venlo")
    )
    answer = LineAnswer(
        line_id=request.lines[0].element_id, response_type=ResponseType.ACCEPT, teams=teams, risk_checked=True
    )
    services.respond_to_request(world.hague, request_id, [answer])
    return request_id


def test_two_offers_of_one_request_are_one_row_that_names_both(world: World) -> None:
    offer_from_two_bases(world)
    waits = waiting_for(world.be, "Exercise")
    assert len(waits) == 2
    (row,) = wait_rows(waits, world.be)
    assert row.code is WaitCode.DECIDE_OFFER
    assert "Pompen Tilburg" in row.text
    assert "Pompen Venlo" in row.text
    assert row.other == world.nl
    assert row.due_at == min((wait.due_at for wait in waits if wait.due_at), default=None)
    assert count_waiting(world.be, "Exercise") == 1


def test_what_we_wait_for_is_one_row_too(world: World) -> None:
    offer_from_two_bases(world)
    (row,) = wait_rows(waited_for_by(world.nl, "Exercise"), world.nl)
    assert (row.party, row.other) == (world.be, world.be)


def test_every_request_keeps_a_row_of_its_own(world: World) -> None:
    for _ in range(2):
        offer_from_two_bases(world)
    assert len(wait_rows(waiting_for(world.be, "Exercise"), world.be)) == 2
