"""What is refused, in which words; what a page may offer; and walks through the flow at random."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builders import CERTIFICATE, CONSUMER, EVENING, STRANGER, SUPPLIER, Exchange, request, text, unsolicited
from noaber.core.messages import factories
from noaber.core.messages.factories import Answer, Ask, Commitment, Order
from noaber.core.messages.fold import fold, refold
from noaber.core.messages.model import (
    BorderCertificate,
    DeploymentStatus,
    Funding,
    Message,
    ResponseType,
)
from noaber.core.messages.rules import check_message
from noaber.core.messages.states import DeploymentState, OfferState, State
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


@pytest.mark.parametrize(
    ("missing", "words"),
    [
        ({"kind_of_help": ""}, "what kind of help"),
        ({"kind_of_unit": ""}, "what kind of unit"),
        ({"head_count": None}, "how many people"),
        ({"leader": ""}, "name the leader"),
        ({"vehicles": ()}, "list the vehicles"),
    ],
)
def test_a_commitment_across_a_border_needs_its_certificate(missing: dict[str, object], words: str) -> None:
    exchange = Exchange().answer().order()
    certificate = replace(CERTIFICATE, **missing)
    message = exchange.draft(factories.commit, SUPPLIER, commitments=(Commitment("offer", certificate=certificate),))
    assert words in refusal(exchange, message)


def test_help_at_home_needs_no_certificate() -> None:
    exchange = Exchange(request(agreement="")).answer().order()
    assert can_step(exchange.thread, exchange.draft(factories.commit, SUPPLIER, commitments=(Commitment("offer"),)))


def test_what_another_said_counts_without_its_papers_and_the_thread_says_so() -> None:
    """An officer cannot fill in the certificate of those who rang; and what came in is not undone by a gap."""
    exchange = Exchange().answer().order()
    item = Commitment("offer", certificate=BorderCertificate(leader="team leader 1"))
    on_behalf = exchange.draft(factories.commit, CONSUMER, commitments=(item,), on_behalf_of=SUPPLIER)
    assert can_step(exchange.thread, on_behalf)
    own = exchange.draft(factories.commit, SUPPLIER, commitments=(item,))
    thread = fold([*exchange.messages, own])
    assert thread.deployments[0].state is DeploymentState.COMMITTED
    assert [problem.code for problem in thread.history[-1].shortcomings] == [
        "duty.certificate.kind-of-help",
        "duty.certificate.kind-of-unit",
        "duty.certificate.head-count",
        "duty.certificate.vehicles",
    ]


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


class Walk:
    """The steps that a page offers, taken one after the other, with a message made for each."""

    def __init__(self, draw: Callable[[st.SearchStrategy], object]) -> None:
        self.draw = draw
        self.side = ""
        asks = (
            Ask("SRBOAT", 4, element_id="line", useless_after=EVENING + timedelta(hours=10)),
            Ask("HCP", 2, element_id="pumps", useless_after=EVENING + timedelta(hours=15)),
        )
        self.exchange = Exchange(request(asks=asks) if draw(st.integers(0, 4)) else unsolicited())

    def step(self) -> bool:
        party = self.draw(st.sampled_from([CONSUMER, SUPPLIER]))
        steps = [step for step in possible_steps(self.exchange.thread, party) if step.kind in MAKERS]
        if not steps:
            return False
        step = self.draw(st.sampled_from(steps))
        outcome = self.draw(st.sampled_from(step.outcomes)) if step.outcomes else None
        message = MAKERS[step.kind](self, party, step, outcome)
        check_message(message)
        check_step(self.exchange.thread, message)
        self.exchange.messages.append(message)
        self.exchange.wait(minutes=self.draw(st.sampled_from([0, 5, 90])))
        return True

    def make(self, make: Callable[..., Message], party: str, **facts: object) -> Message:
        return self.exchange.draft(make, party, f"message-{len(self.exchange.messages)}{self.side}", **facts)

    def quantity(self, most: int) -> int:
        return self.draw(st.integers(1, max(1, most)))


ANSWERS = {
    OfferState.OFFERED: A.ACCEPT,
    OfferState.PROVISIONAL: A.PROVISIONAL,
    OfferState.DECLINED: A.DECLINE,
    OfferState.COMMITTED: A.ACCEPT,
    OfferState.ACCEPTED: A.PROVISIONAL,
}


def answer_line(walk: Walk, party: str, step: Step, outcome: State) -> Message:
    number = len(walk.exchange.messages)
    answer = Answer(
        step.subject_id,
        ANSWERS[outcome],
        walk.quantity(6) if outcome is not OfferState.DECLINED else None,
        reason_code="own-emergency",
        risk_checked=True,
        valid_until=walk.exchange.now + timedelta(hours=2) if walk.draw(st.booleans()) else None,
        element_id=f"offer-{number}{walk.side}",
        estimated_arrival_at=None,
        price_quote_eur=float(number),
    )
    return walk.make(factories.respond, party, answers=(answer,))


def revise_offer(walk: Walk, party: str, step: Step, outcome: State) -> Message:
    offer = walk.exchange.thread.find_offer(step.subject_id)
    answer = Answer(
        offer.line_id,
        ANSWERS[outcome],
        walk.quantity(6),
        reason_code="own-emergency",
        risk_checked=True,
        offer_id=offer.id,
    )
    return walk.make(factories.respond, party, answers=(answer,))


def order(walk: Walk, party: str, step: Step, outcome: State) -> Message:
    offer = walk.exchange.thread.find_offer(step.subject_id)
    orders = (Order(offer.id, walk.quantity(offer.quantity)),)
    return walk.make(factories.requisition, party, orders=orders, funding=(Funding("free"),))


def commit(walk: Walk, party: str, step: Step, outcome: State) -> Message:
    offer = walk.exchange.thread.find_offer(step.subject_id)
    item = Commitment(
        offer.id,
        ANSWERS[outcome],
        walk.quantity(offer.accepted_quantity),
        reason_code="own-emergency",
        certificate=CERTIFICATE,
    )
    return walk.make(factories.commit, party, commitments=(item,))


def on_offer(make: Callable[..., Message], **facts: object) -> Callable[[Walk, str, Step, State], Message]:
    return lambda walk, party, step, outcome: walk.make(make, party, offer_id=step.subject_id, **facts)


def on_teams(make: Callable[..., Message], **facts: object) -> Callable[[Walk, str, Step, State], Message]:
    return lambda walk, party, step, outcome: walk.make(make, party, deployment_id=step.subject_id, **facts)


def report(walk: Walk, party: str, step: Step, outcome: State) -> Message:
    return walk.make(factories.report, party, deployment_id=step.subject_id, status=DeploymentStatus(outcome.value))


def answer_return(walk: Walk, party: str, step: Step, outcome: State) -> Message:
    response_type = A.ACCEPT if outcome is DeploymentState.RELEASED else A.DECLINE
    return walk.make(
        factories.answer_return,
        party,
        deployment_id=step.subject_id,
        response_type=response_type,
        reason_code="needed-here",
    )


def answer_extension(walk: Walk, party: str, step: Step, outcome: State) -> Message:
    return walk.make(
        factories.answer_extension,
        party,
        deployment_id=step.subject_id,
        response_type=walk.draw(st.sampled_from(ResponseType)),
        reason_code="rotation",
    )


MAKERS: dict[StepKind, Callable[[Walk, str, Step, State], Message]] = {
    K.ACKNOWLEDGE: lambda walk, party, step, outcome: walk.make(factories.acknowledge, party),
    K.ANSWER_LINE: answer_line,
    K.REVISE_OFFER: revise_offer,
    K.WITHDRAW_OFFER: on_offer(factories.withdraw_offer),
    K.REJECT_OFFER: on_offer(factories.reject_offer, reason_code="not-needed"),
    K.REQUISITION: order,
    K.COMMIT: commit,
    K.REPORT: report,
    K.ASK_EXTENSION: on_teams(factories.ask_extension, until=EVENING + timedelta(days=90)),
    K.ANSWER_EXTENSION: answer_extension,
    K.ASK_RETURN: on_teams(factories.ask_return, reason=text()),
    K.ANSWER_RETURN: answer_return,
    K.RECALL: on_teams(factories.recall),
    K.RELEASE: on_teams(factories.release, handover=text("Nothing.")),
    K.NOTE: on_teams(factories.report, status=None),
    K.ASK_STATUS: on_teams(factories.ask_status),
    K.ASK_INFORMATION: lambda walk, party, step, outcome: walk.make(factories.ask_information, party, question=text()),
    K.ANSWER_INFORMATION: lambda walk, party, step, outcome: walk.make(
        factories.answer_information, party, question_id=step.subject_id, answer=text()
    ),
    K.ASK_QUOTE: lambda walk, party, step, outcome: walk.make(factories.ask_quote, party, subject_id=step.subject_id),
    K.ANSWER_QUOTE: on_offer(factories.answer_quote, price_eur=1200.5),
    K.CANCEL_REQUEST: lambda walk, party, step, outcome: walk.make(factories.cancel_request, party),
    K.CLOSE_REQUEST: lambda walk, party, step, outcome: walk.make(factories.close_request, party),
}


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
