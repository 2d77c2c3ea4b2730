"""What kinds of event there are, how likely and how grave a risk is, and how far an event is."""

from __future__ import annotations

import datetime
from enum import StrEnum
from typing import Final

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

EVENT: Final = "event"
"""Its code among the kinds of record."""


class EventKind(TextChoices):
    SPORT = "sport", pgettext_lazy("an event", "sport")
    SUMMIT = "summit", pgettext_lazy("an event", "summit")
    ELECTION = "election", pgettext_lazy("an event", "election")
    STATE_VISIT = "state-visit", pgettext_lazy("an event", "state visit")
    CULTURE = "culture", pgettext_lazy("an event", "festival or culture")
    COMMEMORATION = "commemoration", pgettext_lazy("an event", "commemoration")
    OTHER = "other", pgettext_lazy("an event", "other")


class Likelihood(TextChoices):
    """In the words of those who judge it; a number would claim more than is known."""

    UNLIKELY = "unlikely", pgettext_lazy("a risk", "unlikely")
    POSSIBLE = "possible", pgettext_lazy("a risk", "possible")
    LIKELY = "likely", pgettext_lazy("a risk", "likely")
    UNKNOWN = "unknown", pgettext_lazy("a risk", "unknown")


class Impact(TextChoices):
    LIMITED = "limited", pgettext_lazy("impact", "limited")
    SERIOUS = "serious", pgettext_lazy("impact", "serious")
    GRAVE = "grave", pgettext_lazy("impact", "grave")
    UNKNOWN = "unknown", pgettext_lazy("impact", "unknown")


class EventState(StrEnum):
    """How far an event is: its own days say so, except that someone closes it or calls it off."""

    PREPARED = "prepared"
    RUNNING = "running"
    OVER = "over"
    CLOSED = "closed"
    CALLED_OFF = "called-off"


STATE_WORDS: Final[dict[EventState, str | Promise]] = {
    EventState.PREPARED: pgettext_lazy("an event", "being prepared"),
    EventState.RUNNING: pgettext_lazy("an event", "running"),
    EventState.OVER: pgettext_lazy("an event", "over, to be closed"),
    EventState.CLOSED: pgettext_lazy("an event", "closed"),
    EventState.CALLED_OFF: pgettext_lazy("an event", "called off"),
}


def state_at(
    moment: datetime.datetime,
    *,
    begins_at: datetime.datetime,
    ends_at: datetime.datetime,
    closed_at: datetime.datetime | None,
) -> EventState:
    """How far an event is at a moment. What was closed before it was over does not take place, or ended early."""
    if closed_at is not None and closed_at <= moment:
        return EventState.CALLED_OFF if closed_at < ends_at else EventState.CLOSED
    if moment < begins_at:
        return EventState.PREPARED
    return EventState.RUNNING if moment < ends_at else EventState.OVER
