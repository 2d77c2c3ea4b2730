"""The list of capacities and one of them, as a reader sees them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.db.models import Count, Min, Q, QuerySet, Sum
from django.utils.timezone import localdate

from noaber.apps.accounts.models import Organisation
from noaber.apps.accounts.queries import keeps
from noaber.apps.accounts.sharing import visible_to
from noaber.apps.registry.certificates import SOON, Standing
from noaber.apps.registry.models import Capacity, CapacityCapability, HomeCover
from noaber.apps.registry.seen import STALE_AFTER, seen_capacities
from noaber.core.problems import NotFound

ORDER: Final[Mapping[str, str]] = {
    "name": "name",
    "owner": "owner__code",
    "available": "seen_available",
    "quantity": "seen_quantity",
    "mobilisation": "mobilisation_minutes",
    "state": "seen_state",
    "state_at": "state_at",
}
"""By what a list may be sorted, and what orders it: never a field that others do not see."""

CELLS: Final = (0, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 30, 360)
"""Degrees of the squares in which bases are put together on a map, the finest that will do."""


@dataclass(frozen=True)
class CapacityFilter:
    """What a list is narrowed to; empty means all."""

    capability: str = ""
    owner: str = ""
    country: str = ""
    state: str = ""
    text: str = ""
    stale: bool = False
    certificates: str = ""
    """“expired”: one has run out; “soon”: one has, or will within `SOON`."""


def list_capacities(
    reader: Organisation, status: str, wanted: CapacityFilter, *, now: datetime, sort: str = "owner"
) -> QuerySet[Capacity]:
    """The capacities that fit, in order; each with its capabilities and what the reader sees of it."""
    rows = seen_capacities(reader, status)
    if wanted.capability:
        having = CapacityCapability.objects.filter(capability=wanted.capability).values("capacity")
        rows = rows.filter(pk__in=having)
    if wanted.owner:
        rows = rows.filter(owner__code=wanted.owner)
    if wanted.country:
        rows = rows.filter(territory__startswith=wanted.country)
    if wanted.state:
        rows = rows.filter(Q(seen_state=wanted.state))
    if wanted.stale:
        rows = rows.filter(state_at__lt=now - STALE_AFTER)
    if wanted.certificates:
        rows = rows.filter(_certified_before(localdate(now), wanted.certificates))
    for word in wanted.text.split():
        rows = rows.filter(_holds(word))
    return rows.order_by(*_order(sort)).prefetch_related("capability_rows")


def _certified_before(today: date, wanted: str) -> Q:
    return Q(certified_until__lt=today) if wanted == Standing.EXPIRED else Q(certified_until__lte=today + SOON)


def _holds(word: str) -> Q:
    return (
        Q(name__icontains=word)
        | Q(base__icontains=word)
        | Q(code__icontains=word)
        | Q(owner__code__icontains=word)
        | Q(territory__iexact=word)
    )


def _order(sort: str) -> tuple[str, ...]:
    key = sort.removeprefix("-")
    column = ORDER.get(key, "owner__code")
    return (("-" if sort.startswith("-") else "") + column, "owner__code", "code")


def get_capacity(reader: Organisation, status: str, pk: int) -> Capacity:
    """One capacity with what the reader sees of it, or `NotFound`."""
    found = seen_capacities(reader, status).prefetch_related("capability_rows", "groups").filter(pk=pk).first()
    if found is None:
        raise NotFound
    return found


@dataclass(frozen=True)
class Totals:
    capacities: int
    teams: int
    available: int
    oldest: datetime | None
    expired: int
    soon: int


def totals_of(rows: QuerySet[Capacity], *, now: datetime) -> Totals:
    """The sums over a list, of what the reader sees; of how many a certificate has run out, or will soon."""
    today = localdate(now)
    found = rows.order_by().aggregate(
        capacities=Count("pk"),
        teams=Sum("seen_quantity"),
        available=Sum("seen_available"),
        oldest=Min("state_at"),
        expired=Count("pk", filter=Q(certified_until__lt=today)),
        soon=Count("pk", filter=Q(certified_until__gte=today, certified_until__lte=today + SOON)),
    )
    return Totals(**{**found, "teams": found["teams"] or 0, "available": found["available"] or 0})


@dataclass(frozen=True)
class Base:
    """One place where teams stand, or several that lie near to each other: a point on the map."""

    names: tuple[str, ...]
    lon: float
    lat: float
    owners: tuple[str, ...]
    capacities: int
    available: int
    is_kept: bool
    only: int | None
    """The key of the capacity, where there is just one."""


def bases_of(rows: QuerySet[Capacity], *, most: int) -> list[Base]:
    """The bases of a list, all of them: where there are more than `most`, those near to each other are one point."""
    place = ("lon", "lat", "base", "owner__code", "is_kept")
    same = rows.order_by("owner__code", "base").values_list(*place)
    listed = list(same.annotate(number=Count("pk"), free=Sum("seen_available"), first=Min("pk")))
    for cell in CELLS:
        found = _by_cell(listed, cell)
        if len(found) <= most:
            break
    return [_base(there) for there in found]


def _by_cell(rows: list[tuple[Any, ...]], cell: float) -> list[list[tuple[Any, ...]]]:
    """What lies in the same square of `cell` degrees; at the same position where it is 0."""
    found: dict[tuple[float, float], list[tuple[Any, ...]]] = {}
    for row in rows:
        lon, lat = row[:2]
        key = (lon // cell, lat // cell) if cell else (lon, lat)
        found.setdefault(key, []).append(row)
    return list(found.values())


def _base(there: list[tuple[Any, ...]]) -> Base:
    lons, lats, names, owners, kept, numbers, available, keys = zip(*there, strict=True)
    return Base(
        names=tuple(dict.fromkeys(name for name in names if name)),
        lon=lons[0],
        lat=lats[0],
        owners=tuple(sorted(set(owners))),
        capacities=sum(numbers),
        available=sum(available),
        is_kept=any(kept),
        only=keys[0] if sum(numbers) == 1 else None,
    )


def owners_in(reader: Organisation, status: str) -> list[str]:
    """The owners of whom the reader sees any capacity, for a filter."""
    codes = seen_capacities(reader, status).order_by().values_list("owner__code", flat=True)
    return sorted(codes.distinct())


def capacity_counts(reader: Organisation, status: str) -> dict[int, int]:
    """How many capacities the reader sees, by the key of their owner."""
    rows = seen_capacities(reader, status).order_by().values_list("owner").annotate(number=Count("pk"))
    return dict(rows)


def list_home_cover(reader: Organisation, status: str) -> QuerySet[HomeCover]:
    """The minima that the reader knows: those that it keeps, and those of others that reach it."""
    known = visible_to(HomeCover, reader) | Q(owner__in=keeps(reader))
    return HomeCover.objects.filter(known, status=status).select_related("owner").prefetch_related("groups")
