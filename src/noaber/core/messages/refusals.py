"""Whether a step is allowed now, asked of the transition table; and if not, the sentence that says why.

One function answers for the button, the server, the file reader and the fold. What an organisation should also
have done when it takes the step (the certificate, the risk at home) is in `duties.py`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from noaber.core.messages.acts import Act, find_element
from noaber.core.messages.model import MessageType, ResourceInformation
from noaber.core.messages.refusal_codes import DEPLOYMENT_CODES, OFFER_CODES, REQUEST_CODES
from noaber.core.messages.states import (
    ACTIVE_DEPLOYMENTS,
    HOME_DEPLOYMENTS,
    OPEN_OFFERS,
    OPEN_REQUESTS,
    DeploymentState,
    OfferState,
    RequestState,
    State,
)
from noaber.core.messages.thread import Deployment, Offer, Thread
from noaber.core.messages.transitions import Actor, Flag, Move, Row, StepKind, Subject, can_reach, get_moves
from noaber.core.problems import Problem


@dataclass(frozen=True)
class Refusal:
    """Why a step has no effect. `may_fit`: it will have, once something comes that is still missing."""

    problem: Problem
    may_fit: bool = False


@dataclass(frozen=True)
class _Thing:
    """What a step is about, as the table needs it."""

    subject: Subject
    state: State
    flags: frozenset[Flag] = field(default_factory=frozenset)


def get_subject(kind: StepKind) -> Subject:
    """What kind of thing the step changes."""
    return get_moves(kind)[0][0].subject


def find_row(thread: Thread, act: Act) -> int | None:
    """The number of the row by which the step leads to its target from here; None for steps outside the table."""
    moves = get_moves(act.kind, act.target) if act.target is not None else ()
    if not moves:
        return None
    thing = None if act.kind is StepKind.ANSWER_LINE else _find_thing(thread, act)
    source = thing.state if isinstance(thing, _Thing) else None
    return next((row.number for row, move in moves if move.source is source), moves[0][0].number)


def find_refusal(thread: Thread, act: Act, party: str) -> Refusal | None:
    """Why `party` may not take the step now; None where it may.

    Parameters
    ----------
    thread
        The exchange, with its timers as they stand when the step is taken.
    act
        The step. Without its line only what holds for any line is asked: enough for a button.
    """
    if party not in (thread.consumer, thread.supplier):
        return _refuse(thread, "flow.stranger", party=party)
    if thread.is_alert and act.kind in _NOT_OF_ALERTS:
        return _refuse(thread, "flow.alert.answer", about=act.subject_id)
    if act.kind is StepKind.ANSWER_LINE:
        return _refuse_answer(thread, act, party)
    if thread.consumer == thread.supplier and act.kind in _BETWEEN_TWO:
        return _refuse(thread, "flow.oneself")
    if not get_moves(act.kind):
        return _refuse_beside(thread, act, party)
    thing = _find_thing(thread, act)
    if isinstance(thing, Refusal):
        return thing
    return _refuse_change(thread, act, party, thing) or _refuse_quantity(thread, act) or _refuse_particular(thread, act)


_NOT_OF_ALERTS = frozenset(
    {
        StepKind.ACKNOWLEDGE,
        StepKind.ANSWER_LINE,
        StepKind.WITHDRAW_OFFER,
        StepKind.UPDATE_REQUEST,
        StepKind.ASK_QUOTE,
    }
)
"""Own teams were not offered: whoever is alerted confirms, or declines with a reason."""


_BETWEEN_TWO = frozenset({StepKind.ASK_INFORMATION, StepKind.ASK_STATUS, StepKind.ASK_RETURN})
"""Nobody asks oneself; who wants its own teams back recalls them."""


def _refuse(thread: Thread, code: str, *, may_fit: bool = False, about: str = "", **params: Any) -> Refusal:
    known: dict[str, Any] = {"consumer": thread.consumer, "supplier": thread.supplier}
    thing = thread.find_deployment(about) or thread.find_offer(about)
    if thing:
        known |= {"quantity": thing.quantity, "capability": thing.capability}
    return Refusal(Problem(code, params=known | params), may_fit)


def waits_for(thread: Thread, missing_id: str) -> Refusal:
    """The refusal of what answers something that has not come yet."""
    return _refuse(thread, "flow.waits-for", may_fit=True, id=missing_id)


def _acts_for(thread: Thread, actor: Actor, party: str) -> bool:
    match actor:
        case Actor.CONSUMER | Actor.AUTHORITY:
            return party == thread.consumer
        case Actor.SUPPLIER:
            return party == thread.supplier
        case Actor.EITHER:
            return True
        case Actor.SYSTEM:
            return False


def _refuse_actor(thread: Thread, actor: Actor) -> Refusal:
    return _refuse(thread, "flow.supplier-only" if actor is Actor.SUPPLIER else "flow.consumer-only")


# The thing


def _find_thing(thread: Thread, act: Act) -> _Thing | Refusal:
    match get_subject(act.kind):
        case Subject.REQUEST:
            if thread.request is None:
                return _refuse(thread, "flow.no-request")
            return _Thing(Subject.REQUEST, thread.request.state)
        case Subject.OFFER:
            offer = thread.find_offer(act.subject_id)
            if offer is None:
                return _refuse_unknown(thread, act)
            return _Thing(Subject.OFFER, offer.state)
    deployment = thread.find_deployment(act.subject_id)
    if deployment is None:
        return _refuse_uncommitted(thread, act)
    return _Thing(Subject.DEPLOYMENT, deployment.state, _flags(deployment))


def _flags(deployment: Deployment) -> frozenset[Flag]:
    flags = set()
    if deployment.extension_pending:
        flags.add(Flag.EXTENSION_PENDING)
    if deployment.return_pending:
        flags.add(Flag.RETURN_PENDING)
    return frozenset(flags)


def _refuse_unknown(thread: Thread, act: Act) -> Refusal:
    return waits_for(thread, act.subject_id) if act.subject_id else _refuse(thread, "flow.no-subject")


def _refuse_uncommitted(thread: Thread, act: Act) -> Refusal:
    offer = thread.find_offer(act.subject_id)
    if offer is None:
        return _refuse_unknown(thread, act)
    may_fit = can_reach(Subject.OFFER, offer.state, OfferState.COMMITTED)
    code = "flow.not-committed" if may_fit else f"flow.offer.{offer.state}"
    return _refuse(thread, code, may_fit=may_fit, about=offer.id)


# The change of state


def _refuse_change(thread: Thread, act: Act, party: str, thing: _Thing) -> Refusal | None:
    moves = get_moves(act.kind, act.target)
    mine = [(row, move) for row, move in moves if _acts_for(thread, row.actor, party)]
    if moves and not mine:
        return _refuse_actor(thread, moves[0][0].actor)
    here = [(row, move) for row, move in mine if move.source is thing.state]
    if not here:
        return _refuse_state(thread, act, thing, mine)
    return _refuse_flag(thread, act, thing, here[0][0])


def _refuse_state(thread: Thread, act: Act, thing: _Thing, moves: list[tuple[Row, Move]]) -> Refusal:
    sources = [move.source for _, move in moves if move.source is not None]
    may_fit = any(can_reach(thing.subject, thing.state, source) for source in sources)
    return _refuse(thread, _state_code(act, thing.state, may_fit), may_fit=may_fit, about=act.subject_id)


def _state_code(act: Act, state: State, is_early: bool) -> str:
    match state:
        case RequestState():
            return REQUEST_CODES.get((act.kind, state), f"flow.request.{state}")
        case OfferState():
            return OFFER_CODES.get((act.kind, state), f"flow.offer.{state}")
        case DeploymentState():
            return _deployment_code(act, state, is_early)
    raise AssertionError(f"no step leads from {state}")


def _deployment_code(act: Act, state: DeploymentState, is_early: bool) -> str:
    if act.kind is not StepKind.REPORT:
        return DEPLOYMENT_CODES[act.kind, "early" if is_early else "late"]
    if act.target is DeploymentState.RELEASED:
        return "flow.report.released"
    if act.target is state:
        return f"flow.report.{state}"
    if state not in ACTIVE_DEPLOYMENTS and not is_early:
        return "flow.report.leaving"
    return "flow.report.early" if is_early else "flow.report.late"


def _refuse_flag(thread: Thread, act: Act, thing: _Thing, row: Row) -> Refusal | None:
    if row.sets in thing.flags:
        return _refuse(thread, f"flow.{row.sets}", about=act.subject_id)
    if row.needs is None:
        return None
    if row.needs in thing.flags and _answers_what_is_asked(thread, act, row.needs):
        return None
    return _refuse(thread, f"flow.no-{row.needs}", may_fit=_answers_the_unseen(thread, act), about=act.subject_id)


def _answers_what_is_asked(thread: Thread, act: Act, flag: Flag) -> bool:
    """An answer counts for the question that it points to, and for no later one."""
    deployment = thread.find_deployment(act.subject_id)
    if act.line is None or act.line.response is None or deployment is None:
        return True
    asked = deployment.extension_asked if flag is Flag.EXTENSION_PENDING else deployment.return_asked
    return asked is not None and act.line.response.preceding_element_id == asked.element_id


def _answers_the_unseen(thread: Thread, act: Act) -> bool:
    if act.line is None or act.line.response is None:
        return False
    return find_element(thread, act.line.response.preceding_element_id) is None


# Answers to a line of the request


def _refuse_answer(thread: Thread, act: Act, party: str) -> Refusal | None:
    if party != thread.supplier:
        return _refuse_actor(thread, Actor.SUPPLIER)
    if thread.request is None:
        return _refuse(thread, "flow.no-request")
    line = thread.find_line(act.subject_id)
    if line is None:
        return _refuse(thread, "flow.no-line", id=act.subject_id)
    if thread.request.state not in OPEN_REQUESTS:
        return _refuse(thread, f"flow.request.{thread.request.state}")
    named: dict[str, Any] = {"quantity": line.quantity, "capability": line.capability}
    if act.line and (thread.find_offer(act.line.element_id) or thread.find_line(act.line.element_id)):
        return _refuse(thread, "flow.same-element", id=act.line.element_id)
    standing = [offer for offer in thread.offers if offer.line_id == line.element_id and _stands(offer)]
    if act.target is not OfferState.DECLINED:
        again = act.line is not None and any(_is_the_same(offer, act.line) for offer in standing)
        return _refuse(thread, "flow.same-offer", **named) if again else None
    if line.is_declined:
        return _refuse(thread, "flow.declined", **named)
    return _refuse(thread, "flow.decline-beside-offer", **named) if standing else None


def _stands(offer: Offer) -> bool:
    return offer.state in OPEN_OFFERS or offer.state is OfferState.COMMITTED


def _is_the_same(offer: Offer, line: ResourceInformation) -> bool:
    """The same teams in the same number for the same line: a second click, not more help."""
    before = offer.information
    if before is None or offer.state is OfferState.COMMITTED:
        return False
    return (before.resource, before.assignment, before.response) == (line.resource, line.assignment, line.response)


# Quantities, and what holds for one step only


def _refuse_quantity(thread: Thread, act: Act) -> Refusal | None:
    """No more is ordered than was offered, and no more committed than was ordered."""
    offer = thread.find_offer(act.subject_id)
    quantity = act.line.assignment.quantity if act.line and act.line.assignment else None
    if offer is None or quantity is None:
        return None
    if act.kind is StepKind.REQUISITION and quantity > offer.quantity:
        return _refuse(thread, "flow.more-than-offered", about=offer.id, ordered=quantity)
    if act.kind is StepKind.COMMIT and quantity > offer.accepted_quantity:
        params: dict[str, Any] = {"quantity": offer.accepted_quantity, "committed": quantity}
        return _refuse(thread, "flow.more-than-ordered", about=offer.id, **params)
    return None


def _refuse_particular(thread: Thread, act: Act) -> Refusal | None:
    if act.target is DeploymentState.AT_BORDER and thread.is_alert:
        return _refuse(thread, "flow.report.no-border", about=act.subject_id)
    if act.kind is not StepKind.CLOSE_REQUEST:
        return None
    away = [item for item in thread.deployments if item.state not in HOME_DEPLOYMENTS]
    if not away:
        return None
    return _refuse(thread, "flow.not-home", may_fit=True, count=sum(item.quantity for item in away))


# Steps that change no state


def _refuse_beside(thread: Thread, act: Act, party: str) -> Refusal | None:
    match act.kind:
        case StepKind.NOTE | StepKind.ASK_STATUS:
            return _refuse_word_on_deployment(thread, act)
        case StepKind.GIVE_PAPERS:
            return _refuse_papers(thread, act, party)
        case StepKind.ANSWER_INFORMATION:
            return _refuse_information(thread, act, party)
        case StepKind.ASK_QUOTE:
            return _refuse_actor(thread, Actor.CONSUMER) if party != thread.consumer else _refuse_price(thread, act)
        case StepKind.ANSWER_QUOTE:
            return _refuse_actor(thread, Actor.SUPPLIER) if party != thread.supplier else _refuse_quote(thread, act)
    return None


def _refuse_price(thread: Thread, act: Act) -> Refusal | None:
    """A price is asked of what is open: an offer, or a line of a request."""
    offer, line = thread.find_offer(act.subject_id), thread.find_line(act.subject_id)
    if offer is None and line is None:
        return _refuse_unknown(thread, act)
    if offer and offer.state not in OPEN_OFFERS:
        code = "flow.price.COMMITTED" if offer.state is OfferState.COMMITTED else f"flow.offer.{offer.state}"
        return _refuse(thread, code, about=offer.id)
    if line and thread.request and thread.request.state not in OPEN_REQUESTS:
        return _refuse(thread, f"flow.request.{thread.request.state}")
    return _refuse(thread, "flow.price-asked") if thread.find_price_question(act.subject_id) else None


def _refuse_quote(thread: Thread, act: Act) -> Refusal | None:
    if thread.find_price_question(act.subject_id):
        return None
    return _refuse(thread, "flow.no-price-asked", may_fit=_answers_the_unseen(thread, act))


def _refuse_word_on_deployment(thread: Thread, act: Act) -> Refusal | None:
    deployment = thread.find_deployment(act.subject_id)
    if deployment is None:
        return _refuse_uncommitted(thread, act)
    if deployment.state in HOME_DEPLOYMENTS:
        return _refuse(thread, "flow.home", about=deployment.id)
    if act.kind is StepKind.ASK_STATUS and deployment.status_asked_by:
        return _refuse(thread, "flow.status-asked", about=deployment.id)
    return None


def _refuse_papers(thread: Thread, act: Act, party: str) -> Refusal | None:
    if party != thread.supplier:
        return _refuse_actor(thread, Actor.SUPPLIER)
    if not thread.agreement:
        return _refuse(thread, "flow.papers.no-border", about=act.subject_id)
    return _refuse_word_on_deployment(thread, act)


def _refuse_information(thread: Thread, act: Act, party: str) -> Refusal | None:
    question = thread.find_question(act.subject_id)
    if question is None:
        asked = thread.find_message(act.subject_id)
        if asked is None or asked.message_type is not MessageType.REQUEST_INFORMATION:
            return waits_for(thread, act.subject_id)
        return _refuse(thread, "flow.answered")
    if question.asked_by == party:
        return _refuse(thread, "flow.own-question")
    return None
