"""What makes a plan better: unmet, late, minutes, burden, in this order and never mixed.

Costs per column for the solver, and the figures of a finished plan. The figures are summed from the plan itself,
exactly rounded and in no particular order, never read off the solver.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction

import numpy as np
import numpy.typing as npt

from noaber.core.planning.constraints import Bounds
from noaber.core.planning.model import Model
from noaber.core.planning.options import Indices


class Objective(Enum):
    """The three that are sums over columns, in their order. Burden, the fourth, is a maximum: `burden.py`."""

    UNMET = "unmet"
    LATE = "late"
    MINUTES = "minutes"


@dataclass(frozen=True)
class Figures:
    """What a plan reaches.

    Parameters
    ----------
    unmet
        Σ weight · missing teams.
    late
        Σ over sent teams of weight · minutes beyond `within`.
    minutes
        Σ arrival over sent teams.
    burden
        The largest share, over owners, of sent / available teams.
    """

    unmet: int
    late: float
    minutes: float
    burden: Fraction


def costs_of(model: Model, objective: Objective) -> Bounds:
    """(n_pairs + n_needs,) float64: what one team in each column costs; missing teams are the last columns."""
    n_needs = len(model.quantity)
    match objective:
        case Objective.UNMET:
            return np.concatenate([np.zeros(len(model.arrival)), model.weight.astype(np.float64)])
        case Objective.LATE:
            return np.concatenate([model.late, np.zeros(n_needs)])
        case Objective.MINUTES:
            return np.concatenate([model.arrival, np.zeros(n_needs)])


def total(costs: Bounds, values: npt.NDArray[np.int64]) -> float:
    """Σ cost · value, correctly rounded."""
    used = np.flatnonzero(values)
    return math.fsum((costs[used] * values[used]).tolist())


def missing_teams(model: Model, teams: Indices) -> Indices:
    """(n_needs,) int64: what each need still lacks."""
    sent = np.bincount(model.column_need, weights=teams, minlength=len(model.quantity))
    return model.quantity - sent.astype(np.int64)


def sent_by_owner(model: Model, teams: Indices) -> dict[str, int]:
    """Teams sent by each owner, those that send none left out."""
    sent: dict[str, int] = {}
    for column in np.flatnonzero(teams).tolist():
        owner = model.groups[model.column_group[column]].owner
        sent[owner] = sent.get(owner, 0) + int(teams[column])
    return sent


def burden_of(model: Model, teams: Indices) -> Fraction:
    """The largest share of its available teams that an owner sends."""
    return largest_share(model, sent_by_owner(model, teams))


def largest_share(model: Model, sent: Mapping[str, int]) -> Fraction:
    """The largest share, from the teams that each owner sends."""
    shares = (Fraction(teams, model.owner_available[owner]) for owner, teams in sent.items())
    return max(shares, default=Fraction(0))


def figures_of(model: Model, teams: Indices) -> Figures:
    """The figures of a plan, from its teams per pair ((n_pairs,) int64)."""
    return Figures(
        unmet=int(model.weight @ missing_teams(model, teams)),
        late=total(model.late, teams),
        minutes=total(model.arrival, teams),
        burden=burden_of(model, teams),
    )
