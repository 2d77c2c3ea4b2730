"""The next events, as the desk names them."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Final

from django.utils import timezone

from noaber.apps.accounts.acting import Acting
from noaber.apps.events.models import EventDossier
from noaber.apps.records.desk import MOST_OF_ONE, AheadRow

EVENT_DAYS: Final = 60


def events_ahead(acting: Acting, status: str, at: datetime.datetime) -> Iterator[AheadRow]:
    """Those that run or begin within two months, of those that the reader sees; called off ones left out."""
    last = at + datetime.timedelta(days=EVENT_DAYS)
    seen = EventDossier.objects.visible_to(acting.organisation).filter(status=status, closed_at__isnull=True)
    coming = seen.filter(ends_at__gt=at, begins_at__lte=last).select_related("lead").order_by("begins_at", "code")
    for event in coming[:MOST_OF_ONE]:
        runs = event.begins_at <= at
        yield AheadRow(
            on=timezone.localdate(event.begins_at),
            title=event.words,
            detail=event.lead.code,
            url=event.get_absolute_url(),
            until=timezone.localdate(event.last_at) if runs else None,
        )
