"""How heavy an owner's own load is: the severest open incident in its territory, for whoever answers a request."""

from __future__ import annotations

from collections.abc import Collection

from noaber.apps.accounts.models import Organisation
from noaber.apps.planner.enums import Severity
from noaber.apps.planner.models import Incident

COUNTRY_LENGTH = 2


def find_loads(reader: Organisation, status: str, owners: Collection[str], case_id: str) -> dict[str, str]:
    """By owner; as `exchange.home_load.FindLoads` asks for it."""
    rows = Organisation.objects.filter(code__in=owners).order_by()
    territories = rows.values_list("code", "territory")
    regional = {code: territory for code, territory in territories if len(territory) > COUNTRY_LENGTH}
    if not regional:
        return {}
    incidents = Incident.objects.visible_to(reader).filter(status=status, closed_at=None).exclude(number=case_id)
    running = list(incidents.order_by().values_list("territory", "severity"))
    found: dict[str, str] = {}
    for owner, territory in regional.items():
        inside = [severity for place, severity in running if place.startswith(territory)]
        if inside:
            found[owner] = min(inside, key=Severity.values.index)
    return found
