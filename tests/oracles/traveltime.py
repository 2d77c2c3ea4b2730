"""Driving times and reach, by the textbook: reads the files itself and shares no code with the core.

Every node of every way is kept, minutes are floats, and the search is Dijkstra's with a heap. What closes a segment is
found by trying every segment. For extracts of a small country at most.
"""

from __future__ import annotations

import csv
import heapq
import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

import osmium

KM_H = {
    "motorway": 110,
    "motorway_link": 60,
    "trunk": 90,
    "trunk_link": 50,
    "primary": 70,
    "primary_link": 40,
    "secondary": 60,
    "secondary_link": 40,
    "tertiary": 50,
    "tertiary_link": 35,
    "unclassified": 40,
    "road": 30,
    "residential": 30,
    "living_street": 15,
    "service": 15,
}
EARTH_KM = 6371.0088
Place = tuple[float, float]
Segment = frozenset[int]


@dataclass
class PlainRoads:
    """`places` by node id; `minutes` from a node to each neighbour."""

    places: dict[int, Place] = field(default_factory=dict)
    minutes: dict[int, dict[int, float]] = field(default_factory=lambda: defaultdict(dict))

    @property
    def segments(self) -> set[Segment]:
        return {frozenset((a, b)) for a, neighbours in self.minutes.items() for b in neighbours}

    def without(self, closed: set[Segment]) -> PlainRoads:
        left = PlainRoads(self.places)
        for a, neighbours in self.minutes.items():
            left.minutes[a] = {b: minutes for b, minutes in neighbours.items() if frozenset((a, b)) not in closed}
        return left


def great_circle_km(a: Place, b: Place) -> float:
    lon, lat, other_lon, other_lat = map(math.radians, (*a, *b))
    h = math.sin((other_lat - lat) / 2) ** 2
    h += math.cos(lat) * math.cos(other_lat) * math.sin((other_lon - lon) / 2) ** 2
    return 2 * EARTH_KM * math.asin(math.sqrt(min(1.0, h)))


def speed_and_directions(tags: Mapping[str, str]) -> tuple[float, bool, bool] | None:
    highway = tags.get("highway")
    if highway not in KM_H:
        return None
    access = {tags.get(key) for key in ("access", "vehicle", "motor_vehicle")}
    if access & {"no", "private"} and tags.get("emergency") != "yes":
        return None
    speed = float(KM_H[highway])
    limit, factor = tags.get("maxspeed", ""), 1.0
    if limit.endswith("mph"):
        limit, factor = limit.removesuffix("mph").rstrip(), 1.609344
    elif limit.endswith("km/h"):
        limit = limit.removesuffix("km/h").rstrip()
    if limit.replace(".", "", 1).isdigit() and float(limit) > 0:
        speed = min(speed, float(limit) * factor)
    oneway = tags.get("oneway")
    if oneway in ("yes", "true", "1"):
        return speed, True, False
    if oneway in ("-1", "reverse"):
        return speed, False, True
    implied = highway in ("motorway", "motorway_link") or tags.get("junction") == "roundabout"
    return speed, True, oneway == "no" or not implied


HEAVY_LIMITS = {"maxheight": 3.5, "maxwidth": 2.5, "maxlength": 10, "maxweight": 18}
WORDED_LIMITS = {"3.5 m": 3.5, "11'": 3.3528, "13'6\"": 4.1148, "7.5 t": 7.5, "3500 kg": 3.5}
"""The limits with a unit that tests give to roads; other words count as none."""


def heavy_speed_and_directions(tags: Mapping[str, str]) -> tuple[float, bool, bool] | None:
    """As `speed_and_directions`, for a laden fire engine."""
    car = speed_and_directions(tags)
    if car is None or any(_limit(tags.get(key, "")) < size for key, size in HEAVY_LIMITS.items()):
        return None
    is_banned = tags.get("hgv") in ("no", "private") or _limit(tags.get("maxweightrating", "")) < 18
    if is_banned and tags.get("emergency") != "yes":
        return None
    lorries = tags.get("maxspeed:hgv", "")
    return min(car[0], 0.85 * KM_H[tags["highway"]], 80, float(lorries) if lorries.isdigit() else 80), car[1], car[2]


def _limit(text: str) -> float:
    return float(text) if text.replace(".", "", 1).isdigit() else WORDED_LIMITS.get(text, math.inf)


def read_roads(*paths: Path) -> PlainRoads:
    """The kept part of extracts without conflicting versions."""
    return largest_part(_read_all(paths, speed_and_directions))


def read_heavy_roads(*paths: Path) -> PlainRoads:
    """What a heavy vehicle drives of `read_roads`; `largest_part` of it is what it is joined to."""
    kept, heavy = read_roads(*paths), _read_all(paths, heavy_speed_and_directions)
    left = PlainRoads(kept.places)
    for a in kept.places:
        left.minutes[a] = {b: minutes for b, minutes in heavy.minutes[a].items() if b in kept.minutes[a]}
    return left


