"""The forms of practices: what is looked for, what worked, in another language, where it is reused."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from noaber.apps.accounts.enums import TlpLabel
from noaber.apps.accounts.models import LANGUAGES
from noaber.apps.practices.enums import Occasion, ReuseResult
from noaber.apps.practices.forms.common import AboutForm
from noaber.apps.practices.models import Practice
from noaber.apps.practices.queries import PracticeFilter
from noaber.apps.practices.values import PracticeData, ReuseData, WordsData
from noaber.apps.records.forms import line_field, words_field
from noaber.web.forms import DayInput
from noaber.web.written_in import WrittenInField


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


class PracticeWordsForm(forms.Form):
    """The words of a practice in one language."""

    title = line_field(_("Title"))
    language = WrittenInField()
    summary = words_field(_("In short"), rows=3, help_text=_("What is done and what it brings, in two or three lines."))
    description = words_field(
        _("How it works"),
        rows=10,
        required=False,
        help_text=_("So that others can do it: steps, means, people, costs, traps."),
    )
    place = line_field(_("Where"), required=False)
    audience = line_field(_("For whom"), required=False)

    def words(self) -> WordsData:
        found = self.cleaned_data
        names = ("title", "language", "summary", "description", "place", "audience")
        return WordsData(**{name: found[name] for name in names})


class TranslationForm(PracticeWordsForm):
    """Into which language the reader translates: any but that of the practice."""

    def __init__(self, *args: Any, practice: Practice, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = [(code, name) for code, name in LANGUAGES if code != practice.language]
        self.fields["language"].choices = others  # type: ignore[attr-defined]


class PracticeForm(PracticeWordsForm, AboutForm):
    """A practice: its words, where it comes from, what it is about, who sees it."""

    made_on = forms.DateField(label=_("Written on"), widget=DayInput)
    contact_function = line_field(
        _("Whom to ask"), longest=160, required=False, help_text=_("A function, not a person: people move on.")
    )
    field_order = (
        "title",
        "language",
        "summary",
        "description",
        "place",
        "audience",
        "occasion",
        "occasion_name",
        "contact_function",
        "made_on",
        "themes",
        "hazards",
        "capabilities",
        "tlp",
        "groups",
    )

    def __init__(self, *args: Any, record: Practice | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.record = record
        if record is not None:
            del self.fields["made_on"]

    def data_for_service(self) -> PracticeData:
        """Only after `is_valid()`. What the form does not ask stays as the record has it."""
        found, record = self.cleaned_data, self.record
        return PracticeData(
            words=self.words(),
            made_on=record.made_on if record else found["made_on"],
            occasion=Occasion(found["occasion"]),
            occasion_name=found["occasion_name"],
            contact_function=found["contact_function"],
            about=self.about(),
            tlp=TlpLabel(found["tlp"]),
            groups=found["groups"],
            illustrative=record.illustrative if record else False,
            source=record.source if record else "",
        )


class ReuseForm(forms.Form):
    """Where it is reused and how that goes. As soon as it is not under way any more, what came of it has to be said."""

    place = line_field(_("Where"))
    since = forms.DateField(label=_("Since"), widget=DayInput)
    result = forms.ChoiceField(label=_("Result"), choices=ReuseResult.choices)
    note = words_field(
        _("What came of it"),
        rows=3,
        required=False,
        help_text=_("What had to be adapted, and what others should know. While it is under way, this can wait."),
    )
    language = WrittenInField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["note"].required = self["result"].value() not in (None, ReuseResult.UNDER_WAY)

    def data_for_service(self) -> ReuseData:
        """Only after `is_valid()`."""
        found = self.cleaned_data
        return ReuseData(
            place=found["place"],
            since=found["since"],
            language=found["language"],
            result=ReuseResult(found["result"]),
            note=found["note"],
        )
