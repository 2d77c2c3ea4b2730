"""Who could come for one need, own teams and neighbours', the quickest first; and who could not, with the reason.

Read off the same options that the solver sees, so table and plan cannot disagree. It is about one need by itself: what
other needs take is the plan's affair.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import numpy.typing as npt

from noaber.apps.planner.queries.situation import Situation
from noaber.apps.registry.queries.planning import PlanningUnit
from noaber.apps.roads.enums import MinutesKind
from noaber.core.agreements.planning import PlanningAgreement
from noaber.core.planning.options import Barrier, NeedOptions, Options, find_options
from noaber.core.planning.problem import Need


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
    may_go
        The free teams less those that the owner keeps at home.
    stay
        Teams with this capability that its owner has left, all its units together, if `may_go` of this one went.
    barrier
        What stands in the way; NONE for one that can come.
    kind
        How the travel was got.
    declined
        Whether the need was declined by whom the unit is asked through.
    """

    unit: PlanningUnit
    own: bool
    minutes: float | None
    approval: float | None
    travel: float | None
    text: PlanningAgreement | None
    free: int
    may_go: int
    stay: int
    barrier: Barrier
    kind: MinutesKind
    declined: bool = False

    @property
    def can_come(self) -> bool:
        return self.barrier == Barrier.NONE and self.may_go > 0


@dataclass(frozen=True)
class Supply:
    """How many teams could surely come for a need if nothing else took them: own ones, and neighbours'."""

    own: int
    neighbours: int


@dataclass(frozen=True)
class Ranking:
    """The helpers of one need: the first of those who can come, and of those who cannot; and how many there are.

    `latest` is after how many minutes they are of no use; None where the need does not say.
    """

    able: list[Helper]
    unable: list[Helper]
    able_count: int
    unable_count: int
    supply: Supply
    latest: float | None = None


@dataclass(frozen=True)
class Outlook:
    """Who could help with what, for one incident: the only one of its situation."""

    situation: Situation
    options: Options

    @classmethod
    def of(cls, situation: Situation) -> Outlook:
        return cls(situation, find_options(situation.problem))

    def supplies(self) -> dict[str, Supply]:
        """By need code."""
        return {
            placed.need.id: self._supply(found, placed.need.capability)
            for placed, found in zip(self.options.needs, self.options.by_need, strict=True)
        }

    def ranking(self, need: str, *, most: int) -> Ranking | None:
        """The helpers of a need, at most `most` of each kind; None for a need that is not there."""
        for placed, found in zip(self.options.needs, self.options.by_need, strict=True):
            if placed.need.id == need:
                ranked = self._ranked(found, placed.need, most)
                return replace(ranked, latest=placed.need.latest)
        return None

    def _supply(self, found: NeedOptions, need: str) -> Supply:
        """Home cover binds an owner's teams together: so many less, wherever they stand."""
        country = self.options.problem.incidents[0].country
        free: dict[tuple[str, bool], int] = defaultdict(int)
        for number in found.units[self._surely(found)].tolist():
            unit = self.options.problem.units[number]
            free[unit.owner, unit.country == country] += int(self.options.available[number])
        totals = self._totals(found)
        counts = {True: 0, False: 0}
        for (owner, own), teams in free.items():
            counts[own] += min(teams, totals[owner] - self._kept(owner, need, totals))
        return Supply(own=counts[True], neighbours=counts[False])

    def _surely(self, found: NeedOptions) -> npt.NDArray[np.bool_]:
        """(n,) bool: who may come under a text that leaves nothing open, or needs none."""
        texts = self.situation.texts
        sure = [permit is not None and not _is_open(texts, permit.agreement) for permit in found.permits]
        surely: npt.NDArray[np.bool_] = np.asarray(sure, dtype=np.bool_)[found.permit_of]
        surely &= found.barrier == Barrier.NONE
        return surely

    def _kept(self, owner: str, need: str, totals: Mapping[str, int]) -> int:
        """Teams with the need's capability that the owner keeps at home, as far as it has them."""
        return min(self._covers.get((owner, need), 0), totals[owner])

    @cached_property
    def _covers(self) -> dict[tuple[str, str], int]:
        """The home cover by owner and capability; of two the larger holds."""
        covers: dict[tuple[str, str], int] = defaultdict(int)
        for row in self.situation.problem.home_cover:
            key = row.owner, row.capability
            covers[key] = max(covers[key], row.minimum)
        return covers

    def _ranked(self, found: NeedOptions, asked: Need, most: int) -> Ranking:
        need = asked.capability
        totals = self._totals(found)
        able = (found.barrier == Barrier.NONE) & self._goes(found, need, totals)
        order = np.lexsort((np.arange(len(found.units)), found.arrival))
        first, last = order[able[order]], order[~able[order]]
        return Ranking(
            able=[self._helper(found, place, asked, totals) for place in first[:most].tolist()],
            unable=[self._helper(found, place, asked, totals) for place in last[:most].tolist()],
            able_count=len(first),
            unable_count=len(last),
            supply=self._supply(found, need),
        )

    def _totals(self, found: NeedOptions) -> dict[str, int]:
        """Teams with the capability that each owner has free."""
        totals: dict[str, int] = defaultdict(int)
        free = self.options.available[found.units].tolist()
        for number, teams in zip(found.units.tolist(), free, strict=True):
            totals[self.options.problem.units[number].owner] += int(teams)
        return totals

    def _goes(self, found: NeedOptions, need: str, totals: Mapping[str, int]) -> npt.NDArray[np.bool_]:
        """Of which units a team may go, as far as stock and home cover go."""
        free = self.options.available[found.units].tolist()
        owners = [self.options.problem.units[number].owner for number in found.units.tolist()]
        goes = [
            teams > 0 and totals[owner] > self._kept(owner, need, totals)
            for teams, owner in zip(free, owners, strict=True)
        ]
        return np.asarray(goes, dtype=np.bool_)

    def _helper(self, found: NeedOptions, place: int, asked: Need, totals: Mapping[str, int]) -> Helper:
        incident, need, code = self.options.problem.incidents[0], asked.capability, asked.id
        number = int(found.units[place])
        planned = self.options.problem.units[number]
        permit = found.permit(place)
        minutes, travel = float(found.arrival[place]), float(self.options.travel[number, 0])
        free = int(self.options.available[number])
        may_go = min(free, totals[planned.owner] - self._kept(planned.owner, need, totals))
        return Helper(
            unit=self.situation.units[planned.id],
            own=planned.country == incident.country,
            minutes=minutes if math.isfinite(minutes) else None,
            approval=permit.approval if permit else None,
            travel=travel if math.isfinite(travel) else None,
            text=self.situation.texts.get(permit.agreement) if permit and permit.agreement else None,
            free=free,
            may_go=may_go,
            stay=totals[planned.owner] - may_go,
            barrier=Barrier(int(found.barrier[place])),
            kind=self.situation.kinds[planned.id, incident.id],
            declined=planned.id in self.situation.refused.get((incident.id, code), ()),
        )


def _is_open(texts: Mapping[str, PlanningAgreement], entry: str | None) -> bool:
    return entry is not None and texts[entry].is_unknown
