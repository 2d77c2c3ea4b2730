"""Driving minutes between points of the world, and who is far from every road: what the models "road" read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

import numpy as np

from noaber.core.planning.problem import Problem as PlanningProblem
from noaber.core.planning.travel import Driving, Minutes
from noaber.core.problems import Problem, Severity
from noaber.core.quantities import M_PER_KM
from noaber.core.reach.nearest import degrees
from noaber.core.traveltime.closures import near_roads
from noaber.core.traveltime.join import join
from noaber.core.traveltime.kernels import NEVER, Bools, Floats
from noaber.core.traveltime.matrix import driving_ms
from noaber.core.traveltime.network import RoadNetwork
from noaber.core.traveltime.roads import Roads
from noaber.core.traveltime.segments import MS_PER_MINUTE
from noaber.core.traveltime.survey import survey, times_of

FAR_M: Final = 2000.0
"""Farther than this from any road, a point is worth a warning."""


def driving_minutes(roads: Roads, from_degrees: Floats, to_degrees: Floats) -> Minutes:
    """Minutes between all pairs, with the straight lines to and from the roads.

    Parameters
    ----------
    from_degrees, to_degrees
        (n, 2) and (m, 2) float64, degrees, longitude first.

    Returns
    -------
    (n, m) float64, infinite where there is no way.
    """
    left, reached = join(roads.network, *from_degrees.T), join(roads.network, *to_degrees.T)
    looked = survey(roads.network, left.nodes, reached.nodes)
    ms = driving_ms(looked, times_of(looked, roads))
    straight = left.minutes[:, None] + reached.minutes
    return np.where(ms == NEVER, np.inf, ms / MS_PER_MINUTE + straight)


def driving_of(roads: Roads) -> Driving:
    """What a planning problem with the travel model "road" asks."""

    def driving(problem: PlanningProblem) -> Minutes:
        return driving_minutes(roads, degrees(problem.units), degrees(problem.incidents))

    return driving


def are_far(network: RoadNetwork, where: Floats) -> Bools:
    """(n,) bool: which points have no road within `FAR_M`; `where` (n, 2) degrees, longitude first.

    Beside a long straight road a point may be far from every node and is not far.
    """
    lon, lat = where.T
    is_far: Bools = join(network, lon, lat).metres > FAR_M
    is_far[is_far] = ~near_roads(network, lon[is_far], lat[is_far], FAR_M)
    return is_far


def far_from_roads(network: RoadNetwork, ids: Iterable[str], where: Floats) -> Iterator[Problem]:
    """A warning for each point that is far from every road, with the way to where it joins them.

    Parameters
    ----------
    ids
        Their names.
    where
        (n, 2) float64, degrees, longitude first.
    """
    metres = join(network, *where.T).metres
    for name, is_far, way in zip(ids, are_far(network, where), metres, strict=True):
        if is_far:
            params = {"id": name, "km": f"{way / M_PER_KM:.1f}"}
            yield Problem("network.far", params=params, severity=Severity.WARNING)
