"""The columns of plans and of the work in a plan, for pages and files."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from noaber.apps.plans.models import Comment, Plan
from noaber.apps.plans.standing import ActionLine, ObjectiveView, PlanView
from noaber.core.plans.progress import Progress, Standing
from noaber.web.tables import Column

STANDING_WORDS: Final = {
    Standing.DONE: pgettext_lazy("where an action stands", "done"),
    Standing.RUNNING: pgettext_lazy("where an action stands", "in progress"),
    Standing.LATE: pgettext_lazy("where an action stands", "late"),
    Standing.OPEN: pgettext_lazy("where an action stands", "to do"),
    Standing.DROPPED: pgettext_lazy("where an action stands", "dropped"),
}


@dataclass(frozen=True)
class PlanRow:
    """A plan in the list, with how far it is for the reader."""

    view: PlanView

    @property
    def plan(self) -> Plan:
        return self.view.plan

    @property
    def progress(self) -> Progress | None:
        """None for a plan that was withdrawn: nothing is counted for it."""
        return None if self.plan.is_withdrawn else self.view.progress


@dataclass(frozen=True)
class WorkRow:
    """One action under one objective; an objective without actions is a row of its own."""

    objective: ObjectiveView
    line: ActionLine | None


def work_rows(view: PlanView) -> Iterator[WorkRow]:
    for top in view.objectives:
        for one in top.every:
            yield from (WorkRow(one, line) for line in one.lines)
            if not one.lines:
                yield WorkRow(one, None)


def comment_about(comment: Comment) -> str:
    """What a comment is about: an objective, also one that was taken out since, or the plan as a whole."""
    if not comment.about:
        return gettext("the plan as a whole")
    return comment.about if comment.objective_id else f"{comment.about} ({gettext('taken out since')})"


def _plan(name: str) -> Any:
    return lambda row: getattr(row.plan, name)


def _progress(name: str) -> Any:
    return lambda row: getattr(row.progress, name) if row.progress else None


def _action(read: Any) -> Any:
    return lambda row: read(row.line.action) if row.line else None


def _line(read: Any) -> Any:
    return lambda row: read(row.line) if row.line else None


def _objective(read: Any) -> Any:
    return lambda row: read(row.objective.objective)


PLAN_COLUMNS: Final = (
    Column("number", _("Number"), _plan("number")),
    Column("title", _("Plan"), _plan("title")),
    Column("years", _("Years"), lambda row: (-row.plan.first_year, row.plan.last_year)),
    Column("state", _("State"), lambda row: str(row.plan.get_state_display())),
    Column("done", _("Actions done, with evidence"), _progress("done"), numeric=True),
    Column("late", pgettext_lazy("actions", "Late"), _progress("late"), numeric=True),
    Column("keeper", _("Kept by"), lambda row: row.plan.owner.code),
)
PLAN_FILE_COLUMNS: Final = (
    *PLAN_COLUMNS[:2],
    Column("kind", _("Kind"), lambda row: str(row.plan.get_kind_display())),
    Column("first", _("First year"), _plan("first_year")),
    Column("last", _("Last year"), _plan("last_year")),
    Column("state", _("State"), lambda row: str(row.plan.get_state_display())),
    Column("adopted", _("Adopted on"), _plan("adopted_on")),
    Column("done", _("Actions done, with evidence"), _progress("done")),
    Column("total", pgettext_lazy("of the cooperation", "Actions"), _progress("total")),
    Column("late", pgettext_lazy("actions", "Late"), _progress("late")),
    Column("keeper", _("Kept by"), lambda row: row.plan.owner.code),
    Column("tlp", "TLP", _plan("tlp")),
)
WORK_COLUMNS: Final = (
    Column("objective", _("Objective"), _objective(lambda one: one.number)),
    Column("title", _("What it says"), _objective(lambda one: one.title)),
    Column("led", _("Led by"), _objective(lambda one: one.responsible.code if one.responsible else "")),
    Column("number", _("Action"), _action(lambda action: action.number)),
    Column("what", _("What"), _action(lambda action: action.title)),
    Column("language", _("Language"), _action(lambda action: action.language)),
    Column("who", _("Done by"), _action(lambda action: action.responsible.code)),
    Column("due", _("Due on"), _action(lambda action: action.due_on)),
    Column("standing", _("State"), _line(lambda line: str(STANDING_WORDS[line.standing]))),
    Column("days", _("Days late"), _line(lambda line: line.days_late or None)),
    Column("why", _("Why"), _line(lambda line: line.why.text if line.why else "")),
    Column("done", _("Done on"), _action(lambda action: action.done_on)),
    Column("evidence", _("Evidence"), _action(lambda action: action.evidence)),
    Column("weight", _("Weight"), _line(lambda line: line.weight)),
)
COMMENT_COLUMNS: Final = (
    Column("consultation", _("Consultation"), lambda comment: comment.consultation.opened_at),
    Column("organisation", _("Organisation"), lambda comment: comment.organisation.code),
    Column("by", _("By whom"), lambda comment: comment.author),
    Column("at", _("When"), lambda comment: comment.at),
    Column("about", _("About"), comment_about),
    Column("text", _("Comment"), lambda comment: comment.text),
    Column("language", _("Language"), lambda comment: comment.language),
    Column("shared", _("Shared with the others"), lambda comment: comment.shared),
    Column("outcome", _("What became of it"), lambda comment: str(comment.get_outcome_display())),
    Column("why", _("Why"), lambda comment: comment.answer),
    Column("answered-by", _("Answered by"), lambda comment: comment.answerer),
    Column("answered-at", _("Answered on"), lambda comment: comment.answered_at),
)
