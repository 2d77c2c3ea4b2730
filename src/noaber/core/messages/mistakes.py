"""A step entered by mistake, withdrawn as that by the side that took it, as long as nothing was built on it.

It is said by a message of the same type that recalls the mistaken one (MessageRecall Cancel). The exchange is then
what its other messages amount to; what was said stays beside it, with who withdrew it and why. Taking back an offer
(row 7) and cancelling a request or an alert (row 27) are steps of their own, not corrections.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from noaber.core.messages.model import Message, RecallType
from noaber.core.messages.model import MessageType as M
from noaber.core.messages.thread import EffectCode as E
from noaber.core.messages.thread import Entry, Thread
from noaber.core.problems import Problem

MISTAKE: Final = "entered-by-mistake"
"""The reason by which an answer that recalls another corrects it; any other reason withdraws its offers."""

CORRECTABLE: Final = frozenset(
    {
        M.RESPONSE_TO_REQUEST_RESOURCE,
        M.RESPONSE_TO_REQUEST_QUOTE,
        M.REQUISITION_RESOURCE,
        M.OFFER_REJECTION,
        M.COMMIT_RESOURCE,
        M.REPORT_RESOURCE_DEPLOYMENT_STATUS,
        M.REQUEST_EXTENDED_DEPLOYMENT_DURATION,
        M.RESPONSE_TO_REQUEST_EXTENDED_DEPLOYMENT_DURATION,
        M.REQUEST_RETURN,
        M.RESPONSE_TO_REQUEST_RETURN,
        M.RELEASE_RESOURCE,
        M.REQUEST_CLOSURE,
    }
)
_ANSWERS: Final = frozenset({M.RESPONSE_TO_REQUEST_RESOURCE, M.RESPONSE_TO_REQUEST_QUOTE})
_FOLLOWS_BY_ITSELF: Final = frozenset({E.REQUEST_PARTLY_COVERED, E.REQUEST_COVERED, E.OFFER_LAPSED})

_INSTEAD: Final = {
    M.RESPONSE_TO_REQUEST_RESOURCE: "flow.mistake.late.answer",
    M.RESPONSE_TO_REQUEST_QUOTE: "flow.mistake.late.answer",
    M.REQUISITION_RESOURCE: "flow.mistake.late.order",
    M.COMMIT_RESOURCE: "flow.mistake.late.commit",
    M.REPORT_RESOURCE_DEPLOYMENT_STATUS: "flow.mistake.late.report",
    M.RELEASE_RESOURCE: "flow.mistake.late.release",
}


def corrected_id(message: Message) -> str:
    """The id of the message that `message` withdraws as a mistake; empty where it does something else."""
    recall = message.recall
    if recall is None or recall.recall_type is not RecallType.CANCEL or message.message_type not in CORRECTABLE:
        return ""
    if message.message_type is M.REQUISITION_RESOURCE and recall.recall_message_id == message.originating_message_id:
        return ""
    if message.message_type in _ANSWERS and not any(
        line.response and line.response.reason_code == MISTAKE for line in message.resources
    ):
        return ""
    return recall.recall_message_id


def find_correction_problem(thread: Thread, mistaken: Message, party: str) -> Problem | None:
    """Why `party` cannot withdraw a message of the exchange as a mistake, whatever was built on it."""
    known = {"consumer": thread.consumer, "supplier": thread.supplier, "who": mistaken.envelope.party}
    if any(item.message.message_id == mistaken.message_id for item in thread.withdrawn):
        return Problem("flow.mistake.again", params=known)
    if mistaken.message_id == thread.thread_id:
        return Problem("flow.mistake.opening", params=known)
    if mistaken.message_type not in CORRECTABLE or mistaken.recall is not None:
        return Problem("flow.mistake.kind", params=known)
    if mistaken.envelope.party != party:
        return Problem("flow.mistake.other", params=known)
    return None


def find_late_problem(thread: Thread, without: Thread, mistaken: Message) -> Problem | None:
    """Why it is too late: something that was said since would no longer stand. What to do instead is in the text.

    Parameters
    ----------
    thread, without
        The exchange with the mistaken message, and what the other messages alone amount to.
    """
    left = {entry.message.message_id: _effects(entry) for entry in without.history}
    others = (entry for entry in thread.history if entry.message.message_id != mistaken.message_id)
    if all(left.get(entry.message.message_id) == _effects(entry) for entry in others):
        return None
    other = thread.supplier if mistaken.envelope.party == thread.consumer else thread.consumer
    return Problem(_INSTEAD.get(mistaken.message_type, "flow.mistake.late"), params={"other": other})


def _effects(entry: Entry) -> list[tuple[E, str]]:
    """What a message did, apart from what follows from the sums."""
    return [(effect.code, effect.subject_id) for effect in entry.effects if effect.code not in _FOLLOWS_BY_ITSELF]


def correctable(thread: Thread, party: str) -> Iterable[Message]:
    """What `party` might withdraw as a mistake, the latest first; whether it was built on is not looked at."""
    for entry in reversed(thread.history):
        if find_correction_problem(thread, entry.message, party) is None:
            yield entry.message
