"""The English sentences of the problems that this package raises, by code."""

from __future__ import annotations

from noaber.core.translatable import _

PROBLEM_TEXTS = {
    "extract.unknown": _("No extract is known by the name “%(name)s”; known are: %(known)s."),
    "boundary.elsewhere": _(
        "None of it lies on the map, from %(west)s to %(east)s degrees east and %(south)s to %(north)s north; "
        "GeoJSON says the longitude first, in WGS 84."
    ),
    "boundary.turned": _(
        "Feature %(number)s (%(code)s) lies on the map only with longitude and latitude exchanged; GeoJSON says the "
        "longitude first."
    ),
    "boundary.off-map": _(
        "Feature %(number)s (%(code)s) lies off the map, from %(west)s to %(east)s degrees east and %(south)s to "
        "%(north)s north: it is kept, and shown nowhere."
    ),
    "boundary.other-country": _(
        "%(count)s of %(total)s areas on the map lie in %(found)s, not in %(country)s; see whether --country is right."
    ),
}
