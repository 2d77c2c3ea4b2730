"""The plan as columns and rows: how many teams of each group go to each need, and what limits them.

Identical teams are one group, so that 2,000 alike are one column and not 2,000 interchangeable ones. The rows
are the four kinds of `constraints.py`. Everything here is whole numbers and minutes; no solver is named.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable
from dataclasses import dataclass, replace

import numpy as np

from noaber.core.planning.options import Barrier, Indices, Options
from noaber.core.planning.travel import Minutes
from noaber.core.problems import InvalidInput
from noaber.core.problems import Problem as Fault


@dataclass(frozen=True)
class Group:
    """Teams that differ in nothing but their name: same owner, base, capabilities and minutes.

    Parameters
    ----------
    units
        Their units' places in `problem.units`, in file order.
    size
        Available teams of all of them.
    """

    units: tuple[int, ...]
    size: int
    owner: str
    capabilities: frozenset[str]


@dataclass(frozen=True)
class CoverRow:
    """Of an owner's available teams with one capability, at most `may_leave` are sent."""

    owner: str
    capability: str
    minimum: int
    total: int

    @property
    def may_leave(self) -> int:
        """total - min(minimum, total)."""
        return max(0, self.total - self.minimum)


@dataclass(frozen=True)
class Model:
    """Columns and their limits.

    Parameters
    ----------
    column_group, column_need
        (n_columns,) int64: the pair of each column; by need, then by the group's first unit, in file order.
    arrival
        (n_columns,) float64, minutes.
    late
        (n_columns,) float64: weight of the need times the minutes beyond its `within`.
    lower, upper
        (n_columns,) int64: pinned teams, and the most that could be sent.
    quantity, weight
        (n_needs,) int64.
    covers
        The rows of home cover that hold, the larger minimum where a file has two.
    owner_available
        Available teams of each owner, whatever their capability.
    """

    options: Options
    groups: tuple[Group, ...]
    column_group: Indices
    column_need: Indices
    arrival: Minutes
    late: Minutes
    lower: Indices
    upper: Indices
    quantity: Indices
    weight: Indices
    covers: tuple[CoverRow, ...]
    owner_available: dict[str, int]

    @property
    def group_size(self) -> Indices:
        return np.array([group.size for group in self.groups], dtype=np.int64)


def build_model(options: Options) -> Model:
    """The columns and limits of a problem whose pairs have been looked up.

    Raises
    ------
    InvalidInput
        Where a team is pinned to a need that it cannot serve at all.
    """
    groups, group_of = _groups(options)
    quantity = np.array([placed.need.quantity for placed in options.needs], dtype=np.int64)
    weight = np.array([placed.need.weight for placed in options.needs], dtype=np.int64)
    column_group, column_need, arrival = _pairs(options, groups, group_of)
    within = np.array([placed.need.within for placed in options.needs], dtype=np.float64)
    late = weight[column_need].astype(np.float64) * np.maximum(0.0, arrival - within[column_need])
    sizes = np.array([group.size for group in groups], dtype=np.int64)
    return Model(
        options=options,
        groups=groups,
        column_group=column_group,
        column_need=column_need,
        arrival=arrival,
        late=late,
        lower=_pinned(options, group_of, column_group, column_need),
        upper=np.minimum(sizes[column_group], quantity[column_need]),
        quantity=quantity,
        weight=weight,
        covers=covers_of(options),
        owner_available=_owner_available(options),
    )


def restrict(model: Model, incidents: Collection[int]) -> Model:
    """The same model when only these incidents happen, by their places in the problem.

    Teams, home cover and texts stay as they are; groups that nobody needs now are left out.
    """
    needs = [n for n, placed in enumerate(model.options.needs) if placed.incident_index in incidents]
    kept = np.isin(model.column_need, needs)
    used, column_group = np.unique(model.column_group[kept], return_inverse=True)
    return replace(
        model,
        options=replace(
            model.options,
            needs=tuple(model.options.needs[n] for n in needs),
            by_need=tuple(model.options.by_need[n] for n in needs),
        ),
        groups=tuple(model.groups[place] for place in used.tolist()),
        column_group=column_group,
        column_need=np.searchsorted(needs, model.column_need[kept]).astype(np.int64),
        arrival=model.arrival[kept],
        late=model.late[kept],
        lower=model.lower[kept],
        upper=model.upper[kept],
        quantity=model.quantity[needs],
        weight=model.weight[needs],
    )


