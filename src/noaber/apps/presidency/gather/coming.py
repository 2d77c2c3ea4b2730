"""What comes in the next presidency: meetings, events and their risks, exchanges."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Any

from django.utils.timezone import localdate

from noaber.apps.meetings.enums import AHEAD
from noaber.apps.placements.enums import PlacementState
from noaber.apps.presidency.gather.asked import Asked
from noaber.apps.presidency.sight import RISK
from noaber.core.presidency.dossier import Line, Section


def meeting_lines(asked: Asked) -> Iterator[Line]:
    """Meetings and workshops until the end of the next presidency."""
    rows = asked.pair.rows("meeting").filter(state__in=AHEAD, starts_on__gt=asked.on, starts_on__lte=asked.until)
    for one in rows.select_related("host").order_by("starts_on", "pk"):
        yield Line(
            section=Section.MEETINGS,
            kind="meeting",
            key=one.pk,
            tlp=one.tlp,
            texts={one.language: one.title},
            who=one.host.code if one.host else "",
            on=one.starts_on.isoformat(),
            state=one.state,
            more=one.place,
        )


def event_lines(asked: Asked) -> Iterator[Line]:
    """Major events that run or begin until the end of the next presidency."""
    for one in _events(asked):
        yield Line(
            section=Section.EVENTS,
            kind="event",
            key=one.pk,
            tlp=one.tlp,
            texts=one.titles or {"": one.code},
            number=one.code,
            who=one.lead.code,
            on=localdate(one.begins_at).isoformat(),
        )


def risk_lines(asked: Asked) -> Iterator[Line]:
    """What someone fears for those events; each note has a label of its own."""
    events = [event.pk for event in _events(asked)]
    for note in asked.pair.rows(RISK).filter(event__in=events).order_by("event__begins_at", "pk"):
        yield Line(
            section=Section.RISKS,
            kind=RISK,
            key=note.pk,
            tlp=note.tlp,
            texts={note.language: note.text},
            number=note.event.code,
            who=note.owner.code,
            on=localdate(note.event.begins_at).isoformat(),
            state=f"{note.likelihood}/{note.impact}",
        )


def _events(asked: Asked) -> list[Any]:
    rows = asked.pair.rows("event").filter(
        ends_at__gte=_midnight(asked.on), begins_at__lt=_midnight(asked.until) + datetime.timedelta(days=1)
    )
    return list(rows.filter(closed_at__isnull=True).select_related("lead").order_by("begins_at", "code"))


def _midnight(day: datetime.date) -> datetime.datetime:
    return datetime.datetime.combine(day, datetime.time(), datetime.UTC)


def placement_lines(asked: Asked) -> Iterator[Line]:
    """Who goes to whom, not yet come home. Never a name: that is for sender and host."""
    ahead = (PlacementState.PLANNED, PlacementState.CONFIRMED)
    rows = asked.pair.rows("placement").filter(state__in=ahead, ends_on__gt=asked.on, begins_on__lte=asked.until)
    related = ("application__organisation", "place__organisation")
    for one in rows.select_related(*related).order_by("begins_on", "pk"):
        yield Line(
            section=Section.EXCHANGES,
            kind="placement",
            key=one.pk,
            tlp=one.tlp,
            texts={one.place.language: one.place.title},
            number=str(one),
            who=one.host.code,
            on=one.begins_on.isoformat(),
            state=one.state,
        )
