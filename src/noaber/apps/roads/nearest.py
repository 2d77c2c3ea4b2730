"""The units that arrive first, by road where roads lead and by the estimate elsewhere: the site's own `Nearest`."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import numpy.typing as npt

from noaber.apps.roads.state import RoadsNow, covers
from noaber.core.planning.problem import Unit
from noaber.core.reach.nearest import Arrivals, Called, DrivenNearest, EstimatedNearest, degrees
from noaber.core.reach.question import Place

Bools = npt.NDArray[np.bool_]


class SiteNearest:
    """Units and places of one question; a pair is routed where both lie on the network.

    Parameters
    ----------
    roads
        None where no network is installed.
    """

    def __init__(self, roads: RoadsNow | None, units: tuple[Unit, ...], places: tuple[Place, ...]) -> None:
        self._estimated = EstimatedNearest(units, places)
        self.units_on, self.places_on = _covered(roads, units), _covered(roads, places)
        self._driven: DrivenNearest | None = None
        if roads is not None and self.units_on.any() and self.places_on.any():
            reached = tuple(place for place, is_on in zip(places, self.places_on, strict=True) if is_on)
            self._driven = DrivenNearest(roads.roads, units, reached)

    def first(self, called: Called, k: int) -> Arrivals:
        """The `k` units that arrive first at every place."""
        everyone = self._estimated.first(called, k)
        if self._driven is None:
            return everyone
        is_on = self.units_on[called.units]
        by_road = self._driven.first(_only(called, is_on, self.places_on), k)
        others = self._estimated.first(_only(called, ~is_on, np.ones_like(self.places_on)), k)
        merged = _merge(by_road, Arrivals(others.minutes[self.places_on], others.units[self.places_on]))
        minutes, units = everyone.minutes.copy(), everyone.units.copy()
        minutes[self.places_on], units[self.places_on] = merged.minutes, merged.units
        return Arrivals(minutes, units)


def _covered(roads: RoadsNow | None, placed: tuple[Unit, ...] | tuple[Place, ...]) -> Bools:
    if roads is None or not placed:
        return np.zeros(len(placed), dtype=np.bool_)
    return covers(roads.network, degrees(placed))


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
