"""A step entered by mistake, withdrawn as that."""

from __future__ import annotations

from datetime import datetime

from noaber.apps.accounts.acting import Acting
from noaber.apps.exchange.services.manner import HERE, Manner, envelope_of, new_message_id
from noaber.apps.exchange.services.messages import Appended, take_step
from noaber.core.messages import factories
from noaber.core.messages.model import Message
from noaber.core.messages.thread import Thread
from noaber.core.problems import InvalidInput, Problem


def withdraw_mistake(
    acting: Acting, request_id: str, mistaken_id: str, *, reason: str, manner: Manner = HERE
) -> Appended:
    """Withdraw an own message as entered by mistake, and say why; the exchange is then what the others amount to.

    Appends a message of the same type that recalls it. Refused where something was built on it.
    """
    words = manner.text(reason)
    if words is None:
        raise InvalidInput([Problem("duty.mistake-reason", "/reason")])

    def make(thread: Thread, now: datetime) -> Message:
        return factories.withdraw_mistake(
            thread,
            envelope_of(acting, thread, manner),
            message_id=new_message_id(),
            sent_at=now,
            mistaken_id=mistaken_id,
            reason=words,
        )

    return take_step(acting, request_id, make)
