"""Dossiers: made, changed, closed with what was learned or called off, opened again."""

from __future__ import annotations

import re
from typing import Any, Final

from django.db import IntegrityError, transaction

from noaber.apps.accounts.acting import Acting
from noaber.apps.accounts.enums import Permission
from noaber.apps.accounts.labels import is_at_least
from noaber.apps.accounts.sharing import readers_of
from noaber.apps.accounts.status import check_status
from noaber.apps.events.enums import EVENT
from noaber.apps.events.models import LONGEST_CODE, LONGEST_TITLE, EventDossier
from noaber.apps.events.services.common import check_leads, lock_open, share_dossier
from noaber.apps.events.values import EventData
from noaber.apps.records.enums import ChangeAction
from noaber.apps.records.history import Author, announce_readers, keep_history, set_fields
from noaber.apps.records.sharing import group_keys
from noaber.apps.records.words import check_words
from noaber.apps.registry.queries.reservations import reservations_of
from noaber.apps.registry.services.reservations import let_go
from noaber.core.problems import InvalidInput, NotAllowed, Problem
from noaber.web.clock import now

CODE: Final = re.compile(r"[A-Z0-9][A-Z0-9-]*")
_FIELDS: Final = (
    "code",
    "kind",
    "begins_at",
    "ends_at",
    "expected_public",
    "summary",
    "language",
    "tlp",
    "illustrative",
    "source",
)


def add_event(acting: Acting, status: str, data: EventData) -> EventDossier:
    """Open the dossier of an event; it belongs to the organisation that does.

    Raises
    ------
    NotAllowed
        Where the role does not work on the cooperation.
    InvalidInput
        Where nothing names it, its code is taken, or it would end before it begins.
    """
    acting.check_may(Permission.COOPERATE)
    check_status(status)
    values = _values(data)
    with transaction.atomic():
        event = EventDossier(owner=acting.organisation, status=status, lead=data.lead, **values)
        _save(event)
        event.groups.set(group_keys(data.groups).values())
        share_dossier(event)
        keep_history(acting, event, ChangeAction.ADDED)
        announce_readers(event)
        return event


def change_event(acting: Acting, event: EventDossier, data: EventData) -> None:
    """Change what is said of an event. Who could see it before is told."""
    values = _values(data)
    with transaction.atomic():
        locked = lock_open(event)
        check_leads(acting, locked)
        saw = list(readers_of(locked))
        changes = set_fields(locked, values | {"lead": data.lead})
        _save(locked)
        locked.groups.set(group_keys(data.groups).values())
        _tighten_risks(locked)
        share_dossier(locked)
        keep_history(acting, locked, ChangeAction.CHANGED, changes)
        announce_readers(locked, *saw)


def close_event(acting: Acting, event: EventDossier, note: str, *, language: str) -> None:
    """The event is over and what was learned is written down: nothing of its dossier changes any more.

    Raises
    ------
    NotAllowed
        Where it is not over yet, or closed already.
    """
    words = check_words(note, "note")
    with transaction.atomic():
        locked = lock_open(event)
        check_leads(acting, locked)
        if now() < locked.ends_at:
            raise NotAllowed("event.not-over")
        locked.closed_at, locked.closing_note, locked.closing_language = now(), words, language
        locked.save()
        keep_history(acting, locked, ChangeAction.STATE, {"closed_at": (None, locked.closed_at)})
        announce_readers(locked)


def call_off_event(acting: Acting, event: EventDossier, reason: str, *, language: str) -> None:
    """The event does not take place, or ends early: its teams are free again, and the dossier stays as it is.

    Raises
    ------
    NotAllowed
        Where it is over or closed already.
    """
    words = check_words(reason, "note")
    with transaction.atomic():
        locked = lock_open(event)
        check_leads(acting, locked)
        at = now()
        if at >= locked.ends_at:
            raise NotAllowed("event.over")
        for held in reservations_of(EVENT, locked.pk).filter(ends_at__gt=at):
            let_go(Author.of(acting), held, now=at)
        locked.closed_at, locked.closing_note, locked.closing_language = at, words, language
        locked.save()
        keep_history(acting, locked, ChangeAction.STATE, {"closed_at": (None, locked.closed_at)}, reason=words)
        announce_readers(locked)


def reopen_event(acting: Acting, event: EventDossier, *, reason: str) -> None:
    """Something is to be added after all, or it takes place after all.

    The note of the closing stays in the form; why it was called off stays in the history.
    """
    why = check_words(reason, "reason")
    with transaction.atomic():
        locked = EventDossier.objects.select_for_update(of=("self",)).select_related("owner", "lead").get(pk=event.pk)
        check_leads(acting, locked)
        if locked.closed_at is None:
            raise NotAllowed("event.not-closed")
        if locked.is_called_off:
            locked.closing_note = locked.closing_language = ""
        before, locked.closed_at = locked.closed_at, None
        locked.save()
        keep_history(acting, locked, ChangeAction.STATE, {"closed_at": (before, None)}, reason=why)
        announce_readers(locked)


def _tighten_risks(event: EventDossier) -> None:
    """A risk note is never looser than its dossier."""
    for note in event.risks.all():
        if not is_at_least(note.tlp, event.tlp):
            note.tlp = event.tlp
            note.save(update_fields=["tlp"])


def _save(event: EventDossier) -> None:
    try:
        with transaction.atomic():
            event.save()
    except IntegrityError as error:
        raise InvalidInput([Problem("event.same-code", "code", {"id": event.code})]) from error


def _values(data: EventData) -> dict[str, Any]:
    problems = []
    if not CODE.fullmatch(data.code) or len(data.code) > LONGEST_CODE:
        problems.append(Problem("event.code", "code"))
    if data.ends_at <= data.begins_at:
        problems.append(Problem("event.order", "ends_at"))
    if not data.titles:
        problems.append(Problem("event.no-title", "title_en"))
    if problems:
        raise InvalidInput(problems)
    titles = {
        language: check_words(title, f"title_{language}", longest=LONGEST_TITLE)
        for language, title in data.titles.items()
    }
    return {name: getattr(data, name) for name in _FIELDS} | {"titles": titles}
