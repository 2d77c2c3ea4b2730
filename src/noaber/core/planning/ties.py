"""Which of several equal plans: file order decides.

Read the file from the top: the first need takes as many teams from the first unit as any of the equal plans
lets it, then from the second unit, and so on; then the second need. That names one plan, whatever the solver
happened to find.

Mostly the optimum has no equal, and that costs one solve to see. Where it has some, only the columns that can
still move are looked at (`_Core`), teams of one group now apart, unit by unit, for they have places of their own
in the file. Where thousands of columns can move, the number of questions is limited and the rest keeps the
solver's answer, which is the same for the same input too.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from noaber.core.planning.constraints import Bounds, Rows
from noaber.core.planning.lines import Line, lines_of
from noaber.core.planning.model import Model
from noaber.core.planning.objective import Objective, figures_of
from noaber.core.planning.optimise import Optimiser, Optimum
from noaber.core.planning.options import Indices
from noaber.core.planning.program import FACE_TOLERANCE, Ceiling, Deadline, Face, Program, TimeUp
from noaber.core.planning.stages import Base, least_whole

_WORK: Final = 2_000_000
"""Columns times questions, at most: about what can be asked in a second."""

_FEWEST_QUESTIONS: Final = 20


def settle_ties(optimiser: Optimiser, optimum: Optimum, deadline: Deadline) -> tuple[Optimum, tuple[Line, ...]]:
    """The first in file order of the plans that equal this optimum, and its lines.

    Where the time limit passed before the optimum was proven, or passes here, the plan stays as it is.
    """
    unchanged = optimum, lines_of(optimiser.model, optimum.teams)
    if optimum.base is None:
        return unchanged
    try:
        face = _fix_determined(optimiser.rows, _equal_plans(optimiser, optimum.base, optimum))
        if not (face.lower < face.upper).any():
            return unchanged
        core = _core_of(optimiser.model, optimiser.rows, face)
        chosen = _first_in_file(core, deadline)
    except TimeUp:
        return unchanged
    teams = optimum.teams.copy()
    teams[core.pairs] = 0
    lines = sorted((*lines_of(optimiser.model, teams), *_lines(core, chosen)))
    np.add.at(teams, core.pair, chosen)
    figures = figures_of(optimiser.model, teams)
    return replace(optimum, teams=teams, figures=figures, proof=optimum.proof.below(figures)), tuple(lines)


def _equal_plans(optimiser: Optimiser, base: Base, optimum: Optimum) -> Face:
    """The bounds that hold all plans with the same five figures."""
    program, minutes = optimiser.program, optimiser.costs[Objective.MINUTES]
    program.restore(base.face)
    optimiser.limit_owners(optimum.figures.burden)
    vertex = program.minimise(minutes)
    if vertex is None:
        raise TimeUp
    gap = max(0.0, optimum.figures.minutes - vertex.bound)
    program.keep_face(vertex, gap)
    if gap > FACE_TOLERANCE:
        program.add_ceiling(Ceiling(minutes, optimum.figures.minutes + FACE_TOLERANCE))
    return program.face.copy()


def _fix_determined(rows: Rows, face: Face) -> Face:
    """The face with every column fixed that can take one value only.

    A row that is tight and has one column left fixes it; a row without room keeps all its columns down. Both
    are followed until nothing more is fixed: on a tree of columns and rows that leaves nothing to choose.
    """
    lower, upper = face.lower.copy(), face.upper.copy()
    row_of, column_of = rows.index, np.repeat(np.arange(len(lower)), np.diff(rows.start))
    tight = face.row_lower == face.row_upper
    while True:
        live = (lower < upper)[column_of]
        room = face.row_upper - np.bincount(row_of, weights=lower[column_of], minlength=len(tight))
        count = np.bincount(row_of[live], minlength=len(tight))
        full = live & (room < 0.5)[row_of]
        alone = live & (tight & (count == 1))[row_of] & ~full
        if not (full.any() or alone.any()):
            return replace(face, lower=lower, upper=upper)
        upper[column_of[full]] = lower[column_of[full]]
        lower[column_of[alone]] += room[row_of[alone]]
        upper[column_of[alone]] = lower[column_of[alone]]


@dataclass(frozen=True)
class _Core:
    """The part of the program in which equal plans differ, unit by unit.

    Parameters
    ----------
    pairs
        The model's columns that are settled here; the others keep their value.
    pair, unit, need
        (n,) int64: the model's column, unit and need of the first n columns of `rows`, in file order; columns
        of missing teams follow.
    """

    pairs: Indices
    pair: Indices
    unit: Indices
    need: Indices
    rows: Rows
    face: Face


def _core_of(model: Model, rows: Rows, face: Face) -> _Core:
    """Every group with a choice, all its columns, its units apart; and the missing teams that may move."""
    n_pairs = len(model.column_need)
    moving = np.flatnonzero(face.lower < face.upper)
    groups = np.unique(model.column_group[moving[moving < n_pairs]])
    pairs = np.flatnonzero(np.isin(model.column_group, groups) & (face.upper[:n_pairs] > 0))
    entries = sorted(
        (int(model.column_need[pair]), unit, pair)
        for pair in pairs.tolist()
        for unit in model.groups[model.column_group[pair]].units
    )
    need, unit, pair = np.array(entries, dtype=np.int64).reshape(-1, 3).T
    origin = np.concatenate([pair, moving[moving >= n_pairs]])
    core_rows = _core_rows(model, rows, face, origin, unit)
    upper = face.upper[origin]
    upper[: len(unit)] = np.minimum(upper[: len(unit)], model.options.available[unit])
    bounds = (np.zeros(len(upper)), upper, core_rows.lower, core_rows.upper)
    return _Core(pairs, pair, unit, need, core_rows, Face(*bounds, _ceilings(face, origin)))


def _ceilings(face: Face, origin: Indices) -> tuple[Ceiling, ...]:
    outside = face.lower.copy()
    outside[origin] = 0
    return tuple(
        Ceiling(ceiling.costs[origin], ceiling.most - float(ceiling.costs @ outside)) for ceiling in face.ceilings
    )


def _core_rows(model: Model, rows: Rows, face: Face, origin: Indices, unit: Indices) -> Rows:
    """The rows that the core's columns stand in, less what columns outside use; each unit; each pair's bounds."""
    outside = face.lower.copy()
    outside[origin] = 0
    used = rows.activity(outside)
    found = _RowList()
    in_row: dict[int, list[int]] = defaultdict(list)
    of_pair: dict[int, list[int]] = defaultdict(list)
    of_unit: dict[int, list[int]] = defaultdict(list)
    for column, source in enumerate(origin.tolist()):
        for row in rows.index[rows.start[source] : rows.start[source + 1]].tolist():
            in_row[row].append(column)
        of_pair[source].append(column)
        if column < len(unit):
            of_unit[int(unit[column])].append(column)
    for row, columns in in_row.items():
        found.add(columns, face.row_lower[row] - used[row], face.row_upper[row] - used[row])
    for source, columns in of_pair.items():
        found.add(columns, face.lower[source], face.upper[source])
    for place, columns in of_unit.items():
        found.add(columns, -np.inf, float(model.options.available[place]))
    return found.rows(len(origin))


class _RowList:
    """Rows being gathered one by one."""

    def __init__(self) -> None:
        self._column: list[int] = []
        self._row: list[int] = []
        self._lower: list[float] = []
        self._upper: list[float] = []

    def add(self, columns: list[int], lower: float, upper: float) -> None:
        self._column += columns
        self._row += [len(self._lower)] * len(columns)
        self._lower.append(lower)
        self._upper.append(upper)

    def rows(self, n_columns: int) -> Rows:
        column, row = np.array(self._column, dtype=np.int64), np.array(self._row, dtype=np.int64)
        start = np.concatenate([[0], np.cumsum(np.bincount(column, minlength=n_columns))])
        lower, upper = np.array(self._lower), np.array(self._upper)
        return Rows(start, row[np.lexsort((row, column))], lower, upper)


def _first_in_file(core: _Core, deadline: Deadline) -> Indices:
    """Teams per unit and need ((n,) int64), each as large as those before it allow.

    A column whose rows leave it no more than it has needs no question; the others are asked for their maximum
    one by one.
    """
    program = Program(core.rows, core.face.lower, core.face.upper, deadline)
    program.restore(core.face)
    n_pairs, n_columns = len(core.unit), len(core.face.lower)
    wish = np.zeros(n_columns)
    wish[:n_pairs] = np.arange(n_pairs, 0, -1) / n_pairs
    values = _best_for(program, -wish)
    room = core.rows.upper.copy()
    questions = max(_FEWEST_QUESTIONS, _WORK // n_columns)
    for column in range(n_pairs):
        in_rows = core.rows.index[core.rows.start[column] : core.rows.start[column + 1]]
        most = int(min(core.face.upper[column], room[in_rows].min()))
        if values[column] < most and questions:
            questions -= 1
            values = _best_for(program, -np.eye(1, n_columns, column)[0])
        program.fix_column(column, int(values[column]))
        room[in_rows] -= values[column]
    return values[:n_pairs]


def _best_for(program: Program, costs: Bounds) -> Indices:
    vertex = program.minimise(costs)
    found = least_whole(program, costs, vertex) if vertex else None
    if found is None:
        raise TimeUp
    return found.values


def _lines(core: _Core, teams: Indices) -> list[Line]:
    return [Line(int(core.need[at]), int(core.unit[at]), int(teams[at])) for at in np.flatnonzero(teams).tolist()]
