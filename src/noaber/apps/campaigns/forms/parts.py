"""What those fill in who are asked: short forms with the fields that are asked and nothing besides.

The controls are those of the registry's own forms, so that labels, limits and sentences are the same.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, ClassVar, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from noaber.apps.accounts.models import Organisation, SharingGroup
from noaber.apps.campaigns.enums import Part
from noaber.apps.campaigns.fillers import Filler
from noaber.apps.campaigns.items import CONTACT_VALUES, Item
from noaber.apps.registry.coded import grouped_capability_choices
from noaber.apps.registry.forms.agreement_facts import CONTROLS
from noaber.apps.registry.forms.capacities import CapacityForm, capacity_initial, language_choices
from noaber.apps.registry.forms.contacts import ContactForm, contact_initial
from noaber.apps.registry.forms.inventory import SAYS, FieldCheckForm
from noaber.apps.registry.forms.local_agreements import LocalAgreementForm
from noaber.apps.registry.models import AgreementRow, ContactPoint
from noaber.apps.registry.services.contacts import FIELDS as CONTACT_FIELDS
from noaber.core.agreements import Confidence
from noaber.web.forms import DayInput

CAPACITY_CONTROLS: Final = {
    "name": ("name",),
    "capabilities": ("capability",),
    "quantity": ("quantity",),
    "mobilisation_minutes": ("mobilisation_minutes",),
    "languages": ("languages",),
    "cost_per_day_eur": ("cost_per_day_eur",),
}


class UnknownForm(forms.Form):
    """“I do not know”, and who would."""

    who = forms.CharField(
        label=_("Who would know?"),
        required=False,
        max_length=200,
        help_text=_("A function or an office; nobody is asked without you."),
    )
    note = forms.CharField(label=_("Remark"), required=False, max_length=500)


class CapacityCorrection(forms.Form):
    """The asked fields of a capacity."""

    name = CapacityForm.base_fields["name"]
    capability = CapacityForm.base_fields["capability"]
    quantity = CapacityForm.base_fields["quantity"]
    mobilisation_minutes = CapacityForm.base_fields["mobilisation_minutes"]
    languages = CapacityForm.base_fields["languages"]
    cost_per_day_eur = CapacityForm.base_fields["cost_per_day_eur"]

    def __init__(self, *args: Any, fields: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked = set(fields)
        self.fields["capability"].choices = grouped_capability_choices()  # type: ignore[attr-defined]
        self.fields["languages"].choices = language_choices()  # type: ignore[attr-defined]
        for name, controls in CAPACITY_CONTROLS.items():
            for control in controls if name not in asked else ():
                del self.fields[control]

    def values_over(self, capacity: Any) -> dict[str, Any]:
        """What the service takes; of the capabilities only the first is asked, the others stay."""
        return self.values(row.capability for row in capacity.capability_rows.all()[1:])

    def values(self, also: Iterable[str] = ()) -> dict[str, Any]:
        """What the service takes, with these further capabilities; only after `is_valid()`."""
        found = dict(self.cleaned_data)
        if "capability" in found:
            main = found.pop("capability")
            found["capabilities"] = (main, *(code for code in also if code != main))
        if "languages" in found:
            found["languages"] = tuple(found["languages"])
        return found


class MissingCapacity(CapacityCorrection):
    """A capacity in few words; the town stands for its place."""

    town = forms.CharField(
        label=_("Town or municipality"), max_length=120, help_text=_("Where the teams stand; the nearest is taken.")
    )
    field_order = ("name", "capability", "quantity", "town", "mobilisation_minutes")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, fields=("name", "capabilities", "quantity", "mobilisation_minutes"), **kwargs)

    def values(self, also: Iterable[str] = ()) -> dict[str, Any]:
        return {name: value for name, value in super().values(also).items() if name != "town"}


class ContactCorrection(ContactForm):
    """The asked fields of a contact point, and always how it is reached: that is what it is for."""

    def __init__(self, *args: Any, fields: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, organisations=(), groups=SharingGroup.objects.none(), **kwargs)
        asked = {value for name in (*fields, "reach") for value in CONTACT_VALUES[name]}
        for name in list(self.fields):
            if name not in asked:
                del self.fields[name]

    def values_over(self, contact: ContactPoint) -> dict[str, Any]:
        """What the service takes: what was given over what stands there; only after `is_valid()`."""
        stands = {name: getattr(contact, name) for name in CONTACT_FIELDS}
        return {**stands, **{name: self.cleaned_data[name] for name in self.fields}}


class MissingContact(ContactForm):
    """A function in few words."""

    SHORT: ClassVar = ("field", "function", "phone", "second_channel", "mail", "languages", "always_open")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, organisations=(), groups=SharingGroup.objects.none(), **kwargs)
        for name in list(self.fields):
            if name not in self.SHORT:
                del self.fields[name]
        self.order_fields(self.SHORT)

    def values(self) -> dict[str, Any]:
        rest: dict[str, Any] = {
            "function_language": "",
            "hours": "",
            "open_days": [],
            "opens_at": None,
            "closes_at": None,
        }
        return {**self.cleaned_data, **rest, "tlp": "AMBER"}


class AgreementCorrection(FieldCheckForm):
    """“The text says”: one field, with where one knows it from."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, may_state=True, **kwargs)
        for name in ("finding", "on", "note"):
            del self.fields[name]
        self.fields["source"].required = False
        self.fields["source"].label = _("Where do you know it from?")
        self.fields["confidence"].initial = Confidence.SOURCED.value
        self.together = (CONTROLS.get(self.field, ()),)

    def clean(self) -> None:
        self.cleaned_data["finding"] = SAYS
        super().clean()

    def values_over(self, row: AgreementRow) -> dict[str, Any]:
        """What the service takes; only after `is_valid()`."""
        found = self.cleaned_data
        return {
            "value": self._value(),
            "source": found["source"],
            "confidence": Confidence(found["confidence"]),
        }


