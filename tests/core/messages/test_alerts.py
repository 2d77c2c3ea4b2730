"""Own teams are alerted, confirmed and tracked like those of others, without a text and without a border."""

from __future__ import annotations

from datetime import timedelta

import pytest
from lxml import etree
from schemas import schema_errors

from builders import CONSUMER, EVENING, SUPPLIER, Exchange, alert, text
from noaber.core.messages import factories
from noaber.core.messages.edxl_rm import decode_message, encode_message
from noaber.core.messages.factories import Answer
from noaber.core.messages.fold import fold
from noaber.core.messages.model import DeploymentStatus, Message, ResponseType
from noaber.core.messages.rules import find_problems
from noaber.core.messages.states import DeploymentState, OfferState, RequestState
from noaber.core.messages.steps import check_step, possible_steps
from noaber.core.messages.thread import EffectCode, WaitCode, Waiting
from noaber.core.messages.transitions import StepKind
from noaber.core.problems import NotAllowed

A = ResponseType
D = DeploymentStatus


def confirmed(**facts: str) -> Exchange:
    return Exchange(alert(**facts)).commit(certificate=None, **({"by": facts["owner"]} if facts else {}))


def refusal(exchange: Exchange, message: Message) -> str:
    with pytest.raises(NotAllowed) as refused:
        check_step(exchange.thread, message)
    return refused.value.problem.code


def test_an_alert_orders_named_teams_at_once() -> None:
    thread = Exchange(alert()).thread
    assert (thread.consumer, thread.supplier, thread.agreement, thread.is_alert) == (CONSUMER, SUPPLIER, "", True)
    (line,) = thread.request.lines
    assert (line.quantity, line.accepted, line.committed, line.need_id) == (4, 4, 0, "n1")
    assert line.needed_at == EVENING + timedelta(hours=3)
    (offer,) = thread.offers
    assert (offer.id, offer.state, offer.accepted_quantity, offer.team_id) == ("offer", OfferState.ACCEPTED, 4, "BOATS")
    assert [(effect.code, effect.row) for effect in thread.history[0].effects] == [(EffectCode.ALERTED, 29)]


def test_an_alert_waits_to_be_confirmed_within_minutes() -> None:
    (wait,) = Exchange(alert()).thread.waits
    assert wait == Waiting(SUPPLIER, WaitCode.CONFIRM_ALERT, "offer", EVENING, EVENING + timedelta(minutes=5))


def test_confirmed_teams_are_reported_on_from_alert_to_home() -> None:
    exchange = confirmed().report(D.MOBILISING, D.EN_ROUTE, D.ARRIVED, D.OPERATIONAL)
    exchange.about(factories.ask_extension, CONSUMER, until=exchange.now + timedelta(hours=8))
    exchange.about(factories.answer_extension, SUPPLIER, response_type=A.ACCEPT)
    exchange.about(factories.release, CONSUMER, handover=text("Nothing."))
    thread = exchange.report(D.RETURNING, D.RETURNED).say(factories.close_request).thread
    assert thread.request.state is RequestState.CLOSED
    assert thread.deployments[0].state is DeploymentState.RETURNED
    assert not thread.parked
    assert not any(entry.shortcomings for entry in thread.history)


def test_own_teams_cross_no_border() -> None:
    exchange = confirmed().report(D.MOBILISING, D.EN_ROUTE)
    message = exchange.draft(factories.report, SUPPLIER, deployment_id="offer", status=D.AT_BORDER)
    assert refusal(exchange, message) == "flow.report.no-border"
    outcomes = {state for step in possible_steps(exchange.thread, SUPPLIER) for state in step.outcomes}
    assert DeploymentState.ARRIVED in outcomes
    assert DeploymentState.AT_BORDER not in outcomes
    assert StepKind.GIVE_PAPERS not in {step.kind for step in possible_steps(exchange.thread, SUPPLIER)}


def test_fewer_may_be_confirmed_and_a_decline_has_its_reason() -> None:
    thread = Exchange(alert()).commit(certificate=None, quantity=3).thread
    assert (thread.request.state, thread.request.lines[0].missing) == (RequestState.PARTLY_COVERED, 1)
    declined = Exchange(alert()).commit(A.DECLINE).thread
    assert (declined.offers[0].state, declined.offers[0].reason_code) == (OfferState.DECLINED, "own-emergency")
    assert (declined.request.state, declined.waits) == (RequestState.ACKNOWLEDGED, ())


def test_what_was_alerted_is_confirmed_or_declined_and_nothing_else() -> None:
    exchange = Exchange(alert())
    answer = Answer("offer", A.ACCEPT, 2, risk_checked=True, element_id="more")
    for message in (
        exchange.draft(factories.respond, SUPPLIER, answers=(answer,)),
        exchange.draft(factories.withdraw_offer, SUPPLIER, offer_id="offer"),
        exchange.draft(factories.acknowledge, SUPPLIER),
    ):
        assert refusal(exchange, message) == "flow.alert.answer"
    assert {step.kind for step in possible_steps(exchange.thread, SUPPLIER)} == {
        StepKind.COMMIT,
        StepKind.ASK_INFORMATION,
    }


def test_an_alert_is_cancelled_by_its_own_type() -> None:
    exchange = Exchange(alert()).say(factories.cancel_request, description=text("Not needed."))
    assert exchange.messages[-1].message_type is exchange.opening.message_type
    assert exchange.thread.request.state is RequestState.CANCELLED
    assert exchange.thread.offers[0].state is OfferState.LAPSED


def test_an_alert_has_no_text_and_follows_on_nothing() -> None:
    message = alert()
    for changed, code in (
        ({"agreement": "NL-BE-1984"}, "flow.alert.text"),
        ({"recipients": ()}, "flow.one-addressee"),
    ):
        envelope = type(message.envelope)(**{**vars(message.envelope), **changed})
        with pytest.raises(NotAllowed) as refused:
            check_step(None, type(message)(**{**vars(message), "envelope": envelope}))
        assert refused.value.problem.code == code


def test_one_alerts_ones_own_boats_too() -> None:
    """A region that has the boats itself: one journal, one exchange, both sides of it."""
    exchange = Exchange(alert(owner=CONSUMER))
    kinds = {step.kind for step in possible_steps(exchange.thread, CONSUMER)}
    assert kinds == {StepKind.COMMIT, StepKind.CANCEL_REQUEST}
    exchange.commit(certificate=None, by=CONSUMER)
    for status in (D.MOBILISING, D.EN_ROUTE, D.ARRIVED, D.OPERATIONAL):
        exchange.report(status, by=CONSUMER)
    thread = exchange.about(factories.release, CONSUMER, handover=text("Nothing.")).thread
    assert thread.deployments[0].state is DeploymentState.RELEASED
    assert [wait.party for wait in thread.waits] == [CONSUMER]
    asked = exchange.draft(factories.ask_status, CONSUMER, deployment_id="offer")
    assert refusal(exchange, asked) == "flow.oneself"


def test_an_alert_is_a_requisition_of_the_standard() -> None:
    for message in (alert(), alert(owner=CONSUMER)):
        assert find_problems(message) == []
        document = encode_message(message)
        assert schema_errors(etree.fromstring(document)) == []
        assert decode_message(document, message.envelope) == message
        assert fold([message, message]).is_open


def test_a_third_one_takes_no_part_in_an_alert() -> None:
    assert possible_steps(confirmed().thread, "LU-HCPN") == ()
