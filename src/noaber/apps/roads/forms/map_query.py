"""What the map is asked, as its address says it: what is odd is passed over, so that every address shows a map."""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from django import forms
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext, pgettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from noaber.apps.registry.coded import grouped_capability_choices, hazard_choices
from noaber.apps.roads.enums import BoundaryKind
from noaber.apps.roads.network.roads_now import has_roads
from noaber.apps.roads.reach.reach import KS
from noaber.core.geo import Position
from noaber.core.traveltime.heavy import HEAVY
from noaber.core.traveltime.vehicles import Vehicle
from noaber.reference.vocabulary import load_hazards
from noaber.web.forms import Segments
from noaber.web.tables import Column
from noaber.web.wording import number

WITHIN: Final = (30, 60, 120)
_USUAL_HAZARD: Final = "flood"


class View(StrEnum):
    """What the colours say."""

    CLOSED = "closed"
    OPEN = "open"
    GAIN = "gain"


VIEW_WORDS: Final[dict[str, str | Promise]] = {
    View.CLOSED: pgettext_lazy("borders", "Closed"),
    View.OPEN: pgettext_lazy("borders", "Open"),
    View.GAIN: _("Gain"),
}
K_WORDS: Final[dict[int, str | Promise]] = {
    1: _("first team"),
    3: _("third team"),
    5: _("fifth team"),
}


VEHICLE_WORDS: Final[dict[Vehicle, str | Promise]] = {
    Vehicle.CAR: _("Car"),
    Vehicle.HEAVY: _("Heavy vehicle"),
}


@dataclass(frozen=True)
class MapQuery:
    """A question to the map.

    Parameters
    ----------
    k
        Which team is to have arrived.
    within
        Minutes within which people count as reached.
    at
        The place that was clicked.
    boundaries
        The kind of the regions that are drawn and counted by; empty for none.
    vehicle
        Which drives the roads; the car where no network is installed, as the estimate is the same for all.
    """

    capability: str
    hazard: str
    k: int = 1
    view: View = View.OPEN
    within: int = 60
    at: Position | None = None
    boundaries: str = ""
    vehicle: Vehicle = Vehicle.CAR

    @property
    def column(self) -> int:
        """Where `k` stands in `KS`."""
        return KS.index(self.k)

    @classmethod
    def from_query(cls, query: QueryDict, capabilities: Collection[str]) -> MapQuery:
        """From an address; `capabilities` are those that can be asked, the usual one first."""
        capability, hazard = query.get("capability", ""), query.get("hazard", "")
        hazards = load_hazards()
        usual = _USUAL_HAZARD if _USUAL_HAZARD in hazards else next(iter(hazards))
        view = query.get("borders", "")
        return cls(
            capability if capability in capabilities else next(iter(capabilities), ""),
            hazard if hazard in hazards else usual,
            _one_of(query.get("k", ""), KS, 1),
            View(view) if view in set(View) else View.OPEN,
            _one_of(query.get("within", ""), WITHIN, 60),
            read_position(query),
            boundaries if (boundaries := query.get("boundaries", "")) in set(BoundaryKind.values) else "",
            _vehicle_asked(query),
        )


def _one_of(text: str, choices: tuple[int, ...], usual: int) -> int:
    return next((choice for choice in choices if str(choice) == text), usual)


def _vehicle_asked(query: QueryDict) -> Vehicle:
    vehicle = query.get("vehicle", "")
    return Vehicle(vehicle) if vehicle in set(Vehicle) and has_roads() else Vehicle.CAR


def read_position(query: QueryDict) -> Position | None:
    """`?lon=&lat=`; None where they name no point of the Earth."""
    try:
        lon, lat = float(query.get("lon", "")), float(query.get("lat", ""))
        return Position(lon, lat) if math.isfinite(lon) and math.isfinite(lat) else None
    except ValueError:
        return None


def vehicle_column(query: MapQuery) -> Column:
    """Says in every row of a file which vehicle drove."""
    return Column("vehicle", _("Vehicle"), lambda _row: VEHICLE_WORDS[query.vehicle])


def _heavy_words() -> str:
    """What the heavy vehicle is taken to be."""
    params = {"tonnes": number(HEAVY.weight_t), "metres": number(HEAVY.height_m, 1), "speed": number(HEAVY.top_km_h)}
    return (
        gettext("Heavy: %(tonnes)s t, %(metres)s m high, %(speed)s km/h at most, with the limits on its way.") % params
    )


class MapQueryForm(forms.Form):
    """The question, to be changed."""

    capability = forms.ChoiceField(label=_("Capability"))
    k = forms.ChoiceField(label=_("Arrival of the"), choices=list(K_WORDS.items()))
    hazard = forms.ChoiceField(label=_("Hazard"))
    borders = forms.ChoiceField(label=_("Borders"), choices=list(VIEW_WORDS.items()), widget=Segments)
    within = forms.ChoiceField(
        label=_("People reached within, minutes"), choices=[(m, str(m)) for m in WITHIN], widget=Segments
    )
    vehicle = forms.ChoiceField(label=_("Vehicle"), choices=list(VEHICLE_WORDS.items()), widget=Segments)
    boundaries = forms.ChoiceField(label=_("Regions"))
    lon = forms.FloatField(widget=forms.HiddenInput)
    lat = forms.FloatField(widget=forms.HiddenInput)
    status = forms.CharField(widget=forms.HiddenInput)

    def __init__(
        self, query: MapQuery, capabilities: Collection[str], status: str, *, kinds: Sequence[BoundaryKind] = ()
    ) -> None:
        initial: dict[str, Any] = {
            "capability": query.capability,
            "k": query.k,
            "hazard": query.hazard,
            "borders": query.view,
            "within": query.within,
            "boundaries": query.boundaries,
            "vehicle": query.vehicle,
            "lon": query.at.lon if query.at else "",
            "lat": query.at.lat if query.at else "",
            "status": status,
        }
        super().__init__(initial=initial)
        self.use_required_attribute = False
        if not has_roads():
            del self.fields["vehicle"]
        else:
            self.fields["vehicle"].help_text = _heavy_words()
        if kinds:
            shown = [("", pgettext("regions", "None")), *((kind.value, kind.label) for kind in kinds)]
            self.fields["boundaries"].choices = shown  # type: ignore[attr-defined]
        else:
            del self.fields["boundaries"]
        self.fields["hazard"].choices = hazard_choices()  # type: ignore[attr-defined]
        self.fields["capability"].choices = [  # type: ignore[attr-defined]
            (group, known)
            for group, choices in grouped_capability_choices()
            if (known := [choice for choice in choices if choice[0] in capabilities])
        ]
