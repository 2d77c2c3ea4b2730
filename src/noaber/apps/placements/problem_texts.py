"""The English sentences of the problems that this app raises, by code."""

from __future__ import annotations

from noaber.core.translatable import _

PROBLEM_TEXTS = {
    "placement.not-ours": _("Another organisation writes this: the one that hosts, applies or runs the programme."),
    "placement.too-early": _("The call opens on %(day)s. Change its days first, then open it."),
    "placement.no-place": _("No host offers a place yet. Add one first."),
    "placement.ranking-begun": _("The hosts rank already, so what is offered stays as it is."),
    "placement.not-ranking": _("Hosts rank between the end of the applications and the matching."),
    "placement.ranking-incomplete": _("Somebody applied or withdrew meanwhile. Look at the list again, then rank."),
    "placement.ranked-since": _(
        "Somebody ranked them since you began, as stands below. Keep your ranking to put it in the place of that one."
    ),
    "placement.period-short": _("No period is as long as the stay of %(weeks)s weeks. Choose later last days."),
    "placement.not-open": _("This call takes no applications now."),
    "placement.wishes": _("Choose at least one place of this call, and each only once."),
    "placement.kept-long": _("Personal data are kept for three years after the stay at most. Choose an earlier day."),
    "placement.changed-since": _("Something changed since you looked. Look at the matching again, then confirm."),
    "placement.rule": _("A rule stands against this place: language, days, function, consent or own organisation."),
    "placement.full": _("The place is full. Call off another placement there first, or choose another place."),
    "placement.placed-already": _("This placement is confirmed. Call it off first, then choose another place."),
    "placement.not-begun": _("The stay has not begun. Report on it afterwards."),
    "placement.no-report": _("Write the report on the stay first."),
}
