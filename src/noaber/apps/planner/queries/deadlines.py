"""By when each need of an incident wants help now, for the requests that are written and sent for it."""

from __future__ import annotations

from django.urls import reverse

from noaber.apps.accounts.models import Organisation
from noaber.apps.exchange.need_deadlines import NeedDeadline
from noaber.apps.planner.models import Need


def find_deadlines(owner: Organisation, case_id: str) -> dict[str, NeedDeadline]:
    """By code of the need; as `exchange.stated.FindStated` asks for it."""
    needs = Need.objects.filter(incident__owner=owner, incident__number=case_id)
    return {need.code: NeedDeadline(need.deadline, reverse("need", args=[case_id, need.code])) for need in needs}
