"""The forms of practices: what is looked for, what worked, in another language, where it is reused."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from noaber.apps.accounts.models import LANGUAGES
from noaber.apps.practices.enums import ReuseResult
from noaber.apps.practices.forms.common import OCCASION, OCCASION_HELP, AboutForm
from noaber.apps.practices.models import Practice, Reuse, Translation
from noaber.apps.practices.queries import PracticeFilter
from noaber.apps.records.forms import FieldsForm, words_input


def _facet() -> forms.CharField:
    return forms.CharField(required=False, max_length=60, widget=forms.HiddenInput)


class PracticeFilterForm(forms.Form):
    """Words, and the facets that were chosen beside the list."""

    q = forms.CharField(label=_("Words in any language"), required=False, max_length=80)
    theme, hazard, occasion, language, organisation = _facet(), _facet(), _facet(), _facet(), _facet()

    def wanted(self) -> PracticeFilter:
        """An address that asks for something odd gets what is left of it."""
        self.is_valid()
        found = self.cleaned_data
        names = ("theme", "hazard", "occasion", "language", "organisation")
        return PracticeFilter(text=found.get("q", ""), **{name: found.get(name, "") for name in names})


WORDS: Final = ("title", "language", "summary", "description", "place", "audience")
_WORDS_INPUTS: Final = {"summary": words_input(3), "description": words_input(10)}
_WORDS_HELP: Final = {
    "summary": _("What is done and what it brings, in two or three lines."),
    "description": _("So that others can do it: steps, means, people, costs, traps."),
}


class TranslationForm(FieldsForm):
    """The words of a practice in another language than its own."""

    class Meta(FieldsForm.Meta):
        model = Translation
        fields = WORDS
        widgets = _WORDS_INPUTS
        help_texts = _WORDS_HELP

    def __init__(self, *args: Any, practice: Practice, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = [(code, name) for code, name in LANGUAGES if code != practice.language]
        self.fields["language"].choices = others  # type: ignore[attr-defined]


class PracticeForm(AboutForm[Practice]):
    """A practice: its words, where it comes from, what it is about, who sees it."""

    class Meta(AboutForm.Meta):
        model = Practice
        fields = (*WORDS, *OCCASION, "contact_function", "made_on")
        widgets = _WORDS_INPUTS
        help_texts = _WORDS_HELP | OCCASION_HELP | {"contact_function": _("A function, not a person: people move on.")}


class ReuseForm(FieldsForm):
    """Where it is reused and how that goes. As soon as it is not under way any more, what came of it has to be said."""

    class Meta(FieldsForm.Meta):
        model = Reuse
        fields = ("place", "since", "result", "note", "language")
        widgets = {"note": words_input(3)}
        help_texts = {
            "note": _("What had to be adapted, and what others should know. While it is under way, this can wait.")
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["note"].required = self["result"].value() not in (None, ReuseResult.UNDER_WAY)
