"""The English sentences of the problems that this app raises, by code."""

from __future__ import annotations

from noaber.core.translatable import _

PROBLEM_TEXTS = {
    "campaign.not-owner": _("Only the organisation that asks runs this campaign."),
    "campaign.not-asked": _("This part is asked of another organisation; it answers, invites and signs itself."),
    "campaign.not-draft": _("This campaign is open already."),
    "campaign.not-open": _("This campaign takes no answers any more, or does not do so yet."),
    "campaign.is-closed": _("This campaign is closed. Start the next one from it."),
    "campaign.nothing-asked": _("Nobody is asked yet. Choose first whom the campaign asks what."),
    "campaign.same-code": _("There is a campaign with the id “%(code)s” already."),
    "campaign.no-title": _("Write the title in one language at least."),
    "campaign.deadline": _("The last day lies before the first. Choose a later one."),
    "campaign.deadline-past": _("The last day has passed. Choose a later one, then open the campaign."),
    "campaign.asked-already": _("%(organisation)s is asked about this already."),
    "campaign.no-field": _("Choose at least one field."),
    "campaign.answered-already": _("Something was answered here already; it stays as it is."),
    "campaign.signed-already": _("This has been signed as it stands, and nothing has changed since."),
    "campaign.no-place": _("No place of that name was found. Write the town or municipality where the teams stand."),
    "campaign.changed-since": _("Something has changed since you looked. Look at the summary again, then sign."),
    "campaign.nothing-changed": _("Nothing was changed. If it is right as it is, choose that."),
    "campaign.invitation-ends": _("Choose a day from tomorrow on, and at most a year ahead."),
}
