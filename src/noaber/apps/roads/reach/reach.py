"""Reach as an organisation sees it: for every hexagon and place, the first, third and fifth team of a capability.

What the organisation may not see enters nowhere: not a base, not a text, not a closure. An answer is kept under what
it was made of, so that whoever sees the same is served the same, and nobody anything else.
"""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from threading import Lock
from typing import Final

import numpy as np
import numpy.typing as npt

from noaber.apps.accounts.models import Organisation
from noaber.apps.registry.queries.agreements import planned_agreement, planning_agreements
from noaber.apps.registry.queries.planning import PlanningUnit, planning_units
from noaber.apps.roads.enums import MinutesKind
from noaber.apps.roads.network.roads_now import RoadsNow, roads_now
from noaber.apps.roads.queries.unavailable_teams import unavailable_teams
from noaber.apps.roads.reach.computing import answers, on_roads
from noaber.apps.roads.reach.grid import Grid, load_fine_grid, load_grid
from noaber.core.agreements.planning import Case, Owner, PlanningAgreement
from noaber.core.planning.problem import Agreement, Unit
from noaber.core.reach.answer import CapabilityReach
from noaber.core.reach.mixed import OnRoads, layer_of
from noaber.core.reach.question import Borders, Place, Question
from noaber.core.traveltime.vehicles import Vehicle

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]
Int64s = npt.NDArray[np.int64]

KS: Final = (1, 3, 5)
_MOST_KEPT: Final = 24
"""How many answers are kept in a process; one is some 2 MB."""


@dataclass(frozen=True)
class VisibleMeans:
    """What an organisation sees of one capability at a moment: bases with teams left, texts, roads.

    Parameters
    ----------
    texts
        By the id of the planning entry.
    """

    capability: str
    hazard: str
    units: tuple[PlanningUnit, ...]
    texts: dict[str, PlanningAgreement]
    roads: RoadsNow

    @cached_property
    def planned(self) -> tuple[Unit, ...]:
        """The units as the core takes them, with this capability alone."""
        alone = frozenset({self.capability})
        return tuple(replace(unit.as_unit(), capabilities=alone) for unit in self.units)

    @cached_property
    def agreements(self) -> tuple[Agreement, ...]:
        return tuple(map(planned_agreement, self.texts.values()))

    def question(self, places: tuple[Place, ...], borders: Borders) -> Question:
        """What the core is asked."""
        return Question(self.planned, places, self.agreements, self.hazard, borders, KS)

    def text(self, agreement: int) -> PlanningAgreement:
        """The text with that number in the question."""
        return self.texts[self.agreements[agreement].id]

    @cached_property
    def digest(self) -> str:
        """Names everything that the answer depends on."""
        roads = [
            (layer.kind.value, layer.network.built_at, layer.network.vehicle.value, layer.roads.closed.tobytes())
            for layer in self.roads.layers
        ]
        made_of = repr((self.capability, self.hazard, self.planned, self.agreements, roads))
        return hashlib.sha256(made_of.encode()).hexdigest()


@dataclass(frozen=True)
class Reach:
    """The arrivals at every place of the grid, columns as in `KS`.

    Parameters
    ----------
    closed, opened
        With borders closed, and open to whom a text permits.
    on
        Which units and places lie on each layer of roads, the best first.
    kinds
        Of these layers, and the estimate last.
    """

    closed: CapabilityReach
    opened: CapabilityReach
    on: tuple[OnRoads, ...]
    kinds: tuple[MinutesKind, ...]

    def gain(self, column: int) -> Floats:
        """(p,) float64 minutes that open borders gain; infinite where only neighbours can come, 0 where none can."""
        own, permitted = self.closed.minutes[:, column], self.opened.minutes[:, column]
        return np.subtract(own, permitted, out=np.zeros_like(own), where=np.isfinite(permitted))

    def layers(self, column: int, *found: CapabilityReach) -> Int64s:
        """(p,) int64: the number in `kinds` of the most uncertain of the arrivals of `found`.

        That nobody comes is as certain as the roads to the place are.
        """
        places = np.arange(len(self.closed.minutes))
        worst = self._best_at(places)
        for one in found:
            comes = np.isfinite(one.minutes[:, column])
            worst[comes] = np.maximum(worst[comes], layer_of(self.on, one.units[comes, column], places[comes]))
        return worst

    def _best_at(self, places: Int64s) -> Int64s:
        """(p,) int64: the best layer that each place lies on, and any unit."""
        best = np.full(len(places), len(self.on), dtype=np.int64)
        for number, on in reversed(list(enumerate(self.on))):
            best[on.places[places]] = number
        return best

    def is_estimated(self, column: int, *found: CapabilityReach) -> Bools:
        """(p,) bool: where an arrival of `found`, or that nobody comes, rests on anything but surveyed roads."""
        routed = [number for number, kind in enumerate(self.kinds) if kind is MinutesKind.ROUTED]
        return ~np.isin(self.layers(column, *found), routed)

    def kind(self, found: CapabilityReach, place: int, column: int) -> MinutesKind:
        """How one arrival was got."""
        return self.kinds[int(layer_of(self.on, found.units[[place], column], np.array([place]))[0])]


