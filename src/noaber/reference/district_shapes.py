"""About where the districts of a country meet, and where their names stand, for maps without better boundaries.

Derived as the regions are (`regions.py`): a point belongs to the district of the nearest populated place of its
country. Near enough to find one's way by, and never to decide by: in which district a point lies, `core.districts`
says from what is known of that point.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import shapely
from shapely.geometry.base import BaseGeometry

from noaber.core.districts import is_district
from noaber.reference.regions import cells_around_places, country_shapes


@dataclass(frozen=True)
class DistrictShapes:
    """The districts of all countries.

    Parameters
    ----------
    shapes
        By NUTS code, each as far as its country's own border.
    edges
        Where two districts of one country meet; borders of countries are known better, and left out.
    """

    shapes: Mapping[str, BaseGeometry]
    edges: tuple[BaseGeometry, ...]


@cache
def load_district_shapes() -> DistrictShapes:
    """In about a second; the same for everyone."""
    shapes: dict[str, BaseGeometry] = {}
    edges: list[BaseGeometry] = []
    for country, land in country_shapes().items():
        around = cells_around_places(country, lambda place: place.territory)
        known = {code: cells for code, cells in around.items() if is_district(code)}
        shapes |= {code: shapely.intersection(cells, land) for code, cells in known.items()}
        edges += [edge for line in _shared(list(known.values())) if (edge := shapely.intersection(line, land)).length]
    return DistrictShapes({code: shape for code, shape in shapes.items() if not shape.is_empty}, tuple(edges))


def _shared(areas: list[BaseGeometry]) -> list[BaseGeometry]:
    """The lines that two of some areas have in common, each once."""
    outlines = [area.boundary for area in areas]
    ones, others = shapely.STRtree(areas).query(areas, predicate="intersects")
    pairs = [(one, other) for one, other in zip(ones.tolist(), others.tolist(), strict=True) if one < other]
    found = (shapely.intersection(outlines[one], outlines[other]) for one, other in pairs)
    return [shapely.line_merge(line) for line in found if line.length]
