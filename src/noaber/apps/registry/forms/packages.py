"""The form of a mission-ready package: lines for each part, costs, and who releases the capacity."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any, Final

from django import forms
from django.forms import BaseFormSet, formset_factory
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from noaber.apps.registry.parts import MOST_LINES, PARTS, CellKind, Line, Part, PartColumn, read_line, write_line
from noaber.apps.registry.presenters.packages import PART_LABELS, code_name, column_label
from noaber.core.problems import Problem
from noaber.web import wording
from noaber.web.forms import DayInput, QuantityInput

EXTRA_LINES: Final = 2
"""Empty lines at the foot of each part."""


class CostForm(forms.Form):
    """What one team costs, and who lets it go."""

    cost_mobilisation_eur = forms.DecimalField(
        label=_("Mobilisation, EUR"), required=False, min_value=0, max_digits=10, decimal_places=2
    )
    cost_per_day_eur = forms.DecimalField(
        label=_("Per day, EUR"), required=False, min_value=0, max_digits=10, decimal_places=2
    )
    cost_per_km_eur = forms.DecimalField(
        label=_("Per km, EUR"), required=False, min_value=0, max_digits=10, decimal_places=2
    )
    cost_as_of = forms.DateField(label=_("As of"), required=False, widget=DayInput())
    cost_basis = forms.CharField(
        label=_("Based on"),
        required=False,
        max_length=200,
        help_text=_("A tariff, a calculation, an earlier deployment."),
    )
    release_function = forms.CharField(label=_("Function that releases it"), required=False, max_length=160)
    release_organisation = forms.CharField(label=_("Organisation"), required=False, max_length=160)
    release_channel = forms.CharField(
        label=_("How it is reached"), required=False, max_length=160, help_text=_("A number, an address, a channel.")
    )
    reason = forms.CharField(label=_("Why it changes"), required=False, max_length=300)

    costs = ("cost_mobilisation_eur", "cost_per_day_eur", "cost_per_km_eur", "cost_as_of", "cost_basis")
    release = ("release_function", "release_organisation", "release_channel")

    def cost_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.costs]

    def release_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.release]


class LineForm(forms.Form):
    """One line of a part; read as a row of a file is. A line without anything in it is none."""

    part: Part

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        texts = {name: str(found.get(name) or "") for name in self.fields}
        self.line: Line = {}
        if any(texts.values()):
            self.line, faults = read_line(self.part, texts, decimal_comma=True)
            for column, code, params in faults:
                shown = params | {"column": column_label(self.part.name, column)} if "column" in params else params
                self.add_error(column, wording.problem(Problem(code, params=shown)))
        return found


def _field(part: Part, column: PartColumn) -> forms.Field:
    label = column_label(part.name, column.name)
    match column.kind:
        case CellKind.CODE:
            choices = [("", "–"), *((code, code_name(column.codes, code)) for code in column.known_codes())]
            return forms.ChoiceField(label=label, choices=choices, required=False)
        case CellKind.DAY:
            return forms.CharField(label=label, required=False, widget=DayInput())
        case CellKind.WHOLE:
            return forms.CharField(label=label, required=False, widget=QuantityInput(minimum=1))
        case CellKind.NUMBER:
            return forms.CharField(
                label=label, required=False, widget=forms.TextInput({"inputmode": "decimal", "class": "num"})
            )
        case CellKind.TEXT:
            return forms.CharField(label=label, required=False, max_length=column.longest)


@cache
def _formset(part: Part, language: str) -> type[BaseFormSet[Any]]:
    """The names of the codes are in a language, so there is one class for each."""
    fields = {column.name: _field(part, column) for column in part.columns}
    form = type(f"{part.name.title()}LineForm", (LineForm,), {"part": part, **fields})
    return formset_factory(form, extra=EXTRA_LINES, max_num=MOST_LINES, validate_max=True, absolute_max=MOST_LINES * 2)


class PackageForm:
    """All of it: `costs`, and `parts` with the formset of each."""

    def __init__(self, capacity: Any, data: QueryDict | None, language: str) -> None:
        self.costs = CostForm(
            data, initial={name: getattr(capacity, name) for name in CostForm.base_fields if name != "reason"}
        )
        self.parts = [(part, self._lines(part, capacity, data, language)) for part in PARTS]

    @staticmethod
    def _lines(part: Part, capacity: Any, data: QueryDict | None, language: str) -> BaseFormSet[Any]:
        names = [column.name for column in part.columns]
        initial = [dict(zip(names, write_line(part, line), strict=True)) for line in getattr(capacity, part.name)]
        return _formset(part, language)(data, initial=initial, prefix=part.name)

    def is_valid(self) -> bool:
        return all([self.costs.is_valid(), *(lines.is_valid() for _part, lines in self.parts)])

    def values(self) -> dict[str, Any]:
        """By field of the capacity; only after `is_valid()`."""
        plain = {name: value for name, value in self.costs.cleaned_data.items() if name != "reason"}
        lists = {part.name: [form.line for form in lines if getattr(form, "line", None)] for part, lines in self.parts}
        return plain | lists

    def sections(self) -> list[Mapping[str, Any]]:
        """The parts for the page."""
        return [
            {
                "name": part.name,
                "label": PART_LABELS[part.name],
                "heads": [column_label(part.name, column.name) for column in part.columns],
                "lines": lines,
            }
            for part, lines in self.parts
        ]
