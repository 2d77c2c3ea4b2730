"""Who owes the next step and by when, and what time alone does."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from builders import CONSUMER, EVENING, SUPPLIER, Exchange, request, text
from noaber.core.messages import factories
from noaber.core.messages.factories import Ask
from noaber.core.messages.fold import fold
from noaber.core.messages.model import DeploymentStatus, Location, Message, ResponseType
from noaber.core.messages.states import OfferState, RequestState
from noaber.core.messages.thread import WaitCode, Waiting
from noaber.core.messages.timers import at_time

A = ResponseType
D = DeploymentStatus
W = WaitCode


def waits(exchange: Exchange) -> list[tuple[str, WaitCode, str]]:
    return [(wait.party, wait.code, wait.subject_id) for wait in exchange.thread.waits]


def after(hours: float) -> datetime:
    return EVENING + timedelta(hours=hours)


def test_first_the_supplier_confirms_that_it_has_the_request() -> None:
    assert Exchange().thread.waits == (Waiting(SUPPLIER, W.ACKNOWLEDGE, "request", EVENING),)


def test_then_each_line_waits_for_its_answer_by_the_time_promised() -> None:
    asks = (Ask("SRBOAT", 4, element_id="line"), Ask("HCP", 2, element_id="pumps"))
    exchange = Exchange(request(asks=asks)).acknowledge(answer_due_at=after(0.5))
    assert exchange.thread.waits == tuple(
        Waiting(SUPPLIER, W.ANSWER_LINE, line, exchange.now, after(0.5)) for line in ("line", "pumps")
    )
    exchange.answer(A.DECLINE, None)
    assert waits(exchange) == [(SUPPLIER, W.ANSWER_LINE, "pumps")]


def test_an_answer_taken_back_is_owed_again() -> None:
    assert waits(Exchange().answer().withdraw()) == [(SUPPLIER, W.ANSWER_LINE, "line")]


def test_an_offer_waits_for_the_supplier_then_the_consumer_then_the_supplier() -> None:
    exchange = Exchange().answer(A.PROVISIONAL, 4, valid_until=after(5))
    assert waits(exchange) == [(SUPPLIER, W.CONFIRM_OFFER, "offer")]
    exchange.answer(quantity=4, offer_id="offer", element_id="firm")
    assert exchange.thread.waits == (Waiting(CONSUMER, W.DECIDE_OFFER, "offer", exchange.now, after(5)),)
    exchange.order(answer_due_at=after(1))
    assert exchange.thread.waits == (Waiting(SUPPLIER, W.COMMIT, "offer", exchange.now, after(1)),)
    exchange.commit(A.PROVISIONAL)
    assert waits(exchange) == [(SUPPLIER, W.COMMIT, "offer")]


@pytest.mark.parametrize(
    ("reported", "party", "code"),
    [
        ([], SUPPLIER, W.DEPART),
        ([D.MOBILISING], SUPPLIER, W.DEPART),
        ([D.MOBILISING, D.EN_ROUTE], SUPPLIER, W.ARRIVE),
        ([D.MOBILISING, D.EN_ROUTE, D.AT_BORDER], SUPPLIER, W.ARRIVE),
        ([D.MOBILISING, D.EN_ROUTE, D.ARRIVED], CONSUMER, W.SET_TO_WORK),
        ([D.MOBILISING, D.EN_ROUTE, D.ARRIVED, D.OPERATIONAL], CONSUMER, W.RELEASE),
    ],
)
def test_teams_wait_for_their_next_step(reported: list[DeploymentStatus], party: str, code: WaitCode) -> None:
    assert waits(Exchange().answer().order().commit().report(*reported)) == [(party, code, "offer")]


def test_the_arrival_is_due_when_it_was_estimated_and_the_release_when_it_was_agreed() -> None:
    exchange = Exchange().answer(estimated_arrival_at=after(2)).order(until=after(12)).commit()
    exchange.report(D.MOBILISING, D.EN_ROUTE)
    assert exchange.thread.waits[0].due_at == after(2)
    exchange.report(D.ARRIVED, D.OPERATIONAL)
    assert exchange.thread.waits[0].due_at == after(12)


def test_what_is_asked_waits_for_the_other_side() -> None:
    exchange = Exchange().to_work()
    exchange.about(factories.ask_extension, CONSUMER, until=after(20), answer_due_at=after(3))
    exchange.about(factories.ask_return, SUPPLIER, reason=text())
    exchange.about(factories.ask_status, CONSUMER)
    exchange.say(factories.ask_information, SUPPLIER, message_id="q", question=text())
    assert waits(exchange) == [
        (CONSUMER, W.RELEASE, "offer"),
        (SUPPLIER, W.ANSWER_EXTENSION, "offer"),
        (CONSUMER, W.ANSWER_RETURN, "offer"),
        (SUPPLIER, W.GIVE_STATUS, "offer"),
        (CONSUMER, W.GIVE_INFORMATION, "q"),
    ]
    assert exchange.thread.waits[1].due_at == after(3)


def test_the_way_home_is_owed_by_the_supplier_and_then_the_closing_by_the_consumer() -> None:
    exchange = Exchange().to_work().about(factories.release, CONSUMER, handover=text())
    for status in (D.RETURNING, D.RETURNED):
        assert waits(exchange) == [(SUPPLIER, W.RETURN, "offer")]
        exchange.report(status)
    assert exchange.thread.waits == (Waiting(CONSUMER, W.CLOSE_REQUEST, "request", exchange.now),)
    assert waits(exchange.say(factories.close_request)) == []


def test_nothing_is_owed_for_a_cancelled_request() -> None:
    assert waits(Exchange().answer().say(factories.cancel_request)) == []


# Timers


def expiring(**facts: float | datetime) -> Exchange:
    return Exchange(request(asks=(Ask("SRBOAT", 4, element_id="line", **facts),)))


@pytest.mark.parametrize(
    ("facts", "expires_at"),
    [
        ({}, None),
        ({"needed_at": after(1)}, None),
        ({"useless_after": after(2)}, after(2)),
        ({"until": after(5)}, after(5)),
        ({"useless_after": after(2), "until": after(5)}, after(2)),
    ],
)
def test_a_request_is_of_use_until_its_latest_arrival_or_the_end_of_the_need(
    facts: dict[str, float | datetime], expires_at: datetime | None
) -> None:
    assert expiring(**facts).thread.request.expires_at == expires_at


def test_a_request_is_of_use_as_long_as_any_of_its_lines_is() -> None:
    asks = (Ask("SRBOAT", 4, useless_after=after(1)), Ask("HCP", 2, useless_after=after(2)))
    assert Exchange(request(asks=asks)).thread.request.expires_at == after(2)
    assert Exchange(request(asks=(*asks, Ask("MDV", 1)))).thread.request.expires_at is None


def union(territory: str, **facts: object) -> Message:
    ask = Ask("SRBOAT", 4, report_to=Location("Here", territory=territory), useless_after=facts.pop("latest", None))
    return request(asks=(ask,), agreement="UCPM", **facts)


def test_a_request_to_the_union_from_outside_it_lapses_after_ninety_days() -> None:
    assert fold([union("NO082")]).request.expires_at == EVENING + timedelta(days=90)
    assert fold([union("NO082", latest=after(1))]).request.expires_at == after(1)
    assert fold([union("NO082", sent_at=datetime(9999, 12, 1, tzinfo=UTC))]).request.expires_at.year == 9999


@pytest.mark.parametrize("territory", ["BE335", "EL30", ""])
def test_no_lapse_is_assumed_inside_the_union_or_where_no_place_is_named(territory: str) -> None:
    assert fold([union(territory)]).request.expires_at is None


def test_a_request_expires_after_its_last_moment_and_not_at_it() -> None:
    exchange = expiring(useless_after=after(2)).acknowledge()
    assert fold(exchange.messages, now=after(2)).request.state is RequestState.ACKNOWLEDGED
    assert fold(exchange.messages, now=after(2.01)).request.state is RequestState.EXPIRED
    assert fold(exchange.messages).request.state is RequestState.ACKNOWLEDGED


def test_a_covered_request_does_not_expire() -> None:
    exchange = expiring(useless_after=after(2)).answer().order().commit()
    assert fold(exchange.messages, now=after(50)).request.state is RequestState.COVERED


def test_an_expired_request_waits_for_nothing_but_its_closing() -> None:
    exchange = expiring(useless_after=after(2)).acknowledge().wait(hours=3)
    assert exchange.thread.waits == (Waiting(CONSUMER, W.CLOSE_REQUEST, "request", after(2)),)


def test_an_offer_that_lapsed_is_owed_anew_and_counts_no_more() -> None:
    exchange = Exchange().answer(valid_until=after(1)).wait(hours=2)
    thread = exchange.thread
    assert (thread.offers[0].state, thread.offers[0].changed_at) == (OfferState.LAPSED, after(1))
    assert thread.request.lines[0].offered == 0
    assert waits(exchange) == [(SUPPLIER, W.ANSWER_LINE, "line")]


def test_an_ordered_offer_does_not_lapse() -> None:
    exchange = Exchange().answer(valid_until=after(1)).order().wait(hours=2)
    assert exchange.thread.offers[0].state is OfferState.ACCEPTED


def test_looking_at_another_time_does_not_remember_the_last_one() -> None:
    exchange = Exchange().answer(valid_until=after(1))
    late = at_time(exchange.thread, after(5))
    assert late.offers[0].state is OfferState.LAPSED
    assert at_time(late, after(0.5)).offers[0].state is OfferState.OFFERED
    assert at_time(late, None).offers[0].state is OfferState.OFFERED
