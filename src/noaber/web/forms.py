"""Forms in our markup: label, control, hint and error belong together, for the eye and for a screen reader.

`{{ form }}` and `{{ form.name.as_field_group }}` use the templates of `web/forms/`. Django sets `aria-describedby`
and `aria-invalid`; the ids that they name are the ones of `web/forms/field.html`.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BoundField
from django.forms.renderers import DjangoTemplates
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from noaber.core.clock_times import Side, read_clock, write_clock
from noaber.core.deadlines import LONGEST_TYPED, read_deadline
from noaber.core.plain_text import find_unfit
from noaber.core.problems import InvalidInput, Problem
from noaber.web import clock, wording

_BARE = (forms.CheckboxInput, forms.RadioSelect, forms.CheckboxSelectMultiple, forms.HiddenInput)


class FormRenderer(DjangoTemplates):
    """Renders every form of the product, allauth's too."""

    form_template_name = "web/forms/form.html"
    field_template_name = "web/forms/field.html"


def is_single_check(field: BoundField) -> bool:
    return isinstance(field.field.widget, forms.CheckboxInput)


def render_control(field: BoundField) -> SafeString:
    """The control of a field with our class, beside the classes of its own."""
    widget = field.field.widget
    if isinstance(widget, _BARE):
        return field.as_widget()
    classes = {"input", *str(widget.attrs.get("class", "")).split()}
    attrs: dict[str, str | bool] = {"class": " ".join(sorted(classes))}
    if widget.attrs.get("placeholder") == field.label:
        attrs["placeholder"] = ""  # the label has said it
    return field.as_widget(attrs=attrs)


def check_text(text: str) -> None:
    """A validator of text fields: no character that a file of ours could not carry."""
    if character := find_unfit(text):
        raise ValidationError(wording.problem(Problem("text.character", params={"character": character})))


class QuantityInput(forms.NumberInput):
    """A whole number, right-aligned, with the number keys of a phone."""

    def __init__(self, attrs: dict[str, Any] | None = None, *, minimum: int = 0, maximum: int | None = None) -> None:
        own: dict[str, Any] = {"class": "num", "inputmode": "numeric", "min": minimum, "step": 1}
        if maximum is not None:
            own["max"] = maximum
        super().__init__({**own, **(attrs or {})})


class MomentInput(forms.DateTimeInput):
    """An instant in the reader's local time, as browsers ask for it."""

    input_type = "datetime-local"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%dT%H:%M")

    def format_value(self, value: Any) -> str | None:
        if hasattr(value, "tzinfo") and timezone.is_aware(value):
            value = timezone.localtime(value)
        return super().format_value(value)


class MomentField(forms.DateTimeField):
    """An aware instant, typed in local time. Django refuses a time that daylight saving skips or doubles."""

    widget = MomentInput

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"], **kwargs)

    def to_python(self, value: Any) -> datetime.datetime | None:
        try:
            return super().to_python(value)
        except ValidationError as error:
            if error.code != "ambiguous_timezone":
                raise
            told = _("The clocks are changed in this hour: it is missing, or comes twice. Choose another hour.")
            raise ValidationError(told, code=error.code) from error


class ClockInput(forms.TextInput):
    """A time of the clock, 24 hours, in the reader's local time; with its day only where it is not the next one."""

    def __init__(self, attrs: dict[str, Any] | None = None, *, side: Side = Side.AHEAD) -> None:
        super().__init__({"class": "num", "autocomplete": "off", "size": 6, **(attrs or {})})
        self.side = side

    def format_value(self, value: Any) -> str | None:
        if isinstance(value, datetime.datetime):
            return write_clock(_naive(value), _naive(clock.now()), self.side)
        written: str | None = super().format_value(value)
        return written


class ClockField(MomentField):
    """An aware instant, typed as a time of the clock: the next time that it shows this, or the last one."""

    def __init__(self, *, side: Side = Side.AHEAD, **kwargs: Any) -> None:
        super().__init__(widget=ClockInput(side=side), **kwargs)
        self.side = side

    def to_python(self, value: Any) -> datetime.datetime | None:
        if isinstance(value, str) and value.strip() and "T" not in value:
            value = read_clock(value, _naive(clock.now()), self.side)
            if value is None:
                raise ValidationError(_("Enter a time of the clock, such as 20:30; with the day, 15/7 20:30."))
        return super().to_python(value)


