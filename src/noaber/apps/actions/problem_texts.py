"""The English sentences of the problems that this app raises, by code."""

from __future__ import annotations

from noaber.core.translatable import _

PROBLEM_TEXTS = {
    "action.not-ours": _("This action is done by another organisation; that one, or who keeps it, reports on it."),
    "action.closed": _("This action is done or dropped; take it up again first."),
    "action.no-evidence": _("Say what shows that it is done, or choose the record that shows it."),
    "action.done-when": _("Choose a day from %(made_on)s, when it was agreed, until today."),
    "recommendation.declined": _("This recommendation was declined. Accept it first, then make an action of it."),
}
