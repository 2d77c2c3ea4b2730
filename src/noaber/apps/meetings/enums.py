"""Kinds and states of meetings, what an agenda point is for, and how its participants stand to it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy


class MeetingKind(TextChoices):
    MEETING = "meeting", pgettext_lazy("kind of meeting", "meeting")
    WORKSHOP = "workshop", pgettext_lazy("kind of meeting", "workshop")


class MeetingState(TextChoices):
    PLANNED = "planned", pgettext_lazy("a meeting", "planned")
    CONVENED = "convened", pgettext_lazy("a meeting", "convened")
    HELD = "held", pgettext_lazy("a meeting", "held")
    CLOSED = "closed", pgettext_lazy("a meeting", "closed")
    CALLED_OFF = "called-off", pgettext_lazy("a meeting", "called off")


class Purpose(TextChoices):
    """What an agenda point is there for."""

    INFORMATION = "information", pgettext_lazy("agenda point", "for information")
    DISCUSSION = "discussion", pgettext_lazy("agenda point", "for discussion")
    DECISION = "decision", pgettext_lazy("agenda point", "for decision")
    UNKNOWN = "unknown", pgettext_lazy("agenda point", "unknown")


class Capacity(TextChoices):
    """As what somebody takes part."""

    MEMBER = "member", pgettext_lazy("at a meeting", "member")
    OBSERVER = "observer", pgettext_lazy("at a meeting", "observer")
    GUEST = "guest", pgettext_lazy("at a meeting", "guest")


class Answer(TextChoices):
    INVITED = "invited", pgettext_lazy("to an invitation", "invited")
    ACCEPTED = "accepted", pgettext_lazy("to an invitation", "accepted")
    DECLINED = "declined", pgettext_lazy("to an invitation", "declined")
    PRESENT = "present", pgettext_lazy("to an invitation", "was present")
    ABSENT = "absent", pgettext_lazy("to an invitation", "was absent")


STEPS: Final[Mapping[str, tuple[MeetingState, ...]]] = {
    MeetingState.PLANNED: (MeetingState.CONVENED, MeetingState.HELD, MeetingState.CALLED_OFF),
    MeetingState.CONVENED: (MeetingState.HELD, MeetingState.CALLED_OFF),
    MeetingState.HELD: (MeetingState.CLOSED,),
    MeetingState.CLOSED: (MeetingState.HELD,),
    MeetingState.CALLED_OFF: (MeetingState.PLANNED,),
}
AHEAD: Final = (MeetingState.PLANNED, MeetingState.CONVENED)
TOOK_PLACE: Final = (MeetingState.HELD, MeetingState.CLOSED)
