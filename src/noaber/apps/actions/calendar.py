"""Due days as iCalendar (RFC 5545): a file of what a list shows, and a private feed that calendars ask for again.

The address of a feed is signed with the node's secret, so that the database alone opens no calendar. Each day is an
entry of the whole day that keeps nobody busy; whoever is no longer a member gets nothing.
"""

from __future__ import annotations

import datetime
import secrets
from collections.abc import Callable, Iterable
from typing import Final

from django.conf import settings
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from icalendar import Alarm, Calendar, Event

from noaber.apps.accounts.acting import Acting, acting_for
from noaber.apps.actions.models import Action, CalendarFeed
from noaber.core.problems import NotFound

CALENDAR_TYPE: Final = "text/calendar; charset=utf-8"
_SALT: Final = "noaber.actions.calendar"
_REFRESH: Final = datetime.timedelta(hours=6)
_REMINDED: Final = datetime.timedelta(days=7)
"""How long before its day a calendar reminds of what is still to do."""


def feed_token(feed: CalendarFeed) -> str:
    """The secret part of the address."""
    return salted_hmac(_SALT, f"{feed.pk}:{feed.nonce}", algorithm="sha256").hexdigest()[:40]


def open_feed(pk: int, token: str) -> Acting:
    """For whom the address stands.

    Raises
    ------
    NotFound
        Where it stands for nobody: renewed since, of someone who left, or made up.
    """
    feed = CalendarFeed.objects.filter(pk=pk).select_related("person", "organisation").first()
    if feed is None or not secrets.compare_digest(feed_token(feed).encode(), token.encode()):
        raise NotFound
    acting = acting_for(feed.person, feed.organisation.code) if feed.person.is_active else None
    if acting is None or acting.organisation != feed.organisation:
        raise NotFound
    return acting


def write_calendar(actions: Iterable[Action], *, address: Callable[[str], str], now: datetime.datetime) -> bytes:
    """The due days of `actions`; what has none is left out.

    Parameters
    ----------
    address
        Makes the full address of a path.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//Noaber//Actions//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", _("Actions of the cooperation"))
    calendar.add("refresh-interval", _REFRESH, parameters={"VALUE": "DURATION"})
    for action in actions:
        if action.due_on is not None:
            calendar.add_component(_entry(action, action.due_on, address, now))
    return bytes(calendar.to_ical())


def _entry(action: Action, due_on: datetime.date, address: Callable[[str], str], now: datetime.datetime) -> Event:
    entry = Event()
    entry.add("uid", f"{action.number}@{settings.NOABER_NODE or 'noaber'}")
    entry.add("dtstamp", now)
    entry.add("dtstart", due_on)
    entry.add("dtend", due_on + datetime.timedelta(days=1))
    entry.add("summary", f"{action.number} {action.title}")
    said = [f"{action.responsible.code}: {action.get_state_display()}", action.description, f"TLP:{action.tlp}"]
    entry.add("description", "\n".join(line for line in said if line))
    entry.add("url", address(action.get_absolute_url()))
    entry.add("transp", "TRANSPARENT")
    if action.is_under_way:
        entry.add_component(_reminder(entry))
    return entry


def _reminder(entry: Event) -> Alarm:
    """What a calendar shows some days before."""
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", entry["summary"])
    alarm.add("trigger", -_REMINDED)
    return alarm
