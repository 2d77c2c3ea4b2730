"""The flow as files of the standard: each message goes out as valid EDXL, comes back, and folds to the same."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from lxml import etree
from schemas import envelope_errors

from builders import CERTIFICATE, CONSUMER, EVENING, STRANGER, SUPPLIER, Exchange, alert, request, text, unsolicited
from noaber.core.messages import factories
from noaber.core.messages.canonical import digest
from noaber.core.messages.edxl_de import decode_envelope, encode_envelope
from noaber.core.messages.factories import Answer, Ask
from noaber.core.messages.fold import fold
from noaber.core.messages.labels import LANGUAGES, list_label
from noaber.core.messages.model import DeploymentStatus, FreeText, Location, MessageType, ResponseType
from noaber.core.messages.rules import find_problems
from noaber.core.messages.states import RequestState
from noaber.core.messages.thread import Thread

A = ResponseType
D = DeploymentStatus
NAMED_BY_THEIR_ELEMENT = {f"urn:noaber:{name}" for name in ("capability", "deployment-status", "reason", "unit")}


def long_story() -> Exchange:
    """Nearly everything that can be said between a request and its closing."""
    asks = (
        Ask(
            "SRBOAT",
            4,
            priority=1,
            needed_at=EVENING + timedelta(hours=3),
            report_to=Location("Pepinster"),
            element_id="line",
        ),
        Ask("HCP", 2, needed_at=EVENING + timedelta(hours=6), until=EVENING + timedelta(days=1), element_id="pumps"),
    )
    exchange = Exchange(request(asks=asks, answer_due_at=EVENING + timedelta(minutes=20)))
    exchange.acknowledge(answer_due_at=EVENING + timedelta(minutes=15))
    exchange.say(factories.ask_information, SUPPLIER, message_id="q", question=FreeText("Hoe diep?", "nl"))
    exchange.say(factories.answer_information, CONSUMER, question_id="q", answer=FreeText("Deux mètres.", "fr"))
    exchange.answer(
        quantity=3, estimated_arrival_at=EVENING + timedelta(hours=2), valid_until=EVENING + timedelta(hours=9)
    )
    exchange.answer(A.PROVISIONAL, 1, line_id="pumps", element_id="maybe").answer(
        quantity=1, line_id="pumps", element_id="firm", offer_id="maybe"
    )
    exchange.say(factories.ask_quote, CONSUMER, subject_id="offer")
    exchange.say(factories.answer_quote, SUPPLIER, offer_id="offer", price_eur=31_400.0)
    exchange.answer(quantity=1, element_id="spare").withdraw("spare").reject("maybe")
    exchange.order(3, until=EVENING + timedelta(hours=12), answer_due_at=EVENING + timedelta(hours=1))
    exchange.commit(A.PROVISIONAL).commit()
    exchange.report(D.MOBILISING, D.EN_ROUTE)
    exchange.about(factories.ask_status, CONSUMER)
    exchange.about(
        factories.report, SUPPLIER, status=D.AT_BORDER, at=EVENING + timedelta(hours=1), location=Location("Eijsden")
    )
    exchange.report(D.ARRIVED, D.OPERATIONAL)
    exchange.about(factories.ask_extension, CONSUMER, until=EVENING + timedelta(hours=20))
    exchange.about(factories.answer_extension, SUPPLIER, response_type=A.ACCEPT, until=EVENING + timedelta(hours=16))
    exchange.about(factories.ask_return, SUPPLIER, reason=text())
    exchange.about(factories.answer_return, CONSUMER, response_type=A.DECLINE, reason=text("Not yet."))
    exchange.about(factories.release, CONSUMER, handover=text("One rope left behind."))
    return exchange.report(D.RETURNING, D.RETURNED).say(factories.close_request, description=text("Thank you."))


STORIES: dict[str, Callable[[], Exchange]] = {
    "long": long_story,
    "declined": lambda: Exchange().answer(A.DECLINE, None),
    "commitment refused": lambda: Exchange().answer().order().commit(A.DECLINE),
    "recalled": lambda: Exchange().to_work().about(factories.recall, SUPPLIER, reason=text()).report(D.RETURNING),
    "given back": lambda: (
        Exchange()
        .to_work()
        .about(factories.ask_return, SUPPLIER, reason=text())
        .about(factories.answer_return, CONSUMER, response_type=A.ACCEPT, handover=text("Nothing."))
    ),
    "cancelled": lambda: Exchange().answer().say(factories.cancel_request, description=text("Over.")),
    "unasked": lambda: Exchange(unsolicited()).order(2).commit(),
    "own teams": lambda: Exchange(alert()).commit(certificate=None).report(D.MOBILISING, D.EN_ROUTE, D.ARRIVED),
    "own teams, cancelled": lambda: Exchange(alert()).say(factories.cancel_request, description=text("Over.")),
    "a mistake withdrawn": lambda: (
        Exchange()
        .answer(A.DECLINE, None, message_id="slip")
        .say(factories.withdraw_mistake, SUPPLIER, mistaken_id="slip", reason=text("The wrong line."))
    ),
    "papers that followed": lambda: (
        Exchange().answer().order().commit(certificate=None).report(None, certificate=CERTIFICATE)
    ),
    "unasked, withdrawn": lambda: Exchange(unsolicited()).withdraw(reason=text()),
    "on behalf": lambda: Exchange(request(recipients=(STRANGER,))).say(
        factories.respond,
        CONSUMER,
        on_behalf_of=STRANGER,
        said_at=EVENING,
        answers=(Answer("line", A.ACCEPT, 2, element_id="offer"),),
    ),
}


def wired(exchange: Exchange) -> Thread:
    messages = [decode_envelope(encode_envelope(message)) for message in exchange.messages]
    return fold(messages, thread_id=exchange.opening.message_id, now=exchange.now)


@pytest.mark.parametrize("story", STORIES)
def test_the_story_is_the_same_by_file(story: str) -> None:
    exchange = STORIES[story]()
    assert exchange.thread.parked == ()
    assert wired(exchange) == exchange.thread


@pytest.mark.parametrize("story", STORIES)
def test_each_message_is_in_order_and_keeps_its_digest(story: str) -> None:
    for message in STORIES[story]().messages:
        document = encode_envelope(message)
        assert find_problems(message) == []
        assert envelope_errors(document) == []
        assert digest(decode_envelope(document)) == digest(message)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_list_of_ours_has_its_name(language: str) -> None:
    lists = {
        element.text or ""
        for play in STORIES.values()
        for message in play().messages
        for element in etree.fromstring(encode_envelope(message)).iter("{*}valueListUrn", "{*}ValueListURN")
    }
    ours = {urn for urn in lists if urn.startswith("urn:noaber:")}
    assert {urn for urn in ours if not list_label(urn, language)} == NAMED_BY_THEIR_ELEMENT


def test_the_stories_use_every_message_of_the_flow() -> None:
    used = {message.message_type for play in STORIES.values() for message in play().messages}
    assert used == set(MessageType)


def test_the_long_story_ends_well() -> None:
    thread = long_story().thread
    assert thread.request is not None
    assert thread.request.state is RequestState.CLOSED
    assert thread.deployments[0].end_at == EVENING + timedelta(hours=16)
    assert thread.offers[0].price_quote_eur == 31_400.0


def test_a_place_is_left_behind_by_who_moves_on() -> None:
    exchange = Exchange().acknowledge().answer().order().commit().report(D.MOBILISING, D.EN_ROUTE)
    exchange.report(D.AT_BORDER, location=Location("Eijsden"))
    assert exchange.thread.deployments[0].position == Location("Eijsden")
    exchange.report(D.ARRIVED)
    assert exchange.thread.deployments[0].position is None
