"""The districts of real places, and of the codes that official files use."""

from __future__ import annotations

from collections import Counter

import pytest

from noaber.reference.districts import territory_of_code
from noaber.reference.gazetteer import load_gazetteer, search
from noaber.reference.territories import find_territory, load_territories, read_territory

COVERED = ("BE", "NL", "LU", "DEA", "DEB", "DEC", "FRE", "FRF")


@pytest.mark.parametrize(
    ("place", "district"),
    [
        ("Eupen", "BE336"), ("Kelmis", "BE336"), ("Raeren", "BE336"), ("Sankt Vith", "BE336"), ("Büllingen", "BE336"),
        ("Verviers", "BE335"), ("Pepinster", "BE335"), ("Malmedy", "BE335"), ("Waimes", "BE335"), ("Liège", "BE332"),
        ("La Louvière", "BE329"), ("Mouscron", "BE328"), ("Lessines", "BE32A"), ("Bruxelles", "BE100"),
        ("Bastogne", "BE342"), ("Ieper", "BE253"), ("Antwerpen", "BE211"), ("Maaseik", "BE225"), ("Tongeren", "BE223"),
        ("Maastricht", "NL423"), ("Kerkrade", "NL423"), ("Vaals", "NL423"), ("Roermond", "NL422"), ("Venlo", "NL421"),
        ("Nijmegen", "NL226"), ("Enschede", "NL213"), ("Winterswijk", "NL225"), ("Terneuzen", "NL341"),
        ("Aachen", "DEA2D"), ("Eschweiler", "DEA2D"), ("Heinsberg", "DEA29"), ("Düren", "DEA26"), ("Kleve", "DEA1B"),
        ("Köln", "DEA23"), ("Trier", "DEB21"), ("Bitburg", "DEB23"), ("Bad Neuenahr-Ahrweiler", "DEB12"),
        ("Saarbrücken", "DEC01"), ("Nordhorn", "DE94B"), ("Thionville", "FRF33"), ("Nancy", "FRF31"),
        ("Charleville-Mézières", "FRF21"), ("Verdun", "FRF32"), ("Épinal", "FRF34"), ("Lille", "FRE11"),
        ("Clervaux", "LU000"), ("Vianden", "LU000"),
    ],
)  # fmt: skip
def test_a_place_lies_in_the_district_that_everyone_there_knows(place: str, district: str) -> None:
    assert search(place)[0].territory == district


def test_where_no_district_is_held_the_coarser_territory_stands() -> None:
    assert search("Kassel")[0].territory == "DE7"
    assert search("Hannover")[0].territory == "DE92"


def test_almost_every_place_of_the_covered_lands_has_its_district() -> None:
    covered = [place for place in load_gazetteer().places if place.territory.startswith(COVERED)]
    known = Counter(len(place.territory) == 5 for place in covered)
    assert known[True] > 10_500
    assert known[False] <= 5


def test_every_district_of_the_covered_lands_has_a_place() -> None:
    found = {place.territory for place in load_gazetteer().places}
    assert [code for code in load_territories() if len(code) == 5 and code not in found] == []


def test_a_district_lies_in_the_first_level_region_of_its_place() -> None:
    assert [one.name for one in load_gazetteer().places if not one.territory.startswith(one.region)] == []


@pytest.mark.parametrize(
    ("country", "code", "territory"),
    [
        ("BE", "63023", "BE336"), ("BE", "63079", "BE335"), ("BE", "62000", "BE332"), ("BE", "BE33", "BE33"),
        ("NL", "GM0935", "NL423"), ("NL", "935", "NL423"), ("NL", "VR24", None), ("DE", "05334", "DEA2D"),
        ("DE", "053340002002", "DEA2D"), ("DE", "05", None), ("FR", "57", "FRF33"), ("FR", "57672", "FRF33"),
        ("FR", "75", None), ("LU", "0901", "LU000"), ("BE", "DEA2D", None), ("BE", "E", None), ("BE", "20001", None),
    ],
)  # fmt: skip
def test_an_official_code_tells_the_territory(country: str, code: str, territory: str | None) -> None:
    assert territory_of_code(country, code) == territory


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("BE336", "BE336"), ("be336 ", "BE336"), ("BE336 whatever it is called", "BE336"), ("Zuid-Limburg", "NL423"),
        ("Städteregion Aachen", "DEA2D"), ("stadteregion aachen", "DEA2D"), ("Belgien", "BE"), ("Moselle", "FRF33"),
        ("XX", None), ("", None), ("Limburg", None),
    ],
)  # fmt: skip
def test_a_territory_is_read_by_code_or_name(text: str, code: str | None) -> None:
    found = read_territory(text)
    assert (found.code if found else None) == code


def test_each_territory_is_read_back_from_code_and_name() -> None:
    for territory in load_territories().values():
        assert read_territory(f"{territory.code} {territory.names.nl}") == find_territory(territory.code)
