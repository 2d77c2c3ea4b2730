"""The liaison roster by day: shifts, the times without anybody, shifts of one organisation that lie over each other."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from zoneinfo import ZoneInfo

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from noaber.apps.events.models import EventDossier, LiaisonShift
from noaber.apps.events.roster import Span, find_gaps, find_overlaps
from noaber.web.tables import Column
from noaber.web.templatetags.noaber import language_name


@dataclass(frozen=True)
class RosterLine:
    """A shift, or a time without anybody where `shift` is None."""

    begins_at: datetime.datetime
    ends_at: datetime.datetime
    shift: LiaisonShift | None
    overlaps: bool
    may_change: bool
    next_day: bool

    @property
    def languages(self) -> str:
        return ", ".join(language_name(code) for code in self.shift.languages) if self.shift else ""


@dataclass(frozen=True)
class RosterDay:
    date: datetime.date
    lines: tuple[RosterLine, ...]


@dataclass(frozen=True)
class Roster:
    days: list[RosterDay]

    @property
    def lines(self) -> list[RosterLine]:
        return [line for day in self.days for line in day.lines]

    @property
    def gaps(self) -> int:
        """How many times there are at which nobody is there."""
        return sum(1 for line in self.lines if line.shift is None)

    @property
    def overlaps(self) -> int:
        """How many shifts lie over another of the same organisation."""
        return sum(1 for line in self.lines if line.overlaps)


def present_roster(
    event: EventDossier, shifts: Sequence[LiaisonShift], *, zone: ZoneInfo, changeable: frozenset[int]
) -> Roster:
    """By the local day on which each begins.

    Parameters
    ----------
    changeable
        Keys of the shifts that the reader may change.
    """
    spans = [Span(one.begins_at, one.ends_at, one.organisation.code) for one in shifts]
    twice = {place for pair in find_overlaps(spans) for place in pair}
    lines = [
        _line(one.begins_at, one.ends_at, zone, shift=one, overlaps=place in twice, may_change=one.pk in changeable)
        for place, one in enumerate(shifts)
    ]
    lines += [_line(gap.begins_at, gap.ends_at, zone) for gap in find_gaps(spans, event.begins_at, event.ends_at)]
    days: dict[datetime.date, list[RosterLine]] = defaultdict(list)
    for line in sorted(lines, key=lambda line: (line.begins_at, line.shift is None)):
        days[line.begins_at.astimezone(zone).date()].append(line)
    return Roster([RosterDay(date, tuple(found)) for date, found in days.items()])


def _line(
    begins_at: datetime.datetime,
    ends_at: datetime.datetime,
    zone: ZoneInfo,
    *,
    shift: LiaisonShift | None = None,
    overlaps: bool = False,
    may_change: bool = False,
) -> RosterLine:
    next_day = begins_at.astimezone(zone).date() != ends_at.astimezone(zone).date()
    return RosterLine(begins_at, ends_at, shift, overlaps, may_change, next_day)


FILE_COLUMNS: Final = (
    Column("from", _("From"), lambda line: line.begins_at),
    Column("until", _("Until"), lambda line: line.ends_at),
    Column("organisation", _("Organisation"), lambda line: line.shift.organisation.code if line.shift else ""),
    Column("function", _("Function"), lambda line: line.shift.function if line.shift else gettext("nobody is there")),
    Column("languages", _("Languages spoken"), lambda line: line.languages),
    Column("where", _("Where"), lambda line: line.shift.place if line.shift else ""),
    Column("phone", _("Phone"), lambda line: line.shift.phone if line.shift else ""),
    Column("handover", _("Handover"), lambda line: line.shift.handover if line.shift else ""),
)
"""A row for each shift, and for each time without anybody."""
