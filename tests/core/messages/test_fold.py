"""The same messages amount to the same thing, in whatever order they come and how often."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import CONSUMER, EVENING, STRANGER, SUPPLIER, Exchange, envelope, request, text, unsolicited
from noaber.core.deadlines import within
from noaber.core.messages import factories
from noaber.core.messages.canonical import decode, encode
from noaber.core.messages.factories import Answer, Ask, Commitment, Order
from noaber.core.messages.fold import fold, order_by_cause, refold
from noaber.core.messages.model import (
    DeploymentStatus,
    Funding,
    Location,
    Message,
    MessageRecall,
    MessageType,
    RecallType,
    Resource,
    ResponseType,
    StatusKind,
)
from noaber.core.messages.states import DeploymentState, OfferState, RequestState
from noaber.core.messages.steps import check_step
from noaber.core.messages.thread import Coverage, EffectCode, Thread
from noaber.core.problems import NotAllowed

A = ResponseType
SECOND = Resource("SRBOAT", name="second team")
D = DeploymentStatus


def two_lines() -> Exchange:
    return Exchange(request(asks=(Ask("SRBOAT", 4, element_id="line"), Ask("HCP", 2, element_id="pumps"))))


def whole_story() -> Exchange:
    """Asked, answered, lengthened, refused back, released and home."""
    exchange = Exchange().to_work()
    exchange.about(factories.ask_extension, CONSUMER, until=exchange.now + timedelta(hours=8))
    exchange.about(factories.answer_extension, SUPPLIER, response_type=A.ACCEPT)
    exchange.about(factories.ask_return, SUPPLIER, reason=text())
    exchange.about(factories.answer_return, CONSUMER, response_type=A.DECLINE, reason_code="needed-here")
    exchange.about(factories.release, CONSUMER, handover=text("One rope left behind."))
    return exchange.report(D.RETURNING, D.RETURNED).say(factories.close_request)


def codes(thread: Thread) -> list[EffectCode]:
    return [effect.code for entry in thread.history for effect in entry.effects]


# The course of things


def test_the_whole_story() -> None:
    thread = whole_story().thread
    assert thread.request is not None
    assert thread.request.state is RequestState.CLOSED
    assert thread.parked == thread.waits == ()
    (deployment,) = thread.deployments
    assert [change.state for change in deployment.changes] == [
        DeploymentState.COMMITTED,
        DeploymentState.MOBILISING,
        DeploymentState.EN_ROUTE,
        DeploymentState.ARRIVED,
        DeploymentState.OPERATIONAL,
        DeploymentState.RELEASED,
        DeploymentState.RETURNING,
        DeploymentState.RETURNED,
    ]
    assert [change.by for change in deployment.changes if change.state is DeploymentState.OPERATIONAL] == [CONSUMER]
    assert deployment.handover == text("One rope left behind.")
    assert not deployment.extension_pending
    assert not deployment.return_pending
    assert codes(thread)[:6] == [
        EffectCode.REQUEST_SENT,
        EffectCode.REQUEST_ACKNOWLEDGED,
        EffectCode.OFFER_MADE,
        EffectCode.OFFER_ORDERED,
        EffectCode.COMMITTED,
        EffectCode.REQUEST_COVERED,
    ]
    assert [effect.row for entry in thread.history for effect in entry.effects] == [
        2, 3, 4, 10, 11, 13, 14, 14, 16, 17, 18, 19, 20, 21, 23, 24, 24, 26,
    ]  # fmt: skip


def test_the_head_is_that_of_the_request() -> None:
    thread = Exchange(request(agreement="NL-BE-1984", case_id="case")).thread
    assert (thread.consumer, thread.supplier) == (CONSUMER, SUPPLIER)
    assert (thread.status, thread.agreement, thread.case_id) == (StatusKind.EXERCISE, "NL-BE-1984", "case")
    assert thread.sent_at == EVENING


def test_a_line_counts_what_stands_against_it() -> None:
    exchange = two_lines().answer(quantity=3, element_id="a").answer(quantity=2, element_id="b")
    exchange.answer(A.PROVISIONAL, 1, element_id="c", line_id="pumps")
    line, pumps = exchange.thread.request.lines
    assert (line.offered, line.provisional, line.committed, line.coverage) == (5, 0, 0, Coverage.NONE)
    assert (pumps.offered, pumps.provisional, pumps.missing) == (0, 1, 2)

    exchange.order(2, "a").commit(offer_id="a")
    line, _ = exchange.thread.request.lines
    assert (line.offered, line.accepted, line.committed, line.missing) == (2, 0, 2, 2)
    assert line.coverage is Coverage.PARTLY
    assert exchange.thread.request.state is RequestState.PARTLY_COVERED


def test_a_line_may_be_ordered_beyond_what_was_asked() -> None:
    exchange = two_lines().answer(quantity=4, element_id="a").answer(quantity=4, element_id="b", resource=SECOND)
    line = exchange.order(4, "a").commit(offer_id="a").thread.request.lines[0]
    assert (line.committed, line.missing, line.coverage) == (4, 0, Coverage.FULL)


def test_an_offer_beyond_the_line_counts_in_full_and_covers_no_other_line() -> None:
    exchange = two_lines().answer(quantity=9).order(9).commit()
    line, pumps = exchange.thread.request.lines
    assert (line.committed, line.coverage, pumps.coverage) == (9, Coverage.FULL, Coverage.NONE)
    assert exchange.thread.request.state is RequestState.PARTLY_COVERED


def test_less_may_be_ordered_than_offered_and_less_committed_than_ordered() -> None:
    exchange = Exchange().answer(quantity=4).order(3).commit(quantity=2)
    assert (exchange.thread.offers[0].quantity, exchange.thread.offers[0].accepted_quantity) == (4, 3)
    assert exchange.thread.deployments[0].quantity == 2


def test_a_declined_line_is_answered_and_counts_nothing() -> None:
    exchange = two_lines().answer(A.DECLINE, None)
    line, pumps = exchange.thread.request.lines
    assert (line.is_declined, line.is_answered, line.offered) == (True, True, 0)
    assert (pumps.is_declined, pumps.is_answered) == (False, False)
    assert exchange.thread.offers[0].reason_code == "own-emergency"
    assert not exchange.answer(element_id="late", quantity=1).thread.request.lines[0].is_declined


def test_an_answer_shows_that_the_request_has_come() -> None:
    exchange = Exchange().answer()
    assert exchange.thread.request.state is RequestState.ACKNOWLEDGED
    assert exchange.thread.request.acknowledged_at == exchange.now


def test_the_answer_is_due_when_it_was_promised_else_when_it_was_asked_for() -> None:
    wished, promised = EVENING + timedelta(minutes=30), EVENING + timedelta(minutes=20)
    exchange = Exchange(request(answer_due_at=wished))
    assert exchange.thread.request.due_at == wished
    assert exchange.acknowledge(answer_due_at=promised).thread.request.due_at == promised


def test_a_provisional_offer_made_firm_keeps_its_id_and_takes_what_is_new() -> None:
    later = EVENING + timedelta(hours=3)
    exchange = Exchange().answer(A.PROVISIONAL, 4)
    exchange.answer(quantity=3, offer_id="offer", element_id="firm", estimated_arrival_at=later)
    (offer,) = exchange.thread.offers
    assert (offer.id, offer.state, offer.quantity, offer.estimated_arrival_at) == (
        "offer",
        OfferState.OFFERED,
        3,
        later,
    )
    assert offer.reason_code == ""


def test_an_update_that_names_no_offer_is_about_the_one_of_the_recalled_answer() -> None:
    exchange = Exchange().answer(A.PROVISIONAL, 4)
    update = exchange.draft(
        factories.respond, SUPPLIER, answers=(Answer("line", A.ACCEPT, 4, risk_checked=True, element_id="new"),)
    )
    recalled = exchange.messages[-1].message_id
    exchange.messages.append(replace(update, recall=MessageRecall(recalled, RecallType.UPDATE)))
    assert [(offer.id, offer.state) for offer in exchange.thread.offers] == [("offer", OfferState.OFFERED)]


def test_a_whole_answer_taken_back_leaves_what_is_committed() -> None:
    """Another system recalls a message, not an offer: all that is still open of it goes."""
    exchange = two_lines()
    answers = tuple(
        Answer(line, A.ACCEPT, 2, risk_checked=True, element_id=f"offer-{line}") for line in ("line", "pumps")
    )
    exchange.say(factories.respond, SUPPLIER, message_id="answers", answers=answers)
    exchange.order(2, "offer-line").commit(offer_id="offer-line")
    withdrawal = exchange.draft(factories.withdraw_offer, SUPPLIER, offer_id="offer-pumps")
    nameless = tuple(replace(line, subject_id="") for line in withdrawal.resources)
    exchange.messages.append(replace(withdrawal, resources=nameless))
    assert [offer.state for offer in exchange.thread.offers] == [OfferState.COMMITTED, OfferState.WITHDRAWN]
    assert exchange.thread.parked == ()


def test_a_commitment_that_is_not_sure_yet_stays_ordered() -> None:
    offer = Exchange().answer().order().commit(A.PROVISIONAL).thread.offers[0]
    assert (offer.state, offer.is_unsure, offer.reason_code) == (OfferState.ACCEPTED, True, "own-emergency")


def test_a_commitment_that_was_not_sure_becomes_sure() -> None:
    assert not Exchange().answer().order().commit(A.PROVISIONAL).commit().thread.offers[0].is_unsure


def test_a_commitment_refused_counts_nothing() -> None:
    exchange = Exchange().answer().order().commit(A.DECLINE)
    assert exchange.thread.offers[0].state is OfferState.DECLINED
    assert exchange.thread.deployments == ()
    assert exchange.thread.request.lines[0].accepted == 0


def test_teams_taken_back_no_longer_cover_the_line() -> None:
    exchange = Exchange().to_work().about(factories.recall, SUPPLIER, reason=text())
    assert exchange.thread.request.lines[0].committed == 0
    assert exchange.thread.request.state is RequestState.PARTLY_COVERED
    assert exchange.thread.deployments[0].reason == text()


def test_teams_that_did_their_work_still_cover_the_line() -> None:
    exchange = Exchange().to_work().about(factories.release, CONSUMER, handover=text())
    assert exchange.thread.request.state is RequestState.COVERED


def test_teams_given_back_at_their_owners_wish_no_longer_cover_the_line() -> None:
    exchange = Exchange().to_work().about(factories.ask_return, SUPPLIER, reason=text())
    exchange.about(factories.answer_return, CONSUMER, response_type=A.ACCEPT)
    assert exchange.thread.request.lines[0].committed == 0


def test_who_leaves_has_nothing_pending() -> None:
    exchange = Exchange().to_work()
    exchange.about(factories.ask_extension, CONSUMER, until=exchange.now + timedelta(hours=8))
    exchange.about(factories.ask_return, SUPPLIER, reason=text())
    assert exchange.thread.deployments[0].extension_pending
    assert exchange.thread.deployments[0].return_pending
    exchange.about(factories.recall, SUPPLIER)
    assert not exchange.thread.deployments[0].extension_pending
    assert not exchange.thread.deployments[0].return_pending


def test_an_extension_granted_moves_the_end() -> None:
    exchange = Exchange().acknowledge().answer().order(until=EVENING + timedelta(hours=12)).commit()
    exchange.report(D.MOBILISING, D.EN_ROUTE, D.ARRIVED, D.OPERATIONAL)
    assert exchange.thread.deployments[0].end_at == EVENING + timedelta(hours=12)
    asked, granted = EVENING + timedelta(hours=24), EVENING + timedelta(hours=20)
    exchange.about(factories.ask_extension, CONSUMER, until=asked, answer_due_at=EVENING + timedelta(hours=2))
    assert exchange.thread.deployments[0].extension_asked.until == asked
    exchange.about(factories.answer_extension, SUPPLIER, response_type=A.ACCEPT, until=granted)
    assert exchange.thread.deployments[0].end_at == granted


def test_an_extension_refused_or_not_sure_leaves_the_end() -> None:
    exchange = Exchange().to_work()
    exchange.about(factories.ask_extension, CONSUMER, until=EVENING + timedelta(hours=24))
    exchange.about(factories.answer_extension, SUPPLIER, response_type=A.PROVISIONAL, reason_code="rotation")
    assert exchange.thread.deployments[0].extension_pending
    exchange.about(factories.answer_extension, SUPPLIER, response_type=A.DECLINE, reason_code="rotation")
    assert not exchange.thread.deployments[0].extension_pending
    assert exchange.thread.deployments[0].end_at is None


def test_a_cancelled_request_lapses_what_is_open_and_leaves_what_runs() -> None:
    exchange = two_lines().answer().order().commit().answer(element_id="open", line_id="pumps", quantity=2)
    exchange.say(factories.cancel_request, description=text("Over."))
    assert [offer.state for offer in exchange.thread.offers] == [OfferState.COMMITTED, OfferState.LAPSED]
    assert exchange.thread.deployments[0].state is DeploymentState.COMMITTED
    exchange.report(D.MOBILISING)
    assert exchange.thread.deployments[0].state is DeploymentState.MOBILISING
    assert exchange.thread.request.state is RequestState.CANCELLED


def test_everything_that_is_open_lapses_with_the_request() -> None:
    exchange = two_lines().answer(A.PROVISIONAL, 1, element_id="maybe", line_id="pumps")
    exchange.answer(quantity=1).order(1).answer(quantity=2, element_id="firm")
    exchange.say(factories.cancel_request)
    assert [offer.state for offer in exchange.thread.offers] == [OfferState.LAPSED] * 3
    assert codes(exchange.thread)[-3:] == [EffectCode.OFFER_LAPSED] * 3


def test_a_newer_request_ends_the_former_and_begins_its_own() -> None:
    exchange = Exchange().answer().wait(minutes=1)
    newer = request("newer", sent_at=exchange.now, replaces="request")
    exchange.messages.append(newer)
    former, own = exchange.thread, fold([newer], thread_id="newer")
    assert (former.request.state, former.request.superseded_by) == (RequestState.SUPERSEDED, "newer")
    assert former.offers[0].state is OfferState.LAPSED
    assert own.request.state is RequestState.SENT
    assert fold([newer]).thread_id == "newer"
    assert fold(exchange.messages).thread_id == "request"


def test_an_offer_that_nobody_asked_for_is_ordered_and_comes() -> None:
    exchange = Exchange(unsolicited()).order(2).commit().report(D.MOBILISING, D.EN_ROUTE, D.ARRIVED)
    thread = exchange.thread
    assert thread.request is None
    assert (thread.consumer, thread.supplier) == (CONSUMER, SUPPLIER)
    assert thread.deployments[0].state is DeploymentState.ARRIVED
    assert thread.deployments[0].capability == "HCP"


def test_an_offer_that_nobody_asked_for_can_be_withdrawn() -> None:
    assert Exchange(unsolicited()).withdraw().thread.offers[0].state is OfferState.WITHDRAWN


def test_the_step_is_of_the_organisation_it_was_said_for() -> None:
    exchange = Exchange(request(recipients=(STRANGER,)))
    draft = exchange.draft(factories.acknowledge, CONSUMER, on_behalf_of=STRANGER)
    exchange.messages.append(draft)
    assert exchange.thread.request.acknowledged_at == exchange.now


def test_a_step_said_by_phone_counts_from_when_it_was_said() -> None:
    said_at = EVENING + timedelta(minutes=3)
    exchange = Exchange().wait(hours=1).acknowledge(said_at=said_at)
    assert exchange.thread.request.acknowledged_at == said_at


def test_a_report_gives_the_place_and_the_time_of_arrival() -> None:
    exchange = Exchange().answer().order().commit().report(D.MOBILISING, D.EN_ROUTE)
    later = EVENING + timedelta(hours=4)
    exchange.about(factories.report, CONSUMER, status=None, estimated_arrival_at=later)
    assert exchange.thread.deployments[0].estimated_arrival_at == later
    assert exchange.thread.deployments[0].state is DeploymentState.EN_ROUTE
    exchange.report(D.ARRIVED, at=EVENING + timedelta(hours=3), location=Location("CP-Ops"))
    assert exchange.thread.deployments[0].position == Location("CP-Ops")
    assert exchange.thread.deployments[0].arrived_at == EVENING + timedelta(hours=3)


def test_questions_wait_until_they_are_answered() -> None:
    exchange = Exchange().say(factories.ask_information, SUPPLIER, message_id="q", question=text("How deep?"))
    assert [question.message_id for question in exchange.thread.questions] == ["q"]
    exchange.say(factories.answer_information, CONSUMER, question_id="q", answer=text("Two metres."))
    assert exchange.thread.questions == ()


def test_a_price_is_asked_of_an_offer_and_given_once() -> None:
    exchange = Exchange().answer().say(factories.ask_quote, CONSUMER, message_id="price", subject_id="offer")
    assert [(item.message_id, item.subject_id) for item in exchange.thread.questions] == [("price", "offer")]
    with pytest.raises(NotAllowed, match="asked for already"):
        exchange.say(factories.ask_quote, CONSUMER, subject_id="offer")
    exchange.say(factories.answer_quote, SUPPLIER, offer_id="offer", price_eur=900.0)
    assert exchange.thread.questions == ()
    assert exchange.thread.offers[0].price_quote_eur == 900.0
    with pytest.raises(NotAllowed, match="given already"):
        exchange.say(factories.answer_quote, SUPPLIER, offer_id="offer", price_eur=800.0)
    exchange.order().commit()
    with pytest.raises(NotAllowed, match="already committed"):
        exchange.say(factories.ask_quote, CONSUMER, subject_id="offer")


def test_a_priced_answer_to_a_line_makes_an_offer() -> None:
    """Row 4: the answer to a quote may be the offer itself."""
    exchange = Exchange().say(factories.ask_quote, CONSUMER, message_id="price", subject_id="line")
    priced = exchange.draft(
        factories.respond,
        SUPPLIER,
        answers=(Answer("line", A.ACCEPT, 4, price_quote_eur=700.0, risk_checked=True, element_id="offer"),),
    )
    response = replace(priced.resources[0].response, preceding_element_id="price.1")
    exchange.messages.append(
        replace(
            priced,
            message_type=MessageType.RESPONSE_TO_REQUEST_QUOTE,
            preceding_message_id="price",
            resources=(replace(priced.resources[0], response=response),),
        )
    )
    (offer,) = exchange.thread.offers
    assert (offer.line_id, offer.state, offer.price_quote_eur) == ("line", OfferState.OFFERED, 700.0)
    assert exchange.thread.questions == ()


def test_a_question_where_the_teams_are_is_answered_by_any_report() -> None:
    exchange = Exchange().answer().order().commit().about(factories.ask_status, CONSUMER)
    assert exchange.thread.deployments[0].status_asked_by == CONSUMER
    assert exchange.report(D.MOBILISING).thread.deployments[0].status_asked_by == ""


# Order and repetition


@pytest.mark.parametrize("seed", range(20))
def test_order_and_repetition_do_not_matter(seed: int) -> None:
    exchange = whole_story()
    shuffled = exchange.messages + exchange.messages[::2]
    random.Random(seed).shuffle(shuffled)
    assert fold(shuffled, now=exchange.now) == exchange.thread


def test_messages_of_one_second_fold_by_their_causes() -> None:
    exchange = whole_story()
    at_once = [replace(message, sent_at=EVENING) for message in exchange.messages]
    states = [change.state for change in fold(at_once).deployments[0].changes]
    assert states == [change.state for change in exchange.thread.deployments[0].changes]
    assert fold(at_once).parked == ()


def test_a_clock_that_runs_behind_does_not_hide_an_answer() -> None:
    exchange = Exchange().answer()
    order = exchange.draft(factories.requisition, orders=(Order("offer", 4),), funding=(Funding("free"),))
    early = replace(order, sent_at=EVENING - timedelta(hours=1))
    assert fold([*exchange.messages, early]).offers[0].state is OfferState.ACCEPTED


def test_what_speaks_of_a_line_comes_after_the_message_that_made_it() -> None:
    exchange = Exchange().answer().order()
    early = replace(exchange.messages[-1], sent_at=EVENING - timedelta(hours=1), preceding_message_id="")
    assert order_by_cause([early, *exchange.messages[:-1]])[-1] == early


def test_reports_without_a_tie_that_were_sent_in_the_wrong_order_wait_for_each_other() -> None:
    """Another system names no message before; a chain of what waits is worked off when its first link comes."""
    exchange = Exchange().answer().order().commit().report(D.MOBILISING, D.EN_ROUTE, D.ARRIVED, D.OPERATIONAL)
    reports = [replace(message, preceding_message_id="") for message in exchange.messages[-4:]]
    backwards = [
        replace(message, sent_at=exchange.now - timedelta(seconds=index)) for index, message in enumerate(reports)
    ]
    thread = fold([*exchange.messages[:-4], *backwards])
    assert thread.deployments[0].state is DeploymentState.OPERATIONAL
    assert thread.parked == ()


@pytest.mark.parametrize("cut", range(1, 18))
def test_folding_on_is_folding_all(cut: int) -> None:
    exchange = whole_story()
    before = fold(exchange.messages[:cut], thread_id="request")
    assert refold(before, *exchange.messages[cut:], now=exchange.now) == exchange.thread


@pytest.mark.parametrize("lost", range(17))
def test_what_comes_late_waits_and_then_counts(lost: int) -> None:
    exchange = whole_story()
    late = exchange.messages[lost]
    thread = fold([message for message in exchange.messages if message is not late], thread_id="request")
    waiting = {item.message.message_id for item in thread.parked if item.may_fit}
    later = {message.message_id for message in exchange.messages[lost + 1 :]}
    assert waiting <= later
    assert bool(waiting) is (lost not in (1, 16))
    assert not [item for item in thread.parked if not item.may_fit]
    assert refold(thread, late, now=exchange.now) == exchange.thread


def test_before_the_request_has_come_everything_waits_for_it() -> None:
    thread = fold(Exchange().acknowledge().answer().messages[1:], thread_id="request")
    assert not thread.is_open
    assert [item.problem.params["id"] for item in thread.parked] == ["request", "request"]
    assert thread.waits == ()


def test_a_step_against_one_that_crossed_it_is_kept_beside() -> None:
    """The supplier withdraws while the order is on its way: both see the same, and why."""
    exchange = Exchange().answer()
    order = exchange.draft(factories.requisition, orders=(Order("offer", 4),), funding=(Funding("free"),))
    withdrawal = exchange.draft(factories.withdraw_offer, SUPPLIER, offer_id="offer")
    withdrawal = replace(withdrawal, sent_at=EVENING + timedelta(seconds=70))
    for messages in ([order, withdrawal], [withdrawal, order]):
        thread = fold([*exchange.messages, *messages])
        assert thread.offers[0].state is OfferState.WITHDRAWN
        assert [(item.message, item.problem.code, item.may_fit) for item in thread.parked] == [
            (order, "flow.offer.WITHDRAWN", False)
        ]


def test_one_line_that_does_not_fit_holds_up_no_other() -> None:
    exchange = two_lines()
    answers = tuple(
        Answer(line, A.ACCEPT, 2, risk_checked=True, element_id=f"offer-{line}") for line in ("line", "pumps")
    )
    exchange.say(factories.respond, SUPPLIER, answers=answers)
    orders = (Order("offer-line", 2), Order("offer-pumps", 2))
    order = exchange.draft(factories.requisition, orders=orders, funding=(Funding("free"),), message_id="order")
    exchange.withdraw("offer-pumps")
    exchange.messages.append(replace(order, sent_at=exchange.now + timedelta(minutes=1)))
    thread = exchange.thread
    assert [offer.state for offer in thread.offers] == [OfferState.ACCEPTED, OfferState.WITHDRAWN]
    assert [item.element_id for item in thread.parked] == ["order.2"]


def test_an_answer_to_an_earlier_question_does_not_answer_a_later_one() -> None:
    exchange = Exchange().to_work()
    exchange.about(factories.ask_extension, CONSUMER, until=EVENING + timedelta(hours=24), message_id="first")
    twice = [
        exchange.draft(
            factories.answer_extension,
            SUPPLIER,
            deployment_id="offer",
            response_type=A.DECLINE,
            reason_code="rotation",
            message_id=message_id,
        )
        for message_id in ("no", "no-again")
    ]
    exchange.messages.append(twice[0])
    exchange.about(factories.ask_extension, CONSUMER, until=EVENING + timedelta(hours=30), message_id="second")
    exchange.messages.append(replace(twice[1], sent_at=exchange.now + timedelta(minutes=1)))
    assert exchange.thread.deployments[0].extension_asked.message_id == "second"
    assert [(item.message.message_id, item.may_fit) for item in exchange.thread.parked] == [("no-again", False)]


# What should not be


def test_an_id_with_two_contents_is_a_conflict_and_the_same_one_counts_either_way() -> None:
    exchange = Exchange().answer(quantity=4)
    answer = exchange.messages[-1]
    other = replace(answer, description=text("Something else."))
    for messages in ([answer, other, answer], [other, answer]):
        thread = fold([exchange.opening, *messages])
        (conflict,) = thread.conflicts
        assert {conflict.kept, *conflict.others} == {answer, other}
        assert thread.offers[0].quantity == 4
        assert refold(thread) == thread
    first = fold([exchange.opening, answer, other]).conflicts
    assert first == fold([exchange.opening, other, answer]).conflicts


def test_of_two_contents_the_one_sent_first_is_kept() -> None:
    exchange = Exchange().acknowledge()
    forged = replace(exchange.messages[-1], sent_at=exchange.now + timedelta(hours=1))
    assert fold([forged, *exchange.messages]).conflicts[0].kept == exchange.messages[-1]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"envelope": envelope(STRANGER, CONSUMER)}, "flow.stranger"),
        ({"envelope": envelope(SUPPLIER, CONSUMER, status=StatusKind.ACTUAL)}, "flow.status"),
        ({"envelope": envelope(CONSUMER, SUPPLIER)}, "flow.supplier-only"),
        ({"originating_message_id": "another"}, "flow.other-exchange"),
        ({"envelope": envelope(SUPPLIER, STRANGER)}, "flow.not-addressed"),
    ],
)
def test_a_message_that_does_not_belong_here_is_kept_beside(changes: dict[str, object], code: str) -> None:
    exchange = Exchange()
    exchange.messages.append(replace(exchange.draft(factories.acknowledge, SUPPLIER), **changes))
    assert [(item.problem.code, item.may_fit) for item in exchange.thread.parked] == [(code, False)]
    assert exchange.thread.request.state is RequestState.SENT


def test_a_second_beginning_is_kept_beside() -> None:
    exchange = Exchange()
    exchange.messages.append(replace(request("again"), originating_message_id="request"))
    assert [item.problem.code for item in exchange.thread.parked] == ["flow.second-beginning"]


def test_what_begins_no_exchange_opens_none() -> None:
    exchange = Exchange().acknowledge()
    alone = replace(exchange.messages[-1], message_id="request", preceding_message_id="")
    thread = fold([alone])
    assert not thread.is_open
    assert [item.problem.code for item in thread.parked] == ["flow.begins-wrong"]
    oneself = fold([request(recipients=(CONSUMER,))])
    assert [item.problem.code for item in oneself.parked] == ["flow.one-addressee"]


def test_an_offer_cannot_take_the_id_of_another() -> None:
    exchange = Exchange().answer(quantity=2)
    exchange.is_checked = False
    exchange.answer(quantity=3).answer(quantity=1, element_id="line")
    assert [item.problem.code for item in exchange.thread.parked] == ["flow.same-element", "flow.same-element"]
    assert [offer.quantity for offer in exchange.thread.offers] == [2]


def test_messages_that_name_each_other_in_a_circle_wait() -> None:
    exchange = Exchange()
    one = exchange.draft(factories.ask_information, SUPPLIER, question=text(), message_id="one")
    two = exchange.draft(factories.ask_information, SUPPLIER, question=text(), message_id="two")
    circle = [replace(one, preceding_message_id="two"), replace(two, preceding_message_id="one")]
    assert [message.message_id for message in order_by_cause([*circle, exchange.opening])] == ["request", "one", "two"]


def test_an_exchange_must_be_named_where_the_messages_do_not_tell() -> None:
    with pytest.raises(ValueError, match="name the exchange"):
        fold([])
    with pytest.raises(ValueError, match="name the exchange"):
        fold([request("one"), request("two")])


def in_minutes(minutes: float, message: Message) -> Message:
    """The request as it was written before deadlines were moments."""
    line = replace(message.resources[0], schedule=(), within_minutes=minutes, latest_minutes=minutes)
    return replace(message, resources=(line,))


def test_minutes_of_a_message_of_before_count_from_its_sending() -> None:
    line = fold([in_minutes(90, request())]).request.lines[0]
    assert line.needed_at == line.latest_at == EVENING + timedelta(minutes=90)


def test_no_number_of_minutes_is_too_large() -> None:
    line = fold([in_minutes(1e300, request())]).request.lines[0]
    assert (line.needed_at, line.latest_at) == (None, None)


@given(st.integers(0, 24 * 60), st.integers(1, 24 * 60))
def test_a_deadline_does_not_move_however_late_it_is_sent(later: int, minutes: int) -> None:
    stated = within(minutes, stated_at=EVENING)
    asks = (Ask("HCP", 1, needed_at=stated, useless_after=stated),)
    sent = request(asks=asks, sent_at=EVENING + timedelta(minutes=later))
    line = fold([decode(encode(sent))]).request.lines[0]
    assert line.needed_at == line.latest_at == stated


def commit_of(exchange: Exchange, quantity: int) -> Message:
    return exchange.draft(factories.commit, SUPPLIER, commitments=(Commitment("offer", quantity=quantity),))


def test_never_more_is_committed_than_ordered_nor_ordered_than_offered() -> None:
    exchange = Exchange().answer(quantity=3)
    with pytest.raises(NotAllowed, match="only 3 were offered"):
        exchange.order(4)
    exchange.order(2)
    with pytest.raises(NotAllowed, match="only 2 were ordered"):
        check_step(exchange.thread, commit_of(exchange, 3))
    exchange.messages.append(commit_of(exchange, 3))
    assert exchange.thread.deployments == ()
