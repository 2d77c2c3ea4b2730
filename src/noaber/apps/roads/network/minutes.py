"""How long from here to there: the one answer that plans, offers and the map read.

Minutes are routed where a network is installed and both ends lie on it; else they are those by main roads, and where
these do not lead, the estimate from the distance. Each is marked as such, pair by pair. Closures are those that the
asking organisation sees.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
import numpy.typing as npt

from noaber.apps.accounts.models import Organisation
from noaber.apps.roads.enums import MinutesKind
from noaber.apps.roads.network.roads_now import RoadsNow, roads_now
from noaber.core.geo import Position
from noaber.core.planning.travel import great_circle_km
from noaber.core.quantities import ESTIMATE_DETOUR, ESTIMATE_SPEED_KM_H, MINUTES_PER_HOUR

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]
Int64s = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Minutes:
    """Minutes of all pairs, and how each was got.

    Parameters
    ----------
    minutes
        (n, m) float64; infinite where the roads lead nowhere.
    layer
        (n, m) int64: the number of the kind, in `kinds`, by which each was got.
    kinds
        Of the layers of roads, and the estimate last.
    """

    minutes: Floats
    layer: Int64s
    kinds: tuple[MinutesKind, ...]

    def kind(self, base: int, place: int) -> MinutesKind:
        return self.kinds[int(self.layer[base, place])]

    def are(self, kind: MinutesKind) -> Bools:
        """(n, m) bool: which were got so."""
        found: Bools = np.isin(self.layer, [number for number, one in enumerate(self.kinds) if one is kind])
        return found


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


def minutes_on(roads: RoadsNow, bases: Floats, places: Floats) -> Minutes:
    """The same, for roads that were looked up before; (n, 2) and (m, 2) degrees, longitude first."""
    found = great_circle_km(bases, places) * (ESTIMATE_DETOUR / ESTIMATE_SPEED_KM_H * MINUTES_PER_HOUR)
    kinds = (*(layer.kind for layer in roads.layers), MinutesKind.ESTIMATE)
    by = np.full(found.shape, len(roads.layers), dtype=np.int64)
    for number, layer in reversed(list(enumerate(roads.layers))):
        covered, reached = layer.covers(bases), layer.covers(places)
        if covered.any() and reached.any():
            from noaber.core.reach.driving import driving_minutes  # compiles kernels

            pairs = np.ix_(covered, reached)
            found[pairs], by[pairs] = driving_minutes(layer.roads, bases[covered], places[reached]), number
    return Minutes(found, by, kinds)


def degrees_of(positions: Sequence[Position]) -> Floats:
    """(n, 2) float64, longitude first."""
    return np.array([(one.lon, one.lat) for one in positions], dtype=np.float64).reshape(-1, 2)
