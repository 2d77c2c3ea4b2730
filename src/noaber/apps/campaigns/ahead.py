"""The campaigns that end soon, as the desk names them."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Final

from django.utils import timezone
from django.utils.translation import gettext as _

from noaber.apps.accounts.acting import Acting
from noaber.apps.campaigns.enums import CampaignState
from noaber.apps.campaigns.queries import shown_campaigns
from noaber.apps.records.desk import MOST_OF_ONE, AheadRow

CAMPAIGN_DAYS: Final = 45


def campaigns_ahead(acting: Acting, status: str, at: datetime.datetime) -> Iterator[AheadRow]:
    """Those that run and are to be answered within six weeks, of those that the reader sees."""
    today = timezone.localdate(at)
    last = today + datetime.timedelta(days=CAMPAIGN_DAYS)
    running = shown_campaigns(acting.organisation, status, at).filter(
        state=CampaignState.OPEN, opens_on__lte=today, deadline_on__gte=today, deadline_on__lte=last
    )
    for campaign in running.order_by("deadline_on", "pk")[:MOST_OF_ONE]:
        words = _("Answers due: %(campaign)s") % {"campaign": campaign.title}
        yield AheadRow(campaign.deadline_on, words, campaign.owner.code, campaign.get_absolute_url())
