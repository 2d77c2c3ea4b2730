"""Minutes, times and sizes in words."""

from __future__ import annotations

import math
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from noaber.apps.roads.enums import MinutesKind
from noaber.web.wording import SECONDS_PER_MINUTE, duration, number

_KILO: Final = 1000
_MEGA: Final = 1000**2
_GIGA: Final = 1000**3


def said_minutes(minutes: float, kind: MinutesKind) -> str:
    """46 min, or ≈ 46 min where it is not routed."""
    words = duration(minutes)
    return words if kind is MinutesKind.ROUTED else f"≈ {words}"


def kind_word(kind: MinutesKind) -> str:
    """Routed, by main roads, or estimated."""
    match kind:
        case MinutesKind.ROUTED:
            return pgettext("minutes", "routed")
        case MinutesKind.COARSE:
            return pgettext("minutes", "by main roads")
        case MinutesKind.ESTIMATE:
            return _("estimated")


def said_seconds(seconds: float) -> str:
    """40 s, 12 min, 1 h 20."""
    if seconds < SECONDS_PER_MINUTE:
        return pgettext("duration", "%(seconds)s s") % {"seconds": max(0, int(seconds))}
    return duration(seconds / SECONDS_PER_MINUTE)


def said_size(size_bytes: int) -> str:
    """640 kB, 1.3 MB, 4.1 GB."""
    if size_bytes < _MEGA:
        return pgettext("size of a file", "%(number)s kB") % {"number": number(math.ceil(size_bytes / _KILO))}
    if size_bytes < _GIGA:
        return pgettext("size of a file", "%(number)s MB") % {"number": number(size_bytes / _MEGA, 1)}
    return pgettext("size of a file", "%(number)s GB") % {"number": number(size_bytes / _GIGA, 1)}


def said_percent(percent: int) -> str:
    """77%."""
    return pgettext("share", "%(percent)s%%") % {"percent": percent}
