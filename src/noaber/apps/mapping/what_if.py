"""The change that an address describes, and the question that is asked of it."""

from __future__ import annotations

import datetime
from enum import StrEnum
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from noaber.apps.mapping.draft_address import PARTS
from noaber.apps.mapping.forms.page_queries import RegionForm
from noaber.apps.mapping.neighbours import Between, pairs_between
from noaber.apps.mapping.sides import Rows, sides_of
from noaber.apps.records.forms import SharingForm
from noaber.apps.registry.coded import grouped_capability_choices, hazard_choices, territory_name
from noaber.apps.registry.fields import MAX_MOBILISATION_MINUTES
from noaber.apps.registry.presenters.agreements import title_of
from noaber.core.agreements import Agreement, Level, Wording
from noaber.core.agreements.change import Change, EndedText, NewText, ShorterApproval
from noaber.core.agreements.scope import country_of
from noaber.reference.region import COUNTRIES
from noaber.reference.vocabulary import load_capabilities, load_hazards
from noaber.web.forms import QuantityInput, check_text
from noaber.web.reader import reader_language

DRAFT_ID = "DRAFT"
USUAL_MINUTES = 60


class ChangeKind(StrEnum):
    """What would change."""

    NEW = "new"
    ENDED = "ended"
    SHORTER = "shorter"


KINDS = {
    ChangeKind.NEW: _("A new text"),
    ChangeKind.ENDED: _("A text ends"),
    ChangeKind.SHORTER: _("Another approval time"),
}
_FIELDS = {
    ChangeKind.NEW: ("party", "helps", "hazards", "minutes"),
    ChangeKind.ENDED: ("text",),
    ChangeKind.SHORTER: ("text", "minutes"),
}


