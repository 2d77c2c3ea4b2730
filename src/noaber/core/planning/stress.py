"""What if several of these happen at once: every combination of incidents, and where one more team helps most.

Each combination gets its own proven plan from all teams. `one_more` then asks of every owner and capability what
one more team would save over all combinations; most of these questions are refused by the prices of the plans
(one more team cannot save more than they say), the rest are answered by making the plans anew.
"""

from __future__ import annotations

import math
import time
from dataclasses import dataclass
from itertools import combinations

from noaber.core.planning.model import Model, build_model, restrict
from noaber.core.planning.objective import Figures
from noaber.core.planning.one_more import OneMore, rank_one_more
from noaber.core.planning.optimise import Optimiser
from noaber.core.planning.options import Permission, find_options
from noaber.core.planning.plan import Unmet
from noaber.core.planning.problem import Problem
from noaber.core.planning.program import Deadline
from noaber.core.planning.ties import settle_ties
from noaber.core.planning.travel import Driving
from noaber.core.planning.unmet import unmet_of
from noaber.core.problems import InvalidInput
from noaber.core.problems import Problem as Fault

MAX_COMBINATIONS = 200_000


@dataclass(frozen=True)
class Combination:
    """Some incidents at once: what the best plan reaches and what stays unmet."""

    incidents: tuple[str, ...]
    figures: Figures
    unmet: tuple[Unmet, ...]


@dataclass(frozen=True)
class Stress:
    """All combinations, the worst first, and what one more team would save."""

    simultaneous: int
    combinations: tuple[Combination, ...]
    one_more: tuple[OneMore, ...]
    seconds: float


def stress(
    problem: Problem,
    simultaneous: int,
    *,
    driving: Driving | None = None,
    permission: Permission | None = None,
) -> Stress:
    """Every combination of so many of a problem's incidents.

    Parameters
    ----------
    driving, permission
        As for `solve`.

    Raises
    ------
    InvalidInput
        Where `simultaneous` is not from 1 to the number of incidents, or there are too many combinations; and
        as `solve` does.
    """
    started = time.perf_counter()
    _check_simultaneous(len(problem.incidents), simultaneous)
    model = build_model(find_options(problem, driving=driving, permission=permission))
    chosen = list(combinations(range(len(problem.incidents)), simultaneous))
    worst_first = sorted((_combination(model, one) for one in chosen), key=_badness, reverse=True)
    return Stress(
        simultaneous=simultaneous,
        combinations=tuple(worst_first),
        one_more=rank_one_more(model, chosen),
        seconds=time.perf_counter() - started,
    )


def _combination(model: Model, chosen: tuple[int, ...]) -> Combination:
    part = restrict(model, chosen)
    optimiser = Optimiser(part)
    optimum, lines = settle_ties(optimiser, optimiser.optimise(), Deadline())
    names = tuple(model.options.problem.incidents[place].id for place in chosen)
    return Combination(names, optimum.figures, unmet_of(part, lines))


def _badness(combination: Combination) -> tuple[float, float, float, float]:
    figures = combination.figures
    return figures.unmet, figures.late, figures.minutes, float(figures.burden)


def _check_simultaneous(incidents: int, simultaneous: int) -> None:
    if not 1 <= simultaneous <= incidents:
        params = {"incidents": incidents, "found": simultaneous}
        raise InvalidInput([Fault("planning.simultaneous", "--simultaneous", params)])
    if (count := math.comb(incidents, simultaneous)) > MAX_COMBINATIONS:
        params = {"count": count, "most": MAX_COMBINATIONS}
        raise InvalidInput([Fault("planning.combinations", "--simultaneous", params)])
