"""Walks through the flow at random: the steps that a page offers, taken one after the other."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from hypothesis import strategies as st

from builders import CERTIFICATE, CONSUMER, EVENING, SUPPLIER, Exchange, alert, request, text, unsolicited
from noaber.core.messages import factories
from noaber.core.messages.factories import Answer, Ask, Commitment, Order
from noaber.core.messages.model import DeploymentStatus, Funding, Message, ResponseType
from noaber.core.messages.rules import check_message
from noaber.core.messages.states import DeploymentState, OfferState, State
from noaber.core.messages.steps import check_step, find_corrections, possible_steps
from noaber.core.messages.thread import Step
from noaber.core.messages.transitions import StepKind

A = ResponseType
K = StepKind


class Walk:
    """The steps that a page offers, taken one after the other, with a message made for each."""

    def __init__(self, draw: Callable[[st.SearchStrategy], object]) -> None:
        self.draw = draw
        self.side = ""
        asks = (
            Ask("SRBOAT", 4, element_id="line", useless_after=EVENING + timedelta(hours=10)),
            Ask("HCP", 2, element_id="pumps", useless_after=EVENING + timedelta(hours=15)),
        )
        openings = {0: unsolicited, 1: alert}
        self.exchange = Exchange(openings.get(draw(st.integers(0, 6)), lambda: request(asks=asks))())

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

    def correct(self) -> bool:
        """Withdraw a step as entered by mistake, where a page would offer that."""
        party = self.draw(st.sampled_from([CONSUMER, SUPPLIER]))
        offered = find_corrections(self.exchange.thread, party)
        if not offered:
            return False
        mistaken_id = self.draw(st.sampled_from(offered))
        message = self.make(factories.withdraw_mistake, party, mistaken_id=mistaken_id, reason=text("A slip."))
        check_message(message)
        check_step(self.exchange.thread, message)
        self.exchange.messages.append(message)
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
    K.GIVE_PAPERS: on_teams(factories.report, status=None, certificate=CERTIFICATE),
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
