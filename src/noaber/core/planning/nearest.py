"""Nearest first: the plan that people make by hand, within home cover.

Not a good plan, but always one. It is what stands when a time limit passes before the solver has anything, and
what the benchmark compares with.
"""

from __future__ import annotations

import numpy as np

from noaber.core.planning.constraints import Rows
from noaber.core.planning.model import Model
from noaber.core.planning.options import Indices


def nearest_first(model: Model, rows: Rows) -> Indices:
    """Need by need, the most urgent first, each takes the nearest teams that may still go.

    Returns
    -------
    (n_pairs,) int64: teams per pair; a plan that keeps every row, with everything pinned in it.
    """
    teams = model.lower.copy()
    n_needs = len(model.quantity)
    left = rows.upper - rows.activity(np.concatenate([teams, np.zeros(n_needs)]))
    first = np.searchsorted(model.column_need, np.arange(n_needs + 1))
    for need in np.lexsort((np.arange(n_needs), -model.weight)).tolist():
        columns = np.arange(first[need], first[need + 1])
        for column in columns[np.argsort(model.arrival[columns], kind="stable")].tolist():
            in_rows = rows.index[rows.start[column] : rows.start[column + 1]]
            more = int(min(left[in_rows].min(), model.upper[column] - teams[column]))
            teams[column] += more
            left[in_rows] -= more
            if left[need] <= 0:
                break
    return teams
