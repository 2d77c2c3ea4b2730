"""Questions between the two organisations, and their answers."""

from __future__ import annotations

from datetime import datetime

from noaber.core.messages.factories.common import make_reply
from noaber.core.messages.model import Envelope, FreeText, Message, MessageType
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