def _groups(options: Options) -> tuple[tuple[Group, ...], Indices]:
    """The groups in order of their first unit, and the group of each unit (-1 where no team is available)."""
    problem = options.problem
    touched = {pin.unit for pin in problem.pinned} | {exclusion.unit for exclusion in problem.excluded}
    relevant = {placed.need.capability for placed in options.needs} | {row.capability for row in problem.home_cover}
    members: dict[Hashable, list[int]] = {}
    for index, unit in enumerate(problem.units):
        if options.available[index] == 0:
            continue
        own = unit.id if unit.id in touched else None
        alike = (unit.owner, unit.territory, unit.capabilities & relevant, unit.mobilisation)
        members.setdefault((own, alike, options.travel[index].tobytes()), []).append(index)
    group_of = np.full(len(problem.units), -1, dtype=np.int64)
    groups = []
    for number, units in enumerate(members.values()):
        group_of[units] = number
        first = problem.units[units[0]]
        size = int(options.available[units].sum())
        groups.append(Group(tuple(units), size, first.owner, first.capabilities))
    return tuple(groups), group_of


def _pairs(options: Options, groups: tuple[Group, ...], group_of: Indices) -> tuple[Indices, Indices, Minutes]:
    """Group, need and arrival of every pair that is allowed: each group speaks through its first unit."""
    speaks = np.zeros(len(options.problem.units), dtype=np.bool_)
    speaks[[group.units[0] for group in groups]] = True
    column_group, column_need, arrival = [], [], []
    for number, found in enumerate(options.by_need):
        allowed = speaks[found.units] & (found.barrier == Barrier.NONE)
        if options.needs[number].need.quantity == 0:
            continue
        column_group.append(group_of[found.units[allowed]])
        column_need.append(np.full(int(allowed.sum()), number, dtype=np.int64))
        arrival.append(found.arrival[allowed])
    empty = np.empty(0)
    return (
        np.concatenate([empty, *column_group]).astype(np.int64),
        np.concatenate([empty, *column_need]).astype(np.int64),
        np.concatenate([empty, *arrival]),
    )


def _owner_available(options: Options) -> dict[str, int]:
    totals: dict[str, int] = {}
    for unit, available in zip(options.problem.units, options.available.tolist(), strict=True):
        totals[unit.owner] = totals.get(unit.owner, 0) + available
    return totals


def covers_of(options: Options) -> tuple[CoverRow, ...]:
    """Home cover with its totals, one row per owner and capability: the larger minimum of two."""
    minimum: dict[tuple[str, str], int] = {}
    for row in options.problem.home_cover:
        key = (row.owner, row.capability)
        minimum[key] = max(row.minimum, minimum.get(key, 0))
    total = dict.fromkeys(minimum, 0)
    for unit, available in zip(options.problem.units, options.available.tolist(), strict=True):
        for capability in unit.capabilities:
            if (unit.owner, capability) in total:
                total[unit.owner, capability] += available
    return tuple(CoverRow(*key, least, total[key]) for key, least in minimum.items())


def _pinned(options: Options, group_of: Indices, column_group: Indices, column_need: Indices) -> Indices:
    lower = np.zeros(len(column_group), dtype=np.int64)
    unit_at = {unit.id: index for index, unit in enumerate(options.problem.units)}
    need_at = {(placed.incident.id, placed.need.id): n for n, placed in enumerate(options.needs)}
    for place, pin in enumerate(options.problem.pinned):
        need = need_at[pin.incident, pin.need]
        at = np.flatnonzero((column_group == group_of[unit_at[pin.unit]]) & (column_need == need))
        if len(at) == 0:
            raise InvalidInput([Fault("planning.pin-forbidden", f"/pinned/{place}", {"unit": pin.unit})])
        lower[at] += pin.quantity
    return lower
