"""A promise is checked before it is signed, in the transaction that signs it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from exchange_world import CERTIFICATE, World, later
from noaber.apps.exchange import services
from noaber.apps.exchange.draft_lines import DraftLine
from noaber.apps.exchange.models import JournalEntry, Offer
from noaber.apps.exchange.services import LineAnswer, Manner, Team
from noaber.apps.exchange.threads import load_thread
from noaber.apps.registry.models import Capacity, Reservation
from noaber.apps.registry.services.capacities import set_home_cover
from noaber.core.messages.model import Channel, ResponseType
from noaber.core.problems import InvalidInput
from noaber.web import clock
from registry_builders import author_for, make_capacity

pytestmark = [pytest.mark.django_db, pytest.mark.every_database]
BOATS = "BOATS"


@pytest.fixture
def evening() -> World:
    """The Hague has three boat teams in Tilburg."""
    world = World.make()
    boats(world)
    return world


def boats(world: World, code: str = BOATS, quantity: int = 3, **fields: Any) -> Capacity:
    data = {"name": f"Boten {code}", "capabilities": ("FRB",), "quantity": quantity, "lon": 5.09, "lat": 51.56}
    return make_capacity(world.nl, code, **{**data, **fields})


def ask(world: World, quantity: int = 1) -> str:
    return world.send(DraftLine(capability="FRB", quantity=quantity, needed_by=later(3), useless_after=later(6)))


def team(quantity: int, code: str = BOATS, *, after: int = 60, **more: Any) -> Team:
    arrival = clock.now() + timedelta(minutes=after)
    return Team(
        quantity=quantity, team_id=code, name=f"Boten {code}", owner="NL-NCC", estimated_arrival_at=arrival, **more
    )


def offer(world: World, request_id: str, *teams: Team, manner: Manner | None = None, **more: Any) -> str:
    """Offer teams for the first line; the answer is the last offer's id."""
    line = load_thread(request_id).request.lines[0]
    given: dict[str, Any] = {"response_type": ResponseType.ACCEPT, "risk_checked": True, **more}
    answer = LineAnswer(line_id=line.element_id, teams=teams, **given)
    by = world.brussels if manner else world.hague
    services.respond_to_request(by, request_id, [answer], manner=manner or Manner())
    return load_thread(request_id).offers[-1].id


def codes(caught: pytest.ExceptionInfo[InvalidInput]) -> list[str]:
    return [problem.code for problem in caught.value.problems]


def test_nine_boats_of_three_for_one_are_not_sent(evening: World) -> None:
    request_id = ask(evening)
    with pytest.raises(InvalidInput) as caught:
        offer(evening, request_id, team(9))
    assert codes(caught) == ["promise.more-than-there", "promise.more-than-asked"]
    assert "There are 3, so 3 can go at most" in str(caught.value)
    assert not Offer.objects.exists()
    assert not JournalEntry.objects.filter(message_type="ResponseToRequestResource").exists()


def test_what_is_accepted_knowingly_travels_in_the_message(evening: World) -> None:
    request_id = ask(evening)
    with pytest.raises(InvalidInput) as caught:
        offer(evening, request_id, team(2))
    assert codes(caught) == ["promise.more-than-asked"]
    offer(
        evening, request_id, team(2, knowing=("more-than-asked",), knowing_reason="only-together", reason="Een paar.")
    )
    line = load_thread(request_id).offers[0].information
    assert line is not None
    assert (line.knowing, line.knowing_reason) == (("more-than-asked",), "only-together")
    assert line.response is not None
    assert line.response.reason is not None
    assert line.response.reason.text == "Een paar."


def test_a_team_kept_at_home_goes_only_with_a_word(evening: World) -> None:
    set_home_cover(author_for(evening.nl), evening.nl, "Exercise", "FRB", 2, now=clock.now())
    request_id = ask(evening, 3)
    with pytest.raises(InvalidInput) as caught:
        offer(evening, request_id, team(2))
    assert codes(caught) == ["promise.kept-at-home"]
    offer(evening, request_id, team(1))
    offer(evening, request_id, team(1, knowing=("kept-at-home",), knowing_reason="owner-agrees", reason="Gebeld."))
    assert sum(one.quantity for one in load_thread(request_id).offers) == 2


def test_a_team_promised_to_one_is_not_promised_to_another(evening: World) -> None:
    offer(evening, ask(evening, 2), team(2))
    second = ask(evening, 2)
    with pytest.raises(InvalidInput) as caught:
        offer(evening, second, team(2, knowing=("promised-elsewhere",)))
    assert codes(caught) == ["promise.promised-elsewhere"]
    offer(evening, second, team(1))


def test_a_withdrawn_offer_frees_its_teams(evening: World) -> None:
    first, second = ask(evening, 3), ask(evening, 3)
    mistaken = offer(evening, first, team(3))
    services.withdraw_offer(evening.hague, first, mistaken, reason_code="entered-in-error")
    offer(evening, second, team(3))


def test_reserved_teams_need_a_word(evening: World) -> None:
    capacity = Capacity.objects.get()
    now = clock.now()
    Reservation.objects.create(
        capacity=capacity, quantity=2, begins_at=now - timedelta(hours=1), ends_at=now + timedelta(days=1),
        held_for_kind="event", held_for_id=1, made_by="x", made_at=now,
    )  # fmt: skip
    request_id = ask(evening, 3)
    with pytest.raises(InvalidInput) as caught:
        offer(evening, request_id, team(2))
    assert codes(caught) == ["promise.reserved"]
    offer(evening, request_id, team(2, knowing=("reserved",), knowing_reason="lives-at-stake"))


