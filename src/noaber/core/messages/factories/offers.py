"""Answers, offers, orders and commitments."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from noaber.core.messages.acts import find_time
from noaber.core.messages.factories.common import element_id_of, get_offer, make_reply, place_of, schedule_of, teams_of
from noaber.core.messages.model import (
    AssignmentInformation,
    BorderCertificate,
    ContactInformation,
    Envelope,
    FreeText,
    Funding,
    Location,
    Message,
    MessageRecall,
    MessageType,
    RecallType,
    Resource,
    ResourceInformation,
    ResponseInformation,
    ResponseType,
    ScheduleType,
)
from noaber.core.messages.thread import Thread

S = ScheduleType


@dataclass(frozen=True)
class Answer:
    """An answer to one line of a request; with `offer_id`, to a provisional offer that was made for it."""

    line_id: str
    response_type: ResponseType
    quantity: int | None = None
    resource: Resource | None = None
    reason_code: str = ""
    reason: FreeText | None = None
    estimated_arrival_at: datetime | None = None
    valid_until: datetime | None = None
    risk_checked: bool | None = None
    price_quote_eur: float | None = None
    offer_id: str = ""
    element_id: str = ""
    knowing: tuple[str, ...] = ()
    knowing_reason: str = ""


@dataclass(frozen=True)
class Order:
    """An offer that is taken, or some teams of it."""

    offer_id: str
    quantity: int
    requested_arrival_at: datetime | None = None
    until: datetime | None = None
    """When the teams are expected to leave again."""
    report_to: Location | None = None
    knowing: tuple[str, ...] = ()
    """What is taken knowingly, by the codes of `core/promises.py`: that it comes late."""


@dataclass(frozen=True)
class Commitment:
    """The answer to an order."""

    offer_id: str
    response_type: ResponseType = ResponseType.ACCEPT
    quantity: int | None = None
    reason_code: str = ""
    reason: FreeText | None = None
    resource: Resource | None = None
    estimated_arrival_at: datetime | None = None
    until: datetime | None = None
    certificate: BorderCertificate | None = None
    order_id: str = ""
    knowing: tuple[str, ...] = ()
    knowing_reason: str = ""


def respond(
    thread: Thread,
    envelope: Envelope,
    *,
    message_id: str,
    sent_at: datetime,
    answers: Sequence[Answer],
    description: FreeText | None = None,
    contacts: tuple[ContactInformation, ...] = (),
) -> Message:
    """The supplier answers lines of the request, or makes provisional offers firm (or declines them)."""
    lines = [_answer_line(thread, answer, message_id, index) for index, answer in enumerate(answers)]
    revised = next((get_offer(thread, answer.offer_id) for answer in answers if answer.offer_id), None)
    return make_reply(
        thread,
        MessageType.RESPONSE_TO_REQUEST_RESOURCE,
        envelope,
        message_id=message_id,
        sent_at=sent_at,
        preceding=thread.thread_id,
        description=description,
        recall=MessageRecall(revised.last_message_id, RecallType.UPDATE) if revised else None,
        contacts=contacts,
        resources=lines,
    )


def _answer_line(thread: Thread, answer: Answer, message_id: str, index: int) -> ResourceInformation:
    asked = thread.find_line(answer.line_id)
    has_numbers = answer.quantity is not None or answer.price_quote_eur is not None
    resource = answer.resource
    if resource is None and answer.response_type is not ResponseType.DECLINE and asked:
        resource = Resource(capability=asked.capability)
    return ResourceInformation(
        element_id=answer.element_id or element_id_of(message_id, index),
        response=ResponseInformation(answer.line_id, answer.response_type, answer.reason_code, answer.reason),
        resource=resource,
        assignment=AssignmentInformation(quantity=answer.quantity, price_quote_eur=answer.price_quote_eur)
        if has_numbers
        else None,
        schedule=schedule_of((S.ESTIMATED_ARRIVAL, answer.estimated_arrival_at), (S.END_AVAILABLE, answer.valid_until)),
        subject_id=answer.offer_id,
        risk_checked=answer.risk_checked,
        knowing=answer.knowing,
        knowing_reason=answer.knowing_reason,
    )


def withdraw_offer(
    thread: Thread,
    envelope: Envelope,
    *,
    message_id: str,
    sent_at: datetime,
    offer_id: str,
    reason: FreeText | None = None,
    reason_code: str = "withdrawn",
) -> Message:
    """The supplier takes an offer back; other offers of the same message stand."""
    offer = get_offer(thread, offer_id)
    is_unsolicited = not offer.line_id
    answer = ResponseInformation(offer.line_id, ResponseType.DECLINE, reason_code, reason)
    line = ResourceInformation(
        element_id=element_id_of(message_id, 0),
        response=None if is_unsolicited else answer,
        resource=teams_of(offer),
        subject_id=offer.id,
    )
    return make_reply(
        thread,
        MessageType.OFFER_UNSOLICITED_RESOURCE if is_unsolicited else MessageType.RESPONSE_TO_REQUEST_RESOURCE,
        envelope,
        message_id=message_id,
        sent_at=sent_at,
        preceding="" if is_unsolicited else offer.last_message_id,
        description=reason,
        recall=MessageRecall(offer.message_id, RecallType.CANCEL),
        resources=(line,),
    )


def reject_offer(
    thread: Thread,
    envelope: Envelope,
    *,
    message_id: str,
    sent_at: datetime,
    offer_id: str,
    reason: FreeText | None = None,
    reason_code: str = "",
) -> Message:
    """The consumer does not take an offer, and says why: by a code, in words, or both."""
    offer = get_offer(thread, offer_id)
    line = ResourceInformation(
        element_id=element_id_of(message_id, 0),
        response=ResponseInformation(offer.id, ResponseType.DECLINE, reason_code, reason),
        resource=teams_of(offer),
        subject_id=offer.id,
    )
    return make_reply(
        thread,
        MessageType.OFFER_REJECTION,
        envelope,
        message_id=message_id,
        sent_at=sent_at,
        preceding=offer.last_message_id,
        resources=(line,),
    )


def requisition(
    thread: Thread,
    envelope: Envelope,
    *,
    message_id: str,
    sent_at: datetime,
    orders: Sequence[Order],
    funding: tuple[Funding, ...],
    contacts: tuple[ContactInformation, ...] = (),
) -> Message:
    """The consumer orders what was offered. `envelope.answer_due_at` is by when it needs the commitment."""
    offers = [get_offer(thread, order.offer_id) for order in orders]
    lines = [
        ResourceInformation(
            element_id=element_id_of(message_id, index),
            resource=teams_of(offer),
            assignment=AssignmentInformation(quantity=order.quantity),
            schedule=schedule_of(
                (S.REQUESTED_ARRIVAL, order.requested_arrival_at), (S.ESTIMATED_RETURN_DEPARTURE, order.until)
            )
            + place_of(S.REPORT_TO, order.report_to),
            subject_id=offer.id,
            knowing=order.knowing,
        )
        for index, (order, offer) in enumerate(zip(orders, offers, strict=True))
    ]
    return make_reply(
        thread,
        MessageType.REQUISITION_RESOURCE,
        envelope,
        message_id=message_id,
        sent_at=sent_at,
        preceding=offers[0].last_message_id if offers else "",
        contacts=contacts,
        funding=funding,
        resources=lines,
    )


def commit(
    thread: Thread,
    envelope: Envelope,
    *,
    message_id: str,
    sent_at: datetime,
    commitments: Sequence[Commitment],
    contacts: tuple[ContactInformation, ...] = (),
) -> Message:
    """The supplier promises what was ordered, or says that it cannot, or is not sure yet."""
    lines = [_commit_line(thread, item, message_id, index) for index, item in enumerate(commitments)]
    first = get_offer(thread, commitments[0].offer_id) if commitments else None
    return make_reply(
        thread,
        MessageType.COMMIT_RESOURCE,
        envelope,
        message_id=message_id,
        sent_at=sent_at,
        preceding=first.last_message_id if first else thread.thread_id,
        contacts=contacts,
        resources=lines,
    )


def _commit_line(thread: Thread, item: Commitment, message_id: str, index: int) -> ResourceInformation:
    offer = get_offer(thread, item.offer_id)
    order = _find_order(thread, offer.id)
    until = item.until or find_time(order, S.ESTIMATED_RETURN_DEPARTURE)
    accepts = item.response_type is ResponseType.ACCEPT
    return ResourceInformation(
        element_id=element_id_of(message_id, index),
        response=ResponseInformation(
            order.element_id if order else offer.id, item.response_type, item.reason_code, item.reason
        ),
        resource=item.resource or teams_of(offer),
        assignment=AssignmentInformation(quantity=item.quantity or offer.accepted_quantity, order_id=item.order_id)
        if accepts
        else None,
        schedule=schedule_of(
            (S.ESTIMATED_ARRIVAL, item.estimated_arrival_at), (S.ESTIMATED_RETURN_DEPARTURE, until if accepts else None)
        ),
        subject_id=offer.id,
        certificate=item.certificate,
        knowing=item.knowing,
        knowing_reason=item.knowing_reason,
    )


def _find_order(thread: Thread, offer_id: str) -> ResourceInformation | None:
    """The line by which the offer was ordered."""
    return next(
        (
            line
            for entry in reversed(thread.history)
            if entry.message.message_type is MessageType.REQUISITION_RESOURCE
            for line in entry.message.resources
            if offer_id in (line.subject_id, line.element_id)
        ),
        None,
    )
