"""The words of a report: names of what is stored as codes, and how a figure is dated."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from noaber.apps.mapping.sides import NATIONAL
from noaber.apps.registry.coded import in_reader_language, territory_name
from noaber.apps.reports.enums import Basis
from noaber.apps.reports.facts import Figure, InLanguages, SideFact
from noaber.apps.roads.forms.map_query import View
from noaber.reference.organisations import load_organisations
from noaber.web import wording
from noaber.web.clock import has_come
from noaber.web.reader import reader_language

BASES: Final[Mapping[str, Promise]] = {
    Basis.COUNTED: gettext_lazy("counted on %(day)s"),
    Basis.ESTIMATED: gettext_lazy("estimated for %(day)s"),
    Basis.COARSE: gettext_lazy("by main roads, for %(day)s"),
    Basis.ROUTED: gettext_lazy("routed for %(day)s"),
    Basis.MIXED: gettext_lazy("routed or approximate for %(day)s"),
}
VIEWS: Final[Mapping[str, Promise]] = {
    View.CLOSED: gettext_lazy("Borders closed"),
    View.OPEN: gettext_lazy("Borders open"),
    View.GAIN: gettext_lazy("Gain by open borders"),
}
MARKS: Final[Mapping[str, str]] = {
    "complete": "●",
    "open": "◐",
    "unknown": "?",
    "missing": "–",
    "own": "",
    "home": "",
}
"""Each kind of answer by a sign, for those who do not see the colour, and for grey paper."""
GROUNDS: Final[Mapping[str, str]] = {
    "complete": "yes",
    "open": "unknown",
    "unknown": "unknown",
    "missing": "no",
    "own": "own",
    "home": "own",
}
ANSWERS: Final[Mapping[str, Promise]] = {
    "complete": gettext_lazy("by text, everything established"),
    "open": gettext_lazy("by text, with open facts"),
    "unknown": gettext_lazy("not established whether a text covers it"),
    "missing": gettext_lazy("no text below the Union mechanism"),
    "own": gettext_lazy("the same country"),
}


def said_basis(figure: Figure) -> str:
    """Counted on 14 July 2021. An exercise that plays before that day does not know it."""
    if not has_come(figure.on):
        return _("before the exercise")
    return str(BASES[figure.basis]) % {"day": wording.day(figure.on)}


def in_language(names: InLanguages) -> str:
    """In the reader's language, else in any."""
    return names.get(reader_language()) or next((name for name in names.values() if name), "")


def organisation_name(code: str) -> str:
    """Its name in the reader's language; the code where the reference data do not carry it."""
    known = load_organisations().get(code)
    return in_reader_language(known.names) if known else code


def side_name(side: SideFact) -> str:
    """A country by its name, everyone else with the code."""
    name = territory_name(side.territory)
    return name if side.code in NATIONAL.values() else f"{name} ({side.code})"


def side_short(side: SideFact) -> str:
    return territory_name(side.territory) if side.code in NATIONAL.values() else side.code


def share(part: int, whole: int) -> str:
    """37 %, as the language writes it."""
    if not whole:
        return "–"
    percent = 100 * part / whole
    return pgettext("share", "%(percent)s%%") % {"percent": wording.number(percent, 1 if 0 < percent < 10 else 0)}
