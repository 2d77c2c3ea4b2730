"""Finding places: by name, by a click on the map, and the countries that the maps draw."""

from __future__ import annotations

import json
from functools import cache
from typing import Any, Final

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_GET

from noaber.apps.accounts.acting import ActingRequest, acting_required
from noaber.apps.registry.coded import territory_label, territory_name
from noaber.apps.registry.placing import NEAR_KM, district_at, district_words
from noaber.core.districts import Basis, District
from noaber.core.geo import Position
from noaber.reference.boundaries import countries_geojson
from noaber.reference.gazetteer import Place, nearest, search
from noaber.reference.region import GEONAMES_ATTRIBUTION, NATURAL_EARTH_ATTRIBUTION
from noaber.reference.territories import territory_path
from noaber.web.reader import reader_language

FOUND = 8


@acting_required
@require_GET
def place_search(request: ActingRequest) -> JsonResponse:
    """`?q=` with the beginning of a name in any language: the places, best first, near the organisation's seat."""
    text = request.GET.get("q", "")[:80]
    seat = request.acting.organisation
    near = Position(seat.lon, seat.lat) if seat.lon is not None and seat.lat is not None else None
    found = search(text, near=near, limit=FOUND) if text.strip() else []
    return JsonResponse({"places": [_place(place) for place in found]})


@acting_required
@require_GET
def place_at(request: ActingRequest) -> JsonResponse:
    """`?lon=&lat=`: the nearest place and the district of the position; nulls where nothing is known."""
    try:
        point = Position(float(request.GET["lon"]), float(request.GET["lat"]))
    except (KeyError, ValueError):
        return JsonResponse({"problem": "lon and lat are numbers in degrees"}, status=400)
    found = district_at(point)
    if found is None:
        return JsonResponse({"place": None})
    place = nearest(point.lon, point.lat, within_km=NEAR_KM)
    at_home = place is not None and place.country == found.territory[:2]
    return JsonResponse({"place": (_named(place) if place and at_home else _UNNAMED) | _territory(found)})


_UNNAMED: Final[dict[str, Any]] = {"name": "", "lon": None, "lat": None, "population": None}
"""A point far from any place."""


def _place(place: Place) -> dict[str, Any]:
    """A place that may be chosen: its own district, which is certain as far as it is known."""
    return _named(place) | _territory(District(place.territory, Basis.PLACE))


def _named(place: Place) -> dict[str, Any]:
    return {
        "name": place.in_language(reader_language()),
        "lon": place.lon,
        "lat": place.lat,
        "population": place.population,
    }


def _territory(found: District) -> dict[str, Any]:
    """A territory with its name, those it lies in, and what the answer rests on."""
    path = reversed(territory_path(found.territory))
    return {
        "country": found.territory[:2],
        "territory": found.territory,
        "territory_label": territory_label(found.territory),
        "territory_name": ", ".join(dict.fromkeys(territory_name(part.code) for part in path)),
        "territory_note": district_words(found),
    }


@require_GET
@cache_control(max_age=86400, public=True)
def boundaries(request: HttpRequest) -> HttpResponse:
    """The countries of the region as GeoJSON, for the maps; public data, the same for everyone."""
    return HttpResponse(_boundaries_text(), content_type="application/geo+json")


@cache
def _boundaries_text() -> str:
    countries = countries_geojson()
    features = [
        feature | {"properties": feature["properties"] | {"outside": feature["properties"]["role"] == "neighbour"}}
        for feature in countries["features"]
    ]
    return json.dumps(countries | {"features": features}, ensure_ascii=False, separators=(",", ":"))


def attribution() -> str:
    """Whose data a map shows, in the reader's language."""
    return f"{gettext(NATURAL_EARTH_ATTRIBUTION)} · {gettext(GEONAMES_ATTRIBUTION)}"