class MissingAgreement(forms.Form):
    """A local arrangement in few words: between the territories of its parties, both ways.

    What is not said stays unknown, and can be looked up later.
    """

    title = forms.CharField(label=_("Title"), max_length=300)
    parties = forms.MultipleChoiceField(label=_("With whom"), widget=forms.SelectMultiple({"size": 6}))
    signed = forms.DateField(label=_("Signed"), required=False, widget=DayInput)
    source = forms.CharField(label=_("Where the text can be read"), max_length=300)

    def __init__(self, *args: Any, organisations: Iterable[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        listed = [(row.code, f"{row.code} · {row.name}") for row in organisations]
        self.fields["parties"].choices = listed  # type: ignore[attr-defined]

    def data_for(self, filler: Filler, code: str, language: str, today: date) -> dict[str, Any]:
        """The JSON value of the agreement, as the registry's own form makes it; only after `is_valid()`."""
        found = self.cleaned_data
        parties = list(dict.fromkeys([filler.ask.organisation.code, *found["parties"]]))
        organisations = Organisation.objects.filter(code__in=parties)
        unknown = dict.fromkeys(("trigger", "certificate_required", "cost_rule"), "unknown")
        territories = " ".join(sorted({row.territory or row.country for row in organisations} - {""}))
        own = LocalAgreementForm(
            {
                **unknown,
                "providers": territories,
                "receivers": territories,
                "id": code,
                "title": found["title"],
                "language": language,
                "kind": "arrangement",
                "level": "local",
                "parties": parties,
                "signed": found["signed"] and found["signed"].isoformat(),
                "source": found["source"],
                "confidence": Confidence.SOURCED.value,
                "checked_on": today.isoformat(),
                "tlp": "AMBER",
            },
            organisations=organisations,
            texts=(),
            groups=SharingGroup.objects.none(),
            is_new=True,
        )
        if not own.is_valid():
            raise ValueError(f"the short form of an arrangement does not fill the long one: {own.errors}")
        return own.data_for(code, f"{filler.author.by}, {filler.reader.code}", {})


def correction_form(filler: Filler, item: Item, data: Any, *, today: date, language: str) -> Any:
    """The short form for one thing; bound where `data` is given."""
    match filler.ask.part:
        case Part.CAPACITIES:
            return CapacityCorrection(data, fields=filler.ask.fields, initial=capacity_initial(item.subject))
        case Part.CONTACTS:
            return ContactCorrection(data, fields=filler.ask.fields, initial=contact_initial(item.subject))
        case _:
            return AgreementCorrection(
                data, field=item.field, data_of=item.subject.data, today=today, language=language
            )


def missing_form(filler: Filler, data: Any) -> Any:
    """The short form for what is missing."""
    match filler.ask.part:
        case Part.CAPACITIES:
            return MissingCapacity(data)
        case Part.CONTACTS:
            return MissingContact(data)
        case _:
            others = Organisation.objects.exclude(pk=filler.ask.organisation_id)
            return MissingAgreement(data, organisations=others)