def _read_all(
    paths: Iterable[Path], driving_of: Callable[[Mapping[str, str]], tuple[float, bool, bool] | None]
) -> PlainRoads:
    everything = PlainRoads()
    ways: dict[int, tuple[dict[str, str], list[int]]] = {}
    for path in paths:
        for found in osmium.FileProcessor(str(path)):
            if isinstance(found, osmium.osm.Node):
                everything.places[found.id] = (found.location.lon, found.location.lat)
            elif isinstance(found, osmium.osm.Way):
                ways[found.id] = (dict(found.tags), [node.ref for node in found.nodes])
    for tags, nodes in ways.values():
        driving = driving_of(tags)
        if driving is not None:
            _drive(everything, nodes, *driving)
    return everything


def _drive(roads: PlainRoads, nodes: list[int], speed: float, along: bool, against: bool) -> None:
    for a, b in pairwise(nodes):
        if a == b or a not in roads.places or b not in roads.places:
            continue
        minutes = great_circle_km(roads.places[a], roads.places[b]) / speed * 60
        for start, end, driven in ((a, b, along), (b, a, against)):
            if driven:
                roads.minutes[start][end] = min(minutes, roads.minutes[start].get(end, math.inf))


def largest_part(roads: PlainRoads) -> PlainRoads:
    """Kosaraju: by falling time of finishing, what reaches each node backwards."""
    backward: dict[int, list[int]] = defaultdict(list)
    for a, neighbours in roads.minutes.items():
        for b in neighbours:
            backward[b].append(a)
    order: list[int] = []
    seen: set[int] = set()
    for root in sorted(roads.minutes):
        _visit(root, lambda node: roads.minutes.get(node, {}), seen, order)
    best: list[int] = []
    assigned: set[int] = set()
    for root in reversed(order):
        part: list[int] = []
        _visit(root, lambda node: backward[node], assigned, part)
        if (len(part), -min(part, default=0)) > (len(best), -min(best, default=0)):
            best = part
    kept = set(best)
    left = PlainRoads({node: roads.places[node] for node in kept})
    for a in kept:
        left.minutes[a] = {b: minutes for b, minutes in roads.minutes.get(a, {}).items() if b in kept}
    return left


def _visit(root: int, neighbours: Callable[[int], Iterable[int]], seen: set[int], finished: list[int]) -> None:
    if root in seen:
        return
    seen.add(root)
    stack = [(root, iter(neighbours(root)))]
    while stack:
        node, left = stack[-1]
        found = next((other for other in left if other not in seen), None)
        if found is None:
            finished.append(node)
            stack.pop()
        else:
            seen.add(found)
            stack.append((found, iter(neighbours(found))))


def minutes_from(roads: PlainRoads, starts: Mapping[int, float]) -> dict[int, float]:
    """Dijkstra: the minutes to every node that can be reached, from nodes that are left after so many minutes."""
    done: dict[int, float] = {}
    heap = [(minutes, node) for node, minutes in starts.items()]
    heapq.heapify(heap)
    while heap:
        minutes, node = heapq.heappop(heap)
        if node in done:
            continue
        done[node] = minutes
        for other, more in roads.minutes[node].items():
            if other not in done:
                heapq.heappush(heap, (minutes + more, other))
    return done


def nearest_node(roads: PlainRoads, place: Place) -> tuple[int, float]:
    """The nearest node and how many minutes away it is at 30 km/h."""
    km, node = min((great_circle_km(place, there), node) for node, there in roads.places.items())
    return node, km / 30 * 60


def closed_segments(roads: PlainRoads, geojson: Mapping[str, Any]) -> set[Segment]:
    """What the features of a GeoJSON object close."""
    closed = set()
    for segment in roads.segments:
        a, b = (roads.places[node] for node in segment)
        if any(_closes(geometry, a, b) for geometry in _simple_geometries(geojson)):
            closed.add(segment)
    return closed


def _simple_geometries(value: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    match value["type"]:
        case "FeatureCollection":
            for feature in value["features"]:
                yield from _simple_geometries(feature)
        case "Feature":
            if value["geometry"] is not None:
                yield from _simple_geometries(value["geometry"])
        case "GeometryCollection":
            for geometry in value["geometries"]:
                yield from _simple_geometries(geometry)
        case kind if kind.startswith("Multi"):
            for coordinates in value["coordinates"]:
                yield {"type": kind.removeprefix("Multi"), "coordinates": coordinates}
        case _:
            yield value


def _closes(geometry: Mapping[str, Any], a: Place, b: Place) -> bool:
    coordinates = geometry["coordinates"]
    match geometry["type"]:
        case "Point":
            return _metres_to_segment(coordinates, a, b) <= 50
        case "LineString":
            return any(_cross(a, b, c, d) for c, d in pairwise(coordinates))
        case _:
            edges = [edge for ring in coordinates for edge in pairwise(ring)]
            return _is_inside(a, edges) or any(_cross(a, b, c, d) for c, d in edges)


def _metres_to_segment(point: Sequence[float], a: Place, b: Place) -> float:
    """The great circle to the nearest of many points of the segment, sought ever more closely."""
    if great_circle_km((point[0], point[1]), a) > great_circle_km(a, b) + 0.06:
        return math.inf

    def metres(share: float) -> float:
        there = (a[0] + share * (b[0] - a[0]), a[1] + share * (b[1] - a[1]))
        return 1000 * great_circle_km((point[0], point[1]), there)

    low, high = 0.0, 1.0
    while high - low > 1e-9:
        third = (high - low) / 3
        if metres(low + third) < metres(high - third):
            high -= third
        else:
            low += third
    return min(metres(0.0), metres((low + high) / 2), metres(1.0))


def _side(a: Sequence[float], b: Sequence[float], c: Sequence[float]) -> float:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])


