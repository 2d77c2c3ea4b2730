"""Which extracts of OpenStreetMap cover a country or a region, as the usual mirror names and cuts them.

The mirror is Geofabrik's download server; its extracts follow countries, German Länder and French regions as they
were before 2016. They are not part of Noaber: © OpenStreetMap contributors, ODbL 1.0.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Final

from noaber.core.problems import InvalidInput, Problem
from noaber.reference.files import read_data_json


@dataclass(frozen=True)
class Extract:
    """One file of the mirror.

    Parameters
    ----------
    name
        As one asks for it on the command line.
    code
        The country (ISO 3166-1) or the NUTS 2021 territory that it covers.
    path
        Where it lies on the mirror, without `-latest.osm.pbf`.
    """

    name: str
    code: str
    path: str


GROUPS: Final = {
    "benelux": ("NL", "BE", "LU"),
    "grande-region": ("LU", "BE", "DEB", "DEC", "FRF3"),
    "germany": ("DEA", "DEB", "DEC", "DE9"),
    "france": ("FRE1", "FRE2", "FRF1", "FRF2", "FRF3"),
    "region": ("NL", "BE", "LU", "DEA", "DEB", "DEC", "FRE1", "FRF2", "FRF3"),
}
"""What is asked for by one name. Of Germany and France, the parts beside the Benelux: the whole of them is more than a
network for the region needs, and more than most machines can build."""


@cache
def load_extracts() -> tuple[Extract, ...]:
    """Every extract that is known, in the order of the file."""
    return tuple(Extract(**one) for one in read_data_json("osm_extracts.json"))


def known_names() -> list[str]:
    """Every name that may be asked for: groups first."""
    return [*GROUPS, *(extract.name for extract in load_extracts())]


def find_extracts(names: Iterable[str]) -> tuple[Extract, ...]:
    """The extracts that cover what is named, each once, in the order of the file.

    Parameters
    ----------
    names
        Names or codes, in any case: `benelux`, `belgium`, `BE`, `DEA`.

    Raises
    ------
    InvalidInput
        Where a name is not known; every such name is told.
    """
    wanted: set[str] = set()
    unknown = []
    for name in names:
        codes = GROUPS.get(name.lower()) or _codes_of(name)
        wanted.update(codes)
        if not codes:
            unknown.append(Problem("extract.unknown", params={"name": name, "known": ", ".join(known_names())}))
    if unknown:
        raise InvalidInput(unknown)
    return tuple(extract for extract in load_extracts() if extract.code in wanted)


def _codes_of(name: str) -> tuple[str, ...]:
    return tuple(one.code for one in load_extracts() if name.lower() == one.name or name.upper() == one.code)
