"""Meetings, points and decisions as pages and files show them."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from noaber.apps.accounts.models import Organisation, Person
from noaber.apps.meetings.enums import Answer, MeetingState
from noaber.apps.meetings.models import (
    AgendaItem,
    Decision,
    Meeting,
    MinutesDraft,
    MinutesRevision,
    Participant,
    Series,
)
from noaber.apps.meetings.queries import agenda_of, decisions_of, drafts_about, is_writing, open_conflicts
from noaber.web import wording
from noaber.web.ordering import by, by_choice, by_text
from noaber.web.tables import Column

MEETING_LOOKS: Final[dict[str, tuple[str, str]]] = {
    MeetingState.PLANNED: ("", "unknown"),
    MeetingState.CONVENED: ("tag--info", "send"),
    MeetingState.HELD: ("tag--warn", "part"),
    MeetingState.CLOSED: ("tag--ok", "yes"),
    MeetingState.CALLED_OFF: ("", "no"),
}
ANSWER_LOOKS: Final[dict[str, tuple[str, str]]] = {
    Answer.INVITED: ("", "unknown"),
    Answer.ACCEPTED: ("tag--ok", "yes"),
    Answer.DECLINED: ("", "no"),
    Answer.PRESENT: ("tag--ok", "yes"),
    Answer.ABSENT: ("", "no"),
}
"""Of each state or answer, the colour of its tag and its icon; the word says the same."""


@dataclass(frozen=True)
class TagView:
    label: str
    css: str
    icon: str


@dataclass(frozen=True)
class MeetingRow:
    """A meeting; its series where the reader sees it."""

    meeting: Meeting
    series: str

    @property
    def state(self) -> TagView:
        return TagView(str(self.meeting.get_state_display()), *MEETING_LOOKS[self.meeting.state])

    @property
    def days(self) -> str:
        return days_of(self.meeting)

    @property
    def hours(self) -> str:
        return hours_of(self.meeting)


@dataclass(frozen=True)
class ParticipantRow:
    participant: Participant
    mine: bool

    @property
    def answer(self) -> TagView:
        return TagView(str(self.participant.get_answer_display()), *ANSWER_LOOKS[self.participant.answer])


@dataclass(frozen=True)
class ItemView:
    """A point with its minutes: who writes now, who has not saved what they wrote, which versions stand aside, what was
    decided under it."""

    item: AgendaItem
    number: int
    writers: tuple[str, ...]
    unsaved: tuple[MinutesDraft, ...]
    conflicts: tuple[MinutesRevision, ...]
    decisions: tuple[Decision, ...]
    came_from: AgendaItem | None

    @property
    def head(self) -> MinutesRevision | None:
        return self.item.head


def days_of(meeting: Meeting) -> str:
    """The day, or the first and the last."""
    if meeting.ends_on == meeting.starts_on:
        return wording.day(meeting.starts_on)
    return f"{wording.day(meeting.starts_on)} – {wording.day(meeting.ends_on)}"


def hours_of(meeting: Meeting) -> str:
    """The local times where they are known, with their zone."""
    times = [f"{time:%H:%M}" for time in (meeting.starts_time, meeting.ends_time) if time]
    return f"{'–'.join(times)} ({meeting.time_zone})" if times else ""


def present_meetings(reader: Organisation, meetings: Iterable[Meeting]) -> list[MeetingRow]:
    """Rows of meetings, each with its series where the reader sees that."""
    seen = {series.pk: series.name for series in Series.objects.visible_to(reader)}
    return [MeetingRow(meeting, seen.get(meeting.series_id or 0, "")) for meeting in meetings]


def present_participants(meeting: Meeting, kept: frozenset[int]) -> list[ParticipantRow]:
    rows = meeting.participants.select_related("organisation", "meeting")
    order = {"member": 0, "observer": 1, "guest": 2}
    return sorted(
        (ParticipantRow(row, row.organisation_id in kept) for row in rows),
        key=lambda row: (order[row.participant.capacity], row.participant.pk),
    )


def present_items(
    reader: Organisation, meeting: Meeting, at: datetime.datetime, *, without: Person | None = None
) -> list[ItemView]:
    """The points that the reader sees, numbered as they see them; `without` is who need not be told that they write."""
    items = agenda_of(reader, meeting)
    drafts = [draft for draft in drafts_about(items) if draft.person != without]
    conflicts = open_conflicts(items)
    decisions = decisions_of(reader, [meeting])
    before = AgendaItem.objects.visible_to(reader).filter(pk__in=[item.carried_from_id for item in items])
    seen = {item.pk: item for item in before.select_related("meeting")}
    return [
        ItemView(
            item=item,
            number=number,
            writers=tuple(
                dict.fromkeys(one.writer for one in drafts if one.item_id == item.pk and is_writing(one, at))
            ),
            unsaved=tuple(
                one for one in drafts if one.item_id == item.pk and one.has_words and not is_writing(one, at)
            ),
            conflicts=tuple(one for one in conflicts if one.item_id == item.pk),
            decisions=tuple(one for one in decisions if one.item_id == item.pk),
            came_from=seen.get(item.carried_from_id or 0),
        )
        for number, item in enumerate(items, start=1)
    ]


@dataclass(frozen=True)
class YearRow:
    """The meetings of one series in one year, month by month."""

    series: str
    months: list[list[MeetingRow]]


def present_year(rows: Iterable[MeetingRow]) -> list[YearRow]:
    """Meetings of a year, each series a row with its twelve months; those outside a series stand last."""
    found: dict[str, YearRow] = {}
    for row in sorted(rows, key=lambda row: row.meeting.starts_on):
        line = found.setdefault(row.series, YearRow(row.series, [[] for _month in range(12)]))
        line.months[row.meeting.starts_on.month - 1].append(row)
    return sorted(found.values(), key=lambda line: (not line.series, line.series.casefold()))


def _meeting(name: str) -> Any:
    return lambda row: getattr(row.meeting, name)


COLUMNS: Final = (
    Column("day", _("Day"), _meeting("starts_on"), by("starts_on")),
    Column("title", _("Meeting"), _meeting("title"), by_text("title")),
    Column("series", _("Series"), lambda row: row.series, by_text("seen_series")),
    Column("place", _("Place"), _meeting("place"), by_text("place")),
    Column("state", _("State"), lambda row: row.state.label, by_choice("state", MEETING_LOOKS)),
)
FILE_COLUMNS: Final = (
    Column("first", _("First day"), _meeting("starts_on")),
    Column("last", _("Last day"), _meeting("ends_on")),
    Column("hours", _("Hours"), lambda row: row.hours),
    Column("kind", _("Kind"), lambda row: str(row.meeting.get_kind_display())),
    *COLUMNS[1:4],
    Column("host", _("Host"), lambda row: row.meeting.host.code if row.meeting.host else ""),
    Column("state", _("State"), lambda row: row.state.label),
    Column("keeper", _("Kept by"), lambda row: row.meeting.owner.code),
    Column("tlp", "TLP", _meeting("tlp")),
)
DECISION_COLUMNS: Final = (
    Column("number", _("Number"), lambda row: row.number, by("number")),
    Column("text", _("Decision"), lambda row: row.text, by_text("text")),
    Column("made", _("Decided on"), lambda row: row.made_on, by("made_on")),
    Column("meeting", _("Meeting"), lambda row: row.meeting.title, by_text("meeting__title")),
)
DECISION_FILE_COLUMNS: Final = (
    *DECISION_COLUMNS[:2],
    Column("language", _("Language"), lambda row: row.language),
    *DECISION_COLUMNS[2:],
    Column("keeper", _("Kept by"), lambda row: row.owner.code),
    Column("tlp", "TLP", lambda row: row.tlp),
)
