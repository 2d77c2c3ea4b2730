"""Reads for the pages of meetings; each begins with the sharing rule."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from django.db.models import Case, CharField, Q, QuerySet, Value, When

from noaber.apps.accounts.models import Organisation
from noaber.apps.actions.models import Action, Recommendation
from noaber.apps.library.links import Linked, linked_with_all
from noaber.apps.meetings.enums import AHEAD, MeetingState
from noaber.apps.meetings.models import (
    AgendaItem,
    Decision,
    Meeting,
    MinutesDraft,
    MinutesRevision,
    Participant,
    Series,
)
from noaber.apps.records.history import history_of
from noaber.core.problems import NotFound

WRITING_FOR: Final = datetime.timedelta(seconds=90)
"""How long after the last sign of someone the others are told that they write."""
AHEAD_ASKED: Final = "ahead"


@dataclass(frozen=True)
class MeetingFilter:
    """What the list is asked for; empty is all. `state` is one of the states, or `ahead`."""

    series: str = ""
    state: str = ""
    year: str = ""
    text: str = ""


def list_series(reader: Organisation) -> list[Series]:
    """The series that the reader sees, by name."""
    return sorted(Series.objects.visible_to(reader), key=lambda series: series.name.casefold())


def get_series(reader: Organisation, pk: int) -> Series:
    """The series, or `NotFound`."""
    return Series.objects.select_related("owner").get_visible(reader, pk=pk)


def list_meetings(reader: Organisation, asked: MeetingFilter) -> QuerySet[Meeting]:
    """The meetings that fit, of those that `reader` sees, each with the name of its series where they see that."""
    names = (When(series=one.pk, then=Value(one.name)) for one in list_series(reader))
    series = Case(*names, default=Value(""), output_field=CharField())
    rows = Meeting.objects.visible_to(reader).prefetch_related("owner", "host", "series").annotate(seen_series=series)
    if asked.series.isdecimal():
        rows = rows.filter(series_id=int(asked.series), series__in=Series.objects.visible_to(reader))
    if asked.state == AHEAD_ASKED:
        rows = rows.filter(state__in=AHEAD)
    elif asked.state:
        rows = rows.filter(state=asked.state)
    if asked.year.isdecimal():
        rows = rows.filter(starts_on__year=int(asked.year))
    for word in asked.text.split():
        rows = rows.filter(Q(title__icontains=word) | Q(place__icontains=word))
    return rows


def years_of(reader: Organisation) -> list[int]:
    """The years in which there is a meeting, the newest first."""
    days = Meeting.objects.visible_to(reader).order_by().values_list("starts_on", flat=True).distinct()
    return sorted({day.year for day in days}, reverse=True)


def get_meeting(reader: Organisation, pk: int) -> Meeting:
    """The meeting, or `NotFound`."""
    return Meeting.objects.select_related("owner", "host", "series").get_visible(reader, pk=pk)


def get_item(reader: Organisation, meeting: int, pk: int) -> AgendaItem:
    """The point of a meeting, or `NotFound`."""
    get_meeting(reader, meeting)
    rows = AgendaItem.objects.select_related("meeting__owner", "owner", "presenter", "head__organisation")
    return rows.get_visible(reader, pk=pk, meeting=meeting)


def get_participant(reader: Organisation, meeting: int, pk: int) -> Participant:
    """The participant of a meeting, or `NotFound`."""
    found = get_meeting(reader, meeting).participants.select_related("meeting", "organisation").filter(pk=pk).first()
    if found is None:
        raise NotFound
    return found


def get_decision(reader: Organisation, number: str) -> Decision:
    """The decision, or `NotFound`."""
    return Decision.objects.select_related("owner", "meeting", "item").get_visible(reader, number=number)


def agenda_of(reader: Organisation, meeting: Meeting) -> list[AgendaItem]:
    """The points that the reader sees, in their order."""
    rows = AgendaItem.objects.visible_to(reader).filter(meeting=meeting)
    return list(rows.select_related("presenter", "head__organisation", "carried_from__meeting"))


def decisions_of(reader: Organisation, meetings: Iterable[Meeting]) -> list[Decision]:
    """The decisions of meetings that the reader sees, in the order of their numbers."""
    rows = Decision.objects.visible_to(reader).filter(meeting__in=list(meetings))
    return list(rows.select_related("item", "meeting").order_by("made_on", "number"))


def list_decisions(reader: Organisation, *, series: str, year: str, text: str) -> QuerySet[Decision]:
    """The decisions that fit, of those that `reader` sees."""
    rows = Decision.objects.visible_to(reader).prefetch_related("meeting", "owner")
    if series.isdecimal():
        rows = rows.filter(meeting__series_id=int(series), meeting__series__in=Series.objects.visible_to(reader))
    if year.isdecimal():
        rows = rows.filter(made_on__year=int(year))
    for word in text.split():
        rows = rows.filter(Q(number__icontains=word) | Q(text__icontains=word))
    return rows


def actions_of(reader: Organisation, meetings: Sequence[Meeting]) -> list[Action]:
    """What meetings or their decisions led to, by the day it is due."""
    found = {end.record.pk: end.record for end in _ends(reader, meetings) if end.kind.code == "action"}
    return sorted(found.values(), key=lambda action: (action.due_on or datetime.date.max, action.number))


def recommendations_of(reader: Organisation, meeting: Meeting) -> list[Recommendation]:
    """What a meeting or its decisions recommended, by number."""
    found = {end.record.pk: end.record for end in _ends(reader, [meeting]) if end.kind.code == "recommendation"}
    return sorted(found.values(), key=lambda one: one.number)


@dataclass(frozen=True)
class CameOf:
    """An action that a decision led to, with what it serves: the objectives of plans."""

    action: Action
    serves: list[Linked]


def came_of(reader: Organisation, decision: Decision) -> list[CameOf]:
    """What is done because of a decision, as far as the reader sees it, in the order in which it was agreed."""
    actions = [
        end.record for end in linked_with_all(reader, [decision]).get(decision.pk, []) if end.kind.code == "action"
    ]
    ends = linked_with_all(reader, list(actions))
    return [
        CameOf(action, [end for end in ends.get(action.pk, []) if end.kind.code == "objective"]) for action in actions
    ]


def _ends(reader: Organisation, meetings: Sequence[Meeting]) -> list[Linked]:
    """What meetings and their decisions are linked with."""
    by_meeting = linked_with_all(reader, list(meetings))
    by_decision = linked_with_all(reader, list(decisions_of(reader, meetings)))
    return [end for found in (*by_meeting.values(), *by_decision.values()) for end in found]


def documents_of(reader: Organisation, meeting: Meeting) -> list[Linked]:
    """What else a meeting is linked with: its papers. What came of it has lists of its own."""
    listed = {"action", "recommendation", "decision"}
    ends = linked_with_all(reader, [meeting]).get(meeting.pk, [])
    return [end for end in ends if end.kind.code not in listed]


def why_called_off(meeting: Meeting) -> str:
    """The reason that was given, for everyone who sees the meeting; empty where it was not called off."""
    if meeting.state != MeetingState.CALLED_OFF:
        return ""
    return next((change.reason for change in history_of(meeting) if change.reason), "")


def open_conflicts(items: Iterable[AgendaItem]) -> list[MinutesRevision]:
    """The versions that stand aside and that nobody settled."""
    rows = MinutesRevision.objects.filter(item__in=list(items), aside=True, settled_by=None)
    return list(rows.select_related("item", "organisation", "base").order_by("number"))


def drafts_about(items: Iterable[AgendaItem]) -> list[MinutesDraft]:
    """What people are writing about those points, or wrote and have not saved."""
    rows = MinutesDraft.objects.filter(item__in=list(items)).select_related("person", "organisation", "base", "item")
    return list(rows.order_by("pk"))


def is_writing(draft: MinutesDraft, at: datetime.datetime) -> bool:
    """Whether its form was open a moment ago."""
    return draft.at >= at - WRITING_FOR
