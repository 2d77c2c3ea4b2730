"""The units that arrive first at every place, by the estimate or on the roads: two ways to the same answer.

Units come in classes, which are let in after an approval that depends on the class and the place's territory. Of
equally quick units the one that stands first counts.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

import numpy as np
import numpy.typing as npt

from noaber.core.planning.problem import Incident, Unit
from noaber.core.planning.travel import great_circle_km
from noaber.core.quantities import ESTIMATE_DETOUR, ESTIMATE_SPEED_KM_H, MINUTES_PER_HOUR
from noaber.core.reach.question import Place, Question
from noaber.core.traveltime.join import join
from noaber.core.traveltime.kernels import NEVER
from noaber.core.traveltime.matrix import driving_ms
from noaber.core.traveltime.roads import Roads
from noaber.core.traveltime.segments import MS_PER_MINUTE
from noaber.core.traveltime.starts import Starts
from noaber.core.traveltime.survey import survey, times_of
from noaber.core.traveltime.teams import MAX_SOURCES, NOBODY, SOURCE_BITS, key_ms, key_source, nearest_teams

Floats = npt.NDArray[np.float64]
Int32s = npt.NDArray[np.int32]
Int64s = npt.NDArray[np.int64]

_CLASSES_AT_ONCE: Final = 8
_LONGEST_LIST: Final = 16
"""Beyond it, all units are looked at instead of carrying lists."""
_PAIRS_AT_ONCE: Final = 4_000_000


@dataclass(frozen=True)
class Called:
    """Units that are asked for one capability.

    Parameters
    ----------
    units
        (u,) int32: their numbers, ascending.
    class_of
        (u,) int32.
    approval
        (c, p) float64, minutes from a class to a place; infinite where it may not come.
    """

    units: Int32s
    class_of: Int32s
    approval: Floats


@dataclass(frozen=True)
class Arrivals:
    """The first units at each place: (p, k) float64 minutes, infinite where there is none; (p, k) int32 numbers."""

    minutes: Floats
    units: Int32s


class Nearest(Protocol):
    """Units and places of one question, and how long the ways between them take."""

    def first(self, called: Called, k: int) -> Arrivals:
        """The `k` units that arrive first at every place."""


class EstimatedNearest:
    """Great-circle distance times 1.3 at 60 km/h."""

    def __init__(self, units: tuple[Unit, ...], places: tuple[Place, ...]) -> None:
        self._units, self._places = degrees(units), degrees(places)
        self._mobilisation = np.array([unit.mobilisation for unit in units], dtype=np.float64)

    def first(self, called: Called, k: int) -> Arrivals:
        return _in_blocks(called, k, len(self._places), self._minutes)

    def _minutes(self, called: Called, places: slice) -> Floats:
        """(u, places) float64: when each unit arrives."""
        km = great_circle_km(self._units[called.units], self._places[places])
        minutes = km * (ESTIMATE_DETOUR / ESTIMATE_SPEED_KM_H * MINUTES_PER_HOUR)
        minutes += self._mobilisation[called.units][:, None]
        minutes += called.approval[called.class_of, places]
        return minutes


class DrivenNearest:
    """Driving times on the roads as they are."""

    def __init__(self, roads: Roads, units: tuple[Unit, ...], places: tuple[Place, ...]) -> None:
        self._roads = roads
        self._units = join(roads.network, *degrees(units).T)
        self._places = join(roads.network, *degrees(places).T)
        self._survey = survey(roads.network, self._units.nodes, self._places.nodes)
        self._times = times_of(self._survey, roads)
        mobilisation = np.array([unit.mobilisation for unit in units], dtype=np.float64)
        self._starts_ms = np.rint(mobilisation * MS_PER_MINUTE).astype(np.int64) + self._units.ms

    def first(self, called: Called, k: int) -> Arrivals:
        if k > _LONGEST_LIST or len(self._units.nodes) > MAX_SOURCES:
            return _in_blocks(called, k, len(self._places.nodes), self._minutes)
        keys = np.full((len(self._places.nodes), k), NOBODY, dtype=np.int64)
        for low in range(0, len(called.approval), _CLASSES_AT_ONCE):
            keys = np.concatenate([keys, self._permitted(called, low, k)], axis=1)
            keys = np.sort(keys, axis=1)[:, :k]
        there = keys < NOBODY
        minutes = key_ms(keys) / MS_PER_MINUTE + self._places.minutes[:, None]
        return Arrivals(np.where(there, minutes, np.inf), np.where(there, key_source(keys), 0).astype(np.int32))

    def _permitted(self, called: Called, low: int, k: int) -> Int64s:
        """(p, classes · k) int64: the nearest of some classes, with their approvals."""
        approval = called.approval[low : low + _CLASSES_AT_ONCE]
        chosen = (called.class_of >= low) & (called.class_of < low + _CLASSES_AT_ONCE)
        units = called.units[chosen]
        starts = Starts(units, self._starts_ms[units], called.class_of[chosen] - np.int32(low))
        found = nearest_teams(self._survey, self._times, starts, n_layers=len(approval), k=k)
        may_come = np.isfinite(approval)
        later = np.rint(np.where(may_come, approval, 0.0) * MS_PER_MINUTE).astype(np.int64) << SOURCE_BITS
        permitted = (found < NOBODY) & may_come.T[:, :, None]
        return np.where(permitted, found + later.T[:, :, None], NOBODY).reshape(len(found), len(approval) * k)

    def _minutes(self, called: Called, places: slice) -> Floats:
        """(u, places) float64: when each unit arrives; infinite where there is no way."""
        looked = survey(self._roads.network, self._units.nodes[called.units], self._places.nodes[places])
        ms = driving_ms(looked, times_of(looked, self._roads))
        minutes = (ms + self._starts_ms[called.units][:, None]) / MS_PER_MINUTE
        minutes += self._places.minutes[places] + called.approval[called.class_of, places]
        minutes[ms == NEVER] = np.inf
        return minutes


def nearest_of(question: Question, roads: Roads | None) -> Nearest:
    """The units and places of a question on roads, or by the estimate where there are none."""
    if roads is None:
        return EstimatedNearest(question.units, question.places)
    return DrivenNearest(roads, question.units, question.places)


def _in_blocks(called: Called, k: int, n_places: int, minutes_of: Callable[[Called, slice], Floats]) -> Arrivals:
    """The first `k` units from the minutes of all, some places at a time."""
    size = max(1, _PAIRS_AT_ONCE // max(1, len(called.units)))
    parts = [_quickest(minutes_of(called, slice(low, low + size)), called.units, k) for low in range(0, n_places, size)]
    return Arrivals(
        np.concatenate([part.minutes for part in parts] or [np.empty((0, k))]),
        np.concatenate([part.units for part in parts] or [np.empty((0, k), np.int32)]),
    )


def _quickest(minutes: Floats, units: Int32s, k: int) -> Arrivals:
    """The `k` smallest of each column, the first of equals first; `minutes` is used up."""
    columns = np.arange(minutes.shape[1])
    found = Arrivals(np.full((len(columns), k), np.inf), np.zeros((len(columns), k), np.int32))
    if k > _LONGEST_LIST:
        order = np.argsort(minutes, axis=0, kind="stable")[:k].T
        found.minutes[:, : order.shape[1]] = minutes[order, columns[:, None]]
        found.units[:, : order.shape[1]] = units[order]
        return found
    for place in range(min(k, len(units))):
        quickest = minutes.argmin(axis=0)
        found.minutes[:, place] = minutes[quickest, columns]
        found.units[:, place] = units[quickest]
        minutes[quickest, columns] = np.inf
    return found


def degrees(placed: Sequence[Unit | Place | Incident]) -> Floats:
    """(n, 2) float64, longitude first."""
    pairs = [(one.position.lon, one.position.lat) for one in placed]
    return np.array(pairs, dtype=np.float64).reshape(-1, 2)
