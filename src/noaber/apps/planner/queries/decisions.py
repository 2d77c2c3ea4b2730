"""What an officer decided otherwise than the plan: a team taken out of it, or held to its line."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from noaber.apps.accounts.models import Organisation
from noaber.apps.planner.models import Adjustment, Incident

FIELDS = ("kind", "incident__number", "need__code", "unit", "quantity", "reason")


@dataclass(frozen=True)
class Decision:
    """One decision about a unit at a need, by the incident's number and the need's code."""

    kind: str
    incident: str
    need: str
    unit: str
    quantity: int = 0
    reason: str = ""

    def is_about(self, incident: str, need: str, unit: str) -> bool:
        return (self.incident, self.need, self.unit) == (incident, need, unit)

    def as_value(self) -> dict[str, Any]:
        return asdict(self)


def decisions_of(organisation: Organisation, incidents: Iterable[Incident]) -> tuple[Decision, ...]:
    """What the organisation has decided for the incidents, in order."""
    rows = Adjustment.objects.filter(incident__in=[one.pk for one in incidents], organisation=organisation)
    return tuple(
        Decision(kind, incident, need, unit, quantity or 0, reason)
        for kind, incident, need, unit, quantity, reason in rows.order_by("pk").values_list(*FIELDS)
    )
