"""Forms of a deployment's steps."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from noaber.apps.exchange import words
from noaber.apps.exchange.forms.common import (
    SHORT_LENGTH,
    CodedWords,
    ReasonField,
    WordsField,
    answer_field,
    minutes_field,
)
from noaber.core.messages.model import DeploymentStatus, Location, ResponseType
from noaber.reference.vocabulary import ReasonUse
from noaber.web import clock
from noaber.web.forms import MomentField


def _crossing_help(crossing_point: str) -> str:
    """The crossing point is typed once: with the papers, or at the border."""
    if not crossing_point:
        return gettext("At the border: the crossing point.")
    return gettext("At the border: left empty, it is %(place)s, as the papers say.") % {"place": crossing_point}


class ReportForm(forms.Form):
    """Where the teams are: the state, when it came to it, and the place."""

    status = forms.ChoiceField(label=_("State"))
    at = MomentField(label=_("At"), required=False)
    place = forms.CharField(label=_("Place"), max_length=SHORT_LENGTH, required=False)
    estimated_arrival_at = MomentField(label=_("Arrival expected"), required=False)
    note = WordsField(label=_("Note"), required=False)

    def __init__(
        self, *args: Any, outcomes: Sequence[DeploymentStatus], crossing_point: str = "", **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.crossing_point = crossing_point
        if DeploymentStatus.AT_BORDER in outcomes:
            self.fields["place"].help_text = _crossing_help(crossing_point)
        status = self.fields["status"]
        assert isinstance(status, forms.ChoiceField)  # noqa: S101 - declared above
        status.choices = [(item.value, words.REPORTS[item]) for item in outcomes]
        self.fields["at"].initial = clock.now

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("status") == DeploymentStatus.AT_BORDER and not cleaned.get("place"):
            cleaned["place"] = self.crossing_point
            if not self.crossing_point:
                self.add_error("place", _("Enter the crossing point."))
        if cleaned.get("at") and cleaned["at"] > clock.now():
            self.add_error("at", _("This time lies ahead."))
        return cleaned

    def location(self) -> Location | None:
        place = self.cleaned_data["place"]
        return Location(place) if place else None


class NoteForm(forms.Form):
    """News that changes no state: where they are, when they come."""

    place = forms.CharField(label=_("Where they are"), max_length=SHORT_LENGTH, required=False)
    estimated_arrival_at = MomentField(label=_("Arrival expected"), required=False)
    note = WordsField(label=_("Note"), required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not any(cleaned.get(name) for name in ("place", "estimated_arrival_at", "note")):
            raise forms.ValidationError(_("Enter what is new: the place, the arrival or a note."))
        return cleaned

    def location(self) -> Location | None:
        place = self.cleaned_data["place"]
        return Location(place) if place else None


class AskExtensionForm(CodedWords):
    until = MomentField(label=_("Keep until"))
    reason_code = ReasonField(ReasonUse.EXTENSION, required=False)
    reason = WordsField(label=_("Explanation"), required=False)
    answer_within_minutes = minutes_field(label=_("Answer wanted within"), initial=60)


class AnswerExtensionForm(forms.Form):
    answer = answer_field(words.CONSENTS, initial=ResponseType.ACCEPT.value)
    until = MomentField(label=_("Until, where it differs"), required=False)
    reason_code = ReasonField(ReasonUse.DECLINE_EXTENSION, required=False)
    reason = WordsField(label=_("Explanation"), required=False)

    def clean(self) -> dict[str, Any]:
        return _with_reason(self, super().clean() or {})


class AskReturnForm(CodedWords):
    """Also for a recall, with its own list of reasons."""

    reason_code = ReasonField(ReasonUse.RETURN, required=False)
    reason = WordsField(label=_("Explanation"), required=False)
    return_at = MomentField(label=_("To leave at"), required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not (cleaned.get("reason_code") or cleaned.get("reason")):
            self.add_error("reason_code", _("Choose a reason, or write one."))
        return cleaned


class RecallForm(AskReturnForm):
    reason_code = ReasonField(ReasonUse.RECALL, required=False)


class AnswerReturnForm(forms.Form):
    answer = answer_field(words.CONSENTS, initial=ResponseType.ACCEPT.value)
    return_at = MomentField(label=_("They leave at"), required=False)
    handover = WordsField(label=_("Handover: gear, injuries, damage"), required=False)
    reason_code = ReasonField(ReasonUse.DECLINE_RETURN, required=False)
    reason = WordsField(label=_("Explanation"), required=False)

    def clean(self) -> dict[str, Any]:
        return _with_reason(self, super().clean() or {})


class ReleaseForm(CodedWords):
    words_field = "handover"
    reason_code = ReasonField(ReasonUse.RELEASE, required=False)
    handover = WordsField(
        label=_("Handover: gear, injuries, damage"), rows=3, help_text=_("Write “none” where there is nothing to note.")
    )
    return_at = MomentField(label=_("They leave at"), required=False)


def _with_reason(form: forms.Form, cleaned: dict[str, Any]) -> dict[str, Any]:
    """A decline or a doubt needs a reason."""
    refuses = cleaned.get("answer") in (ResponseType.DECLINE, ResponseType.PROVISIONAL)
    if refuses and not (cleaned.get("reason_code") or cleaned.get("reason")):
        form.add_error("reason_code", _("Choose a reason, or write one."))
    return cleaned
