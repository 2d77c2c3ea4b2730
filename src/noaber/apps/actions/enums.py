"""The states of recommendations and actions, which may follow which, and where they came from."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy


class RecommendationState(TextChoices):
    PROPOSED = "proposed", pgettext_lazy("a recommendation", "proposed")
    ACCEPTED = "accepted", pgettext_lazy("a recommendation", "accepted")
    DECLINED = "declined", pgettext_lazy("a recommendation", "declined")
    CARRIED_OUT = "carried-out", pgettext_lazy("a recommendation", "carried out")


class ActionState(TextChoices):
    OPEN = "open", pgettext_lazy("an action", "open")
    IN_PROGRESS = "in-progress", pgettext_lazy("an action", "in progress")
    DONE = "done", pgettext_lazy("an action", "done")
    DROPPED = "dropped", pgettext_lazy("an action", "dropped")


class Origin(TextChoices):
    """What someone worked on when it was recommended or decided. The record itself, where there is one, is a link."""

    MEETING = "meeting", pgettext_lazy("origin", "meeting")
    DECISION = "decision", pgettext_lazy("origin", "decision")
    WORKSHOP = "workshop", pgettext_lazy("origin", "workshop")
    RECOMMENDATION = "recommendation", pgettext_lazy("origin", "recommendation")
    GAP = "gap", pgettext_lazy("origin", "gap between agreements")
    LESSON = "lesson", pgettext_lazy("origin", "lesson")
    INCIDENT = "incident", pgettext_lazy("origin", "incident")
    EVENT = "event", pgettext_lazy("origin", "event")
    PLAN = "plan", pgettext_lazy("origin", "plan")
    OTHER = "other", pgettext_lazy("origin", "something else")
    UNKNOWN = "unknown", pgettext_lazy("origin", "unknown")


UNDER_WAY: Final = (ActionState.OPEN, ActionState.IN_PROGRESS)

RECOMMENDATION_STEPS: Final[Mapping[str, tuple[RecommendationState, ...]]] = {
    RecommendationState.PROPOSED: (RecommendationState.ACCEPTED, RecommendationState.DECLINED),
    RecommendationState.ACCEPTED: (RecommendationState.CARRIED_OUT, RecommendationState.DECLINED),
    RecommendationState.DECLINED: (RecommendationState.ACCEPTED,),
    RecommendationState.CARRIED_OUT: (RecommendationState.ACCEPTED,),
}
ACTION_STEPS: Final[Mapping[str, tuple[ActionState, ...]]] = {
    ActionState.OPEN: (ActionState.IN_PROGRESS, ActionState.DONE, ActionState.DROPPED),
    ActionState.IN_PROGRESS: (ActionState.DONE, ActionState.DROPPED),
    ActionState.DONE: (ActionState.OPEN,),
    ActionState.DROPPED: (ActionState.OPEN,),
}
