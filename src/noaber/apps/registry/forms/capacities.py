"""Forms of capacities: the filter of the list, one capacity, its state, what stays at home, a file to import."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from noaber.apps.accounts.enums import TlpLabel
from noaber.apps.accounts.models import Organisation, SharingGroup
from noaber.apps.records.forms import SharingForm
from noaber.apps.registry.coded import (
    LANGUAGE_CODES,
    capability_choices,
    grouped_capability_choices,
    host_need_choices,
    in_reader_language,
)
from noaber.apps.registry.csv_import import MAX_BYTES
from noaber.apps.registry.enums import CapacityState
from noaber.apps.registry.fields import (
    CODE_PATTERN,
    MAX_MOBILISATION_MINUTES,
    MAX_QUANTITY,
    BadText,
    read_attribute,
    write_attribute,
)
from noaber.apps.registry.forms.places import PlaceFields
from noaber.apps.registry.queries.capacities import CapacityFilter
from noaber.core.problems import Problem
from noaber.reference.vocabulary import Attribute, AttributeKind, load_attributes
from noaber.web.forms import MomentField, QuantityInput, Segments
from noaber.web.templatetags.noaber import language_name
from noaber.web.written_in import PerhapsWrittenInField


def language_choices() -> list[tuple[str, str]]:
    return [(code, language_name(code)) for code in LANGUAGE_CODES]


class FilterForm(forms.Form):
    """An address that asks for something odd gets the whole list."""

    q = forms.CharField(label=_("Name, base, owner, territory"), required=False, max_length=80)
    capability = forms.ChoiceField(label=_("Capability"), required=False)
    owner = forms.ChoiceField(label=_("Owner"), required=False)
    country = forms.ChoiceField(label=_("Country"), required=False)
    state = forms.ChoiceField(label=_("State"), required=False)
    certificates = forms.ChoiceField(
        label=_("Certificates"),
        required=False,
        choices=[("", _("all")), ("expired", _("run out")), ("soon", _("run out or soon to"))],
    )
    stale = forms.BooleanField(label=_("Older than 24 hours"), required=False)

    def __init__(self, query: Any, *, owners: Iterable[str]) -> None:
        super().__init__(query)
        countries = sorted({owner[:2] for owner in owners if owner[2:3] == "-"})
        self._set("capability", [("", _("all")), *grouped_capability_choices()])
        self._set("owner", [("", _("all")), *((owner, owner) for owner in owners)])
        self._set("country", [("", _("all")), *((country, country) for country in countries)])
        self._set("state", [("", _("all")), *CapacityState.choices])

    def _set(self, name: str, choices: list[Any]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]

    def wanted(self) -> CapacityFilter:
        self.is_valid()
        found = self.cleaned_data
        return CapacityFilter(
            capability=found.get("capability", ""),
            owner=found.get("owner", ""),
            country=found.get("country", ""),
            state=found.get("state", ""),
            text=found.get("q", ""),
            stale=found.get("stale", False),
            certificates=found.get("certificates", ""),
        )


class StateForm(forms.Form):
    """The quick one: what is it now."""

    state = forms.ChoiceField(
        label=_("State"),
        choices=CapacityState.choices,
        widget=Segments(
            classes={
                CapacityState.AVAILABLE: "yes",
                CapacityState.REDUCED: "may",
                CapacityState.OUT_OF_SERVICE: "no",
            }
        ),
    )
    reduced_to = forms.IntegerField(
        label=_("Teams left, if reduced"),
        required=False,
        min_value=1,
        max_value=MAX_QUANTITY,
        widget=QuantityInput(minimum=1, maximum=MAX_QUANTITY),
    )
    until = MomentField(label=_("Until"), required=False)
    reason = forms.CharField(label=_("Reason"), required=False, max_length=200)

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if found.get("state") == CapacityState.REDUCED and not found.get("reduced_to"):
            self.add_error("reduced_to", _("A reduced capacity needs the number of teams that are left."))
        return found


def state_initial(capacity: Any) -> dict[str, Any]:
    """The state that a capacity is in, so that reporting it again loses nothing of it."""
    return {
        "state": capacity.state,
        "reduced_to": capacity.reduced_to,
        "until": capacity.state_until,
        "reason": capacity.state_reason,
    }


class CapacityForm(SharingForm, PlaceFields):
    """One capacity. `values()` is what the service takes."""

    owner = forms.ChoiceField(label=_("Owner"))
    code = forms.CharField(
        label=_("Id"), max_length=60, help_text=_("By which messages name it; it cannot be changed later.")
    )
    name = forms.CharField(label=_("Name"), max_length=160)
    capability = forms.ChoiceField(label=_("Capability"))
    also = forms.MultipleChoiceField(
        label=_("Also"),
        required=False,
        help_text=_("Other capabilities of the same teams."),
        widget=forms.SelectMultiple({"size": 5}),
    )
    quantity = forms.IntegerField(
        label=_("Teams"), min_value=1, max_value=MAX_QUANTITY, widget=QuantityInput(minimum=1, maximum=MAX_QUANTITY)
    )
    share_up_to = forms.IntegerField(
        label=_("Others see: up to"),
        required=False,
        min_value=0,
        max_value=MAX_QUANTITY,
        widget=QuantityInput(maximum=MAX_QUANTITY),
        help_text=_("Others then see that so many may go, and not how many there are. Empty shows the stock."),
    )
    mobilisation_minutes = forms.IntegerField(
        label=_("Leaves after, minutes"),
        min_value=0,
        max_value=MAX_MOBILISATION_MINUTES,
        widget=QuantityInput(maximum=MAX_MOBILISATION_MINUTES),
    )
    languages = forms.MultipleChoiceField(label=_("Languages"), required=False, widget=forms.CheckboxSelectMultiple)
    host_needs = forms.MultipleChoiceField(
        label=_("What the host must provide"), required=False, widget=forms.CheckboxSelectMultiple
    )
    host_note = forms.CharField(
        label=_("More for the host"), required=False, max_length=2000, widget=forms.Textarea({"rows": 2})
    )
    host_note_language = PerhapsWrittenInField()
    cost_per_day_eur = forms.DecimalField(
        label=_("Estimated cost per day, EUR"), required=False, min_value=0, max_digits=10, decimal_places=2
    )
    source = forms.CharField(label=_("Source of the figures"), required=False, max_length=300)
    illustrative = forms.BooleanField(label=_("Illustrative: the figures are invented"), required=False)
    reason = forms.CharField(label=_("Why it changes"), required=False, max_length=300)
    together = (("place", "territory", "lon", "lat"),)

    def __init__(
        self, *args: Any, owners: Iterable[Organisation], groups: QuerySet[SharingGroup], is_new: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, groups=groups, **kwargs)
        self._choices("owner", [(owner.code, f"{owner.code} · {owner.name}") for owner in owners])
        self._choices("capability", grouped_capability_choices())
        self._choices("also", capability_choices())
        self._choices("languages", language_choices())
        self._choices("host_needs", host_need_choices())
        self.fields["place"].label = _("Base")
        for name in ("lon", "lat"):
            self.fields[name].required = True
        for attribute in load_attributes().values():
            self.fields[f"attribute-{attribute.code}"] = attribute_field(attribute)
        for name in ("reason",) if is_new else ("owner", "code"):
            del self.fields[name]

    def _choices(self, name: str, choices: list[Any]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]

    def history_names(self) -> dict[str, str]:
        """Under which names the history keeps the fields that have another here."""
        attributes = {field.name: "attributes" for field in self.attribute_fields()}
        return attributes | {"place": "base", "capability": "capabilities", "also": "capabilities"}

    def attribute_fields(self) -> list[forms.BoundField]:
        return [self[f"attribute-{code}"] for code in load_attributes()]

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"]
        if not CODE_PATTERN.fullmatch(code):
            raise forms.ValidationError(
                _("Use letters, digits, dots, hyphens or underscores, and begin with a letter or digit.")
            )
        return code

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        quantity, shared = found.get("quantity"), found.get("share_up_to")
        if quantity is not None and shared is not None and shared > quantity:
            self.add_error("share_up_to", _("More may go than there are."))
        return found

    def values(self) -> dict[str, Any]:
        """By field of the capacity; only after `is_valid()`."""
        found = self.cleaned_data
        others = tuple(code for code in found["also"] if code != found["capability"])
        return {
            "name": found["name"],
            "capabilities": (found["capability"], *others),
            "base": found["place"],
            "territory": found["territory"],
            "lon": found["lon"],
            "lat": found["lat"],
            "quantity": found["quantity"],
            "share_up_to": found["share_up_to"],
            "mobilisation_minutes": found["mobilisation_minutes"],
            "languages": tuple(found["languages"]),
            "host_needs": tuple(found["host_needs"]),
            "host_note": found["host_note"],
            "host_note_language": found["host_note_language"],
            "cost_per_day_eur": found["cost_per_day_eur"],
            "attributes": self._attributes(),
            "source": found["source"],
            "illustrative": found["illustrative"],
            "tlp": found["tlp"],
            "groups": tuple(found["groups"]),
        }

    def _attributes(self) -> dict[str, Any]:
        given = {code: self.cleaned_data[f"attribute-{code}"] for code in load_attributes()}
        return {code: value for code, value in given.items() if value is not None}


def capacity_initial(capacity: Any) -> dict[str, Any]:
    """What the form of a capacity that is there begins with."""
    capabilities = [row.capability for row in capacity.capability_rows.all()]
    plain = (
        "name",
        "territory",
        "lon",
        "lat",
        "quantity",
        "share_up_to",
        "mobilisation_minutes",
        "languages",
        "host_needs",
        "host_note",
        "host_note_language",
        "cost_per_day_eur",
        "source",
        "illustrative",
        "tlp",
    )
    attributes = {f"attribute-{code}": write_attribute(value) for code, value in capacity.attributes.items()}
    return (
        {name: getattr(capacity, name) for name in plain}
        | attributes
        | {
            "place": capacity.base,
            "capability": capabilities[0],
            "also": capabilities[1:],
            "groups": [group.code for group in capacity.groups.all()],
        }
    )


class AttributeMixin(forms.Field):
    """A property, read as a cell of a file is; empty means not said."""

    attribute: Attribute

    def clean(self, value: Any) -> Any:
        text = str(super().clean(value) or "").strip()
        if not text:
            return None
        try:
            return read_attribute(self.attribute, text, decimal_comma=True)
        except BadText as error:
            raise forms.ValidationError(_(Problem(error.code).text), params=dict(error.params)) from error


class AttributeTextField(AttributeMixin, forms.CharField):
    pass


class AttributeChoiceField(AttributeMixin, forms.ChoiceField):
    pass


def attribute_field(attribute: Attribute) -> forms.Field:
    """The field of one property."""
    label = in_reader_language(attribute.names)
    if attribute.unit:
        label = f"{label} ({attribute.unit})"
    field: AttributeTextField | AttributeChoiceField
    match attribute.kind:
        case AttributeKind.YES_NO:
            choices = [("", _("not said")), ("yes", _("yes")), ("no", _("no"))]
            field = AttributeChoiceField(label=label, required=False, choices=choices)
        case AttributeKind.CHOICE:
            listed = [(choice.code, in_reader_language(choice.names)) for choice in attribute.choices]
            field = AttributeChoiceField(label=label, required=False, choices=[("", _("not said")), *listed])
        case AttributeKind.NUMBER:
            widget = forms.TextInput({"inputmode": "decimal", "class": "num"})
            field = AttributeTextField(label=label, required=False, widget=widget)
        case AttributeKind.TEXT:
            field = AttributeTextField(label=label, required=False, max_length=160)
    field.attribute = attribute
    return field


class WithdrawForm(forms.Form):
    reason = forms.CharField(label=_("Why"), max_length=300)


class HomeCoverForm(SharingForm):
    owner = forms.ChoiceField(label=_("Owner"))
    capability = forms.ChoiceField(label=_("Capability"))
    minimum = forms.IntegerField(
        label=_("At least"),
        min_value=0,
        max_value=MAX_QUANTITY,
        widget=QuantityInput(maximum=MAX_QUANTITY),
        help_text=_("0 takes the rule away."),
    )
    field_order = ("owner", "capability", "minimum", "tlp", "groups")

    def __init__(
        self, *args: Any, owners: Iterable[Organisation], groups: QuerySet[SharingGroup], **kwargs: Any
    ) -> None:
        super().__init__(*args, groups=groups, **kwargs)
        self.fields["owner"].choices = [(owner.code, owner.code) for owner in owners]  # type: ignore[attr-defined]
        self.fields["capability"].choices = grouped_capability_choices()  # type: ignore[attr-defined]
        self.fields["tlp"].initial = TlpLabel.RED


class UploadForm(SharingForm):
    """A file, and how what is new in it is shared where its rows say nothing."""

    file = forms.FileField(
        label=_("File"),
        help_text=_(
            "A workbook (.xlsx), CSV in UTF-8 with commas or semicolons, or several of them in a zip; 20 MiB at most."
        ),
    )
    owner = forms.ChoiceField(label=_("Owner"))
    field_order = ("owner", "file", "tlp", "groups")

    def __init__(
        self, *args: Any, owners: Iterable[Organisation], groups: QuerySet[SharingGroup], **kwargs: Any
    ) -> None:
        super().__init__(*args, groups=groups, **kwargs)
        self.fields["owner"].choices = [(owner.code, f"{owner.code} · {owner.name}") for owner in owners]  # type: ignore[attr-defined]

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > MAX_BYTES:
            raise forms.ValidationError(_("The file is larger than 20 MiB; divide it."))
        return file


def errors_from(form: forms.Form, problems: Iterable[Any], fields: Mapping[str, str] | None = None) -> None:
    """Show what a service refused at the fields that it names."""
    renamed = fields or {}
    for problem in problems:
        name = renamed.get(problem.where, problem.where)
        message = forms.ValidationError(_(problem.text), params=dict(problem.params))
        form.add_error(name if name in form.fields else None, message)
