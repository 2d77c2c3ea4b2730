"""Plans at the desk: a draft to comment on, comments to answer, what one is late with and was reminded of.

Only for who works on the cooperation.
"""

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
from noaber.apps.accounts.models import Organisation
from noaber.apps.accounts.queries import keeps
from noaber.apps.plans.enums import OVER
from noaber.apps.plans.models import Consultation, Consulted, Plan
from noaber.apps.plans.reminders import LateLine, late_lines, silent_reminders
from noaber.apps.plans.standing import plan_on
from noaber.apps.records.desk import DeskRow, end_of
from noaber.web import wording

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
    kept = Consultation.objects.filter(plan__owner__in=keeps(acting.organisation)).exclude(plan__state__in=OVER)
    counted = kept.select_related("plan__owner").annotate(unanswered=Count("comments", filter=Q(comments__outcome="")))
    for consultation in counted.filter(unanswered__gt=0)[:MOST_AT_THE_DESK]:
        yield _to_answer(consultation, acting)


def waiting_late(acting: Acting, _status: str, at: datetime.datetime) -> Iterator[DeskRow]:
    """A row for each plan whose keeper reminded the organisation, until nothing of its own is late there."""
    if not acting.may(Permission.COOPERATE):
        return
    reader, today = acting.organisation, at.astimezone(acting.zone).date()
    reminded = Q(reminders__organisation=reader, reminders__consultation=None)
    plans = Plan.objects.visible_to(reader).exclude(state__in=OVER).select_related("owner")
    for plan in plans.filter(reminded).distinct()[:MOST_AT_THE_DESK]:
        own = [one for one in late_lines(plan_on(reader, plan, today), acting.zone) if _is_own(one, reader)]
        if own:
            yield _to_report(plan, own, acting)


def _is_own(late: LateLine, reader: Organisation) -> bool:
    """Whether the reader is to do it, and was reminded of it."""
    return late.line.action.responsible_id == reader.pk and late.reminded_at is not None


def _to_report(plan: Plan, late: list[LateLine], acting: Acting) -> DeskRow:
    last = max(one.reminded_at for one in late if one.reminded_at)
    first = min(one.line.action.due_on for one in late if one.line.action.due_on)
    return DeskRow(
        key=f"plan-late-{plan.pk}",
        text=_("Late in the plan: %(plan)s") % {"plan": plan.title},
        detail=ngettext("%(count)s action", "%(count)s actions", len(late)) % {"count": len(late)},
        other=plan.owner.code,
        other_detail=_reminded(last),
        url=f"{plan.get_absolute_url()}#late",
        action=_("Report"),
        due_at=end_of(first, acting.zone),
        since=last,
    )


def _reminded(at: datetime.datetime) -> str:
    return _("reminded you on %(day)s") % {"day": wording.day(at)}


def _to_comment(consultation: Consultation, acting: Acting) -> DeskRow:
    plan = consultation.plan
    reminded = silent_reminders(consultation).get(acting.organisation.pk)
    return DeskRow(
        key=f"consultation-{consultation.pk}",
        text=_("Draft to comment on: %(plan)s") % {"plan": plan.title},
        detail=plan.years,
        other=plan.owner.code,
        other_detail=_reminded(reminded) if reminded else _("consults you"),
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
