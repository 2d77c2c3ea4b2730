"""Who could come for one need, own teams and neighbours', the quickest first; and who could not, with the reason.

Read off the same options that the solver sees, so table and plan cannot disagree. It is about one need by itself: what
other needs take is the plan's affair.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from noaber.apps.planner.situation import Situation
from noaber.apps.registry.queries.planning import PlanningUnit
from noaber.core.agreements.planning import PlanningAgreement
from noaber.core.planning.options import Barrier, NeedOptions, Options, find_options


@dataclass(frozen=True)
class Helper:
    """One unit that has the capability.

    Parameters
    ----------
    minutes
        From the decision to the arrival: approval, mobilisation and travel; None where nothing can be said.
    text
        The text under which it may come; None at home, or where there is none.
    free
        Teams that may go now.
    at_home
        Teams with this capability that its owner has left, all its units together, if all `free` ones went.
    barrier
        What stands in the way; NONE for one that can come.
    """

    unit: PlanningUnit
    own: bool
    minutes: float | None
    approval: float | None
    travel: float | None
    text: PlanningAgreement | None
    free: int
    at_home: int
    barrier: Barrier

    @property
    def can_come(self) -> bool:
        return self.barrier == Barrier.NONE and self.free > 0


def helpers_by_need(situation: Situation) -> dict[str, list[Helper]]:
    """For each need, by its code: every unit with the capability; those who can come first, by their minutes."""
    if not situation.problem.incidents or not situation.problem.incidents[0].needs:
        return {}
    options = find_options(situation.problem)
    return {
        placed.need.id: _ranked(situation, options, found)
        for placed, found in zip(options.needs, options.by_need, strict=True)
    }


def _ranked(situation: Situation, options: Options, found: NeedOptions) -> list[Helper]:
    totals: dict[str, int] = defaultdict(int)
    for number in found.units.tolist():
        totals[options.problem.units[number].owner] += int(options.available[number])
    helpers = [_helper(situation, options, found, place, totals) for place in range(len(found.units))]
    return sorted(helpers, key=lambda one: (not one.can_come, one.minutes is None, one.minutes or 0.0, one.unit.id))


def _helper(situation: Situation, options: Options, found: NeedOptions, place: int, totals: dict[str, int]) -> Helper:
    number = int(found.units[place])
    planned = options.problem.units[number]
    unit = situation.units[planned.id]
    permit = found.permits[place]
    barrier = Barrier(int(found.barrier[place]))
    reachable = barrier in (Barrier.NONE, Barrier.TOO_LATE, Barrier.EXCLUDED) and permit is not None
    free = int(options.available[number])
    travel = float(options.travel[number, 0])
    return Helper(
        unit=unit,
        own=planned.country == options.problem.incidents[0].country,
        minutes=float(found.arrival[place]) if reachable else None,
        approval=permit.approval if permit else None,
        travel=travel if travel != float("inf") else None,
        text=situation.texts.get(permit.agreement) if permit and permit.agreement else None,
        free=free,
        at_home=totals[planned.owner] - free,
        barrier=barrier,
    )
