"""Who could serve which need, how fast, under which text; and for everyone else, what stands in the way.

One pass over needs and the units with their capability. It knows nothing of quantities taken by other needs or
of home cover: that is the solver's work.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum

import numpy as np
import numpy.typing as npt

from noaber.core.planning.problem import Agreement, Incident, Need, Problem, Unit
from noaber.core.planning.travel import Driving, Minutes, travel_minutes

Indices = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Permit:
    """The text under which a unit may come (None inside one country), and the minutes its approval takes."""

    agreement: str | None
    approval: float


Permission = Callable[[Unit, Incident, Need], Permit | None]
"""May this unit come? The answer may depend on the unit's owner and territory only, the incident, and the
need's capability: it is asked once for each of those."""


class Barrier(IntEnum):
    """Why a unit with the capability cannot serve a need, whatever else the plan does."""

    NONE = 0
    EXCLUDED = 1
    NO_AGREEMENT = 2
    UNREACHABLE = 3
    TOO_LATE = 4


@dataclass(frozen=True, slots=True)
class PlacedNeed:
    """A need and the incident it belongs to."""

    incident: Incident
    incident_index: int
    need: Need


@dataclass(frozen=True)
class NeedOptions:
    """All units with one need's capability, in file order.

    Parameters
    ----------
    units
        (n,) int64: their places in `problem.units`.
    barrier
        (n,) int8: `Barrier`.
    permits, permit_of
        The permits of the different origins, None where there is no text; (n,) int64: which is each unit's.
    approval, arrival
        (n,) float64, minutes; infinite where nothing can be said.
    """

    units: Indices
    barrier: npt.NDArray[np.int8]
    permits: tuple[Permit | None, ...]
    permit_of: Indices
    approval: Minutes
    arrival: Minutes

    def permit(self, place: int) -> Permit | None:
        """The permit of the unit at `place` of `units`."""
        return self.permits[int(self.permit_of[place])]


@dataclass(frozen=True)
class Options:
    """A problem with everything looked up: the solver's input.

    Parameters
    ----------
    needs
        Every need of every incident, in file order.
    available
        (n_units,) int64: teams that are there at `now`, reservations taken off.
    travel
        (n_units, n_incidents) float64, minutes, infinite where there is no way.
    by_need
        One entry per entry of `needs`.
    """

    problem: Problem
    needs: tuple[PlacedNeed, ...]
    available: Indices
    travel: Minutes
    by_need: tuple[NeedOptions, ...]


def find_options(problem: Problem, *, driving: Driving | None = None, permission: Permission | None = None) -> Options:
    """Look everything up that a problem says about its pairs of unit and need.

    Parameters
    ----------
    driving
        Minutes on the road network, for the travel model "road".
    permission
        Who may come under which text; by default as the problem's agreements say.

    Raises
    ------
    InvalidInput
        Where the travel model is "road" and there is no `driving`.
    """
    needs = placed_needs(problem)
    lookup = _Lookup(problem, travel_minutes(problem, driving), permission or permission_of(problem.agreements))
    by_need = tuple(lookup.options(placed) for placed in needs)
    return Options(problem, needs, available_teams(problem), lookup.travel, by_need)


def placed_needs(problem: Problem) -> tuple[PlacedNeed, ...]:
    """Every need of every incident, in file order."""
    return tuple(
        PlacedNeed(incident, index, need) for index, incident in enumerate(problem.incidents) for need in incident.needs
    )


def available_teams(problem: Problem) -> Indices:
    """(n_units,) int64: quantity minus what reservations hold at `now`, never below 0."""
    held: dict[str, int] = defaultdict(int)
    for reservation in problem.reservations:
        if reservation.holds_at(problem.now):
            held[reservation.unit] += reservation.quantity
    return np.array([max(0, unit.quantity - held[unit.id]) for unit in problem.units], dtype=np.int64)


def permission_of(agreements: tuple[Agreement, ...]) -> Permission:
    """Help inside a country is always permitted; across, by the quickest agreement, the first of equals."""

    def permission(unit: Unit, incident: Incident, need: Need) -> Permit | None:
        if unit.country == incident.country:
            return Permit(None, 0.0)
        covering = [
            agreement
            for agreement in agreements
            if agreement.permits(
                provider=unit.territory,
                receiver=incident.territory,
                capability=need.capability,
                hazard=incident.hazard,
            )
        ]
        if not covering:
            return None
        best = min(covering, key=lambda agreement: agreement.approval)
        return Permit(best.id, best.approval)

    return permission


class _Lookup:
    """What all needs share: travel times, mobilisation, units by capability, permits already asked for."""

    def __init__(self, problem: Problem, travel: Minutes, permission: Permission) -> None:
        self.travel = travel
        self._problem = problem
        self._permission = permission
        self._mobilisation = np.array([unit.mobilisation for unit in problem.units], dtype=np.float64)
        self._with_capability = _units_by_capability(problem)
        origins: dict[tuple[str, str], int] = {}
        origin_of = [origins.setdefault((unit.owner, unit.territory), len(origins)) for unit in problem.units]
        self._origin_of = np.array(origin_of, dtype=np.int64)

    def options(self, placed: PlacedNeed) -> NeedOptions:
        units = self._with_capability[placed.need.capability]
        permits, permit_of = self._ask(units, placed)
        minutes = np.array([permit.approval if permit else np.inf for permit in permits], dtype=np.float64)
        approval = minutes[permit_of]
        way = self.travel[units, placed.incident_index]
        arrival = approval + self._mobilisation[units] + way
        latest = np.inf if placed.need.latest is None else placed.need.latest
        barrier = np.select(
            [self._excluded(units, placed), ~np.isfinite(approval), ~np.isfinite(way), arrival > latest],
            [Barrier.EXCLUDED, Barrier.NO_AGREEMENT, Barrier.UNREACHABLE, Barrier.TOO_LATE],
            Barrier.NONE,
        ).astype(np.int8)
        return NeedOptions(units, barrier, permits, permit_of, approval, arrival)

    def _ask(self, units: Indices, placed: PlacedNeed) -> tuple[tuple[Permit | None, ...], Indices]:
        """One permit per origin, each asked for through its first unit."""
        _, first, permit_of = np.unique(self._origin_of[units], return_index=True, return_inverse=True)
        speakers = [self._problem.units[unit] for unit in units[first].tolist()]
        permits = tuple(self._permission(unit, placed.incident, placed.need) for unit in speakers)
        return permits, permit_of

    def _excluded(self, units: Indices, placed: PlacedNeed) -> npt.NDArray[np.bool_]:
        names = {
            exclusion.unit
            for exclusion in self._problem.excluded
            if exclusion.covers(exclusion.unit, placed.incident.id, placed.need.id)
        }
        excluded = [self._problem.units[unit].id in names for unit in units.tolist()] if names else False
        return np.full(len(units), excluded, dtype=np.bool_)


def _units_by_capability(problem: Problem) -> defaultdict[str, Indices]:
    found: dict[str, list[int]] = defaultdict(list)
    for index, unit in enumerate(problem.units):
        for capability in unit.capabilities:
            found[capability].append(index)
    arrays = {capability: np.array(units, dtype=np.int64) for capability, units in found.items()}
    return defaultdict(lambda: np.empty(0, dtype=np.int64), arrays)
