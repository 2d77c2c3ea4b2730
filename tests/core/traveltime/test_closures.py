"""Closures: which segments a GeoJSON shape closes, and what is refused as no shape at all."""

from __future__ import annotations

import json
import random
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from core.traveltime.road_files import extract, town, write_roads
from noaber.core.problems import InvalidInput
from noaber.core.traveltime.closures import closed_places
from noaber.core.traveltime.geojson import decode_closures
from noaber.core.traveltime.network import RoadNetwork, build_network
from oracles.traveltime import PlainRoads, Segment, closed_segments, read_roads

BUILT_AT = datetime(2021, 7, 14, 18, tzinfo=UTC)

# A street of five nodes going east along a parallel: 0.002° of longitude is 140.8 m, 0.0001° of latitude 11.1 m.
STREET = """
node 1 6.000 50.7
node 2 6.002 50.7
node 3 6.004 50.7
node 4 6.006 50.7
node 5 6.008 50.7
way 10 1-2-3-4-5 highway=primary
"""


def closed_pairs(network: RoadNetwork, geojson: Any) -> set[Segment]:
    places = closed_places(network, decode_closures(json.dumps(geojson).encode()))
    ids, nodes = network.node_ids, network.chains.nodes
    return {frozenset((int(ids[nodes[p]]), int(ids[nodes[p + 1]]))) for one in places for p in one}


@pytest.fixture
def street(tmp_path: Path) -> RoadNetwork:
    return build_network([write_roads(tmp_path / "street.osm.pbf", STREET)], BUILT_AT)


@pytest.mark.parametrize(
    ("geometry", "closed"),
    [
        ({"type": "Point", "coordinates": [6.003, 50.7]}, "2-3"),
        ({"type": "Point", "coordinates": [6.003, 50.70044]}, "2-3"),  # 48.9 m to the north
        ({"type": "Point", "coordinates": [6.003, 50.70046]}, ""),  # 51.2 m
        ({"type": "Point", "coordinates": [6.0036, 50.7]}, "2-3 3-4"),  # 28 m from the third node
        ({"type": "Point", "coordinates": [6.00869, 50.7]}, "4-5"),  # 48.6 m beyond the end
        ({"type": "Point", "coordinates": [6.00872, 50.7, 120.5]}, ""),
        ({"type": "LineString", "coordinates": [[6.003, 50.6], [6.003, 50.8]]}, "2-3"),
        ({"type": "LineString", "coordinates": [[6.004, 50.6], [6.004, 50.7]]}, "2-3 3-4"),  # touches a node
        ({"type": "LineString", "coordinates": [[6.003, 50.7], [6.005, 50.7]]}, "2-3 3-4"),  # along it
        ({"type": "LineString", "coordinates": [[6.003, 50.7001], [6.005, 50.7001]]}, ""),
        ({"type": "LineString", "coordinates": [[6.003, 50.7], [6.003, 50.7]]}, "2-3"),  # no longer than a point
        (
            {"type": "Polygon", "coordinates": [[[6.001, 50.6], [6.005, 50.6], [6.005, 50.8], [6.001, 50.6]]]},
            "2-3 3-4",
        ),
        (
            {"type": "Polygon", "coordinates": [[[5.9, 50.6], [6.1, 50.6], [6.1, 50.8], [5.9, 50.8], [5.9, 50.6]]]},
            "1-2 2-3 3-4 4-5",
        ),
        (
            {
                "type": "Polygon",
                "coordinates": [
                    [[5.9, 50.6], [6.1, 50.6], [6.1, 50.8], [5.9, 50.8], [5.9, 50.6]],
                    [[6.001, 50.69], [6.02, 50.69], [6.02, 50.71], [6.001, 50.71], [6.001, 50.69]],
                ],
            },
            "1-2",
        ),
        (  # a bow tie, whose lines cross
            {
                "type": "Polygon",
                "coordinates": [[[6.001, 50.69], [6.003, 50.71], [6.003, 50.69], [6.001, 50.71], [6.001, 50.69]]],
            },
            "1-2 2-3",
        ),
        (  # a hole that reaches out of its polygon: its lines are met as well
            {
                "type": "Polygon",
                "coordinates": [
                    [[6.001, 50.69], [6.003, 50.69], [6.003, 50.71], [6.001, 50.71], [6.001, 50.69]],
                    [[6.002, 50.695], [6.0055, 50.695], [6.0055, 50.705], [6.002, 50.705], [6.002, 50.695]],
                ],
            },
            "1-2 2-3 3-4",
        ),
        (  # no area at all
            {"type": "Polygon", "coordinates": [[[6.001, 50.6], [6.001, 50.8], [6.001, 50.6], [6.001, 50.6]]]},
            "1-2",
        ),
        ({"type": "MultiPoint", "coordinates": [[6.001, 50.7], [6.007, 50.7]]}, "1-2 4-5"),
        (
            {"type": "MultiLineString", "coordinates": [[[6.001, 50], [6.001, 51]], [[6.007, 50], [6.007, 51]]]},
            "1-2 4-5",
        ),
        (
            {
                "type": "MultiPolygon",
                "coordinates": [[[[6.001, 50.6], [6.0014, 50.6], [6.0014, 50.8], [6.001, 50.6]]]],
            },
            "1-2",
        ),
        (
            {
                "type": "GeometryCollection",
                "geometries": [
                    {"type": "Point", "coordinates": [6.001, 50.7]},
                    {"type": "LineString", "coordinates": [[6.007, 50], [6.007, 51]]},
                ],
            },
            "1-2 4-5",
        ),
        ({"type": "MultiPoint", "coordinates": []}, ""),
    ],
)
def test_a_shape_closes_what_it_meets(street: RoadNetwork, geometry: Any, closed: str) -> None:
    expected = {frozenset(map(int, pair.split("-"))) for pair in closed.split()}
    assert closed_pairs(street, geometry) == expected
    feature = {"type": "Feature", "properties": {"open": True, "reason": None}, "geometry": geometry}
    assert closed_pairs(street, feature) == expected
    assert closed_pairs(street, {"type": "FeatureCollection", "features": [feature, feature]}) == expected


