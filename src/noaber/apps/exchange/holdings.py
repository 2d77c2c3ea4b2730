"""What a supplier knows of its teams at this moment: there, promised, reserved, kept at home, hit itself.

The form of an answer and the service that signs it read the same holdings, as far as their reader may see them.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.db.models import Q

from noaber.apps.accounts.models import Organisation
from noaber.apps.exchange.home_load import HEAVIEST
from noaber.apps.registry.models import Capacity, CapacityCapability
from noaber.apps.registry.queries.capacities import list_home_cover
from noaber.apps.registry.seen import seen_capacities
from noaber.core.promises import Cover, Holdings, Stock


@dataclass(frozen=True)
class SpokenFor:
    """Teams that are not free, by "OWNER:CODE"."""

    promised: Counter[str] = field(default_factory=Counter)
    """Out, ordered, or offered to somebody."""
    reserved: Counter[str] = field(default_factory=Counter)


def capacities_of_units(reader: Organisation, status: str, units: Collection[str]) -> list[Capacity]:
    """The capacities "OWNER:CODE" that the reader may see."""
    named = [unit.partition(":")[::2] for unit in units]
    wanted = Q(pk__in=[])
    for owner, code in named:
        wanted |= Q(owner__code=owner, code=code)
    return list(seen_capacities(reader, status).filter(wanted))


def holdings_of(
    reader: Organisation,
    status: str,
    capacities: Sequence[Capacity],
    spoken_for: SpokenFor,
    *,
    loads: Mapping[str, str],
) -> Holdings:
    """The holdings of these capacities, as `seen_capacities` gives them, with what their owners keep at home.

    `loads` is how heavy the owners' own load is (`home_load.py`).

    A minimum counts all teams of its owner that have the capability, also those of capacities that are not asked for.
    """
    capabilities = _capabilities(capacities)
    stocks = {stock.unit: stock for stock in (_stock(one, capabilities[one.pk], spoken_for) for one in capacities)}
    owners = {stock.owner for stock in stocks.values()}
    named = {capability for stock in stocks.values() for capability in stock.capabilities}
    hit = frozenset(owner for owner, load in loads.items() if load == HEAVIEST)
    return Holdings(stocks, _covers(reader, status, owners, named, spoken_for), hit)


def _capabilities(capacities: Iterable[Capacity]) -> Mapping[int, frozenset[str]]:
    found: dict[int, set[str]] = defaultdict(set)
    pairs = CapacityCapability.objects.filter(capacity__in=[one.pk for one in capacities]).order_by()
    for pk, capability in pairs.values_list("capacity_id", "capability"):
        found[pk].add(capability)
    return defaultdict(frozenset, {pk: frozenset(names) for pk, names in found.items()})


def _stock(capacity: Capacity, capabilities: frozenset[str], spoken_for: SpokenFor) -> Stock:
    unit = f"{capacity.owner.code}:{capacity.code}"
    there: int = capacity.seen_available  # type: ignore[attr-defined]
    return Stock(
        unit=unit,
        owner=capacity.owner.code,
        capabilities=capabilities,
        there=there,
        promised=spoken_for.promised[unit],
        reserved=spoken_for.reserved[unit],
    )


def _covers(
    reader: Organisation, status: str, owners: Collection[str], capabilities: Collection[str], spoken_for: SpokenFor
) -> list[Cover]:
    rows = list_home_cover(reader, status).filter(owner__code__in=owners, capability__in=capabilities)
    minima = {
        (owner, capability): minimum
        for owner, capability, minimum in rows.order_by().values_list("owner__code", "capability", "minimum")
    }
    if not minima:
        return []
    free: Counter[tuple[str, str]] = Counter()
    keepers, kept = {owner for owner, _ in minima}, {capability for _, capability in minima}
    teams = seen_capacities(reader, status).filter(owner__code__in=keepers, capability_rows__capability__in=kept)
    columns = ("owner__code", "code", "capability_rows__capability", "seen_available")
    for owner, code, capability, available in teams.order_by().values_list(*columns):
        unit = f"{owner}:{code}"
        taken = spoken_for.promised[unit] + spoken_for.reserved[unit]
        free[owner, capability] += max(0, available - taken)
    return [
        Cover(owner=owner, capability=capability, minimum=minimum, free=free[owner, capability])
        for (owner, capability), minimum in sorted(minima.items())
    ]
