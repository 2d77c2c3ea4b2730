"""What the pages of the mapping are asked, as their address says it; what is odd is passed over.

An address is a page to look at, not an order: every one shows something.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import replace
from itertools import groupby
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from noaber.apps.mapping.neighbours import Between, pairs_between
from noaber.apps.mapping.presenters.gaps import Scope
from noaber.apps.mapping.region import RegionQuery
from noaber.apps.mapping.sides import Rows, Side, side_words, sides_of
from noaber.apps.mapping.words import BETWEEN, NEARNESS, ROWS, TIERS
from noaber.apps.registry.coded import grouped_capability_choices, hazard_choices, in_reader_language, territory_name
from noaber.core.agreements.gaps import Nearness, Pair
from noaber.core.agreements.narrow import Narrowing
from noaber.core.agreements.tiers import BELOW_UNION, Tier
from noaber.reference.legal_texts import channel_names
from noaber.reference.vocabulary import load_capabilities, load_hazards
from noaber.web.forms import DayInput

USUAL_HELP, USUAL_HAZARD = "HCP", "flood"
ANY_HELP = ("", _("any help"))
ANY_HAZARD = ("", _("any hazard"))
ANY_LEVEL = ("", _("all levels"))
NEAR = "near"
"""The levels nearer than those of states: local and regional texts."""
NEAR_LEVELS = (NEAR, _("local or regional"))
ANY_CHANNEL = ("", _("all channels"))


NEARNESS_CHOICES = [(near.value, NEARNESS[near]) for near in Nearness]


class QuestionForm(forms.Form):
    """Which help, against which hazard, on which day."""

    capability = forms.ChoiceField(label=_("Help"), required=False)
    hazard = forms.ChoiceField(label=_("Hazard"), required=False)
    on = forms.DateField(label=_("As of"), required=False, widget=DayInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["capability"].choices = [ANY_HELP, *grouped_capability_choices()]  # type: ignore[attr-defined]
        self.fields["hazard"].choices = [ANY_HAZARD, *hazard_choices()]  # type: ignore[attr-defined]


class RegionForm(QuestionForm):
    """Help, hazard, day, and which texts count."""

    usual_help, usual_hazard = USUAL_HELP, USUAL_HAZARD

    level = forms.ChoiceField(label=_("Level"), required=False)
    channel = forms.ChoiceField(label=_("Channel"), required=False)
    field_order: tuple[str, ...] = ("capability", "hazard", "rows", "level", "channel", "on")

    def __init__(self, query: Mapping[str, Any], *, today: datetime.date) -> None:
        self.query = query
        self.filled = self.fill(today)
        super().__init__(self.filled)
        self.fields["level"].choices = [ANY_LEVEL, NEAR_LEVELS, *((tier.value, TIERS[tier]) for tier in BELOW_UNION)]  # type: ignore[attr-defined]
        self.fields["channel"].choices = [ANY_CHANNEL, *channel_choices()]  # type: ignore[attr-defined]

    def fill(self, today: datetime.date) -> Any:
        """The address, with defaults for what it does not say or what is not known."""
        return {
            "capability": self.one_of("capability", ("", *load_capabilities()), self.usual_help),
            "hazard": self.one_of("hazard", ("", *load_hazards()), self.usual_hazard),
            "level": self.one_of("level", ("", NEAR, *BELOW_UNION), ""),
            "channel": self.one_of("channel", ("", *channel_names()), ""),
            "on": (day_of(self.query.get("on", "")) or today).isoformat(),
        }

    def one_of(self, name: str, known: tuple[str, ...], usual: str) -> str:
        said = self.query.get(name, usual)
        return said if said in known else usual

    @property
    def asked(self) -> RegionQuery:
        return RegionQuery(
            self.filled["capability"] or None,
            self.filled["hazard"] or None,
            datetime.date.fromisoformat(self.filled["on"]),
            self.narrowing,
        )

    @property
    def narrowing(self) -> Narrowing:
        level = self.filled["level"]
        listed = {"": BELOW_UNION, NEAR: (Tier.LOCAL, Tier.REGIONAL)}
        return Narrowing(frozenset(listed[level] if level in listed else {Tier(level)}), self.filled["channel"])

    @property
    def scope(self) -> Scope:
        """The helps and hazards that are asked."""
        asked = self.asked
        return Scope(
            (asked.capability,) if asked.capability else tuple(load_capabilities()),
            (asked.hazard,) if asked.hazard else tuple(load_hazards()),
        )


class MatrixForm(RegionForm):
    """With the choice of rows and columns."""

    rows = forms.ChoiceField(label=_("Rows and columns"), choices=[(rows.value, ROWS[rows]) for rows in Rows])

    def fill(self, today: datetime.date) -> Any:
        return super().fill(today) | {"rows": self.one_of("rows", tuple(Rows), Rows.DIFFER)}

    @property
    def chosen_rows(self) -> Rows:
        return Rows(self.filled["rows"])


def day_of(text: str) -> datetime.date | None:
    """A day as an address writes it; None where it is none."""
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        return None


def channel_choices() -> list[tuple[str, str]]:
    return [(code, in_reader_language(name)) for code, name in channel_names().items()]


class PlaceForm(RegionForm):
    """About one receiving place.

    Parameters
    ----------
    own
        The code of the reader's organisation: its side is the usual place.
    """

    to = forms.ChoiceField(label=_("Help for"), required=False)
    field_order = ("to", "capability", "hazard", "level", "channel", "on")

    def __init__(self, query: Mapping[str, Any], *, today: datetime.date, own: str, without_help: bool = False) -> None:
        self.sides = {side.code: side for side in sides_of(Rows.ALL)}
        self.own = own
        super().__init__(query, today=today)
        self.fields["to"].choices = _side_choices(self.sides.values())  # type: ignore[attr-defined]

    def fill(self, today: datetime.date) -> Any:
        usual = self.own if self.own in self.sides else next(iter(self.sides))
        return super().fill(today) | {"to": self.one_of("to", tuple(self.sides), usual)}

    @property
    def place(self) -> Side:
        return self.sides[self.filled["to"]]

    def asked_for(self, capability: str) -> RegionQuery | None:
        """The question about one help; None where the code is not known."""
        return replace(self.asked, capability=capability) if capability in load_capabilities() else None


class OffersForm(PlaceForm):
    """About one receiving place, and every help at once."""

    show = forms.ChoiceField(
        label=_("Capabilities"), choices=[("", _("of which you see teams")), ("all", _("all"))], required=False
    )
    field_order = ("to", "hazard", "level", "channel", "on", "show")

    def __init__(self, query: Mapping[str, Any], *, today: datetime.date, own: str) -> None:
        super().__init__(query, today=today, own=own)
        del self.fields["capability"]

    def fill(self, today: datetime.date) -> Any:
        return super().fill(today) | {"show": self.one_of("show", ("", "all"), "")}

    def capabilities(self, seen: Iterable[tuple[str, str]]) -> tuple[str, ...]:
        """The rows: those of which some owner of `seen` has teams, or all."""
        had = {capability for _owner, capability in seen}
        return tuple(code for code in load_capabilities() if code in had or self.filled["show"])


def _side_choices(sides: Iterable[Side]) -> list[tuple[str, list[tuple[str, str]]]]:
    """The sides under the names of their countries."""
    grouped = groupby(sides, key=lambda side: side.territory[:2])
    return [(territory_name(country), [(side.code, side_words(side)) for side in group]) for country, group in grouped]


class QuestionsForm(RegionForm):
    """Every help and hazard is the usual question."""

    usual_help = usual_hazard = ""


class GapForm(QuestionsForm):
    """Between whom gaps are looked for."""

    between = forms.ChoiceField(
        label=_("Between"), choices=[(one.value, BETWEEN[one]) for one in Between], required=False
    )
    near = forms.ChoiceField(label=_("How near"), choices=[("", _("all")), *NEARNESS_CHOICES], required=False)
    show = forms.ChoiceField(
        label=_("Pairs"), choices=[("", _("with gaps or unknowns")), ("all", _("all"))], required=False
    )
    field_order = ("between", "near", "capability", "hazard", "level", "channel", "on", "show")

    def fill(self, today: datetime.date) -> Any:
        return super().fill(today) | {
            "between": self.one_of("between", tuple(Between), Between.COUNTRIES),
            "near": self.one_of("near", ("", *Nearness), ""),
            "show": self.one_of("show", ("", "all"), ""),
        }

    @property
    def shows_complete(self) -> bool:
        return bool(self.filled["show"])

    @property
    def pairs(self) -> list[Pair]:
        near = self.filled["near"]
        return [pair for pair in pairs_between(Between(self.filled["between"])) if near in ("", pair.nearness)]
