"""What is left of the means that an organisation has or keeps, by capability: free, staying home, limited, in use."""

from __future__ import annotations

import datetime
from collections import defaultdict
from dataclasses import dataclass

from noaber.apps.accounts.models import Organisation
from noaber.apps.accounts.queries import keeps
from noaber.apps.exchange.queries import committed_quantities
from noaber.apps.registry.coded import capability_name
from noaber.apps.registry.models import CapacityCapability
from noaber.apps.registry.queries.capacities import list_home_cover
from noaber.apps.registry.queries.reservations import teams_reserved
from noaber.apps.registry.seen import is_stale, seen_capacities


@dataclass
class HomeRow:
    """Teams of one capability. A team that has several is counted under each."""

    capability: str
    free: int = 0
    """Neither spoken for nor out of use; `stays` of these are not to go."""
    stays: int = 0
    not_ready: int = 0
    reserved: int = 0
    promised: int = 0
    deployed: int = 0
    stale: int = 0
    """Capacities whose state is older than 24 hours."""

    @property
    def may_go(self) -> int:
        return self.free - self.stays

    @property
    def in_use(self) -> int:
        """Deployed, or offered to somebody."""
        return self.deployed + self.promised

    @property
    def name(self) -> str:
        return capability_name(self.capability)


def home_rows(organisation: Organisation, status: str, at: datetime.datetime) -> list[HomeRow]:
    """What is deployed most comes first, then what there is most of."""
    spoken_for, held = committed_quantities(status, at), teams_reserved(status, at)
    kept = seen_capacities(organisation, status).filter(owner__in=keeps(organisation))
    names: dict[int, list[str]] = defaultdict(list)
    pairs = CapacityCapability.objects.filter(capacity__in=kept.order_by().values("pk"))
    for pk, capability in pairs.values_list("capacity_id", "capability"):
        names[pk].append(capability)
    rows: dict[str, HomeRow] = {}
    free_of: dict[tuple[str, str], int] = defaultdict(int)
    fields = ("pk", "owner__code", "code", "quantity", "seen_available", "state_at")
    for pk, owner, code, quantity, left, state_at in kept.order_by("pk").values_list(*fields):
        key = f"{owner}:{code}"
        out, promised = spoken_for.out[key], spoken_for.promised[key]
        for capability in names[pk]:
            row = rows.setdefault(capability, HomeRow(capability))
            free = max(0, left - out - promised - held[key])
            row.free += free
            free_of[owner, capability] += free
            row.reserved += held[key]
            row.promised += promised
            row.deployed += out
            row.not_ready += quantity - left
            row.stale += is_stale(state_at, at)
    minima = list_home_cover(organisation, status).filter(owner__in=keeps(organisation)).order_by()
    for owner, capability, minimum in minima.values_list("owner__code", "capability", "minimum"):
        if capability in rows:
            rows[capability].stays += min(minimum, free_of[owner, capability])
    return sorted(rows.values(), key=lambda row: (-row.deployed - row.promised, -row.free, row.name))


def bases_of(organisation: Organisation, status: str, keys: set[str]) -> dict[str, tuple[float, float]]:
    """Where the teams "OWNER:CODE" are at home, of those that the organisation may see."""
    owners, codes = {key.partition(":")[0] for key in keys}, {key.partition(":")[2] for key in keys}
    found = seen_capacities(organisation, status).filter(owner__code__in=owners, code__in=codes)
    return {
        f"{owner}:{code}": (lon, lat)
        for owner, code, lon, lat in found.values_list("owner__code", "code", "lon", "lat")
    }
