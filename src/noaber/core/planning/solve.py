"""A problem in, its proven best plan out: the front door of the planning core.

    solve(problem)                       the plan
    study(problem)                       the plan, why each line is there, and what two incidents wanted
    replace(problem, pinned=..., excluded=...)   the same with an officer's decisions; the plan closes around them

What cannot be met is in the plan with its reasons; there is no infeasible problem.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Final

from noaber.core.planning.explain import explain
from noaber.core.planning.lines import Line, assignment_of
from noaber.core.planning.model import Model, build_model
from noaber.core.planning.notices import notices_of
from noaber.core.planning.optimise import Optimiser
from noaber.core.planning.options import Permission, find_options
from noaber.core.planning.plan import Plan, Status
from noaber.core.planning.problem import Problem
from noaber.core.planning.program import Deadline
from noaber.core.planning.reasons import Reason, reasons_of
from noaber.core.planning.rivals import Rival, rivals_of
from noaber.core.planning.ties import settle_ties
from noaber.core.planning.travel import Driving
from noaber.core.planning.unmet import unmet_of

QUICK_WORK: Final = 60_000
"""For a page: a quarter of a second at most is spent on explanations."""

THOROUGH_WORK: Final = 600_000
"""For a file: about ten times as much."""


@dataclass(frozen=True)
class Study:
    """A plan, and what is read off it for those who decide.

    Parameters
    ----------
    reasons
        One per line, in the order of the plan's assignments.
    rivals
        Teams that two incidents wanted.
    """

    plan: Plan
    reasons: tuple[Reason, ...]
    rivals: tuple[Rival, ...]


def solve(
    problem: Problem,
    *,
    driving: Driving | None = None,
    permission: Permission | None = None,
    time_limit: float | None = None,
    explanation_work: int = QUICK_WORK,
) -> Plan:
    """The best plan for a problem, with its proof and its reasons.

    Parameters
    ----------
    driving
        Minutes on the road network, for the travel model "road".
    permission
        Who may come under which text; by default as the problem's agreements say.
    time_limit
        Seconds, 0 or more; None for no limit. When they have passed, the best plan so far is the answer, with
        the status "time-limit" and bounds that hold.

    explanation_work
        How much may be computed anew for the explanations; see `explain.py`.

    Raises
    ------
    InvalidInput
        Where the travel model is "road" without `driving`, or what is pinned cannot be.
    """
    started = time.perf_counter()
    model = build_model(find_options(problem, driving=driving, permission=permission))
    return _solved(model, Deadline.after(time_limit), explanation_work, started)[0]


def study(problem: Problem, *, time_limit: float | None = None) -> Study:
    """The best plan for a page, with why each line is there and what two incidents wanted.

    Parameters and errors are those of `solve`.
    """
    started = time.perf_counter()
    deadline = Deadline.after(time_limit)
    model = build_model(find_options(problem))
    plan, lines = _solved(model, deadline, QUICK_WORK, started)
    return Study(plan, reasons_of(model, lines), rivals_of(model, lines, plan.explanations, deadline))


def _solved(model: Model, deadline: Deadline, work: int, started: float) -> tuple[Plan, tuple[Line, ...]]:
    optimiser = Optimiser(model, deadline)
    optimum = optimiser.optimise()
    optimum, lines = settle_ties(optimiser, optimum, deadline)
    assignments = tuple(assignment_of(model.options, line) for line in lines)
    plan = Plan(
        status=Status.OPTIMAL if optimum.proven else Status.TIME_LIMIT,
        objectives=optimum.figures,
        bounds=optimum.proof,
        assignments=assignments,
        unmet=unmet_of(model, lines),
        explanations=explain(optimiser, optimum, lines, work),
        warnings=notices_of(model.options.problem, assignments),
        seconds=time.perf_counter() - started,
    )
    return plan, lines
