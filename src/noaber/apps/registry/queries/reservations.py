"""Which teams are held for something, and when.

That a team is not free is told to whoever sees its capacity, as with teams that are deployed; for what it is held, only
to those who may see that (`held_for_kind` of the reservation).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from datetime import datetime

from django.db import models

from noaber.apps.registry.reservations import Reservation


def teams_reserved(status: str, at: datetime) -> Counter[str]:
    """How many teams of each capacity are held at the moment `at`, by "OWNER:CODE"."""
    held: Counter[str] = Counter()
    rows = Reservation.objects.filter(
        capacity__status=status, capacity__withdrawn_at=None, begins_at__lte=at, ends_at__gt=at
    ).order_by()
    for owner, code, quantity in rows.values_list("capacity__owner__code", "capacity__code", "quantity"):
        held[f"{owner}:{code}"] += quantity
    return held


def reservations_ahead(capacities: Collection[int], at: datetime) -> models.QuerySet[Reservation]:
    """The reservations of those capacities that hold at the moment `at` or begin later."""
    rows = Reservation.objects.filter(capacity__in=capacities, ends_at__gt=at)
    return rows.select_related("capacity__owner")


def reservations_of(kind: str, key: int) -> models.QuerySet[Reservation]:
    """What is held for one record; of which capacities a reader may know, the caller asks `seen_capacities`."""
    return Reservation.objects.filter(held_for_kind=kind, held_for_id=key).select_related("capacity__owner")


def most_held(reservations: Iterable[Reservation], begins_at: datetime, ends_at: datetime) -> int:
    """The largest number of teams that the reservations hold at one moment from `begins_at` until `ends_at`."""
    held = [one for one in reservations if one.begins_at < ends_at and one.ends_at > begins_at]
    moments = {begins_at, *(one.begins_at for one in held if one.begins_at > begins_at)}
    return max(sum(one.quantity for one in held if one.holds_at(moment)) for moment in moments)
