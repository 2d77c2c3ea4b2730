"""The questions about agreements, and what one may write down: a check, an assumption, a local arrangement."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from noaber.apps.accounts.models import Organisation
from noaber.apps.registry.coded import grouped_capability_choices, hazard_choices
from noaber.apps.registry.fields import MAX_MOBILISATION_MINUTES
from noaber.apps.registry.forms.places import TerritoryOnlyFields
from noaber.apps.registry.presenters.legal_words import LEVELS
from noaber.apps.registry.who_may_help import SIDES, Between
from noaber.core.agreements import Agreement, Answer, Level, Question, may_help
from noaber.reference.vocabulary import load_capabilities, load_hazards
from noaber.web.forms import DayInput, QuantityInput

ANY_HELP = ("", _("any help"))
ANY_HAZARD = ("", _("any hazard"))

BETWEEN_WORDS = [
    (Between.STATES.value, _("States and Länder")),
    (Between.BORDER.value, _("Border regions")),
]


@dataclass(frozen=True)
class Chosen:
    """What the matrix is about."""

    capability: str | None
    hazard: str | None
    between: Between
    on: datetime.date
    owner: str
    place: str


class QuestionForm(forms.Form):
    """Which help, against which hazard, on which day."""

    capability = forms.ChoiceField(label=_("Help"), required=False)
    hazard = forms.ChoiceField(label=_("Hazard"), required=False)
    on = forms.DateField(label=_("As of"), required=False, widget=DayInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["capability"].choices = [ANY_HELP, *grouped_capability_choices()]  # type: ignore[attr-defined]
        self.fields["hazard"].choices = [ANY_HAZARD, *hazard_choices()]  # type: ignore[attr-defined]


class MatrixForm(QuestionForm):
    """An address that asks for something odd gets the usual matrix: it is a page to look at, not an order."""

    between = forms.ChoiceField(label=_("Between"), choices=BETWEEN_WORDS, required=False)
    field_order = ("capability", "hazard", "between", "on")

    def __init__(self, query: Any, *, today: datetime.date) -> None:
        self.query = query or {}
        self.today = today
        super().__init__(self._filled())

    def _filled(self) -> dict[str, str]:
        """The address with defaults for what it does not say or what is not known, so that the form shows it."""
        capability = self.query.get("capability", "HCP")
        hazard = self.query.get("hazard", "flood")
        between = self.query.get("between", Between.STATES.value)
        return {
            "capability": capability if capability in load_capabilities() or not capability else "HCP",
            "hazard": hazard if hazard in load_hazards() or not hazard else "flood",
            "between": between if between in list(Between) else Between.STATES.value,
            "on": (_day(self.query.get("on", "")) or self.today).isoformat(),
        }

    def chosen(self) -> Chosen:
        filled = self._filled()
        between = Between(filled["between"])
        sides = SIDES[between]
        owner, place = (self.query.get(name, "") for name in ("from", "to"))
        return Chosen(
            capability=filled["capability"] or None,
            hazard=filled["hazard"] or None,
            between=between,
            on=datetime.date.fromisoformat(filled["on"]),
            owner=owner if owner in sides else "",
            place=place if place in sides else "",
        )


def _day(text: str) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        return None


class TwoPlacesForm(QuestionForm):
    """Two places of one's choice."""

    field_order = ("capability", "hazard", "on")

    def __init__(self, query: Any, *, today: datetime.date) -> None:
        super().__init__(query or None, initial={"capability": "HCP", "hazard": "flood", "on": today})
        self.today = today
        self.owner = TerritoryOnlyFields(query or None, prefix="from")
        self.place = TerritoryOnlyFields(query or None, prefix="to")

    def is_valid(self) -> bool:
        return all([super().is_valid(), self.owner.is_valid(), self.place.is_valid()])

    def answer(self, texts: tuple[Agreement, ...]) -> Answer:
        """Only after `is_valid()`."""
        question = Question(
            owner_territory=self.owner.cleaned_data["territory"],
            place_territory=self.place.cleaned_data["territory"],
            capability=self.cleaned_data["capability"] or None,
            hazard=self.cleaned_data["hazard"] or None,
        )
        return may_help(question, texts, self.cleaned_data["on"] or self.today)


class CheckForm(forms.Form):
    on = forms.DateField(label=_("Checked on"), widget=DayInput)
    note = forms.CharField(
        label=_("Against what"),
        max_length=300,
        help_text=_("The edition or page that you held it against: “Belgisch Staatsblad, 22 October 2013”."),
    )

    def __init__(self, *args: Any, today: datetime.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].initial = today
        self.today = today

    def clean_on(self) -> datetime.date:
        on: datetime.date = self.cleaned_data["on"]
        if on > self.today:
            raise forms.ValidationError(_("A check lies in the past; choose today or an earlier day."))
        return on


class AssumptionForm(forms.Form):
    """For one text, or for every text of a level that has no number of its own."""

    target = forms.ChoiceField(label=_("For"))
    minutes = forms.IntegerField(
        label=_("Minutes until the approval"),
        min_value=0,
        max_value=MAX_MOBILISATION_MINUTES,
        widget=QuantityInput(maximum=MAX_MOBILISATION_MINUTES),
    )
    as_of = forms.DateField(label=_("As of"), widget=DayInput)
    note = forms.CharField(
        label=_("Where the number comes from"),
        max_length=300,
        required=False,
        help_text=_("For example: mean of four exercises."),
    )

    def __init__(self, *args: Any, texts: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        levels = [(f"level:{level.value}", LEVELS[level]) for level in Level]
        self.fields["target"].choices = [  # type: ignore[attr-defined]
            (_("One text"), [(f"text:{code}", title) for code, title in texts]),
            (_("Every other text of a level"), levels),
        ]

    def target_parts(self) -> dict[str, str]:
        """What the service takes."""
        kind, _colon, value = self.cleaned_data["target"].partition(":")
        return {"agreement_id": value} if kind == "text" else {"level": value}


def group_choices(organisation: Organisation) -> list[tuple[str, str]]:
    """The sharing groups to which an organisation belongs, for a form."""
    return [(group.code, group.name) for group in organisation.sharing_groups.all()]
