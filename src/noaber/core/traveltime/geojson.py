"""Reading closures from GeoJSON: a bare geometry, a Feature or a FeatureCollection (RFC 7946).

Properties are passed over. What no shape can be is refused with its JSON pointer; a feature without a geometry, which
the standard allows, has no shapes.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final

import shapely
from shapely.geometry.base import BaseGeometry

from noaber.core import json_input
from noaber.core.json_input import ROOT, shown, step
from noaber.core.problems import InvalidInput, Problem

_RING_POSITIONS: Final = 4
_MAX_DEPTH: Final = 20


@dataclass(frozen=True)
class Shape:
    """One closure: the points, lines and polygons of one feature, degrees, and the feature's JSON pointer."""

    where: str
    parts: tuple[BaseGeometry, ...]


def decode_closures(data: bytes) -> tuple[Shape, ...]:
    """The closures that a GeoJSON text states, one for each feature.

    Raises
    ------
    InvalidInput
        With every problem found, each with its JSON pointer.
    """
    value = json_input.parse(data)
    problems: list[Problem] = []
    shapes = tuple(_shapes(value, problems))
    if problems:
        raise InvalidInput(problems)
    return shapes


def _shapes(value: Any, problems: list[Problem]) -> Iterator[Shape]:
    if not isinstance(value, dict) or value.get("type") != "FeatureCollection":
        yield _shape(value, ROOT, problems)
        return
    features = value.get("features")
    if not isinstance(features, list):
        _refuse(problems, step(ROOT, "features"), "a list of features", features)
        return
    for index, feature in enumerate(features):
        where = step(step(ROOT, "features"), index)
        if isinstance(feature, dict) and feature.get("type") == "Feature":
            yield _shape(feature, where, problems)
        else:
            _refuse(problems, where, "a Feature", feature)


def _shape(value: Any, where: str, problems: list[Problem]) -> Shape:
    geometry, place = value, where
    if isinstance(value, dict) and value.get("type") == "Feature":
        place = step(where, "geometry")
        if "geometry" not in value:
            _refuse(problems, place, "a geometry, or null", None)
            return Shape(where, ())
        geometry = value["geometry"]
        if geometry is None:
            return Shape(where, ())
    return Shape(where, tuple(_parts(geometry, place, problems, 0)))


def _parts(value: Any, where: str, problems: list[Problem], depth: int) -> Iterator[BaseGeometry]:
    """The points, lines and polygons that a geometry is made of."""
    kind = value.get("type") if isinstance(value, dict) else None
    if kind == "GeometryCollection" and depth < _MAX_DEPTH:
        members = value.get("geometries")
        if not isinstance(members, list):
            _refuse(problems, step(where, "geometries"), "a list of geometries", members)
            return
        for index, member in enumerate(members):
            yield from _parts(member, step(step(where, "geometries"), index), problems, depth + 1)
        return
    reader = _READERS.get(kind) if isinstance(kind, str) else None
    if reader is None:
        _refuse(problems, where, "a GeoJSON geometry, Feature or FeatureCollection", value)
        return
    try:
        yield from reader(value.get("coordinates"), step(where, "coordinates"))
    except _Refused as refused:
        problems.append(refused.problem)


class _Refused(Exception):
    def __init__(self, where: str, expected: str, found: Any) -> None:
        self.problem = Problem("input.type", where, {"expected": expected, "found": shown(found)})


def _refuse(problems: list[Problem], where: str, expected: str, found: Any) -> None:
    problems.append(_Refused(where, expected, found).problem)


def _is_position(value: Any) -> bool:
    if not isinstance(value, list) or len(value) < 2:
        return False
    if not all(type(number) in (int, float) and math.isfinite(number) for number in value):
        return False
    return bool(-180 <= value[0] <= 180 and -90 <= value[1] <= 90)


def _position(value: Any, where: str) -> tuple[float, float]:
    if not _is_position(value):
        raise _Refused(where, "a position [longitude, latitude] in degrees", value)
    return float(value[0]), float(value[1])


def _list(value: Any, where: str, expected: str, least: int = 0) -> list[tuple[Any, str]]:
    """The members of a list, each with its pointer."""
    if not isinstance(value, list) or len(value) < least:
        raise _Refused(where, expected, value)
    return [(member, step(where, index)) for index, member in enumerate(value)]


def _point(value: Any, where: str) -> Iterator[BaseGeometry]:
    yield shapely.Point(_position(value, where))


def _line(value: Any, where: str) -> Iterator[BaseGeometry]:
    members = _list(value, where, "a list of two or more positions", least=2)
    yield shapely.LineString([_position(member, place) for member, place in members])


def _ring(value: Any, where: str) -> list[tuple[float, float]]:
    expected = "a closed ring: four or more positions, the last equal to the first"
    ring = [_position(member, place) for member, place in _list(value, where, expected, least=_RING_POSITIONS)]
    if ring[0] != ring[-1]:
        raise _Refused(where, expected, value)
    return ring


def _polygon(value: Any, where: str) -> Iterator[BaseGeometry]:
    rings = [_ring(member, place) for member, place in _list(value, where, "a list of rings", least=1)]
    polygon = shapely.Polygon(rings[0], rings[1:])
    yield polygon if polygon.is_valid else shapely.union(shapely.make_valid(polygon), shapely.MultiLineString(rings))


def read_rings(value: Any, where: str) -> list[list[list[tuple[float, float]]]]:
    """The rings of each polygon of a Polygon or MultiPolygon, as they stand, be they valid or not.

    Raises
    ------
    InvalidInput
        With the pointer of the first that is no ring.
    """
    kind = value.get("type") if isinstance(value, dict) else None
    try:
        if kind not in ("Polygon", "MultiPolygon"):
            raise _Refused(step(where, "type") if kind else where, "a Polygon or MultiPolygon", kind or value)
        place = step(where, "coordinates")
        coordinates = value.get("coordinates")
        polygons = [(coordinates, place)] if kind == "Polygon" else _list(coordinates, place, "a list", least=1)
        return [
            [_ring(ring, at) for ring, at in _list(rings, inside, "a list of rings", least=1)]
            for rings, inside in polygons
        ]
    except _Refused as refused:
        raise InvalidInput([refused.problem]) from refused


def _several(reader: Callable[[Any, str], Iterator[BaseGeometry]]) -> Callable[[Any, str], Iterator[BaseGeometry]]:
    def read(value: Any, where: str) -> Iterator[BaseGeometry]:
        for member, place in _list(value, where, "a list"):
            yield from reader(member, place)

    return read


_READERS: Final[dict[str, Callable[[Any, str], Iterator[BaseGeometry]]]] = {
    "Point": _point,
    "MultiPoint": _several(_point),
    "LineString": _line,
    "MultiLineString": _several(_line),
    "Polygon": _polygon,
    "MultiPolygon": _several(_polygon),
}
