"""The frieze of a plan: its objectives down, its quarters across, each action where it is to be done."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from noaber.apps.plans.presenters.snapshots import FrozenPlan
from noaber.apps.plans.standing import ActionLine, ObjectiveView, PlanView
from noaber.core.plans.progress import Standing
from noaber.core.plans.quarters import Quarter, quarter_of, quarters_of


@dataclass(frozen=True)
class QuarterHead:
    """One column; `kept` is the state that was kept at its end, where one was."""

    quarter: Quarter
    is_now: bool
    begins_year: bool
    kept: FrozenPlan | None


@dataclass(frozen=True)
class FriezeCell:
    """What is to be done in one quarter; `within` unless the objective has other years."""

    head: QuarterHead
    lines: list[ActionLine]
    within: bool


@dataclass(frozen=True)
class FriezeRow:
    """One objective with the actions of its parts: before the first quarter, in each, after the last, without a day."""

    view: ObjectiveView
    before: list[ActionLine]
    cells: list[FriezeCell]
    after: list[ActionLine]
    undated: list[ActionLine]


@dataclass(frozen=True)
class Frieze:
    """`years` are the years above the quarters, each with how many columns it spans."""

    heads: list[QuarterHead]
    rows: list[FriezeRow]

    @property
    def years(self) -> list[tuple[int, int]]:
        found = groupby(self.heads, key=lambda head: head.quarter.year)
        return [(year, len(list(heads))) for year, heads in found]

    @property
    def has_before(self) -> bool:
        return any(row.before for row in self.rows)

    @property
    def has_after(self) -> bool:
        return any(row.after for row in self.rows)

    @property
    def has_undated(self) -> bool:
        return any(row.undated for row in self.rows)

    @property
    def has_kept(self) -> bool:
        return any(head.kept for head in self.heads)


def present_frieze(view: PlanView, kept: Sequence[FrozenPlan]) -> Frieze:
    """Lay a plan out by the quarters of its years; `kept` are the states of it that were kept."""
    states = {quarter_of(one.snapshot.on): one for one in kept}
    now = quarter_of(view.today)
    heads = [
        QuarterHead(quarter, quarter == now, quarter.number == 1, states.get(quarter))
        for quarter in quarters_of(view.plan.first_year, view.plan.last_year)
    ]
    return Frieze(heads, [_row(one, heads) for one in view.objectives])


def day_of(line: ActionLine) -> datetime.date | None:
    """Where an action stands: on the day it is due, else on which it was done."""
    return line.action.due_on or line.action.done_on


def _row(view: ObjectiveView, heads: Sequence[QuarterHead]) -> FriezeRow:
    """What was dropped stands nowhere."""
    lines = [line for line in view.every_line if line.standing is not Standing.DROPPED]
    dated = [(quarter_of(day), line) for line in lines if (day := day_of(line))]
    first, last = heads[0].quarter, heads[-1].quarter
    return FriezeRow(
        view=view,
        before=[line for quarter, line in dated if quarter < first],
        cells=[_cell(view, head, dated) for head in heads],
        after=[line for quarter, line in dated if quarter > last],
        undated=[line for line in lines if day_of(line) is None],
    )


def _cell(view: ObjectiveView, head: QuarterHead, dated: Sequence[tuple[Quarter, ActionLine]]) -> FriezeCell:
    objective, quarter = view.objective, head.quarter
    lines = [line for when, line in dated if when == quarter]
    return FriezeCell(head, lines, objective.first_year <= quarter.year <= objective.last_year)
