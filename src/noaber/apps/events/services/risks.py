"""Risk notes: each with a label of its own, never looser than the dossier's."""

from __future__ import annotations

from typing import Any, Final

from django.db import transaction

from noaber.apps.accounts.acting import Acting
from noaber.apps.accounts.labels import is_at_least
from noaber.apps.accounts.queries import keeps
from noaber.apps.accounts.services import announce
from noaber.apps.accounts.sharing import readers_of
from noaber.apps.events.models import EventDossier, RiskNote
from noaber.apps.events.permissions import check_can_change
from noaber.apps.events.services.common import check_takes_part, lock_open, share_risk
from noaber.apps.events.values import RiskData
from noaber.apps.records.enums import ChangeAction
from noaber.apps.records.history import announce_readers, keep_history, set_fields
from noaber.apps.records.rows import lock_row
from noaber.apps.records.words import check_words
from noaber.core.problems import InvalidInput, Problem

_FIELDS: Final = ("hazard", "likelihood", "impact", "language", "tlp", "illustrative")


def add_risk(acting: Acting, event: EventDossier, data: RiskData) -> RiskNote:
    """Write down what may happen; the note belongs to the organisation that does."""
    with transaction.atomic():
        locked = lock_open(event)
        check_takes_part(acting, locked)
        note = RiskNote(event=locked, owner=acting.organisation, **_values(locked, data))
        note.save()
        share_risk(note, locked)
        keep_history(acting, note, ChangeAction.ADDED)
        announce_readers(note)
        return note


def change_risk(acting: Acting, note: RiskNote, data: RiskData) -> None:
    with transaction.atomic():
        event = lock_open(note.event)
        lock_row(RiskNote.objects.all(), note.pk)
        check_can_change(acting.roles, keepers={note.owner_id}, kept=keeps(acting.organisation))
        saw = list(readers_of(note))
        changes = set_fields(note, _values(event, data))
        note.save()
        share_risk(note, event)
        keep_history(acting, note, ChangeAction.CHANGED, changes)
        announce_readers(note, *saw)


def remove_risk(acting: Acting, note: RiskNote) -> None:
    with transaction.atomic():
        lock_open(note.event)
        lock_row(RiskNote.objects.all(), note.pk)
        check_can_change(acting.roles, keepers={note.owner_id}, kept=keeps(acting.organisation))
        saw = list(readers_of(note))
        keep_history(acting, note, ChangeAction.WITHDRAWN, {"text": (note.text, None)})
        owner = note.owner
        note.delete()
        announce([owner, *saw])


def _values(event: EventDossier, data: RiskData) -> dict[str, Any]:
    if not is_at_least(data.tlp, event.tlp):
        raise InvalidInput([Problem("event.risk-label", "tlp", {"label": f"TLP:{event.tlp}"})])
    return {name: getattr(data, name) for name in _FIELDS} | {"text": check_words(data.text, "text")}
