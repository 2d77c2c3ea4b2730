"""The English sentences of the problems that this package raises, by code."""

from __future__ import annotations

from noaber.core.translatable import _

PROBLEM_TEXTS = {
    "text.character": _("The character %(character)s cannot stand in a text; remove it."),
    "clock.actual": _("A node whose status is Actual has no other time than the real one."),
}
