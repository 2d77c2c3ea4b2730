"""The rows of the plan: what a need asks, what a group has, what home cover lets go, what an owner gives.

Every coefficient is 1. `rows_of` builds all four kinds at once in the compressed columns that the solver reads;
the columns are those of the model, followed by one column of missing teams for each need.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from noaber.core.planning.model import CoverRow, Model
from noaber.core.planning.options import Indices
from noaber.core.problems import InvalidInput
from noaber.core.problems import Problem as Fault

Bounds = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Rows:
    """A matrix of ones in compressed columns, and the limits of its rows.

    Parameters
    ----------
    start, index
        Column j has its ones in the rows index[start[j]:start[j + 1]], ascending.
    lower, upper
        (n_rows,) float64.
    covers
        The rows of home cover among them, which start at `first_cover_row`.
    owners
        The owners of the last rows, which start at `first_owner_row`.
    """

    start: Indices
    index: Indices
    lower: Bounds
    upper: Bounds
    covers: tuple[CoverRow, ...] = ()
    first_cover_row: int = 0
    owners: tuple[str, ...] = ()
    first_owner_row: int = 0

    def activity(self, values: Bounds) -> Bounds:
        """Each row's sum for these column values."""
        weights = np.repeat(values, np.diff(self.start))
        return np.bincount(self.index, weights=weights, minlength=len(self.lower)).astype(np.float64)

    def priced(self, prices: Bounds) -> Bounds:
        """Each column's sum of the prices of its rows."""
        return np.add.reduceat(prices[self.index], self.start[:-1]) if len(self.index) else np.zeros(0)


@dataclass(frozen=True)
class _Kind:
    """Rows of one kind: which column stands in which row, and the most that a row may sum to.

    `kept` names the rows that can bind at all, where some cannot.
    """

    column: Indices
    row: Indices
    upper: Bounds
    kept: tuple[int, ...] = ()


def rows_of(model: Model) -> Rows:
    """All rows of a model, those that cannot bind left out.

    Raises
    ------
    InvalidInput
        Where what is pinned breaks a row: then there would be no plan at all.
    """
    _check_pins(model)
    owners = tuple(dict.fromkeys(model.groups[group].owner for group in np.unique(model.column_group)))
    kinds = (need_rows(model), group_rows(model), cover_rows(model), owner_rows(model, owners))
    offsets = np.cumsum([0, *(len(kind.upper) for kind in kinds)])
    column = np.concatenate([kind.column for kind in kinds])
    row = np.concatenate([kind.row + offset for kind, offset in zip(kinds, offsets, strict=False)])
    order = np.lexsort((row, column))
    n_columns = len(model.column_need) + len(model.quantity)
    start = np.concatenate([[0], np.cumsum(np.bincount(column, minlength=n_columns))])
    upper = np.concatenate([kind.upper for kind in kinds])
    lower = np.full(len(upper), -np.inf)
    lower[: len(model.quantity)] = model.quantity
    return Rows(
        start=start,
        index=row[order],
        lower=lower,
        upper=upper,
        covers=tuple(model.covers[place] for place in kinds[2].kept),
        first_cover_row=int(offsets[2]),
        owners=owners,
        first_owner_row=int(offsets[3]),
    )


def need_rows(model: Model) -> _Kind:
    """sent to the need + missing = its quantity: nobody comes in excess, and what lacks is counted."""
    n_pairs, n_needs = len(model.column_need), len(model.quantity)
    column = np.arange(n_pairs + n_needs)
    row = np.concatenate([model.column_need, np.arange(n_needs)])
    return _Kind(column, row, model.quantity.astype(np.float64))


def group_rows(model: Model) -> _Kind:
    """sent to all needs ≤ available teams of the group: a team serves one need only."""
    asked = np.bincount(model.column_group, weights=model.upper, minlength=len(model.groups))
    row_of, upper = _numbered(asked > model.group_size, model.group_size)
    column = np.flatnonzero(row_of[model.column_group] >= 0)
    return _Kind(column, row_of[model.column_group[column]], upper)


