"""The English sentences of the problems that this package raises, by code."""

from __future__ import annotations

from noaber.core.translatable import _

PROBLEM_TEXTS = {
    "boundary.feature": _("Feature %(number)s: expected %(expected)s, found %(found)s."),
    "boundary.no-code": _("No property tells the features apart; name one with --code-property. There are: %(found)s."),
    "boundary.no-property": _("No feature has a property “%(name)s”. There are: %(found)s."),
    "boundary.twice": _("Feature %(number)s has the code “%(code)s”, as feature %(first)s has; codes are unique."),
    "boundary.no-area": _("Feature %(number)s (%(code)s) has no area; expected a polygon that encloses one."),
    "boundary.mended": _("Feature %(number)s (%(code)s) was mended: %(reason)s."),
}
