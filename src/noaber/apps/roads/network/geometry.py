"""GeoJSON of closures: what is stored, what a file brings, and what the core computes with."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from noaber.core.json_input import ROOT, parse, parse_instant
from noaber.core.problems import InvalidInput, Problem
from noaber.core.traveltime.geojson import Shape, decode_closures
from noaber.reference.on_map import EDGES, is_on_map

MOST_IN_A_FILE: Final = 1000
MOST_BYTES: Final = 2_000_000
_REASONS: Final = ("reason", "title", "name", "description")
_LONGEST_REASON: Final = 200
_DECIMALS: Final = 7
"""A centimetre: what surveyors' exports say beyond it is noise."""


@dataclass(frozen=True)
class ReadClosure:
    """One feature of a file; what it does not say of itself is None or empty.

    `name` is what finds it in the file: its number, counted from 1, and its GeoJSON `id` where it has one.
    """

    name: str
    geometry: dict[str, Any]
    reason: str
    begins_at: datetime | None
    ends_at: datetime | None


def read_closures(data: bytes) -> list[ReadClosure]:
    """The closures that a GeoJSON text states: a bare geometry, a Feature or a FeatureCollection.

    Of the properties, `reason` (or `title`, `name`, `description`) is read, and `from` and `until`. Features without a
    geometry are passed over.

    Raises
    ------
    InvalidInput
        With every problem found, each with its JSON pointer.
    """
    if len(data) > MOST_BYTES:
        raise InvalidInput([Problem("closure.file-large", params={"most": MOST_BYTES // 1_000_000})])
    _check_on_map(decode_closures(data))
    features = enumerate(_features(parse(data)), start=1)
    found = [_read(number, feature) for number, feature in features if feature["geometry"] is not None]
    if not found:
        raise InvalidInput([Problem("closure.no-shape", ROOT)])
    if len(found) > MOST_IN_A_FILE:
        raise InvalidInput([Problem("closure.too-many", params={"count": len(found), "most": MOST_IN_A_FILE})])
    return found


def _check_on_map(shapes: Iterable[Shape]) -> None:
    """Refuse what lies off the map, as everything does whose longitude and latitude are exchanged."""
    off = [one.where for one in shapes if one.parts and not any(map(is_on_map, one.parts))]
    if off:
        raise InvalidInput(Problem("closure.off-map", where, EDGES) for where in off)


def shape_of(geometry: Mapping[str, Any]) -> Shape:
    """A stored geometry as the core takes it."""
    return decode_closures(json.dumps(geometry).encode())[0]


def _features(value: Any) -> Iterator[Mapping[str, Any]]:
    match value["type"]:
        case "FeatureCollection":
            yield from value["features"]
        case "Feature":
            yield value
        case _:
            yield {"geometry": value}


def _read(number: int, feature: Mapping[str, Any]) -> ReadClosure:
    said = feature.get("properties")
    properties = said if isinstance(said, dict) else {}
    reason = next((text for name in _REASONS if isinstance(text := properties.get(name), str) and text.strip()), "")
    begins_at, ends_at = parse_instant(properties.get("from")), parse_instant(properties.get("until"))
    name = f"{number} ({id_})" if isinstance(id_ := feature.get("id"), str | int) else str(number)
    return ReadClosure(name, _plain(feature["geometry"]), reason.strip()[:_LONGEST_REASON], begins_at, ends_at)


def _plain(geometry: Mapping[str, Any]) -> dict[str, Any]:
    """The geometry alone, in longitude and latitude."""
    if geometry["type"] == "GeometryCollection":
        return {"type": "GeometryCollection", "geometries": [_plain(part) for part in geometry["geometries"]]}
    return {"type": geometry["type"], "coordinates": _flat(geometry["coordinates"])}


def _flat(coordinates: list[Any]) -> list[Any]:
    if coordinates and not isinstance(coordinates[0], list):
        return [round(float(degrees), _DECIMALS) for degrees in coordinates[:2]]
    return [_flat(part) for part in coordinates]
