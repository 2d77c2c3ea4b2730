"""Indicators of an objective, and what was measured. A measurement is only ever added."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from noaber.apps.accounts.acting import Acting
from noaber.apps.accounts.queries import keeps
from noaber.apps.plans.enums import PlanState
from noaber.apps.plans.models import Indicator, Measurement, Objective, Plan
from noaber.apps.plans.permissions import check_can_measure
from noaber.apps.plans.services.common import LONGEST_SOURCE, check_not_withdrawn, check_title, lock_writable, tell
from noaber.apps.plans.values import IndicatorData
from noaber.apps.records.enums import ChangeAction
from noaber.apps.records.history import Author, change, keep_history
from noaber.apps.records.rows import lock_row
from noaber.apps.records.words import check_words
from noaber.core.problems import InvalidInput, NotAllowed, Problem
from noaber.web.clock import now


def add_indicator(acting: Acting, objective: Objective, data: IndicatorData) -> Indicator:
    with transaction.atomic():
        plan = lock_writable(acting, objective.plan)
        lock_row(Objective.objects.all(), objective.pk)
        indicator = Indicator.objects.create(objective=objective, **_values(data))
        keep_history(acting, objective, ChangeAction.CHANGED, {"indicators": ("", indicator.name)})
        tell(plan)
        return indicator


def change_indicator(acting: Acting, indicator: Indicator, data: IndicatorData) -> None:
    with transaction.atomic():
        plan = lock_writable(acting, indicator.objective.plan)
        change(acting, lock_row(Indicator.objects.all(), indicator.pk), _values(data))
        tell(plan)


def remove_indicator(acting: Acting, indicator: Indicator) -> None:
    with transaction.atomic():
        plan = lock_writable(acting, indicator.objective.plan)
        gone = lock_row(Indicator.objects.all(), indicator.pk)
        keep_history(acting, indicator.objective, ChangeAction.CHANGED, {"indicators": (gone.name, "")})
        gone.delete()
        tell(plan)


def measure(acting: Acting, indicator: Indicator, *, on: datetime.date, value: Decimal, source: str) -> Measurement:
    """Put down what an indicator is on a day, and where that comes from.

    Raises
    ------
    NotAllowed
        Unless the organisation keeps the plan or leads the objective, and the plan is neither closed nor withdrawn.
    InvalidInput
        Without a source, or for a day ahead.
    """
    words = check_words(source, "source", longest=LONGEST_SOURCE)
    if on > acting.today:
        raise InvalidInput([Problem("plan.measured-ahead", "on")])
    with transaction.atomic():
        objective = indicator.objective
        plan = Plan.objects.select_for_update().get(pk=objective.plan_id)
        check_can_measure(
            acting.roles, owner=plan.owner_id, responsible=objective.responsible_id, kept=keeps(acting.organisation)
        )
        check_not_withdrawn(plan)
        if plan.state == PlanState.CLOSED:
            raise NotAllowed("plan.closed")
        lock_row(Indicator.objects.all(), indicator.pk)
        measured = Measurement.objects.create(
            indicator=indicator,
            on=on,
            value=value,
            source=words,
            organisation=acting.organisation,
            by=Author.of(acting).by,
            at=now(),
        )
        tell(plan)
        return measured


def _values(data: IndicatorData) -> dict[str, Any]:
    return {
        "name": check_title(data.name, "name"),
        "language": data.language,
        "unit": data.unit.strip(),
        "baseline": data.baseline,
        "target": data.target,
    }
