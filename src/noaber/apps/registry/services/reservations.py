"""Teams are held for a record, and let go again. Who may, is what the caller checks, as in all of the registry."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from noaber.apps.records.enums import ChangeAction
from noaber.apps.records.history import Author, Changed, announce_readers, append_changes
from noaber.apps.registry.models import Capacity
from noaber.apps.registry.queries.reservations import most_held
from noaber.apps.registry.reservations import Reservation
from noaber.core.problems import InvalidInput, Problem


def reserve(
    author: Author,
    capacity: Capacity,
    quantity: int,
    *,
    begins_at: datetime,
    ends_at: datetime,
    held_for: tuple[str, int],
    now: datetime,
) -> Reservation:
    """Hold teams of a capacity for the record of that kind and key.

    Raises
    ------
    InvalidInput
        Where it would end before it begins, or hold more teams at one moment than there are.
    """
    if ends_at <= begins_at:
        raise InvalidInput([Problem("reservation.order", "ends_at")])
    with transaction.atomic():
        locked = Capacity.objects.select_for_update().get(pk=capacity.pk)
        left = locked.quantity - most_held(locked.reservations.all(), begins_at, ends_at)
        if not 1 <= quantity <= left:
            raise InvalidInput([Problem("reservation.too-many", "quantity", {"left": left})])
        kind, key = held_for
        made = Reservation.objects.create(
            capacity=locked,
            quantity=quantity,
            begins_at=begins_at,
            ends_at=ends_at,
            held_for_kind=kind,
            held_for_id=key,
            made_by=author.by,
            made_at=now,
        )
        _append(author, made, ChangeAction.ADDED, now)
        announce_readers(locked)
        return made


def let_go(author: Author, reservation: Reservation, *, now: datetime) -> None:
    """The teams are free again; that they were held stays in the history."""
    with transaction.atomic():
        _append(author, reservation, ChangeAction.WITHDRAWN, now)
        capacity = reservation.capacity
        reservation.delete()
        announce_readers(capacity)


def _append(author: Author, one: Reservation, action: ChangeAction, now: datetime) -> None:
    told = {
        "quantity": one.quantity,
        "begins_at": one.begins_at.isoformat(),
        "ends_at": one.ends_at.isoformat(),
    }
    gone = action == ChangeAction.WITHDRAWN
    fields = {name: (value, None) if gone else (None, value) for name, value in told.items()}
    append_changes(author, Reservation, [Changed(one.pk, action, fields)], at=now)
