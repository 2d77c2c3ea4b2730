"""Where reach is computed: the hexagons of the map and the populated places, with their territories and people.

Made once in a process, from public data; the same for everyone. A hexagon stands for its centre. Its territory is that
of the nearest populated place of its country, which is as certain as the gazetteer is.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any, Final

import h3
import numpy as np
import numpy.typing as npt
from scipy.spatial import cKDTree

from noaber.core.geo import Position
from noaber.core.reach.nearest import degrees
from noaber.core.reach.question import Place
from noaber.reference.boundaries import load_countries
from noaber.reference.gazetteer import Place as PopulatedPlace
from noaber.reference.gazetteer import load_gazetteer
from noaber.reference.region import COUNTRIES

RESOLUTION: Final = 5
"""Of H3: hexagons of some 250 km², 18 km across."""
FINE_RESOLUTION: Final = 6
"""Where one looks closely: some 36 km², 7 km across."""
_DECIMALS: Final = 3
"""Of the corners on the map: a hundred metres."""

REGIONS: Final = ("BE", "NL", "LU", "DEA", "DEB", "DEC", "FRF", "FRE")
"""The territories whose people are counted: they lie in the map as a whole."""


@dataclass(frozen=True)
class Grid:
    """Everything that help may be wanted at.

    Parameters
    ----------
    cells
        H3 indices; the first of `places` are their centres.
    populated
        The places of the gazetteer; the rest of `places`, in the same order.
    """

    cells: tuple[str, ...]
    populated: tuple[PopulatedPlace, ...]
    places: tuple[Place, ...]

    @cached_property
    def where(self) -> npt.NDArray[np.float64]:
        """(places, 2) float64 degrees, longitude first."""
        return degrees(self.places)

    def prepare(self) -> None:
        """Have everything made that is made at the first question."""
        for make in ("people", "region_of", "shapes"):
            getattr(self, make)

    @cached_property
    def people(self) -> npt.NDArray[np.int64]:
        """(populated,) int64."""
        return np.array([place.population for place in self.populated], dtype=np.int64)

    @cached_property
    def region_of(self) -> npt.NDArray[np.int64]:
        """(populated,) int64: the place in `REGIONS` of each one's, -1 where it lies in none of them."""
        found = [_region(place.region) for place in self.populated]
        return np.array(found, dtype=np.int64)

    @cached_property
    def shapes(self) -> tuple[dict[str, Any], ...]:
        """The hexagons as GeoJSON."""
        return tuple(_hexagon(cell) for cell in self.cells)


@cache
def load_grid() -> Grid:
    """The grid of the region: some two thousand hexagons and eighteen thousand places, in about two seconds."""
    populated = load_gazetteer().places
    centres = tuple(_centres(populated))
    peopled = (Place(str(one.geonameid), one.name, one.region, one.position, one.population) for one in populated)
    return Grid(tuple(place.id for place in centres), populated, (*centres, *peopled))


@cache
def load_fine_grid() -> tuple[Place, ...]:
    """The centres of the fine hexagons, by whose index they are named: some fourteen thousand, in half a second."""
    return tuple(_centres(load_gazetteer().places, FINE_RESOLUTION))


def _centres(populated: tuple[PopulatedPlace, ...], resolution: int = RESOLUTION) -> Iterator[Place]:
    """The hexagons whose centre lies on the land of the region, country by country."""
    for country in load_countries():
        if country.code not in COUNTRIES:
            continue
        cells = sorted(h3.geo_to_cells(country.shape, resolution))
        centres = [h3.cell_to_latlng(cell) for cell in cells]
        at_home = [place for place in populated if place.country == country.code]
        nearest = cKDTree([_flat(place.lat, place.lon) for place in at_home])
        _distance, found = nearest.query([_flat(lat, lon) for lat, lon in centres])
        for cell, (lat, lon), number in zip(cells, centres, found.tolist(), strict=True):
            yield Place(cell, "", at_home[number].region, Position(lon, lat), None)


def _flat(lat: float, lon: float) -> tuple[float, float]:
    """Kilometres on a plane, near enough to tell which place is nearest."""
    return lat * 111.2, lon * 111.2 * np.cos(np.radians(lat))


def _hexagon(cell: str) -> dict[str, Any]:
    corners = [[round(lon, _DECIMALS), round(lat, _DECIMALS)] for lat, lon in h3.cell_to_boundary(cell)]
    return {"type": "Polygon", "coordinates": [[*corners, corners[0]]]}


def _region(territory: str) -> int:
    return next((number for number, code in enumerate(REGIONS) if territory.startswith(code)), -1)
