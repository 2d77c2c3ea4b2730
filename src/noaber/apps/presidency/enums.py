"""The states of a handover dossier, and the sections of its content in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from noaber.core.presidency.dossier import Section


class DossierState(TextChoices):
    DRAFT = "draft", pgettext_lazy("a dossier", "draft")
    READY = "ready", pgettext_lazy("a dossier", "ready to be signed")
    GIVEN = "given", pgettext_lazy("a dossier", "signed by the giver")
    HANDED_OVER = "handed-over", pgettext_lazy("a dossier", "handed over")


class Basis(TextChoices):
    """How it is known who holds a presidency."""

    SOURCE = "source", _("by a source")
    ORDER = "order", _("by the fixed order BE, LU, NL")


SECTION_TITLES: Final[Mapping[Section, str | Promise]] = {
    Section.DONE: _("Done under this presidency"),
    Section.DECISIONS: _("Decisions not carried out"),
    Section.ACTIONS: _("Open actions"),
    Section.RECOMMENDATIONS: _("Recommendations not carried out"),
    Section.PLANS: _("How far the plans are"),
    Section.CONSULTATIONS: _("Open consultations"),
    Section.MEETINGS: _("Coming meetings"),
    Section.EVENTS: _("Coming events"),
    Section.RISKS: _("Open risks"),
    Section.GAPS: _("Gaps in the mapping"),
    Section.CAMPAIGNS: _("Campaigns under way"),
    Section.EXCHANGES: _("Exchanges to come"),
    Section.CONTACTS: _("Contact points of the giver"),
}
SECTION_NOTHING: Final[Mapping[Section, str | Promise]] = {
    Section.DONE: _("No action was finished."),
    Section.DECISIONS: _("Every decision is carried out."),
    Section.ACTIONS: _("No action is open."),
    Section.RECOMMENDATIONS: _("No recommendation waits."),
    Section.PLANS: _("No plan reaches into the next presidency."),
    Section.CONSULTATIONS: _("No plan is in consultation."),
    Section.MEETINGS: _("No meeting is planned."),
    Section.EVENTS: _("No event is coming."),
    Section.RISKS: _("No risk is written down for what is coming."),
    Section.GAPS: _("Nothing is lacking, as far as both see."),
    Section.CAMPAIGNS: _("No campaign is under way."),
    Section.EXCHANGES: _("Nobody is to go."),
    Section.CONTACTS: _("The giver keeps no contact point."),
}
