"""The NUTS 2021 districts of populated places and of the codes by which states name their own areas.

`admin_districts.json` says which arrondissements, municipalities, Kreise and departments a district is made of;
`place_districts.json` says of each populated place in which of them it lies. Belgium, the Netherlands, Luxembourg,
North Rhine-Westphalia, Rhineland-Palatinate, Saarland, Grand Est and Hauts-de-France are covered, of Lower Saxony the
border (the rest of it to NUTS 2).
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Final

from noaber.core.districts import find_by_code
from noaber.reference.files import read_data_json
from noaber.reference.territories import load_territories, territory_of_admin1

_ONLY: Final = {"LU": "LU000"}
_DIGITS: Final = {"NL": 4}
"""How long a municipality's code is where files lose the zeros before it."""


def only_district(country: str) -> str | None:
    """The one district of a country that has no other; None elsewhere."""
    return _ONLY.get(country)


def territory_of_place(geonameid: int, country: str, admin1: str) -> str:
    """The finest NUTS 2021 territory that is known of a populated place."""
    known = only_district(country) or _load_place_districts().get(geonameid)
    return known or territory_of_admin1(country, admin1)


def territory_of_code(country: str, code: str) -> str | None:
    """The NUTS 2021 territory of an area by its code in an official file.

    Parameters
    ----------
    country
        ISO 3166-1 alpha-2.
    code
        A NUTS code, or the national one: REFNIS, CBS (with or without GM), regional key, INSEE.

    Returns
    -------
    str or None
        None where the code is of another kind of area, or of a place that the reference data do not carry.
    """
    if code in load_territories() and code.startswith(country):
        return code
    plain = code.removeprefix("GM").zfill(_DIGITS.get(country, 0))
    if not plain.isdecimal():
        return None
    return only_district(country) or find_by_code(plain, _load_admin_districts().get(country, {}))


@cache
def _load_admin_districts() -> Mapping[str, Mapping[str, str]]:
    listed = read_data_json("admin_districts.json")["districts"]
    return {
        country: {code: district for district, codes in districts.items() for code in codes}
        for country, districts in listed.items()
    }


@cache
def _load_place_districts() -> Mapping[int, str]:
    listed = read_data_json("place_districts.json")["districts"]
    return {place: district for district, places in listed.items() for place in places}
