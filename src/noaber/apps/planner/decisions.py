"""What an officer decided otherwise than the plan: a team taken out of it, or held to its line."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from noaber.apps.accounts.models import Organisation
from noaber.apps.planner.models import Adjustment, Incident


@dataclass(frozen=True)
class Decision:
    """One decision about a unit at a need, by the need's code."""

    kind: str
    need: str
    unit: str
    quantity: int = 0
    reason: str = ""

    def is_about(self, need: str, unit: str) -> bool:
        return self.need == need and self.unit == unit

    def as_value(self) -> dict[str, Any]:
        return asdict(self)


def decisions_of(organisation: Organisation, incident: Incident) -> tuple[Decision, ...]:
    """What the organisation has decided for the incident, in order."""
    rows = Adjustment.objects.filter(incident=incident, organisation=organisation).order_by("pk")
    return tuple(
        Decision(kind, need, unit, quantity or 0, reason)
        for kind, need, unit, quantity, reason in rows.values_list("kind", "need__code", "unit", "quantity", "reason")
    )
