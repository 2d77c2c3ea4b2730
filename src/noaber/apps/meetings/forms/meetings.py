"""The forms of meetings and series: what is looked for, and what is planned."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from noaber.apps.accounts.enums import TlpLabel
from noaber.apps.accounts.models import LANGUAGES, Organisation
from noaber.apps.meetings.enums import MeetingKind, MeetingState
from noaber.apps.meetings.models import LONGEST_TITLE, AgendaItem, Meeting, Participant, Series
from noaber.apps.meetings.queries import AHEAD_ASKED, MeetingFilter
from noaber.apps.meetings.values import MeetingData, SeriesData
from noaber.apps.records.forms import SharingForm
from noaber.web.forms import DayInput, check_text
from noaber.web.written_in import WrittenInField


class MeetingFilterForm(forms.Form):
    """An address that asks for something odd gets the whole list."""

    q = forms.CharField(label=_("Title or place"), required=False, max_length=80)
    series = forms.ChoiceField(label=_("Series"), required=False)
    year = forms.ChoiceField(label=_("Year"), required=False)
    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[("", _("all")), (AHEAD_ASKED, _("still to come")), *MeetingState.choices],
    )

    def __init__(self, *args: Any, series: Iterable[Series], years: Iterable[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        set_choices(self, "series", [("", _("all")), *((str(one.pk), one.name) for one in series)])
        set_choices(self, "year", [("", _("all")), *((str(year), str(year)) for year in years)])

    def wanted(self) -> MeetingFilter:
        self.is_valid()
        found = self.cleaned_data
        return MeetingFilter(
            series=found.get("series", ""),
            state=found.get("state", ""),
            year=found.get("year", ""),
            text=found.get("q", ""),
        )


class ClockInput(forms.TimeInput):
    """A time of the day, as browsers ask for it."""

    input_type = "time"

    def __init__(self) -> None:
        super().__init__(format="%H:%M")


class MeetingForm(SharingForm):
    """What, when, where; in a new meeting also which points are carried over."""

    title = forms.CharField(label=_("Title"), max_length=LONGEST_TITLE, validators=[check_text])
    language = WrittenInField()
    kind = forms.ChoiceField(label=_("Kind"), choices=MeetingKind.choices)
    series = forms.ChoiceField(label=_("Series"), required=False)
    starts_on = forms.DateField(label=_("First day"), widget=DayInput)
    ends_on = forms.DateField(
        label=_("Last day"), required=False, widget=DayInput, help_text=_("Empty: it ends on its first day.")
    )
    starts_time = forms.TimeField(label=_("Begins at"), required=False, widget=ClockInput)
    ends_time = forms.TimeField(label=_("Ends at"), required=False, widget=ClockInput)
    time_zone = forms.ChoiceField(label=_("Time zone"))
    place = forms.CharField(label=_("Place"), required=False, max_length=200, validators=[check_text])
    video_link = forms.URLField(label=_("Video link"), required=False, max_length=400, assume_scheme="https")
    host = forms.ChoiceField(label=_("Host"), required=False)
    carried = forms.MultipleChoiceField(
        label=_("Carried over from earlier meetings"), required=False, widget=forms.CheckboxSelectMultiple
    )
    invited = forms.MultipleChoiceField(
        label=_("Invited again, as to the last meeting"), required=False, widget=forms.CheckboxSelectMultiple
    )
    field_order = (
        "title",
        "language",
        "kind",
        "series",
        "starts_on",
        "ends_on",
        "starts_time",
        "ends_time",
        "time_zone",
        "place",
        "video_link",
        "host",
        "carried",
        "invited",
        "tlp",
        "groups",
    )

    def __init__(
        self,
        *args: Any,
        series: Iterable[Series],
        organisations: Iterable[Organisation],
        unfinished: Sequence[AgendaItem] = (),
        participants: Sequence[Participant] = (),
        record: Meeting | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.record = record
        self.known_series = {str(one.pk): one for one in series}
        self.organisations = {one.code: one for one in organisations}
        self.unfinished = {str(item.pk): item for item in unfinished}
        set_choices(self, "series", [("", _("none")), *((key, one.name) for key, one in self.known_series.items())])
        named = [(code, f"{code} · {one.name}") for code, one in self.organisations.items()]
        set_choices(self, "host", [("", _("unknown")), *named])
        zones = sorted({one.time_zone for one in self.organisations.values()} | {"Europe/Brussels"})
        set_choices(self, "time_zone", [(zone, zone) for zone in zones])
        if self.unfinished:
            set_choices(self, "carried", [(key, item.title) for key, item in self.unfinished.items()])
        else:
            del self.fields["carried"]
        self.participants = {str(one.pk): one for one in participants}
        if self.participants:
            named = [(key, f"{one.name} · {one.get_capacity_display()}") for key, one in self.participants.items()]
            set_choices(self, "invited", named)
        else:
            del self.fields["invited"]

    def carried_items(self) -> list[AgendaItem]:
        """The points that were chosen, in the order of the agenda they come from."""
        chosen = set(self.cleaned_data.get("carried", ()))
        return [item for key, item in self.unfinished.items() if key in chosen]

    def invited_again(self) -> list[Participant]:
        """Those of the last meeting who are asked again."""
        chosen = set(self.cleaned_data.get("invited", ()))
        return [one for key, one in self.participants.items() if key in chosen]

    def data_for_service(self) -> MeetingData:
        """Only after `is_valid()`."""
        found, record = self.cleaned_data, self.record
        return MeetingData(
            title=found["title"],
            language=found["language"],
            kind=MeetingKind(found["kind"]),
            series=self.known_series.get(found["series"]),
            starts_on=found["starts_on"],
            ends_on=found["ends_on"],
            starts_time=found["starts_time"],
            ends_time=found["ends_time"],
            time_zone=found["time_zone"],
            place=found["place"],
            video_link=found["video_link"],
            host=self.organisations.get(found["host"]),
            tlp=TlpLabel(found["tlp"]),
            groups=found["groups"],
            illustrative=record.illustrative if record else False,
            source=record.source if record else "",
        )


def initial_meeting(record: Meeting) -> dict[str, Any]:
    names = ("title", "language", "kind", "starts_on", "ends_on", "starts_time", "ends_time", "time_zone", "place")
    return {name: getattr(record, name) for name in (*names, "video_link", "tlp")} | {
        "series": str(record.series_id or ""),
        "host": record.host.code if record.host else "",
        "groups": [group.code for group in record.groups.all()],
    }


class SeriesForm(SharingForm):
    """The name of a series, in the languages that it has."""

    field_order = (*(f"name_{language}" for language, _name in LANGUAGES), "tlp", "groups")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for language, name in LANGUAGES:
            self.fields[f"name_{language}"] = forms.CharField(
                label=name, required=False, max_length=120, validators=[check_text]
            )
        self.order_fields(self.field_order)

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if not any(found.get(f"name_{language}") for language, _name in LANGUAGES):
            self.add_error(f"name_{LANGUAGES[0][0]}", _("Write the name in one language at least."))
        return found

    def data_for_service(self) -> SeriesData:
        found = self.cleaned_data
        names = {language: found[f"name_{language}"] for language, _name in LANGUAGES}
        return SeriesData(names=names, tlp=TlpLabel(found["tlp"]), groups=found["groups"])


def initial_series(record: Series) -> dict[str, Any]:
    names = {f"name_{language}": record.names.get(language, "") for language, _name in LANGUAGES}
    return names | {"tlp": record.tlp, "groups": [group.code for group in record.groups.all()]}


class CallOffForm(forms.Form):
    reason = forms.CharField(
        label=_("Why"), max_length=1000, widget=forms.Textarea({"rows": 2}), validators=[check_text]
    )


def set_choices(form: forms.Form, name: str, choices: list[Any]) -> None:
    form.fields[name].choices = choices  # type: ignore[attr-defined]
