"""The English sentence of every problem, by its code: one table, extracted for translation.

A full sentence with a full stop, the thing's own name in it, the next step where there is one. Placeholders
are named. Keep the codes of one module together, under its heading.
"""

from __future__ import annotations


def _(text: str) -> str:
    """Mark a text for extraction; the core itself translates nothing."""
    return text


PROBLEM_TEXTS: dict[str, str] = {
    # any input
    "input.unreadable": _("%(file)s cannot be read: %(reason)s."),
    "input.not-json": _("This is not JSON: %(reason)s."),
    "input.unknown-key": _("The key “%(key)s” is unknown here; known are %(known)s."),
    "input.missing": _("“%(key)s” is missing."),
    "input.type": _("Expected %(expected)s, found %(found)s."),
    "input.reference": _("There is no %(kind)s “%(id)s” in this input."),
    "input.duplicate": _("The id “%(id)s” is used twice."),
    # accounts
    "accounts.role": _("Your role does not allow this (%(permission)s). Ask a colleague who may, or your administrator."),
}
