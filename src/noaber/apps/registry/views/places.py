"""Finding places: by name, by a click on the map, and the countries that the maps draw."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_GET

from noaber.apps.accounts.acting import ActingRequest, acting_required
from noaber.apps.registry.coded import territory_name
from noaber.core.geo import Position
from noaber.reference.boundaries import countries_geojson, country_at
from noaber.reference.gazetteer import Place, nearest, search
from noaber.reference.region import GEONAMES_ATTRIBUTION, NATURAL_EARTH_ATTRIBUTION
from noaber.reference.territories import territories_inside, territory_path
from noaber.web.reader import reader_language

FOUND = 8
NEAR_KM = 15.0


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
    """`?lon=&lat=`: the nearest place and the territory that is certain there; nulls where nothing is known."""
    try:
        point = Position(float(request.GET["lon"]), float(request.GET["lat"]))
    except (KeyError, ValueError):
        return JsonResponse({"problem": "lon and lat are numbers in degrees"}, status=400)
    country = country_at(point.lon, point.lat)
    found = nearest(point.lon, point.lat, within_km=NEAR_KM)
    if found is not None and found.country == country:
        return JsonResponse({"place": _place(found)})
    return JsonResponse({"place": _bare(country) if country else None})


def _place(place: Place) -> dict[str, Any]:
    return {
        "name": place.in_language(reader_language()),
        "country": place.country,
        "lon": place.lon,
        "lat": place.lat,
        "population": place.population,
        **_territory(place.territory),
    }


def _bare(country: str) -> dict[str, Any]:
    """A point far from any place: only the country is certain."""
    return {"name": "", "country": country, "lon": None, "lat": None, "population": None, **_territory(country)}


def _territory(code: str) -> dict[str, Any]:
    """A territory with its name, the ones it lies in, and what an officer may refine it to."""
    return {
        "territory": code,
        "territory_name": ", ".join(territory_name(part.code) for part in reversed(territory_path(code))),
        "inside": [{"code": part.code, "name": territory_name(part.code)} for part in territories_inside(code)],
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
