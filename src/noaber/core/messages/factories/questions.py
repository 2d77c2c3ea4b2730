"""Questions between the two organisations, prices among them, and their answers."""

from __future__ import annotations

from datetime import datetime

from noaber.core.messages.factories.common import element_id_of, get_offer, make_reply
from noaber.core.messages.model import (
    AssignmentInformation,
    Envelope,
    FreeText,
    Message,
    MessageType,
    Resource,
    ResourceInformation,
    ResponseInformation,
    ResponseType,
)
from noaber.core.messages.thread import Thread


def ask_information(
    thread: Thread, envelope: Envelope, *, message_id: str, sent_at: datetime, question: FreeText
) -> Message:
    """Ask the other side anything; possible at any time."""
    return make_reply(
        thread,
        MessageType.REQUEST_INFORMATION,
        envelope,
        message_id=message_id,
        sent_at=sent_at,
        preceding=thread.thread_id,
        description=question,
    )


def answer_information(
    thread: Thread, envelope: Envelope, *, message_id: str, sent_at: datetime, question_id: str, answer: FreeText
) -> Message:
    """Answer a question of the other side."""
    return make_reply(
        thread,
        MessageType.RESPONSE_TO_REQUEST_INFORMATION,
        envelope,
        message_id=message_id,
        sent_at=sent_at,
        preceding=question_id,
        description=answer,
    )


def ask_quote(thread: Thread, envelope: Envelope, *, message_id: str, sent_at: datetime, subject_id: str) -> Message:
    """The consumer asks the price of an offer, or of a line before anything is offered."""
    offer, line = thread.find_offer(subject_id), thread.find_line(subject_id)
    capability = offer.capability if offer else line.capability if line else ""
    asked = ResourceInformation(
        element_id=element_id_of(message_id, 0), resource=Resource(capability=capability), subject_id=subject_id
    )
    return make_reply(
        thread,
        MessageType.REQUEST_QUOTE,
        envelope,
        message_id=message_id,
        sent_at=sent_at,
        preceding=offer.last_message_id if offer else thread.thread_id,
        resources=(asked,),
    )


def answer_quote(
    thread: Thread, envelope: Envelope, *, message_id: str, sent_at: datetime, offer_id: str, price_eur: float
) -> Message:
    """The supplier gives the price of an offer. A price for a line comes with the answer: `Answer.price_quote_eur`."""
    offer = get_offer(thread, offer_id)
    question = thread.find_price_question(offer_id)
    asked_by = question.message_id if question else offer.last_message_id
    line = ResourceInformation(
        element_id=element_id_of(message_id, 0),
        response=ResponseInformation(element_id_of(asked_by, 0), ResponseType.ACCEPT),
        resource=Resource(capability=offer.capability),
        assignment=AssignmentInformation(quantity=offer.quantity, price_quote_eur=price_eur),
        subject_id=offer_id,
    )
    return make_reply(
        thread,
        MessageType.RESPONSE_TO_REQUEST_QUOTE,
        envelope,
        message_id=message_id,
        sent_at=sent_at,
        preceding=asked_by,
        resources=(line,),
    )
