"""Forms of incidents and needs: they read what was typed, and hand values to the services."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from noaber.apps.accounts.acting import Acting
from noaber.apps.accounts.enums import TlpLabel
from noaber.apps.accounts.models import Organisation
from noaber.apps.exchange.forms.common import add_problems
from noaber.apps.planner.enums import Priority, Severity
from noaber.apps.planner.models import Incident, Need
from noaber.apps.planner.services.incidents import IncidentData, NeedData
from noaber.apps.records.forms import GroupsField, StatusField
from noaber.apps.records.sharing import groups_of
from noaber.apps.registry.coded import capability_name, grouped_capability_choices, hazard_choices, territory_name
from noaber.apps.registry.forms.places import TerritoryField, territory_of_position
from noaber.core.deadlines import Deadline, check_move, check_stated
from noaber.core.problems import InvalidInput
from noaber.reference.gazetteer import search
from noaber.web.clock import now
from noaber.web.forms import DeadlineField, QuantityInput
from noaber.web.reader import reader_language
from noaber.web.written_in import PerhapsWrittenInField, WrittenInField

MAX_TEAMS = 1000
MAX_NEEDS = 20


class JudgedForm(forms.Form):
    """A form that can also be shown again as it was typed, without a word on what is missing yet."""

    def __init__(self, *args: Any, judged: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.judged = judged

    def full_clean(self) -> None:
        super().full_clean()
        if not self.judged:
            self.errors.clear()


class IncidentForm(JudgedForm):
    title = forms.CharField(
        label=_("Name"),
        max_length=120,
        required=False,
        help_text=_("Place and what is hit: “Pepinster, Vesdre valley”. Left empty, it is the place."),
    )
    hazard = forms.ChoiceField(label=_("Hazard"))
    severity = forms.ChoiceField(label=_("Severity"), choices=Severity.choices, initial=Severity.SEVERE)
    place = forms.CharField(label=_("Place"), max_length=120, widget=forms.TextInput({"autocomplete": "off"}))
    territory = TerritoryField(
        required=False,
        help_text=_("The place proposes it; correct it by name. Some texts hold in border districts only."),
    )
    lon = forms.FloatField(
        label=_("Longitude"), min_value=-180, max_value=180, required=False, widget=forms.NumberInput({"step": "any"})
    )
    lat = forms.FloatField(
        label=_("Latitude"), min_value=-90, max_value=90, required=False, widget=forms.NumberInput({"step": "any"})
    )
    affected_radius_km = forms.FloatField(
        label=_("Affected area, radius in km"), min_value=0.1, max_value=500, required=False
    )
    reception_point = forms.CharField(
        label=_("Reception point"), max_length=200, required=False, help_text=_("Where arriving teams report.")
    )
    note = forms.CharField(
        label=_("What is known"), required=False, widget=forms.Textarea(attrs={"rows": 3}), max_length=4000
    )
    language = WrittenInField(help_text=_("Name, what is known, and what the teams are to do."))
    tlp = forms.ChoiceField(label="TLP", choices=TlpLabel.choices, initial=TlpLabel.AMBER)
    groups = GroupsField()
    status = StatusField()

    def __init__(self, acting: Acting, *args: Any, fixed_status: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["hazard"].choices = hazard_choices()  # type: ignore[attr-defined]
        self.fields["groups"].queryset = groups_of(acting.organisation)  # type: ignore[attr-defined]
        if fixed_status:
            del self.fields["status"]

    def clean(self) -> dict[str, Any]:
        """A name alone is enough where the gazetteer knows it; a position alone, where a country lies under it."""
        cleaned = super().clean() or {}
        if cleaned.get("place") and not self.errors:
            self._find_position(cleaned)
            self._find_territory(cleaned)
        return cleaned

    def _find_position(self, cleaned: dict[str, Any]) -> None:
        if cleaned["lon"] is not None and cleaned["lat"] is not None:
            return
        found = next(iter(search(cleaned["place"], limit=1)), None)
        if found is None:
            self.add_error("place", _("No place of that name is known here. Give its position, or click on the map."))
            return
        cleaned["lon"], cleaned["lat"] = found.lon, found.lat

    def _find_territory(self, cleaned: dict[str, Any]) -> None:
        if cleaned["territory"] or self.errors:
            return
        cleaned["territory"] = territory_of_position(cleaned["lon"], cleaned["lat"])
        if not cleaned["territory"]:
            self.add_error("territory", _("No district is known at this position; choose it by its name."))

    def data_for_service(self) -> IncidentData:
        """What the services take; only after `is_valid()`."""
        cleaned = self.cleaned_data
        return IncidentData(
            title=cleaned["title"] or cleaned["place"],
            hazard=cleaned["hazard"],
            severity=Severity(cleaned["severity"]),
            place=cleaned["place"],
            territory=cleaned["territory"],
            lon=cleaned["lon"],
            lat=cleaned["lat"],
            affected_radius_km=cleaned["affected_radius_km"],
            reception_point=cleaned["reception_point"],
            note=cleaned["note"],
            tlp=TlpLabel(cleaned["tlp"]),
            groups=list(cleaned["groups"]),
        )


class NeedForm(JudgedForm):
    capability = forms.ChoiceField(label=_("Capability"))
    quantity = forms.IntegerField(
        label=_("Teams"), min_value=1, max_value=MAX_TEAMS, widget=QuantityInput(minimum=1, maximum=MAX_TEAMS)
    )
    needed_by = DeadlineField(label=_("Needed by: hours or time"))
    useless_after = DeadlineField(label=_("Useless after: hours or time"), required=False)
    priority = forms.TypedChoiceField(
        label=_("Priority"), choices=Priority.choices, coerce=int, initial=Priority.LIFE.value
    )
    function = forms.CharField(label=_("To do what"), max_length=200, required=False)
    language = WrittenInField()
    reason = forms.CharField(
        label=_("Why the deadline moves"),
        max_length=200,
        required=False,
        help_text=_("Needed where it moves. Those who were asked keep the old one until they are asked anew."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("needed_by", "useless_after"):
            self.fields[name].initial = self.initial.get(name)
        blank = ("", _("choose"))
        self.fields["capability"].choices = [blank, *grouped_capability_choices()]  # type: ignore[attr-defined]
        if not self.initial.get("needed_by"):
            del self.fields["reason"]
        if self.initial.get("function") and not self.initial.get("language"):
            self.fields["language"] = PerhapsWrittenInField()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("needed_by") and "useless_after" in cleaned:
            self._check_deadline(Deadline(cleaned["needed_by"], cleaned["useless_after"]), cleaned.get("reason", ""))
        return cleaned

    def _check_deadline(self, stated: Deadline, reason: str) -> None:
        """What the service would refuse, beside the field that it is about."""
        try:
            if "reason" not in self.fields:
                check_stated(stated, stated_at=now())
            elif stated != (before := Deadline(self.initial["needed_by"], self.initial["useless_after"])):
                check_move(before, stated, reason=reason, moved_at=now())
        except InvalidInput as error:
            add_problems(self, error, {f"/{name}": name for name in self.fields})

    def data_for_service(self) -> NeedData:
        """What the services take; only after `is_valid()`."""
        cleaned = self.cleaned_data
        return NeedData(
            capability=cleaned["capability"],
            quantity=cleaned["quantity"],
            needed_by=cleaned["needed_by"],
            useless_after=cleaned["useless_after"],
            priority=cleaned["priority"],
            function=cleaned["function"],
            language=cleaned.get("language", ""),
        )

    @property
    def reason_language(self) -> str:
        """Of why the deadline moves: the one chosen, unless that is of words which stood there and were left alone."""
        is_chosen = {"function", "language"} & set(self.changed_data)
        language: str = self.cleaned_data["language"] if is_chosen else reader_language()
        return language


class NeedRowForm(NeedForm):
    """A need in the form of its incident, which says for all of them in which language they are written."""

    language = None  # type: ignore[assignment]


class BaseNeedForms(forms.BaseFormSet):  # type: ignore[type-arg]
    def __init__(self, *args: Any, judged: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.judged = judged

    def get_form_kwargs(self, index: int | None) -> dict[str, Any]:
        return {**super().get_form_kwargs(index), "judged": self.judged}

    def clean(self) -> None:
        filled = sum(1 for form in self.forms if form.has_changed())
        if not filled:
            raise forms.ValidationError(_("Name at least one need."))
        if filled > MAX_NEEDS:
            raise forms.ValidationError(_("An incident has at most %(count)s needs."), params={"count": MAX_NEEDS})

    def full_clean(self) -> None:
        super().full_clean()
        if not self.judged:
            self.non_form_errors().clear()


NeedForms = cast(
    "type[BaseNeedForms]",
    forms.formset_factory(NeedRowForm, BaseNeedForms, extra=3, max_num=MAX_NEEDS + 3, absolute_max=MAX_NEEDS + 4),
)
"""The rows of needs of a new incident: at least one, empty rows are passed over."""


class NoteLanguageForm(forms.Form):
    """In which language a line of the log is written."""

    language = WrittenInField()

    def written_in(self) -> str:
        """The one chosen; that of the page, where what came is none of ours."""
        language: str = self.cleaned_data["language"] if self.is_valid() else reader_language()
        return language


class AskForm(forms.Form):
    """A request by hand: whom, and how many teams for each need."""

    supplier = forms.ChoiceField(label=_("Organisation"))

    def __init__(self, acting: Acting, needs: Sequence[tuple[Need, int]], *args: Any, **kwargs: Any) -> None:
        """`needs` with how many teams each still lacks."""
        super().__init__(*args, **kwargs)
        self.needs = [need for need, _missing in needs]
        self.organisations = {
            organisation.code: organisation
            for organisation in Organisation.objects.exclude(pk=acting.organisation.pk).order_by("country", "code")
        }
        self.fields["supplier"].choices = list(self._supplier_choices())  # type: ignore[attr-defined]
        for need, missing in needs:
            self.fields[need.code] = forms.IntegerField(
                label=capability_name(need.capability),
                min_value=0,
                max_value=MAX_TEAMS,
                required=False,
                initial=missing,
                widget=QuantityInput(maximum=MAX_TEAMS),
            )

    def _supplier_choices(self) -> Iterator[tuple[str, Any]]:
        yield "", _("choose")
        for country, group in groupby(self.organisations.values(), key=lambda one: one.country):
            label = territory_name(country) if country else _("Elsewhere")
            yield str(label), [(one.code, f"{one.code} {one.name}") for one in group]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors and not any(cleaned.get(need.code) for need in self.needs):
            raise forms.ValidationError(_("Say of at least one need how many teams you ask for."))
        return cleaned

    @property
    def need_rows(self) -> list[tuple[Need, forms.BoundField]]:
        return [(need, self[need.code]) for need in self.needs]

    @property
    def chosen(self) -> Organisation:
        return self.organisations[self.cleaned_data["supplier"]]

    @property
    def asked(self) -> list[tuple[Need, int]]:
        return [(need, self.cleaned_data[need.code]) for need in self.needs if self.cleaned_data[need.code]]


def initial_of(incident: Incident) -> dict[str, Any]:
    """The form's values for an incident that is changed."""
    names = ("title", "hazard", "severity", "place", "territory", "lon", "lat", "affected_radius_km")
    more = ("reception_point", "note", "language", "tlp")
    return {name: getattr(incident, name) for name in (*names, *more)} | {"groups": list(incident.groups.all())}


def initial_of_need(need: Need) -> dict[str, Any]:
    return {
        "capability": need.capability,
        "quantity": need.quantity,
        "needed_by": need.needed_by,
        "useless_after": need.useless_after,
        "priority": need.priority,
        "function": need.function,
        "language": need.language if need.function else reader_language(),
    }
