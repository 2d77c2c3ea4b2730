"""The parts of a dossier that have no label of their own: places, partners, shifts, what to do if."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any, Final, TypeAlias

from django.db import IntegrityError, transaction
from django.db.models import Model

from noaber.apps.accounts.acting import Acting
from noaber.apps.accounts.queries import keeps
from noaber.apps.accounts.sharing import readers_of
from noaber.apps.events.models import EventDossier, EventPartner, EventPlace, LiaisonShift, WhatIf
from noaber.apps.events.permissions import check_can_change
from noaber.apps.events.queries import parties_of
from noaber.apps.events.services.common import check_leads, lock_open, share_dossier
from noaber.apps.records.enums import ChangeAction
from noaber.apps.records.history import announce_readers, as_json, keep_history
from noaber.apps.records.rows import lock_row
from noaber.core.problems import InvalidInput, Problem
from noaber.web import wording

Part: TypeAlias = EventPlace | EventPartner | LiaisonShift | WhatIf
NAMES: Final[dict[type[Part], str]] = {
    EventPlace: "places",
    EventPartner: "partners",
    LiaisonShift: "shifts",
    WhatIf: "what_ifs",
}
"""Under which name each is kept in the history of its event."""
_NAMED_BY: Final = frozenset({"name", "organisation", "role", "function", "condition"})
"""The fields of which the names of parts are made."""
NEAR: Final = timedelta(days=14)
"""So long before an event places are made ready and officers sit there, and so long after it."""


def keep_part(acting: Acting, part: Part, values: Mapping[str, Any]) -> None:
    """Add a part to its event, or change one.

    Raises
    ------
    NotAllowed
        Where the event is closed or another's. A partner keeps the shifts of its own officers.
    InvalidInput
        Where its times are in the wrong order or far off, or the partner is there already.
    """
    begins_at, ends_at = values.get("begins_at"), values.get("ends_at")
    if begins_at and ends_at and ends_at <= begins_at:
        raise InvalidInput([Problem("event.order", "ends_at")])
    with transaction.atomic():
        event = lock_open(part.event)
        stood = lock_row(type(part).objects.all(), part.pk) if part.pk else None
        if stood:
            _check(acting, event, part)
        for name, value in values.items():
            setattr(part, name, value)
        part.event = event
        _check(acting, event, part)
        _check_near(event, begins_at, ends_at)
        _save(part)
        _tell(acting, event, part, _changed(stood, part, values) if stood else (None, _told(part, _times(part))))


def remove_part(acting: Acting, part: Part) -> None:
    """Take a part out of its event; that it was there stays in the history."""
    with transaction.atomic():
        event = lock_open(part.event)
        _check(acting, event, part)
        lock_row(type(part).objects.all(), part.pk)
        said, saw = _told(part, _times(part)), list(readers_of(event))
        part.delete()
        _tell(acting, event, part, (said, None))
        announce_readers(event, *saw)


def _check(acting: Acting, event: EventDossier, part: Part) -> None:
    kept = keeps(acting.organisation)
    own_shift = isinstance(part, LiaisonShift) and part.organisation_id in kept
    if own_shift and not kept.isdisjoint(parties_of(event)):
        check_can_change(acting.roles, keepers=kept, kept=kept)
    else:
        check_leads(acting, event)


def _check_near(event: EventDossier, begins_at: datetime | None, ends_at: datetime | None) -> None:
    """Refuse what is neither of the event nor of the days before and after it: a slip in the year or the month."""
    first, last = begins_at or ends_at, ends_at or begins_at
    if first is None or last is None:
        return
    if last < event.begins_at - NEAR or first > event.ends_at + NEAR:
        params = {"first": wording.day(event.begins_at), "last": wording.day(event.last_at)}
        raise InvalidInput([Problem("event.far-off", "begins_at", params)])


def _save(part: Part) -> None:
    try:
        with transaction.atomic():
            part.save()
    except IntegrityError as error:
        raise InvalidInput([Problem("event.same-partner", "organisation")]) from error


def _changed(before: Model, after: Part, names: Iterable[str]) -> tuple[Any, Any]:
    """What stood and what stands, each by the name of the part and the fields that differ."""
    differ = [name for name in names if getattr(before, name) != getattr(after, name) and name not in _NAMED_BY]
    return _told(before, differ), _told(after, differ)


def _told(part: Model, names: Iterable[str]) -> Any:
    """The part for the history, as JSON: its name, and what these fields of it hold."""
    held = [getattr(part, name) for name in names]
    return [str(part), *(str(one) if isinstance(one, Model) else as_json(one) for one in held)] if held else str(part)


def _times(part: Part) -> list[str]:
    return [name for name in ("begins_at", "ends_at") if getattr(part, name, None)]


def _tell(acting: Acting, event: EventDossier, part: Part, change: tuple[Any, Any]) -> None:
    if isinstance(part, EventPartner):
        share_dossier(event)
    keep_history(acting, event, ChangeAction.CHANGED, {NAMES[type(part)]: change})
    announce_readers(event)
