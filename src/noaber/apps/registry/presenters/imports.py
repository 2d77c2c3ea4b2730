"""The preview of an import: every problem at its table, row and column, and what each row would do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from noaber.apps.registry.coded import capability_name
from noaber.apps.registry.models import Capacity, CapacityUpload
from noaber.apps.registry.presenters.history import changed_words, field_label
from noaber.apps.registry.services.imports import RowAction
from noaber.apps.registry.services.uploads import MOST_SHOWN, shown_problems
from noaber.core.problems import Problem, Severity
from noaber.web import wording
from noaber.web.tables import Column

STEPS: Final[dict[str, Promise]] = {
    "read": _("Reading the rows"),
    "compare": _("Comparing with what is there"),
    "write": _("Writing the capacities"),
    "history": _("Writing the history"),
}


@dataclass(frozen=True)
class ProblemView:
    table: str
    row: str
    column: str
    value: str
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
    columns: list[str]
    parts: list[str]
    absent: list[str]
    absent_count: int
    errors: int
    warnings: int
    problems: list[ProblemView]
    rows: list[RowView]
    hidden_problems: int
    hidden_rows: int
    overtaken: bool

    @property
    def may_import(self) -> bool:
        return not self.errors and bool(self.added or self.changed)


def present_report(upload: CapacityUpload) -> PreviewView:
    report = upload.report
    counts = report["counts"]
    added, changed = counts[RowAction.ADDED], counts[RowAction.CHANGED]
    found = report["errors"] + report["warnings"]
    return PreviewView(
        fingerprint=report["fingerprint"],
        added=added,
        changed=changed,
        unchanged=counts[RowAction.UNCHANGED],
        columns=report["columns"],
        parts=report["parts"],
        absent=report["absent"],
        absent_count=report["absent_count"],
        errors=report["errors"],
        warnings=report["warnings"],
        problems=list(present_problems(shown_problems(upload))),
        rows=[_row(row) for row in report["rows"]],
        hidden_problems=max(0, found - MOST_SHOWN),
        hidden_rows=max(0, added + changed - MOST_SHOWN),
        overtaken=report.get("overtaken", False),
    )


def present_problems(problems: Iterable[Problem]) -> Iterator[ProblemView]:
    for problem in problems:
        table, row, column = split_place(problem.where)
        value = str(problem.params.get("text", ""))
        is_error = problem.severity is Severity.ERROR
        yield ProblemView(table, row, column, value, wording.problem(problem), is_error)


def split_place(where: str) -> tuple[str, str, str]:
    """“table team, row 12, column number” as its parts; a line of the text counts as a row."""
    table, rest = "", where
    if where.startswith("table "):
        table, _comma, rest = where.removeprefix("table ").partition(", ")
    row, _comma, column = rest.partition(", column ")
    return table, row.removeprefix("row ").removeprefix("line "), column


FAULT_COLUMNS: Final = (
    Column("table", _("Table"), lambda view: view.table or "capacities"),
    Column("row", _("Row"), lambda view: int(view.row) if view.row.isdigit() else view.row),
    Column("column", _("Column"), lambda view: view.column),
    Column("value", _("What stands there"), lambda view: view.value),
    Column("problem", _("Problem, and what was expected"), lambda view: view.sentence),
    Column("kind", _("Error or warning"), lambda view: str(_("error") if view.is_error else _("warning"))),
)
"""For the file of every problem."""


def _row(row: dict[str, Any]) -> RowView:
    return RowView(
        row=row["row"],
        code=row["code"],
        name=row["name"],
        capability_names=", ".join(capability_name(code) for code in row["capabilities"]),
        base=row["base"],
        action=row["action"],
        lines=[
            (field_label(Capacity, name), *changed_words(Capacity, name, before, after))
            for name, (before, after) in row["changes"].items()
        ],
    )
