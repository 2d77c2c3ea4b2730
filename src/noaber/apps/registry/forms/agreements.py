"""What one may write down about agreements: a check, an assumption."""

from __future__ import annotations

import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from noaber.apps.accounts.models import Organisation
from noaber.apps.registry.fields import MAX_MOBILISATION_MINUTES
from noaber.apps.registry.presenters.legal_words import LEVELS
from noaber.core.agreements import Level
from noaber.web.forms import DayInput, QuantityInput


class CheckForm(forms.Form):
    on = forms.DateField(label=_("Checked on"), widget=DayInput)
    note = forms.CharField(
        label=_("Against what"),
        max_length=300,
        help_text=_("The edition or page that you held it against: “Belgisch Staatsblad, 22 October 2013”."),
    )

    def __init__(self, *args: Any, today: datetime.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].initial = today
        self.today = today

    def clean_on(self) -> datetime.date:
        on: datetime.date = self.cleaned_data["on"]
        if on > self.today:
            raise forms.ValidationError(_("A check lies in the past; choose today or an earlier day."))
        return on


class AssumptionForm(forms.Form):
    """For one text, or for every text of a level that has no number of its own."""

    target = forms.ChoiceField(label=_("For"))
    minutes = forms.IntegerField(
        label=_("Minutes until the approval"),
        min_value=0,
        max_value=MAX_MOBILISATION_MINUTES,
        widget=QuantityInput(maximum=MAX_MOBILISATION_MINUTES),
    )
    as_of = forms.DateField(label=_("As of"), widget=DayInput)
    note = forms.CharField(
        label=_("Where the number comes from"),
        max_length=300,
        required=False,
        help_text=_("For example: mean of four exercises."),
    )

    def __init__(self, *args: Any, texts: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        levels = [(f"level:{level.value}", LEVELS[level]) for level in Level]
        self.fields["target"].choices = [  # type: ignore[attr-defined]
            (_("One text"), [(f"text:{code}", title) for code, title in texts]),
            (_("Every other text of a level"), levels),
        ]

    def target_parts(self) -> dict[str, str]:
        """What the service takes."""
        kind, _colon, value = self.cleaned_data["target"].partition(":")
        return {"agreement_id": value} if kind == "text" else {"level": value}


def group_choices(organisation: Organisation) -> list[tuple[str, str]]:
    """The sharing groups to which an organisation belongs, for a form."""
    return [(group.code, group.name) for group in organisation.sharing_groups.all()]
