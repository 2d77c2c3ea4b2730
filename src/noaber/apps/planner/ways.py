"""Teams of a plan whose way takes another time now than when it was made: a road was closed, or opened again."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import datetime

from noaber.apps.planner.models import Incident, Proposal
from noaber.apps.roads.enums import MinutesKind
from noaber.apps.roads.minutes import minutes_between
from noaber.core.geo import Position


@dataclass(frozen=True)
class ChangedWay:
    """Travel minutes in the plan and now; None where the roads lead there no more."""

    team: str
    owner: str
    planned: float
    planned_kind: MinutesKind
    now: float | None
    kind: MinutesKind


def changed_ways(proposal: Proposal, incident: Incident, at: datetime) -> list[ChangedWay]:
    """The teams planned for it whose travel differs by a minute or more, each once, in the order of the plan."""
    planned = {line["unit"]: float(line["travel"]) for line in proposal.lines_for(incident.number)}
    facts = [proposal.units[unit] for unit in planned]
    found = minutes_between(
        proposal.organisation,
        [Position(one["lon"], one["lat"]) for one in facts],
        [Position(incident.lon, incident.lat)],
        status=incident.status,
        at=at,
    )
    return [
        ChangedWay(
            one["name"],
            one["owner"],
            then,
            proposal.minutes_kind(unit, incident.number),
            now if math.isfinite(now) else None,
            found.kind(number, 0),
        )
        for number, (unit, one, then, now) in enumerate(
            zip(planned, facts, planned.values(), found.minutes[:, 0].tolist(), strict=True)
        )
        if abs(now - then) >= 1
    ]
