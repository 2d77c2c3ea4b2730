"""The forms of plans: what a plan is, an objective, an indicator, a measurement, an action within an objective."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from noaber.apps.accounts.enums import TlpLabel
from noaber.apps.accounts.models import LANGUAGES, Organisation
from noaber.apps.plans.enums import PlanKind
from noaber.apps.plans.models import HEAVIEST, LONGEST_TITLE, Indicator, Objective, Plan
from noaber.apps.plans.values import IndicatorData, ObjectiveData, PlanData
from noaber.apps.records.forms import SharingForm, words_field
from noaber.web.forms import DayInput, QuantityInput, check_text
from noaber.web.written_in import WrittenInField

TITLES: Final = tuple(f"title_{code}" for code, _name in LANGUAGES)
_YEARS: Final = (2000, 2100)


def year_field(label: Any) -> forms.IntegerField:
    first, last = _YEARS
    return forms.IntegerField(
        label=label, min_value=first, max_value=last, widget=QuantityInput(minimum=first, maximum=last)
    )


def number_field(label: Any, *, required: bool = False, **kwargs: Any) -> forms.DecimalField:
    return forms.DecimalField(label=label, required=required, max_digits=14, decimal_places=3, **kwargs)


class PlanForm(SharingForm):
    """A plan; its titles in the languages that one has. Of one that is adopted only its sharing is asked."""

    kind = forms.ChoiceField(label=_("Kind"), choices=PlanKind.choices)
    programme = forms.ChoiceField(
        label=_("Part of"),
        required=False,
        help_text=_("The annual plan of a programme shows the programme’s objectives and actions of that year."),
    )
    first_year = year_field(_("First year"))
    last_year = year_field(_("Last year"))
    text = words_field(_("In a few words"), required=False, rows=3)
    language = WrittenInField()

    def __init__(self, *args: Any, programmes: Iterable[Plan], record: Plan | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.record = record
        self.programmes = {plan.number: plan for plan in programmes}
        listed = [("", _("no programme")), *((number, f"{number} {p.title}") for number, p in self.programmes.items())]
        self.fields["programme"].choices = listed  # type: ignore[attr-defined]
        for code, name in LANGUAGES:
            self.fields[f"title_{code}"] = forms.CharField(
                label=_("Title, %(language)s") % {"language": name},
                required=False,
                max_length=LONGEST_TITLE,
                validators=[check_text],
            )
        if record is not None:
            del self.fields["kind"]
        self.order_fields(
            [*TITLES, "kind", "first_year", "last_year", "programme", "text", "language", "tlp", "groups"]
        )

    def data_for_service(self) -> PlanData:
        """Only after `is_valid()`."""
        found, record = self.cleaned_data, self.record
        return PlanData(
            kind=PlanKind(record.kind if record else found["kind"]),
            titles={code: found[f"title_{code}"] for code, _name in LANGUAGES},
            first_year=found["first_year"],
            last_year=found["last_year"],
            programme=self.programmes.get(found["programme"]),
            text=found["text"],
            language=found["language"],
            tlp=TlpLabel(found["tlp"]),
            groups=found["groups"],
            illustrative=record.illustrative if record else False,
            source=record.source if record else "",
        )


class ObjectiveForm(forms.Form):
    title = forms.CharField(label=_("Objective"), max_length=LONGEST_TITLE, validators=[check_text])
    text = words_field(_("More about it"), required=False, rows=3)
    language = WrittenInField()
    responsible = forms.ChoiceField(label=_("Led by"), required=False)
    first_year = year_field(_("First year"))
    last_year = year_field(_("Last year"))

    def __init__(self, *args: Any, organisations: Iterable[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.organisations = {organisation.code: organisation for organisation in organisations}
        listed = [("", _("not said")), *((code, f"{code} · {one.name}") for code, one in self.organisations.items())]
        self.fields["responsible"].choices = listed  # type: ignore[attr-defined]

    def data_for_service(self) -> ObjectiveData:
        """Only after `is_valid()`."""
        found = self.cleaned_data
        return ObjectiveData(
            title=found["title"],
            language=found["language"],
            first_year=found["first_year"],
            last_year=found["last_year"],
            text=found["text"],
            responsible=self.organisations.get(found["responsible"]),
        )


def initial_objective(record: Objective) -> dict[str, Any]:
    names = ("title", "text", "language", "first_year", "last_year")
    initial = {name: getattr(record, name) for name in names}
    return initial | {"responsible": record.responsible.code if record.responsible else ""}


class IndicatorForm(forms.Form):
    name = forms.CharField(label=_("What is measured"), max_length=LONGEST_TITLE, validators=[check_text])
    language = WrittenInField()
    unit = forms.CharField(label=_("Unit"), required=False, max_length=40, validators=[check_text])
    baseline = number_field(_("At the beginning"), help_text=_("Empty where it is unknown."))
    target = number_field(_("Target"))

    def data_for_service(self) -> IndicatorData:
        """Only after `is_valid()`."""
        return IndicatorData(**self.cleaned_data)


def initial_indicator(record: Indicator) -> dict[str, Any]:
    return {name: getattr(record, name) for name in ("name", "language", "unit", "baseline", "target")}


class MeasurementForm(forms.Form):
    on = forms.DateField(label=_("Measured on"), widget=DayInput)
    value = number_field(_("Value"), required=True)
    source = forms.CharField(label=_("Source"), max_length=300, validators=[check_text])


class QuickActionForm(forms.Form):
    """An action right where it serves; the rest is filled in on its own page."""

    title = forms.CharField(label=_("What is to be done"), max_length=LONGEST_TITLE, validators=[check_text])
    language = WrittenInField()
    responsible = forms.ChoiceField(label=_("Done by"))
    due_on = forms.DateField(label=_("Due on"), required=False, widget=DayInput)

    def __init__(self, *args: Any, organisations: Iterable[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.organisations = {organisation.code: organisation for organisation in organisations}
        listed = [(code, f"{code} · {other.name}") for code, other in self.organisations.items()]
        self.fields["responsible"].choices = listed  # type: ignore[attr-defined]


class ServeForm(forms.Form):
    number = forms.CharField(label=_("Number of the action"), max_length=20, validators=[check_text])


class WeightForm(forms.Form):
    weight = forms.IntegerField(
        label=_("Weight"), min_value=1, max_value=HEAVIEST, widget=QuantityInput(minimum=1, maximum=HEAVIEST)
    )
