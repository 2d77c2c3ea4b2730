"""What every service of plans needs: the plan, locked and allowed; its history; who is told."""

from __future__ import annotations

from typing import Any, Final

from django.db import IntegrityError, transaction

from noaber.apps.accounts.acting import Acting
from noaber.apps.accounts.models import Organisation
from noaber.apps.accounts.queries import keeps
from noaber.apps.plans.enums import PlanState
from noaber.apps.plans.models import LONGEST_TITLE, Plan, PlanVersion
from noaber.apps.plans.permissions import check_step
from noaber.apps.records.enums import ChangeAction
from noaber.apps.records.history import Author, announce_readers, change
from noaber.apps.records.permissions import check_can_change
from noaber.apps.records.words import check_words
from noaber.core.problems import InvalidInput, NotAllowed, Problem
from noaber.web.clock import now

LONGEST_SOURCE: Final = 300
_TRIES: Final = 5


def lock_kept(acting: Acting, plan: Plan) -> Plan:
    """The plan, locked, of those that they may change, in whichever state it is."""
    locked = Plan.objects.select_for_update().get(pk=plan.pk)
    check_can_change(acting.roles, owner=locked.owner_id, kept=keeps(acting.organisation))
    return locked


def lock_plan(acting: Acting, plan: Plan) -> Plan:
    """The plan, locked, which they may change.

    Raises
    ------
    NotAllowed
        Where it is another organisation's, or was withdrawn.
    """
    locked = lock_kept(acting, plan)
    check_not_withdrawn(locked)
    return locked


def lock_writable(acting: Acting, plan: Plan) -> Plan:
    """The plan, locked, whose objectives they may word.

    Raises
    ------
    NotAllowed
        Where it is adopted or withdrawn, or another organisation's.
    """
    locked = lock_plan(acting, plan)
    if not locked.is_writable:
        raise NotAllowed("plan.adopted")
    return locked


def check_not_withdrawn(plan: Plan) -> None:
    """Raise `NotAllowed` where the plan was withdrawn: then nothing of it changes."""
    if plan.is_withdrawn:
        raise NotAllowed("plan.withdrawn")


def save_numbered(plan: Plan) -> None:
    """Save a new plan under the next number of its first year; again where someone took that at the same moment."""
    prefix = f"P-{plan.first_year}-"
    for _try in range(_TRIES):
        taken = Plan.objects.filter(number__startswith=prefix).values_list("number", flat=True)
        running = max((int(number.removeprefix(prefix)) for number in taken), default=0) + 1
        plan.number = f"{prefix}{running:02d}"
        try:
            with transaction.atomic():
                plan.save(force_insert=True)
        except IntegrityError:
            continue
        return
    raise NotAllowed("action.overtaken")


def step(acting: Acting, locked: Plan, state: PlanState, *, reason: str = "", **fields: Any) -> None:
    """Let a plan go on to a state, with what else changes by that."""
    check_step(locked.state, state)
    change(acting, locked, {"state": state, **fields}, ChangeAction.STATE, reason)


def keep_version(acting: Acting, plan: Plan, kind: str, content: dict[str, Any]) -> None:
    PlanVersion.objects.create(plan=plan, kind=kind, at=now(), by=Author.of(acting).by, content=content)


def tell(plan: Plan, *more: Organisation) -> None:
    """Wake the open pages of whoever sees the plan, or the year's part of it."""
    announce_readers(plan, *more)
    for part in plan.annual_plans.all():
        announce_readers(part)


def check_title(text: str, where: str = "title") -> str:
    return check_words(text, where, longest=LONGEST_TITLE)


def check_optional(text: str, where: str) -> str:
    return check_words(text, where) if text.strip() else ""


def check_years(first_year: int, last_year: int) -> None:
    """Raise `InvalidInput` where the last year lies before the first."""
    if last_year < first_year:
        raise InvalidInput([Problem("plan.years", "last_year", {"first": str(first_year)})])
