"""NUTS 2021 territories of the region, with their names, and which of them GeoNames' first level stands for.

Belgium, the Netherlands and Luxembourg to NUTS 3; North Rhine-Westphalia, Rhineland-Palatinate, Saarland, Grand
Est and Hauts-de-France to NUTS 3; the rest of Germany and France to NUTS 1, with what the border needs of Lower
Saxony. Codes and official names: Eurostat, NUTS 2021. No shapes; which district a populated place lies in is told by
`districts.py`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from noaber.reference.files import read_data_json
from noaber.reference.place_names import fold_name
from noaber.reference.texts import LANGUAGES, Texts, read_texts


@dataclass(frozen=True, slots=True)
class Territory:
    """One NUTS 2021 region. `name` is the official name, `names` what the four languages call it."""

    code: str
    name: str
    names: Texts

    @property
    def level(self) -> int:
        """The NUTS level: 0 for a country, 3 for the smallest."""
        return len(self.code) - 2

    @property
    def country(self) -> str:
        """The country: the first two letters of the code."""
        return self.code[:2]


ADMIN1_TERRITORIES: Final[Mapping[tuple[str, str], str]] = {
    # Belgium: the three regions are NUTS 1.
    ("BE", "BRU"): "BE1",
    ("BE", "VLG"): "BE2",
    ("BE", "WAL"): "BE3",
    # The Netherlands: the provinces are NUTS 2.
    ("NL", "01"): "NL13",
    ("NL", "02"): "NL12",
    ("NL", "03"): "NL22",
    ("NL", "04"): "NL11",
    ("NL", "05"): "NL42",
    ("NL", "06"): "NL41",
    ("NL", "07"): "NL32",
    ("NL", "09"): "NL31",
    ("NL", "10"): "NL34",
    ("NL", "11"): "NL33",
    ("NL", "15"): "NL21",
    ("NL", "16"): "NL23",
    # Germany: the Länder are NUTS 1.
    ("DE", "01"): "DE1",
    ("DE", "02"): "DE2",
    ("DE", "03"): "DE5",
    ("DE", "04"): "DE6",
    ("DE", "05"): "DE7",
    ("DE", "06"): "DE9",
    ("DE", "07"): "DEA",
    ("DE", "08"): "DEB",
    ("DE", "09"): "DEC",
    ("DE", "10"): "DEF",
    ("DE", "11"): "DE4",
    ("DE", "12"): "DE8",
    ("DE", "13"): "DED",
    ("DE", "14"): "DEE",
    ("DE", "15"): "DEG",
    ("DE", "16"): "DE3",
    # France: the regions of 2016 are NUTS 1.
    ("FR", "11"): "FR1",
    ("FR", "24"): "FRB",
    ("FR", "27"): "FRC",
    ("FR", "28"): "FRD",
    ("FR", "32"): "FRE",
    ("FR", "44"): "FRF",
    ("FR", "52"): "FRG",
    ("FR", "53"): "FRH",
    ("FR", "75"): "FRI",
    ("FR", "76"): "FRJ",
    ("FR", "84"): "FRK",
    ("FR", "93"): "FRL",
    ("FR", "94"): "FRM",
}
"""NUTS 2021 code by (country, GeoNames admin1 code). Luxembourg's cantons are no NUTS regions: see below."""


def territory_of_admin1(country: str, admin1: str) -> str:
    """The smallest NUTS 2021 territory that is certain for a GeoNames first-level code.

    Parameters
    ----------
    country
        ISO 3166-1 alpha-2.
    admin1
        The code of the first level in GeoNames.

    Returns
    -------
    str
        A NUTS code; the country itself where the first level says no more (Luxembourg, an unknown code).
    """
    return ADMIN1_TERRITORIES.get((country, admin1), country)


@cache
def load_territories() -> Mapping[str, Territory]:
    """Every territory of the reference data by code, sorted by code."""
    return {record["code"]: _read_territory(record) for record in read_data_json("territories.json")}


def find_territory(code: str) -> Territory | None:
    """The territory of that code, or None where the reference data do not carry it."""
    return load_territories().get(code)


def territory_path(code: str) -> tuple[Territory, ...]:
    """The known territories in which `code` lies, the country first, itself last."""
    known = load_territories()
    return tuple(known[code[:length]] for length in range(2, len(code) + 1) if code[:length] in known)


def read_territory(text: str) -> Territory | None:
    """The territory that a person means by its code, by code and name (`BE336 Verviers`) or by a name of its own.

    A name counts in any language and without accents, and only where one territory bears it, or one district does.
    """
    first = text.strip().partition(" ")[0].upper()
    if first in load_territories():
        return load_territories()[first]
    named = _named().get(fold_name(text), ())
    finest = [one for one in named if one.level == max(other.level for other in named)]
    return finest[0] if len(finest) == 1 else None


@cache
def _named() -> Mapping[str, tuple[Territory, ...]]:
    found: dict[str, list[Territory]] = {}
    for territory in load_territories().values():
        names = (territory.name, *(territory.names.in_language(language) for language in LANGUAGES))
        for name in dict.fromkeys(map(fold_name, names)):
            found.setdefault(name, []).append(territory)
    return {name: tuple(territories) for name, territories in found.items()}


def _read_territory(record: Mapping[str, Any]) -> Territory:
    return Territory(code=record["code"], name=record["name"], names=read_texts(record.get("names", record["name"])))
