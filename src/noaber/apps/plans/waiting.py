"""Consultations at the desk: a draft to comment on, comments to answer. Only for who works on the cooperation."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Final

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from noaber.apps.accounts.acting import Acting
from noaber.apps.accounts.enums import Permission
from noaber.apps.accounts.queries import keeps
from noaber.apps.planner.waiting_rows import DeskRow, end_of
from noaber.apps.plans.models import Consultation, Consulted

MOST_AT_THE_DESK: Final = 5


def waiting_consultations(acting: Acting, _status: str, at: datetime.datetime) -> Iterator[DeskRow]:
    if not acting.may(Permission.COOPERATE):
        return
    today = at.astimezone(acting.zone).date()
    asked = Consulted.objects.filter(
        organisation=acting.organisation,
        done_at__isnull=True,
        consultation__closed_at__isnull=True,
        consultation__until__gte=today,
    ).select_related("consultation__plan__owner")
    for one in asked[:MOST_AT_THE_DESK]:
        yield _to_comment(one.consultation, acting)
    open_ones = Consultation.objects.filter(plan__owner__in=keeps(acting.organisation)).select_related("plan__owner")
    counted = open_ones.annotate(unanswered=Count("comments", filter=Q(comments__outcome="")))
    for consultation in counted.filter(unanswered__gt=0)[:MOST_AT_THE_DESK]:
        yield _to_answer(consultation, acting)


def _to_comment(consultation: Consultation, acting: Acting) -> DeskRow:
    plan = consultation.plan
    return DeskRow(
        key=f"consultation-{consultation.pk}",
        text=_("Draft to comment on: %(plan)s") % {"plan": plan.title},
        detail=plan.years,
        other=plan.owner.code,
        other_detail=_("consults you"),
        url=reverse("plan-consultation", args=[plan.number]),
        action=pgettext("to do", "Comment"),
        due_at=end_of(consultation.until, acting.zone),
        since=consultation.opened_at,
    )


def _to_answer(consultation: Consultation, acting: Acting) -> DeskRow:
    plan, count = consultation.plan, consultation.unanswered  # type: ignore[attr-defined]
    return DeskRow(
        key=f"comments-{consultation.pk}",
        text=_("Comments to answer: %(plan)s") % {"plan": plan.title},
        detail=ngettext("%(count)s comment", "%(count)s comments", count) % {"count": count},
        other=plan.owner.code,
        other_detail=_("keeps the plan"),
        url=reverse("plan-consultation", args=[plan.number]),
        action=pgettext("to do", "Answer"),
        due_at=end_of(consultation.until, acting.zone),
        since=consultation.opened_at,
    )
