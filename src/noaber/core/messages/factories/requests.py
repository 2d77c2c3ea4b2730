"""What happens to a request as a whole: acknowledged, cancelled, closed."""

from __future__ import annotations

from datetime import datetime

from noaber.core.messages.factories.common import element_id_of, make_reply
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
)
from noaber.core.messages.thread import Thread


def acknowledge(thread: Thread, envelope: Envelope, *, message_id: str, sent_at: datetime) -> Message:
    """The supplier has the request. `envelope.answer_due_at` is by when it promises an answer."""
    return Message(
        message_id=message_id,
        message_type=MessageType.ACKNOWLEDGEMENT,
        sent_at=sent_at,
        envelope=envelope,
        originating_message_id=thread.thread_id,
        preceding_message_id=thread.thread_id,
    )


def cancel_request(
    thread: Thread, envelope: Envelope, *, message_id: str, sent_at: datetime, description: FreeText | None = None
) -> Message:
    """The consumer needs the help no more; the lines are repeated, as the standard wants them."""
    lines = thread.request.lines if thread.request else ()
    repeated = [
        ResourceInformation(
            element_id=element_id_of(message_id, index),
            resource=Resource(capability=line.capability),
            assignment=AssignmentInformation(quantity=line.quantity),
            subject_id=line.element_id,
        )
        for index, line in enumerate(lines)
    ]
    opening = thread.find_message(thread.thread_id)
    return make_reply(
        thread,
        MessageType.REQUISITION_RESOURCE if thread.is_alert else MessageType.REQUEST_RESOURCE,
        envelope,
        message_id=message_id,
        sent_at=sent_at,
        description=description,
        recall=MessageRecall(thread.thread_id, RecallType.CANCEL),
        funding=opening.funding if opening and thread.is_alert else (),
        resources=repeated,
    )


def close_request(
    thread: Thread, envelope: Envelope, *, message_id: str, sent_at: datetime, description: FreeText | None = None
) -> Message:
    """Everyone is home: nothing more will come of the request."""
    return make_reply(
        thread,
        MessageType.REQUEST_CLOSURE,
        envelope,
        message_id=message_id,
        sent_at=sent_at,
        preceding=thread.thread_id,
        description=description,
    )
