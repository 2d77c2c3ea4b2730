"""Reminding everybody at once: those who are late in a plan, those who have not commented on its draft.

It is written down, and stands at their desk until they are late no more, or have spoken. Nobody is reminded of the
same twice a day.
"""

from __future__ import annotations

from django.db import transaction

from noaber.apps.accounts.acting import Acting
from noaber.apps.accounts.models import Organisation
from noaber.apps.accounts.queries import keeps
from noaber.apps.accounts.services import announce
from noaber.apps.plans.enums import PlanState
from noaber.apps.plans.models import Consultation, Plan, Reminder
from noaber.apps.plans.reminders import late_others, not_yet_today, silent_others
from noaber.apps.plans.services.common import lock_plan
from noaber.apps.plans.standing import plan_on
from noaber.apps.records.enums import ChangeAction
from noaber.apps.records.history import Author, keep_history
from noaber.core.problems import NotAllowed
from noaber.web.clock import now


def remind_late(acting: Acting, plan: Plan) -> list[Organisation]:
    """Remind every other organisation that is late with an action of the plan and sees it.

    Raises
    ------
    NotAllowed
        Unless they may change the plan; where it is closed; where nobody is left to remind today.
    """
    with transaction.atomic():
        locked = lock_plan(acting, plan)
        if locked.state == PlanState.CLOSED:
            raise NotAllowed("plan.closed")
        view = plan_on(acting.organisation, locked, acting.today)
        return _remind(acting, locked, None, late_others(view, keeps(acting.organisation)))


def remind_silent(acting: Acting, consultation: Consultation) -> list[Organisation]:
    """Remind every organisation that is consulted and has neither commented nor said that it will not.

    Raises
    ------
    NotAllowed
        Unless they may change the plan; where no comments are taken; where nobody is left to remind today.
    """
    with transaction.atomic():
        locked = lock_plan(acting, consultation.plan)
        current = Consultation.objects.select_for_update().get(pk=consultation.pk)
        if not current.takes_comments(acting.today):
            raise NotAllowed("plan.consultation-over")
        return _remind(acting, locked, current, silent_others(current))


def _remind(
    acting: Acting, plan: Plan, consultation: Consultation | None, organisations: list[Organisation]
) -> list[Organisation]:
    reminded = not_yet_today(organisations, plan, consultation, acting.zone)
    if not reminded:
        raise NotAllowed("plan.nobody-to-remind")
    by = Author.of(acting).by
    Reminder.objects.bulk_create(
        Reminder(plan=plan, consultation=consultation, organisation=organisation, by=by, at=now())
        for organisation in reminded
    )
    codes = ", ".join(organisation.code for organisation in reminded)
    keep_history(acting, plan, ChangeAction.CHANGED, {"reminded": ("", codes)})
    announce([plan.owner, *reminded])
    return reminded
