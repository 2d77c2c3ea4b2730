"""Why this team, and what the next best would cost."""

from __future__ import annotations

from noaber.core.planning.lines import Line
from noaber.core.planning.optimise import Optimiser, Optimum
from noaber.core.planning.plan import Explanation


def explain(optimiser: Optimiser, optimum: Optimum, lines: tuple[Line, ...]) -> tuple[Explanation, ...]:
    """One explanation per line of the plan."""
    return ()