def test_every_feature_is_answered_for_on_its_own(street: RoadNetwork) -> None:
    here = {"type": "Point", "coordinates": [6.001, 50.7]}
    features = [{"type": "Feature", "properties": {}, "geometry": geometry} for geometry in (here, None, here)]
    shapes = decode_closures(json.dumps({"type": "FeatureCollection", "features": features}).encode())
    assert [shape.where for shape in shapes] == ["/features/0", "/features/1", "/features/2"]
    assert [len(places) for places in closed_places(street, shapes)] == [1, 0, 1]
    assert closed_places(street, ()) == []


def random_shapes(plain: PlainRoads, seed: int) -> dict[str, Any]:
    """Points, lines and polygons at and around the roads."""
    chance = random.Random(seed)
    nodes = sorted(plain.places)

    def near(spread: float) -> list[float]:
        lon, lat = plain.places[chance.choice(nodes)]
        return [lon + chance.gauss(0, spread), lat + chance.gauss(0, spread)]

    geometries: list[dict[str, Any]] = [{"type": "Point", "coordinates": near(4e-4)} for _ in range(12)]
    for _ in range(6):
        start = near(1e-3)
        line = [start, [start[0] + chance.gauss(0, 2e-3), start[1] + chance.gauss(0, 2e-3)]]
        geometries.append({"type": "LineString", "coordinates": line})
        ring = [start, *([start[0] + chance.gauss(0, 2e-3), start[1] + chance.gauss(0, 2e-3)] for _ in range(2)), start]
        geometries.append({"type": "Polygon", "coordinates": [ring]})
    return {"type": "GeometryCollection", "geometries": geometries}


