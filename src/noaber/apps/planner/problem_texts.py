"""The English sentences of the problems that this app raises, by code."""

from __future__ import annotations

from noaber.core.translatable import _

PROBLEM_TEXTS = {
    "alert.nothing": _("There are no own teams to alert in this plan."),
    "incident.not-owner": _("This incident belongs to another organisation, which alone changes it."),
    "incident.closed": _("This incident is closed. Reopen it first."),
    "incident.no-needs": _("Say first what this incident needs; there is nothing to plan for yet."),
    "incident.no-adjustment": _("Nothing was decided about %(unit)s here; the page may be older than the plan."),
    "incident.no-unit": _("The plan does not know the team %(unit)s. Have a plan proposed again, then decide."),
    "incident.no-near-miss": _(
        "%(unit)s cannot stand in here now: it cannot come, nobody knows how many it holds, or nothing is left to ask."
    ),
    "incident.note-empty": _("Write what happened; an empty line tells nothing."),
    "incident.note-long": _("A line of the log has at most %(most)s characters; this has %(count)s. Write two lines."),
    "incident.note-time": _("“%(text)s” is no time of day; write it as 18:42, or leave it out for now."),
    "incident.note-others": _("This line was written by another organisation, which alone strikes it."),
    "incident.note-struck": _("This line is struck already."),
    "incident.reason-missing": _("Say why, so that others can follow it later."),
    "incident.gap-gone": _("Nothing of this need is open any more; the page may be older than the answers."),
    "incident.overtaken": _("Someone else was changing this at the same moment. Look at it as it is now, then go on."),
    "incident.plan-outdated": _(
        "Since this plan was made, another was, requests were sent, or the needs have changed. Have it proposed again."
    ),
    "incident.not-closed": _("This incident is open already."),
    "incident.open-requests": _(
        "%(count)s requests of this incident are still open. Close them first, so that no help is forgotten."
    ),
}
