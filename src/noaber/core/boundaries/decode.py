"""Boundaries of a GeoJSON file: validated feature by feature, mended where that can be done without guessing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

import shapely
from shapely.geometry.base import BaseGeometry

from noaber.core import json_input
from noaber.core.boundaries.properties import Taken, choose_properties, said
from noaber.core.json_input import ROOT, shown, step
from noaber.core.problems import InvalidInput, Problem, Severity
from noaber.core.traveltime.geojson import read_rings

MOST_FEATURES: Final = 50_000
LONGEST_CODE: Final = 40
LONGEST_NAME: Final = 200

_FEATURES: Final = step(ROOT, "features")


@dataclass(frozen=True)
class ReadBoundary:
    """One feature.

    Parameters
    ----------
    names
        By language; never empty.
    shape
        Valid Polygon or MultiPolygon, degrees, longitude first.
    where
        Its JSON pointer.
    """

    code: str
    names: Mapping[str, str]
    shape: BaseGeometry
    where: str


@dataclass(frozen=True)
class ReadBoundaries:
    """A whole file, with warnings of what was mended in it."""

    boundaries: tuple[ReadBoundary, ...]
    taken: Taken
    warnings: tuple[Problem, ...]


def decode_boundaries(
    data: bytes, *, code: str | None = None, names: Mapping[str, str] | None = None
) -> ReadBoundaries:
    """The boundaries that a GeoJSON FeatureCollection of areas states.

    Parameters
    ----------
    code, names
        The properties to take, names by language; guessed where None.

    Raises
    ------
    InvalidInput
        With every problem found, each with its JSON pointer and the number of its feature, from 1.
    """
    features = _features(json_input.parse(data))
    said_of = [_properties(feature, _at(index)) for index, feature in enumerate(features)]
    taken = choose_properties(said_of, code=code, names=names)
    problems: list[Problem] = []
    warnings: list[Problem] = []
    found = []
    first: dict[str, int] = {}
    for index, (feature, properties) in enumerate(zip(features, said_of, strict=True)):
        try:
            one, notes = _boundary(feature, properties, taken, index)
            earlier = first.setdefault(one.code, index)
            if earlier != index:
                params = {"number": index + 1, "code": one.code, "first": earlier + 1}
                raise InvalidInput([Problem("boundary.twice", one.where, params)])
        except InvalidInput as error:
            problems.extend(error.problems)
        else:
            found.append(one)
            warnings.extend(notes)
    if problems:
        raise InvalidInput(problems)
    return ReadBoundaries(tuple(found), taken, tuple(warnings))


def _at(index: int) -> str:
    return step(_FEATURES, index)


def _features(value: Any) -> list[dict[str, Any]]:
    if not isinstance(value, dict) or value.get("type") != "FeatureCollection":
        found = shown(value.get("type")) if isinstance(value, dict) else shown(value)
        expected = "a GeoJSON FeatureCollection"
        raise InvalidInput([Problem("input.type", ROOT, {"expected": expected, "found": found})])
    features = value.get("features")
    if not isinstance(features, list) or not features:
        params = {"expected": "a list with at least one feature", "found": shown(features)}
        raise InvalidInput([Problem("input.type", _FEATURES, params)])
    if len(features) > MOST_FEATURES:
        params = {"expected": f"at most {MOST_FEATURES} features", "found": str(len(features))}
        raise InvalidInput([Problem("input.type", _FEATURES, params)])
    return features


def _properties(feature: Any, where: str) -> Mapping[str, Any]:
    if not isinstance(feature, dict) or feature.get("type") != "Feature":
        raise _refused(where, "a Feature", feature)
    properties = feature.get("properties") or {}
    if not isinstance(properties, dict):
        raise _refused(step(where, "properties"), "an object", properties)
    # GeoJSON lets a feature have its id beside the properties.
    return properties if "id" in properties or "id" not in feature else {**properties, "id": feature["id"]}


def _refused(where: str, expected: str, found: Any) -> InvalidInput:
    return InvalidInput([_of_feature(Problem("input.type", where, {"expected": expected, "found": shown(found)}))])


def _of_feature(problem: Problem) -> Problem:
    """The same, naming the number of the feature in words."""
    number = int(problem.where.split("/")[2]) + 1
    return Problem("boundary.feature", problem.where, {"number": number, **problem.params})


def _boundary(
    feature: Mapping[str, Any], properties: Mapping[str, Any], taken: Taken, index: int
) -> tuple[ReadBoundary, list[Problem]]:
    where = _at(index)
    code = _text(properties, taken.code, where, LONGEST_CODE)
    names = {
        language: text[:LONGEST_NAME] for language, name in taken.names.items() if (text := said(properties.get(name)))
    }
    shape, notes = _shape(feature.get("geometry"), step(where, "geometry"), index + 1, code)
    return ReadBoundary(code, names or {"und": code}, shape, where), notes


def _text(properties: Mapping[str, Any], name: str, where: str, longest: int) -> str:
    text = said(properties.get(name))
    if not text or len(text) > longest:
        place = step(step(where, "properties"), name)
        raise _refused(place, f"a code of 1 to {longest} letters or digits", properties.get(name))
    return text


def _shape(geometry: Any, where: str, number: int, code: str) -> tuple[BaseGeometry, list[Problem]]:
    """The area; one that crosses itself is mended, which is said, and one without any area is refused."""
    try:
        polygons = read_rings(geometry, where)
    except InvalidInput as error:
        raise InvalidInput(_of_feature(problem) for problem in error.problems) from error
    parts = [shapely.Polygon(rings[0], rings[1:]) for rings in polygons]
    shape = parts[0] if len(parts) == 1 else shapely.MultiPolygon(parts)
    params = {"number": number, "code": code}
    notes = []
    if not shape.is_valid:
        reason = shapely.is_valid_reason(shape)
        shape = _areas_of(shapely.make_valid(shape))
        notes.append(Problem("boundary.mended", where, params | {"reason": reason}, Severity.WARNING))
    if shape.is_empty or not shape.area:
        raise InvalidInput([Problem("boundary.no-area", where, params)])
    return shape, notes


def _areas_of(shape: BaseGeometry) -> BaseGeometry:
    """Only the areas: mending leaves lines and points where an area was folded."""
    return shapely.union_all(list(_polygons(shape)))


def _polygons(shape: BaseGeometry) -> Iterator[BaseGeometry]:
    for part in shapely.get_parts(shape):
        if part.geom_type == "Polygon":
            yield part
        elif part.geom_type in ("MultiPolygon", "GeometryCollection"):
            yield from _polygons(part)
