"""The forms of a consultation and of the steps of a plan."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from noaber.apps.accounts.models import Organisation
from noaber.apps.library.queries import FoundRecord
from noaber.apps.plans.enums import Outcome
from noaber.apps.plans.models import Objective
from noaber.apps.records.forms import words_field
from noaber.web.forms import DayInput, check_text
from noaber.web.written_in import WrittenInField

LONGEST_DECISION: Final = 200


class ConsultationForm(forms.Form):
    organisations = forms.MultipleChoiceField(
        label=_("Whom"), widget=forms.SelectMultiple({"size": 8}), help_text=_("They see the plan from now on.")
    )
    until = forms.DateField(label=_("Open until"), widget=DayInput)
    text = words_field(_("What you ask of them"), required=False, rows=3)
    language = WrittenInField()

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
    language = WrittenInField()
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
    """What becomes of a comment; what becomes of it and why are one answer."""

    together = (("outcome", "why", "language"),)

    outcome = forms.ChoiceField(label=_("What becomes of it"), choices=Outcome.choices)
    why = words_field(_("Why"), rows=2)
    language = WrittenInField()


class AdoptForm(forms.Form):
    """By a decision that the reader sees, which is then linked with the plan, or by one in words."""

    adopted_on = forms.DateField(label=_("Adopted on"), widget=DayInput)
    decision = forms.ChoiceField(label=_("By which decision"), required=False)
    adopted_by = forms.CharField(
        label=_("In words"),
        max_length=LONGEST_DECISION,
        validators=[check_text],
        help_text=_("Where the decision is not in the list."),
        required=False,
    )

    def __init__(self, *args: Any, decisions: Iterable[FoundRecord], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.decisions = {str(one.record.pk): one for one in decisions}
        listed = [("", _("none of these")), *((key, one.title) for key, one in self.decisions.items())]
        self.fields["decision"].choices = listed  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        if not found.get("decision") and not found.get("adopted_by") and "adopted_by" not in self.errors:
            self.add_error("adopted_by", _("Choose the decision, or say in words by which one."))
        return found

    def data_for_service(self) -> dict[str, Any]:
        """Only after `is_valid()`."""
        found = self.cleaned_data
        chosen = self.decisions.get(found["decision"])
        words = found["adopted_by"] or (chosen.record.number if chosen else "")
        return {
            "adopted_on": found["adopted_on"],
            "adopted_by": words,
            "decision": chosen.record if chosen else None,
        }


class ReviseForm(forms.Form):
    reason = words_field(_("Why"), rows=2)


class WithdrawForm(forms.Form):
    """Why, for everyone who sees the draft."""

    reason = words_field(_("Why"), rows=2)
    language = WrittenInField()
