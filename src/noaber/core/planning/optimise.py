"""From a model to its proven best plan: five objectives, strictly in order.

`stages.py` has unmet, late and minutes; `burden.py` the burden, and minutes again. Here they meet: one model in
the solver, optimised, and again with a line taken out, and what stands when the time is up.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from noaber.core.planning.burden import Answer, Tangent, owner_limits, smallest_burden
from noaber.core.planning.constraints import Bounds, rows_of
from noaber.core.planning.model import Model
from noaber.core.planning.nearest import nearest_first
from noaber.core.planning.objective import Figures, Objective, burden_of, costs_of, figures_of, missing_teams, total
from noaber.core.planning.options import Indices
from noaber.core.planning.program import Deadline, Program, TimeUp, Vertex
from noaber.core.planning.stages import Base, Found, Progress, allowance, first_stages, least_minutes


@dataclass(frozen=True)
class Proof:
    """A proven lower bound of each objective, given those before it."""

    unmet: float
    late: float
    minutes: float
    burden: Fraction

    def below(self, figures: Figures) -> Proof:
        """No bound above its figure: by rounding in the last digit, or where an earlier objective is not at its
        best and a later one is better than it could be then."""
        return Proof(
            unmet=min(self.unmet, figures.unmet),
            late=min(self.late, figures.late),
            minutes=min(self.minutes, figures.minutes),
            burden=min(self.burden, figures.burden),
        )


@dataclass(frozen=True)
class Optimum:
    """A plan and what is proven of it.

    Parameters
    ----------
    teams
        (n_pairs,) int64: teams per pair of the model.
    base
        The optimum of the first three objectives, from which the last two were reached; None if time was up.
    """

    teams: Indices
    figures: Figures
    proof: Proof
    base: Base | None

    @property
    def proven(self) -> bool:
        return self.base is not None


class Optimiser:
    """One model in the solver: it can be optimised many times, each time with some columns limited.

    Parameters
    ----------
    deadline
        Until when; the best plan so far is the answer then.

    Raises
    ------
    InvalidInput
        Where what is pinned breaks a row.
    """

    def __init__(self, model: Model, deadline: Deadline | None = None) -> None:
        self.model = model
        self.rows = rows_of(model)
        self.costs = {objective: costs_of(model, objective) for objective in Objective}
        self.available = tuple(model.owner_available[owner] for owner in self.rows.owners)
        lower = np.concatenate([model.lower, np.zeros(len(model.quantity))]).astype(np.float64)
        upper = np.concatenate([model.upper, model.quantity]).astype(np.float64)
        self.program = Program(self.rows, lower, upper, deadline or Deadline())
        self._unlimited = self.program.face.copy()

    def optimise(self, limits: Mapping[int, int] | None = None) -> Optimum:
        """The best plan in which each column of `limits` sends at most so many teams."""
        self._limit_columns(limits or {})
        nearest = nearest_first(self.model, self.rows)
        progress = Progress(self.values(nearest), {Objective.UNMET: self._surely_unmet()})
        try:
            base, found = self._advance(progress)
        except TimeUp:
            return self._unfinished(progress)
        figures = figures_of(self.model, self.teams(found.values))
        bounds = progress.bounds | {Objective.MINUTES: found.bound}
        return Optimum(self.teams(found.values), figures, _proof(bounds, figures, figures.burden), base)

    def let_nothing_lack(self) -> None:
        """Allow only plans that meet every need: where it is known that there is one."""
        face = self.program.face.copy()
        face.upper[len(self.model.arrival) :] = 0
        self.program.restore(face)

    def values(self, teams: Indices) -> Indices:
        """All columns, from the pairs' part: missing teams follow from it."""
        return np.concatenate([teams, missing_teams(self.model, teams)])

    def teams(self, values: Indices) -> Indices:
        """The pairs' part of all columns."""
        return values[: len(self.model.arrival)]

    def limit_owners(self, burden: Fraction) -> Bounds:
        """Let no owner send more than this share; the most teams of each."""
        rows = np.arange(self.rows.first_owner_row, len(self.rows.upper))
        limits = owner_limits(self.available, burden)
        self.program.limit_rows(rows, limits)
        return limits

    def _limit_columns(self, limits: Mapping[int, int]) -> None:
        face = self._unlimited.copy()
        for column, most in limits.items():
            face.upper[column] = most
            face.lower[column] = min(face.lower[column], most)
        self.program.restore(face)

    def _surely_unmet(self) -> float:
        """What each need lacks even if everybody who may come comes to it."""
        model = self.model
        coming = np.bincount(model.column_need, weights=model.upper, minlength=len(model.quantity))
        return float(model.weight @ np.maximum(0.0, model.quantity - coming))

    def _advance(self, progress: Progress) -> tuple[Base, Found]:
        base = first_stages(self.program, self.costs, progress)
        progress.keep(base.plan.values)
        self.program.restore(base.face)
        minutes = self.costs[Objective.MINUTES]
        at_most = allowance(total(minutes, base.plan.values))

        def within(share: Fraction) -> Answer:
            limits = self.limit_owners(share)
            vertex = self.program.minimise(minutes)
            found = least_minutes(self.program, minutes, vertex, at_most)
            progress.keep(found.values if found else None)
            return Answer(found, self._tangent(vertex, limits) if vertex else None)

        best = smallest_burden(
            base.plan, available=self.available, burden_of=self._burden, within=within, at_most=at_most
        )
        return base, best

    def _tangent(self, vertex: Vertex, limits: Bounds) -> Tangent:
        slopes = np.minimum(vertex.prices[self.rows.first_owner_row :], 0.0)
        return Tangent(vertex.bound - float(slopes @ limits), slopes)

    def _burden(self, values: Indices) -> Fraction:
        return burden_of(self.model, self.teams(values))

    def _unfinished(self, progress: Progress) -> Optimum:
        figures = figures_of(self.model, self.teams(progress.values))
        return Optimum(self.teams(progress.values), figures, _proof(progress.bounds, figures, Fraction(0)), None)


def _proof(bounds: Mapping[Objective, float], figures: Figures, burden: Fraction) -> Proof:
    unmet, late, minutes = (max(0.0, bounds.get(objective, 0.0)) for objective in Objective)
    return Proof(unmet, late, minutes, burden).below(figures)
