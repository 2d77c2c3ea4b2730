"""The units that arrive first, by the best roads that lead from them to a place, and by the estimate elsewhere.

Roads come in layers, the best first, such as surveyed ones before main roads. A pair is driven on the first layer that
both of its ends lie on, and estimated where none is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from noaber.core.planning.problem import Unit
from noaber.core.reach.nearest import Arrivals, Called, DrivenNearest, EstimatedNearest
from noaber.core.reach.question import Place
from noaber.core.traveltime.roads import Roads

Bools = npt.NDArray[np.bool_]
Int32s = npt.NDArray[np.int32]
Int64s = npt.NDArray[np.int64]


@dataclass(frozen=True)
class OnRoads:
    """Which units, (u,) bool, and which places, (p,) bool, of a question lie on a layer of roads."""

    units: Bools
    places: Bools

    def part(self, low: int, high: int) -> OnRoads:
        """With the places `low` to `high`, not included."""
        return OnRoads(self.units, self.places[low:high])


@dataclass(frozen=True)
class Layer:
    """Roads, and who lies on them."""

    roads: Roads
    on: OnRoads


def layer_of(on: Sequence[OnRoads], units: Int32s | Int64s, places: Int64s) -> Int64s:
    """The layer that pairs of a unit and a place are driven on, `len(on)` where they are estimated; broadcast."""
    found = np.full(np.broadcast(units, places).shape, len(on), dtype=np.int64)
    for number in reversed(range(len(on))):
        if len(on[number].units):
            found = np.where(on[number].units[units] & on[number].places[places], number, found)
    return found


class MixedNearest:
    """Units and places of one question, on layers of roads."""

    def __init__(self, layers: Sequence[Layer], units: tuple[Unit, ...], places: tuple[Place, ...]) -> None:
        self._layers = [layer for layer in layers if layer.on.units.any() and layer.on.places.any()]
        self._n_units, self._n_places = len(units), len(places)
        alike = np.zeros(len(places), dtype=np.int64)
        for number, layer in enumerate(self._layers):
            alike |= layer.on.places.astype(np.int64) << number
        self._parts = [
            _Part(np.flatnonzero(alike == kind), self._layers_of(int(kind)), units, places) for kind in np.unique(alike)
        ]

    def _layers_of(self, kind: int) -> list[Layer]:
        return [layer for number, layer in enumerate(self._layers) if kind >> number & 1]

    def first(self, called: Called, k: int) -> Arrivals:
        """The `k` units that arrive first at every place."""
        minutes = np.full((self._n_places, k), np.inf)
        units = np.zeros((self._n_places, k), dtype=np.int32)
        for part in self._parts:
            found = part.first(called, k, self._n_units)
            minutes[part.places], units[part.places] = found.minutes, found.units
        return Arrivals(minutes, units)


class _Part:
    """The places that lie on the same layers."""

    def __init__(
        self, numbers: Int64s, layers: list[Layer], units: tuple[Unit, ...], places: tuple[Place, ...]
    ) -> None:
        here = tuple(places[number] for number in numbers.tolist())
        self.places = numbers
        self._driven = [(layer.on.units, DrivenNearest(layer.roads, units, here)) for layer in layers]
        self._estimated = EstimatedNearest(units, here)

    def first(self, called: Called, k: int, n_units: int) -> Arrivals:
        """The first of the units on the best layer, of the others on the next one, and of those that are on none."""
        left = np.ones(n_units, dtype=np.bool_)
        found: list[Arrivals] = []
        for on_layer, driven in self._driven:
            if (left & on_layer)[called.units].any():
                found.append(driven.first(self._only(called, left & on_layer), k))
            left &= ~on_layer
        if left[called.units].any() or not found:
            found.append(self._estimated.first(self._only(called, left), k))
        return _merge(found, k)

    def _only(self, called: Called, units: Bools) -> Called:
        """Some of the units, towards these places."""
        chosen = units[called.units]
        return replace(
            called,
            units=called.units[chosen],
            class_of=called.class_of[chosen],
            approval=called.approval[:, self.places],
        )


def _merge(found: Sequence[Arrivals], k: int) -> Arrivals:
    """The first of all; of equally quick units the one with the smaller number."""
    minutes = np.concatenate([one.minutes for one in found], axis=1)
    units = np.concatenate([one.units for one in found], axis=1)
    order = np.lexsort((units, minutes), axis=1)[:, :k]
    return Arrivals(np.take_along_axis(minutes, order, axis=1), np.take_along_axis(units, order, axis=1))
