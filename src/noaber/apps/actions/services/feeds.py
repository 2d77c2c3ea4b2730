"""Private addresses of calendars: made when first asked for, made anew when one may have leaked."""

from __future__ import annotations

import secrets

from noaber.apps.accounts.acting import Acting
from noaber.apps.actions.models import CalendarFeed
from noaber.web.clock import now


def get_feed(acting: Acting) -> CalendarFeed:
    """The person's feed for the organisation."""
    feed, _created = CalendarFeed.objects.get_or_create(
        person=acting.person,
        organisation=acting.organisation,
        defaults={"nonce": secrets.token_hex(16), "renewed_at": now()},
    )
    return feed


def renew_feed(acting: Acting) -> CalendarFeed:
    """Give the feed another address; who has the old one receives nothing any more."""
    feed, _created = CalendarFeed.objects.update_or_create(
        person=acting.person,
        organisation=acting.organisation,
        defaults={"nonce": secrets.token_hex(16), "renewed_at": now()},
    )
    return feed
