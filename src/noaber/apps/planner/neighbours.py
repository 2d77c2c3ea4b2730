"""Who could come for one need, own teams and neighbours', the quickest first; and who could not, with the reason.

Read off the same options that the solver sees, so table and plan cannot disagree. It is about one need by itself: what
other needs take is the plan's affair.
"""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass

import numpy as np

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


@dataclass(frozen=True)
class Supply:
    """How many teams could come for a need if nothing else took them: own ones, and neighbours'."""

    own: int
    neighbours: int


@dataclass(frozen=True)
class Ranking:
    """The helpers of one need: the first of those who can come, and of those who cannot; and how many there are."""

    able: list[Helper]
    unable: list[Helper]
    able_count: int
    unable_count: int
    supply: Supply


@dataclass(frozen=True)
class Outlook:
    """Who could help with what, for a whole incident."""

    situation: Situation
    options: Options

    @classmethod
    def of(cls, situation: Situation) -> Outlook:
        return cls(situation, find_options(situation.problem))

    def supplies(self) -> dict[str, Supply]:
        """By need code."""
        return {
            placed.need.id: self._supply(found)
            for placed, found in zip(self.options.needs, self.options.by_need, strict=True)
        }

    def ranking(self, need: str, *, most: int) -> Ranking | None:
        """The helpers of a need, at most `most` of each kind; None for a need that is not there."""
        for placed, found in zip(self.options.needs, self.options.by_need, strict=True):
            if placed.need.id == need:
                return self._ranked(found, most)
        return None

    def _supply(self, found: NeedOptions) -> Supply:
        free = np.where(found.barrier == Barrier.NONE, self.options.available[found.units], 0)
        country = self.options.problem.incidents[0].country
        own = [self.options.problem.units[number].country == country for number in found.units.tolist()]
        mask = np.asarray(own, dtype=bool)
        return Supply(own=int(free[mask].sum()), neighbours=int(free[~mask].sum()))

    def _ranked(self, found: NeedOptions, most: int) -> Ranking:
        able = (found.barrier == Barrier.NONE) & (self.options.available[found.units] > 0)
        order = np.lexsort((np.arange(len(found.units)), found.arrival))
        first, last = order[able[order]], order[~able[order]]
        totals = self._totals(found)
        return Ranking(
            able=[self._helper(found, place, totals) for place in first[:most].tolist()],
            unable=[self._helper(found, place, totals) for place in last[:most].tolist()],
            able_count=len(first),
            unable_count=len(last),
            supply=self._supply(found),
        )

    def _totals(self, found: NeedOptions) -> dict[str, int]:
        """Teams with the capability that each owner has free."""
        totals: dict[str, int] = defaultdict(int)
        free = self.options.available[found.units].tolist()
        for number, teams in zip(found.units.tolist(), free, strict=True):
            totals[self.options.problem.units[number].owner] += int(teams)
        return totals

    def _helper(self, found: NeedOptions, place: int, totals: dict[str, int]) -> Helper:
        number = int(found.units[place])
        planned = self.options.problem.units[number]
        permit = found.permits[place]
        minutes, travel = float(found.arrival[place]), float(self.options.travel[number, 0])
        free = int(self.options.available[number])
        return Helper(
            unit=self.situation.units[planned.id],
            own=planned.country == self.options.problem.incidents[0].country,
            minutes=minutes if math.isfinite(minutes) else None,
            approval=permit.approval if permit else None,
            travel=travel if math.isfinite(travel) else None,
            text=self.situation.texts.get(permit.agreement) if permit and permit.agreement else None,
            free=free,
            at_home=totals[planned.owner] - free,
            barrier=Barrier(int(found.barrier[place])),
        )
