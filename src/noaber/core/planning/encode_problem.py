"""A problem as the JSON of a problem file: what `noaber plan` would read to make the same plan.

What an officer decided about one plan (`pinned`, `excluded`) is no part of that format and is not written.
"""

from __future__ import annotations

from typing import Any

from noaber.core.planning.problem import (
    Agreement,
    EstimatedTravel,
    Incident,
    MatrixTravel,
    Problem,
    RoadTravel,
    Travel,
    Unit,
)


def problem_value(problem: Problem) -> dict[str, Any]:
    """A problem as JSON values; `decode.py` reads it back."""
    return {
        "now": problem.now.isoformat(),
        "units": [_unit(unit) for unit in problem.units],
        "home_cover": [
            {"owner": row.owner, "capability": row.capability, "minimum": row.minimum} for row in problem.home_cover
        ],
        "reservations": [
            {
                "unit": held.unit,
                "quantity": held.quantity,
                "from": held.begins_at.isoformat(),
                "to": held.ends_at.isoformat(),
                "event": held.event,
            }
            for held in problem.reservations
        ],
        "agreements": [_agreement(agreement) for agreement in problem.agreements],
        "incidents": [_incident(incident) for incident in problem.incidents],
        "travel": _travel(problem.travel),
    }


def _unit(unit: Unit) -> dict[str, Any]:
    return {
        "id": unit.id,
        "owner": unit.owner,
        "territory": unit.territory,
        "capabilities": sorted(unit.capabilities),
        "quantity": unit.quantity,
        "lon": unit.position.lon,
        "lat": unit.position.lat,
        "mobilisation": unit.mobilisation,
    }


def _agreement(agreement: Agreement) -> dict[str, Any]:
    shown = {name: getattr(agreement, name) for name in ("title", "channel", "cost_rule", "source")}
    return {
        "id": agreement.id,
        "providers": list(agreement.providers),
        "receivers": list(agreement.receivers),
        "capabilities": sorted(agreement.capabilities),
        "hazards": sorted(agreement.hazards),
        "approval": agreement.approval,
        **{name: text for name, text in shown.items() if text is not None},
    }


def _incident(incident: Incident) -> dict[str, Any]:
    return {
        "id": incident.id,
        "territory": incident.territory,
        "hazard": incident.hazard,
        "lon": incident.position.lon,
        "lat": incident.position.lat,
        "needs": [
            {
                "id": need.id,
                "capability": need.capability,
                "quantity": need.quantity,
                "within": need.within,
                "priority": need.priority,
                **({} if need.latest is None else {"latest": need.latest}),
            }
            for need in incident.needs
        ],
    }


def _travel(travel: Travel) -> dict[str, Any]:
    match travel:
        case EstimatedTravel():
            return {"model": "estimate", "speed": travel.speed_km_h, "detour": travel.detour}
        case MatrixTravel():
            return {"model": "matrix", "minutes": {unit: dict(row) for unit, row in travel.minutes.items()}}
        case RoadTravel():
            closures = {} if travel.closures is None else {"closures": travel.closures}
            return {"model": "road", "network": travel.network, **closures}