def cover_rows(model: Model) -> _Kind:
    """sent of an owner's teams with a capability ≤ total - min(minimum, total): the rest stays at home."""
    number = {(cover.owner, cover.capability): row for row, cover in enumerate(model.covers)}
    group, row = _memberships(model, number)
    asked = np.bincount(model.column_group, weights=model.upper, minlength=len(model.groups))
    can_leave = np.minimum(asked, model.group_size)
    may_leave = np.array([cover.may_leave for cover in model.covers], dtype=np.int64)
    reach = np.bincount(row, weights=can_leave[group], minlength=len(may_leave))
    row_of, upper = _numbered(reach > may_leave, may_leave)
    binding = row_of[row] >= 0
    column, row = _columns_of(model, group[binding], row_of[row[binding]])
    return _Kind(column, row, upper, tuple(np.flatnonzero(row_of >= 0).tolist()))


def owner_rows(model: Model, owners: tuple[str, ...]) -> _Kind:
    """sent by an owner ≤ what its share allows: without limit until the burden is divided."""
    number = {owner: row for row, owner in enumerate(owners)}
    row_of = np.array([number.get(group.owner, -1) for group in model.groups], dtype=np.int64)
    column = np.arange(len(model.column_group))
    return _Kind(column, row_of[model.column_group], np.full(len(owners), np.inf))


def _numbered(kept: npt.NDArray[np.bool_], upper: Indices) -> tuple[Indices, Bounds]:
    """The new number of each kept row, -1 for the others; and the kept limits."""
    row_of = np.where(kept, np.cumsum(kept) - 1, -1)
    return row_of, upper[kept].astype(np.float64)


def _memberships(model: Model, number: dict[tuple[str, str], int]) -> tuple[Indices, Indices]:
    """Pairs of group and cover row that the group counts in."""
    pairs = [
        (place, number[group.owner, capability])
        for place, group in enumerate(model.groups)
        for capability in group.capabilities
        if (group.owner, capability) in number
    ]
    both = np.array(pairs, dtype=np.int64).reshape(-1, 2)
    return both[:, 0], both[:, 1]


def _columns_of(model: Model, group: Indices, row: Indices) -> tuple[Indices, Indices]:
    """Pairs of column and row, from pairs of group and row."""
    order = np.argsort(group, kind="stable")
    counts = np.bincount(group, minlength=len(model.groups))
    first = np.cumsum(counts) - counts
    per_column = counts[model.column_group]
    column = np.repeat(np.arange(len(model.column_group)), per_column)
    within = np.arange(len(column)) - np.repeat(np.cumsum(per_column) - per_column, per_column)
    return column, row[order][np.repeat(first[model.column_group], per_column) + within]


def _check_pins(model: Model) -> None:
    """What is pinned alone must be a plan; then the solver always has one."""
    if not model.lower.any():
        return
    faults = [*_pinned_groups(model), *_pinned_needs(model), *_pinned_covers(model)]
    if faults:
        raise InvalidInput(faults)


def _pinned_groups(model: Model) -> list[Fault]:
    pinned = np.bincount(model.column_group, weights=model.lower, minlength=len(model.groups)).astype(np.int64)
    return [
        _fault("planning.pin-unit", pinned[place], group.size, unit=model.options.problem.units[group.units[0]].id)
        for place, group in enumerate(model.groups)
        if pinned[place] > group.size
    ]


def _pinned_needs(model: Model) -> list[Fault]:
    pinned = np.bincount(model.column_need, weights=model.lower, minlength=len(model.quantity)).astype(np.int64)
    return [
        _fault("planning.pin-need", pinned[place], placed.need.quantity, need=placed.need.id)
        for place, placed in enumerate(model.options.needs)
        if pinned[place] > placed.need.quantity
    ]


def _pinned_covers(model: Model) -> list[Fault]:
    faults = []
    for cover in model.covers:
        inside = [
            column
            for column in np.flatnonzero(model.lower).tolist()
            if model.groups[model.column_group[column]].owner == cover.owner
            and cover.capability in model.groups[model.column_group[column]].capabilities
        ]
        pinned = int(model.lower[inside].sum())
        if pinned > cover.may_leave:
            named = {"owner": cover.owner, "capability": cover.capability}
            faults.append(_fault("planning.pin-cover", pinned, cover.may_leave, **named))
    return faults


def _fault(code: str, pinned: int, allowed: int, **named: str) -> Fault:
    return Fault(code, "/pinned", {"pinned": int(pinned), "allowed": allowed, **named})
