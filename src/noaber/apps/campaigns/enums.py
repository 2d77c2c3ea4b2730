"""The parts of a campaign, its states, and what was found of a thing that was asked."""

from __future__ import annotations

from typing import Final

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from noaber.core.campaigns import Finding


class Part(TextChoices):
    """About what an organisation is asked."""

    AGREEMENTS = "agreements", _("Agreements")
    CAPACITIES = "capacities", _("Capacities")
    CONTACTS = "contacts", _("Contact points")


class CampaignState(TextChoices):
    DRAFT = "draft", pgettext_lazy("campaign", "in preparation")
    OPEN = "open", pgettext_lazy("campaign", "open")
    CLOSED = "closed", pgettext_lazy("campaign", "closed")


FINDINGS: Final = (
    (Finding.CONFIRMED.value, _("right as it was")),
    (Finding.CORRECTED.value, _("corrected")),
    (Finding.ADDED.value, _("added")),
    (Finding.UNKNOWN.value, _("unknown")),
    (Finding.NOT_OURS.value, _("not ours")),
)
