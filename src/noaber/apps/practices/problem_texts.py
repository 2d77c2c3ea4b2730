"""The English sentences of the problems that this app raises, by code."""

from __future__ import annotations

from noaber.core.translatable import _

PROBLEM_TEXTS = {
    "practice.day-ahead": _("This day is still to come. Choose today or an earlier one."),
    "practice.own-language": _("The practice is written in this language. Choose another one to translate it into."),
    "practice.language-taken": _("There is a translation into this language already. Choose another one."),
    "practice.reuse-of-another": _("Another organisation reuses it there; that one says what came of it."),
    "lesson.not-done": _("A lesson is checked when its actions are done: one at least, and none still to do."),
    "lesson.checked-too-soon": _("On this day the action was not done yet. Choose a later one."),
    "lesson.action-spent": _("This action was dropped, or done before it was found not to help. Choose another one."),
}
