"""The objectives that are sums: least unmet, then least late, then least minutes.

Each is a linear program on the optimal face of the one before. Where the last corner is in whole numbers, it is
the optimum, and the three bounds prove it. Where it is not, branch and bound looks for whole numbers on the
smallest face that has any: first on the face of unmet and late, then on that of unmet, at last everywhere.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from noaber.core.planning.constraints import Bounds
from noaber.core.planning.objective import Objective, total
from noaber.core.planning.options import Indices
from noaber.core.planning.program import FACE_TOLERANCE, WHOLE_TOLERANCE, Ceiling, Face, Program, TimeUp, Vertex

Costs = Mapping[Objective, Bounds]
Order = Sequence[Objective]
ORDER: Final[Order] = tuple(Objective)
MINUTES_ALLOWANCE: Final = 1.02
"""Minutes may rise to this multiple of their least for a smaller burden."""

FIRST_GAP: Final = 1e-5
"""The first guess of how much more whole numbers cost, as a part of the bound."""

GAP_GROWTH: Final = 8
GUESSES: Final = 4


@dataclass(frozen=True)
class Found:
    """A plan in whole numbers, teams and missing teams per column, and the proven bound of what led to it."""

    values: Indices
    bound: float


@dataclass
class Progress:
    """The best plan and the bounds so far: what is left when time is up."""

    values: Indices
    bounds: dict[Objective, float] = field(default_factory=dict)

    def keep(self, values: Indices | None) -> None:
        if values is not None:
            self.values = values

    def keep_better(self, values: Indices | None, costs: Costs) -> None:
        """Keep a plan that is no worse than the one so far, by the objectives in their order.

        A corner with least unmet may be later by far than the plan with which the search began.
        """
        if values is not None and _standing(costs, values) <= _standing(costs, self.values):
            self.values = values


@dataclass(frozen=True)
class Base:
    """Where the division of the burden begins.

    Parameters
    ----------
    face
        The bounds inside which unmet and late are at their optimum.
    plan
        Least minutes inside it.
    """

    face: Face
    plan: Found


def first_stages(program: Program, costs: Costs, progress: Progress, order: Order = ORDER) -> Base:
    """The objectives of `order`, by default unmet, late and minutes, from the program's present bounds.

    Raises
    ------
    TimeUp
        Where the time limit passes first; `progress` has what was found.
    """
    faces = []
    for objective in order:
        faces.append(program.face.copy())
        vertex = _minimum(program, costs[objective])
        progress.bounds[objective] = _rounded_up(objective, vertex.bound)
        progress.keep_better(vertex.whole(), costs)
        program.keep_face(vertex)
    whole = vertex.whole()
    if whole is not None:
        return Base(faces[-1], Found(whole, vertex.bound))
    return _whole_stages(program, costs, faces, progress, order)


def _minimum(program: Program, costs: Bounds) -> Vertex:
    vertex = program.minimise(costs)
    if vertex is None:
        raise TimeUp  # There is always a plan; a solver that finds none has lost its way in the last digits.
    return vertex


def _standing(costs: Costs, values: Indices) -> tuple[float, ...]:
    return tuple(total(costs[objective], values) for objective in ORDER)


def _rounded_up(objective: Objective, bound: float) -> float:
    """Unmet is a whole number, so its bound may be rounded up to one."""
    return float(math.ceil(bound - WHOLE_TOLERANCE)) if objective is Objective.UNMET else bound


def _whole_stages(program: Program, costs: Costs, faces: list[Face], progress: Progress, order: Order) -> Base:
    for first in reversed(range(len(order))):
        program.restore(faces[first])
        base = _whole_from(program, costs, order[first:], progress)
        if base is not None:
            return base
    raise TimeUp


def _whole_from(program: Program, costs: Costs, order: Order, progress: Progress) -> Base | None:
    """These objectives in whole numbers, on the face before the first of them."""
    for objective in order:
        face = program.face.copy()
        vertex = program.minimise(costs[objective])
        plan = least_whole(program, costs[objective], vertex) if vertex else None
        if vertex is None or plan is None:
            return None
        progress.bounds[objective] = _rounded_up(objective, plan.bound)
        progress.keep_better(plan.values, costs)
        if objective is order[-1]:
            return Base(face, plan)
        ceiling = _ceiling(objective, costs[objective], plan.values)
        program.keep_face(vertex, ceiling.most - vertex.bound)
        program.add_ceiling(ceiling)
    return None


def least_whole(program: Program, costs: Bounds, vertex: Vertex) -> Found | None:
    """The least of `costs` in whole numbers, `vertex` being the least in any numbers; None where there are none.

    Whole numbers rarely cost much more, and a column whose reduced cost exceeds the difference cannot move. So
    the difference is guessed: small first, which leaves hardly anything to search. An answer inside the guess
    is the answer.
    """
    whole = vertex.whole()
    if whole is not None and not program.face.ceilings:
        return Found(whole, vertex.bound)
    face = program.face.copy()
    gap = FIRST_GAP * max(1.0, abs(vertex.bound))
    for _ in range(GUESSES):
        program.keep_face(vertex, gap)
        answer = program.minimise_whole(costs)
        program.restore(face)
        excess = total(costs, answer[0]) - vertex.bound if answer else gap * GAP_GROWTH
        if answer and excess <= gap:
            return Found(*answer)
        gap = excess
    answer = program.minimise_whole(costs)
    return Found(*answer) if answer else None


def _ceiling(objective: Objective, costs: Bounds, values: Indices) -> Ceiling:
    """The objective may not rise; half a point of unmet is none, and neither is the tolerance of a face."""
    slack = 0.5 if objective is Objective.UNMET else FACE_TOLERANCE
    return Ceiling(costs, total(costs, values) + slack)


def least_minutes(program: Program, minutes: Bounds, vertex: Vertex | None, at_most: float) -> Found | None:
    """Least minutes in whole numbers, `vertex` being the least in any; None where they exceed `at_most`."""
    if vertex is None or vertex.bound > at_most:
        return None
    found = least_whole(program, minutes, vertex)
    return found if found and total(minutes, found.values) <= at_most else None


def allowance(least: float) -> float:
    """The most minutes that a plan with a smaller burden may take; a hair more, for the last digit of a sum."""
    return least * MINUTES_ALLOWANCE * (1 + 1e-9)
