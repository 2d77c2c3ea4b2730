"""The English sentences of the problems that this app raises, by code."""

from __future__ import annotations

from noaber.core.translatable import _

PROBLEM_TEXTS = {
    "meeting.no-name": _("Write the name in one language at least."),
    "meeting.ends-before": _("The end lies before the beginning. Choose a later one."),
    "meeting.no-start": _("Say when it begins, as you say when it ends."),
    "meeting.nobody": _("Choose an organisation, or write who it is."),
    "meeting.closed": _("This meeting is closed. Open its minutes again first, then change them."),
    "meeting.called-off": _("This meeting was called off. Plan it again first, then change it."),
    "meeting.unsettled": _("Two versions of the minutes of “%(title)s” stand side by side. Settle them, then close."),
    "meeting.being-written": _("%(who)s is writing about “%(title)s” and has not saved yet. Wait for it, then close."),
    "meeting.not-writer": _("The minutes are written by the members of the meeting and by who keeps it."),
    "meeting.not-yours-to-answer": _("Each participant answers for itself, or who keeps the meeting does."),
    "meeting.item-used": _("Something was written or decided under this point, so it stays on the agenda."),
    "meeting.point-taken-up": _("“%(title)s” is finished, or another meeting took it up meanwhile. Reload the page."),
}
