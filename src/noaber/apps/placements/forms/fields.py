"""Fields that several forms of exchanges ask: languages with their level, reasons, reports."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from noaber.apps.placements.enums import LEVELS, WorkLanguage
from noaber.apps.records.forms import words_field
from noaber.apps.registry.coded import theme_choices
from noaber.web.forms import DayInput, check_text
from noaber.web.written_in import WrittenInField


def line_field(label: Any, longest: int, **kwargs: Any) -> forms.CharField:
    """A text of one line."""
    return forms.CharField(label=label, max_length=longest, validators=[check_text], **kwargs)


def day_field(label: Any, **kwargs: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=DayInput, **kwargs)


class LevelsForm(forms.Form):
    """A level for each language; `levels()` is what was chosen."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for language, label in WorkLanguage.choices:
            self.fields[f"level_{language}"] = forms.ChoiceField(
                label=label, required=False, choices=[("", "–"), *LEVELS]
            )

    def levels(self) -> dict[str, str]:
        """Only after `is_valid()`."""
        chosen = {language: self.cleaned_data[f"level_{language}"] for language in WorkLanguage.values}
        return {language: level for language, level in chosen.items() if level}

    @property
    def plain_fields(self) -> list[forms.BoundField]:
        return [field for field in self if not field.name.startswith("level_")]

    @property
    def level_fields(self) -> list[forms.BoundField]:
        return [field for field in self if field.name.startswith("level_")]


def initial_levels(levels: Mapping[str, str]) -> dict[str, str]:
    return {f"level_{language}": levels.get(language, "") for language in WorkLanguage.values}


class ReasonForm(forms.Form):
    reason = line_field(_("Why"), 300)


class StayForm(forms.Form):
    begins_on = day_field(_("From"))
    ends_on = day_field(_("Until"))


class ReportForm(forms.Form):
    text = words_field(pgettext_lazy("a text", "Report"), rows=5)
    language = WrittenInField()


class PracticeForm(forms.Form):
    """What was learned, as a practice: in short, and by which themes others find it."""

    title = line_field(_("Title"), 200)
    summary = words_field(_("In short"), rows=3)
    language = WrittenInField()
    themes = forms.MultipleChoiceField(
        label=_("Themes"),
        choices=theme_choices,
        widget=forms.SelectMultiple({"size": 6}),
        help_text=_("It is found by their names in all four languages."),
    )


class ByHandForm(forms.Form):
    """Another place for an applicant."""

    application = forms.TypedChoiceField(label=_("Applicant"), coerce=int)
    place = forms.TypedChoiceField(label=_("Host place"), coerce=int)
    reason = line_field(_("Why by hand"), 300)
    language = WrittenInField()

    def __init__(self, *args: Any, applications: list[Any], places: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["application"].choices = applications  # type: ignore[attr-defined]
        self.fields["place"].choices = places  # type: ignore[attr-defined]
