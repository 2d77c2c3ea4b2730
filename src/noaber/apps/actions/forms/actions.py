"""The forms of actions: what is looked for, what is to be done, what was done."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from noaber.apps.actions.enums import ActionState, Origin
from noaber.apps.actions.models import Action
from noaber.apps.actions.queries import OVERDUE_ASKED, UNDER_WAY_ASKED, ActionFilter
from noaber.apps.records.forms import RecordForm, words_field
from noaber.web.forms import DayInput
from noaber.web.written_in import WrittenInField


class ActionFilterForm(forms.Form):
    """An address that asks for something odd gets the whole list."""

    q = forms.CharField(label=_("Text or number"), required=False, max_length=80)
    organisation = forms.ChoiceField(label=_("Done by"), required=False)
    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[
            (UNDER_WAY_ASKED, _("still to do")),
            (OVERDUE_ASKED, _("overdue")),
            *ActionState.choices,
            ("all", _("all")),
        ],
    )
    origin = forms.ChoiceField(label=_("Came from"), required=False, choices=[("", _("all")), *Origin.choices])

    def __init__(self, *args: Any, organisations: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        listed = [("", _("all")), *((code, code) for code in organisations)]
        self.fields["organisation"].choices = listed  # type: ignore[attr-defined]

    def wanted(self) -> ActionFilter:
        """Without a state, what is still to do."""
        self.is_valid()
        found = self.cleaned_data
        state = found.get("state", "") or UNDER_WAY_ASKED
        return ActionFilter(
            organisation=found.get("organisation", ""),
            state="" if state == "all" else state,
            origin=found.get("origin", ""),
            text=found.get("q", ""),
        )

    def wanted_in_words(self) -> list[tuple[str, str]]:
        """The state, and whatever else is asked, each with its label."""
        asked = self.wanted()
        values = {"state": asked.state or "all", "organisation": asked.organisation, "origin": asked.origin}
        choices = {name: dict(self.fields[name].choices) for name in values}  # type: ignore[attr-defined]
        found = [(str(self.fields[name].label), str(choices[name][value])) for name, value in values.items() if value]
        return [*found, (str(self.fields["q"].label), asked.text)] if asked.text else found


class ActionForm(RecordForm[Action]):
    """What is to be done, by whom, until when."""

    class Meta(RecordForm.Meta):
        model = Action
        fields = (
            "title",
            "language",
            "description",
            "responsible",
            "responsible_function",
            "made_on",
            "due_on",
            "origin",
        )
        labels = {"title": _("What is to be done")}
        help_texts = {"responsible": _("This organisation always sees the action, and reports on it.")}

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        made_on = self.record.made_on if self.record else found.get("made_on")
        due_on = found.get("due_on")
        if made_on and due_on and due_on < made_on:
            self.add_error("due_on", _("Choose a day on or after the one on which it was agreed."))
        return found


class ProgressForm(forms.Form):
    text = words_field(_("How far it is"), rows=3)
    language = WrittenInField()


class FinishForm(forms.Form):
    done_on = forms.DateField(label=_("Done on"), widget=DayInput)
    evidence = words_field(
        _("What shows it"), required=False, help_text=_("May stay empty where a linked record is the evidence.")
    )
    language = WrittenInField()
