"""What a plan may do but somebody should know."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from noaber.core.planning.plan import Assignment, Notice, OwnerWithoutUnits, ReservationSoon
from noaber.core.planning.problem import Problem, Reservation
from noaber.core.quantities import HOURS_PER_DAY, MINUTES_PER_HOUR

SOON_MINUTES: Final = HOURS_PER_DAY * MINUTES_PER_HOUR
"""A reservation that begins up to this long after a unit's arrival is named."""


def notices_of(problem: Problem, assignments: tuple[Assignment, ...]) -> tuple[Notice, ...]:
    """Units sent although an event needs them soon; then home cover of owners without units."""
    return (*_reservations_soon(problem, assignments), *_owners_without_units(problem))


def _reservations_soon(problem: Problem, assignments: tuple[Assignment, ...]) -> Iterator[ReservationSoon]:
    upcoming: dict[str, list[Reservation]] = defaultdict(list)
    for reservation in problem.reservations:
        if reservation.begins_at > problem.now and reservation.quantity:
            upcoming[reservation.unit].append(reservation)
    sent: dict[str, int] = defaultdict(int)
    for assignment in assignments:
        sent[assignment.unit] += assignment.quantity
    quantity = {unit.id: unit.quantity for unit in problem.units if unit.id in upcoming}
    for assignment in assignments:
        for reservation in upcoming.get(assignment.unit, ()):
            minutes = (reservation.begins_at - problem.now) / timedelta(minutes=1)
            if minutes <= assignment.arrival + SOON_MINUTES:
                at_home = max(0, quantity[assignment.unit] - sent[assignment.unit])
                yield _soon(assignment, reservation, short=max(0, reservation.quantity - at_home))


def _soon(assignment: Assignment, reservation: Reservation, *, short: int) -> ReservationSoon:
    return ReservationSoon(
        unit=assignment.unit,
        incident=assignment.incident,
        need=assignment.need,
        quantity=assignment.quantity,
        arrival=assignment.arrival,
        event=reservation.event,
        reserved=reservation.quantity,
        begins_at=reservation.begins_at,
        short=short,
    )


def _owners_without_units(problem: Problem) -> Iterator[OwnerWithoutUnits]:
    owners = {unit.owner for unit in problem.units}
    for row in problem.home_cover:
        if row.owner not in owners:
            yield OwnerWithoutUnits(row.owner, row.capability)
