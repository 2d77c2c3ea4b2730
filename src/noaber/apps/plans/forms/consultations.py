"""The forms of a consultation and of the steps of a plan."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from noaber.apps.accounts.models import Organisation
from noaber.apps.actions.forms.actions import language_field, words_field
from noaber.apps.plans.enums import Outcome
from noaber.apps.plans.models import Objective
from noaber.web.forms import DayInput, check_text


class ConsultationForm(forms.Form):
    organisations = forms.MultipleChoiceField(
        label=_("Whom"), widget=forms.SelectMultiple({"size": 8}), help_text=_("They see the plan from now on.")
    )
    until = forms.DateField(label=_("Open until"), widget=DayInput)
    text = words_field(_("What you ask of them"), required=False, rows=3)
    language = language_field()

    def __init__(self, *args: Any, organisations: Iterable[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = {organisation.code: organisation for organisation in organisations}
        listed = [(code, f"{code} · {other.name}") for code, other in self.known.items()]
        self.fields["organisations"].choices = listed  # type: ignore[attr-defined]

    def asked(self) -> list[Organisation]:
        """Only after `is_valid()`."""
        return [self.known[code] for code in self.cleaned_data["organisations"]]


class CommentForm(forms.Form):
    objective = forms.ChoiceField(label=_("About"), required=False)
    text = words_field(_("Your comment"), rows=3)
    language = language_field()
    shared = forms.BooleanField(
        label=_("The others who are consulted may read it"),
        required=False,
        help_text=_("Without this, only you and the keeper of the plan read it."),
    )

    def __init__(self, *args: Any, objectives: Iterable[Objective], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.objectives = {str(objective.pk): objective for objective in objectives}
        listed = [("", _("the plan as a whole")), *((key, str(one)) for key, one in self.objectives.items())]
        self.fields["objective"].choices = listed  # type: ignore[attr-defined]

    def chosen(self) -> Objective | None:
        """Only after `is_valid()`."""
        return self.objectives.get(self.cleaned_data["objective"])


class AnswerForm(forms.Form):
    outcome = forms.ChoiceField(label=_("What becomes of it"), choices=Outcome.choices)
    why = words_field(_("Why"), rows=2)
    language = language_field()


class AdoptForm(forms.Form):
    adopted_on = forms.DateField(label=_("Adopted on"), widget=DayInput)
    adopted_by = forms.CharField(
        label=_("By which decision"),
        max_length=200,
        validators=[check_text],
        help_text=_("In words; the decision itself can be linked with the plan."),
    )


class ReviseForm(forms.Form):
    reason = words_field(_("Why"), rows=2)
