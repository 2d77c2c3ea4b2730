"""Where practices and lessons come from, what became of a lesson, and how reusing a practice went."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

PRACTICE: Final = "practice"
LESSON: Final = "lesson"
"""Their codes among the kinds of record."""


class Occasion(TextChoices):
    """On what occasion something was learned. The record itself, where there is one, is a link."""

    INCIDENT = "incident", pgettext_lazy("occasion", "incident")
    EXERCISE = "exercise", pgettext_lazy("occasion", "exercise")
    TEST = "test", pgettext_lazy("occasion", "test")
    EVENT = "event", pgettext_lazy("occasion", "event")
    ELECTIONS = "elections", pgettext_lazy("occasion", "elections")
    COVID = "covid", pgettext_lazy("occasion", "COVID-19")
    EXCHANGE = "exchange", pgettext_lazy("occasion", "exchange of staff")
    OTHER = "other", pgettext_lazy("occasion", "something else")


class CodeList(TextChoices):
    """The lists whose codes say what a practice or a lesson is about."""

    THEME = "theme", _("theme")
    HAZARD = "hazard", _("hazard")
    CAPABILITY = "capability", _("capability")


class ReuseResult(TextChoices):
    """What came of it where someone else took a practice over."""

    UNDER_WAY = "under-way", pgettext_lazy("a reuse", "under way")
    WORKED = "worked", pgettext_lazy("a reuse", "works as it is")
    ADAPTED = "adapted", pgettext_lazy("a reuse", "works, adapted")
    DID_NOT_WORK = "did-not-work", pgettext_lazy("a reuse", "did not work")


class LessonState(TextChoices):
    IDENTIFIED = "identified", pgettext_lazy("a lesson", "identified")
    IN_ACTION = "in-action", pgettext_lazy("a lesson", "taken up")
    CHECKED = "checked", pgettext_lazy("a lesson", "checked")
    NOT_TAKEN = "not-taken", pgettext_lazy("a lesson", "not taken up")


LESSON_STEPS: Final[Mapping[str, tuple[LessonState, ...]]] = {
    LessonState.IDENTIFIED: (LessonState.IN_ACTION, LessonState.NOT_TAKEN),
    LessonState.IN_ACTION: (LessonState.CHECKED, LessonState.IDENTIFIED, LessonState.NOT_TAKEN),
    LessonState.CHECKED: (LessonState.IDENTIFIED,),
    LessonState.NOT_TAKEN: (LessonState.IDENTIFIED,),
}
"""A lesson is identified again where a check shows that what was done does not help, or the matter comes up anew."""
