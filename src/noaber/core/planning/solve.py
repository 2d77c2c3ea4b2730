"""A problem in, its proven best plan out: the front door of the planning core.

    solve(problem)                       the plan
    replace(problem, pinned=..., excluded=...)   the same with an officer's decisions; the plan closes around them

What cannot be met is in the plan with its reasons; there is no infeasible problem.
"""

from __future__ import annotations

import time
from typing import Final

from noaber.core.planning.explain import explain
from noaber.core.planning.lines import assignment_of
from noaber.core.planning.model import build_model
from noaber.core.planning.notices import notices_of
from noaber.core.planning.optimise import Optimiser
from noaber.core.planning.options import Permission, find_options
from noaber.core.planning.plan import Plan, Status
from noaber.core.planning.problem import Problem
from noaber.core.planning.program import Deadline
from noaber.core.planning.ties import settle_ties
from noaber.core.planning.travel import Driving
from noaber.core.planning.unmet import unmet_of

QUICK_WORK: Final = 60_000
"""For a page: a quarter of a second at most is spent on explanations."""

THOROUGH_WORK: Final = 600_000
"""For a file: about ten times as much."""


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
    deadline = Deadline.after(time_limit)
    model = build_model(find_options(problem, driving=driving, permission=permission))
    optimiser = Optimiser(model, deadline)
    optimum = optimiser.optimise()
    optimum, lines = settle_ties(optimiser, optimum, deadline)
    assignments = tuple(assignment_of(model.options, line) for line in lines)
    return Plan(
        status=Status.OPTIMAL if optimum.proven else Status.TIME_LIMIT,
        objectives=optimum.figures,
        bounds=optimum.proof,
        assignments=assignments,
        unmet=unmet_of(model, lines),
        explanations=explain(optimiser, optimum, lines, explanation_work),
        warnings=notices_of(problem, assignments),
        seconds=time.perf_counter() - started,
    )
