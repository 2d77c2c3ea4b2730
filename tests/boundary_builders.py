"""Boundaries for tests: made-up regions in squares over real places."""

from __future__ import annotations

import json
from typing import Any

from noaber.apps.roads.enums import BoundaryKind
from noaber.apps.roads.models import BoundarySet
from noaber.apps.roads.services.boundaries import Provenance, import_boundaries
from noaber.core.boundaries.decode import decode_boundaries

EAST = (5.5, 50.3, 6.0, 50.8)
"""Around Liège and Pepinster, and a corner of the Netherlands."""
WEST = (3.0, 50.3, 5.5, 50.8)


def square(code: str, box: tuple[float, ...], **names: str) -> dict[str, Any]:
    """A GeoJSON feature."""
    west, south, east, north = box
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    properties = {"code": code} | {f"name_{language}": name for language, name in names.items()}
    return {
        "type": "Feature",
        "properties": properties,
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }


def as_file(*features: dict[str, Any]) -> bytes:
    return json.dumps({"type": "FeatureCollection", "features": list(features)}).encode()


def keep_regions(
    kind: BoundaryKind = BoundaryKind.DISTRICT, country: str = "BE", *features: dict[str, Any], replace: bool = False
) -> BoundarySet:
    """East and west, unless said otherwise."""
    usual = (square("E", EAST, fr="Région Est", nl="Regio Oost"), square("W", WEST, fr="Ouest", nl="West"))
    read = decode_boundaries(as_file(*(features or usual))).boundaries
    provenance = Provenance("regions.geojson", "Maker of Regions", "CC BY 4.0")
    return import_boundaries(kind, country, read, provenance, by="test", replace=replace)
