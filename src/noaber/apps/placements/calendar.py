"""Placements as iCalendar (RFC 5545): whole days, with a UID that lasts and a SEQUENCE that grows with each change."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable
from typing import Final

from django.conf import settings
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from noaber.apps.placements.enums import PlacementState
from noaber.apps.placements.models import ExchangePlacement

REFRESH: Final = datetime.timedelta(hours=6)
_STATES: Final = {PlacementState.PLANNED: "TENTATIVE", PlacementState.CANCELLED: "CANCELLED"}


def write_calendar(
    placements: Iterable[ExchangePlacement], *, address: Callable[[str], str], now: datetime.datetime
) -> bytes:
    """The stays, for a calendar that asks once or again and again; no person is named in it."""
    calendar = Calendar()
    calendar.add("prodid", "-//Noaber//Exchanges//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", _("Exchanges"))
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    for record in placements:
        calendar.add_component(_entry(record, address, now))
    return bytes(calendar.to_ical())


def _entry(record: ExchangePlacement, address: Callable[[str], str], now: datetime.datetime) -> Event:
    entry = Event()
    entry.add("uid", f"placement-{record.pk}@{settings.NOABER_NODE or 'noaber'}")
    entry.add("sequence", record.sequence)
    entry.add("dtstamp", now)
    entry.add("dtstart", record.begins_on)
    entry.add("dtend", record.ends_on + datetime.timedelta(days=1))
    entry.add("summary", record.title)
    if record.place.town:
        entry.add("location", record.place.town)
    entry.add("description", f"{record.get_state_display()}\nTLP:{record.tlp}")
    entry.add("status", _STATES.get(PlacementState(record.state), "CONFIRMED"))
    entry.add("url", address(record.get_absolute_url()))
    entry.add("transp", "TRANSPARENT")
    return entry
