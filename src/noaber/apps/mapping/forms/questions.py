"""The forms of the open questions: the filter of the list, who is asked, and why something cannot be found."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from noaber.apps.accounts.models import Organisation
from noaber.apps.mapping.models.questions import QuestionState
from noaber.apps.mapping.services.questions import Asking
from noaber.apps.registry.presenters.legal_words import FIELDS, LEVELS
from noaber.core.agreements import ESTABLISHED_FIELDS, Level
from noaber.web.forms import DayInput

ALL = ("", _("all"))
STILL_OPEN = ("", _("not answered"))
EVERY_STATE = ("every", _("all"))
WEEKS_TO_ANSWER = 4


@dataclass(frozen=True)
class Sought:
    """What the list is cut by."""

    text: str = ""
    state: str = ""
    field: str = ""
    level: str = ""
    organisation: str = ""
    mine: bool = False
    overdue: bool = False


class QuestionFilter(forms.Form):
    """An address that asks for something odd gets the whole list."""

    q = forms.CharField(label=_("Text, id or party"), required=False, max_length=80)
    state = forms.ChoiceField(
        label=_("State"), required=False, choices=[STILL_OPEN, EVERY_STATE, *QuestionState.choices]
    )
    field = forms.ChoiceField(
        label=_("Field"), required=False, choices=[ALL, *((name, FIELDS[name]) for name in ESTABLISHED_FIELDS)]
    )
    level = forms.ChoiceField(
        label=_("Level"), required=False, choices=[ALL, *((level.value, LEVELS[level]) for level in Level)]
    )
    organisation = forms.ChoiceField(label=_("Asked of"), required=False)
    mine = forms.BooleanField(label=_("Asked of us"), required=False)
    overdue = forms.BooleanField(label=_("Overdue"), required=False)

    def __init__(self, query: Any, *, organisations: Iterable[str]) -> None:
        super().__init__(query)
        self.fields["organisation"].choices = [ALL, *((code, code) for code in organisations)]  # type: ignore[attr-defined]

    def sought(self) -> Sought:
        """What is asked for."""
        self.is_valid()
        found = self.cleaned_data
        return Sought(
            text=found.get("q", ""),
            state=found.get("state", ""),
            field=found.get("field", ""),
            level=found.get("level", ""),
            organisation=found.get("organisation", ""),
            mine=bool(found.get("mine")),
            overdue=bool(found.get("overdue")),
        )


class AskForm(forms.Form):
    """Who is to find it out, by when."""

    organisation = forms.ModelChoiceField(
        label=_("Ask"), queryset=Organisation.objects.none(), to_field_name="code", empty_label="–"
    )
    function = forms.CharField(label=_("Function or person"), required=False, max_length=160)
    due_on = forms.DateField(label=_("Answer wanted by"), widget=DayInput)
    note = forms.CharField(label=_("Note"), required=False, max_length=1000, widget=forms.Textarea({"rows": 2}))

    def __init__(
        self, data: Any = None, *, readers: Any, today: datetime.date, initial: Any = None, prefix: str | None = None
    ) -> None:
        begin = {"due_on": today + datetime.timedelta(weeks=WEEKS_TO_ANSWER)}
        super().__init__(data, initial=begin | (initial or {}), prefix=prefix)
        field = self.fields["organisation"]
        field.queryset = readers  # type: ignore[attr-defined]
        field.label_from_instance = lambda one: f"{one.code} · {one.name}"  # type: ignore[attr-defined]

    def asking(self) -> Asking:
        """Only after `is_valid()`."""
        return Asking(**self.cleaned_data)


class GiveUpForm(forms.Form):
    """It cannot be found; the field stays unknown."""

    reason = forms.CharField(label=_("Why it cannot be found"), max_length=1000, widget=forms.Textarea({"rows": 2}))
