"""The forms of what belongs to a dossier. `values()` is what the services take, only after `is_valid()`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from noaber.apps.accounts.enums import TlpLabel
from noaber.apps.accounts.models import Organisation
from noaber.apps.events.enums import Impact, Likelihood
from noaber.apps.events.forms.dossiers import organisation_choices, public_field
from noaber.apps.events.models import LONGEST_TITLE
from noaber.apps.events.values import RiskData
from noaber.apps.records.forms import words_field
from noaber.apps.registry.coded import capability_choices, hazard_choices
from noaber.apps.registry.fields import MAX_QUANTITY
from noaber.apps.registry.forms.capacities import language_choices
from noaber.apps.registry.forms.contacts import phone_field
from noaber.apps.registry.forms.places import PlaceFields
from noaber.apps.registry.models import AgreementRow, Capacity
from noaber.apps.registry.presenters.agreements import title_of
from noaber.apps.registry.queries.agreements import agreement_of
from noaber.web.forms import MomentField, QuantityInput, check_text
from noaber.web.written_in import WrittenInField


def _choose(form: forms.Form, field: str, choices: Iterable[tuple[Any, Any]]) -> None:
    form.fields[field].choices = list(choices)  # type: ignore[attr-defined]


class PlaceForm(PlaceFields):
    begins_at = MomentField(label=_("From"), required=False)
    ends_at = MomentField(label=_("Until"), required=False)
    expected_public = public_field()
    note = words_field(_("Note"), rows=3, required=False)
    language = WrittenInField()

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if not found.get("place") and "place" not in self.errors:
            self.add_error("place", _("Give the place a name."))
        unplaced = found.get("lon") is None or found.get("lat") is None
        if unplaced and not {"lon", "lat"} & set(self.errors):
            self.add_error("lon", _("Choose a place of the list, or give its longitude and latitude."))
        return found

    def values(self) -> dict[str, Any]:
        found = dict(self.cleaned_data)
        return found | {"name": found.pop("place"), "language": found["language"] if found["note"] else ""}


class PartnerForm(forms.Form):
    organisation = forms.ChoiceField(
        label=_("Organisation"), help_text=_("It sees the event from now on, whatever its label and groups.")
    )
    role = forms.CharField(label=_("Role"), max_length=LONGEST_TITLE, validators=[check_text])
    language = WrittenInField()

    def __init__(self, *args: Any, organisations: Iterable[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.organisations = {other.code: other for other in organisations}
        _choose(self, "organisation", organisation_choices(self.organisations.values()))

    def values(self) -> dict[str, Any]:
        return self.cleaned_data | {"organisation": self.organisations[self.cleaned_data["organisation"]]}


class ShiftForm(forms.Form):
    """Functions, not persons: the roster stays when people change."""

    organisation = forms.ChoiceField(label=_("Officer of"))
    function = forms.CharField(
        label=_("Function"),
        max_length=160,
        validators=[check_text],
        help_text=_("Who sits there, by function: “Liaison officer, early shift”."),
    )
    begins_at = MomentField(label=_("From"))
    ends_at = MomentField(label=_("Until"))
    place = forms.CharField(label=_("Where"), required=False, max_length=120, validators=[check_text])
    phone = phone_field()
    languages = forms.MultipleChoiceField(
        label=_("Languages spoken"), required=False, widget=forms.CheckboxSelectMultiple
    )
    handover = words_field(_("Handover"), rows=3, required=False, help_text=_("What the next one must know."))
    language = WrittenInField()

    def __init__(self, *args: Any, organisations: Iterable[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.organisations = {other.code: other for other in organisations}
        _choose(self, "organisation", organisation_choices(self.organisations.values()))
        _choose(self, "languages", language_choices())

    def values(self) -> dict[str, Any]:
        found = self.cleaned_data
        return found | {
            "organisation": self.organisations[found["organisation"]],
            "language": found["language"] if found["handover"] else "",
        }


class WhatIfForm(forms.Form):
    condition = forms.CharField(label=_("If"), max_length=LONGEST_TITLE, validators=[check_text])
    measures = words_field(_("Then"), help_text=_("Who does what, in which order."))
    language = WrittenInField()
    caller = forms.ChoiceField(label=_("Who calls"), required=False)
    called = forms.ChoiceField(label=_("Who is called"), required=False)
    capabilities = forms.MultipleChoiceField(
        label=_("With what"), required=False, widget=forms.SelectMultiple({"size": 5})
    )
    agreement = forms.ChoiceField(label=_("Under which text"), required=False)
    position = forms.IntegerField(
        label=_("Order"), min_value=0, max_value=999, initial=0, widget=QuantityInput(maximum=999)
    )

    def __init__(
        self, *args: Any, organisations: Iterable[Organisation], texts: Iterable[AgreementRow], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.organisations = {other.code: other for other in organisations}
        self.texts = {row.code: row for row in texts}
        nobody = [("", _("not said")), *organisation_choices(self.organisations.values())]
        _choose(self, "caller", nobody)
        _choose(self, "called", nobody)
        _choose(self, "capabilities", capability_choices())
        titles = ((code, f"{code} · {title_of(agreement_of(row))}") for code, row in self.texts.items())
        _choose(self, "agreement", [("", _("none")), *titles])

    def values(self) -> dict[str, Any]:
        found = self.cleaned_data
        return found | {
            "caller": self.organisations.get(found["caller"]),
            "called": self.organisations.get(found["called"]),
            "agreement": self.texts.get(found["agreement"]),
        }


class RiskForm(forms.Form):
    hazard = forms.ChoiceField(label=_("Hazard"))
    likelihood = forms.ChoiceField(label=_("Likelihood"), choices=Likelihood.choices)
    impact = forms.ChoiceField(label=_("Impact"), choices=Impact.choices)
    text = words_field(_("What may happen"))
    language = WrittenInField()
    tlp = forms.ChoiceField(
        label="TLP",
        choices=TlpLabel.choices,
        help_text=_("With the label of the event, lead and partners see it too; a stricter one is for the groups."),
    )

    def __init__(self, *args: Any, illustrative: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.illustrative = illustrative
        _choose(self, "hazard", hazard_choices())

    def values(self) -> RiskData:
        found = self.cleaned_data
        return RiskData(
            hazard=found["hazard"],
            likelihood=Likelihood(found["likelihood"]),
            impact=Impact(found["impact"]),
            text=found["text"],
            language=found["language"],
            tlp=TlpLabel(found["tlp"]),
            illustrative=self.illustrative,
        )


class ReservationForm(forms.Form):
    """Own capacities only."""

    capacity = forms.ChoiceField(label=_("Capacity"))
    quantity = forms.IntegerField(
        label=_("Teams"), min_value=1, max_value=MAX_QUANTITY, widget=QuantityInput(minimum=1, maximum=MAX_QUANTITY)
    )
    begins_at = MomentField(label=_("From"))
    ends_at = MomentField(label=_("Until"))

    def __init__(self, *args: Any, capacities: Iterable[Capacity], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.capacities = {str(one.pk): one for one in capacities}
        named = ((key, f"{one.name}, {one.base} ({one.owner.code})") for key, one in self.capacities.items())
        _choose(self, "capacity", named)

    def values(self) -> dict[str, Any]:
        return self.cleaned_data | {"capacity": self.capacities[self.cleaned_data["capacity"]]}