def visible_means(
    reader: Organisation,
    status: str,
    at: datetime,
    *,
    capability: str,
    hazard: str,
    vehicle: Vehicle = Vehicle.CAR,
) -> VisibleMeans:
    """What `reader` sees of a capability: the bases that have teams left, and the texts that surely permit help.

    Teams that are spoken for are taken off as plans take them off, also where the reader may not know for whom.
    """
    listed = planning_units(reader, status, at, committed=unavailable_teams(status, at), capabilities=(capability,))
    units = tuple(unit for unit in listed if unit.quantity)
    texts = planning_agreements(
        reader,
        owners=tuple(dict.fromkeys(Owner(unit.owner, unit.territory) for unit in units)),
        cases=tuple(Case(territory, hazard) for territory in _territories(load_grid())),
        capabilities=(capability,),
        on=at.date(),
    )
    entries = {entry.id: entry for entry in texts.entries}
    return VisibleMeans(capability, hazard, units, entries, roads_now(reader, status, at, vehicle))


def reach_of(seen: VisibleMeans) -> Reach:
    """The reach of what is seen, from what is kept or computed now."""
    return _find(seen, "grid", lambda: load_grid().places)


def fine_reach_of(seen: VisibleMeans) -> Reach:
    """The same at the fine hexagons, in their order."""
    return _find(seen, "fine", load_fine_grid)


def _find(seen: VisibleMeans, where: str, places: Callable[[], tuple[Place, ...]]) -> Reach:
    """An answer is computed once, however many ask for it at the same moment."""
    key = f"{where} {seen.digest}"
    with _lock:
        answer = _kept.get(key)
        is_first = answer is None
        if answer is None:
            answer = _kept[key] = Future()
        _kept.move_to_end(key)
        while len(_kept) > _MOST_KEPT:
            _kept.popitem(last=False)
    if is_first:
        try:
            answer.set_result(_compute(seen, places()))
        except BaseException as error:
            with _lock:
                _kept.pop(key, None)
            answer.set_exception(error)
            raise
    return answer.result()


_kept: Final[OrderedDict[str, Future[Reach]]] = OrderedDict()
_lock: Final = Lock()


def _compute(seen: VisibleMeans, places: tuple[Place, ...]) -> Reach:
    on = on_roads(seen.roads, seen.planned, places)
    kinds = (*(layer.kind for layer in seen.roads.layers), MinutesKind.ESTIMATE)
    questions = [seen.question(places, borders) for borders in (Borders.CLOSED, Borders.OPEN)]
    closed, opened = (
        found.get(seen.capability) or _nobody(len(places)) for found in answers(questions, seen.roads, on)
    )
    return Reach(closed, opened, on, kinds)


def _nobody(places: int) -> CapabilityReach:
    """Where no base has the capability."""
    nobody = np.zeros((places, len(KS)), dtype=np.int32)
    return CapabilityReach(np.full((places, len(KS)), np.inf), nobody, nobody)


def _territories(grid: Grid) -> tuple[str, ...]:
    return tuple(dict.fromkeys(place.territory for place in grid.places))
