"""The lines of a request: read from the message, and counted anew after each step (row 13)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from noaber.core.messages.acts import find_time
from noaber.core.messages.model import Message, ResourceInformation, ScheduleType
from noaber.core.messages.states import OPEN_OFFERS, OPEN_REQUESTS, OfferState, RequestState
from noaber.core.messages.thread import Coverage, Effect, EffectCode, Line, Request, Thread


def open_lines(message: Message) -> tuple[Line, ...]:
    """The lines that a RequestResource asks for. Minutes, as messages of before say, count from its sending."""
    return tuple(_open_line(message, line) for line in message.resources)


def _open_line(message: Message, line: ResourceInformation) -> Line:
    asked = line.assignment.quantity if line.assignment else None
    return Line(
        element_id=line.element_id,
        capability=line.resource.capability if line.resource else "",
        quantity=1 if asked is None else asked,
        priority=line.priority,
        needed_at=find_time(line, ScheduleType.REQUESTED_ARRIVAL) or _minutes_after(message, line.within_minutes),
        latest_at=line.useless_after or _minutes_after(message, line.latest_minutes),
        until=find_time(line, ScheduleType.ESTIMATED_RETURN_DEPARTURE),
        place=next((item.location for item in line.schedule if item.location), None),
        need_id=line.need_id,
        information=line,
    )


def _minutes_after(message: Message, minutes: float | None) -> datetime | None:
    """That long after the sending; None also where the calendar ends before."""
    if minutes is None:
        return None
    try:
        return message.sent_at + timedelta(minutes=minutes)
    except OverflowError:
        return None


def recount(thread: Thread) -> tuple[Thread, tuple[Effect, ...]]:
    """Count what stands against each line, and let the request's state follow while it is open."""
    request = thread.request
    if request is None:
        return thread, ()
    counted = count_lines(thread, request)
    if request.state in OPEN_REQUESTS:
        counted = replace(counted, state=_coverage_state(thread, counted))
    thread = replace(thread, request=counted)
    code = _COVERED.get(counted.state)
    if counted.state is request.state or code is None:
        return thread, ()
    return thread, (Effect(code, request.message_id, 13),)


def count_lines(thread: Thread, request: Request) -> Request:
    """The request with its lines counted from the offers and deployments of `thread`."""
    return replace(request, lines=tuple(_count(thread, line) for line in request.lines))


_COVERED = {
    RequestState.PARTLY_COVERED: EffectCode.REQUEST_PARTLY_COVERED,
    RequestState.COVERED: EffectCode.REQUEST_COVERED,
}


def _count(thread: Thread, line: Line) -> Line:
    offers = [offer for offer in thread.offers if offer.line_id == line.element_id]
    deployments = [item for item in thread.deployments if item.line_id == line.element_id]

    def total(state: OfferState) -> int:
        return sum(offer.accepted_quantity or offer.quantity for offer in offers if offer.state is state)

    standing = any(offer.state in OPEN_OFFERS for offer in offers) or bool(deployments)
    declined = any(offer.state is OfferState.DECLINED for offer in offers)
    return replace(
        line,
        provisional=total(OfferState.PROVISIONAL),
        offered=total(OfferState.OFFERED),
        accepted=total(OfferState.ACCEPTED),
        committed=sum(item.quantity for item in deployments if not item.taken_back),
        is_declined=declined and not standing,
        is_answered=declined or standing or any(offer.state is OfferState.REJECTED for offer in offers),
    )


def _coverage_state(thread: Thread, request: Request) -> RequestState:
    """Covered where every line is; partly covered once anything was committed, even if its owner took it back."""
    if request.lines and all(line.coverage is Coverage.FULL for line in request.lines):
        return RequestState.COVERED
    if thread.deployments:
        return RequestState.PARTLY_COVERED
    return RequestState.ACKNOWLEDGED if request.acknowledged_at else RequestState.SENT
