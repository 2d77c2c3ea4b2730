"""What is kept of a plan as it stood: its text when it went out or was adopted, its state at the end of a quarter.

Everything is JSON, so that it outlasts the rows it was read from.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from noaber.apps.plans.models import Objective, Plan
from noaber.apps.plans.standing import ActionLine, IndicatorLine, ObjectiveView

COMPARED: Final = ("number", "title", "text", "responsible", "years")
"""What a comparison of two versions looks at."""


def freeze_text(plan: Plan, objectives: Iterable[Objective]) -> dict[str, Any]:
    """The text of a plan."""
    return {
        "titles": plan.titles,
        "text": plan.text,
        "language": plan.language,
        "objectives": [freeze_objective(objective) for objective in objectives],
    }


def freeze_objective(objective: Objective) -> dict[str, Any]:
    return {
        "id": objective.pk,
        "parent": objective.parent_id,
        "number": objective.number,
        "title": objective.title,
        "text": objective.text,
        "language": objective.language,
        "responsible": objective.responsible.code if objective.responsible else "",
        "years": objective.years,
    }


def freeze_state(views: Iterable[ObjectiveView]) -> dict[str, Any]:
    """How far a plan is, action by action and indicator by indicator."""
    every = [one for view in views for one in (view, *view.parts)]
    return {
        "objectives": [freeze_objective(view.objective) for view in every],
        "actions": [_action(view, line) for view in every for line in view.lines],
        "indicators": [_indicator(view, line) for view in every for line in view.indicators],
    }


def _action(view: ObjectiveView, line: ActionLine) -> Mapping[str, Any]:
    action = line.action
    return {
        "objective": view.objective.pk,
        "action": action.pk,
        "number": action.number,
        "title": action.title,
        "language": action.language,
        "responsible": action.responsible.code,
        "due_on": action.due_on.isoformat() if action.due_on else "",
        "done_on": action.done_on.isoformat() if action.done_on else "",
        "standing": line.standing.value,
        "weight": line.weight,
        "why": line.why.text if line.why else "",
        "why_language": line.why.language if line.why else "",
        "evidence": action.evidence,
        "evidence_language": action.evidence_language,
    }


def _indicator(view: ObjectiveView, line: IndicatorLine) -> Mapping[str, Any]:
    indicator, last = line.indicator, line.last
    return {
        "objective": view.objective.pk,
        "name": indicator.name,
        "language": indicator.language,
        "unit": indicator.unit,
        "baseline": _plain(indicator.baseline),
        "target": _plain(indicator.target),
        "value": _plain(last.value if last else None),
        "on": last.on.isoformat() if last else "",
    }


def _plain(value: Any) -> str:
    return "" if value is None else f"{value.normalize():f}"
