"""The best exchange for one line of a plan: everything else stays, other teams take this need, or it lacks them.

The exchanged plan keeps every rule, so what it costs is at most what taking the line out costs. It takes
microseconds where a new plan takes a second.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from noaber.core.planning.constraints import Rows
from noaber.core.planning.lines import Line
from noaber.core.planning.model import Model
from noaber.core.planning.objective import largest_share, sent_by_owner
from noaber.core.planning.options import Indices
from noaber.core.planning.plan import Change


@dataclass(frozen=True)
class Exchange:
    """What replaces a line: the units that come, and the change of each objective."""

    added: Mapping[int, int]
    change: Change


class Exchanger:
    """One plan, whose lines can be exchanged one at a time.

    Parameters
    ----------
    teams
        (n_pairs,) int64: the plan.
    lines
        The same plan by unit.
    """

    def __init__(self, model: Model, rows: Rows, teams: Indices, lines: tuple[Line, ...]) -> None:
        self._model, self._rows = model, rows
        missing = np.zeros(len(model.quantity))
        self._room = rows.upper - rows.activity(np.concatenate([teams, missing]))
        self._first = np.searchsorted(model.column_need, np.arange(len(model.quantity) + 1))
        self._sent: dict[int, int] = defaultdict(int)
        for line in lines:
            self._sent[line.unit] += line.teams
        self._by_owner = sent_by_owner(model, teams)

    def exchange(self, line: Line, column: int) -> Exchange:
        """Without `line`, which is part of `column`: the soonest other teams, as many as may go."""
        rows, first, last = self._rows, self._first[line.need], self._first[line.need + 1]
        room = self._room.copy()
        own_rows = rows.index[rows.start[column] : rows.start[column + 1]]
        room[own_rows] += line.teams
        added: dict[int, int] = {}
        moved = {column: -line.teams}
        entries = rows.index[rows.start[first] : rows.start[last]]
        free = np.minimum.reduceat(room[entries], rows.start[first:last] - rows.start[first])
        wanted = line.teams
        for other in self._soonest(first + np.flatnonzero(free > 0)):
            in_rows = rows.index[rows.start[other] : rows.start[other + 1]]
            for unit, spare in self._spare_units(other, line.unit):
                more = int(min(spare, room[in_rows].min(), wanted))
                if more > 0:
                    added[unit] = more
                    moved[other] = moved.get(other, 0) + more
                    room[in_rows] -= more
                    wanted -= more
            if wanted == 0:
                break
        return Exchange(added, self._change(moved, missing=wanted * int(self._model.weight[line.need])))

    def _change(self, moved: Mapping[int, int], *, missing: int) -> Change:
        model, by_owner = self._model, dict(self._by_owner)
        for column, more in moved.items():
            owner = model.groups[model.column_group[column]].owner
            by_owner[owner] = by_owner.get(owner, 0) + more
        return Change(
            unmet=missing,
            late=math.fsum(float(model.late[column]) * more for column, more in moved.items()),
            minutes=math.fsum(float(model.arrival[column]) * more for column, more in moved.items()),
            burden=float(largest_share(model, by_owner) - largest_share(model, self._by_owner)),
        )

    def _soonest(self, columns: Indices) -> list[int]:
        model = self._model
        order = np.lexsort((columns, model.arrival[columns], model.late[columns]))
        return [int(column) for column in columns[order]]

    def _spare_units(self, column: int, without: int) -> list[tuple[int, int]]:
        """Units of a column's group that have teams left, and how many; `without` is not asked."""
        available = self._model.options.available
        spare = (
            (unit, int(available[unit]) - self._sent[unit])
            for unit in self._model.groups[self._model.column_group[column]].units
            if unit != without
        )
        return [(unit, left) for unit, left in spare if left > 0]
