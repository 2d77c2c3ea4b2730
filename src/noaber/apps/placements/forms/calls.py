"""The forms of programmes, calls and host places."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from noaber.apps.accounts.enums import TlpLabel
from noaber.apps.accounts.models import Organisation
from noaber.apps.placements.enums import StaffFunction
from noaber.apps.placements.forms.fields import LevelsForm, day_field, initial_levels, line_field
from noaber.apps.placements.models import LONGEST_TITLE, ExchangeProgramme, HostPlace
from noaber.apps.placements.values import CallData, PlaceData, ProgrammeData
from noaber.apps.records.forms import SharingForm, words_field
from noaber.web.forms import MomentField, QuantityInput
from noaber.web.written_in import WrittenInField

PERIODS = (1, 2)
_DAYS = frozenset(f"{name}_{number}" for name in ("begins", "ends") for number in PERIODS)


class ProgrammeForm(SharingForm):
    title = line_field(_("Title"), LONGEST_TITLE)
    language = WrittenInField()
    purpose = words_field(_("Purpose"), required=False)
    field_order = ("title", "language", "purpose", "tlp", "groups")

    def data_for_service(self, record: ExchangeProgramme | None) -> ProgrammeData:
        """Only after `is_valid()`. What the form does not ask stays as the record has it."""
        found = self.cleaned_data
        return ProgrammeData(
            title=found["title"],
            language=found["language"],
            purpose=found["purpose"],
            tlp=TlpLabel(found["tlp"]),
            groups=found["groups"],
            illustrative=record.illustrative if record else False,
            source=record.source if record else "",
        )


class CallForm(forms.Form):
    title = line_field(_("Title"), LONGEST_TITLE)
    language = WrittenInField()
    conditions = words_field(_("Conditions"), required=False)
    opens_on = day_field(_("Opens on"))
    closes_at = MomentField(label=_("Applications until"))
    ranked_by = MomentField(label=_("Hosts rank until"))

    def data_for_service(self) -> CallData:
        return CallData(**self.cleaned_data)


class PlaceForm(LevelsForm):
    """One host place. A stay lies in one of its two periods."""

    organisation = forms.ChoiceField(label=_("Host"))
    title = line_field(_("What"), LONGEST_TITLE)
    language = WrittenInField()
    description = words_field(_("More about it"), required=False, rows=3)
    town = line_field(_("Where"), 120, required=False)
    weeks = forms.IntegerField(label=_("Weeks"), min_value=1, max_value=52, widget=QuantityInput(minimum=1, maximum=52))
    capacity = forms.IntegerField(
        label=_("How many people"), min_value=1, max_value=50, initial=1, widget=QuantityInput(minimum=1, maximum=50)
    )
    begins_1 = day_field(_("From"))
    ends_1 = day_field(_("Until"))
    begins_2 = day_field(_("Or from"), required=False)
    ends_2 = day_field(_("Or until"), required=False)
    functions = forms.MultipleChoiceField(
        label=_("For whom"),
        required=False,
        choices=StaffFunction.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None is for everyone."),
    )

    def __init__(
        self, *args: Any, hosts: Iterable[Organisation], record: HostPlace | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.hosts = {host.code: host for host in hosts}
        listed = [(code, f"{code} · {host.name}") for code, host in self.hosts.items()]
        self.fields["organisation"].choices = listed  # type: ignore[attr-defined]
        self.record = record
        if record is not None:
            del self.fields["organisation"]

    @property
    def together(self) -> tuple[tuple[str, ...], ...]:
        return tuple((f"begins_{number}", f"ends_{number}") for number in PERIODS)

    @property
    def plain_fields(self) -> list[forms.BoundField]:
        return [field for field in super().plain_fields if field.name not in _DAYS]

    @property
    def period_fields(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """The first and the last day of each period."""
        return [(self[f"begins_{number}"], self[f"ends_{number}"]) for number in PERIODS]

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if bool(found.get("begins_2")) != bool(found.get("ends_2")):
            self.add_error("ends_2", _("Give both days of the second period, or none."))
        return found

    def data_for_service(self) -> PlaceData:
        """Only after `is_valid()`."""
        found, record = self.cleaned_data, self.record
        return PlaceData(
            organisation=record.organisation if record else self.hosts[found["organisation"]],
            title=found["title"],
            language=found["language"],
            description=found["description"],
            town=found["town"],
            weeks=found["weeks"],
            capacity=found["capacity"],
            periods=list(self._periods()),
            languages=self.levels(),
            functions=found["functions"],
        )

    def _periods(self) -> Iterator[tuple[datetime.date, datetime.date]]:
        for number in PERIODS:
            begins, ends = self.cleaned_data[f"begins_{number}"], self.cleaned_data[f"ends_{number}"]
            if begins and ends:
                yield begins, ends


def initial_place(record: HostPlace) -> dict[str, Any]:
    """What the form of a place that is there begins with."""
    names = ("title", "language", "description", "town", "weeks", "capacity", "functions")
    initial = {name: getattr(record, name) for name in names} | initial_levels(record.languages)
    for number, period in zip(PERIODS, record.periods.all(), strict=False):
        initial |= {f"begins_{number}": period.begins_on, f"ends_{number}": period.ends_on}
    return initial
