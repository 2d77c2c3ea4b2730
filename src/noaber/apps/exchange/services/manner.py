"""How a step is said, and the envelope and ids that come of it."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from noaber.apps.accounts.acting import Acting
from noaber.apps.accounts.status import check_status
from noaber.core.messages.factories import reply_envelope
from noaber.core.messages.model import (
    Channel,
    ContactInformation,
    ContactRole,
    Envelope,
    FreeText,
    Message,
    StatusKind,
    Tlp,
)
from noaber.core.messages.thread import Thread


@dataclass(frozen=True, kw_only=True)
class Manner:
    """How a step is said.

    Parameters
    ----------
    language
        Of every text that comes with it.
    channel, said_at, said_by
        Where it was said elsewhere (by phone, on paper): how, when, by whom.
    on_behalf_of
        Code of the other side, where we enter what it told us. The step is then its own, under our signature.
    """

    language: str = "en"
    channel: Channel = Channel.NOABER
    said_at: datetime | None = None
    said_by: str = ""
    on_behalf_of: str = ""

    def text(self, words: str) -> FreeText | None:
        """What was written, with its language; None where nothing was."""
        return FreeText(words.strip(), self.language) if words.strip() else None


HERE: Final = Manner()
"""Said on a page here, in English."""

Make = Callable[..., Message]


def new_message_id() -> str:
    return str(uuid.uuid4())


def envelope_of(acting: Acting, thread: Thread, manner: Manner, *, answer_due_at: datetime | None = None) -> Envelope:
    """The envelope of a later message of the exchange."""
    return reply_envelope(
        thread,
        sender=acting.organisation.code,
        language=manner.language,
        actor=acting.function,
        on_behalf_of=manner.on_behalf_of,
        channel=manner.channel,
        said_at=manner.said_at,
        said_by=manner.said_by,
        answer_due_at=answer_due_at,
    )


def opening_envelope(
    acting: Acting,
    manner: Manner,
    *,
    recipient: str,
    status: str,
    tlp: str,
    language: str,
    case_id: str,
    answer_due_at: datetime | None,
    agreement: str = "",
) -> Envelope:
    """The envelope of the message that opens an exchange.

    Raises
    ------
    NotAllowed
        Where the exchange would be Actual on a node that only exercises or tests.
    """
    check_status(status)
    return Envelope(
        sender=acting.organisation.code,
        recipients=(recipient,),
        status=StatusKind(status),
        tlp=Tlp(tlp),
        language=language,
        actor=acting.function,
        channel=manner.channel,
        said_at=manner.said_at,
        said_by=manner.said_by,
        case_id=case_id,
        agreement=agreement,
        answer_due_at=answer_due_at,
    )


def contact_of(acting: Acting, role: ContactRole) -> ContactInformation:
    """The function that acts, and how to reach it."""
    return ContactInformation(role, acting.function, phone=acting.person.phone, email=acting.person.email)


def minutes_later(now: datetime, minutes: float | None) -> datetime | None:
    return None if minutes is None else now + timedelta(minutes=minutes)
