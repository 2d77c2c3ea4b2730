"""The English sentences of the problems that this app raises, by code."""

from __future__ import annotations

from noaber.core.translatable import _

PROBLEM_TEXTS = {
    "plan.not-ours": _("This plan is kept by another organisation, which adopts it."),
    "plan.not-led": _("The organisation that leads this objective measures it, or the one that keeps the plan."),
    "plan.adopted": _("This plan is adopted and its text stands. Make it a draft again to change it."),
    "plan.closed": _("This plan is closed; nothing of it changes any more."),
    "plan.withdrawn": _("This draft was withdrawn; nothing of it changes unless its keeper takes it up again."),
    "plan.was-adopted": _(
        "This plan was adopted once, so it is not withdrawn. Adopt it anew, and close it when its time is over."
    ),
    "plan.has-parts": _("Annual plans are part of this programme: %(numbers)s. Withdraw them or take them out first."),
    "plan.programme-withdrawn": _("This programme was withdrawn. Choose another one, or “no programme”."),
    "plan.step-gone": _("This step is not possible any more; somebody has acted meanwhile."),
    "plan.is-a-part": _("This plan is the year’s part of a programme; word and consult on the programme."),
    "plan.two-levels": _("An objective has parts, and those have none. Choose an objective of this plan."),
    "plan.years": _("The last year lies before %(first)s, the first. Choose a later one."),
    "plan.one-year": _("An annual plan has one year; the last is the first."),
    "plan.outside-years": _("Choose years within those of the plan, %(years)s."),
    "plan.not-a-part": _("The year is none of those of the programme, %(years)s."),
    "plan.part-is-annual": _("Only an annual plan is part of a programme; choose “no programme”."),
    "plan.no-title": _("Write the title in one language at least."),
    "plan.weight": _("Choose a weight from 1 to %(heaviest)s."),
    "plan.adopted-ahead": _("A plan is adopted today or was before; choose a day until today."),
    "plan.measured-ahead": _("Choose a day until today; nothing is measured ahead."),
    "plan.unanswered": _("Comments of partners wait for an answer: %(count)s. Answer them first, then adopt the plan."),
    "plan.nobody-to-remind": _("Nobody is left to remind: nobody else is awaited, or all were reminded today."),
    "plan.nobody-consulted": _("Choose at least one organisation to consult."),
    "plan.until-past": _("The last day has passed. Choose today or a later one."),
    "plan.not-consulted": _("Your organisation is not consulted on this plan."),
    "plan.consultation-over": _("This consultation takes no comments any more."),
    "plan.no-action": _("You see no action with the number “%(number)s”. Look it up in the list of actions."),
}
