"""Who can help one need now: every unit with the capability, the quickest first, and why the others cannot.

A table, not a plan: other needs are not looked at. The reasons and the minutes are those of the plan.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from noaber.core.planning.model import CoverRow, covers_of
from noaber.core.planning.options import Barrier, Options, Permission, find_options
from noaber.core.planning.plan import Reason
from noaber.core.planning.problem import Problem, Unit
from noaber.core.planning.travel import Driving
from noaber.core.planning.unmet import REASONS


@dataclass(frozen=True, slots=True)
class Candidate:
    """A unit with the capability of a need.

    Parameters
    ----------
    available
        Teams that no event holds now.
    may_leave
        How many of them home cover lets go, if nobody else of the owner goes.
    at_home
        Available teams of the owner with the need's capability, this unit's included.
    minimum
        How many of those have to stay.
    agreement
        The text; None inside one country, and where there is none.
    approval, travel, arrival
        Minutes; None where nothing can be said.
    late
        Minutes beyond `within`, None where there is no arrival.
    excluded_because
        Why no team of it can be sent; None where one can.
    """

    unit: Unit
    available: int
    may_leave: int
    at_home: int
    minimum: int
    agreement: str | None
    approval: float | None
    travel: float | None
    arrival: float | None
    late: float | None
    excluded_because: Reason | None

    def left_at_home(self, sent: int = 1) -> int:
        """Teams of the owner with this capability that stay when so many of this unit are sent."""
        return self.at_home - sent


def candidates(
    problem: Problem,
    incident_id: str,
    need_id: str,
    *,
    driving: Driving | None = None,
    permission: Permission | None = None,
) -> tuple[Candidate, ...]:
    """Every unit that has what a need asks: those that can come by arrival, then the others by reason.

    Parameters
    ----------
    driving, permission
        As for `solve`.

    Raises
    ------
    KeyError
        Where there is no such need.
    InvalidInput
        Where the travel model is "road" and there is no `driving`.
    """
    options = find_options(_only(problem, incident_id, need_id), driving=driving, permission=permission)
    found = list(_all(options))
    order = list(Reason)

    def rank(place: int) -> tuple[int, float, int]:
        reason, arrival = found[place].excluded_because, found[place].arrival
        return (order.index(reason) + 1 if reason else 0, math.inf if arrival is None else arrival, place)

    return tuple(found[place] for place in sorted(range(len(found)), key=rank))


def _only(problem: Problem, incident_id: str, need_id: str) -> Problem:
    for incident in problem.incidents:
        for need in incident.needs:
            if (incident.id, need.id) == (incident_id, need_id):
                return replace(problem, incidents=(replace(incident, needs=(need,)),), pinned=())
    raise KeyError((incident_id, need_id))


def _all(options: Options) -> Iterator[Candidate]:
    need, found = options.needs[0].need, options.by_need[0]
    covers = {(row.owner, row.capability): row for row in covers_of(options)}
    at_home = _at_home(options)
    for place, unit_place in enumerate(found.units.tolist()):
        unit = options.problem.units[unit_place]
        available = int(options.available[unit_place])
        own = [covers[unit.owner, c] for c in unit.capabilities if (unit.owner, c) in covers]
        may_leave = min([available, *(row.may_leave for row in own)])
        permit, arrival = found.permit(place), _known(found.arrival[place])
        yield Candidate(
            unit=unit,
            available=available,
            may_leave=may_leave,
            at_home=at_home[unit.owner],
            minimum=_minimum(own, need.capability),
            agreement=permit.agreement if permit else None,
            approval=_known(found.approval[place]),
            travel=_known(options.travel[unit_place, 0]),
            arrival=arrival,
            late=None if arrival is None else max(0.0, arrival - need.within),
            excluded_because=_reason(Barrier(int(found.barrier[place])), unit, available, may_leave),
        )


def _at_home(options: Options) -> dict[str, int]:
    teams: dict[str, int] = {}
    for place in options.by_need[0].units.tolist():
        owner = options.problem.units[place].owner
        teams[owner] = teams.get(owner, 0) + int(options.available[place])
    return teams


def _minimum(rows: list[CoverRow], capability: str) -> int:
    return max((min(row.minimum, row.total) for row in rows if row.capability == capability), default=0)


def _known(minutes: np.float64) -> float | None:
    return float(minutes) if np.isfinite(minutes) else None


def _reason(barrier: Barrier, unit: Unit, available: int, may_leave: int) -> Reason | None:
    if barrier is not Barrier.NONE:
        return REASONS[barrier]
    if unit.quantity == 0:
        return Reason.EXHAUSTED
    if available == 0:
        return Reason.RESERVED
    return Reason.HOME_COVER if may_leave == 0 else None
