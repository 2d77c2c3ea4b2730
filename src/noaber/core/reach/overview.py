"""All capabilities at all places at once: the first team from the own country, and the first that may come at all.

One pass over the roads carries a layer for every capability and class of owners (see `permits.py`). What the texts say
is looked up in its answer, for closed and open borders alike.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from noaber.core.reach.nearest import Floats, Int32s, Int64s, degrees
from noaber.core.reach.permits import HOME, Permits, permits_of
from noaber.core.reach.question import Borders, Question
from noaber.core.traveltime.join import join
from noaber.core.traveltime.kernels import NEVER, Bools, Milliseconds, kernel
from noaber.core.traveltime.layers import Rooms, nearest_by_layer
from noaber.core.traveltime.network import RoadNetwork
from noaber.core.traveltime.roads import Roads
from noaber.core.traveltime.segments import MS_PER_MINUTE
from noaber.core.traveltime.starts import Starts
from noaber.core.traveltime.survey import survey, times_of


@dataclass(frozen=True)
class Overview:
    """The first arrival of every capability at every place.

    Parameters
    ----------
    capabilities
        The columns.
    own, permitted
        (p, c) float64, minutes: of the own country's teams, and of these and all that an agreement permits; infinite
        where none can come.
    """

    capabilities: tuple[str, ...]
    own: Floats
    permitted: Floats

    @property
    def gain(self) -> Floats:
        """(p, c) float64, minutes that open borders gain: infinite where only neighbours can come, 0 where none can."""
        nobody = np.isinf(self.own) & np.isinf(self.permitted)
        return np.subtract(self.own, self.permitted, out=np.zeros_like(self.own), where=~nobody)


class Surveyor:
    """The units and places of a question on a network: asked again after every closure.

    An approval of more than twelve days counts as none.
    """

    def __init__(self, question: Question, network: RoadNetwork) -> None:
        units, places = join(network, *degrees(question.units).T), join(network, *degrees(question.places).T)
        mobilisation = np.array([unit.mobilisation for unit in question.units], dtype=np.float64)
        self._capabilities = question.capabilities
        self._straight_minutes = places.minutes
        self._survey = survey(network, units.nodes, places.nodes)
        self._starts, self._layers = _layers(
            question, np.rint(mobilisation * MS_PER_MINUTE).astype(np.int64) + units.ms
        )
        self._rooms = Rooms()

    def look(self, roads: Roads) -> Overview:
        """The overview with the roads as they are."""
        layers = self._layers
        nearest = nearest_by_layer(
            self._survey, times_of(self._survey, roads), self._starts, len(layers.capability), self._rooms
        )
        own, permitted = _settle(
            nearest, layers.capability, layers.approval_ms, layers.is_home, layers.territory_of, len(self._capabilities)
        )
        return Overview(self._capabilities, self._minutes(own), self._minutes(permitted))

    def _minutes(self, ms: Milliseconds) -> Floats:
        return np.where(ms == NEVER, np.inf, ms / MS_PER_MINUTE + self._straight_minutes[:, None])


@dataclass(frozen=True)
class _Layers:
    """What each layer is.

    Parameters
    ----------
    capability
        (l,) int32: its column.
    approval_ms, is_home
        (l, r) uint32 and bool, by receiving territory; `NEVER` where it may not come.
    territory_of
        (p,) int64: the territory of each place.
    """

    capability: Int32s
    approval_ms: Milliseconds
    is_home: Bools
    territory_of: Int64s


def _layers(question: Question, starts_ms: Int64s) -> tuple[Starts, _Layers]:
    """A layer for each capability and class of owners, whatever the question says of borders."""
    opened = Question(question.units, question.places, question.agreements, question.hazard, Borders.OPEN)
    receivers = list(dict.fromkeys(place.territory for place in question.places))
    sources: list[npt.NDArray[np.int32]] = [np.empty(0, np.int32)]
    layer_of: list[npt.NDArray[np.int32]] = [np.empty(0, np.int32)]
    columns: list[int] = []
    tables: list[Permits] = []
    for column, capability in enumerate(question.capabilities):
        units = [i for i, unit in enumerate(question.units) if capability in unit.capabilities and unit.quantity > 0]
        permits = permits_of(opened, capability, [question.units[i].territory for i in units], receivers)
        sources.append(np.array(units, dtype=np.int32))
        layer_of.append(permits.class_of + np.int32(len(columns)))
        columns += [column] * len(permits.approval)
        tables.append(permits)
    chosen = np.concatenate(sources)
    approval = np.concatenate([np.empty((0, len(receivers))), *(permits.approval for permits in tables)])
    at_home = [permits.agreement == HOME for permits in tables]
    number = {territory: i for i, territory in enumerate(receivers)}
    return Starts(chosen, starts_ms[chosen], np.concatenate(layer_of)), _Layers(
        np.array(columns, dtype=np.int32),
        np.minimum(np.rint(approval * MS_PER_MINUTE), NEVER).astype(np.uint32),
        np.concatenate([np.empty((0, len(receivers)), np.bool_), *at_home]),
        np.array([number[place.territory] for place in question.places], dtype=np.int64),
    )


@kernel
def _settle(
    nearest: Milliseconds,
    capability: Int32s,
    approval_ms: Milliseconds,
    is_home: Bools,
    territory_of: Int64s,
    n_capabilities: int,
) -> tuple[Milliseconds, Milliseconds]:
    """The least of each capability's layers at each place: of those at home, and of all that may come."""
    own = np.full((len(nearest), n_capabilities), NEVER, np.uint32)
    permitted = np.full((len(nearest), n_capabilities), NEVER, np.uint32)
    for place in range(len(nearest)):
        territory = territory_of[place]
        for layer in range(len(capability)):
            column = capability[layer]
            ms = np.uint32(nearest[place, layer] + approval_ms[layer, territory])
            permitted[place, column] = min(permitted[place, column], ms)
            if is_home[layer, territory]:
                own[place, column] = min(own[place, column], ms)
    return own, permitted
