"""Which of several equal plans: file order decides."""

from __future__ import annotations

from noaber.core.planning.lines import Line, lines_of
from noaber.core.planning.optimise import Optimiser, Optimum


def settle_ties(optimiser: Optimiser, optimum: Optimum) -> tuple[Line, ...]:
    """The lines of the plan."""
    return lines_of(optimiser.model, optimum.teams)
