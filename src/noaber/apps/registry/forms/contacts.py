"""The form of a contact point."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from noaber.apps.accounts.enums import OrganisationKind
from noaber.apps.accounts.models import Organisation
from noaber.apps.records.forms import SharingForm
from noaber.apps.registry.contact_state import LONGEST_MONTHS, SHORTEST_MONTHS
from noaber.apps.registry.enums import ContactCheck, ContactField
from noaber.apps.registry.forms.capacities import language_choices
from noaber.apps.registry.models import ContactPoint
from noaber.web.forms import DayInput, QuantityInput
from noaber.web.written_in import PerhapsWrittenInField

VERIFYING = (ContactCheck.ANSWERED, ContactCheck.NOT_RUNG)
_OF_A_NUMBER = frozenset("+0123456789 ()-/.")


def check_phone(phone: str) -> None:
    """A validator: digits as one writes a number, with at most one sign of the country code."""
    if not set(phone) <= _OF_A_NUMBER or phone.count("+") > 1:
        raise forms.ValidationError(_("Write digits, with the country code: +32 2 000 00 00."))


def phone_field() -> forms.CharField:
    return forms.CharField(
        label=_("Phone"),
        required=False,
        max_length=40,
        validators=[check_phone],
        widget=forms.TextInput({"inputmode": "tel"}),
    )


class TimeInput(forms.TimeInput):
    """Hours and minutes, as the reader's browser asks for them."""

    input_type = "time"

    def __init__(self) -> None:
        super().__init__(format="%H:%M")


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
    function_language = PerhapsWrittenInField()
    languages = forms.MultipleChoiceField(
        label=_("Languages spoken"), required=False, widget=forms.CheckboxSelectMultiple
    )
    phone = phone_field()
    second_channel = forms.CharField(
        label=_("Second channel"),
        required=False,
        max_length=160,
        help_text=_("Where the first one fails: satellite phone, radio, another number."),
    )
    mail = forms.EmailField(label=_("Mail"), required=False)
    always_open = forms.BooleanField(label=_("Day and night"), required=False)
    open_days = forms.TypedMultipleChoiceField(
        label=_("Open on"),
        required=False,
        coerce=int,
        choices=[(day + 1, WEEKDAYS[day]) for day in range(7)],
        widget=forms.CheckboxSelectMultiple,
        help_text=_("On the clock of the organisation; with the times, pages say whether it is open now."),
    )
    opens_at = forms.TimeField(label=_("Opens at"), required=False, widget=TimeInput)
    closes_at = forms.TimeField(label=_("Closes at"), required=False, widget=TimeInput)
    hours = forms.CharField(
        label=_("About its hours"), required=False, max_length=120, help_text=_("What the times do not say: holidays.")
    )
    check = forms.ChoiceField(
        label=_("Verified with this"),
        required=False,
        choices=[("", _("not now")), *(choice for choice in ContactCheck.choices if choice[0] in VERIFYING)],
        help_text=_("A number that is changed has to be verified again."),
    )
    field_order = (
        "organisation",
        "field",
        "function",
        "function_language",
        "phone",
        "second_channel",
        "mail",
        "languages",
        "always_open",
        "open_days",
        "opens_at",
        "closes_at",
        "hours",
        "tlp",
        "groups",
        "check",
    )
    together = (("phone", "second_channel", "mail", "check"), ("always_open", "open_days", "opens_at", "closes_at"))

    def __init__(self, *args: Any, organisations: Iterable[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        listed = [(str(other.pk), f"{other.code} · {other.name}") for other in organisations]
        self.fields["organisation"].choices = listed  # type: ignore[attr-defined]
        self.fields["languages"].choices = language_choices()  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if not self.errors and not any(found.get(name) for name in ("phone", "second_channel", "mail")):
            self.add_error("phone", _("Name at least one way by which the function is reached."))
        self._check_hours(found)
        return found

    def _check_hours(self, found: dict[str, Any]) -> None:
        """Days and both times belong together; day and night needs none of them."""
        if found.get("always_open"):
            found |= {"open_days": [], "opens_at": None, "closes_at": None}
            return
        given = [bool(found.get("open_days")), *(found.get(name) is not None for name in ("opens_at", "closes_at"))]
        if self.errors or not any(given):
            return
        if not all(given):
            self.add_error("open_days", _("Say on which days, from when and until when; or leave all three empty."))
        elif found["opens_at"] == found["closes_at"]:
            self.add_error("closes_at", _("Choose another time than the one at which it opens, or tick day and night."))

    def values(self) -> dict[str, Any]:
        """By field; only after `is_valid()`."""
        found = dict(self.cleaned_data)
        del found["groups"], found["check"]
        organisation = int(found.pop("organisation"))
        return {**found, "organisation_id": organisation}


def contact_initial(contact: ContactPoint) -> dict[str, Any]:
    """What the form of a contact point that is there begins with."""
    names = [name for name in ContactForm.field_order if name not in ("organisation", "groups", "check")]
    return {name: getattr(contact, name) for name in names} | {
        "organisation": str(contact.organisation_id),
        "groups": [group.code for group in contact.groups.all()],
    }


class VerifyForm(forms.Form):
    """The day, and what came of it; the button that is pressed says which."""

    on = forms.DateField(label=_("Tried on"), widget=DayInput)
    check = forms.ChoiceField(choices=ContactCheck.choices, widget=forms.HiddenInput)

    def __init__(self, *args: Any, today: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].initial = today
        self.today = today

    def clean_on(self) -> Any:
        if self.cleaned_data["on"] > self.today:
            raise forms.ValidationError(_("Choose today or an earlier day."))
        return self.cleaned_data["on"]


class RoutineForm(forms.Form):
    every_months = forms.IntegerField(
        label=_("Verify every … months"),
        min_value=SHORTEST_MONTHS,
        max_value=LONGEST_MONTHS,
        widget=QuantityInput(minimum=SHORTEST_MONTHS, maximum=LONGEST_MONTHS),
        help_text=_("Six months is twice a year."),
    )


class GapsFilterForm(forms.Form):
    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=[("", _("all")), *OrganisationKind.choices])
    country = forms.ChoiceField(label=_("Country"), required=False)
    gaps = forms.BooleanField(label=_("Only where something is missing or expired"), required=False)

    def __init__(self, *args: Any, countries: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["country"].choices = [("", _("all")), *((code, code) for code in countries)]  # type: ignore[attr-defined]

    def wanted(self) -> dict[str, Any]:
        self.is_valid()
        found = self.cleaned_data
        return {
            "kind": found.get("kind", ""),
            "country": found.get("country", ""),
            "only_gaps": found.get("gaps", False),
        }
