"""The boundaries: a proper GeoJSON of the region, borders shared, countries where the gazetteer has them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import combinations
from typing import Any

import pytest
import shapely

from noaber.reference.boundaries import countries_geojson, country_at, load_countries
from noaber.reference.gazetteer import load_gazetteer
from noaber.reference.region import COUNTRIES, REGION

LAND = {country.code: country.shape for country in load_countries()}


def rings(geometry: dict[str, Any]) -> Iterator[list[list[float]]]:
    polygons = [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
    for polygon in polygons:
        yield from polygon


def test_the_region_and_the_land_around_it() -> None:
    features = countries_geojson()["features"]
    region = [feature["properties"]["code"] for feature in features if feature["properties"]["role"] == "region"]

    assert region == sorted(COUNTRIES)
    assert {feature["properties"]["code"] for feature in features} == {*COUNTRIES, "AT", "CH", "GB", "LI"}


def test_rings_are_closed_lie_in_the_region_and_carry_four_decimals() -> None:
    for feature in countries_geojson()["features"]:
        for ring in rings(feature["geometry"]):
            assert len(ring) >= 4
            assert ring[0] == ring[-1]
            for lon, lat in ring:
                assert REGION.contains(lon, lat)
                assert (round(lon, 4), round(lat, 4)) == (lon, lat)


def test_outer_rings_run_counterclockwise_as_the_standard_asks() -> None:
    for feature in countries_geojson()["features"]:
        shape = shapely.geometry.shape(feature["geometry"])
        for polygon in shapely.get_parts(shape):
            assert polygon.exterior.is_ccw


def test_it_is_small_enough_for_every_page_with_a_map() -> None:
    assert len(json.dumps(countries_geojson(), separators=(",", ":"))) < 100_000


def test_names_in_four_languages() -> None:
    names = {f["properties"]["code"]: f["properties"] for f in countries_geojson()["features"]}
    assert [names["BE"][language] for language in ("nl", "fr", "de", "en")] == [
        "België",
        "Belgique",
        "Belgien",
        "Belgium",
    ]


@pytest.mark.parametrize(
    ("a", "b"), [("BE", "NL"), ("BE", "DE"), ("BE", "LU"), ("BE", "FR"), ("NL", "DE"), ("LU", "FR")]
)
def test_neighbours_share_a_border(a: str, b: str) -> None:
    assert shapely.intersection(LAND[a], LAND[b]).length > 0.3


def test_no_land_belongs_to_two_countries() -> None:
    for a, b in combinations(LAND, 2):
        assert shapely.intersection(LAND[a], LAND[b]).area < 1e-6, (a, b)


@pytest.mark.parametrize(
    ("lon", "lat", "code"),
    [
        (5.80, 50.57, "BE"),
        (6.26, 50.82, "DE"),
        (5.83, 50.865, "NL"),
        (6.11, 49.60, "LU"),
        (6.18, 49.12, "FR"),
        (3.0, 53.5, None),
        (10.0, 60.0, None),
    ],
)
def test_the_country_under_a_point(lon: float, lat: float, code: str | None) -> None:
    assert country_at(lon, lat) == code


def test_nearly_every_place_of_the_gazetteer_lies_in_its_country() -> None:
    """Two independent sources agree, but for places within the kilometre to which the boundaries are drawn."""
    places = [place for place in load_gazetteer().places if place.population > 10_000]
    elsewhere = [place.name for place in places if country_at(place.lon, place.lat) not in {place.country, None}]
    at_sea = [place.name for place in places if country_at(place.lon, place.lat) is None]

    assert len(places) > 1_500
    assert len(elsewhere) <= len(places) * 0.01, elsewhere
    assert len(at_sea) <= len(places) * 0.01, at_sea
