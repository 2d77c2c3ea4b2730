"""The form of a contact point."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from noaber.apps.accounts.models import LANGUAGES, Organisation
from noaber.apps.registry.enums import ContactField
from noaber.apps.registry.forms.capacities import SharingForm, language_choices
from noaber.web.forms import DayInput


class ContactFilterForm(forms.Form):
    q = forms.CharField(label=_("Organisation or function"), required=False, max_length=80)
    field = forms.ChoiceField(label=_("For"), required=False, choices=[("", _("all")), *ContactField.choices])
    due = forms.BooleanField(label=_("To be verified"), required=False)

    def wanted(self) -> dict[str, Any]:
        self.is_valid()
        return {
            "text": self.cleaned_data.get("q", ""),
            "field": self.cleaned_data.get("field", ""),
            "due": self.cleaned_data.get("due", False),
        }


class ContactForm(SharingForm):
    """Functions, not persons: numbers stay when people go."""

    organisation = forms.ChoiceField(label=_("Organisation"))
    field = forms.ChoiceField(label=_("For"), choices=ContactField.choices)
    function = forms.CharField(
        label=_("Function"), max_length=160, help_text=_("Who answers, by function: “Duty officer, operations room”.")
    )
    function_language = forms.ChoiceField(
        label=_("Written in"), required=False, choices=[("", _("not said")), *LANGUAGES]
    )
    languages = forms.MultipleChoiceField(
        label=_("Languages spoken"), required=False, widget=forms.CheckboxSelectMultiple
    )
    phone = forms.CharField(
        label=_("Phone"), required=False, max_length=40, widget=forms.TextInput({"inputmode": "tel"})
    )
    second_channel = forms.CharField(
        label=_("Second channel"),
        required=False,
        max_length=160,
        help_text=_("Where the first one fails: satellite phone, radio, another number."),
    )
    mail = forms.EmailField(label=_("Mail"), required=False)
    always_open = forms.BooleanField(label=_("Day and night"), required=False)
    hours = forms.CharField(label=_("Hours"), required=False, max_length=120)
    field_order = (
        "organisation",
        "field",
        "function",
        "function_language",
        "phone",
        "second_channel",
        "mail",
        "hours",
        "always_open",
        "languages",
        "tlp",
        "groups",
    )

    def __init__(self, *args: Any, organisations: Iterable[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        listed = [(str(other.pk), f"{other.code} · {other.name}") for other in organisations]
        self.fields["organisation"].choices = listed  # type: ignore[attr-defined]
        self.fields["languages"].choices = language_choices()  # type: ignore[attr-defined]

    def clean_phone(self) -> str:
        phone: str = self.cleaned_data["phone"].strip()
        if (phone and not set(phone) <= set("+0123456789 ()-/.")) or phone.count("+") > 1:
            raise forms.ValidationError(_("Write digits, with the country code: +32 2 000 00 00."))
        return phone

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if not self.errors and not any(found.get(name) for name in ("phone", "second_channel", "mail")):
            self.add_error("phone", _("Name at least one way by which the function is reached."))
        return found

    def values(self) -> dict[str, Any]:
        """By field; only after `is_valid()`."""
        found = dict(self.cleaned_data)
        del found["groups"]
        organisation = int(found.pop("organisation"))
        return {**found, "organisation_id": organisation}


class VerifyForm(forms.Form):
    on = forms.DateField(label=_("Reached on"), widget=DayInput)

    def __init__(self, *args: Any, today: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].initial = today
        self.today = today

    def clean_on(self) -> Any:
        if self.cleaned_data["on"] > self.today:
            raise forms.ValidationError(_("Choose today or an earlier day."))
        return self.cleaned_data["on"]
