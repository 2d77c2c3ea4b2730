"""What is refused, in which words; what a page may offer; and walks through the flow at random."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from walks import Walk

from builders import CERTIFICATE, CONSUMER, EVENING, STRANGER, SUPPLIER, Exchange, request, text, unsolicited
from noaber.core.messages import factories
from noaber.core.messages.factories import Answer, Commitment, Order
from noaber.core.messages.fold import fold, refold
from noaber.core.messages.model import (
    DeploymentStatus,
    Funding,
    Message,
    ResponseType,
)
from noaber.core.messages.states import DeploymentState, OfferState
from noaber.core.messages.steps import can_step, check_step, possible_steps
from noaber.core.messages.thread import Step, Thread
from noaber.core.messages.transitions import ROWS, StepKind
from noaber.core.problems import NotAllowed

A = ResponseType
D = DeploymentStatus
K = StepKind


def refusal(exchange: Exchange, message: Message) -> str:
    with pytest.raises(NotAllowed) as refused:
        check_step(exchange.thread, message)
    return refused.value.problem.message


# Words


def test_a_committed_offer_cannot_be_withdrawn() -> None:
    exchange = Exchange().answer().order().commit()
    message = exchange.draft(factories.withdraw_offer, SUPPLIER, offer_id="offer")
    assert refusal(exchange, message) == (
        "The offer of 4 × SRBOAT was already committed; it can no longer be withdrawn. Ask for its return instead."
    )


def test_the_other_side_cannot_take_my_step() -> None:
    exchange = Exchange().answer().order()
    message = exchange.draft(factories.commit, CONSUMER, commitments=(Commitment("offer", certificate=CERTIFICATE),))
    assert refusal(exchange, message) == (
        "This step belongs to NL-NCC, who sends the help. Enter it on their behalf if they told you so."
    )


def test_a_third_one_takes_no_part() -> None:
    exchange = Exchange()
    assert refusal(exchange, exchange.draft(factories.acknowledge, STRANGER)) == (
        "FR-COGIC takes no part in this exchange; only BE-NCCN and NL-NCC can take a step in it."
    )


SECOND_CLICKS: dict[str, tuple[Callable[[], Exchange], str]] = {
    "acknowledge": (lambda: Exchange().acknowledge(), "has confirmed already"),
    "answer": (lambda: Exchange().acknowledge().answer(), "offered for this line of 4 × SRBOAT already"),
    "decline": (lambda: Exchange().answer(A.DECLINE, None), "is declined already"),
    "order": (lambda: Exchange().answer().order(), "is ordered already"),
    "reject": (lambda: Exchange().answer().reject(), "has refused the offer"),
    "withdraw": (lambda: Exchange().answer().withdraw(), "is withdrawn already"),
    "commit": (lambda: Exchange().answer().order().commit(), "is committed already"),
    "report": (lambda: Exchange().answer().order().commit().report(D.MOBILISING), "as mobilising already"),
    "extension": (
        lambda: Exchange().to_work().about(factories.ask_extension, CONSUMER, until=EVENING + timedelta(hours=9)),
        "is asked for already",
    ),
    "return": (
        lambda: Exchange().to_work().about(factories.ask_return, SUPPLIER, reason=text()),
        "is asked for already",
    ),
    "recall": (lambda: Exchange().to_work().about(factories.recall, SUPPLIER), "recalled or let go already"),
    "release": (
        lambda: Exchange().to_work().about(factories.release, CONSUMER, handover=text()),
        "recalled or let go already",
    ),
    "cancel": (lambda: Exchange().say(factories.cancel_request), "has cancelled this request"),
    "status": (
        lambda: Exchange().answer().order().commit().about(factories.ask_status, CONSUMER),
        "asked for already",
    ),
}


@pytest.mark.parametrize("case", SECOND_CLICKS)
def test_a_second_click_is_refused_in_a_sentence(case: str) -> None:
    """The same facts under a new id, as a second click or a second officer makes them."""
    play, words = SECOND_CLICKS[case]
    exchange = play()
    last = exchange.messages[-1]
    lines = tuple(
        replace(line, element_id=f"again-{index}", subject_id=line.subject_id)
        for index, line in enumerate(last.resources)
    )
    again = replace(last, message_id="again", sent_at=last.sent_at + timedelta(seconds=1), resources=lines)
    sentence = refusal(exchange, again)
    assert words in sentence
    assert sentence.endswith(".")
    assert refusal(exchange, last) == "This step has been taken already; nothing more is needed."


def test_an_id_cannot_be_used_for_something_else() -> None:
    exchange = Exchange().acknowledge()
    other = exchange.draft(factories.ask_information, SUPPLIER, "acknowledge-1", question=text())
    assert refusal(exchange, other).startswith("The id acknowledge-1 was used for another message before")


def test_two_lines_of_one_message_are_judged_one_after_the_other() -> None:
    exchange = Exchange().answer()
    message = exchange.draft(
        factories.requisition, orders=(Order("offer", 2), Order("offer", 2)), funding=(Funding("free"),)
    )
    assert "is ordered already" in refusal(exchange, message)


def test_what_answers_the_unknown_waits() -> None:
    exchange = Exchange().answer()
    message = replace(exchange.draft(factories.withdraw_offer, SUPPLIER, offer_id="offer"), preceding_message_id="gone")
    assert "has not come yet (gone)" in refusal(exchange, message)


def test_an_exchange_begins_with_a_request_or_an_offer() -> None:
    assert can_step(None, request())
    assert can_step(fold([], thread_id="request"), request())
    assert can_step(None, unsolicited())
    assert not can_step(None, Exchange().acknowledge().messages[-1])
    assert not can_step(None, request(recipients=(CONSUMER,)))
    assert not can_step(None, unsolicited(risk_checked=None))


def test_teams_go_home_before_the_request_is_closed() -> None:
    exchange = Exchange().to_work()
    assert refusal(exchange, exchange.draft(factories.close_request)) == (
        "4 of the teams that were sent are not home yet. Close the request when all have returned."
    )


def test_a_report_keeps_the_order_of_the_steps() -> None:
    exchange = Exchange().answer().order().commit()
    early = exchange.draft(factories.report, SUPPLIER, deployment_id="offer", status=D.ARRIVED)
    assert refusal(exchange, early).startswith("A step before this one was not reported yet for 4 × SRBOAT.")
    exchange.report(D.MOBILISING, D.EN_ROUTE, D.ARRIVED)
    late = exchange.draft(factories.report, SUPPLIER, deployment_id="offer", status=D.AT_BORDER)
    assert refusal(exchange, late) == "4 × SRBOAT are further on already. Report what comes next."


def test_nothing_is_reported_of_help_that_is_not_committed() -> None:
    exchange = Exchange().answer().order().commit()
    report = exchange.draft(factories.report, SUPPLIER, deployment_id="offer", status=D.MOBILISING)
    ordered = Exchange(messages=exchange.messages[1:-1], now=exchange.now)
    assert not can_step(ordered.thread, replace(report, preceding_message_id=""))


# Timers


def test_an_offer_can_be_ordered_until_it_lapses() -> None:
    exchange = Exchange().answer(valid_until=EVENING + timedelta(hours=2))
    order = exchange.draft(factories.requisition, orders=(Order("offer", 4),), funding=(Funding("free"),))
    in_time = replace(order, sent_at=EVENING + timedelta(hours=2))
    assert can_step(exchange.thread, in_time)
    late = replace(order, sent_at=EVENING + timedelta(hours=2, seconds=1))
    assert refusal(exchange, late) == "The offer of 4 × SRBOAT has lapsed. NL-NCC can offer it once more."
    assert fold([*exchange.messages, in_time]).offers[0].state is OfferState.ACCEPTED
    assert fold([*exchange.messages, late]).offers[0].state is OfferState.OFFERED


def test_an_order_given_by_phone_in_time_and_written_down_late_counts() -> None:
    exchange = Exchange().answer(valid_until=EVENING + timedelta(hours=2)).wait(hours=3)
    assert exchange.thread.offers[0].state is OfferState.LAPSED
    order = exchange.draft(factories.requisition, orders=(Order("offer", 4),), funding=(Funding("free"),))
    said = replace(order, envelope=replace(order.envelope, said_at=EVENING + timedelta(hours=1)))
    assert not can_step(exchange.thread, order)
    assert can_step(exchange.thread, said)


def test_said_later_than_written_down_does_not_count() -> None:
    exchange = Exchange().answer(valid_until=EVENING + timedelta(hours=2)).wait(hours=3)
    order = exchange.draft(factories.requisition, orders=(Order("offer", 4),), funding=(Funding("free"),))
    assert not can_step(exchange.thread, replace(order, envelope=replace(order.envelope, said_at=exchange.now)))
    in_time = replace(order, sent_at=EVENING + timedelta(hours=1))
    assert can_step(exchange.thread, replace(in_time, envelope=replace(in_time.envelope, said_at=exchange.now)))


def test_nobody_answers_their_own_question() -> None:
    exchange = Exchange().say(factories.ask_information, SUPPLIER, message_id="q", question=text())
    own = exchange.draft(factories.answer_information, SUPPLIER, question_id="q", answer=text())
    assert "You asked this yourself" in refusal(exchange, own)
    exchange.say(factories.answer_information, CONSUMER, question_id="q", answer=text())
    again = exchange.draft(factories.answer_information, CONSUMER, question_id="q", answer=text())
    assert refusal(exchange, again) == "This question has been answered already."


def test_nothing_more_is_said_of_teams_that_are_home() -> None:
    exchange = Exchange().to_work().about(factories.release, CONSUMER, handover=text())
    exchange.report(D.RETURNING, D.RETURNED)
    note = exchange.draft(factories.report, SUPPLIER, deployment_id="offer", status=None)
    assert refusal(exchange, note) == "4 × SRBOAT are home; nothing more can be said of them here."
    assert K.ASK_STATUS not in {step.kind for step in possible_steps(exchange.thread, CONSUMER)}


# Duties


def test_help_is_offered_only_after_a_look_at_home() -> None:
    exchange = Exchange()
    answers = (Answer("line", A.ACCEPT, 4),)
    assert refusal(exchange, exchange.draft(factories.respond, SUPPLIER, answers=answers)) == (
        "Check first what you need at home yourself, and tick that you did."
    )
    declined = (Answer("line", A.DECLINE, reason_code="own-emergency"),)
    assert can_step(exchange.thread, exchange.draft(factories.respond, SUPPLIER, answers=declined))


def test_a_commitment_waits_for_no_papers() -> None:
    for agreement in ("NL-BE-1984", ""):
        exchange = Exchange(request(agreement=agreement)).answer().order()
        assert can_step(exchange.thread, exchange.draft(factories.commit, SUPPLIER, commitments=(Commitment("offer"),)))


def test_what_another_said_counts_without_its_duties_and_the_thread_says_so() -> None:
    """An officer cannot look at the risk of those who rang; and what came in is not undone by a gap."""
    exchange = Exchange()
    answers = (Answer("line", A.ACCEPT, 2, element_id="offer"),)
    on_behalf = exchange.draft(factories.respond, CONSUMER, answers=answers, on_behalf_of=SUPPLIER)
    assert can_step(exchange.thread, on_behalf)
    own = exchange.draft(factories.respond, SUPPLIER, answers=answers)
    thread = fold([*exchange.messages, own])
    assert thread.offers[0].state is OfferState.OFFERED
    assert [problem.code for problem in thread.history[-1].shortcomings] == ["duty.risk"]


def test_an_extension_asks_for_a_later_end() -> None:
    exchange = Exchange().acknowledge().answer().order(until=EVENING + timedelta(hours=12)).commit()
    exchange.report(D.MOBILISING, D.EN_ROUTE, D.ARRIVED, D.OPERATIONAL)
    same = exchange.draft(factories.ask_extension, deployment_id="offer", until=EVENING + timedelta(hours=12))
    assert "not after the one that was agreed" in refusal(exchange, same)
    endless = replace(same, resources=(replace(same.resources[0], schedule=()),))
    assert "until when" in refusal(exchange, endless)


def test_a_return_is_asked_with_its_reason_and_a_release_has_its_note() -> None:
    exchange = Exchange().to_work()
    asked = exchange.draft(factories.ask_return, SUPPLIER, deployment_id="offer", reason=text())
    assert "why the teams are needed" in refusal(exchange, replace(asked, description=None))
    released = exchange.draft(factories.release, deployment_id="offer", handover=text())
    bare = replace(released, resources=(replace(released.resources[0], handover=None),))
    assert "Note gear, injuries and damage" in refusal(exchange, bare)


# What a page may offer


def kinds(thread: Thread, party: str) -> set[StepKind]:
    return {step.kind for step in possible_steps(thread, party)}


def test_the_steps_at_the_beginning() -> None:
    thread = Exchange().thread
    assert kinds(thread, SUPPLIER) == {K.ACKNOWLEDGE, K.ANSWER_LINE, K.ASK_INFORMATION}
    assert kinds(thread, CONSUMER) == {K.CANCEL_REQUEST, K.UPDATE_REQUEST, K.ASK_INFORMATION, K.ASK_QUOTE}


def test_a_step_names_its_thing_and_its_outcomes() -> None:
    thread = Exchange().answer(A.PROVISIONAL, 4).thread
    steps = possible_steps(thread, SUPPLIER)
    assert Step(K.REVISE_OFFER, "offer", (OfferState.OFFERED, OfferState.DECLINED)) in steps
    assert Step(K.ANSWER_LINE, "line", (OfferState.PROVISIONAL, OfferState.OFFERED)) in steps
    assert Step(K.REPORT, "offer", (DeploymentState.EN_ROUTE,)) in possible_steps(
        Exchange().answer().order().commit().report(D.MOBILISING).thread, SUPPLIER
    )


def test_before_it_has_begun_nobody_can_do_anything() -> None:
    assert possible_steps(fold([], thread_id="request"), CONSUMER) == ()


# Walks at random


def check_sums(thread: Thread) -> None:
    for offer in thread.offers:
        assert offer.accepted_quantity <= offer.quantity
        deployment = thread.find_deployment(offer.id)
        assert (deployment is not None) is (offer.state is OfferState.COMMITTED)
        assert deployment is None or 1 <= deployment.quantity <= offer.accepted_quantity
    for line in thread.request.lines if thread.request else ():
        here = [item for item in thread.deployments if item.line_id == line.element_id and not item.taken_back]
        assert line.committed == sum(item.quantity for item in here)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_whatever_the_page_offers_the_server_takes(data: st.DataObject) -> None:
    """And what came of it folds the same in any order, whole, doubled, or from a part."""
    walk = Walk(data.draw)
    for _ in range(data.draw(st.integers(1, 25))):
        if not walk.step():
            break
    messages, now = walk.exchange.messages, walk.exchange.now
    thread = walk.exchange.thread
    assert thread.parked == thread.conflicts == ()
    assert {entry.message.message_id for entry in thread.history} == {message.message_id for message in messages}
    numbers = {row.number for row in ROWS}
    assert {effect.row for entry in thread.history for effect in entry.effects} <= numbers | {None}
    check_sums(thread)
    shuffled = data.draw(st.permutations(messages + messages[: data.draw(st.integers(0, len(messages)))]))
    thread_id = messages[0].message_id
    assert fold(shuffled, thread_id=thread_id, now=now) == thread
    part = fold(shuffled[: data.draw(st.integers(0, len(messages)))], thread_id=thread_id)
    assert refold(part, *shuffled, now=now) == thread


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_two_walks_that_crossed_fold_the_same_and_lose_nothing(data: st.DataObject) -> None:
    """Both sides went on from the same point without hearing of each other."""
    walk = Walk(data.draw)
    for _ in range(data.draw(st.integers(1, 10))):
        walk.step()
    common, then = list(walk.exchange.messages), walk.exchange.now
    ends = []
    for walk.side in ("-a", "-b"):
        walk.exchange = Exchange(common[0], common[1:], then)
        for _ in range(data.draw(st.integers(0, 6))):
            walk.step()
        ends += walk.exchange.messages[len(common) :]
    messages = common + ends
    thread_id = common[0].message_id
    thread = fold(messages, thread_id=thread_id)
    assert fold(data.draw(st.permutations(messages)), thread_id=thread_id) == thread
    told = {entry.message.message_id for entry in thread.history} | {item.message.message_id for item in thread.parked}
    assert told == {message.message_id for message in messages}
    check_sums(thread)
