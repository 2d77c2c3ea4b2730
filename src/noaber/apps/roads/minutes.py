"""How long from here to there: the one answer that plans, offers and the map read.

Minutes are routed where a network is installed and both ends lie on it, with the closures that the asking
organisation sees; else they are the estimate from the distance, and marked as such, pair by pair.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
import numpy.typing as npt

from noaber.apps.accounts.models import Organisation
from noaber.apps.roads.enums import MinutesKind
from noaber.apps.roads.state import RoadsNow, covers, roads_now
from noaber.core.geo import Position
from noaber.core.planning.travel import great_circle_km
from noaber.core.quantities import ESTIMATE_DETOUR, ESTIMATE_SPEED_KM_H, MINUTES_PER_HOUR

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Minutes:
    """Minutes of all pairs, and how each was got.

    Parameters
    ----------
    minutes
        (n, m) float64; infinite where the roads lead nowhere.
    routed
        (n, m) bool: driven on the network; the others are estimated.
    """

    minutes: Floats
    routed: Bools

    def kind(self, base: int, place: int) -> MinutesKind:
        return MinutesKind.of(bool(self.routed[base, place]))


def minutes_between(
    reader: Organisation, bases: Sequence[Position], places: Sequence[Position], *, status: str, at: datetime
) -> Minutes:
    """Driving minutes from every base to every place at the moment `at`, as `reader` knows the roads.

    Parameters
    ----------
    status
        Actual, Exercise or Test: a road that is closed in an exercise is open in earnest.
    """
    return minutes_on(roads_now(reader, status, at), degrees_of(bases), degrees_of(places))


def minutes_on(roads: RoadsNow | None, bases: Floats, places: Floats) -> Minutes:
    """The same, for roads that were looked up before; (n, 2) and (m, 2) degrees, longitude first."""
    found = great_circle_km(bases, places) * (ESTIMATE_DETOUR / ESTIMATE_SPEED_KM_H * MINUTES_PER_HOUR)
    routed = np.zeros(found.shape, dtype=np.bool_)
    if roads is not None and routed.size:
        covered, reached = covers(roads.network, bases), covers(roads.network, places)
        routed = covered[:, None] & reached
        if routed.any():
            from noaber.core.reach.driving import driving_minutes

            found[np.ix_(covered, reached)] = driving_minutes(roads.roads, bases[covered], places[reached])
    return Minutes(found, routed)


def degrees_of(positions: Sequence[Position]) -> Floats:
    """(n, 2) float64, longitude first."""
    return np.array([(one.lon, one.lat) for one in positions], dtype=np.float64).reshape(-1, 2)
