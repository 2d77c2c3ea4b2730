"""Events as rows of the list, as a month, and as a calendar that others read."""

from __future__ import annotations

import calendar
import datetime
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from icalendar import Calendar, Event

from noaber.apps.events.enums import STATE_WORDS, EventState
from noaber.apps.events.models import EventDossier, LiaisonShift
from noaber.web import wording
from noaber.web.tables import Column

LOOKS: Final[dict[EventState, tuple[str, str]]] = {
    EventState.PREPARED: ("", "clock"),
    EventState.RUNNING: ("tag--info", "part"),
    EventState.OVER: ("tag--warn", "warn"),
    EventState.CLOSED: ("tag--ok", "yes"),
    EventState.CALLED_OFF: ("", "no"),
}
_REFRESH: Final = datetime.timedelta(hours=6)
_MONTH: Final = re.compile(r"(?P<year>(?:19|20)[0-9]{2})-(?P<month>[0-9]{2})", re.ASCII)


@dataclass(frozen=True)
class StateView:
    label: str
    css: str
    icon: str


@dataclass(frozen=True)
class EventRow:
    """An event at a moment."""

    event: EventDossier
    at: datetime.datetime

    @property
    def state_code(self) -> EventState:
        return self.event.state_at(self.at)

    @property
    def state(self) -> StateView:
        css, icon = LOOKS[self.state_code]
        return StateView(str(STATE_WORDS[self.state_code]), css, icon)

    @property
    def places(self) -> str:
        return ", ".join(dict.fromkeys(place.name for place in self.event.places.all()))

    @property
    def days_until(self) -> int:
        return max(0, (self.event.begins_at - self.at).days)

    @property
    def is_far(self) -> bool:
        return self.days_until > wording.MOST_DAYS_COUNTED


COLUMNS: Final = (
    Column("title", gettext_lazy("Event"), lambda row: row.event.title),
    Column("begins", gettext_lazy("Begins"), lambda row: row.event.begins_at),
    Column("ends", gettext_lazy("Ends"), lambda row: row.event.ends_at),
    Column("places", gettext_lazy("Places"), lambda row: row.places),
    Column("lead", gettext_lazy("Lead"), lambda row: row.event.lead.code),
    Column("public", gettext_lazy("Expected public"), lambda row: row.event.expected_public, numeric=True),
    Column("state", gettext_lazy("State"), lambda row: list(EventState).index(row.state_code)),
)
FILE_COLUMNS: Final = (
    Column("code", gettext_lazy("Code"), lambda row: row.event.code),
    Column("title", gettext_lazy("Event"), lambda row: row.event.title),
    Column("kind", gettext_lazy("Kind"), lambda row: str(row.event.get_kind_display())),
    *COLUMNS[1:6],
    Column("state", gettext_lazy("State"), lambda row: row.state.label),
    Column("owner", gettext_lazy("Kept by"), lambda row: row.event.owner.code),
    Column("tlp", "TLP", lambda row: row.event.tlp),
)


@dataclass(frozen=True)
class Day:
    date: datetime.date
    within: bool
    today: bool
    events: tuple[EventDossier, ...]


@dataclass(frozen=True)
class Month:
    """A month as weeks of seven days, Monday first."""

    first: datetime.date
    weeks: tuple[tuple[Day, ...], ...]

    @property
    def before(self) -> str:
        return f"{self.first - datetime.timedelta(days=1):%Y-%m}"

    @property
    def after(self) -> str:
        return f"{self.first + datetime.timedelta(days=32):%Y-%m}"


def read_month(asked: str, today: datetime.date) -> datetime.date:
    """The first day of the month that the address names; of this one where it names none within two centuries."""
    found = _MONTH.fullmatch(asked)
    if found is None or not 1 <= int(found["month"]) <= 12:
        return today.replace(day=1)
    return datetime.date(int(found["year"]), int(found["month"]), 1)


def month_of_next(events: Iterable[EventDossier], today: datetime.date) -> str:
    """The month of the next event that is not over; of today where there is none. `events` in their order."""
    ahead = next((event for event in events if event.last_at.date() >= today), None)
    first = max(ahead.begins_at.date(), today) if ahead else today
    return f"{first:%Y-%m}"


def present_month(
    first: datetime.date, events: Sequence[EventDossier], *, zone: ZoneInfo, today: datetime.date
) -> Month:
    spans = [(event, *_days(event, zone)) for event in events]
    weeks = tuple(
        tuple(
            Day(
                date,
                date.month == first.month,
                date == today,
                tuple(event for event, begins, ends in spans if begins <= date <= ends),
            )
            for date in week
        )
        for week in calendar.Calendar().monthdatescalendar(first.year, first.month)
    )
    return Month(first, weeks)


def _days(event: EventDossier, zone: ZoneInfo) -> tuple[datetime.date, datetime.date]:
    """The first and the last day of an event."""
    return event.begins_at.astimezone(zone).date(), event.last_at.astimezone(zone).date()


def write_calendar(
    events: Iterable[EventDossier],
    *,
    address: Callable[[str], str],
    now: datetime.datetime,
    shifts: Iterable[LiaisonShift] = (),
) -> bytes:
    """The events as iCalendar (RFC 5545), with shifts of liaison officers at them. They keep nobody busy."""
    calendar_ = Calendar()
    calendar_.add("prodid", "-//Noaber//Events//EN")
    calendar_.add("version", "2.0")
    calendar_.add("x-wr-calname", _("Events"))
    calendar_.add("refresh-interval", _REFRESH, parameters={"VALUE": "DURATION"})
    for event in events:
        calendar_.add_component(_entry(event, address, now))
    for shift in shifts:
        calendar_.add_component(_shift(shift, address, now))
    return bytes(calendar_.to_ical())


def _entry(event: EventDossier, address: Callable[[str], str], now: datetime.datetime) -> Event:
    entry = Event()
    entry.add("uid", f"event-{event.pk}@{settings.NOABER_NODE or 'noaber'}")
    entry.add("dtstamp", now)
    entry.add("dtstart", event.begins_at.astimezone(datetime.UTC))
    entry.add("dtend", event.ends_at.astimezone(datetime.UTC))
    entry.add("summary", f"{event.code} {event.title}")
    places = ", ".join(dict.fromkeys(place.name for place in event.places.all()))
    if places:
        entry.add("location", places)
    if event.is_called_off:
        entry.add("status", "CANCELLED")
    said = [f"{wording.label(_('Lead'))} {event.lead.code}", event.summary, f"TLP:{event.tlp}", event.status]
    entry.add("description", "\n".join(line for line in said if line))
    entry.add("url", address(event.get_absolute_url()))
    entry.add("transp", "TRANSPARENT")
    return entry


def _shift(shift: LiaisonShift, address: Callable[[str], str], now: datetime.datetime) -> Event:
    entry, event = Event(), shift.event
    entry.add("uid", f"shift-{shift.pk}@{settings.NOABER_NODE or 'noaber'}")
    entry.add("dtstamp", now)
    entry.add("dtstart", shift.begins_at.astimezone(datetime.UTC))
    entry.add("dtend", shift.ends_at.astimezone(datetime.UTC))
    entry.add("summary", f"{event.code}: {shift.organisation.code}, {shift.function}")
    if shift.place:
        entry.add("location", shift.place)
    said = [shift.phone, shift.handover, f"TLP:{event.tlp}", event.status]
    entry.add("description", "\n".join(line for line in said if line))
    entry.add("url", f"{address(event.get_absolute_url())}#shifts")
    entry.add("transp", "TRANSPARENT")
    return entry
