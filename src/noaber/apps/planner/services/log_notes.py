"""The log that an organisation keeps of an incident. The only writer of its lines; they are struck, never changed."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.db import transaction

from noaber.apps.accounts.acting import Acting
from noaber.apps.accounts.enums import Permission
from noaber.apps.accounts.models import Organisation
from noaber.apps.accounts.services import announce
from noaber.apps.accounts.sharing import readers_of
from noaber.apps.planner.enums import NoteKind
from noaber.apps.planner.models import Incident, LogNote
from noaber.core.logbook import find_time, last_moment_at, split_time
from noaber.core.plain_text import find_unfit
from noaber.core.problems import NotAllowed, NotFound
from noaber.web.clock import now

LONGEST_TEXT = 500
LONGEST_NAME = 120
LONGEST_REASON = 200


@dataclass(frozen=True)
class NoteData:
    """A line as it was typed: a time in front of the text is when it happened, unless `clock_time` says it."""

    text: str
    language: str
    kind: NoteKind = NoteKind.NOTE
    spoke_with: str = ""
    clock_time: str = ""
    is_shared: bool = False


@transaction.atomic
def write_note(acting: Acting, incident: Incident, data: NoteData) -> LogNote:
    """Write a line into the organisation's own log of an incident that it sees.

    Raises
    ------
    NotAllowed
        For an empty or too long line, for what is no time of day, and where the role keeps no log.
    """
    acting.check_may(Permission.KEEP_LOG)
    text, at = _text_and_moment(acting, data)
    note = LogNote.objects.create(
        incident=incident,
        organisation=acting.organisation,
        kind=data.kind,
        text=text,
        language=data.language,
        spoke_with=_checked(data.spoke_with, LONGEST_NAME),
        is_shared=data.is_shared,
        at=at,
        written_at=now(),
        by=acting.person,
    )
    _tell(acting, note)
    return note


@transaction.atomic
def strike_note(acting: Acting, incident: Incident, pk: int, *, reason: str, language: str) -> None:
    """Strike a line of one's own organisation; it stays readable, with who struck it and why."""
    acting.check_may(Permission.KEEP_LOG)
    why = _checked(reason, LONGEST_REASON)
    if not why:
        raise NotAllowed("incident.reason-missing")
    note = LogNote.objects.select_for_update().filter(incident=incident, pk=pk).first()
    if note is None or not (note.organisation_id == acting.organisation.pk or note.is_shared):
        raise NotFound
    if note.organisation_id != acting.organisation.pk:
        raise NotAllowed("incident.note-others")
    if note.struck_at is not None:
        raise NotAllowed("incident.note-struck")
    note.struck_at, note.struck_by, note.struck_because, note.struck_language = now(), acting.person, why, language
    note.save(update_fields=["struck_at", "struck_by", "struck_because", "struck_language"])
    _tell(acting, note)


def _text_and_moment(acting: Acting, data: NoteData) -> tuple[str, datetime.datetime]:
    typed, text = split_time(data.text)
    if data.clock_time.strip():
        typed, text = find_time(data.clock_time), data.text.strip()
        if typed is None:
            raise NotAllowed("incident.note-time", text=data.clock_time.strip()[:20])
    if not text:
        raise NotAllowed("incident.note-empty")
    at = now() if typed is None else last_moment_at(typed, now().astimezone(acting.zone))
    return _checked(text, LONGEST_TEXT), at


def _checked(typed: str, longest: int) -> str:
    text = " ".join(typed.split())
    if character := find_unfit(text):
        raise NotAllowed("text.character", character=character)
    if len(text) > longest:
        raise NotAllowed("incident.note-long", most=longest, count=len(text))
    return text


def _tell(acting: Acting, note: LogNote) -> None:
    """Open pages of those who may read the line show it at once."""
    others: list[Organisation] = list(readers_of(note.incident)) if note.is_shared else []
    announce([acting.organisation, *others])
