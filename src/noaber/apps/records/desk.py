"""The rows of the desk that come from records: what waits for an organisation, and what lies ahead."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from django.utils import timezone
from django.utils.translation import gettext as _

from noaber.apps.accounts.acting import Acting
from noaber.core.messages.model import FreeText
from noaber.web import clock, wording

MOST_AHEAD: Final = 6
MOST_OF_ONE: Final = 3
"""How many rows lie ahead at most, of all kinds and of one."""


@dataclass(frozen=True)
class DeskRow:
    """One thing that waits.

    Parameters
    ----------
    due_at
        Until when; None where nothing says.
    since
        Since when it waits; the clock's bar begins there.
    made_at
        When it came to be, where its clock runs from another moment.
    action
        The verb of its one button.
    """

    key: str
    text: str
    detail: str
    other: str
    other_detail: str
    url: str
    action: str
    due_at: datetime.datetime | None
    since: datetime.datetime
    rings: bool = False
    phone: str = ""
    needed_by: datetime.datetime | None = None
    made_at: datetime.datetime | None = None

    @property
    def has_come(self) -> bool:
        """An exercise that plays before it came to be does not know of it."""
        return clock.has_come(self.made_at or self.since)

    @property
    def order(self) -> tuple[bool, datetime.datetime]:
        return self.due_at is None, self.due_at or self.since


@dataclass(frozen=True)
class AheadRow:
    """One thing that comes.

    Parameters
    ----------
    on
        The day on which it begins or is due.
    until
        For what runs already: its last day.
    title
        In the language in which it was written, where somebody wrote it.
    """

    on: datetime.date
    title: FreeText | str
    detail: str
    url: str
    until: datetime.date | None = None

    @property
    def is_written(self) -> bool:
        return isinstance(self.title, FreeText)

    @property
    def when(self) -> str:
        if self.until is not None:
            return _("until %(day)s") % {"day": wording.day_short(self.until)}
        return wording.day_from(self.on, timezone.localdate(clock.now()))


def end_of(day: datetime.date, zone: datetime.tzinfo | None = None) -> datetime.datetime:
    """The last minute of a day that is a limit, where the organisation is."""
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time(23, 59)), zone)


def start_of(day: datetime.date, zone: datetime.tzinfo | None = None) -> datetime.datetime:
    """The first moment of a day, where the organisation is."""
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time()), zone)


WaitingSource = Callable[[Acting, str, datetime.datetime], Iterable[DeskRow]]
AheadSource = Callable[[Acting, str, datetime.datetime], Iterable[AheadRow]]
_waiting: Final[list[WaitingSource]] = []
_ahead: Final[list[AheadSource]] = []


def add_waiting(source: WaitingSource) -> None:
    """Let `source` say what waits, given who asks, the status and the moment."""
    if source not in _waiting:
        _waiting.append(source)


def add_ahead(source: AheadSource) -> None:
    """Let `source` say what lies ahead, given who asks, the status and the moment."""
    if source not in _ahead:
        _ahead.append(source)


def waiting_rows(acting: Acting, status: str, at: datetime.datetime) -> Iterator[DeskRow]:
    """What waits for the organisation, as each source says it."""
    for source in _waiting:
        yield from source(acting, status, at)


def ahead_rows(acting: Acting, status: str, at: datetime.datetime) -> list[AheadRow]:
    """What lies ahead of the organisation, the next first."""
    rows = [row for source in _ahead for row in source(acting, status, at)]
    return sorted(rows, key=lambda row: row.on)[:MOST_AHEAD]
