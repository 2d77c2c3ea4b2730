"""Meetings as iCalendar (RFC 5545, RFC 5546): an invitation that updates, its cancellation, and a private feed.

The UID lasts; SEQUENCE grows with each version of the invitation. Where no times are known, the entry is of whole
days. A participant without a mail address has none to write: then the address says so ("invalid:nomail").
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable
from typing import Final

from django.conf import settings
from django.utils.translation import gettext as _
from icalendar import Calendar, Event, vCalAddress

from noaber.apps.meetings.enums import Answer, Capacity, MeetingState
from noaber.apps.meetings.models import Meeting, Participant
from noaber.apps.meetings.queries import why_called_off

REFRESH: Final = datetime.timedelta(hours=6)
_NO_MAIL: Final = "invalid:nomail"
_ANSWERS: Final = {
    Answer.INVITED: "NEEDS-ACTION",
    Answer.ACCEPTED: "ACCEPTED",
    Answer.DECLINED: "DECLINED",
    Answer.PRESENT: "ACCEPTED",
    Answer.ABSENT: "DECLINED",
}
_STATES: Final = {MeetingState.PLANNED: "TENTATIVE", MeetingState.CALLED_OFF: "CANCELLED"}
Address = Callable[[str], str]


def write_invitation(
    meeting: Meeting, participants: Iterable[Participant], *, address: Address, now: datetime.datetime
) -> bytes:
    """One meeting as METHOD:REQUEST, or METHOD:CANCEL where it was called off."""
    calendar = _calendar()
    cancelled = meeting.state == MeetingState.CALLED_OFF
    calendar.add("method", "CANCEL" if cancelled else "REQUEST")
    entry = _entry(meeting, address, now)
    entry.add("organizer", _organizer(meeting))
    for somebody in participants:
        entry.add("attendee", _attendee(somebody))
    calendar.add_component(entry)
    return bytes(calendar.to_ical())


def write_feed(meetings: Iterable[Meeting], *, address: Address, now: datetime.datetime) -> bytes:
    """Many meetings, for a calendar that asks again and again."""
    calendar = _calendar()
    calendar.add("x-wr-calname", _("Meetings of the cooperation"))
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    for meeting in meetings:
        calendar.add_component(_entry(meeting, address, now))
    return bytes(calendar.to_ical())


def _calendar() -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", "-//Noaber//Meetings//EN")
    calendar.add("version", "2.0")
    return calendar


def _entry(meeting: Meeting, address: Address, now: datetime.datetime) -> Event:
    entry = Event()
    entry.add("uid", f"meeting-{meeting.pk}@{settings.NOABER_NODE or 'noaber'}")
    entry.add("sequence", meeting.sequence)
    entry.add("dtstamp", now)
    _add_times(entry, meeting)
    entry.add("summary", meeting.title)
    if where := ", ".join(part for part in (meeting.place, meeting.video_link) if part):
        entry.add("location", where)
    said = [str(meeting.get_state_display()), why_called_off(meeting), f"TLP:{meeting.tlp}"]
    entry.add("description", "\n".join(line for line in said if line))
    entry.add("url", address(meeting.get_absolute_url()))
    entry.add("status", _STATES.get(MeetingState(meeting.state), "CONFIRMED"))
    return entry


def _add_times(entry: Event, meeting: Meeting) -> None:
    """The instants in UTC; whole days where no time is known."""
    begins, ends = meeting.begins_at, meeting.ends_at
    if begins is None:
        entry.add("dtstart", meeting.starts_on)
        entry.add("dtend", meeting.ends_on + datetime.timedelta(days=1))
        return
    entry.add("dtstart", begins.astimezone(datetime.UTC))
    if ends is not None:
        entry.add("dtend", ends.astimezone(datetime.UTC))


def _organizer(meeting: Meeting) -> vCalAddress:
    return _named(_NO_MAIL, meeting.owner.code)


def _attendee(somebody: Participant) -> vCalAddress:
    who = _named(f"mailto:{somebody.mail}" if somebody.mail else _NO_MAIL, somebody.name)
    who.params["ROLE"] = "REQ-PARTICIPANT" if somebody.capacity == Capacity.MEMBER else "OPT-PARTICIPANT"
    who.params["PARTSTAT"] = _ANSWERS[Answer(somebody.answer)]
    if somebody.answer == Answer.INVITED:
        who.params["RSVP"] = "TRUE"
    return who


def _named(uri: str, name: str) -> vCalAddress:
    address = vCalAddress(uri)
    address.params["CN"] = name
    return address
