"""The form of a mission-ready package: lines for each part, costs, and who releases the capacity."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache, cached_property
from typing import Any, Final

from django import forms
from django.forms import BaseFormSet, formset_factory
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from noaber.apps.registry.parts import MOST_LINES, PARTS, CellKind, Line, Part, PartColumn, read_line, write_line
from noaber.apps.registry.presenters.packages import PART_LABELS, code_name, column_label, line_words
from noaber.core.problems import Problem
from noaber.web import wording
from noaber.web.forms import DayInput, QuantityInput, RowsInput

EXTRA_LINES: Final = 2
"""Empty lines at the foot of each part."""


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


class LinesInput(RowsInput):
    """The lines of a part as its formset sends them."""

    def __init__(self, part: Part) -> None:
        super().__init__([column.name for column in part.columns], most=2 * MOST_LINES)
        self.part = part

    def put_rows(self, data: QueryDict, name: str, rows: Sequence[Mapping[str, str]]) -> None:
        super().put_rows(data, name, rows)
        data[f"{name}-TOTAL_FORMS"] = str(len(rows) + EXTRA_LINES)
        data[f"{name}-INITIAL_FORMS"] = str(len(rows))

    def row_in_words(self, row: Mapping[str, str]) -> str:
        line, faults = read_line(self.part, row, decimal_comma=True)
        return super().row_in_words(row) if faults else line_words(self.part.name, line)


class PackageForm(forms.Form):
    """All of it: what one team costs, who lets it go, and the lines of each part.

    A part is one field, since its lines are compared and kept together; its formset is what the page shows.
    """

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

    def __init__(self, *args: Any, language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.language = language
        for part in PARTS:
            label = str(PART_LABELS[part.name])
            self.fields[part.name] = forms.Field(label=label, required=False, widget=LinesInput(part))

    def full_clean(self) -> None:
        self.__dict__.pop("lines", None)  # what was sent may be another since they were read
        super().full_clean()

    @cached_property
    def lines(self) -> list[tuple[Part, BaseFormSet[Any]]]:
        """The formset of each part."""
        return [(part, self._lines(part)) for part in PARTS]

    def _lines(self, part: Part) -> BaseFormSet[Any]:
        formset = _formset(part, self.language)
        if self.is_bound:
            return formset(self.data, prefix=part.name)
        return formset(initial=self.get_initial_for_field(self.fields[part.name], part.name), prefix=part.name)

    def is_valid(self) -> bool:
        return all([super().is_valid(), *(lines.is_valid() for _part, lines in self.lines)])

    def values(self) -> dict[str, Any]:
        """By field of the capacity; only after `is_valid()`."""
        plain = {name: self.cleaned_data[name] for name in (*self.costs, *self.release)}
        return plain | {part.name: _filled(lines) for part, lines in self.lines}

    def cost_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.costs]

    def release_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.release]

    def sections(self) -> list[Mapping[str, Any]]:
        """The parts for the page."""
        return [
            {
                "name": part.name,
                "label": PART_LABELS[part.name],
                "heads": [column_label(part.name, column.name) for column in part.columns],
                "lines": lines,
            }
            for part, lines in self.lines
        ]


def _filled(lines: BaseFormSet[Any]) -> list[Line]:
    return [form.line for form in lines if getattr(form, "line", None)]


def package_initial(capacity: Any) -> dict[str, Any]:
    """What the form of the package of a capacity begins with."""
    plain = {name: getattr(capacity, name) for name in (*PackageForm.costs, *PackageForm.release)}
    return plain | {part.name: _rows_of(part, getattr(capacity, part.name)) for part in PARTS}


def _rows_of(part: Part, lines: Iterable[Line]) -> list[dict[str, str]]:
    names = [column.name for column in part.columns]
    return [dict(zip(names, write_line(part, line), strict=True)) for line in lines]
