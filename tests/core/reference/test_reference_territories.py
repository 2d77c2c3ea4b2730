"""The territories: a closed tree of NUTS codes, with the counts that the nomenclature has."""

from __future__ import annotations

from collections import Counter

import pytest

from noaber.reference.territories import (
    ADMIN1_TERRITORIES,
    find_territory,
    load_territories,
    territory_of_admin1,
    territory_path,
)

TERRITORIES = load_territories()


def test_each_territory_lies_in_one_that_is_known_too() -> None:
    for code in TERRITORIES:
        assert len(code) == 2 or code[:-1] in TERRITORIES or code[:-2] in TERRITORIES, code


@pytest.mark.parametrize(
    ("country", "level", "count"),
    [
        ("BE", 1, 3),
        ("BE", 2, 11),
        ("BE", 3, 44),
        ("NL", 1, 4),
        ("NL", 2, 12),
        ("NL", 3, 40),
        ("LU", 3, 1),
        ("DE", 1, 16),
    ],
)
def test_counts_of_nuts_2021(country: str, level: int, count: int) -> None:
    assert sum(t.country == country and t.level == level for t in TERRITORIES.values()) == count


@pytest.mark.parametrize(("land", "count"), [("DEA", 53), ("DEB", 36), ("DEC", 6), ("FRF", 10), ("FRE", 5)])
def test_districts_and_departments_of_the_border_regions(land: str, count: int) -> None:
    assert sum(t.level == 3 for t in TERRITORIES.values() if t.code.startswith(land)) == count


def test_admin1_codes_stand_for_known_territories_once_each() -> None:
    assert set(ADMIN1_TERRITORIES.values()) <= set(TERRITORIES)
    assert max(Counter(ADMIN1_TERRITORIES.values()).values()) == 1
    assert Counter(country for country, _ in ADMIN1_TERRITORIES) == {"BE": 3, "NL": 12, "DE": 16, "FR": 13}


def test_admin1_is_nuts_1_in_belgium_germany_france_and_nuts_2_in_the_netherlands() -> None:
    levels = {(country, TERRITORIES[code].level) for (country, _), code in ADMIN1_TERRITORIES.items()}
    assert levels == {("BE", 1), ("NL", 2), ("DE", 1), ("FR", 1)}


def test_what_the_first_level_does_not_say_is_the_country() -> None:
    assert territory_of_admin1("LU", "VD") == "LU"
    assert territory_of_admin1("FR", "99") == "FR"


def test_the_path_leads_from_the_country_to_the_district() -> None:
    assert [t.code for t in territory_path("BE335")] == ["BE", "BE3", "BE33", "BE335"]


def test_names() -> None:
    liege = find_territory("BE33")
    assert liege is not None
    assert liege.names.nl == "Provincie Luik"
    assert liege.names.de == "Provinz Lüttich"
    assert find_territory("XX9") is None
