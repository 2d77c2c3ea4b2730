"""Capacities as a plan needs them: only what the asking organisation may see, and only what may go."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.timezone import localdate

from noaber.apps.accounts.models import Organisation
from noaber.apps.registry.certificates import Standing, standing_until
from noaber.apps.registry.models import CapacityCapability, HomeCover
from noaber.apps.registry.queries.lists import capabilities_by_capacity
from noaber.apps.registry.seen import is_stale, seen_capacities
from noaber.core.geo import Position
from noaber.core.planning.problem import HomeCover as PlannedHomeCover
from noaber.core.planning.problem import Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanningUnit:
    """A capacity that may take part in a plan, with what is shown beside its line.

    Parameters
    ----------
    id
        "OWNER:CODE", unique among what one organisation sees of one status.
    quantity
        Teams that may go: what is left by the owner's word and sharing, less `committed`.
    committed
        Teams that run in deployments already, as the caller told.
    stale
        The owner's word is older than 24 hours.
    certificate_expired
        One of its certificates has run out. It is only shown: nothing is planned otherwise for it.
    """

    id: str
    capacity: int
    owner: str
    name: str
    base: str
    territory: str
    capabilities: tuple[str, ...]
    quantity: int
    committed: int
    lon: float
    lat: float
    mobilisation_minutes: int
    state: str
    state_at: datetime
    stale: bool
    is_kept: bool
    illustrative: bool
    certificate_expired: bool = False

    def as_unit(self) -> Unit:
        """What the planning problem is made of."""
        return Unit(
            id=self.id,
            owner=self.owner,
            territory=self.territory,
            capabilities=frozenset(self.capabilities),
            quantity=self.quantity,
            position=Position(lon=self.lon, lat=self.lat),
            mobilisation=float(self.mobilisation_minutes),
        )


_COLUMNS = (
    "pk",
    "code",
    "owner__code",
    "name",
    "base",
    "territory",
    "seen_available",
    "lon",
    "lat",
    "mobilisation_minutes",
    "seen_state",
    "state_at",
    "is_kept",
    "illustrative",
    "certified_until",
)


def planning_units(
    organisation: Organisation,
    status: str,
    now: datetime,
    *,
    committed: Mapping[str, int] | None = None,
    capabilities: Collection[str] | None = None,
) -> list[PlanningUnit]:
    """The capacities that may take part in a plan of `organisation`.

    Parameters
    ----------
    committed
        Teams in running deployments by unit id; they are taken off. Of a unit of which "up to n may go", those that
        went count among the n.
    capabilities
        Only units that have one of these; all where it is None.

    Returns
    -------
    list of PlanningUnit
        By owner and code; also those with nothing left (quantity 0), so that a page can say so.
    """
    taken = committed or {}
    rows = seen_capacities(organisation, status)
    if capabilities is not None:
        having = CapacityCapability.objects.filter(capability__in=list(capabilities)).values("capacity")
        rows = rows.filter(pk__in=having)
    listed = list(rows.order_by("owner__code", "code").values_list(*_COLUMNS))
    names = capabilities_by_capacity([row[0] for row in listed])
    return [_unit(row, names, taken, now) for row in listed]


def _unit(
    row: tuple[Any, ...], names: Mapping[int, tuple[str, ...]], taken: Mapping[str, int], now: datetime
) -> PlanningUnit:
    values = dict(zip(_COLUMNS, row, strict=True))
    identifier = f"{values['owner__code']}:{values['code']}"
    committed = taken.get(identifier, 0)
    return PlanningUnit(
        id=identifier,
        capacity=values["pk"],
        owner=values["owner__code"],
        name=values["name"],
        base=values["base"],
        territory=values["territory"],
        capabilities=names.get(values["pk"], ()),
        quantity=max(0, values["seen_available"] - committed),
        committed=committed,
        lon=values["lon"],
        lat=values["lat"],
        mobilisation_minutes=values["mobilisation_minutes"],
        state=values["seen_state"],
        state_at=values["state_at"],
        stale=is_stale(values["state_at"], now),
        is_kept=values["is_kept"],
        illustrative=values["illustrative"],
        certificate_expired=standing_until(values["certified_until"], localdate(now)) is Standing.EXPIRED,
    )


def home_cover(
    organisation: Organisation, status: str, *, capabilities: Collection[str] | None = None
) -> list[PlannedHomeCover]:
    """The minima that stay at home: the organisation's own, and those of others that they share with it."""
    rows = HomeCover.objects.visible_to(organisation).filter(status=status)
    if capabilities is not None:
        rows = rows.filter(capability__in=list(capabilities))
    listed = rows.order_by("owner__code", "capability").values_list("owner__code", "capability", "minimum")
    return [PlannedHomeCover(owner, capability, minimum) for owner, capability, minimum in listed]
