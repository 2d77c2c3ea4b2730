"""The forms of lessons: what is looked for, what was learned, which action answers it, whether it helps."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from noaber.apps.accounts.enums import TlpLabel
from noaber.apps.actions.models import Action
from noaber.apps.practices.enums import LessonState, Occasion
from noaber.apps.practices.forms.common import AboutForm
from noaber.apps.practices.models import Lesson
from noaber.apps.practices.queries import LessonFilter
from noaber.apps.practices.values import CheckData, LessonData
from noaber.apps.records.forms import line_field, words_field
from noaber.apps.registry.coded import theme_choices
from noaber.web.forms import DayInput, Segments
from noaber.web.written_in import WrittenInField


class LessonFilterForm(forms.Form):
    """An address that asks for something odd gets the whole list."""

    q = forms.CharField(label=_("Words in any language"), required=False, max_length=80)
    state = forms.ChoiceField(label=_("State"), required=False, choices=[("", _("all")), *LessonState.choices])
    occasion = forms.ChoiceField(label=_("Occasion"), required=False, choices=[("", _("all")), *Occasion.choices])
    theme = forms.ChoiceField(label=_("Theme"), required=False)
    organisation = forms.ChoiceField(label=_("Kept by"), required=False)

    def __init__(self, *args: Any, organisations: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        listed = {"theme": theme_choices(), "organisation": [(code, code) for code in organisations]}
        for name, choices in listed.items():
            self.fields[name].choices = [("", _("all")), *choices]  # type: ignore[attr-defined]

    def wanted(self) -> LessonFilter:
        self.is_valid()
        found = self.cleaned_data
        names = ("state", "occasion", "theme", "organisation")
        return LessonFilter(text=found.get("q", ""), **{name: found.get(name, "") for name in names})


class LessonForm(AboutForm):
    """A lesson: what was seen, why, what is to change; about what, who sees it."""

    title = line_field(_("Lesson"), help_text=_("In one line."))
    language = WrittenInField()
    observation = words_field(_("What was seen"), rows=4)
    cause = words_field(_("Why it was so"), rows=3, required=False)
    change = words_field(_("What is to change"), rows=4)
    made_on = forms.DateField(label=_("Noted on"), widget=DayInput)
    kept_by_function = line_field(
        _("Who sees to it"), longest=160, required=False, help_text=_("A function of your organisation.")
    )
    field_order = (
        "title",
        "language",
        "observation",
        "cause",
        "change",
        "occasion",
        "occasion_name",
        "kept_by_function",
        "made_on",
        "themes",
        "hazards",
        "capabilities",
        "tlp",
        "groups",
    )

    def __init__(self, *args: Any, record: Lesson | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.record = record
        if record is not None:
            del self.fields["made_on"]

    def data_for_service(self) -> LessonData:
        """Only after `is_valid()`. What the form does not ask stays as the record has it."""
        found, record = self.cleaned_data, self.record
        names = ("title", "language", "observation", "cause", "change", "occasion_name", "kept_by_function", "groups")
        return LessonData(
            **{name: found[name] for name in names},
            made_on=record.made_on if record else found["made_on"],
            occasion=Occasion(found["occasion"]),
            about=self.about(),
            tlp=TlpLabel(found["tlp"]),
            illustrative=record.illustrative if record else False,
            source=record.source if record else "",
        )


class TakeUpForm(forms.Form):
    """An action that is there already."""

    action = forms.ChoiceField(label=_("Action"))

    def __init__(self, *args: Any, actions: Iterable[Action], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actions = {action.number: action for action in actions}
        listed = [(number, f"{number} {action.title}") for number, action in self.actions.items()]
        self.fields["action"].choices = listed  # type: ignore[attr-defined]

    def chosen(self) -> Action:
        """Only after `is_valid()`."""
        return self.actions[self.cleaned_data["action"]]


class CheckForm(forms.Form):
    effective = forms.ChoiceField(
        label=_("Does it help"),
        choices=[("yes", _("It helps")), ("no", _("It does not help"))],
        widget=Segments(classes={"yes": "yes", "no": "no"}, icons={"yes": "yes", "no": "no"}),
    )
    note = words_field(_("What was found"), rows=3, help_text=_("In which exercise, test or incident it showed."))
    language = WrittenInField()
    checked_by = line_field(_("Checked by"), longest=160, help_text=_("A function, a working group, a staff."))
    checked_on = forms.DateField(label=_("Checked on"), widget=DayInput)

    def data_for_service(self) -> CheckData:
        """Only after `is_valid()`."""
        found = self.cleaned_data
        return CheckData(
            checked_on=found["checked_on"],
            checked_by=found["checked_by"],
            effective=found["effective"] == "yes",
            note=found["note"],
            language=found["language"],
        )