def test_late_is_confirmed_and_of_no_use_needs_a_word(evening: World) -> None:
    request_id = ask(evening, 3)
    with pytest.raises(InvalidInput) as caught:
        offer(evening, request_id, team(1, after=200))
    assert codes(caught) == ["promise.late"]
    assert not Offer.objects.exists()
    offer(evening, request_id, team(1, after=200, knowing=("late",)))
    with pytest.raises(InvalidInput) as caught:
        offer(evening, request_id, team(2, after=400))
    assert codes(caught) == ["promise.of-no-use"]


def late_offer(world: World) -> tuple[str, str]:
    """A team that arrives 20 minutes late, offered knowing it: the request and the offer."""
    request_id = ask(world, 3)
    return request_id, offer(world, request_id, team(2, after=200, knowing=("late",)))


def test_whoever_takes_a_late_offer_says_so(evening: World) -> None:
    request_id, offer_id = late_offer(evening)
    with pytest.raises(InvalidInput) as caught:
        services.requisition(evening.brussels, request_id, [(offer_id, 2)])
    assert codes(caught) == ["order.late"]
    assert "Boten BOATS arrives 20 minutes after it is needed." in str(caught.value)
    assert [one.state for one in load_thread(request_id).offers] == ["OFFERED"]
    order = services.requisition(evening.brussels, request_id, [(offer_id, 2)], late_taken=[offer_id])
    assert [line.knowing for line in order.message.resources] == [("late",)]
    assert [one.state for one in load_thread(request_id).offers] == ["ACCEPTED"]


def test_a_commitment_asks_no_more_what_its_offer_has_said(evening: World) -> None:
    request_id, offer_id = late_offer(evening)
    services.requisition(evening.brussels, request_id, [(offer_id, 2)], late_taken=[offer_id])
    arrival = clock.now() + timedelta(minutes=230)
    services.commit(evening.hague, request_id, offer_id, certificate=CERTIFICATE, estimated_arrival_at=arrival)
    assert [one.state for one in load_thread(request_id).offers] == ["COMMITTED"]


def test_a_commitment_that_has_become_late_is_confirmed(evening: World) -> None:
    request_id = ask(evening, 3)
    offer_id = offer(evening, request_id, team(2))
    services.requisition(evening.brussels, request_id, [(offer_id, 2)], late_taken=[offer_id])
    arrival = clock.now() + timedelta(minutes=200)
    late = {"certificate": CERTIFICATE, "estimated_arrival_at": arrival}
    with pytest.raises(InvalidInput) as caught:
        services.commit(evening.hague, request_id, offer_id, **late)
    assert codes(caught) == ["promise.late"]
    services.commit(evening.hague, request_id, offer_id, knowing=("late",), **late)


def test_an_order_in_time_carries_no_word_of_lateness(evening: World) -> None:
    request_id = ask(evening, 3)
    offer_id = offer(evening, request_id, team(2))
    order = services.requisition(evening.brussels, request_id, [(offer_id, 2)], late_taken=[offer_id])
    assert [line.knowing for line in order.message.resources] == [()]


def test_a_late_order_told_by_phone_is_written_down(evening: World) -> None:
    """What Brussels told The Hague is its own word."""
    request_id, offer_id = late_offer(evening)
    manner = Manner(channel=Channel.PHONE, said_at=clock.now(), said_by="A. Lambert", on_behalf_of=evening.be.code)
    services.requisition(evening.hague, request_id, [(offer_id, 2)], manner=manner)
    assert [one.state for one in load_thread(request_id).offers] == ["ACCEPTED"]


def test_a_provisional_offer_made_firm_does_not_stand_in_its_own_way(evening: World) -> None:
    request_id = ask(evening, 3)
    offer_id = offer(evening, request_id, team(3), response_type=ResponseType.PROVISIONAL, reason_code="team-not-ready")
    offer(evening, request_id, team(3), offer_id=offer_id)
    assert [one.state for one in load_thread(request_id).offers] == ["OFFERED"]


def test_a_commitment_is_checked_like_the_offer(evening: World) -> None:
    request_id = ask(evening, 2)
    offer_id = offer(evening, request_id, team(2))
    evening.order(request_id, offer_id)
    Capacity.objects.update(state="reduced", reduced_to=1)
    with pytest.raises(InvalidInput) as caught:
        evening.commit(request_id, offer_id)
    assert codes(caught) == ["promise.more-than-there"]
    services.commit(evening.hague, request_id, offer_id, quantity=1, certificate=CERTIFICATE)


def test_what_was_accepted_in_the_offer_holds_for_its_commitment(evening: World) -> None:
    set_home_cover(author_for(evening.nl), evening.nl, "Exercise", "FRB", 3, now=clock.now())
    request_id = ask(evening, 2)
    offer_id = offer(evening, request_id, team(2, knowing=("kept-at-home",)))
    evening.order(request_id, offer_id)
    evening.commit(request_id, offer_id)
    assert load_thread(request_id).deployments[0].quantity == 2


def test_what_another_said_by_phone_is_written_down(evening: World) -> None:
    request_id = ask(evening)
    phone = Manner(channel=Channel.PHONE, said_at=clock.now(), said_by="J. Jansen", on_behalf_of="NL-NCC")
    offer(evening, request_id, team(9), manner=phone)
    assert load_thread(request_id).offers[0].quantity == 9


def test_the_plan_travels_with_the_request(evening: World) -> None:
    line = DraftLine(capability="FRB", quantity=2, needed_by=later(3), planned_units=("NL-NCC:BOATS", "NL-NCC:BOATS"))
    request = load_thread(evening.send(line)).request
    assert request is not None
    assert request.lines[0].information is not None
    assert request.lines[0].information.planned_units == ("NL-NCC:BOATS", "NL-NCC:BOATS")
