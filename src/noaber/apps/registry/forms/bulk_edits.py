"""The form of a change of many capacities: a field that is left empty stays as it is in each of them."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from noaber.apps.accounts.enums import TlpLabel
from noaber.apps.accounts.models import SharingGroup
from noaber.apps.registry.coded import host_need_choices, in_reader_language
from noaber.apps.registry.enums import CapacityState
from noaber.apps.registry.fields import MAX_MOBILISATION_MINUTES, MAX_QUANTITY, BadText, read_attribute
from noaber.apps.registry.forms.capacities import language_choices
from noaber.apps.registry.services.bulk_edits import ADD, LISTED, REMOVE
from noaber.core.problems import Problem
from noaber.reference.vocabulary import AttributeKind, load_attributes
from noaber.web import wording
from noaber.web.forms import DayInput, MomentField, QuantityInput

STAYS: Final = ("", _("as it is"))
PLAIN: Final = (
    "mobilisation_minutes",
    "share_up_to",
    "tlp",
    "cost_mobilisation_eur",
    "cost_per_day_eur",
    "cost_per_km_eur",
    "cost_as_of",
    "cost_basis",
    "release_function",
    "release_organisation",
    "release_channel",
    "source",
)
EMPTIED: Final = {
    "share_up_to": (None, _("Up to this many may go")),
    "cost_mobilisation_eur": (None, _("Mobilisation, EUR")),
    "cost_per_day_eur": (None, _("Per day, EUR")),
    "cost_per_km_eur": (None, _("Per km, EUR")),
    "cost_as_of": (None, _("Costs as of")),
    "cost_basis": ("", _("Costs based on")),
    "release_function": ("", _("Function that releases it")),
    "release_organisation": ("", _("Organisation that releases it")),
    "release_channel": ("", _("How it is reached")),
    "source": ("", _("Source of the figures")),
}
"""What a field is when it is emptied, and what it is called."""


def _money(label: Any) -> forms.DecimalField:
    return forms.DecimalField(label=label, required=False, min_value=0, max_digits=10, decimal_places=2)


class BulkForm(forms.Form):
    """`given()` is what the service takes."""

    state = forms.ChoiceField(label=_("State"), required=False, choices=[STAYS, *CapacityState.choices])
    reduced_to = forms.IntegerField(
        label=_("Teams left, if reduced"), required=False, min_value=1, widget=QuantityInput(minimum=1)
    )
    until = MomentField(label=_("Until"), required=False)
    state_reason = forms.CharField(label=_("Reason of the state"), required=False, max_length=200)
    mobilisation_minutes = forms.IntegerField(
        label=_("Leaves after, minutes"),
        required=False,
        min_value=0,
        max_value=MAX_MOBILISATION_MINUTES,
        widget=QuantityInput(maximum=MAX_MOBILISATION_MINUTES),
    )
    share_up_to = forms.IntegerField(
        label=_("Others see: up to"),
        required=False,
        min_value=0,
        max_value=MAX_QUANTITY,
        widget=QuantityInput(maximum=MAX_QUANTITY),
    )
    cost_mobilisation_eur = _money(_("Mobilisation, EUR"))
    cost_per_day_eur = _money(_("Per day, EUR"))
    cost_per_km_eur = _money(_("Per km, EUR"))
    cost_as_of = forms.DateField(label=_("Costs as of"), required=False, widget=DayInput())
    cost_basis = forms.CharField(label=_("Costs based on"), required=False, max_length=200)
    release_function = forms.CharField(label=_("Function that releases it"), required=False, max_length=160)
    release_organisation = forms.CharField(label=_("Organisation that releases it"), required=False, max_length=160)
    release_channel = forms.CharField(label=_("How it is reached"), required=False, max_length=160)
    attribute = forms.ChoiceField(label=_("Property or limit"), required=False)
    attribute_value = forms.CharField(label=_("Its value"), required=False, max_length=160)
    tlp = forms.ChoiceField(label="TLP", required=False, choices=[STAYS, *TlpLabel.choices])
    source = forms.CharField(label=_("Source of the figures"), required=False, max_length=300)
    emptied = forms.MultipleChoiceField(
        label=_("Empty these fields"),
        required=False,
        choices=[(name, words) for name, (_value, words) in EMPTIED.items()],
        widget=forms.CheckboxSelectMultiple,
    )
    why = forms.CharField(label=_("Why it changes"), max_length=300)

    def __init__(self, *args: Any, groups: QuerySet[SharingGroup], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        listed = {
            "languages": (_("Add languages"), _("Take languages away"), language_choices()),
            "host_needs": (_("Add to what the host provides"), _("Take away of it"), host_need_choices()),
            "groups": (_("Share with"), _("Share no longer with"), [(group.code, group.name) for group in groups]),
        }
        for name, (add, remove, choices) in listed.items():
            for how, label in ((ADD, add), (REMOVE, remove)):
                self.fields[f"{name}_{how}"] = forms.MultipleChoiceField(
                    label=label, required=False, choices=choices, widget=forms.SelectMultiple({"size": 4})
                )
        known = [(code, in_reader_language(attribute.names)) for code, attribute in load_attributes().items()]
        self.fields["attribute"].choices = [STAYS, *known]  # type: ignore[attr-defined]

    def sections(self) -> list[tuple[Any, list[forms.BoundField]]]:
        """The fields under their headings."""
        return [
            (_("State"), self._bound("state", "reduced_to", "until", "state_reason")),
            (_("What a team needs"), self._bound("mobilisation_minutes", *self._lists("languages", "host_needs"))),
            (_("Estimated cost"), self._bound(*(name for name in PLAIN if name.startswith("cost_")))),
            (_("Who releases it"), self._bound("release_function", "release_organisation", "release_channel")),
            (_("Property or limit"), self._bound("attribute", "attribute_value")),
            (_("Sharing and source"), self._bound("tlp", "share_up_to", *self._lists("groups"), "source")),
        ]

    @staticmethod
    def _lists(*names: str) -> list[str]:
        return [f"{name}_{how}" for name in names for how in (ADD, REMOVE)]

    def _bound(self, *names: str) -> list[forms.BoundField]:
        return [self[name] for name in names]

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if found.get("state") == CapacityState.REDUCED and not found.get("reduced_to"):
            self.add_error("reduced_to", _("A reduced capacity needs the number of teams that are left."))
        self.attributes = self._attributes(found)
        if not self.errors and not self.given():
            raise forms.ValidationError(_("Nothing is to change yet: fill in at least one field."))
        return found

    def _attributes(self, found: dict[str, Any]) -> dict[str, Any]:
        code, text = found.get("attribute", ""), found.get("attribute_value", "").strip()
        if not code:
            return {}
        attribute = load_attributes()[code]
        try:
            return {code: read_attribute(attribute, text, decimal_comma=True)}
        except BadText as error:
            known = ", ".join(choice.code for choice in attribute.choices)
            hint = f" ({known})" if attribute.kind is AttributeKind.CHOICE else ""
            self.add_error("attribute_value", wording.problem(Problem(error.code, params=error.params)) + hint)
            return {}

    def given(self) -> dict[str, Any]:
        """By field, as JSON holds it."""
        found = self.cleaned_data
        given: dict[str, Any] = {name: _plain(found[name]) for name in PLAIN if found.get(name) not in (None, "")}
        given |= {name: EMPTIED[name][0] for name in found.get("emptied", ())}
        given |= self._state(found)
        for name in LISTED:
            change = {how: found[f"{name}_{how}"] for how in (ADD, REMOVE) if found.get(f"{name}_{how}")}
            if change:
                given[name] = change
        return given | ({"attributes": self.attributes} if self.attributes else {})

    @staticmethod
    def _state(found: dict[str, Any]) -> dict[str, Any]:
        """A state that is stated brings its end and its reason, also where they are empty."""
        if not found.get("state"):
            return {}
        available = found["state"] == CapacityState.AVAILABLE
        return {
            "state": found["state"],
            "reduced_to": found.get("reduced_to") if found["state"] == CapacityState.REDUCED else None,
            "state_until": None if available else _plain(found.get("until")),
            "state_reason": found.get("state_reason", ""),
        }


def _plain(value: Any) -> Any:
    match value:
        case Decimal():
            return f"{value:.2f}"
        case datetime() | date():
            return value.isoformat()
        case _:
            return value
