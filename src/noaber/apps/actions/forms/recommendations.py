"""The forms of recommendations."""

from __future__ import annotations

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from noaber.apps.actions.enums import Origin, RecommendationState
from noaber.apps.actions.models import Recommendation
from noaber.apps.actions.subjects import GapSubject
from noaber.apps.records.forms import RecordForm
from noaber.reference.territories import load_territories
from noaber.reference.vocabulary import load_capabilities, load_hazards


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


class RecommendationForm(RecordForm[Recommendation]):
    class Meta(RecordForm.Meta):
        model = Recommendation
        fields = ("text", "language", "made_on", "made_by", "origin")
        labels = {"text": _("What is recommended")}
        help_texts = {"made_by": _("A workshop, a board, a function.")}


def asked_gap(query: QueryDict) -> GapSubject | None:
    """The gap that an address names: `?party=BE33&party=NL42&capability=HCP&hazard=flood`; None where it names none."""
    parties = tuple(query.getlist("party"))
    capability, hazard = query.get("capability", ""), query.get("hazard", "")
    if len(parties) < 2 or not set(parties) <= set(load_territories()):
        return None
    if (capability and capability not in load_capabilities()) or (hazard and hazard not in load_hazards()):
        return None
    return GapSubject(parties, capability, hazard)
