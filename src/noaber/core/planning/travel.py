"""Minutes from every unit to every incident, by the travel model that the problem names.

The estimate and the matrix are computed here. Driving times on a road network are not: who has a network hands
in a `Driving`, which answers with the same array.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from noaber.core.planning.problem import EstimatedTravel, MatrixTravel, Problem, RoadTravel
from noaber.core.problems import InvalidInput
from noaber.core.problems import Problem as Fault
from noaber.core.quantities import EARTH_RADIUS_KM, MINUTES_PER_HOUR

Minutes = npt.NDArray[np.float64]
Driving = Callable[[Problem], Minutes]


def travel_minutes(problem: Problem, driving: Driving | None = None) -> Minutes:
    """Travel times of a problem.

    Parameters
    ----------
    driving
        Answers for the model "road"; not asked for the others.

    Returns
    -------
    (n_units, n_incidents) float64, minutes, infinite where there is no way; rows and columns as in the problem.

    Raises
    ------
    InvalidInput
        Where the model is "road" and there is no `driving`.
    """
    match problem.travel:
        case EstimatedTravel() as model:
            return _estimated(problem, model)
        case MatrixTravel() as model:
            return _matrix(problem, model)
        case RoadTravel(network=network):
            if driving is None:
                raise InvalidInput([Fault("planning.no-road", "/travel/model", {"network": network})])
            return driving(problem)


def great_circle_km(from_degrees: Minutes, to_degrees: Minutes) -> Minutes:
    """Distances between all pairs, by the haversine formula.

    Parameters
    ----------
    from_degrees, to_degrees
        (n, 2) and (m, 2) float64, degrees, longitude first.

    Returns
    -------
    (n, m) float64, km.
    """
    lon_a, lat_a = np.radians(from_degrees).T[:, :, None]
    lon_b, lat_b = np.radians(to_degrees).T[:, None, :]
    half_lat, half_lon = np.sin((lat_b - lat_a) / 2), np.sin((lon_b - lon_a) / 2)
    h = half_lat * half_lat + np.cos(lat_a) * np.cos(lat_b) * half_lon * half_lon
    km: Minutes = 2 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(np.clip(h, 0.0, 1.0)))
    return km


def _estimated(problem: Problem, model: EstimatedTravel) -> Minutes:
    km = great_circle_km(_degrees(problem.units), _degrees(problem.incidents))
    return km * model.detour / model.speed_km_h * MINUTES_PER_HOUR


def _degrees(places: tuple[object, ...]) -> Minutes:
    pairs = [(place.position.lon, place.position.lat) for place in places]  # type: ignore[attr-defined]
    return np.array(pairs, dtype=np.float64).reshape(-1, 2)


def _matrix(problem: Problem, model: MatrixTravel) -> Minutes:
    minutes = np.full((len(problem.units), len(problem.incidents)), np.inf)
    column = {incident.id: index for index, incident in enumerate(problem.incidents)}
    for row, unit in enumerate(problem.units):
        for incident, value in model.minutes.get(unit.id, {}).items():
            if incident in column:
                minutes[row, column[incident]] = value
    return minutes
