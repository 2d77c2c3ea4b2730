"""How minutes were got, and what an operator's boundaries are of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class MinutesKind(StrEnum):
    """What stands behind a number of minutes, the most uncertain first; the words that pages mark it by."""

    ESTIMATE = "estimate"
    """From the distance alone."""
    COARSE = "coarse"
    """By main roads, whose courses and lengths are approximate."""
    ROUTED = "routed"
    """On surveyed roads."""

    @classmethod
    def of(cls, routed: bool) -> MinutesKind:
        return cls.ROUTED if routed else cls.ESTIMATE

    @classmethod
    def kept(cls, facts: Mapping[str, Any]) -> MinutesKind:
        """As a proposal keeps it with a unit; those of old say only whether its way was routed."""
        return cls(facts["minutes"]) if "minutes" in facts else cls.of(bool(facts.get("routed", False)))

    @classmethod
    def worst(cls, kinds: Iterable[MinutesKind]) -> MinutesKind:
        """The most uncertain of several; routed where there are none."""
        return min(kinds, key=list(cls).index, default=cls.ROUTED)


class BoundaryKind(TextChoices):
    """What boundaries enclose, the finest first."""

    MUNICIPALITY = "municipality", _("Municipalities")
    DISTRICT = "district", _("Districts")
    EMERGENCY_ZONE = "emergency-zone", _("Emergency zones")
    SAFETY_REGION = "safety-region", _("Safety regions")
    PROVINCE = "province", _("Provinces")


class BuildState(TextChoices):
    """Where the building of a road network is."""

    RUNNING = "running", pgettext_lazy("building a network", "running")
    DONE = "done", pgettext_lazy("building a network", "done")
    FAILED = "failed", pgettext_lazy("building a network", "failed")
    CANCELLED = "cancelled", pgettext_lazy("building a network", "cancelled")
    DIED = "died", pgettext_lazy("building a network", "broken off")
