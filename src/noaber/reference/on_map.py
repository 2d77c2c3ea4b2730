"""Whether shapes that somebody brings lie on the map: what does not is seldom meant, and often turned around."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from noaber.core.boundaries.decode import ReadBoundary
from noaber.core.problems import InvalidInput, Problem, Severity
from noaber.reference.boundaries import load_countries
from noaber.reference.region import COUNTRIES, REGION

_BOX: Final = shapely.box(REGION.west, REGION.south, REGION.east, REGION.north)
EDGES: Final = {side: f"{getattr(REGION, side):g}" for side in ("west", "south", "east", "north")}
"""The edges of the map in degrees, as a sentence says them."""


def is_on_map(shape: BaseGeometry) -> bool:
    """Whether any of it does, degrees, longitude first."""
    return bool(shape.intersects(_BOX))


def is_turned(shape: BaseGeometry) -> bool:
    """Whether it lies on the map only with longitude and latitude exchanged."""
    return not is_on_map(shape) and is_on_map(shapely.transform(shape, lambda degrees: degrees[:, ::-1]))


def check_boundaries(read: Sequence[ReadBoundary], country: str) -> list[Problem]:
    """Warnings of the boundaries that lie off the map.

    Raises
    ------
    InvalidInput
        Where longitude and latitude are exchanged, nothing lies on the map, or most lie in another country of it.
    """
    if turned := [_of("boundary.turned", one) for one in read if is_turned(one.shape)]:
        raise InvalidInput(turned)
    off = [one for one in read if not is_on_map(one.shape)]
    if len(off) == len(read):
        raise InvalidInput([Problem("boundary.elsewhere", params=EDGES)])
    (found, count), total = _most_frequent(read), len(read) - len(off)
    if found != country and 2 * count > total:
        params = {"count": count, "total": total, "found": found, "country": country}
        raise InvalidInput([Problem("boundary.other-country", params=params)])
    return [_of("boundary.off-map", one, Severity.WARNING) for one in off]


def _of(code: str, boundary: ReadBoundary, severity: Severity = Severity.ERROR) -> Problem:
    number = int(boundary.where.split("/")[2]) + 1
    return Problem(code, boundary.where, {"number": number, "code": boundary.code, **EDGES}, severity)


def _most_frequent(read: Sequence[ReadBoundary]) -> tuple[str, int]:
    """The country of the map in which most of them lie, and how many do; nothing and 0 where none does."""
    found = Counter(_countries(read))
    return max(found.items(), key=lambda item: item[1], default=("", 0))


def _countries(read: Sequence[ReadBoundary]) -> Iterator[str]:
    lon, lat = shapely.get_coordinates(shapely.point_on_surface(np.array([one.shape for one in read]))).T
    for country in load_countries():
        if country.code in COUNTRIES:
            shapely.prepare(country.shape)
            yield from [country.code] * int(shapely.contains_xy(country.shape, lon, lat).sum())
