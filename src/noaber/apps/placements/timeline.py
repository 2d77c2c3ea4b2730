"""Who is where week by week: a line for each host place, with the weeks that it offers and the stays over them."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _

from noaber.apps.placements.enums import PlacementState
from noaber.apps.placements.models import ExchangePlacement, HostPlace
from noaber.apps.placements.presenters import StateView, present_state
from noaber.apps.placements.words import days_in_words
from noaber.core.placements.weeks import Term, Weeks, lay_in_rows, quarter_of

ROOM_IN_A_QUARTER: Final = 2
ROOM_IN_A_YEAR: Final = 5
"""How many weeks the code of an organisation takes at least."""


@dataclass(frozen=True)
class Week:
    """The head of a column, and how it looks."""

    monday: datetime.date
    is_now: bool
    begins_month: bool

    @property
    def number(self) -> int:
        """By ISO 8601."""
        return self.monday.isocalendar().week

    @property
    def sunday(self) -> datetime.date:
        return self.monday + datetime.timedelta(days=6)

    @property
    def css(self) -> str:
        return " ".join(name for name, shown in (("month", self.begins_month), ("now", self.is_now)) if shown)


@dataclass(frozen=True)
class WeekCell:
    """A free week, or the weeks of a stay."""

    css: str
    weeks: int = 1
    stay: ExchangePlacement | None = None
    state: StateView | None = None
    offered: str = ""
    """Of the first week in which the place can be taken, until when."""


@dataclass(frozen=True)
class PlaceLine:
    """A host place; `is_seen` where the reader may follow to its page. More rows than one where stays overlap."""

    place: HostPlace
    is_seen: bool
    rows: list[list[WeekCell]]


@dataclass(frozen=True)
class Timeline:
    term: Term
    months: list[tuple[datetime.date, int]]
    weeks: list[Week]
    lines: list[PlaceLine]

    @property
    def title(self) -> str:
        if not self.term.quarter:
            return f"{self.term.year}"
        return _("Quarter %(quarter)s of %(year)s") % {"quarter": self.term.quarter, "year": self.term.year}


def first_term(placements: Sequence[ExchangePlacement], today: datetime.date) -> Term:
    """The quarter to begin with: of the stay that runs or comes next, else of the last one, else that of today."""
    ahead = [record for record in placements if record.ends_on >= today]
    if ahead:
        return quarter_of(max(today, ahead[0].begins_on))
    return quarter_of(placements[-1].begins_on if placements else today)


def stays_in(placements: Iterable[ExchangePlacement], term: Term) -> list[ExchangePlacement]:
    """Those of which a day lies in the term."""
    return [record for record in placements if record.begins_on <= term.ends and record.ends_on >= term.begins]


def present_timeline(
    term: Term, places: Iterable[HostPlace], placements: Iterable[ExchangePlacement], today: datetime.date
) -> Timeline:
    """The places that can be taken in the term, and those where someone is; who was called off is nowhere.

    Parameters
    ----------
    places
        Those that the reader sees, with their periods.
    placements
        Those that the reader sees, the first to begin first.
    """
    weeks = _weeks(term, today)
    seen = {place.pk: place for place in places}
    stays: dict[int, list[ExchangePlacement]] = {}
    for record in placements:
        if record.state != PlacementState.CANCELLED:
            stays.setdefault(record.place_id, []).append(record)
    every = seen | {records[0].place_id: records[0].place for records in stays.values()}
    lines = (
        PlaceLine(place, place.pk in seen, _rows(term, weeks, place, stays.get(place.pk, []), place.pk in seen))
        for place in every.values()
    )
    ordered = sorted(lines, key=lambda line: (line.place.organisation.code, line.place.pk))
    months: dict[datetime.date, int] = {}
    for week in weeks:
        month = term.month_of(week.monday)
        months[month] = months.get(month, 0) + 1
    return Timeline(term, list(months.items()), weeks, [line for line in ordered if _has_something(line)])


def _weeks(term: Term, today: datetime.date) -> list[Week]:
    months = [term.month_of(monday) for monday in term.mondays]
    return [
        Week(monday, monday <= today < monday + datetime.timedelta(weeks=1), month != months[max(0, index - 1)])
        for index, (monday, month) in enumerate(zip(term.mondays, months, strict=True))
    ]


def _has_something(line: PlaceLine) -> bool:
    return any(cell.stay or "open" in cell.css.split() for row in line.rows for cell in row)


def _rows(
    term: Term, weeks: Sequence[Week], place: HostPlace, stays: Sequence[ExchangePlacement], is_seen: bool
) -> list[list[WeekCell]]:
    """At least one row, even where nobody stays."""
    offered = _offered(term, place) if is_seen else {}
    spans = [(record, span) for record in stays if (span := term.weeks_of(record.begins_on, record.ends_on))]
    room = ROOM_IN_A_QUARTER if term.quarter else ROOM_IN_A_YEAR
    laid = lay_in_rows([span for _record, span in spans], weeks=len(weeks), room=room)
    return [
        list(_cells(weeks, [spans[index] for index in row], offered, room, says=number == 0))
        for number, row in enumerate(laid or [[]])
    ]


def _offered(term: Term, place: HostPlace) -> dict[int, str]:
    """The weeks in which the place can be taken; of the first of each period, its days in words."""
    found: dict[int, str] = {}
    for period in place.periods.all():
        span = term.weeks_of(period.begins_on, period.ends_on)
        if span:
            words = _("offered %(days)s") % {"days": days_in_words(period.begins_on, period.ends_on)}
            found |= dict.fromkeys(range(span.first, span.last + 1), "")
            found[span.first] = words
    return found


def _cells(
    weeks: Sequence[Week],
    stays: Sequence[tuple[ExchangePlacement, Weeks]],
    offered: dict[int, str],
    room: int,
    *,
    says: bool,
) -> Iterator[WeekCell]:
    """The cells of a row from left to right; the words of what is offered stand where `says`."""
    begun = {span.first: (record, span) for record, span in stays}
    covered = {week for _record, span in stays for week in range(span.first + 1, span.last + 1)}
    for index, week in enumerate(weeks):
        if index in covered:
            continue
        record, span = begun.get(index, (None, Weeks(index, index)))
        css = [week.css, "open" if index in offered else "", "late" if record and index > len(weeks) - room else ""]
        yield WeekCell(
            css=" ".join(filter(None, css)),
            weeks=span.count,
            stay=record,
            state=present_state(record) if record else None,
            offered=offered.get(index, "") if says else "",
        )
