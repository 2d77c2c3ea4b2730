"""Objectives: worded and ordered while the plan is a draft; served by actions, each with its weight, at any time."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import Max

from noaber.apps.accounts.acting import Acting
from noaber.apps.actions.models import Action
from noaber.apps.actions.services import add_action
from noaber.apps.library.enums import Relation
from noaber.apps.library.services.links import check_seen, link
from noaber.apps.plans.enums import PlanState
from noaber.apps.plans.models import HEAVIEST, ActionWeight, Objective, Plan
from noaber.apps.plans.services.common import check_optional, check_title, check_years, lock_plan, lock_writable, tell
from noaber.apps.plans.values import ObjectiveData
from noaber.apps.records.enums import ChangeAction
from noaber.apps.records.history import Author, change, keep_history
from noaber.apps.records.rows import lock_row
from noaber.apps.records.words import Values
from noaber.core.problems import InvalidInput, NotAllowed, Problem
from noaber.web.clock import now


def add_objective(acting: Acting, plan: Plan, data: ObjectiveData, *, parent: Objective | None = None) -> Objective:
    """Add an objective at the end of a plan, or as the last part of another one.

    Raises
    ------
    NotAllowed
        Where the plan is adopted, another organisation's, or the year's part of a programme; or `parent` is a part.
    InvalidInput
        Without words, or with years outside those of the plan.
    """
    with transaction.atomic():
        locked = lock_writable(acting, plan)
        if locked.programme_id is not None:
            raise NotAllowed("plan.is-a-part")
        if parent is not None:
            _lock(parent)
        if parent is not None and (parent.plan_id != locked.pk or parent.parent_id is not None):
            raise NotAllowed("plan.two-levels")
        values = _values(locked, data)
        objective = Objective(plan=locked, parent=parent, position=_next_position(locked, parent), **values)
        objective.save(force_insert=True)
        keep_history(acting, objective, ChangeAction.ADDED)
        tell(locked)
        return objective


def change_objective(acting: Acting, objective: Objective, data: ObjectiveData) -> None:
    with transaction.atomic():
        plan = lock_writable(acting, objective.plan)
        change(acting, _lock(objective), _values(plan, data))
        tell(plan)


def remove_objective(acting: Acting, objective: Objective) -> None:
    """Take an objective with its parts out of a draft. Comments on it stay, and so do the actions."""
    with transaction.atomic():
        plan = lock_writable(acting, objective.plan)
        gone = _lock(objective)
        keep_history(acting, plan, ChangeAction.CHANGED, {"objectives": (str(gone), "")})
        gone.delete()
        _renumber(Objective.objects.filter(plan=plan, parent=gone.parent))
        tell(plan)


def move_objective(acting: Acting, objective: Objective, *, down: bool) -> None:
    """Let an objective change places with the one before it, or behind it; at the end it stays."""
    siblings = list(_siblings(objective))
    place = next(at for at, one in enumerate(siblings) if one.pk == objective.pk)
    place_objective(acting, objective, place + (1 if down else -1))


def place_objective(acting: Acting, objective: Objective, place: int) -> None:
    """Put an objective at a place among those beside it, counted from 0; the others close up."""
    with transaction.atomic():
        plan = lock_writable(acting, objective.plan)
        moved = _lock(objective)
        before = str(moved)
        others = [one for one in _siblings(moved) if one.pk != moved.pk]
        others.insert(min(max(place, 0), len(others)), moved)
        for position, one in enumerate(others, start=1):
            Objective.objects.filter(pk=one.pk).update(position=position)
        moved.refresh_from_db()
        if str(moved) != before:
            keep_history(acting, moved, ChangeAction.CHANGED, {"position": (before, str(moved))})
        tell(plan)


def _siblings(objective: Objective) -> Any:
    return Objective.objects.filter(plan=objective.plan_id, parent=objective.parent_id).order_by("position", "pk")


def _renumber(siblings: Any) -> None:
    for position, one in enumerate(siblings.order_by("position", "pk"), start=1):
        Objective.objects.filter(pk=one.pk).update(position=position)


def _next_position(plan: Plan, parent: Objective | None) -> int:
    beside = Objective.objects.filter(plan=plan, parent=parent)
    return (beside.aggregate(last=Max("position"))["last"] or 0) + 1


def _lock(objective: Objective) -> Objective:
    return lock_row(Objective.objects.select_related("parent"), objective.pk)


def _values(plan: Plan, data: ObjectiveData) -> dict[str, Any]:
    check_years(data.first_year, data.last_year)
    if data.first_year < plan.first_year or data.last_year > plan.last_year:
        raise InvalidInput([Problem("plan.outside-years", "first_year", {"years": plan.years})])
    return {
        "title": check_title(data.title),
        "text": check_optional(data.text, "text"),
        "language": data.language,
        "responsible": data.responsible,
        "first_year": data.first_year,
        "last_year": data.last_year,
    }


def add_action_for(acting: Acting, objective: Objective, data: Values) -> Action:
    """Agree on an action that serves the objective."""
    with transaction.atomic():
        plan = _lock_open(acting, objective)
        action = add_action(acting, data)
        link(Author.of(acting), action, Relation.SERVES, objective, now=now())
        tell(plan)
        return action


def serve_objective(acting: Acting, objective: Objective, action: Action) -> None:
    """Let an action that is there serve the objective; said again, it stays as it was."""
    with transaction.atomic():
        plan = _lock_open(acting, objective)
        check_seen(acting.organisation, action)
        link(Author.of(acting), action, Relation.SERVES, objective, now=now())
        tell(plan)


def weigh_action(acting: Acting, objective: Objective, action: Action, weight: int) -> None:
    """Say how much an action counts within the objective: from 1, as much as any other, to 10."""
    if not 1 <= weight <= HEAVIEST:
        raise InvalidInput([Problem("plan.weight", "weight", {"heaviest": str(HEAVIEST)})])
    with transaction.atomic():
        plan = _lock_open(acting, objective)
        check_seen(acting.organisation, action)
        rows = ActionWeight.objects.filter(objective=objective, action=action)
        before = rows.values_list("weight", flat=True).first() or 1
        rows.delete()
        if weight > 1:
            ActionWeight.objects.create(objective=objective, action=action, weight=weight)
        keep_history(
            acting, objective, ChangeAction.CHANGED, {"weight": (f"{action}: {before}", f"{action}: {weight}")}
        )
        tell(plan)


def _lock_open(acting: Acting, objective: Objective) -> Plan:
    """The plan of an objective, which they may change, unless it is closed."""
    plan = lock_plan(acting, objective.plan)
    if plan.state == PlanState.CLOSED:
        raise NotAllowed("plan.closed")
    return plan
