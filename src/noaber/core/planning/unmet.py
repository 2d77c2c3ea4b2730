"""Why a need lacks teams: every team with its capability is named with what keeps it away.

First what no plan can change (no text, no way, too late, taken out by the officer), then what holds the team
(reserved, home cover, busy).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Final

from noaber.core.planning.lines import Line
from noaber.core.planning.model import CoverRow, Model
from noaber.core.planning.options import Barrier, Options
from noaber.core.planning.plan import Obstacle, Reason, Unmet

REASONS: Final = {
    Barrier.EXCLUDED: Reason.EXCLUDED,
    Barrier.NO_AGREEMENT: Reason.NO_AGREEMENT,
    Barrier.UNREACHABLE: Reason.UNREACHABLE,
    Barrier.TOO_LATE: Reason.TOO_LATE,
}


def unmet_of(model: Model, lines: tuple[Line, ...]) -> tuple[Unmet, ...]:
    """The needs that a plan leaves short, in file order, with all that stands in the way."""
    sent: dict[int, int] = defaultdict(int)
    served: dict[int, int] = defaultdict(int)
    for line in lines:
        sent[line.unit] += line.teams
        served[line.need] += line.teams
    full = full_covers(model, sent)
    return tuple(
        Unmet(placed.incident.id, placed.need.id, missing, _because(model.options, number, sent, full))
        for number, placed in enumerate(model.options.needs)
        if (missing := placed.need.quantity - served[number]) > 0
    )


def full_covers(model: Model, sent: dict[int, int]) -> frozenset[tuple[str, str]]:
    """Owner and capability of each row of home cover that lets nobody else go."""
    units = model.options.problem.units
    left: dict[tuple[str, str], int] = defaultdict(int)
    for unit, teams in sent.items():
        for capability in units[unit].capabilities:
            left[units[unit].owner, capability] += teams
    return frozenset(_key(row) for row in model.covers if left[_key(row)] >= row.may_leave)


def _key(row: CoverRow) -> tuple[str, str]:
    return row.owner, row.capability


def _because(
    options: Options, need: int, sent: dict[int, int], full: frozenset[tuple[str, str]]
) -> tuple[Obstacle, ...]:
    teams: dict[Reason, int] = defaultdict(int)
    units: dict[Reason, list[int]] = defaultdict(list)
    for unit, reason, number in _held(options, need, sent, full):
        teams[reason] += number
        units[reason].append(unit)
    if not teams:
        return (Obstacle(Reason.NO_CAPABILITY, 0, (), ()),)
    return tuple(_obstacle(options, reason, teams[reason], units[reason]) for reason in Reason if teams[reason])


def _obstacle(options: Options, reason: Reason, teams: int, units: list[int]) -> Obstacle:
    named = [options.problem.units[unit] for unit in units]
    owners = tuple(dict.fromkeys(unit.owner for unit in named))
    return Obstacle(reason, teams, tuple(unit.id for unit in named), owners)


def _held(
    options: Options, need: int, sent: dict[int, int], full: frozenset[tuple[str, str]]
) -> Iterator[tuple[int, Reason, int]]:
    """Unit, reason and number of teams, for every team with the capability."""
    found = options.by_need[need]
    for unit, barrier in zip(found.units.tolist(), found.barrier.tolist(), strict=True):
        quantity, available = options.problem.units[unit].quantity, int(options.available[unit])
        if quantity == 0:
            continue
        if barrier != Barrier.NONE:
            yield unit, REASONS[Barrier(barrier)], quantity
            continue
        if quantity > available:
            yield unit, Reason.RESERVED, quantity - available
        if sent[unit]:
            yield unit, Reason.EXHAUSTED, sent[unit]
        if available > sent[unit]:
            held = any((options.problem.units[unit].owner, c) in full for c in options.problem.units[unit].capabilities)
            yield unit, Reason.HOME_COVER if held else Reason.EXHAUSTED, available - sent[unit]
