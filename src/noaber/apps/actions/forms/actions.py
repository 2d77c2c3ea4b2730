"""The forms of actions: what is looked for, what is to be done, what was done."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from noaber.apps.accounts.enums import TlpLabel
from noaber.apps.accounts.models import Organisation
from noaber.apps.actions.enums import ActionState, Origin
from noaber.apps.actions.models import LONGEST_TITLE, Action
from noaber.apps.actions.queries import OVERDUE_ASKED, UNDER_WAY_ASKED, ActionFilter
from noaber.apps.actions.values import ActionData
from noaber.apps.records.forms import SharingForm, words_field
from noaber.web.forms import DayInput, check_text
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


class ActionForm(SharingForm):
    """What is to be done, by whom, until when."""

    title = forms.CharField(label=_("What is to be done"), max_length=LONGEST_TITLE, validators=[check_text])
    language = WrittenInField()
    description = words_field(_("More about it"), required=False)
    responsible = forms.ChoiceField(
        label=_("Done by"), help_text=_("This organisation always sees the action, and reports on it.")
    )
    responsible_function = forms.CharField(
        label=_("By whom there"), required=False, max_length=160, validators=[check_text]
    )
    made_on = forms.DateField(label=_("Agreed on"), widget=DayInput)
    due_on = forms.DateField(label=_("Due on"), required=False, widget=DayInput)
    origin = forms.ChoiceField(label=_("Came from"), choices=Origin.choices)
    field_order = (
        "title",
        "language",
        "description",
        "responsible",
        "responsible_function",
        "made_on",
        "due_on",
        "origin",
        "tlp",
        "groups",
    )

    def __init__(
        self, *args: Any, organisations: Iterable[Organisation], record: Action | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.record = record
        self.organisations = {organisation.code: organisation for organisation in organisations}
        listed = [(code, f"{code} · {other.name}") for code, other in self.organisations.items()]
        self.fields["responsible"].choices = listed  # type: ignore[attr-defined]
        if record is not None:
            del self.fields["made_on"]

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        made_on = self.record.made_on if self.record else found.get("made_on")
        due_on = found.get("due_on")
        if made_on and due_on and due_on < made_on:
            self.add_error("due_on", _("Choose a day on or after the one on which it was agreed."))
        return found

    def data_for_service(self) -> ActionData:
        """Only after `is_valid()`. What the form does not ask stays as the record has it."""
        found, record = self.cleaned_data, self.record
        return ActionData(
            title=found["title"],
            language=found["language"],
            description=found["description"],
            responsible=self.organisations[found["responsible"]],
            responsible_function=found["responsible_function"],
            made_on=record.made_on if record else found["made_on"],
            due_on=found["due_on"],
            origin=Origin(found["origin"]),
            tlp=TlpLabel(found["tlp"]),
            groups=found["groups"],
            illustrative=record.illustrative if record else False,
            source=record.source if record else "",
        )


def initial_action(record: Action) -> dict[str, Any]:
    names = ("title", "language", "description", "responsible_function", "due_on", "origin", "tlp")
    initial = {name: getattr(record, name) for name in names}
    return initial | {"responsible": record.responsible.code, "groups": [group.code for group in record.groups.all()]}


class ProgressForm(forms.Form):
    text = words_field(_("How far it is"), rows=3)
    language = WrittenInField()


class FinishForm(forms.Form):
    done_on = forms.DateField(label=_("Done on"), widget=DayInput)
    evidence = words_field(
        _("What shows it"), required=False, help_text=_("May stay empty where a linked record is the evidence.")
    )
    language = WrittenInField()