@pytest.mark.parametrize("seed", range(3))
def test_random_shapes_close_what_trying_every_segment_finds(tmp_path: Path, seed: int) -> None:
    path = write_roads(tmp_path / "a.osm.pbf", "\n".join(town(7, seed=seed)))
    network, plain = build_network([path], BUILT_AT), read_roads(path)
    shapes = random_shapes(plain, seed)
    assert closed_pairs(network, shapes) == closed_segments(plain, shapes)


def test_shapes_on_an_extract(tmp_path: Path) -> None:
    path = extract("neuss", tmp_path)
    network, plain = build_network([path], BUILT_AT), read_roads(path)
    shapes = random_shapes(plain, 11)
    assert closed_pairs(network, shapes) == closed_segments(plain, shapes)


@pytest.mark.parametrize(
    ("geojson", "where", "said"),
    [
        ([], "/", "a GeoJSON geometry, Feature or FeatureCollection, found a list"),
        ({}, "/", "a GeoJSON geometry"),
        ({"type": "Topology"}, "/", "a GeoJSON geometry"),
        ({"type": ["Point"]}, "/", "a GeoJSON geometry"),
        ({"type": "FeatureCollection"}, "/features", "a list of features"),
        ({"type": "FeatureCollection", "features": [7]}, "/features/0", "a Feature, found 7"),
        ({"type": "Feature", "properties": {}}, "/geometry", "a geometry, or null"),
        ({"type": "Point"}, "/coordinates", "a position [longitude, latitude] in degrees, found null"),
        ({"type": "Point", "coordinates": [50.7]}, "/coordinates", "a position"),
        ({"type": "Point", "coordinates": [True, 50.7]}, "/coordinates", "a position"),
        ({"type": "Point", "coordinates": ["6", "50"]}, "/coordinates", "a position"),
        ({"type": "Point", "coordinates": [180.5, 50]}, "/coordinates", "a position"),
        ({"type": "Point", "coordinates": [6, -90.5]}, "/coordinates", "a position"),
        ({"type": "Point", "coordinates": [672000.0, 5621000.0]}, "/coordinates", "found [672000.0, 5621000.0]."),
        ({"type": "LineString", "coordinates": [[6, 50]]}, "/coordinates", "two or more positions"),
        ({"type": "LineString", "coordinates": [[6, 50], [6]]}, "/coordinates/1", "a position"),
        ({"type": "Polygon", "coordinates": []}, "/coordinates", "a list of rings"),
        ({"type": "Polygon", "coordinates": [[[6, 50], [7, 50], [7, 51], [6, 51]]]}, "/coordinates/0", "a closed ring"),
        ({"type": "Polygon", "coordinates": [[[6, 50], [7, 50], [6, 50]]]}, "/coordinates/0", "a closed ring"),
        ({"type": "MultiPolygon", "coordinates": [[[[6, 50]]]]}, "/coordinates/0/0", "a closed ring"),
        ({"type": "GeometryCollection", "geometries": {}}, "/geometries", "a list of geometries"),
        ({"type": "GeometryCollection", "geometries": [{"type": "Point"}]}, "/geometries/0/coordinates", "a position"),
    ],
)
def test_what_is_no_shape_is_refused_at_its_place(geojson: Any, where: str, said: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        decode_closures(json.dumps(geojson).encode())
    assert caught.value.problems[0].where == where
    assert said in caught.value.problems[0].message


def test_all_problems_are_found(tmp_path: Path) -> None:
    bad = {"type": "Feature", "properties": {}, "geometry": {"type": "Point", "coordinates": []}}
    with pytest.raises(InvalidInput) as caught:
        decode_closures(json.dumps({"type": "FeatureCollection", "features": [bad, bad]}).encode())
    assert [problem.where[:11] for problem in caught.value.problems] == ["/features/0", "/features/1"]


@pytest.mark.parametrize("data", [b"", b"{", b"\xff\xfe", b'{"type": "Point", "coordinates": [NaN, 1]}', b"[" * 90_000])
def test_what_is_no_json_is_refused(data: bytes) -> None:
    with pytest.raises(InvalidInput):
        decode_closures(data)
