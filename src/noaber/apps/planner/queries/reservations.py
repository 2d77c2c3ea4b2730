"""Reservations as a plan needs them, and for what they are: only told to who may see that."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import models

from noaber.apps.accounts.models import Organisation
from noaber.apps.records.kinds import find_kind
from noaber.apps.registry.models import Reservation
from noaber.apps.registry.queries.planning import PlanningUnit
from noaber.apps.registry.queries.reservations import reservations_ahead
from noaber.core.planning.problem import Reservation as PlannedReservation

NOT_TOLD = "reserved"
"""What a plan says where its reader may not know for what teams are held."""


def planned_reservations(
    reader: Organisation, units: Iterable[PlanningUnit], at: datetime.datetime
) -> tuple[PlannedReservation, ...]:
    """What is held of the units at the moment `at` and later, by the names that `reader` may know."""
    known = {unit.capacity: unit.id for unit in units}
    held = list(reservations_ahead(list(known), at))
    names = names_of(reader, held)
    return tuple(
        PlannedReservation(
            unit=known[one.capacity_id],
            quantity=one.quantity,
            begins_at=one.begins_at,
            ends_at=one.ends_at,
            event=names.get(one.pk, NOT_TOLD),
        )
        for one in held
    )


def names_of(reader: Organisation, reservations: Sequence[Reservation]) -> dict[int, str]:
    """For what each is held, by the key of the reservation, as far as `reader` may see that record."""
    return {key: str(record) for key, record in records_of(reader, reservations).items()}


def records_of(reader: Organisation, reservations: Sequence[Reservation]) -> dict[int, Any]:
    """The record for which each is held, by the key of the reservation, as far as `reader` may see it."""
    keys: dict[str, set[int]] = defaultdict(set)
    for one in reservations:
        keys[one.held_for_kind].add(one.held_for_id)
    seen = {(code, row.pk): row for code, wanted in keys.items() for row in _visible(reader, code, wanted)}
    found = {one.pk: seen.get((one.held_for_kind, one.held_for_id)) for one in reservations}
    return {pk: record for pk, record in found.items() if record is not None}


def _visible(reader: Organisation, code: str, keys: set[int]) -> Iterable[models.Model]:
    kind = find_kind(code)
    return kind.seen_by(reader).filter(pk__in=keys) if kind else ()
