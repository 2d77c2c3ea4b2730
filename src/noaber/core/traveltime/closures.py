"""Which segments a closure closes: GeoJSON shapes against the segments of a network.

A point closes every segment within 50 m of it; a line every segment that it meets; a polygon every segment that it
meets or that lies inside it, whatever the level: bridges too. Properties say nothing. Straight means straight in
longitude and latitude, as GeoJSON has it (RFC 7946, 3.1.1). The 50 m are measured on the plane that touches the
Earth at the point, which at that distance is right to a millimetre.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from noaber.core.quantities import EARTH_RADIUS_KM, M_PER_KM
from noaber.core.traveltime.geojson import Shape
from noaber.core.traveltime.kernels import Bools, Floats, Int64s, kernel
from noaber.core.traveltime.network import RoadNetwork

POINT_REACH_M: Final = 50.0
_M_PER_DEGREE: Final = np.pi / 180 * EARTH_RADIUS_KM * M_PER_KM
_MARGIN: Final = 1.001
_POINTS_AT_ONCE: Final = 64


def closed_places(network: RoadNetwork, shapes: Sequence[Shape]) -> list[Int64s]:
    """The segments that each shape closes.

    Returns
    -------
    One (s,) int64 for each of `shapes`: the places (see `Chains`) of the closed segments, ascending.
    """
    parts = [part for shape in shapes for part in shape.parts]
    found = iter(_closed_by(network, parts))
    return [np.unique(np.concatenate([np.empty(0, np.int64), *(next(found) for _ in shape.parts)])) for shape in shapes]


def _closed_by(network: RoadNetwork, parts: Sequence[BaseGeometry]) -> list[Int64s]:
    boxes = np.array([_box(part) for part in parts], dtype=np.float64).reshape(-1, 4)
    part_of, chain_of = _near_boxes(network.chain_boxes, boxes)
    closed = []
    for index, part in enumerate(parts):
        places = _segments_of(network, chain_of[part_of == index])
        closed.append(places[_meets(part, *_ends(network, places))])
    return closed


def near_roads(network: RoadNetwork, lon: Floats, lat: Floats, reach_m: float) -> Bools:
    """(n,) bool: whether any segment that the vehicle drives comes within `reach_m` of each point, degrees."""
    is_near = np.zeros(len(lon), dtype=np.bool_)
    for chosen in np.split(np.argsort(lat, kind="stable"), range(_POINTS_AT_ONCE, len(lon), _POINTS_AT_ONCE)):
        boxes = np.array([_around(lon[i], lat[i], reach_m) for i in chosen], dtype=np.float64).reshape(-1, 4)
        point_of, chain_of = _near_boxes(network.chain_boxes, boxes)
        for index, point in enumerate(chosen):
            places = _segments_of(network, chain_of[point_of == index])
            places = places[network.profile.times.is_driven(places)]
            metres = _distance_m(lon[point], lat[point], *_ends(network, places))
            is_near[point] = metres.min(initial=np.inf) <= reach_m
    return is_near


def places_near(network: RoadNetwork, lon: float, lat: float, reach_m: float) -> Int64s:
    """(s,) int64: the places of the segments that come within `reach_m` of a point, degrees; in no order."""
    box = np.array([_around(lon, lat, reach_m)], dtype=np.float64)
    _part_of, chain_of = _near_boxes(network.chain_boxes, box)
    places = _segments_of(network, chain_of)
    found: Int64s = places[_distance_m(lon, lat, *_ends(network, places)) <= reach_m]
    return found


def _box(part: BaseGeometry) -> tuple[float, float, float, float]:
    """West, south, east, north of everything that the part may close."""
    if part.geom_type == "Point":
        return _around(part.x, part.y, POINT_REACH_M)
    west, south, east, north = part.bounds
    return west, south, east, north


def _around(lon: float, lat: float, reach_m: float) -> tuple[float, float, float, float]:
    """West, south, east, north of a circle; around the Earth near a pole."""
    reach = reach_m * _MARGIN / _M_PER_DEGREE
    cosine = np.cos(np.radians(min(90.0, abs(lat) + reach)))
    wide = min(360.0, reach / max(cosine, 1e-9))
    return lon - wide, lat - reach, lon + wide, lat + reach


@kernel
def _near_boxes(chain_boxes: Floats, boxes: Floats) -> tuple[Int64s, Int64s]:
    """Pairs of a box and a chain whose own box it meets."""
    part_of: list[int] = []
    chain_of: list[int] = []
    if len(boxes) == 0:
        return np.empty(0, np.int64), np.empty(0, np.int64)
    west, south = boxes[:, 0].min(), boxes[:, 1].min()
    east, north = boxes[:, 2].max(), boxes[:, 3].max()
    for chain in range(len(chain_boxes)):
        w, s, e, n = chain_boxes[chain]
        if w > east or e < west or s > north or n < south:
            continue
        for i in range(len(boxes)):
            if w <= boxes[i, 2] and e >= boxes[i, 0] and s <= boxes[i, 3] and n >= boxes[i, 1]:
                part_of.append(i)
                chain_of.append(chain)
    return np.array(part_of, np.int64), np.array(chain_of, np.int64)


def _segments_of(network: RoadNetwork, chains: Int64s) -> Int64s:
    """The places of all segments of some chains."""
    starts, ends = network.chains.starts[chains], network.chains.starts[chains + 1] - 1
    counts = ends - starts
    offsets = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
    places: Int64s = np.repeat(starts, counts) + offsets
    return places


def _ends(network: RoadNetwork, places: Int64s) -> tuple[Floats, Floats]:
    """Both ends of segments: two (s, 2) float64, degrees, longitude first."""
    nodes = network.chains.nodes
    one, other = nodes[places], nodes[places + 1]
    return (
        np.column_stack([network.lon[one], network.lat[one]]),
        np.column_stack([network.lon[other], network.lat[other]]),
    )


def _meets(part: BaseGeometry, one: Floats, other: Floats) -> Bools:
    if part.geom_type == "Point":
        return _distance_m(part.x, part.y, one, other) <= POINT_REACH_M
    shapely.prepare(part)
    lines = shapely.linestrings(np.stack([one, other], axis=1))
    meets: Bools = shapely.intersects(part, lines)
    return meets


def _distance_m(lon: float, lat: float, one: Floats, other: Floats) -> Floats:
    """From a point to segments, on the plane that touches the Earth at the point."""
    a, b = _on_plane(lon, lat, one), _on_plane(lon, lat, other)
    way = b - a
    squared = (way * way).sum(axis=1)
    share = np.divide(-(a * way).sum(axis=1), squared, out=np.zeros(len(a)), where=squared > 0)
    nearest = a + np.clip(share, 0.0, 1.0)[:, None] * way
    metres: Floats = np.hypot(nearest[:, 0], nearest[:, 1])
    return metres


def _on_plane(lon: float, lat: float, degrees: Floats) -> Floats:
    east = (degrees[:, 0] - lon + 180.0) % 360.0 - 180.0
    scale = _M_PER_DEGREE * np.array([np.cos(np.radians(lat)), 1.0])
    return np.column_stack([east, degrees[:, 1] - lat]) * scale
