"""Teams of a plan whose way takes another time now than when it was made: a road was closed, or opened again."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from noaber.apps.planner.models import Incident, Proposal
from noaber.apps.roads.enums import MinutesKind
from noaber.apps.roads.network.minutes import minutes_between
from noaber.core.deadlines import minutes_until
from noaber.core.geo import Position


@dataclass(frozen=True)
class ChangedRoute:
    """Travel minutes in the plan and now; None where the roads lead there no more.

    `makes_late`: it was planned in time, and comes after the deadline by the way that is left.
    """

    team: str
    owner: str
    planned: float
    planned_kind: MinutesKind
    now: float | None
    kind: MinutesKind
    makes_late: bool


def changed_routes(proposal: Proposal, incident: Incident, at: datetime) -> list[ChangedRoute]:
    """The teams planned for it whose travel differs by a minute or more, each once, in the order of the plan."""
    lines = proposal.lines_for(incident.number)
    planned = {line["unit"]: float(line["travel"]) for line in lines}
    facts = [proposal.units[unit] for unit in planned]
    found = minutes_between(
        proposal.organisation,
        [Position(one["lon"], one["lat"]) for one in facts],
        [Position(incident.lon, incident.lat)],
        status=incident.status,
        at=at,
    )
    ways = zip(planned.items(), facts, found.minutes[:, 0].tolist(), strict=True)
    changed = [(number, *way) for number, way in enumerate(ways) if abs(way[2] - way[0][1]) >= 1]
    spare = _minutes_to_spare(proposal, incident, lines) if changed else {}
    return [
        ChangedRoute(
            one["name"],
            one["owner"],
            then,
            proposal.minutes_kind(unit, incident.number),
            now if math.isfinite(now) else None,
            found.kind(number, 0),
            0 <= spare.get(unit, math.inf) < now - then,
        )
        for number, (unit, then), one, now in changed
    ]


def _minutes_to_spare(proposal: Proposal, incident: Incident, lines: Iterable[Mapping[str, Any]]) -> dict[str, float]:
    """How long before the deadline each unit would be there, by the plan; of its needs, where it has least."""
    needed_by = dict(incident.needs.values_list("code", "needed_by"))
    spare: dict[str, float] = {}
    for line in lines:
        if line["need"] in needed_by:
            left = minutes_until(needed_by[line["need"]], proposal.made_at) - line["arrival"]
            spare[line["unit"]] = min(left, spare.get(line["unit"], math.inf))
    return spare
