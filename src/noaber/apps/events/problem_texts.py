"""The English sentences of the problems that this app raises, by code."""

from __future__ import annotations

from noaber.core.translatable import _

PROBLEM_TEXTS = {
    "event.not-ours": _("Who keeps this dossier or leads the event changes it; partners change what they added."),
    "event.closed": _("This event is closed; open it again first."),
    "event.not-over": _("This event is not over yet; close it afterwards."),
    "event.over": _("This event is over; close it with what was learned instead."),
    "event.not-closed": _("This event is open already."),
    "event.same-code": _("Your organisation has an event “%(id)s” already; choose another code."),
    "event.code": _("Use up to 30 capital letters, digits and hyphens, such as EURO-2024."),
    "event.order": _("The end lies before the beginning."),
    "event.far-off": _(
        "This lies more than two weeks from the event, which runs from %(first)s to %(last)s. Check the year and month."
    ),
    "event.no-title": _("Give the event a title in at least one language."),
    "event.risk-label": _("A risk is labelled at least as strictly as the event: %(label)s."),
    "event.same-partner": _("This organisation is a partner of the event already."),
}
