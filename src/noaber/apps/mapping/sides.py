"""Who stands in the matrix of the region: the national centres, and the regions, provinces and districts at a border.

Each is asked for its own territory. Which of them differ from their country depends on help, hazard and day; that is
found by `region.py` and not written down here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from noaber.apps.registry.coded import in_reader_language, territory_name
from noaber.reference.organisations import load_organisations
from noaber.reference.region import COUNTRIES


@dataclass(frozen=True, slots=True)
class Side:
    """An organisation as row and column, with the territory for which it is asked."""

    code: str
    territory: str


class Rows(StrEnum):
    """Which sides are shown."""

    COUNTRIES = "countries"
    STATES = "states"
    """With the Länder, zones and prefectures that act for themselves."""
    DIFFER = "differ"
    """The countries, and of their parts those for which the texts say something else."""
    ALL = "all"


NATIONAL: Final[Mapping[str, str]] = {
    "BE": "BE-NCCN",
    "NL": "NL-NCC",
    "LU": "LU-HCPN",
    "DE": "DE-GMLZ",
    "FR": "FR-COGIC",
}
"""Who asks and answers for a whole country."""

_STATES: Final = ("DE-NW", "DE-RP", "DE-SL", "DE-NI", "FR-ZONE-NORD", "FR-PREF-GE")
# fmt: off
_BORDER: Final = (
    "BE-P-WV", "BE-P-OV", "BE-P-AN", "BE-P-LI", "BE-P-LG", "BE-Z-LG6", "BE-P-LX", "BE-P-NA", "BE-P-HT",
    "NL-VR01", "NL-VR03", "NL-VR04", "NL-VR05", "NL-VR06", "NL-VR08", "NL-VR19", "NL-VR20", "NL-VR22", "NL-VR23",
    "NL-VR24",
    "LU-CGDIS",
    "DE-LEER", "DE-EMSLAND", "DE-BENTHEIM", "DE-THW-NW", "DE-BORKEN", "DE-KLEVE", "DE-VIERSEN", "DE-HEINSBERG",
    "DE-AACHEN", "DE-EUSKIRCHEN", "DE-BITBURG", "DE-TRIER-SAARB", "DE-MERZIG", "DE-SAARLOUIS", "DE-SAARBRUECK",
    "DE-SAARPFALZ",
    "FR-59", "FR-02", "FR-08", "FR-55", "FR-54", "FR-57", "FR-67",
)
# fmt: on
_LISTED: Final = {
    Rows.COUNTRIES: tuple(NATIONAL.values()),
    Rows.STATES: (*NATIONAL.values(), *_STATES),
    Rows.ALL: (*NATIONAL.values(), *_STATES, *_BORDER),
}


def sides_of(rows: Rows) -> tuple[Side, ...]:
    """The sides, country by country, each country's own first. `DIFFER` is chosen from all of them."""
    codes = _LISTED.get(rows, _LISTED[Rows.ALL])
    known = load_organisations()
    ordered = sorted(codes, key=lambda code: COUNTRIES.index(known[code].country))
    return tuple(Side(code, known[code].territory) for code in ordered)


def is_national(side: Side) -> bool:
    return side.code in NATIONAL.values()


def short_name(side: Side) -> str:
    """A country by its letters, everyone else by its code."""
    return side.territory if is_national(side) else side.code


def full_name(side: Side) -> str:
    """Belgium; North Rhine-Westphalia; Limburg-Noord safety region."""
    if is_national(side) or side.code in _STATES:
        return territory_name(side.territory)
    return in_reader_language(load_organisations()[side.code].names)


def neighbour_name(code: str) -> str:
    """One end of a pair of neighbours: a territory by its name, an organisation by its own with its code."""
    known = load_organisations().get(code)
    return f"{in_reader_language(known.names)} ({code})" if known else territory_name(code)


def side_words(side: Side) -> str:
    """The name, with the code where it is not a country: what a sentence says."""
    return full_name(side) if is_national(side) else f"{full_name(side)} ({side.code})"
