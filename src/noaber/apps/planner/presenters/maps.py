"""What the maps of the desk and of an incident draw; the tables beside them say the same."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

from django.urls import reverse

from noaber.apps.accounts.models import Organisation
from noaber.apps.exchange.models import Deployment
from noaber.apps.planner.models import Incident
from noaber.apps.planner.presenters.arriving_teams import ArrivingTeams
from noaber.apps.planner.presenters.closure_delays import ClosureDelays
from noaber.apps.planner.queries.incidents import list_incidents
from noaber.apps.registry.coded import counted_capability
from noaber.apps.roads.models import Closure
from noaber.apps.roads.presenters.closures import closure_features, map_of
from noaber.apps.roads.tiles.districts import with_districts
from noaber.apps.roads.tiles.roads import with_roads
from noaber.core.geo import Position

KM_PER_DEGREE: Final = 111.195
MARGIN: Final = 0.08
CIRCLE_STEPS: Final = 48
REACH_OF_NEIGHBOURS: Final = (3.6, 2.4)
"""Degrees of longitude and latitude: some two hours of driving around an incident."""
REACH_OF_DESK: Final = (2.2, 1.4)
"""Degrees of longitude and latitude: some 150 km, so that a single incident is seen with the borders around it."""
ARCH: Final = 0.08
"""How far a way stands off the straight line, as a share of it."""
ARCH_STEPS: Final = 16

Feature = dict[str, Any]


def incident_map(
    incident: Incident, coming: Sequence[ArrivingTeams], closures: Sequence[Closure], costly: Sequence[ClosureDelays]
) -> dict[str, Any]:
    """The incident and who comes from where; and the roads that are closed, wherever they lie, with what they cost."""
    features: list[Feature] = []
    if incident.affected_radius_km:
        features.append(
            _feature("Polygon", [_circle(incident.lon, incident.lat, incident.affected_radius_km)], kind="affected")
        )
    features += _coming_features(coming)
    features.append(_incident_feature(incident))
    drawn = [*features, *closure_features(closures, _labels(costly))]
    return _map(drawn) | {"bounds": _bounds(features, least=REACH_OF_NEIGHBOURS)}


def desk_map(
    incidents: Sequence[Incident],
    listed: int,
    coming: Sequence[ArrivingTeams],
    deployments: Iterable[Deployment],
    closures: Sequence[Closure],
    costly: Sequence[ClosureDelays],
) -> dict[str, Any]:
    """Incidents, numbered as the list beside the map, who comes from where, and what is closed.

    Parameters
    ----------
    incidents
        In the order of the list.
    listed
        How many of them the list shows.
    """
    features = [*_coming_features(coming), *_vehicles(deployments)]
    features += [
        _incident_feature(incident, number if number <= listed else None)
        for number, incident in enumerate(incidents, start=1)
    ]
    drawn = _map([*features, *closure_features(closures, _labels(costly))])
    return drawn | ({"bounds": _bounds(features, least=REACH_OF_DESK)} if features else {})


def _labels(costly: Iterable[ClosureDelays]) -> dict[int, str]:
    return {row.closure.pk: row.label for row in costly}


def incident_layer(reader: Organisation, status: str) -> Iterable[Feature]:
    """The open incidents that `reader` sees, for maps of other apps."""
    return map(_incident_feature, list_incidents(reader, status, closed=False))


def _incident_feature(incident: Incident, number: int | None = None) -> Feature:
    return _feature("Point", [incident.lon, incident.lat], **_incident_properties(incident, number))


def _incident_properties(incident: Incident, number: int | None = None) -> dict[str, Any]:
    """Its sign has the shape of its severity, and the number that a list gives it."""
    shape = f"incident-{incident.severity.lower()}"
    return {
        "kind": "incident",
        "sign": shape if number is None else f"{shape} {number}",
        "label": incident.place,
        "title": incident.title,
        "url": reverse("incident", args=[incident.number]),
    }


def _coming_features(coming: Iterable[ArrivingTeams]) -> Iterator[Feature]:
    """An arched way for each, that no road is taken for, and its base with the minutes."""
    for one in coming:
        kind = "late" if one.is_late else "own" if one.is_own else "neighbour"
        said = {"title": one.title, "url": one.url}
        here = (one.incident.lon, one.incident.lat)
        way = _arched((one.where.lon, one.where.lat), here)
        if one.where != Position(*here):
            yield _feature("LineString", way, kind=f"way-{kind}", moving=one.is_moving, **said)
        label = ", ".join(filter(None, (one.base, one.words)))
        side = "own" if one.is_own else "neighbour"
        yield _feature("Point", [one.where.lon, one.where.lat], kind=f"base-{side}", label=label, **said)


def _arched(start: tuple[float, float], end: tuple[float, float]) -> list[list[float]]:
    """Points from start to end, a little beside the straight line."""
    (west, south), (east, north) = start, end
    narrow = math.cos(math.radians((south + north) / 2))
    across = (south - north) / narrow * ARCH, (east - west) * narrow * ARCH
    points = []
    for step in range(ARCH_STEPS + 1):
        share = step / ARCH_STEPS
        height = 4 * share * (1 - share)
        points.append(
            [
                round(west + (east - west) * share + across[0] * height, 5),
                round(south + (north - south) * share + across[1] * height, 5),
            ]
        )
    return points


def _vehicles(deployments: Iterable[Deployment]) -> Iterator[Feature]:
    """Where teams said that they are."""
    for one in deployments:
        if one.lon is not None and one.lat is not None:
            title = counted_capability(one.quantity, one.capability)
            yield _feature("Point", [one.lon, one.lat], kind="vehicle", title=title, url=one.get_absolute_url())


def place_map(lon: float | None, lat: float | None) -> dict[str, Any]:
    """A map to pick a place on: a click fills the fields of the position."""
    features = [] if lon is None or lat is None else [_feature("Point", [lon, lat], kind="picked")]
    picking = {"pick": {"lon": "id_lon", "lat": "id_lat"}}
    if lon is not None and lat is not None:
        picking["bounds"] = [lon - 0.8, lat - 0.5, lon + 0.8, lat + 0.5]  # type: ignore[assignment]
    return _map(features) | picking


def _map(features: list[Feature]) -> dict[str, Any]:
    return with_districts(with_roads(map_of(_without_repeats(features))))


def _feature(geometry: str, coordinates: Any, **properties: Any) -> Feature:
    return {
        "type": "Feature",
        "geometry": {"type": geometry, "coordinates": coordinates},
        "properties": properties,
    }


def _bounds(features: Iterable[Feature], *, least: tuple[float, float]) -> list[float]:
    """West, south, east, north of the features with a margin for labels, at least so many degrees wide and high."""
    points = [point for feature in features for point in _points(feature["geometry"]["coordinates"])]
    west, east = min(lon for lon, _lat in points), max(lon for lon, _lat in points)
    south, north = min(lat for _lon, lat in points), max(lat for _lon, lat in points)
    wide, high = (
        max(span * MARGIN, (degrees - span) / 2)
        for degrees, span in zip(least, (east - west, north - south), strict=True)
    )
    return [west - wide, south - high, east + wide, north + high]


def _points(coordinates: Any) -> Iterable[tuple[float, float]]:
    if isinstance(coordinates[0], float | int):
        return [tuple(coordinates)]
    return [point for part in coordinates for point in _points(part)]


def _without_repeats(features: list[Feature]) -> list[Feature]:
    """Two teams of one base are one way and one base on the map; the first one names it."""
    seen: dict[str, Feature] = {}
    for feature in features:
        seen.setdefault(repr((feature["properties"]["kind"], feature["geometry"])), feature)
    return list(seen.values())


def _circle(lon: float, lat: float, radius_km: float) -> list[list[float]]:
    """A ring of points `radius_km` around a place; flat enough at these distances."""
    north = radius_km / KM_PER_DEGREE
    east = north / max(0.05, math.cos(math.radians(lat)))
    turns = [2 * math.pi * step / CIRCLE_STEPS for step in range(CIRCLE_STEPS)]
    ring = [[lon + east * math.sin(turn), lat + north * math.cos(turn)] for turn in turns]
    return [*ring, ring[0]]