def _naive(value: datetime.datetime) -> datetime.datetime:
    """The local time without its zone; what has none is local already, as Django prepares it for a widget."""
    if timezone.is_naive(value):
        return value
    return timezone.localtime(value).replace(tzinfo=None)


class DayInput(forms.DateInput):
    """A day, as browsers ask for it."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class Segments(forms.RadioSelect):
    """A choice of few, side by side. `classes` gives a value its meaning: `yes`, `may` or `no`; `icons` its icon."""

    template_name = "web/forms/segments.html"

    def __init__(
        self,
        attrs: dict[str, Any] | None = None,
        choices: Any = (),
        *,
        classes: dict[str, str] | None = None,
        icons: dict[str, str] | None = None,
    ) -> None:
        super().__init__(attrs, choices)
        self.classes = classes or {}
        self.icons = icons or {}

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(name, value, *args, **kwargs)
        option["segment_class"] = self.classes.get(str(value), "")
        option["segment_icon"] = self.icons.get(str(value), "")
        return option


class RowsInput(forms.Widget):
    """Rows of controls under one field, each named `FIELD-NUMBER-PART`; its value is a list of rows, texts by part.

    Where two versions of a form are compared, each row is one text.
    """

    def __init__(self, parts: Sequence[str], *, most: int) -> None:
        super().__init__()
        self.parts, self.most = tuple(parts), most

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[dict[str, str]]:
        """The rows in which something stands."""
        numbers = range(self.most)
        rows = [{part: data.get(f"{name}-{number}-{part}", "").strip() for part in self.parts} for number in numbers]
        return [row for row in rows if any(row.values())]

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return not any(key.startswith(f"{name}-") for key in data)

    def write_rows(self, rows: Iterable[Mapping[str, Any]]) -> list[str]:
        return [json.dumps([str(row.get(part) or "") for part in self.parts]) for row in rows]

    def read_rows(self, texts: Iterable[str]) -> list[dict[str, str]]:
        """The inverse of `write_rows`."""
        return [dict(zip(self.parts, json.loads(text), strict=True)) for text in texts]

    def put_rows(self, data: QueryDict, name: str, rows: Sequence[Mapping[str, str]]) -> None:
        """Put rows in the place of those that a browser sent."""
        for key in [f"{name}-{number}-{part}" for number in range(self.most) for part in self.parts]:
            data.pop(key, None)
        for number, row in enumerate(rows):
            for part in self.parts:
                data[f"{name}-{number}-{part}"] = row[part]

    def row_in_words(self, row: Mapping[str, str]) -> str:
        return ", ".join(text for text in row.values() if text)


def add_problems(form: forms.BaseForm, problems: Iterable[Problem]) -> None:
    """Say what a service found wrong: each at its field, or over the form where it has none of that name."""
    for problem in problems:
        form.add_error(problem.where if problem.where in form.fields else None, wording.problem(problem))


class DeadlineInput(forms.TextInput):
    """Hours or a time of day, with the moment that they mean said at once beside them (`deadline_said`)."""

    template_name = "web/forms/deadline.html"

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        return {**super().get_context(name, value, attrs), "ask": reverse("deadline-said")}

    def format_value(self, value: Any) -> str | None:
        """A moment as it can be typed: always with its day, so that it means the same when the form comes back."""
        if not isinstance(value, datetime.datetime):
            return None if value is None else str(value)
        return f"{timezone.localtime(value):%Y-%m-%d %H:%M}"


class DeadlineField(forms.CharField):
    """A deadline: typed as time left or time of day, a moment from then on.

    What stood there before and was not touched stays the moment that it was, also where it has passed.
    """

    widget = DeadlineInput

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=LONGEST_TYPED, **kwargs)

    def to_python(self, value: Any) -> Any:
        """The moment, in UTC; None where nothing was typed. That of a field that is held is a moment already."""
        if isinstance(value, datetime.datetime):
            return value
        typed = super().to_python(value)
        if not typed:
            return None
        if isinstance(self.initial, datetime.datetime) and typed == DeadlineInput().format_value(self.initial):
            return self.initial
        try:
            return read_deadline(typed, stated_at=clock.now(), zone=timezone.get_current_timezone())
        except InvalidInput as error:
            raise ValidationError([wording.problem(problem) for problem in error.problems]) from error

    def run_validators(self, value: Any) -> None:
        """Those of texts say nothing of a moment."""

    def has_changed(self, initial: Any, data: Any) -> bool:
        return bool((DeadlineInput().format_value(initial) or "") != (data or ""))
