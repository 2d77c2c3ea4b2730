"""The next handover of the presidency, as the desk names it."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Final

from django.utils import timezone
from django.utils.translation import gettext as _

from noaber.apps.accounts.acting import Acting
from noaber.apps.presidency.queries import list_presidencies
from noaber.apps.records.desk import AheadRow

HANDOVER_DAYS: Final = 183


def handover_ahead(acting: Acting, _status: str, at: datetime.datetime) -> Iterator[AheadRow]:
    """The next presidency that begins within half a year, where the reader sees it."""
    today = timezone.localdate(at)
    last = today + datetime.timedelta(days=HANDOVER_DAYS)
    found = list_presidencies(acting.organisation).filter(first_on__gt=today, first_on__lte=last)
    for presidency in found.order_by("first_on")[:1]:
        words = _("The presidency passes to %(organisation)s") % {"organisation": presidency.organisation.code}
        yield AheadRow(presidency.first_on, words, presidency.title, presidency.get_absolute_url())
