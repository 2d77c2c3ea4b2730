"""The words of the mapping: levels, ways, nearness, which rows, and what a cell says."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from noaber.apps.mapping.neighbours import Between
from noaber.apps.mapping.sides import Rows
from noaber.core.agreements.gaps import Nearness
from noaber.core.agreements.tiers import Tier

Words = Mapping[str, Promise]

TIERS: Final[Words] = {
    Tier.LOCAL: pgettext_lazy("level of a text", "local"),
    Tier.REGIONAL: pgettext_lazy("level of a text", "regional"),
    Tier.BENELUX: pgettext_lazy("level of a text", "Benelux"),
    Tier.BILATERAL: pgettext_lazy("level of a text", "bilateral"),
    Tier.UNION: pgettext_lazy("level of a text", "Union mechanism"),
}

ROWS: Final[Words] = {
    Rows.COUNTRIES: _("countries"),
    Rows.STATES: _("countries, Länder"),
    Rows.DIFFER: _("where texts differ"),
    Rows.ALL: _("all at a border"),
}

BETWEEN: Final[Words] = {
    Between.COUNTRIES: _("countries"),
    Between.REGIONS: _("regions at a border"),
    Between.DISTRICTS: _("districts at a border"),
}

NEARNESS: Final[Words] = {
    Nearness.BORDER: _("border on land"),
    Nearness.NEXT_BUT_ONE: _("one country between"),
}

ICONS: Final[Mapping[str, str]] = {
    "complete": "yes",
    "open": "part",
    "unknown": "unknown",
    "missing": "no",
    "home": "yes",
}
"""The shape of each kind of answer: it stands beside the word and the colour."""
