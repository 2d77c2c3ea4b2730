"""The log of an incident as its pages and files show it: what the product did, and what organisations wrote."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from noaber.apps.accounts.acting import Acting
from noaber.apps.accounts.enums import Permission
from noaber.apps.planner.enums import NoteKind
from noaber.apps.planner.models import Incident, LogNote
from noaber.apps.planner.presenters.incidents import EventRow, event_rows
from noaber.apps.planner.queries.incidents import events_of, notes_of
from noaber.core.messages.model import FreeText

MOST_LINES = 50
ALL_LINES = 100_000


@dataclass(frozen=True)
class LogRow:
    """One line of the log.

    Parameters
    ----------
    told
        What was done, as the end of a sentence that begins with `who`; empty for what was written.
    written
        What someone wrote; None for what the product saw itself.
    struck, struck_at, struck_by
        Why, when and by whom the line was struck.
    written_at
        When it was written, where that is over a minute after it happened.
    strike_pk
        The key by which the reader may strike it; 0 where they may not.
    """

    key: str
    at: datetime.datetime
    who: str
    organisation: str
    own: bool
    told: str = ""
    kind: str = ""
    written: FreeText | None = None
    spoke_with: str = ""
    reason: FreeText | None = None
    is_shared: bool = False
    struck: FreeText | None = None
    struck_at: datetime.datetime | None = None
    struck_by: str = ""
    written_at: datetime.datetime | None = None
    strike_pk: int = 0


def log_rows(acting: Acting, incident: Incident, *, most: int = MOST_LINES) -> list[LogRow]:
    """The newest lines that the organisation may read, by when they happened."""
    rows = [
        _event_row(row) for row in event_rows(events_of(acting.organisation, incident, most=most), acting.organisation)
    ]
    rows += [_note_row(note, acting) for note in notes_of(acting.organisation, incident, most=most)]
    return sorted(rows, key=lambda row: row.at, reverse=True)[:most]


def _event_row(row: EventRow) -> LogRow:
    return LogRow(
        key=f"event-{row.pk}",
        at=row.at,
        who=row.who,
        organisation=row.organisation,
        own=row.own,
        told=row.text,
        reason=row.reason,
    )


def _note_row(note: LogNote, acting: Acting) -> LogRow:
    own = note.organisation_id == acting.organisation.pk
    is_late = note.written_at - note.at > datetime.timedelta(minutes=1)
    may_strike = own and note.struck_at is None and acting.may(Permission.KEEP_LOG)
    return LogRow(
        key=f"note-{note.pk}",
        at=note.at,
        who=note.by.display_name,
        organisation=note.organisation.code,
        own=own,
        kind="" if note.kind == NoteKind.NOTE else note.get_kind_display(),
        written=FreeText(note.text, note.language),
        spoke_with=note.spoke_with,
        is_shared=note.is_shared,
        struck=FreeText(note.struck_because, note.struck_language) if note.struck_at else None,
        struck_at=note.struck_at,
        struck_by=note.struck_by.display_name if note.struck_by else "",
        written_at=note.written_at if is_late else None,
        strike_pk=note.pk if may_strike else 0,
    )
