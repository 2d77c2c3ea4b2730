"""On what occasion something was learned, and what it is about."""

from __future__ import annotations

from typing import Any, Final, TypeVar

from django import forms
from django.utils.translation import gettext_lazy as _

from noaber.apps.practices.models import Lesson, Practice
from noaber.apps.practices.presenters.about import codes_by_list
from noaber.apps.records.forms import RecordForm
from noaber.apps.registry.coded import capability_name, hazard_name, theme_choices
from noaber.reference.vocabulary import load_capabilities, load_hazards

Record = TypeVar("Record", bound=Practice | Lesson)


def hazard_choices() -> list[tuple[str, str]]:
    return [(code, hazard_name(code)) for code in load_hazards()]


OCCASION: Final = ("occasion", "occasion_name")
OCCASION_HELP: Final = {"occasion_name": _("As people call it, with its year.")}


class AboutForm(RecordForm[Record]):
    """A practice or a lesson, by themes, hazards and capabilities."""

    themes = forms.MultipleChoiceField(
        label=_("Themes"),
        widget=forms.SelectMultiple({"size": 6}),
        help_text=_("It is found by their names in all four languages."),
    )
    hazards = forms.MultipleChoiceField(label=_("Hazards"), required=False, widget=forms.SelectMultiple({"size": 6}))
    capabilities = forms.MultipleChoiceField(
        label=_("Capabilities"), required=False, widget=forms.SelectMultiple({"size": 6})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        listed = {
            "themes": theme_choices(),
            "hazards": hazard_choices(),
            "capabilities": [(code, capability_name(code)) for code in load_capabilities()],
        }
        for name, choices in listed.items():
            self.fields[name].choices = choices  # type: ignore[attr-defined]

    @classmethod
    def initial_of(cls, record: Record) -> dict[str, Any]:
        return super().initial_of(record) | codes_by_list(record)
