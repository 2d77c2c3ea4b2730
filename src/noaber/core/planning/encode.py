"""A plan as JSON: the same plan gives the same bytes. Nothing is rounded; floats come out in full."""

from __future__ import annotations

import json
from typing import Any

from noaber.core.planning.objective import Figures
from noaber.core.planning.one_more import OneMore
from noaber.core.planning.optimise import Proof
from noaber.core.planning.plan import (
    Assignment,
    Explanation,
    Notice,
    Obstacle,
    OwnerWithoutUnits,
    Plan,
    ReservationSoon,
    Unmet,
    WarningCode,
)
from noaber.core.planning.stress import Combination, Stress


def encode_plan(plan: Plan) -> bytes:
    """A plan in the format of the contract: UTF-8, one value per line."""
    return encode_json(plan_value(plan))


def encode_json(value: Any) -> bytes:
    """JSON as every command writes it."""
    return (json.dumps(value, ensure_ascii=False, allow_nan=False, indent=1) + "\n").encode()


def plan_value(plan: Plan) -> dict[str, Any]:
    """A plan as JSON values; `seconds` comes last, the only one that differs between two runs."""
    return {
        "status": plan.status.value,
        "objectives": figures_value(plan.objectives),
        "bounds": figures_value(plan.bounds),
        "assignments": [_assignment(assignment) for assignment in plan.assignments],
        "unmet": [_unmet(unmet) for unmet in plan.unmet],
        "explanations": [_explanation(explanation) for explanation in plan.explanations],
        "warnings": [_notice(notice) for notice in plan.warnings],
        "seconds": plan.seconds,
    }


def encode_stress(found: Stress) -> bytes:
    """A stress test in UTF-8."""
    return encode_json(stress_value(found))


def stress_value(found: Stress) -> dict[str, Any]:
    """A stress test as JSON values; `seconds` comes last."""
    return {
        "simultaneous": found.simultaneous,
        "combinations": [_combination(combination) for combination in found.combinations],
        "one_more": [_one_more(one) for one in found.one_more],
        "seconds": found.seconds,
    }


def _combination(combination: Combination) -> dict[str, Any]:
    return {
        "incidents": list(combination.incidents),
        "objectives": figures_value(combination.figures),
        "unmet": [_unmet(unmet) for unmet in combination.unmet],
    }


def _one_more(one: OneMore) -> dict[str, Any]:
    return {
        "owner": one.owner,
        "capability": one.capability,
        "beside": one.beside,
        "unmet": one.unmet,
        "late": one.late,
        "combinations": one.combinations,
    }


def figures_value(figures: Figures | Proof) -> dict[str, float]:
    """The four objectives, or their bounds."""
    return {
        "unmet": figures.unmet,
        "late": figures.late,
        "minutes": figures.minutes,
        "burden": float(figures.burden),
    }


def _assignment(line: Assignment) -> dict[str, Any]:
    return {
        "unit": line.unit,
        "incident": line.incident,
        "need": line.need,
        "quantity": line.quantity,
        "agreement": line.agreement,
        "approval": line.approval,
        "mobilisation": line.mobilisation,
        "travel": line.travel,
        "arrival": line.arrival,
    }


def _unmet(unmet: Unmet) -> dict[str, Any]:
    return {
        "incident": unmet.incident,
        "need": unmet.need,
        "missing": unmet.missing,
        "because": [_obstacle(obstacle) for obstacle in unmet.because],
    }


def _obstacle(obstacle: Obstacle) -> dict[str, Any]:
    return {
        "reason": obstacle.reason.value,
        "teams": obstacle.teams,
        "units": list(obstacle.units),
        "owners": list(obstacle.owners),
    }


def _explanation(explanation: Explanation) -> dict[str, Any]:
    return {
        "unit": explanation.unit,
        "incident": explanation.incident,
        "need": explanation.need,
        "alternative": explanation.alternative,
        "moves": [
            {"unit": move.unit, "incident": move.incident, "need": move.need, "teams": move.teams}
            for move in explanation.moves
        ],
        "change": {
            "unmet": explanation.change.unmet,
            "late": explanation.change.late,
            "minutes": explanation.change.minutes,
            "burden": explanation.change.burden,
        },
        "method": explanation.method.value,
    }


def _notice(notice: Notice) -> dict[str, Any]:
    match notice:
        case ReservationSoon():
            return {
                "code": WarningCode.RESERVATION_SOON.value,
                "unit": notice.unit,
                "incident": notice.incident,
                "need": notice.need,
                "quantity": notice.quantity,
                "arrival": notice.arrival,
                "event": notice.event,
                "reserved": notice.reserved,
                "from": notice.begins_at.isoformat(),
                "short": notice.short,
            }
        case OwnerWithoutUnits():
            return {
                "code": WarningCode.OWNER_WITHOUT_UNITS.value,
                "owner": notice.owner,
                "capability": notice.capability,
            }
