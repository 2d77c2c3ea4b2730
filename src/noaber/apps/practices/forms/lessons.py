"""The forms of lessons: what is looked for, what was learned, which action answers it, whether it helps."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from noaber.apps.actions.models import Action
from noaber.apps.practices.enums import LessonState, Occasion
from noaber.apps.practices.forms.common import OCCASION, OCCASION_HELP, AboutForm
from noaber.apps.practices.models import Lesson
from noaber.apps.practices.queries import LessonFilter
from noaber.apps.records.forms import line_field, words_field, words_input
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


class LessonForm(AboutForm[Lesson]):
    """A lesson: what was seen, why, what is to change; about what, who sees it."""

    class Meta(AboutForm.Meta):
        model = Lesson
        fields = (
            "title",
            "language",
            "observation",
            "cause",
            "change",
            *OCCASION,
            "kept_by_function",
            "made_on",
        )
        widgets = {"cause": words_input(3)}
        help_texts = OCCASION_HELP | {
            "title": _("In one line."),
            "kept_by_function": _("A function of your organisation."),
        }


class TakeUpForm(forms.Form):
    """An action that is there already."""

    action = forms.ChoiceField(label=_("Action"))

    def __init__(self, *args: Any, actions: Iterable[Action], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actions = {action.number: action for action in actions}
        listed = [(number, f"{number} {action.title}") for number, action in self.actions.items()]
        self.fields["action"].choices = listed  # type: ignore[attr-defined]

    def clean_action(self) -> Action:
        return self.actions[self.cleaned_data["action"]]


class CheckForm(forms.Form):
    effective = forms.TypedChoiceField(
        label=_("Does it help"),
        coerce=lambda value: value == "yes",
        choices=[("yes", _("It helps")), ("no", _("It does not help"))],
        widget=Segments(classes={"yes": "yes", "no": "no"}, icons={"yes": "yes", "no": "no"}),
    )
    note = words_field(_("What was found"), rows=3, help_text=_("In which exercise, test or incident it showed."))
    language = WrittenInField()
    checked_by = line_field(_("Checked by"), longest=160, help_text=_("A function, a working group, a staff."))
    checked_on = forms.DateField(label=_("Checked on"), widget=DayInput)
