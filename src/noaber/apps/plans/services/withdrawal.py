"""A draft that was begun by mistake is withdrawn, and taken up again where that was the mistake."""

from __future__ import annotations

from django.db import transaction

from noaber.apps.accounts.acting import Acting
from noaber.apps.plans.enums import PlanState
from noaber.apps.plans.models import Objective, Plan
from noaber.apps.plans.queries import list_plans
from noaber.apps.plans.services.common import lock_kept, lock_plan, step, tell
from noaber.apps.records.history import Author
from noaber.apps.records.words import check_words
from noaber.core.problems import NotAllowed
from noaber.web.clock import now
from noaber.web.written import tell_written


def withdraw_plan(acting: Acting, plan: Plan, *, reason: str, language: str) -> None:
    """Withdraw a draft that never was adopted; an open consultation ends by that.

    It keeps its number, objectives, comments and history, and its links; nobody works by it any more.

    Raises
    ------
    NotAllowed
        Unless they may change it; where it was adopted once; while an annual plan that they see is part of it.
    """
    words = check_words(reason, "reason")
    with transaction.atomic():
        locked = lock_plan(acting, plan)
        if locked.adopted_on is not None:
            raise NotAllowed("plan.was-adopted")
        parts = list_plans(acting.organisation).filter(programme=locked).exclude(state=PlanState.WITHDRAWN)
        if numbers := sorted(parts.values_list("number", flat=True)):
            raise NotAllowed("plan.has-parts", numbers=", ".join(numbers))
        locked.withdrawn_at, locked.withdrawn_by = now(), Author.of(acting).by
        locked.withdrawal, locked.withdrawal_language = words, language
        step(acting, locked, PlanState.WITHDRAWN, reason=words)
        locked.consultations.filter(closed_at__isnull=True).update(closed_at=now())
        _tell(locked)


def take_up_plan(acting: Acting, plan: Plan) -> None:
    """Make a withdrawn draft a draft again. Its consultation stays closed; another one can be opened.

    Raises
    ------
    NotAllowed
        Unless they may change it, and it is withdrawn.
    """
    with transaction.atomic():
        locked = lock_kept(acting, plan)
        if not locked.is_withdrawn:
            raise NotAllowed("plan.step-gone")
        locked.withdrawn_at = None
        locked.withdrawn_by = locked.withdrawal = locked.withdrawal_language = ""
        step(acting, locked, PlanState.DRAFT)
        _tell(locked)


def _tell(plan: Plan) -> None:
    """Its objectives are found by search, or no longer; and whoever sees the plan is told."""
    tell_written(Objective, plan.objectives.values_list("pk", flat=True))
    tell(plan)
