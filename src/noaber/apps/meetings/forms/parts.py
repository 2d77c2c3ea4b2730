"""The forms of what a meeting consists of: participants, points, minutes, decisions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from noaber.apps.accounts.models import Organisation
from noaber.apps.meetings.enums import Answer, Capacity, Purpose
from noaber.apps.meetings.forms.meetings import set_choices
from noaber.apps.meetings.models import LONGEST_KEY, LONGEST_TITLE, AgendaItem
from noaber.apps.meetings.services.minutes import LONGEST_MINUTES
from noaber.apps.meetings.values import DecisionData, ItemData, ParticipantData
from noaber.apps.records.forms import words_field
from noaber.web.forms import DayInput, QuantityInput, check_text
from noaber.web.written_in import WrittenInField


class ParticipantForm(forms.Form):
    """An organisation, a function of one, or somebody who is not in Noaber."""

    organisation = forms.ChoiceField(label=_("Organisation"), required=False)
    function = forms.CharField(label=_("Function or name"), required=False, max_length=160, validators=[check_text])
    mail = forms.EmailField(label=_("Mail, for the invitation"), required=False)
    capacity = forms.ChoiceField(label=_("Takes part as"), choices=Capacity.choices)

    def __init__(self, *args: Any, organisations: Iterable[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.organisations = {one.code: one for one in organisations}
        named = [(code, f"{code} · {one.name}") for code, one in self.organisations.items()]
        set_choices(self, "organisation", [("", _("none")), *named])

    def data_for_service(self) -> ParticipantData:
        found = self.cleaned_data
        return ParticipantData(
            organisation=self.organisations.get(found["organisation"]),
            function=found["function"],
            mail=found["mail"],
            capacity=Capacity(found["capacity"]),
        )


class AnswerForm(forms.Form):
    answer = forms.ChoiceField(label=_("Answer"), choices=Answer.choices)


class ItemForm(forms.Form):
    """A point of the agenda."""

    title = forms.CharField(label=_("Point"), max_length=LONGEST_TITLE, validators=[check_text])
    language = WrittenInField()
    purpose = forms.ChoiceField(label=_("Purpose"), choices=Purpose.choices)
    presenter = forms.ChoiceField(label=_("Presented by"), required=False)
    minutes_allotted = forms.IntegerField(
        label=_("Minutes"), required=False, min_value=1, max_value=600, widget=QuantityInput(minimum=1, maximum=600)
    )
    members_only = forms.BooleanField(
        label=_("For members only"),
        required=False,
        help_text=_("Observers and guests do not see this point, its minutes or its decisions at all."),
    )

    def __init__(
        self, *args: Any, organisations: Iterable[Organisation], record: AgendaItem | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.record = record
        self.organisations = {one.code: one for one in organisations}
        named = [(code, f"{code} · {one.name}") for code, one in self.organisations.items()]
        set_choices(self, "presenter", [("", _("nobody named")), *named])

    def data_for_service(self) -> ItemData:
        found, record = self.cleaned_data, self.record
        return ItemData(
            title=found["title"],
            language=found["language"],
            purpose=Purpose(found["purpose"]),
            presenter=self.organisations.get(found["presenter"]),
            minutes_allotted=found["minutes_allotted"],
            members_only=found["members_only"],
            is_finished=record.is_finished if record else False,
            illustrative=record.illustrative if record else False,
        )


class MinutesField(forms.CharField):
    """The words of the minutes. A browser that knew the longest text would cut a longer one in silence; here it is
    said. The breaks of lines and pages that word processors paste are line ends."""

    def to_python(self, value: Any) -> str:
        words = str(super().to_python(value)).replace("\r\n", "\n")
        return words.translate({ord("\x0b"): "\n", ord("\x0c"): "\n"})

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {name: value for name, value in super().widget_attrs(widget).items() if name != "maxlength"}


class MinutesForm(forms.Form):
    """What was said about a point.

    `base` is the version from which its author began, `once` the form itself (`{% once_token %}`), and `goes_on` the
    draft that it took up.
    """

    text = MinutesField(
        label=pgettext_lazy("of a meeting", "Minutes"),
        required=False,
        max_length=LONGEST_MINUTES,
        strip=False,
        widget=forms.Textarea({"rows": 10}),
        validators=[check_text],
    )
    language = WrittenInField()
    base = forms.IntegerField(required=False, widget=forms.HiddenInput)
    goes_on = forms.CharField(required=False, max_length=60, widget=forms.HiddenInput)
    once = forms.CharField(required=False, max_length=LONGEST_KEY)

    def data_for_service(self) -> dict[str, Any]:
        """Only after `is_valid()`."""
        found = self.cleaned_data
        return {name: found[name] for name in ("text", "language", "base", "goes_on")} | {"writing": found["once"]}


class DecisionForm(forms.Form):
    text = words_field(_("What was decided"), rows=3)
    language = WrittenInField()
    made_on = forms.DateField(label=_("Decided on"), widget=DayInput)
    item = forms.ChoiceField(
        label=_("Agenda point"),
        required=False,
        help_text=_("Who sees the point sees the decision; without one, who sees the meeting."),
    )

    def __init__(self, *args: Any, items: Sequence[AgendaItem], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.items = {str(item.pk): item for item in items}
        set_choices(self, "item", [("", _("none")), *((key, item.title) for key, item in self.items.items())])

    def data_for_service(self) -> DecisionData:
        found = self.cleaned_data
        return DecisionData(text=found["text"], language=found["language"], made_on=found["made_on"])

    def chosen_item(self) -> AgendaItem | None:
        return self.items.get(self.cleaned_data["item"])


class DecisionTextForm(forms.Form):
    """Other words for a decision; nothing else of it changes."""

    text = words_field(_("What was decided"), rows=4)
    language = WrittenInField()


class DecisionFilterForm(forms.Form):
    """An address that asks for something odd gets the whole list."""

    q = forms.CharField(label=_("Text or number"), required=False, max_length=80)
    series = forms.ChoiceField(label=_("Series"), required=False)
    year = forms.ChoiceField(label=_("Year"), required=False)

    def __init__(self, *args: Any, series: Iterable[Any], years: Iterable[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        set_choices(self, "series", [("", _("all")), *((str(one.pk), one.name) for one in series)])
        set_choices(self, "year", [("", _("all")), *((str(year), str(year)) for year in years)])

    def wanted(self) -> dict[str, str]:
        self.is_valid()
        found = self.cleaned_data
        return {"text": found.get("q", ""), "series": found.get("series", ""), "year": found.get("year", "")}
