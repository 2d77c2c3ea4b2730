"""What a message says, step by step: which thing each of its lines is about, and which state it would lead to.

Nothing is judged here; whether a step is allowed is asked of `refusals.py`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from noaber.core.messages.mistakes import corrected_id
from noaber.core.messages.model import (
    DeploymentStatus,
    Message,
    RecallType,
    ResourceInformation,
    ResponseType,
    ScheduleType,
)
from noaber.core.messages.model import MessageType as M
from noaber.core.messages.states import OPEN_OFFERS, DeploymentState, OfferState, RequestState, State
from noaber.core.messages.thread import Thread
from noaber.core.messages.transitions import StepKind

OPENERS = frozenset({M.REQUEST_RESOURCE, M.OFFER_UNSOLICITED_RESOURCE, M.REQUISITION_RESOURCE})
"""The types that can begin an exchange; a requisition does where it follows on nothing: own teams are alerted."""


@dataclass(frozen=True)
class Act:
    """One step that a message takes. `target` is None where no state would change."""

    kind: StepKind
    subject_id: str
    target: State | None = None
    line: ResourceInformation | None = None


def acted_at(message: Message) -> datetime:
    """When the step was taken: when it was said, where that was before it was written down."""
    said_at = message.envelope.said_at
    return message.sent_at if said_at is None else min(said_at, message.sent_at)


def thread_ids(message: Message) -> tuple[str, ...]:
    """The exchanges that `message` belongs to, by the id of the message that opens each.

    A request that replaces another one opens its own exchange and ends the other: it belongs to both.
    """
    recalled = message.recall.recall_message_id if message.recall else ""
    if message.message_type is not M.REQUEST_RESOURCE or not message.recall:
        return (message.originating_message_id,)
    if message.recall.recall_type is RecallType.UPDATE:
        return (message.message_id, recalled)
    return (recalled,)


def is_opener(message: Message) -> bool:
    """Whether the message begins an exchange: its own id is that of the exchange."""
    return message.message_type in OPENERS and message.message_id in thread_ids(message)


def split(message: Message) -> tuple[ResourceInformation | None, ...]:
    """The parts of the message that take effect one by one: its lines, or None for the whole."""
    if _speaks_as_a_whole(message) or not message.resources or corrected_id(message):
        return (None,)
    if _is_cancel(message):
        return tuple(line for line in message.resources if line.subject_id)
    return message.resources


def _speaks_as_a_whole(message: Message) -> bool:
    match message.message_type:
        case M.ACKNOWLEDGEMENT | M.REQUEST_CLOSURE | M.REQUEST_RESOURCE:
            return True
        case M.REQUISITION_RESOURCE if cancels_alert(message):
            return True
        case M.REQUEST_INFORMATION | M.RESPONSE_TO_REQUEST_INFORMATION:
            return True
    return _is_cancel(message) and not any(line.subject_id for line in message.resources)


def cancels_alert(message: Message) -> bool:
    """Whether a requisition recalls the one that opened its exchange."""
    recall = message.recall
    return (
        message.message_type is M.REQUISITION_RESOURCE
        and recall is not None
        and recall.recall_type is RecallType.CANCEL
        and recall.recall_message_id == message.originating_message_id
    )


def _is_cancel(message: Message) -> bool:
    return message.recall is not None and message.recall.recall_type is RecallType.CANCEL


def read_acts(thread: Thread, message: Message, line: ResourceInformation | None) -> tuple[Act, ...]:
    """The steps that one part of the message takes, as `thread` stands."""
    if line is None:
        return _whole_acts(thread, message)
    return (_line_act(thread, message, line),)


def _whole_acts(thread: Thread, message: Message) -> tuple[Act, ...]:
    request_id = thread.thread_id
    match message.message_type:
        case M.ACKNOWLEDGEMENT:
            return (Act(StepKind.ACKNOWLEDGE, request_id, RequestState.ACKNOWLEDGED),)
        case M.REQUEST_CLOSURE:
            return (Act(StepKind.CLOSE_REQUEST, request_id, RequestState.CLOSED),)
        case M.REQUEST_RESOURCE:
            return (_recall_of_request(message, request_id),)
        case M.REQUISITION_RESOURCE if cancels_alert(message):
            return (Act(StepKind.CANCEL_REQUEST, request_id, RequestState.CANCELLED),)
        case M.REQUEST_INFORMATION:
            return (Act(StepKind.ASK_INFORMATION, request_id),)
        case M.RESPONSE_TO_REQUEST_INFORMATION:
            return (Act(StepKind.ANSWER_INFORMATION, message.preceding_message_id),)
    return _withdrawals(thread, message) if _is_cancel(message) else ()


def _recall_of_request(message: Message, request_id: str) -> Act:
    if message.recall is None:
        return Act(StepKind.SEND_REQUEST, message.message_id)
    if message.recall.recall_type is RecallType.CANCEL:
        return Act(StepKind.CANCEL_REQUEST, request_id, RequestState.CANCELLED)
    return Act(StepKind.UPDATE_REQUEST, request_id, RequestState.SUPERSEDED)


def _withdrawals(thread: Thread, message: Message) -> tuple[Act, ...]:
    """Everything that is still open of the recalled message; its first offer where nothing is."""
    recalled = message.recall.recall_message_id if message.recall else ""
    made = [offer for offer in thread.offers if recalled in (offer.message_id, offer.last_message_id)]
    still_open = [offer for offer in made if offer.state in OPEN_OFFERS] or made[:1]
    subjects = [offer.id for offer in still_open] or [""]
    return tuple(Act(StepKind.WITHDRAW_OFFER, subject, OfferState.WITHDRAWN) for subject in subjects)


_ANSWERS = {
    ResponseType.ACCEPT: OfferState.OFFERED,
    ResponseType.PROVISIONAL: OfferState.PROVISIONAL,
    ResponseType.DECLINE: OfferState.DECLINED,
}
_COMMITMENTS = {
    ResponseType.ACCEPT: OfferState.COMMITTED,
    ResponseType.PROVISIONAL: OfferState.ACCEPTED,
    ResponseType.DECLINE: OfferState.DECLINED,
}
_RETURNS = {
    ResponseType.ACCEPT: DeploymentState.RELEASED,
    ResponseType.PROVISIONAL: DeploymentState.OPERATIONAL,
    ResponseType.DECLINE: DeploymentState.OPERATIONAL,
}


def _line_act(thread: Thread, message: Message, line: ResourceInformation) -> Act:
    subject = find_subject(thread, line)
    answer = line.response.response_type if line.response else ResponseType.ACCEPT
    match message.message_type:
        case M.RESPONSE_TO_REQUEST_RESOURCE:
            return _answer_act(thread, message, line)
        case M.REQUEST_QUOTE:
            return Act(StepKind.ASK_QUOTE, subject, None, line)
        case M.RESPONSE_TO_REQUEST_QUOTE:
            return _quote_act(thread, line, answer)
        case M.OFFER_UNSOLICITED_RESOURCE if _is_cancel(message):
            return Act(StepKind.WITHDRAW_OFFER, subject, OfferState.WITHDRAWN, line)
        case M.OFFER_UNSOLICITED_RESOURCE:
            return Act(StepKind.OFFER_UNSOLICITED, line.element_id, OfferState.OFFERED, line)
        case M.OFFER_REJECTION:
            return Act(StepKind.REJECT_OFFER, subject, OfferState.REJECTED, line)
        case M.REQUISITION_RESOURCE:
            return Act(StepKind.REQUISITION, subject, OfferState.ACCEPTED, line)
        case M.COMMIT_RESOURCE:
            return Act(StepKind.COMMIT, subject, _COMMITMENTS[answer], line)
        case M.REQUEST_RESOURCE_DEPLOYMENT_STATUS:
            return Act(StepKind.ASK_STATUS, subject, None, line)
        case M.REPORT_RESOURCE_DEPLOYMENT_STATUS:
            return _report_act(subject, line)
        case M.REQUEST_EXTENDED_DEPLOYMENT_DURATION:
            return Act(StepKind.ASK_EXTENSION, subject, DeploymentState.OPERATIONAL, line)
        case M.RESPONSE_TO_REQUEST_EXTENDED_DEPLOYMENT_DURATION:
            return Act(StepKind.ANSWER_EXTENSION, subject, DeploymentState.OPERATIONAL, line)
        case M.REQUEST_RETURN:
            return _return_act(subject, line)
        case M.RESPONSE_TO_REQUEST_RETURN:
            return Act(StepKind.ANSWER_RETURN, subject, _RETURNS[answer], line)
        case M.RELEASE_RESOURCE:
            return Act(StepKind.RELEASE, subject, DeploymentState.RELEASED, line)
    raise AssertionError(f"{message.message_type} takes effect as a whole")


def _answer_act(thread: Thread, message: Message, line: ResourceInformation) -> Act:
    if _is_cancel(message):
        return Act(StepKind.WITHDRAW_OFFER, line.subject_id, OfferState.WITHDRAWN, line)
    target = _ANSWERS[line.response.response_type] if line.response else OfferState.OFFERED
    revised = line.subject_id or _find_recalled_offer(thread, message, line)
    if revised:
        return Act(StepKind.REVISE_OFFER, revised, target, line)
    line_id = line.response.preceding_element_id if line.response else ""
    return Act(StepKind.ANSWER_LINE, line_id, target, line)


def _find_recalled_offer(thread: Thread, message: Message, line: ResourceInformation) -> str:
    """The one offer of the recalled message for the same line, where the message names none itself."""
    if message.recall is None or line.response is None:
        return ""
    recalled = message.recall.recall_message_id
    made = [
        offer.id
        for offer in thread.offers
        if recalled in (offer.message_id, offer.last_message_id) and offer.line_id == line.response.preceding_element_id
    ]
    return made[0] if len(made) == 1 else ""


def _quote_act(thread: Thread, line: ResourceInformation, answer: ResponseType) -> Act:
    """A price for an offer, or a priced answer to a line of the request."""
    subject = find_subject(thread, line)
    if thread.find_offer(subject):
        return Act(StepKind.ANSWER_QUOTE, subject, None, line)
    return Act(StepKind.ANSWER_LINE, subject, _ANSWERS[answer], line)


def _report_act(subject: str, line: ResourceInformation) -> Act:
    status = line.resource.deployment_status if line.resource else None
    if status is None:
        return Act(StepKind.GIVE_PAPERS if line.certificate else StepKind.NOTE, subject, None, line)
    kind = StepKind.RECALL if status is DeploymentStatus.RECALLED else StepKind.REPORT
    return Act(kind, subject, DeploymentState(status.value), line)


def _return_act(subject: str, line: ResourceInformation) -> Act:
    """A return asked for, or, where the line says RECALLED, simply taken (row 22)."""
    if line.resource and line.resource.deployment_status is DeploymentStatus.RECALLED:
        return Act(StepKind.RECALL, subject, DeploymentState.RECALLED, line)
    return Act(StepKind.ASK_RETURN, subject, DeploymentState.OPERATIONAL, line)


def find_subject(thread: Thread, line: ResourceInformation) -> str:
    """The offer, deployment or request line that `line` is about: named by it, or found by what it answers."""
    if line.subject_id or line.response is None:
        return line.subject_id
    element_id = line.response.preceding_element_id
    seen: set[str] = set()
    while element_id not in seen:
        if thread.find_offer(element_id) or thread.find_line(element_id):
            return element_id
        seen.add(element_id)
        before = find_element(thread, element_id)
        if before is None:
            break
        element_id = before.subject_id or (before.response.preceding_element_id if before.response else "")
    return element_id


def find_element(thread: Thread, element_id: str) -> ResourceInformation | None:
    """The line with that id among the messages that have had an effect."""
    said = [entry.message for entry in thread.history] + [item.message for item in thread.withdrawn]
    lines = (line for message in said for line in message.resources)
    return next((line for line in lines if line.element_id == element_id), None)


def find_time(line: ResourceInformation | None, *kinds: ScheduleType) -> datetime | None:
    """The time of the first of `kinds` that the line gives."""
    for kind in kinds:
        for item in line.schedule if line else ():
            if item.schedule_type is kind and item.at:
                return item.at
    return None
