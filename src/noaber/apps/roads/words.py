"""Minutes and closures in words."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from noaber.apps.roads.enums import MinutesKind
from noaber.web.wording import duration


def said_minutes(minutes: float, kind: MinutesKind) -> str:
    """46 min, or ≈ 46 min where it is estimated."""
    words = duration(minutes)
    return words if kind is MinutesKind.ROUTED else f"≈ {words}"


def kind_word(kind: MinutesKind) -> str:
    """Routed or estimated."""
    return pgettext("minutes", "routed") if kind is MinutesKind.ROUTED else _("estimated")
