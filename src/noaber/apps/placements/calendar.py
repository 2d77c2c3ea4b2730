"""Placements as iCalendar (RFC 5545): whole days, with a UID that lasts and a SEQUENCE that grows with each change.

The deadlines of calls stand beside them, as moments.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator
from typing import Final

from django.conf import settings
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from noaber.apps.placements.enums import CallState, PlacementState
from noaber.apps.placements.models import ExchangeCall, ExchangePlacement

REFRESH: Final = datetime.timedelta(hours=6)
_STATES: Final = {PlacementState.PLANNED: "TENTATIVE", PlacementState.CANCELLED: "CANCELLED"}


def write_calendar(
    placements: Iterable[ExchangePlacement],
    *,
    calls: Iterable[ExchangeCall] = (),
    address: Callable[[str], str],
    now: datetime.datetime,
) -> bytes:
    """Stays and deadlines, for a calendar that asks once or again and again; no person is named in it."""
    calendar = Calendar()
    calendar.add("prodid", "-//Noaber//Exchanges//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", _("Exchanges"))
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    for record in placements:
        calendar.add_component(_entry(record, address, now))
    for call in calls:
        for deadline in _deadlines(call, address, now):
            calendar.add_component(deadline)
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


def _deadlines(call: ExchangeCall, address: Callable[[str], str], now: datetime.datetime) -> Iterator[Event]:
    """Until when one applies and hosts rank, as far as that is still to come for the call."""
    if call.state in (CallState.PREPARED, CallState.OPEN):
        yield _deadline(call, "applied", _("Applications close: %(call)s"), call.closes_at, address, now)
    if call.state != CallState.MATCHED:
        yield _deadline(call, "ranked", _("Rankings close: %(call)s"), call.ranked_by, address, now)


def _deadline(
    call: ExchangeCall,
    what: str,
    text: str,
    at: datetime.datetime,
    address: Callable[[str], str],
    now: datetime.datetime,
) -> Event:
    entry = Event()
    entry.add("uid", f"call-{call.pk}-{what}@{settings.NOABER_NODE or 'noaber'}")
    entry.add("dtstamp", now)
    entry.add("dtstart", at.astimezone(datetime.UTC))
    entry.add("summary", text % {"call": call.title})
    entry.add("description", f"TLP:{call.programme.tlp}")
    entry.add("url", address(call.get_absolute_url()))
    entry.add("transp", "TRANSPARENT")
    return entry
