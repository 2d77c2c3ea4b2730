"""The English sentences of the problems that this app raises, by code."""

from __future__ import annotations

from noaber.core.translatable import _

PROBLEM_TEXTS = {
    "presidency.taken": _("Who holds the presidency of %(year)s was put down already."),
    "dossier.step-gone": _("This step is not possible any more; somebody has acted meanwhile."),
    "dossier.not-their-turn": _("It is the turn of the director of the other organisation to sign."),
    "dossier.exists": _("There is a dossier of this handover already. Open it from the list of presidencies."),
    "dossier.not-the-next": _("The receiver holds the presidency after the giver; choose a later one."),
    "dossier.outside": _("Choose a day from %(first)s to %(last)s: within the presidency that is handed over."),
    "dossier.frozen": _("This dossier lies before the directors and does not change. Make it a draft again first."),
    "dossier.changed-since": _("Another version was made since you looked. Read it, then sign."),
}
