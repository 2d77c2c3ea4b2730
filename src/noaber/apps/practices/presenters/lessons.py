"""Rows of lessons, and the chain of one: noted, taken up, done, checked."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from noaber.apps.actions.enums import ActionState
from noaber.apps.actions.models import Action
from noaber.apps.actions.presenters import STATE_LOOKS as ACTION_LOOKS
from noaber.apps.practices.enums import LessonState
from noaber.apps.practices.models import Lesson, LessonCheck
from noaber.apps.practices.presenters.about import names_of
from noaber.web.tables import Column

STATE_LOOKS: Final[dict[str, tuple[str, str]]] = {
    LessonState.IDENTIFIED: ("tag--warn", "unknown"),
    LessonState.IN_ACTION: ("tag--info", "part"),
    LessonState.CHECKED: ("tag--ok", "yes"),
    LessonState.NOT_TAKEN: ("", "no"),
}
"""Of each state, the colour of its tag and its icon; the word says the same."""
CHAIN_STEPS: Final = (
    pgettext_lazy("a lesson", "identified"),
    pgettext_lazy("a lesson", "taken up"),
    pgettext_lazy("a lesson", "done, to be checked"),
    pgettext_lazy("a lesson", "checked"),
)


@dataclass(frozen=True)
class ActionMark:
    """An action of a lesson, with how far it is."""

    action: Action
    overdue: bool

    @property
    def label(self) -> str:
        return str(self.action.get_state_display())

    @property
    def css(self) -> str:
        return "tag--bad" if self.overdue else ACTION_LOOKS[self.action.state][0]

    @property
    def icon(self) -> str:
        return "clock" if self.overdue else ACTION_LOOKS[self.action.state][1]


@dataclass(frozen=True)
class LessonRow:
    lesson: Lesson
    actions: list[ActionMark]

    @property
    def css(self) -> str:
        return STATE_LOOKS[self.lesson.state][0]

    @property
    def icon(self) -> str:
        return STATE_LOOKS[self.lesson.state][1]

    @property
    def rank(self) -> int:
        return list(STATE_LOOKS).index(self.lesson.state)

    @property
    def label(self) -> str:
        return str(CHAIN_STEPS[2]) if self.awaits_check else str(self.lesson.get_state_display())

    @property
    def awaits_check(self) -> bool:
        """Whether everything that was to be done about it is done."""
        states = [mark.action.state for mark in self.actions if mark.action.state != ActionState.DROPPED]
        return self.lesson.state == LessonState.IN_ACTION and bool(states) and set(states) == {ActionState.DONE}

    @property
    def step(self) -> int:
        """Where it stands among `CHAIN_STEPS`."""
        match self.lesson.state:
            case LessonState.CHECKED:
                return 3
            case LessonState.IN_ACTION:
                return 2 if self.awaits_check else 1
            case _:
                return 0


def present_lesson(lesson: Lesson, actions: Iterable[Action], today: datetime.date) -> LessonRow:
    return LessonRow(lesson, [ActionMark(action, action.is_overdue(today)) for action in actions])


@dataclass(frozen=True)
class ChainLink:
    """One thing that happened to a lesson on a day: itself noted, an action agreed or done, a check."""

    on: datetime.date
    what: str | Promise
    icon: str
    action: Action | None = None
    check: LessonCheck | None = None
    is_done: bool = False


def present_chain(lesson: Lesson, actions: Iterable[Action], checks: Iterable[LessonCheck]) -> list[ChainLink]:
    """From the lesson to its last check, in the order of the days."""
    chain = [ChainLink(lesson.made_on, _("Noted"), "info")]
    for action in actions:
        chain.append(ChainLink(action.made_on, _("Action agreed"), "part", action=action))
        if action.done_on is not None:
            chain.append(ChainLink(action.done_on, _("Action done"), "yes", action=action, is_done=True))
    for check in checks:
        found = _("Checked: it helps") if check.effective else _("Checked: it does not help")
        chain.append(ChainLink(check.checked_on, found, "yes" if check.effective else "no", check=check))
    return sorted(chain, key=lambda one: one.on)


COLUMNS: Final = (
    Column("number", _("Number"), lambda row: row.lesson.number),
    Column("lesson", _("Lesson"), lambda row: row.lesson.title),
    Column("occasion", _("Occasion"), lambda row: str(row.lesson.get_occasion_display())),
    Column("actions", _("Actions of it"), lambda row: len(row.actions)),
    Column("state", _("State"), lambda row: row.rank),
    Column("owner", _("Kept by"), lambda row: row.lesson.owner.code),
)
FILE_COLUMNS: Final = (
    *COLUMNS[:2],
    Column("language", _("Language"), lambda row: row.lesson.language),
    Column("observation", _("What was seen"), lambda row: row.lesson.observation),
    Column("cause", _("Why it was so"), lambda row: row.lesson.cause),
    Column("change", _("What is to change"), lambda row: row.lesson.change),
    Column("occasion", _("Occasion"), lambda row: str(row.lesson.get_occasion_display())),
    Column("occasion-name", _("Which one"), lambda row: row.lesson.occasion_name),
    Column("themes", _("Themes"), lambda row: ", ".join(names_of(row.lesson, "theme"))),
    Column("hazards", _("Hazards"), lambda row: ", ".join(names_of(row.lesson, "hazard"))),
    Column("state", _("State"), lambda row: row.label),
    Column("why", _("Why"), lambda row: row.lesson.state_reason),
    Column("actions", _("Actions of it"), lambda row: " ".join(mark.action.number for mark in row.actions)),
    Column("made", _("Noted on"), lambda row: row.lesson.made_on),
    Column("function", _("Who sees to it"), lambda row: row.lesson.kept_by_function),
    Column("owner", _("Kept by"), lambda row: row.lesson.owner.code),
    Column("tlp", "TLP", lambda row: row.lesson.tlp),
    Column("illustrative", _("Illustrative"), lambda row: row.lesson.illustrative),
    Column("source", _("Source"), lambda row: row.lesson.source),
)
