"""The English sentences of the problems that this package raises, by code."""

from __future__ import annotations

from noaber.core.translatable import _

PROBLEM_TEXTS = {
    "planning.no-road": _(
        "Driving times on the road network “%(network)s” are not at hand here; use the travel model “estimate” or "
        "“matrix”."
    ),
    "planning.pin-forbidden": _(
        "“%(unit)s” cannot be pinned to this need: it has no team left, or no text, way or time to come."
    ),
    "planning.pin-unit": _("%(pinned)s teams of “%(unit)s” are pinned, but only %(allowed)s are available."),
    "planning.pin-need": _("%(pinned)s teams are pinned to the need “%(need)s”, which asks for %(allowed)s."),
    "planning.pin-cover": _(
        "%(pinned)s teams of “%(owner)s” with “%(capability)s” are pinned, but home cover lets %(allowed)s leave."
    ),
    "planning.combinations": _(
        "That makes %(count)s combinations; at most %(most)s can be tried. Choose fewer incidents."
    ),
    "planning.simultaneous": _("Expected a number of simultaneous incidents from 1 to %(incidents)s, found %(found)s."),
}
