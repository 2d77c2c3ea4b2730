"""From teams per group back to teams per unit: the lines of a plan, in file order."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from noaber.core.planning.model import Model
from noaber.core.planning.options import Indices, NeedOptions, Options
from noaber.core.planning.plan import Assignment


@dataclass(frozen=True, slots=True, order=True)
class Line:
    """`teams` of a unit to a need, by their places in the file."""

    need: int
    unit: int
    teams: int


def lines_of(model: Model, teams: Indices) -> tuple[Line, ...]:
    """Teams per pair, given out to the units of each group: the first need takes from the first unit.

    Returns
    -------
    By need, then by unit, in file order.
    """
    left = {unit: int(model.options.available[unit]) for group in model.groups for unit in group.units}
    lines = []
    for column in np.flatnonzero(teams).tolist():
        need, wanted = int(model.column_need[column]), int(teams[column])
        for unit in model.groups[model.column_group[column]].units:
            taken = min(wanted, left[unit])
            if taken:
                lines.append(Line(need, unit, taken))
            left[unit] -= taken
            wanted -= taken
    return tuple(sorted(lines))


def assignment_of(options: Options, line: Line) -> Assignment:
    """A line with its names and minutes."""
    placed, found = options.needs[line.need], options.by_need[line.need]
    unit = options.problem.units[line.unit]
    at = place_of(found, line.unit)
    permit = found.permit(at)
    return Assignment(
        unit=unit.id,
        incident=placed.incident.id,
        need=placed.need.id,
        quantity=line.teams,
        agreement=permit.agreement if permit else None,
        approval=float(found.approval[at]),
        mobilisation=unit.mobilisation,
        travel=float(options.travel[line.unit, placed.incident_index]),
        arrival=float(found.arrival[at]),
    )


def place_of(found: NeedOptions, unit: int) -> int:
    """Where a unit stands among a need's options."""
    return int(np.searchsorted(found.units, unit))
