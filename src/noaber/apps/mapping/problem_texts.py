"""The English sentences of the problems that this app raises, by code."""

from __future__ import annotations

from noaber.core.translatable import _

PROBLEM_TEXTS = {
    "mapping.question-reader": _("%(organisation)s does not see this text; share the text with it first."),
    "mapping.question-known": _("This fact is known by now; there is nothing to find out."),
    "mapping.question-not-asked": _("Only the organisation that was asked, or who asked, can close this question."),
    "mapping.question-due": _("The day by which an answer is wanted lies in the past; choose a later one."),
}
