"""The regions of an organisation: the load that each has itself, and what it can still give.

A region is whoever answers for a territory and, straight or through others that answer for none, to the organisation.
Of its means one sees what their owners share: "up to n may go" where that is all they tell.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from noaber.apps.accounts.models import Organisation, Responsibility
from noaber.apps.exchange.holdings import SpokenFor, holdings_of
from noaber.apps.exchange.queries import committed_quantities
from noaber.apps.planner.enums import Severity
from noaber.apps.planner.models import Incident
from noaber.apps.planner.queries.home_loads import find_loads
from noaber.apps.registry.coded import counted_capability
from noaber.apps.registry.models import Capacity, CapacityCapability
from noaber.apps.registry.queries.reservations import teams_reserved
from noaber.apps.registry.seen import is_stale, seen_capacities
from noaber.core.giving import left_to_give
from noaber.core.promises import Holdings

MOST_KINDS = 3
"""Kinds of teams that a row names; it counts the others."""


@dataclass
class RegionRow:
    """One region at one moment.

    Parameters
    ----------
    severity
        Of its severest open incident that the reader sees; empty without any.
    state_at
        Of the newest state of its teams; None where nothing of them is known.
    """

    region: Organisation
    at: datetime.datetime
    incidents: int = 0
    severity: str = ""
    gives: list[str] = field(default_factory=list)
    more: int = 0
    state_at: datetime.datetime | None = None

    @property
    def name(self) -> str:
        """What it is called up to the first comma: the province, without which of its services."""
        return self.region.name.partition(",")[0]

    @property
    def is_stale(self) -> bool:
        return self.state_at is not None and is_stale(self.state_at, self.at)

    @property
    def says_nothing(self) -> bool:
        """Nothing happens there, and nothing is known of its means."""
        return not self.incidents and self.state_at is None

    @property
    def order(self) -> tuple[int, bool, str]:
        heaviest = Severity.values.index(self.severity) if self.severity else len(Severity.values)
        return heaviest, self.state_at is None, self.name


def region_rows(organisation: Organisation, status: str, at: datetime.datetime) -> list[RegionRow]:
    """The hardest hit first; none for who has no regions."""
    members = _regions(organisation)
    if not members:
        return []
    rows = {pk: RegionRow(region, at) for pk, region in Organisation.objects.in_bulk(list(members)).items()}
    _add_loads(rows, organisation, status)
    _add_means(rows, {owner: pk for pk, owners in members.items() for owner in owners}, organisation, status)
    return sorted(rows.values(), key=lambda row: row.order)


def _regions(organisation: Organisation) -> dict[int, set[int]]:
    """The keys of its regions, each with those of everyone who answers to it, itself included."""
    within = Organisation.objects.filter(country=organisation.country)
    children: dict[int, list[int]] = defaultdict(list)
    for pk, parent in within.order_by().values_list("pk", "parent"):
        if parent is not None:
            children[parent].append(pk)
    if not children[organisation.pk]:
        return {}
    answering = set(
        Responsibility.objects.filter(organisation__country=organisation.country).values_list("organisation", flat=True)
    )
    return {pk: set(_below(pk, children)) for pk in _first_answering(organisation.pk, children, answering)}


def _first_answering(pk: int, children: Mapping[int, list[int]], answering: set[int]) -> Iterator[int]:
    for child in children[pk]:
        if child in answering:
            yield child
        else:
            yield from _first_answering(child, children, answering)


def _below(pk: int, children: Mapping[int, list[int]]) -> Iterator[int]:
    yield pk
    for child in children[pk]:
        yield from _below(child, children)


def _add_loads(rows: dict[int, RegionRow], reader: Organisation, status: str) -> None:
    """What happens where each answers; a place that is known only roughly counts for all of them."""
    regions: dict[str, list[int]] = defaultdict(list)
    for territory, pk in Responsibility.objects.filter(organisation__in=rows).values_list("territory", "organisation"):
        regions[territory].append(pk)
    incidents = Incident.objects.visible_to(reader).filter(status=status, closed_at=None)
    for territory, severity in incidents.order_by().values_list("territory", "severity"):
        for pk in regions[territory]:
            row = rows[pk]
            row.incidents += 1
            row.severity = min(filter(None, (row.severity, severity)), key=Severity.values.index)


def _add_means(rows: dict[int, RegionRow], region_of: dict[int, int], reader: Organisation, status: str) -> None:
    capacities = list(seen_capacities(reader, status).filter(owner__in=region_of))
    if not capacities:
        return
    at = next(iter(rows.values())).at
    spoken_for = SpokenFor(committed_quantities(status, at).all, teams_reserved(status, at))
    loads = find_loads(reader, status, {one.owner.code for one in capacities}, "")
    holdings = holdings_of(reader, status, capacities, spoken_for, loads=loads)
    called = _called(capacities)
    units: dict[int, set[str]] = defaultdict(set)
    for one in capacities:
        row = rows[region_of[one.owner_id]]
        units[row.region.pk].add(f"{one.owner.code}:{one.code}")
        row.state_at = max(filter(None, (row.state_at, one.state_at)))
    for pk, names in units.items():
        stocks = {unit: holdings.stocks[unit] for unit in names}
        given = left_to_give(Holdings(stocks, holdings.covers, holdings.owners_hit), called)
        words = [counted_capability(quantity, capability) for capability, quantity in given.most_common()]
        rows[pk].gives, rows[pk].more = words[:MOST_KINDS], max(0, len(words) - MOST_KINDS)


def _called(capacities: list[Capacity]) -> dict[str, str]:
    """The first capability of each unit."""
    pairs = CapacityCapability.objects.filter(capacity__in=[one.pk for one in capacities])
    first: dict[int, str] = {}
    for pk, capability in pairs.order_by("position").values_list("capacity_id", "capability"):
        first.setdefault(pk, capability)
    return {f"{one.owner.code}:{one.code}": first[one.pk] for one in capacities if one.pk in first}
