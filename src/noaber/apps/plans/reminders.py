"""Who can be reminded, and since when they have been: of what is late in a plan, of a draft to comment on."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from noaber.apps.accounts.models import Organisation
from noaber.apps.accounts.sharing import readers_of
from noaber.apps.plans.models import Consultation, Plan, Reminder
from noaber.apps.plans.standing import ActionLine, PlanView
from noaber.web.clock import now


def late_others(view: PlanView, kept: frozenset[int]) -> list[Organisation]:
    """Who is late with an action of a plan that they see, in the order of the longest delay; none of `kept`."""
    late = {line.action.responsible_id: line.action.responsible for line in view.late}
    readers = set(readers_of(view.plan).filter(pk__in=late).values_list("pk", flat=True))
    return [organisation for key, organisation in late.items() if key in readers - kept]


def silent_others(consultation: Consultation) -> list[Organisation]:
    """Who is consulted and has not spoken yet."""
    spoken = set(consultation.comments.values_list("organisation_id", flat=True))
    asked = consultation.consulted.filter(done_at__isnull=True).select_related("organisation")
    return [one.organisation for one in asked if one.organisation_id not in spoken]


def not_yet_today(
    organisations: Iterable[Organisation], plan: Plan, consultation: Consultation | None, zone: datetime.tzinfo
) -> list[Organisation]:
    """Those of `organisations` that were not reminded today, of what is late or, with a consultation, to comment."""
    midnight = datetime.datetime.combine(now().astimezone(zone).date(), datetime.time(), zone)
    earlier = Reminder.objects.filter(plan=plan, consultation=consultation, at__gte=midnight)
    told = set(earlier.values_list("organisation_id", flat=True))
    return [organisation for organisation in organisations if organisation.pk not in told]


def late_reminders(plan: Plan) -> dict[int, datetime.datetime]:
    """When each organisation was last reminded of what is late in the plan."""
    return _last(plan.reminders.filter(consultation=None))


def silent_reminders(consultation: Consultation) -> dict[int, datetime.datetime]:
    """When each organisation was last reminded to comment."""
    return _last(consultation.reminders.all())


def _last(reminders: Iterable[Reminder]) -> dict[int, datetime.datetime]:
    """The newest stand first."""
    found: dict[int, datetime.datetime] = {}
    for one in reminders:
        found.setdefault(one.organisation_id, one.at)
    return found


@dataclass(frozen=True)
class LateLine:
    """An action that is late; `reminded_at` is when whoever does it was last reminded of it, None for never."""

    line: ActionLine
    reminded_at: datetime.datetime | None


def late_lines(view: PlanView, zone: datetime.tzinfo) -> list[LateLine]:
    """What is late in a plan, the longest first. A reminder from before it was late does not count."""
    reminders = late_reminders(view.plan)
    return [LateLine(line, _counted(line, reminders.get(line.action.responsible_id), zone)) for line in view.late]


def _counted(line: ActionLine, at: datetime.datetime | None, zone: datetime.tzinfo) -> datetime.datetime | None:
    due_on = line.action.due_on
    return at if at and due_on and at.astimezone(zone).date() > due_on else None
