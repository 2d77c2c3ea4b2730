"""A step entered by mistake is withdrawn as that: the exchange is what the others amount to, and nothing is lost."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from schemas import schema_errors
from walks import Walk

from builders import CONSUMER, EVENING, SUPPLIER, Exchange, alert, text
from noaber.core.messages import factories
from noaber.core.messages.edxl_rm import decode_message, encode_message
from noaber.core.messages.fold import fold, refold, without
from noaber.core.messages.mistakes import corrected_id
from noaber.core.messages.model import DeploymentStatus, Message, ResponseType
from noaber.core.messages.rules import check_message
from noaber.core.messages.states import DeploymentState, OfferState, RequestState
from noaber.core.messages.steps import check_step, find_corrections
from noaber.core.messages.thread import EffectCode, Thread, WaitCode
from noaber.core.problems import NotAllowed

A = ResponseType
D = DeploymentStatus


def withdrawal(exchange: Exchange, mistaken_id: str, by: str = SUPPLIER, **facts: object) -> Message:
    facts = {"reason": text("The wrong button."), **facts}
    return exchange.draft(factories.withdraw_mistake, by, mistaken_id=mistaken_id, **facts)


def said(exchange: Exchange, message: Message) -> Exchange:
    check_message(message)
    check_step(exchange.thread, message)
    exchange.messages.append(message)
    return exchange


def last(exchange: Exchange) -> str:
    return exchange.messages[-1].message_id


def told(thread: Thread) -> set[str]:
    """Every message that the thread still knows of."""
    return (
        {entry.message.message_id for entry in thread.history}
        | {item.message.message_id for item in thread.withdrawn}
        | {item.message.message_id for item in thread.parked}
    )


def refusal(exchange: Exchange, message: Message) -> str:
    with pytest.raises(NotAllowed) as refused:
        check_step(exchange.thread, message)
    return refused.value.problem.code


def test_the_wrong_report_is_withdrawn_and_the_teams_are_where_they_were() -> None:
    exchange = Exchange().answer().order().commit().report(D.MOBILISING, D.EN_ROUTE)
    before = exchange.thread
    exchange.report(D.ARRIVED)
    mistaken_id = last(exchange)
    thread = said(exchange, withdrawal(exchange, mistaken_id)).thread
    assert thread.deployments == before.deployments
    assert thread.deployments[0].state is DeploymentState.EN_ROUTE
    ((mistaken, by),) = [(item.message.message_id, item.by) for item in thread.withdrawn]
    assert mistaken == mistaken_id
    assert by.description == text("The wrong button.")
    assert [effect.code for effect in thread.history[-1].effects] == [EffectCode.STEP_WITHDRAWN]
    assert thread.history[-1].effects[0].subject_id == "offer"
    assert exchange.report(D.ARRIVED).thread.deployments[0].state is DeploymentState.ARRIVED


KINDS: dict[str, tuple[Callable[[], Exchange], str]] = {
    "answer": (lambda: Exchange().acknowledge().answer(), SUPPLIER),
    "decline": (lambda: Exchange().acknowledge().answer(A.DECLINE, None), SUPPLIER),
    "rejection": (lambda: Exchange().answer().reject(), CONSUMER),
    "order": (lambda: Exchange().answer().order(), CONSUMER),
    "commitment": (lambda: Exchange().answer().order().commit(), SUPPLIER),
    "refusal to commit": (lambda: Exchange().answer().order().commit(A.DECLINE), SUPPLIER),
    "extension asked": (
        lambda: Exchange().to_work().about(factories.ask_extension, CONSUMER, until=EVENING + timedelta(days=2)),
        CONSUMER,
    ),
    "return asked": (lambda: Exchange().to_work().about(factories.ask_return, SUPPLIER, reason=text()), SUPPLIER),
    "recall": (lambda: Exchange().to_work().about(factories.recall, SUPPLIER), SUPPLIER),
    "release": (lambda: Exchange().to_work().about(factories.release, CONSUMER, handover=text("None.")), CONSUMER),
    "alert confirmed": (lambda: Exchange(alert()).commit(certificate=None), SUPPLIER),
}


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_of_step_can_be_withdrawn_by_its_own_side(kind: str) -> None:
    make, by = KINDS[kind]
    exchange = make()
    mistaken = exchange.messages[-1]
    before = fold(exchange.messages[:-1], thread_id=exchange.opening.message_id, now=exchange.now)
    other = CONSUMER if by == SUPPLIER else SUPPLIER
    assert mistaken.message_id in find_corrections(exchange.thread, by)
    assert mistaken.message_id not in find_corrections(exchange.thread, other)
    assert refusal(exchange, withdrawal(exchange, mistaken.message_id, other)) == "flow.mistake.other"
    message = withdrawal(exchange, mistaken.message_id, by)
    after = said(exchange, message).thread
    assert (after.request, after.offers, after.deployments) == (before.request, before.offers, before.deployments)
    assert schema_errors(etree.fromstring(encode_message(message))) == []
    assert decode_message(encode_message(message), message.envelope) == message


def test_a_withdrawn_decline_leaves_the_line_to_be_answered() -> None:
    exchange = Exchange().acknowledge().answer(A.DECLINE, None)
    thread = said(exchange, withdrawal(exchange, last(exchange))).thread
    assert thread.offers == ()
    assert [wait.code for wait in thread.waits] == [WaitCode.ANSWER_LINE]


LATE: dict[str, tuple[Callable[[], Exchange], int, str, str]] = {
    "an order on the answer": (lambda: Exchange().answer().order(), -2, SUPPLIER, "flow.mistake.late.answer"),
    "the answer to the order": (lambda: Exchange().answer().order().commit(), -2, CONSUMER, "flow.mistake.late.order"),
    "a report on the commitment": (
        lambda: Exchange().answer().order().commit().report(D.MOBILISING),
        -2,
        SUPPLIER,
        "flow.mistake.late.commit",
    ),
    "at work after the arrival": (lambda: Exchange().to_work(), -2, SUPPLIER, "flow.mistake.late.report"),
    "on the way home after the release": (
        lambda: Exchange().to_work().about(factories.release, CONSUMER, handover=text()).report(D.RETURNING),
        -2,
        CONSUMER,
        "flow.mistake.late.release",
    ),
}


@pytest.mark.parametrize("case", LATE)
def test_what_was_built_on_stands_and_the_sentence_says_what_to_do(case: str) -> None:
    make, index, by, code = LATE[case]
    exchange = make()
    mistaken_id = exchange.messages[index].message_id
    message = withdrawal(exchange, mistaken_id, by)
    assert mistaken_id not in find_corrections(exchange.thread, by)
    assert refusal(exchange, message) == code
    before = exchange.thread
    exchange.messages.append(message)
    assert (exchange.thread.deployments, exchange.thread.offers) == (before.deployments, before.offers)
    assert [item.problem.code for item in exchange.thread.parked] == [code]


def test_later_steps_of_ones_own_are_withdrawn_first() -> None:
    exchange = Exchange().answer().order().commit().report(D.MOBILISING, D.EN_ROUTE)
    first, second = (message.message_id for message in exchange.messages[-2:])
    assert refusal(exchange, withdrawal(exchange, first)) == "flow.mistake.late.report"
    said(exchange, withdrawal(exchange, second))
    assert said(exchange, withdrawal(exchange, first)).thread.deployments[0].state is DeploymentState.COMMITTED


def test_an_opening_an_acknowledgement_and_a_withdrawal_are_not_withdrawn() -> None:
    exchange = Exchange().acknowledge().answer()
    assert refusal(exchange, withdrawal(exchange, last(exchange), reason=None)) == "duty.mistake-reason"
    answer = said(exchange, withdrawal(exchange, last(exchange))).messages[-1]
    again = withdrawal(exchange, answer.message_id)
    assert refusal(exchange, again) == "flow.mistake.kind"
    first = replace(again, recall=replace(again.recall, recall_message_id=answer.recall.recall_message_id))
    assert refusal(exchange, first) == "flow.mistake.again"
    opening = Exchange(alert())
    cancelled = said(opening, opening.draft(factories.cancel_request)).thread
    assert cancelled.request.state is RequestState.CANCELLED
    assert corrected_id(opening.messages[-1]) == ""


def test_an_offer_taken_back_is_no_mistake() -> None:
    """Row 7 stays what it was: the offer is withdrawn, and the answer was given."""
    exchange = Exchange().answer().withdraw()
    assert exchange.thread.withdrawn == ()
    assert exchange.thread.offers[0].state is OfferState.WITHDRAWN


def test_who_acted_first_by_the_clock_is_right_whichever_message_came_first() -> None:
    """The supplier withdraws its report while the other sets the teams to work: what was said first stands."""
    exchange = Exchange().answer().order().commit().report(D.MOBILISING, D.EN_ROUTE, D.ARRIVED)
    mistaken_id = last(exchange)
    work = exchange.draft(factories.report, CONSUMER, deployment_id="offer", status=D.OPERATIONAL)
    message = withdrawal(exchange, mistaken_id)
    for messages in ([work, message], [message, work]):
        thread = fold([*exchange.messages, *messages])
        assert thread.deployments[0].state is DeploymentState.OPERATIONAL
        assert [item.message for item in thread.parked] == [message]
    earlier = replace(message, sent_at=work.sent_at - timedelta(seconds=20))
    for messages in ([work, earlier], [earlier, work]):
        thread = fold([*exchange.messages, *messages])
        assert thread.deployments[0].state is DeploymentState.EN_ROUTE
        assert [item.message for item in thread.parked] == [work]
        assert [item.message.message_id for item in thread.withdrawn] == [mistaken_id]


def test_a_withdrawal_waits_for_what_it_withdraws() -> None:
    exchange = Exchange().answer()
    message = withdrawal(exchange, last(exchange))
    early = fold([exchange.opening, message])
    assert [(item.message, item.may_fit) for item in early.parked] == [(message, True)]
    assert refold(early, *exchange.messages) == fold([*exchange.messages, message])


# Laws


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_withdrawing_gives_what_the_others_amount_to_and_nothing_is_lost(data: st.DataObject) -> None:
    walk = Walk(data.draw)
    for _ in range(data.draw(st.integers(1, 12))):
        if not walk.step():
            break
    messages = list(walk.exchange.messages)
    if not walk.correct():
        return
    correction = walk.exchange.messages[-1]
    thread_id = messages[0].message_id
    after = fold([*messages, correction], thread_id=thread_id)
    expected = without(fold(messages, thread_id=thread_id), corrected_id(correction))
    assert (after.request, after.offers, after.deployments, after.questions) == (
        expected.request,
        expected.offers,
        expected.deployments,
        expected.questions,
    )
    assert told(after) == {message.message_id for message in (*messages, correction)}
    shuffled = data.draw(st.permutations([*messages, correction, *messages[:3]]))
    assert fold(shuffled, thread_id=thread_id) == after
    part = fold(shuffled[: data.draw(st.integers(0, len(messages)))], thread_id=thread_id)
    assert refold(part, *shuffled) == after


@settings(max_examples=30, deadline=None)
@given(st.data())
def test_two_sides_that_crossed_while_one_withdrew_agree(data: st.DataObject) -> None:
    walk = Walk(data.draw)
    for _ in range(data.draw(st.integers(2, 9))):
        walk.step()
    common, then = list(walk.exchange.messages), walk.exchange.now
    ends = []
    for walk.side in ("-a", "-b"):
        walk.exchange = Exchange(common[0], common[1:], then)
        for _ in range(data.draw(st.integers(0, 3))):
            walk.step()
        walk.correct()
        ends += walk.exchange.messages[len(common) :]
    messages = common + ends
    thread_id = common[0].message_id
    thread = fold(messages, thread_id=thread_id)
    assert fold(data.draw(st.permutations(messages)), thread_id=thread_id) == thread
    assert told(thread) == {message.message_id for message in messages}
