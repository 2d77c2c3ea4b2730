"""The preview of an import: every problem at its row and column, and what each row would do."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from noaber.apps.registry.coded import capability_name
from noaber.apps.registry.models import Capacity
from noaber.apps.registry.presenters.history import field_label, value_words
from noaber.apps.registry.services import ImportPlan, RowAction
from noaber.core.problems import Problem, Severity
from noaber.web import wording

MOST_SHOWN: Final = 200
"""Rows of a table of the preview; the counts are of all."""


@dataclass(frozen=True)
class ProblemView:
    row: str
    column: str
    sentence: str
    is_error: bool


@dataclass(frozen=True)
class RowView:
    row: int
    code: str
    name: str
    capability_names: str
    base: str
    action: str
    lines: list[tuple[str, str, str]]


@dataclass(frozen=True)
class PreviewView:
    """What the page shows before anything is written."""

    fingerprint: str
    added: int
    changed: int
    unchanged: int
    absent: tuple[str, ...]
    errors: int
    warnings: int
    problems: list[ProblemView]
    rows: list[RowView]
    hidden_problems: int
    hidden_rows: int

    @property
    def may_import(self) -> bool:
        return not self.errors and bool(self.added or self.changed)


def present_plan(plan: ImportPlan) -> PreviewView:
    acting = [row for row in plan.rows if row.action is not RowAction.UNCHANGED]
    return PreviewView(
        fingerprint=plan.fingerprint,
        added=plan.count(RowAction.ADDED),
        changed=plan.count(RowAction.CHANGED),
        unchanged=plan.count(RowAction.UNCHANGED),
        absent=plan.absent,
        errors=len(plan.errors),
        warnings=len(plan.problems) - len(plan.errors),
        problems=present_problems(plan.problems[:MOST_SHOWN]),
        rows=[_row(row) for row in acting[:MOST_SHOWN]],
        hidden_problems=max(0, len(plan.problems) - MOST_SHOWN),
        hidden_rows=max(0, len(acting) - MOST_SHOWN),
    )


def present_problems(problems: Iterable[Problem]) -> list[ProblemView]:
    return [
        ProblemView(*split_place(problem.where), wording.problem(problem), problem.severity is Severity.ERROR)
        for problem in problems
    ]


def split_place(where: str) -> tuple[str, str]:
    """“row 12, column lon” as its two parts; a line of the text counts as a row."""
    row, _comma, column = where.partition(", column ")
    return row.removeprefix("row ").removeprefix("line "), column


def _row(row: Any) -> RowView:
    lines = [
        (field_label(Capacity, name), value_words(before), value_words(after))
        for name, (before, after) in row.changes.items()
    ]
    return RowView(
        row=row.row,
        code=row.code,
        name=row.after["name"],
        capability_names=", ".join(capability_name(code) for code in row.after["capabilities"]),
        base=row.after["base"],
        action=row.action.value,
        lines=lines,
    )
