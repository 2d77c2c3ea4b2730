"""The units that arrive first, by road where roads lead and by the estimate elsewhere.

A pair is routed where both of its ends lie on the network, and estimated otherwise.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from noaber.core.planning.problem import Unit
from noaber.core.reach.nearest import Arrivals, Called, DrivenNearest, EstimatedNearest
from noaber.core.reach.question import Place
from noaber.core.traveltime.roads import Roads

Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class OnRoads:
    """Which units, (u,) bool, and which places, (p,) bool, of a question lie on the network."""

    units: Bools
    places: Bools

    def part(self, low: int, high: int) -> OnRoads:
        """With the places `low` to `high`, not included."""
        return OnRoads(self.units, self.places[low:high])


class MixedNearest:
    """Units and places of one question; nothing lies on roads that are None."""

    def __init__(self, roads: Roads | None, units: tuple[Unit, ...], places: tuple[Place, ...], on: OnRoads) -> None:
        self._on = on
        self._estimated = EstimatedNearest(units, places)
        self._driven: DrivenNearest | None = None
        if roads is not None and on.units.any() and on.places.any():
            reached = tuple(place for place, is_on in zip(places, on.places, strict=True) if is_on)
            self._driven = DrivenNearest(roads, units, reached)

    def first(self, called: Called, k: int) -> Arrivals:
        """The `k` units that arrive first at every place."""
        everyone = self._estimated.first(called, k)
        if self._driven is None:
            return everyone
        is_on, reached = self._on.units[called.units], self._on.places
        by_road = self._driven.first(_only(called, is_on, reached), k)
        others = self._estimated.first(_only(called, ~is_on, np.ones_like(reached)), k)
        merged = _merge(by_road, Arrivals(others.minutes[reached], others.units[reached]))
        minutes, units = everyone.minutes.copy(), everyone.units.copy()
        minutes[reached], units[reached] = merged.minutes, merged.units
        return Arrivals(minutes, units)


def _only(called: Called, units: Bools, places: Bools) -> Called:
    """Some of the units, towards some of the places."""
    return replace(
        called, units=called.units[units], class_of=called.class_of[units], approval=called.approval[:, places]
    )


def _merge(one: Arrivals, other: Arrivals) -> Arrivals:
    """The first of both; of equally quick units the one with the smaller number."""
    k = one.minutes.shape[1]
    minutes = np.concatenate([one.minutes, other.minutes], axis=1)
    units = np.concatenate([one.units, other.units], axis=1)
    order = np.lexsort((units, minutes), axis=1)[:, :k]
    return Arrivals(np.take_along_axis(minutes, order, axis=1), np.take_along_axis(units, order, axis=1))
