"""What the maps of the desk and of an incident draw; the tables beside them say the same."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from django.urls import reverse
from django.utils.translation import gettext as _

from noaber.apps.accounts.models import Organisation
from noaber.apps.exchange.models import Deployment
from noaber.apps.planner.models import Incident
from noaber.apps.planner.plan_rows import NeedPlan
from noaber.apps.planner.queries import list_incidents
from noaber.apps.registry.coded import counted_capability
from noaber.apps.roads.models import Closure
from noaber.apps.roads.presenters import closure_features, map_of
from noaber.apps.roads.road_tiles import with_roads
from noaber.apps.roads.words import said_minutes
from noaber.core.messages.states import ACTIVE_DEPLOYMENTS, DeploymentState

KM_PER_DEGREE: Final = 111.195
MARGIN: Final = 0.08
CIRCLE_STEPS: Final = 48
REACH_OF_NEIGHBOURS: Final = (3.6, 2.4)
"""Degrees of longitude and latitude: some two hours of driving around an incident."""
REACH_OF_DESK: Final = (2.2, 1.4)
"""Degrees of longitude and latitude: some 150 km, so that a single incident is seen with the borders around it."""
AT_WORK: Final = frozenset({DeploymentState.ARRIVED, DeploymentState.OPERATIONAL})

Feature = dict[str, Any]


def incident_map(incident: Incident, plans: Sequence[NeedPlan], closures: Iterable[Closure]) -> dict[str, Any]:
    """The incident, the bases of the plan and their ways; and the roads that are closed, wherever they lie."""
    here = [incident.lon, incident.lat]
    features: list[Feature] = []
    if incident.affected_radius_km:
        features.append(
            _feature("Polygon", [_circle(incident.lon, incident.lat, incident.affected_radius_km)], kind="affected")
        )
    for line in (line for plan in plans for line in plan.lines):
        side = "own" if line.own else "neighbour"
        title = _("%(team)s, %(owner)s: %(arrival)s") % {
            "team": line.name,
            "owner": line.owner,
            "arrival": said_minutes(line.arrival, line.kind),
        }
        base = [line.lon, line.lat]
        features.append(_feature("LineString", [base, here], kind=f"route-{side}", title=title))
        features.append(_feature("Point", base, kind=f"base-{side}", title=title, label=line.base))
    features.append(_feature("Point", here, kind="incident", label=incident.place, title=incident.title))
    return _map([*features, *closure_features(closures)]) | {"bounds": _bounds(features, least=REACH_OF_NEIGHBOURS)}


def desk_map(
    organisation: Organisation,
    incidents: Iterable[Incident],
    deployments: Iterable[Deployment],
    bases: Mapping[str, tuple[float, float]],
) -> dict[str, Any]:
    """Incidents, and the ways of the teams that run, as far as base and place are known here.

    Parameters
    ----------
    bases
        Longitude and latitude by "OWNER:CODE".
    """
    places = {incident.number: incident for incident in incidents}
    features: list[Feature] = []
    for deployment in deployments:
        features += _deployment_features(organisation, deployment, places, bases)
    features += map(_incident_feature, places.values())
    return _map(features) | ({"bounds": _bounds(features, least=REACH_OF_DESK)} if features else {})


def incident_layer(reader: Organisation, status: str) -> Iterable[Feature]:
    """The open incidents that `reader` sees, for maps of other apps."""
    return map(_incident_feature, list_incidents(reader, status, closed=False))


def _incident_feature(incident: Incident) -> Feature:
    return _feature(
        "Point",
        [incident.lon, incident.lat],
        kind="incident",
        label=incident.place,
        title=incident.title,
        url=reverse("incident", args=[incident.number]),
    )


def _deployment_features(
    organisation: Organisation,
    deployment: Deployment,
    places: Mapping[str, Incident],
    bases: Mapping[str, tuple[float, float]],
) -> Iterable[Feature]:
    title = counted_capability(deployment.quantity, deployment.capability)
    url = deployment.get_absolute_url()
    base = bases.get(f"{deployment.owner}:{deployment.team_id}")
    place = places.get(deployment.case_id)
    if base is not None:
        yield _feature("Point", list(base), kind="base-neighbour", title=title, url=url, label=deployment.home_unit)
    if base is not None and place is not None:
        way = [list(base), [place.lon, place.lat]]
        yield _feature("LineString", way, kind=_route_kind(organisation, deployment), title=title, url=url)
    if deployment.lon is not None and deployment.lat is not None:
        yield _feature("Point", [deployment.lon, deployment.lat], kind="vehicle", title=title, url=url)


def _route_kind(organisation: Organisation, deployment: Deployment) -> str:
    ours = deployment.supplier_id == organisation.pk
    moving = deployment.state in ACTIVE_DEPLOYMENTS and deployment.deployment_state not in AT_WORK
    if ours:
        return "route-moving" if moving else "route-neighbour"
    return "route-in-moving" if moving else "route-in"


def place_map(lon: float | None, lat: float | None) -> dict[str, Any]:
    """A map to pick a place on: a click fills the fields of the position."""
    features = [] if lon is None or lat is None else [_feature("Point", [lon, lat], kind="picked")]
    picking = {"pick": {"lon": "id_lon", "lat": "id_lat"}}
    if lon is not None and lat is not None:
        picking["bounds"] = [lon - 0.8, lat - 0.5, lon + 0.8, lat + 0.5]  # type: ignore[assignment]
    return _map(features) | picking


def _map(features: list[Feature]) -> dict[str, Any]:
    return with_roads(map_of(_without_repeats(features)))


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
