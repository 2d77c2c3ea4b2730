"""A step withdrawn as entered by mistake: its own type, recalling it, with its lines named again."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from noaber.core.messages.acts import find_subject
from noaber.core.messages.factories.common import element_id_of, make_reply
from noaber.core.messages.message_types import TYPE_RULES, Occurs
from noaber.core.messages.mistakes import MISTAKE
from noaber.core.messages.model import (
    AssignmentInformation,
    Envelope,
    FreeText,
    Message,
    MessageRecall,
    MessageType,
    RecallType,
    Resource,
    ResourceInformation,
    ResponseInformation,
    ResponseType,
)
from noaber.core.messages.thread import Thread
from noaber.core.problems import NotFound


def withdraw_mistake(
    thread: Thread, envelope: Envelope, *, message_id: str, sent_at: datetime, mistaken_id: str, reason: FreeText | None
) -> Message:
    """Withdraw an own message as entered by mistake."""
    mistaken = thread.find_message(mistaken_id)
    if mistaken is None:
        raise NotFound(f"no message {mistaken_id} in {thread.thread_id}")
    rule = TYPE_RULES[mistaken.message_type]
    lines = [
        _named_again(thread, mistaken.message_type, line, element_id_of(message_id, index))
        for index, line in enumerate(mistaken.resources)
    ]
    return make_reply(
        thread,
        mistaken.message_type,
        envelope,
        message_id=message_id,
        sent_at=sent_at,
        preceding="" if rule.preceding is Occurs.NEVER else mistaken_id,
        description=reason,
        recall=MessageRecall(mistaken_id, RecallType.CANCEL),
        funding=mistaken.funding,
        resources=lines,
    )


def _named_again(
    thread: Thread, message_type: MessageType, line: ResourceInformation, element_id: str
) -> ResourceInformation:
    """The line as its type needs it, without what it said: no state, no certificate, no note, no times."""
    rule = TYPE_RULES[message_type]
    subject = find_subject(thread, line) if line.subject_id or message_type in _ABOUT_OFFERS else line.element_id
    return ResourceInformation(
        element_id=element_id,
        response=None
        if rule.response is Occurs.NEVER
        else ResponseInformation(line.element_id, ResponseType.DECLINE, MISTAKE),
        resource=_team_of(line.resource),
        assignment=line.assignment
        and replace(
            AssignmentInformation(quantity=line.assignment.quantity), price_quote_eur=line.assignment.price_quote_eur
        ),
        subject_id=subject or line.element_id,
    )


_ABOUT_OFFERS = frozenset({MessageType.OFFER_REJECTION, MessageType.REQUISITION_RESOURCE, MessageType.COMMIT_RESOURCE})


def _team_of(resource: Resource | None) -> Resource | None:
    return resource and Resource(resource.capability, resource.resource_id, resource.name)
