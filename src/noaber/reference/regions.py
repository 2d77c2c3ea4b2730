"""The first-level regions of the region's countries as shapes, and who shares a land border with whom.

No package at hand carries region boundaries that may be passed on, so they are derived: a point of a country belongs
to the region of the nearest populated place of that country, and the outer edge is the country's own boundary of
Natural Earth. Borders between countries are therefore as good as Natural Earth (about a kilometre), those between
two regions of one country are near enough to see, and never to decide by. A border is a line on land: the sea makes
no neighbours here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import combinations
from typing import Any, Final

import shapely
from shapely.geometry.base import BaseGeometry

from noaber.core.geo import Position
from noaber.reference.boundaries import load_countries
from noaber.reference.gazetteer import Place, load_gazetteer
from noaber.reference.region import COUNTRIES

LEAST_BORDER: Final = 0.02
"""Degrees: a shorter common border (some two kilometres) is below what the shapes can tell."""
_SIMPLER: Final = 0.01
"""Degrees: how much the edges between regions are straightened for the map."""
_DECIMALS: Final = 3


@dataclass(frozen=True, slots=True, order=True)
class Border:
    """Two territories of different countries that touch on land; `one` comes first by its code."""

    one: str
    other: str


@cache
def load_regions() -> Mapping[str, BaseGeometry]:
    """The shape of every first-level region by NUTS code, in about a second; the same for everyone."""
    return {
        territory: shapely.intersection(cells, land)
        for country, land in country_shapes().items()
        for territory, cells in _cells(country).items()
    }


@cache
def country_borders() -> tuple[Border, ...]:
    """The countries of the region that touch on land, by code."""
    return tuple(Border(one, other) for one, other in combinations(sorted(COUNTRIES), 2) if _line(one, other).length)


@cache
def region_borders() -> tuple[Border, ...]:
    """The first-level regions that touch on land across the border of two countries, by code."""
    return tuple(sorted(border for between in country_borders() for border in _regions_along(between)))


@cache
def regions_geojson() -> tuple[dict[str, Any], ...]:
    """Every region as a GeoJSON feature with its `code`. The caller must not change them."""
    shapes = load_regions()
    simple = shapely.coverage_simplify(list(shapes.values()), _SIMPLER, simplify_boundary=False)
    return tuple(_feature(code, shape) for code, shape in zip(shapes, simple, strict=True))


def centre_of(territory: str) -> Position | None:
    """A point inside a region or country, for a name on the map; None where no shape is known."""
    shape = load_regions().get(territory) or country_shapes().get(territory)
    if shape is None:
        return None
    inside = shape.representative_point()
    return Position(inside.x, inside.y)


@cache
def country_shapes() -> Mapping[str, BaseGeometry]:
    """The countries of the region as Natural Earth draws them, by code."""
    return {country.code: country.shape for country in load_countries() if country.code in COUNTRIES}


def _line(one: str, other: str) -> BaseGeometry:
    """The border of two countries: Natural Earth draws it once, for both."""
    return shapely.intersection(country_shapes()[one], country_shapes()[other])


@cache
def _cells(country: str) -> Mapping[str, BaseGeometry]:
    return cells_around_places(country, lambda place: place.region)


def cells_around_places(country: str, territory_of: Callable[[Place], str]) -> dict[str, BaseGeometry]:
    """For each territory, everything that lies nearest to one of its populated places; beyond the country too."""
    here = [place for place in load_gazetteer().places if place.country == country]
    places = {(place.lon, place.lat): territory_of(place) for place in here}
    points = shapely.MultiPoint(list(places))
    cells = shapely.get_parts(shapely.voronoi_polygons(points, extend_to=country_shapes()[country], ordered=True))
    by_territory: dict[str, list[BaseGeometry]] = {}
    for territory, cell in zip(places.values(), cells, strict=True):
        by_territory.setdefault(territory, []).append(cell)
    return {territory: shapely.coverage_union_all(by_territory[territory]) for territory in sorted(by_territory)}


def _regions_along(between: Border) -> Iterator[Border]:
    line = _line(between.one, between.other)
    for one, here in _cells(between.one).items():
        ours = shapely.intersection(line, here)
        if ours.length < LEAST_BORDER:
            continue
        for other, there in _cells(between.other).items():
            if shapely.intersection(ours, there).length >= LEAST_BORDER:
                yield Border(one, other)


def _feature(code: str, shape: BaseGeometry) -> dict[str, Any]:
    geometry = shapely.geometry.mapping(shapely.orient_polygons(shapely.set_precision(shape, 10**-_DECIMALS)))
    return {"type": "Feature", "properties": {"code": code}, "geometry": geometry}
