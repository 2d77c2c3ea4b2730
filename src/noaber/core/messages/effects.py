"""What an allowed step does to a thread. Nothing is judged here; timers are looked at in `timers.py`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from noaber.core.messages import deployment_effects as deployments
from noaber.core.messages.acts import Act, acted_at, find_time
from noaber.core.messages.applied import Applied, effect_of, line_of
from noaber.core.messages.lines import count_lines, open_lines, recount
from noaber.core.messages.model import (
    ContactRole,
    FreeText,
    Message,
    MessageType,
    ResourceInformation,
    ScheduleType,
)
from noaber.core.messages.refusals import find_row
from noaber.core.messages.states import (
    OPEN_OFFERS,
    OfferState,
    RequestState,
)
from noaber.core.messages.thread import (
    Effect,
    EffectCode,
    Offer,
    Question,
    Request,
    Thread,
    WaitCode,
)
from noaber.core.messages.timers import find_expiry
from noaber.core.messages.transitions import StepKind

E = EffectCode


def open_thread(thread: Thread, message: Message) -> Applied:
    """Begin the exchange with its first message; the first recipient is the other side."""
    envelope = message.envelope
    is_alert = message.message_type is MessageType.REQUISITION_RESOURCE
    is_request = message.message_type is MessageType.REQUEST_RESOURCE or is_alert
    here, there = envelope.party, envelope.recipients[0] if envelope.recipients else ""
    opened = replace(
        thread,
        consumer=here if is_request else there,
        supplier=there if is_request else here,
        status=envelope.status,
        tlp=envelope.tlp,
        agreement=envelope.agreement,
        case_id=envelope.case_id,
        sent_at=message.sent_at,
    )
    if is_alert:
        return _open_alert(opened, message)
    return _open_request(opened, message) if is_request else _open_offers(opened, message)


def _open_request(thread: Thread, message: Message) -> Applied:
    lines = open_lines(message)
    request = Request(
        message_id=message.message_id,
        state=RequestState.SENT,
        sent_at=message.sent_at,
        lines=lines,
        due_at=message.envelope.answer_due_at,
        expires_at=find_expiry(message, lines),
        approver=next((item for item in message.contacts if item.role is ContactRole.APPROVER), None),
    )
    return replace(thread, request=request), (Effect(E.REQUEST_SENT, message.message_id, 2),)


def _open_alert(thread: Thread, message: Message) -> Applied:
    """Own teams need no offer: each line is a request for named teams, ordered at once under its own id."""
    opened, _ = _open_request(thread, message)
    effects = []
    for line in message.resources:
        named = _make_offer(opened, message, line, line.element_id, OfferState.ACCEPTED)
        offer = replace(named, accepted_quantity=named.quantity, commit_due_at=message.envelope.answer_due_at)
        opened = opened.with_offer(offer)
        effects.append(Effect(E.ALERTED, offer.id, 29, offer.quantity))
    request = replace(_request(opened), is_alert=True)
    return replace(opened, request=count_lines(opened, request)), tuple(effects)


def _open_offers(thread: Thread, message: Message) -> Applied:
    effects: list[Effect] = []
    for line in message.resources:
        offer = _make_offer(thread, message, line, "", OfferState.OFFERED)
        thread = thread.with_offer(offer)
        effects.append(Effect(E.OFFER_UNSOLICITED, offer.id, 5, offer.quantity))
    return thread, tuple(effects)


def apply_act(thread: Thread, message: Message, act: Act) -> Applied:
    """The thread after the step, and what the step did, coverage included."""
    row = find_row(thread, act)
    thread, effects = _APPLY[act.kind](thread, message, act)
    thread, covered = recount(thread)
    return thread, tuple(replace(effect, row=row) for effect in effects) + covered


# The request


def _request(thread: Thread) -> Request:
    assert thread.request is not None  # noqa: S101 - `refusals.py` has seen it
    return thread.request


def _acknowledge(thread: Thread, message: Message, act: Act) -> Applied:
    request = _request(thread)
    due_at = message.envelope.answer_due_at or request.due_at
    kept = replace(request, acknowledged_at=acted_at(message), state=RequestState.ACKNOWLEDGED, due_at=due_at)
    return replace(thread, request=kept), effect_of(E.REQUEST_ACKNOWLEDGED, act)


_ENDED = {
    RequestState.CLOSED: E.REQUEST_CLOSED,
    RequestState.CANCELLED: E.REQUEST_CANCELLED,
    RequestState.SUPERSEDED: E.REQUEST_SUPERSEDED,
}


def _end_request(thread: Thread, message: Message, act: Act) -> Applied:
    """Close, cancel or replace: what is still open lapses, what runs goes on."""
    assert isinstance(act.target, RequestState)  # noqa: S101 - by the table
    ended = replace(
        _request(thread),
        state=act.target,
        ended_at=acted_at(message),
        superseded_by=message.message_id if act.kind is StepKind.UPDATE_REQUEST else "",
    )
    effects = list(effect_of(_ENDED[act.target], act))
    for offer in thread.offers:
        if offer.state in OPEN_OFFERS:
            thread = thread.with_offer(replace(offer, state=OfferState.LAPSED, changed_at=acted_at(message)))
            effects.append(Effect(E.OFFER_LAPSED, offer.id, quantity=offer.quantity))
    return replace(thread, request=ended), tuple(effects)


# Offers


def _make_offer(thread: Thread, message: Message, line: ResourceInformation, line_id: str, state: OfferState) -> Offer:
    asked = thread.find_line(line_id)
    resource, assignment, response = line.resource, line.assignment, line.response
    implied = asked.quantity if asked and state is not OfferState.DECLINED else 1 if not asked else 0
    return Offer(
        id=line.element_id,
        line_id=line_id,
        state=state,
        quantity=assignment.quantity if assignment and assignment.quantity is not None else implied,
        capability=(resource.capability if resource else "") or (asked.capability if asked else ""),
        message_id=message.message_id,
        last_message_id=message.message_id,
        offered_at=acted_at(message),
        changed_at=acted_at(message),
        reason_code=response.reason_code if response else "",
        reason=response.reason if response else None,
        estimated_arrival_at=find_time(line, ScheduleType.ESTIMATED_ARRIVAL),
        valid_until=find_time(line, ScheduleType.END_AVAILABLE),
        team_id=resource.resource_id if resource else "",
        team_name=resource.name if resource else "",
        owner=(resource.owner if resource else "") or thread.supplier,
        home_unit=resource.home_unit if resource else "",
        price_quote_eur=assignment.price_quote_eur if assignment else None,
        information=line,
    )


_ANSWERED = {
    OfferState.PROVISIONAL: E.OFFER_PROVISIONAL,
    OfferState.OFFERED: E.OFFER_MADE,
    OfferState.DECLINED: E.LINE_DECLINED,
}


def _answer(thread: Thread, message: Message, act: Act) -> Applied:
    """An answer to a line; it shows that the request has come, so it acknowledges it too."""
    assert isinstance(act.target, OfferState)  # noqa: S101 - by the table
    request = _request(thread)
    acknowledged = replace(request, acknowledged_at=request.acknowledged_at or acted_at(message))
    offer = _make_offer(thread, message, line_of(act), act.subject_id, act.target)
    thread = replace(thread, request=acknowledged).with_offer(offer)
    effect = Effect(_ANSWERED[act.target], offer.id, quantity=offer.quantity)
    if message.message_type is MessageType.RESPONSE_TO_REQUEST_QUOTE:
        thread = _without_price_question(thread, act.subject_id)
    return thread, (effect,)


def _offer(thread: Thread, act: Act) -> Offer:
    offer = thread.find_offer(act.subject_id)
    assert offer is not None  # noqa: S101 - `refusals.py` has seen it
    return offer


def _turn(offer: Offer, message: Message, state: OfferState) -> Offer:
    return replace(offer, state=state, changed_at=acted_at(message), last_message_id=message.message_id)


def _with_reason(offer: Offer, line: ResourceInformation | None, otherwise: FreeText | None = None) -> Offer:
    response = line.response if line else None
    if response is None:
        return replace(offer, reason_code="", reason=otherwise)
    return replace(offer, reason_code=response.reason_code, reason=response.reason or otherwise)


def _revise(thread: Thread, message: Message, act: Act) -> Applied:
    """A provisional offer becomes firm, with what the new answer says of it, or is declined."""
    line, before = line_of(act), _offer(thread, act)
    if act.target is OfferState.DECLINED:
        declined = _with_reason(_turn(before, message, OfferState.DECLINED), line)
        return thread.with_offer(declined), effect_of(E.OFFER_DECLINED, act, before.quantity)
    said = _make_offer(thread, message, line, before.line_id, OfferState.OFFERED)
    firm = replace(
        _turn(before, message, OfferState.OFFERED),
        quantity=said.quantity if line.assignment and line.assignment.quantity else before.quantity,
        estimated_arrival_at=said.estimated_arrival_at or before.estimated_arrival_at,
        valid_until=said.valid_until or before.valid_until,
        team_id=said.team_id or before.team_id,
        team_name=said.team_name or before.team_name,
        home_unit=said.home_unit or before.home_unit,
        owner=line.resource.owner if line.resource and line.resource.owner else before.owner,
        price_quote_eur=before.price_quote_eur if said.price_quote_eur is None else said.price_quote_eur,
        information=line,
    )
    firm = _with_reason(firm, line)
    return thread.with_offer(firm), effect_of(E.OFFER_CONFIRMED, act, firm.quantity)


def _withdraw(thread: Thread, message: Message, act: Act) -> Applied:
    offer = _turn(_offer(thread, act), message, OfferState.WITHDRAWN)
    return thread.with_offer(offer), effect_of(E.OFFER_WITHDRAWN, act, offer.quantity)


def _reject(thread: Thread, message: Message, act: Act) -> Applied:
    offer = _with_reason(_turn(_offer(thread, act), message, OfferState.REJECTED), act.line, message.description)
    return thread.with_offer(offer), effect_of(E.OFFER_REJECTED, act, offer.quantity)


def _requisition(thread: Thread, message: Message, act: Act) -> Applied:
    assignment = line_of(act).assignment
    before = _offer(thread, act)
    ordered = assignment.quantity if assignment and assignment.quantity is not None else before.quantity
    offer = replace(
        _turn(before, message, OfferState.ACCEPTED),
        accepted_quantity=ordered,
        commit_due_at=message.envelope.answer_due_at,
    )
    return thread.with_offer(offer), effect_of(E.OFFER_ORDERED, act, ordered)


def _commit(thread: Thread, message: Message, act: Act) -> Applied:
    before = _offer(thread, act)
    thread = _with_alert_heard(thread, message)
    if act.target is OfferState.ACCEPTED:
        unsure = replace(_with_reason(before, act.line), is_unsure=True, last_message_id=message.message_id)
        return thread.with_offer(unsure), effect_of(E.COMMIT_UNSURE, act, before.accepted_quantity)
    if act.target is OfferState.DECLINED:
        declined = _with_reason(_turn(before, message, OfferState.DECLINED), act.line)
        return thread.with_offer(declined), effect_of(E.COMMIT_DECLINED, act, before.accepted_quantity)
    deployment = deployments.make_deployment(message, line_of(act), before)
    offer = replace(_turn(before, message, OfferState.COMMITTED), is_unsure=False)
    thread = thread.with_offer(offer).with_deployment(deployment)
    return thread, effect_of(E.COMMITTED, act, deployment.quantity)


def _with_alert_heard(thread: Thread, message: Message) -> Thread:
    """Whoever answers an alert has it; a request is acknowledged long before anything of it is committed."""
    request = thread.request
    if request is None or not request.is_alert or request.acknowledged_at:
        return thread
    return replace(thread, request=replace(request, acknowledged_at=acted_at(message)))


def _give_quote(thread: Thread, message: Message, act: Act) -> Applied:
    assignment = line_of(act).assignment
    price = assignment.price_quote_eur if assignment else None
    offer = replace(_offer(thread, act), price_quote_eur=price, last_message_id=message.message_id)
    return _without_price_question(thread.with_offer(offer), offer.id), effect_of(E.QUOTE_GIVEN, act)


# Questions


def _ask_information(thread: Thread, message: Message, act: Act) -> Applied:
    return _ask(thread, message, WaitCode.GIVE_INFORMATION), effect_of(E.INFORMATION_ASKED, act)


def _ask_quote(thread: Thread, message: Message, act: Act) -> Applied:
    return _ask(thread, message, WaitCode.GIVE_QUOTE, act.subject_id), effect_of(E.QUOTE_ASKED, act)


def _ask(thread: Thread, message: Message, kind: WaitCode, subject_id: str = "") -> Thread:
    envelope = message.envelope
    question = Question(message.message_id, kind, envelope.party, acted_at(message), envelope.answer_due_at, subject_id)
    return replace(thread, questions=(*thread.questions, question))


def _answer_information(thread: Thread, message: Message, act: Act) -> Applied:
    kept = tuple(item for item in thread.questions if item.message_id != act.subject_id)
    return replace(thread, questions=kept), effect_of(E.INFORMATION_GIVEN, act)


def _without_price_question(thread: Thread, subject_id: str) -> Thread:
    return replace(thread, questions=tuple(item for item in thread.questions if item.subject_id != subject_id))


_APPLY: dict[StepKind, Callable[[Thread, Message, Act], Applied]] = {
    StepKind.ACKNOWLEDGE: _acknowledge,
    StepKind.ANSWER_LINE: _answer,
    StepKind.REVISE_OFFER: _revise,
    StepKind.WITHDRAW_OFFER: _withdraw,
    StepKind.REJECT_OFFER: _reject,
    StepKind.REQUISITION: _requisition,
    StepKind.COMMIT: _commit,
    StepKind.REPORT: deployments.report,
    StepKind.ASK_EXTENSION: deployments.ask_extension,
    StepKind.ANSWER_EXTENSION: deployments.answer_extension,
    StepKind.ASK_RETURN: deployments.ask_return,
    StepKind.ANSWER_RETURN: deployments.answer_return,
    StepKind.RECALL: deployments.recall,
    StepKind.RELEASE: deployments.release,
    StepKind.CLOSE_REQUEST: _end_request,
    StepKind.CANCEL_REQUEST: _end_request,
    StepKind.UPDATE_REQUEST: _end_request,
    StepKind.NOTE: deployments.note,
    StepKind.GIVE_PAPERS: deployments.give_papers,
    StepKind.ASK_STATUS: deployments.ask_status,
    StepKind.ASK_INFORMATION: _ask_information,
    StepKind.ANSWER_INFORMATION: _answer_information,
    StepKind.ASK_QUOTE: _ask_quote,
    StepKind.ANSWER_QUOTE: _give_quote,
}
