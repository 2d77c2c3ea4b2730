"""Why this team: what happens to the plan if it is not sent, line by line.

For a plan of ordinary size the whole plan is made anew without the line (`Method.RESOLVED`): the change is then
exactly what taking the line out costs, in all objectives. For a large one that would take minutes; the lines
beyond the allowed work get the best exchange with everything else kept (`Method.EXCHANGE`): taking the line out
costs that much at most. How much work is allowed is counted, not timed, so that the answer does not depend on
the machine.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Final

import numpy as np

from noaber.core.planning.exchange import Exchanger
from noaber.core.planning.lines import Line
from noaber.core.planning.model import Model
from noaber.core.planning.objective import Figures
from noaber.core.planning.optimise import Optimiser, Optimum
from noaber.core.planning.options import Indices
from noaber.core.planning.plan import Change, Explanation, Method, Move

WORK_PER_PLAN: Final = 700
"""What making a plan anew costs apart from its columns, in columns."""

MAX_COLUMNS: Final = 20_000
"""Plans with more columns are not made anew at all."""

Placed = Mapping[tuple[int, int], int]
"""Teams by need and unit."""


def explain(optimiser: Optimiser, optimum: Optimum, lines: tuple[Line, ...], work: int) -> tuple[Explanation, ...]:
    """One explanation per line of the plan, in the same order.

    Parameters
    ----------
    work
        How many columns may be looked at anew; see `WORK_PER_PLAN`.
    """
    model = optimiser.model
    column_of = {
        (int(need), int(group)): column
        for column, (need, group) in enumerate(zip(model.column_need, model.column_group, strict=True))
    }
    group_of = {unit: place for place, group in enumerate(model.groups) for unit in group.units}
    columns = [column_of[line.need, group_of[line.unit]] for line in lines]
    fixed = _fixed_work(len(model.column_need))
    resolved = work // fixed if optimum.proven and fixed else 0
    exchanger = Exchanger(model, optimiser.rows, optimum.teams, lines)
    explanations = []
    for place, (line, column) in enumerate(zip(lines, columns, strict=True)):
        found = _resolved(optimiser, optimum, lines, line, column) if place < resolved else None
        explanations.append(found or _exchanged(model, exchanger, line, column))
    return tuple(explanations)


def _fixed_work(n_columns: int) -> int:
    return n_columns + WORK_PER_PLAN if n_columns <= MAX_COLUMNS else 0


def _resolved(
    optimiser: Optimiser, optimum: Optimum, lines: tuple[Line, ...], line: Line, column: int
) -> Explanation | None:
    """The plan made anew with this unit kept from this need; None where the time limit passes first.

    The teams of a group are alike, so keeping one unit away means: at most as many as the others have.
    """
    model = optimiser.model
    group = model.groups[model.column_group[column]]
    others = group.size - int(model.options.available[line.unit])
    other = optimiser.optimise({column: min(others, int(model.upper[column]))})
    if not other.proven:
        return None
    placed = _placed(model, lines, optimum.teams, other.teams, line)
    change = _change(optimum.figures, other.figures)
    return _explanation(model, line, _moves(lines, placed, line), change, Method.RESOLVED)


def _exchanged(model: Model, exchanger: Exchanger, line: Line, column: int) -> Explanation:
    exchange = exchanger.exchange(line, column)
    moves = [(line.need, line.unit, -line.teams), *((line.need, unit, n) for unit, n in exchange.added.items())]
    return _explanation(model, line, moves, exchange.change, Method.EXCHANGE)


def _change(old: Figures, new: Figures) -> Change:
    return Change(
        unmet=new.unmet - old.unmet,
        late=new.late - old.late,
        minutes=new.minutes - old.minutes,
        burden=float(new.burden - old.burden),
    )


def _placed(model: Model, lines: tuple[Line, ...], old: Indices, new: Indices, line: Line) -> Placed:
    """The new plan by unit, as near to the old one as can be: only groups that changed are given out anew."""
    placed = {(entry.need, entry.unit): entry.teams for entry in lines}
    changed = set(model.column_group[np.flatnonzero(old != new)].tolist())
    changed.add(next(place for place, group in enumerate(model.groups) if line.unit in group.units))
    for place in sorted(changed):
        units = model.groups[place].units
        columns = np.flatnonzero(model.column_group == place)
        wanted = {int(model.column_need[column]): int(new[column]) for column in columns}
        _give_out(model, units, wanted, line, placed)
    return placed


def _give_out(
    model: Model, units: tuple[int, ...], wanted: dict[int, int], line: Line, placed: dict[tuple[int, int], int]
) -> None:
    """Give a group's teams out to `wanted` needs, those first that a unit serves already.

    The line's own need comes first, and its unit is kept from it: whoever is left can then serve any other.
    """
    before = {key: teams for key, teams in placed.items() if key[1] in set(units)}
    for key in before:
        del placed[key]
    left = {unit: int(model.options.available[unit]) for unit in units}
    for need in sorted(wanted, key=lambda need: (need != line.need, need)):
        allowed = [unit for unit in units if (need, unit) != (line.need, line.unit)]
        for unit in sorted(allowed, key=lambda unit: (unit == line.unit, -before.get((need, unit), 0))):
            teams = min(wanted[need], left[unit])
            if teams:
                placed[need, unit] = teams
                left[unit] -= teams
                wanted[need] -= teams


def _moves(lines: tuple[Line, ...], placed: Placed, line: Line) -> list[tuple[int, int, int]]:
    """Need, unit and more or fewer teams, the line itself first."""
    difference: dict[tuple[int, int], int] = defaultdict(int, placed)
    for entry in lines:
        difference[entry.need, entry.unit] -= entry.teams
    moves = [(*key, teams) for key, teams in difference.items() if teams]
    return sorted(moves, key=lambda move: (move[:2] != (line.need, line.unit), move))


def _explanation(
    model: Model, line: Line, moves: list[tuple[int, int, int]], change: Change, method: Method
) -> Explanation:
    coming = [(teams, -unit) for need, unit, teams in moves if need == line.need and teams > 0]
    named = tuple(_named(model, moves))
    alternative = model.options.problem.units[-max(coming)[1]].id if coming else None
    placed = model.options.needs[line.need]
    unit = model.options.problem.units[line.unit].id
    return Explanation(unit, placed.incident.id, placed.need.id, alternative, named, change, method)


def _named(model: Model, moves: list[tuple[int, int, int]]) -> Iterator[Move]:
    for need, unit, teams in moves:
        placed = model.options.needs[need]
        yield Move(model.options.problem.units[unit].id, placed.incident.id, placed.need.id, teams)