def _cross(a: Sequence[float], b: Sequence[float], c: Sequence[float], d: Sequence[float]) -> bool:
    """Whether two straight lines have a point in common."""
    sides = _side(a, b, c), _side(a, b, d), _side(c, d, a), _side(c, d, b)
    if sides[0] * sides[1] < 0 and sides[2] * sides[3] < 0:
        return True
    on = ((sides[0], a, b, c), (sides[1], a, b, d), (sides[2], c, d, a), (sides[3], c, d, b))
    return any(side == 0 and _is_in_box(p, q, r) for side, p, q, r in on)


def _is_in_box(a: Sequence[float], b: Sequence[float], c: Sequence[float]) -> bool:
    return all(min(a[i], b[i]) <= c[i] <= max(a[i], b[i]) for i in (0, 1))


def _is_inside(place: Place, edges: Sequence[tuple[Sequence[float], Sequence[float]]]) -> bool:
    """A ray to the east crosses the edges an odd number of times."""
    x, y = place
    crossed = 0
    for (x1, y1), (x2, y2) in edges:
        if (y1 > y) != (y2 > y) and x < x1 + (y - y1) / (y2 - y1) * (x2 - x1):
            crossed += 1
    return crossed % 2 == 1


@dataclass
class Question:
    """What `noaber reach` is asked, with its files as they are written."""

    units: Path
    places: Path
    agreements: Sequence[Mapping[str, Any]] = ()
    hazard: str | None = None
    borders: str = "open"
    ks: Sequence[int] = (1,)


def reach(question: Question, roads: PlainRoads | None = None, closed: set[Segment] | None = None) -> list[list[str]]:
    """The rows of the answer: place, capability, k, minutes (or ''), unit, owner, agreement."""
    units, places = _rows(question.units), _rows(question.places)
    travel = _estimates(units, places) if roads is None else _drives(units, places, roads, closed or set())
    capabilities = sorted({name for unit in units for name in unit["capabilities"].split("|")})
    answer = []
    for j, place in enumerate(places):
        for capability in capabilities:
            teams = sorted(_teams(question, units, place, capability, [row[j] for row in travel]))
            for k in sorted(question.ks):
                arrival = teams[k - 1] if len(teams) >= k else None
                shown = ["", "", "", ""]
                if arrival is not None:
                    unit = units[arrival[1]]
                    shown = [str(arrival[0]), unit["id"], unit["owner"], arrival[2]]
                answer.append([place["id"], capability, str(k), *shown])
    return answer


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _place(row: Mapping[str, str]) -> Place:
    return float(row["lon"]), float(row["lat"])


def _estimates(units: list[dict[str, str]], places: list[dict[str, str]]) -> list[list[float]]:
    return [[great_circle_km(_place(unit), _place(place)) * 1.3 for place in places] for unit in units]


def _drives(
    units: list[dict[str, str]], places: list[dict[str, str]], roads: PlainRoads, closed: set[Segment]
) -> list[list[float]]:
    joined = [nearest_node(roads, _place(place)) for place in places]
    left = roads.without(closed)
    travel = []
    for unit in units:
        node, minutes = nearest_node(roads, _place(unit))
        reached = minutes_from(left, {node: minutes})
        travel.append([reached.get(there, math.inf) + more for there, more in joined])
    return travel


def _teams(
    question: Question, units: list[dict[str, str]], place: Mapping[str, str], capability: str, travel: list[float]
) -> Iterator[tuple[float, int, str]]:
    """Arrival, number of the unit, and agreement of every team that can come."""
    for number, unit in enumerate(units):
        permission = _permission(question, unit["territory"], place["territory"], capability)
        if capability in unit["capabilities"].split("|") and permission and math.isfinite(travel[number]):
            arrival = permission[0] + float(unit["mobilisation"]) + travel[number]
            yield from [(arrival, number, permission[1])] * int(unit["quantity"])


def _permission(question: Question, provider: str, receiver: str, capability: str) -> tuple[float, str] | None:
    if provider[:2] == receiver[:2]:
        return 0.0, ""
    if question.borders == "closed":
        return None
    allowed = [
        (agreement["approval"], place, agreement["id"])
        for place, agreement in enumerate(question.agreements)
        if any(provider.startswith(code) for code in agreement["providers"])
        and any(receiver.startswith(code) for code in agreement["receivers"])
        and {"*", capability} & set(agreement["capabilities"])
        and {"*", question.hazard} & set(agreement["hazards"])
    ]
    return (min(allowed)[0], min(allowed)[2]) if allowed else None
