"""Where the making of a report is, and on what a figure rests."""

from __future__ import annotations

from enum import StrEnum

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy


class ReportState(TextChoices):
    MAKING = "making", pgettext_lazy("a report", "being made")
    MADE = "made", pgettext_lazy("a report", "made")
    FAILED = "failed", pgettext_lazy("a report", "not made")


class Basis(StrEnum):
    """On what a figure rests."""

    COUNTED = "counted"
    ESTIMATED = "estimated"
    COARSE = "coarse"
    """By main roads where they lead."""
    ROUTED = "routed"
    MIXED = "mixed"
    """Routed where the road network reaches, approximate elsewhere."""