class WhatIfForm(RegionForm):
    """The change, and the help and hazard that are looked at."""

    kind = forms.ChoiceField(label=_("What changes"), choices=list(KINDS.items()))
    party = forms.MultipleChoiceField(
        label=_("Between"),
        required=False,
        widget=forms.SelectMultiple(attrs={"size": 8}),
        help_text=_("Two or more; hold Ctrl."),
    )
    helps = forms.MultipleChoiceField(
        label=_("For which help"),
        required=False,
        widget=forms.SelectMultiple(attrs={"size": 6}),
        help_text=_("None chosen: for all."),
    )
    hazards = forms.MultipleChoiceField(
        label=_("At which hazards"),
        required=False,
        widget=forms.SelectMultiple(attrs={"size": 6}),
        help_text=_("None chosen: at all."),
    )
    text = forms.ChoiceField(label=_("Text"))
    minutes = forms.IntegerField(
        label=_("Minutes until the approval, assumed"), widget=QuantityInput(maximum=MAX_MOBILISATION_MINUTES)
    )
    field_order = ("kind", "party", "text", "helps", "hazards", "minutes", "capability", "hazard", "on")

    def __init__(self, query: QueryDict, *, today: datetime.date, texts: tuple[Agreement, ...]) -> None:
        self.texts = {text.id: text for text in texts if text.gives_help}
        self.choices_of_parties = party_choices()
        super().__init__(query, today=today)
        self.use_required_attribute = False
        self._choose("party", self.choices_of_parties)
        self._choose("helps", grouped_capability_choices())
        self._choose("hazards", hazard_choices())
        self._choose("text", sorted(((text.id, title_of(text)) for text in texts if text.gives_help), key=_by_title))
        shown = {"kind", "capability", "hazard", "on", *_FIELDS[self.kind_asked]}
        for name in [name for name in self.fields if name not in shown]:
            del self.fields[name]

    def _choose(self, name: str, choices: Any) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]

    def fill(self, today: datetime.date) -> Any:
        filled = QueryDict(mutable=True)
        for name, value in super().fill(today).items():
            filled[name] = value
        filled["kind"] = self.one_of("kind", tuple(ChangeKind), ChangeKind.NEW)
        filled["text"] = self.one_of("text", tuple(self.texts), next(iter(self.texts), ""))
        filled["minutes"] = str(self._minutes())
        known = {code for _group, choices in self.choices_of_parties for code, _name in choices}
        filled.setlist("party", self._several("party", known))
        filled.setlist("helps", self._several("helps", load_capabilities()))
        filled.setlist("hazards", self._several("hazards", load_hazards()))
        return filled

    def _several(self, name: str, known: Any) -> list[str]:
        asked = self.query.getlist(name) if isinstance(self.query, QueryDict) else []
        return [code for code in dict.fromkeys(asked) if code in known]

    def _minutes(self) -> int:
        said = self.query.get("minutes", "")
        if said.isascii() and said.isdigit() and len(said) < 6 and int(said) <= MAX_MOBILISATION_MINUTES:
            return int(said)
        return USUAL_MINUTES

    @property
    def kind_asked(self) -> ChangeKind:
        return ChangeKind(self.filled["kind"])

    @property
    def change(self) -> Change | None:
        """The change; None where it is not described in full yet: a new text between fewer than two countries."""
        minutes = float(self.filled["minutes"])
        match self.kind_asked:
            case ChangeKind.NEW:
                return self._new_text(minutes)
            case ChangeKind.ENDED:
                return EndedText(self.filled["text"]) if self.texts else None
            case ChangeKind.SHORTER:
                return ShorterApproval(self.filled["text"], minutes) if self.texts else None

    def _new_text(self, minutes: float) -> NewText | None:
        parties = tuple(self.filled.getlist("party"))
        if len({country_of(code) for code in parties}) < 2:
            return None
        return NewText(
            id=DRAFT_ID,
            title=Wording(**{reader_language(): self.title}),
            level=Level.STATE if all(code in COUNTRIES for code in parties) else Level.REGION,
            territories=parties,
            approval_minutes=minutes,
            capabilities=tuple(self.filled.getlist("helps")),
            hazards=tuple(self.filled.getlist("hazards")),
        )

    @property
    def title(self) -> str:
        """The change in one line, in the reader's language."""
        names = {
            "parties": " – ".join(territory_name(code) for code in self.filled.getlist("party")),
            "text": title_of(self.texts[self.filled["text"]]) if self.texts else "",
            "minutes": self.filled["minutes"],
        }
        match self.kind_asked:
            case ChangeKind.NEW:
                return gettext("Draft text %(parties)s") % names
            case ChangeKind.ENDED:
                return gettext("%(text)s ends") % names
            case ChangeKind.SHORTER:
                return gettext("%(text)s: approval after %(minutes)s minutes") % names

    @property
    def draft(self) -> dict[str, list[str]]:
        """The change and the question as an address would hold them: what a draft keeps."""
        shown = (name for name in PARTS if name in self.fields)
        return {name: values for name in shown if (values := self.filled.getlist(name))}


def party_choices() -> list[tuple[Any, list[tuple[str, str]]]]:
    """Countries, regions along a border, and the territories of the sides of the matrix, under their countries."""
    regions = {code for pair in pairs_between(Between.REGIONS) for code in (pair.one, pair.other)}
    codes = regions | {side.territory for side in sides_of(Rows.ALL)}
    finer = sorted(code for code in codes if code not in COUNTRIES)
    return [
        (_("Countries"), [(code, territory_name(code)) for code in COUNTRIES]),
        *(
            (territory_name(country), [(code, territory_name(code)) for code in finer if code.startswith(country)])
            for country in COUNTRIES
            if any(code.startswith(country) for code in finer)
        ),
    ]


def _by_title(choice: tuple[str, str]) -> str:
    return choice[1].casefold()


class KeepForm(SharingForm):
    """Under which name, and for whom, a change is kept."""

    title = forms.CharField(label=_("Title"), max_length=160, validators=[check_text])
    field_order = ("title", "tlp", "groups")
