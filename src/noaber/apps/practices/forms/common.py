"""Fields that practices and lessons share."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from noaber.apps.practices.enums import Occasion
from noaber.apps.practices.values import AboutData
from noaber.apps.records.forms import SharingForm, line_field
from noaber.apps.registry.coded import capability_name, hazard_name, theme_choices
from noaber.reference.vocabulary import load_capabilities, load_hazards


def hazard_choices() -> list[tuple[str, str]]:
    return [(code, hazard_name(code)) for code in load_hazards()]


class AboutForm(SharingForm):
    """On what occasion, about what, for whom to see."""

    occasion = forms.ChoiceField(label=_("Occasion"), choices=Occasion.choices)
    occasion_name = line_field(_("Which one"), required=False, help_text=_("As people call it, with its year."))
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

    def about(self) -> AboutData:
        found = self.cleaned_data
        return AboutData(found["themes"], found["hazards"], found["capabilities"])
