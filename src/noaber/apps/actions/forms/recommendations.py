"""The forms of recommendations."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from noaber.apps.accounts.enums import TlpLabel
from noaber.apps.actions.enums import Origin, RecommendationState
from noaber.apps.actions.models import Recommendation
from noaber.apps.actions.subjects import GapSubject, decode_subject
from noaber.apps.actions.values import RecommendationData
from noaber.apps.records.forms import SharingForm, words_field
from noaber.reference.territories import load_territories
from noaber.reference.vocabulary import load_capabilities, load_hazards
from noaber.web.forms import DayInput, check_text
from noaber.web.written_in import WrittenInField


class RecommendationFilterForm(forms.Form):
    """An address that asks for something odd gets the whole list."""

    q = forms.CharField(label=_("Text or number"), required=False, max_length=80)
    state = forms.ChoiceField(label=_("State"), required=False, choices=[("", _("all")), *RecommendationState.choices])
    origin = forms.ChoiceField(label=_("Came from"), required=False, choices=[("", _("all")), *Origin.choices])

    def wanted(self) -> dict[str, str]:
        self.is_valid()
        found = self.cleaned_data
        return {"text": found.get("q", ""), "state": found.get("state", ""), "origin": found.get("origin", "")}

    def wanted_in_words(self) -> list[tuple[str, str]]:
        """The state, and whatever else is asked, each with its label."""
        asked = self.wanted()
        choices = {name: dict(self.fields[name].choices) for name in ("state", "origin")}  # type: ignore[attr-defined]
        found = [(str(self.fields["state"].label), str(choices["state"][asked["state"]]))]
        if asked["origin"]:
            found.append((str(self.fields["origin"].label), str(choices["origin"][asked["origin"]])))
        return [*found, (str(self.fields["q"].label), asked["text"])] if asked["text"] else found


class RecommendationForm(SharingForm):
    text = words_field(_("What is recommended"))
    language = WrittenInField()
    made_on = forms.DateField(label=_("Made on"), widget=DayInput)
    made_by = forms.CharField(
        label=_("Made by"),
        required=False,
        max_length=200,
        validators=[check_text],
        help_text=_("A workshop, a board, a function."),
    )
    origin = forms.ChoiceField(label=_("Came from"), choices=Origin.choices)
    field_order = ("text", "language", "made_on", "made_by", "origin", "tlp", "groups")

    def __init__(self, *args: Any, record: Recommendation | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.record = record
        if record is not None:
            del self.fields["made_on"]

    def data_for_service(self, about: GapSubject | None) -> RecommendationData:
        """Only after `is_valid()`. What the form does not ask stays as the record has it."""
        found, record = self.cleaned_data, self.record
        return RecommendationData(
            text=found["text"],
            language=found["language"],
            made_on=record.made_on if record else found["made_on"],
            made_by=found["made_by"],
            origin=Origin(found["origin"]),
            about=decode_subject(record.about) if record else about,
            tlp=TlpLabel(found["tlp"]),
            groups=found["groups"],
            illustrative=record.illustrative if record else False,
            source=record.source if record else "",
        )


def initial_recommendation(record: Recommendation) -> dict[str, Any]:
    names = ("text", "language", "made_by", "origin", "tlp")
    return {name: getattr(record, name) for name in names} | {"groups": [group.code for group in record.groups.all()]}


def asked_gap(query: QueryDict) -> GapSubject | None:
    """The gap that an address names: `?party=BE33&party=NL42&capability=HCP&hazard=flood`; None where it names none."""
    parties = tuple(query.getlist("party"))
    capability, hazard = query.get("capability", ""), query.get("hazard", "")
    if len(parties) < 2 or not set(parties) <= set(load_territories()):
        return None
    if (capability and capability not in load_capabilities()) or (hazard and hazard not in load_hazards()):
        return None
    return GapSubject(parties, capability, hazard)
