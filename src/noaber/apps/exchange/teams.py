"""The teams that could go for a line: those the supplier can offer, how many are left, when they would arrive."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from noaber.apps.accounts.models import Organisation
from noaber.apps.registry.models import Capacity
from noaber.apps.registry.seen import is_stale, seen_capacities
from noaber.core.geo import Position, distance_km
from noaber.core.messages.thread import Line
from noaber.core.quantities import travel_minutes

ESTIMATED_SPEED_KM_H: Final = 60.0
ESTIMATED_DETOUR: Final = 1.3
ROUNDED_TO_MINUTES: Final = 5
MOST_SHOWN: Final = 12


@dataclass(frozen=True)
class OwnTeam:
    """A capacity that could go.

    Parameters
    ----------
    left
        Teams that are there now: by its owner's word, less those that run in deployments or stand in offers.
    arrival_minutes
        Mobilisation and estimated travel; None where the line names no position.
    proposed
        How many to offer, filling the line from the nearest.
    """

    pk: int
    code: str
    owner: str
    name: str
    base: str
    quantity: int
    left: int
    arrival_minutes: float | None
    arrival_at: datetime | None
    stale: bool
    illustrative: bool
    proposed: int = 0

    @property
    def stays(self) -> int:
        return max(0, self.left - self.proposed)


def teams_for(
    reader: Organisation,
    owners: Collection[int],
    line: Line,
    *,
    status: str,
    spoken_for: Counter[str],
    now: datetime,
) -> list[OwnTeam]:
    """The owners' capacities that fit the line, the soonest first, as far as `reader` may see them."""
    found = (
        seen_capacities(reader, status)
        .filter(owner__in=owners, capability_rows__capability=line.capability)
        .order_by("owner__code", "code")
    )
    teams = sorted((_team(capacity, line, spoken_for, now) for capacity in found), key=_soonest)
    return _propose(teams[:MOST_SHOWN], line.missing or line.quantity)


def _soonest(team: OwnTeam) -> tuple[bool, float, str]:
    minutes = team.arrival_minutes if team.arrival_minutes is not None else float("inf")
    return team.left == 0, minutes, f"{team.owner}:{team.code}"


def _team(capacity: Capacity, line: Line, spoken_for: Counter[str], now: datetime) -> OwnTeam:
    minutes = _arrival_minutes(capacity, line)
    available: int = capacity.seen_available  # type: ignore[attr-defined]
    total: int = capacity.seen_quantity  # type: ignore[attr-defined]
    return OwnTeam(
        pk=capacity.pk,
        code=capacity.code,
        owner=capacity.owner.code,
        name=capacity.name,
        base=capacity.base,
        quantity=total,
        left=max(0, available - spoken_for[f"{capacity.owner.code}:{capacity.code}"]),
        arrival_minutes=minutes,
        arrival_at=_rounded_up(now + timedelta(minutes=minutes)) if minutes is not None else None,
        stale=is_stale(capacity.state_at, now),
        illustrative=capacity.illustrative,
    )


def _arrival_minutes(capacity: Capacity, line: Line) -> float | None:
    """Mobilisation and the estimated way: great circle, times a detour, at a steady speed."""
    place = line.place.position if line.place else None
    if place is None:
        return None
    way = distance_km(Position(capacity.lon, capacity.lat), place) * ESTIMATED_DETOUR
    return capacity.mobilisation_minutes + travel_minutes(way, ESTIMATED_SPEED_KM_H)


def _rounded_up(at: datetime) -> datetime:
    """To the next five minutes: an estimate is no more exact than that."""
    whole = at.replace(second=0, microsecond=0)
    rest = -whole.minute % ROUNDED_TO_MINUTES
    return whole + timedelta(minutes=rest)


def _propose(teams: list[OwnTeam], wanted: int) -> list[OwnTeam]:
    proposed = []
    for team in teams:
        taken = min(team.left, wanted)
        wanted -= taken
        proposed.append(replace(team, proposed=taken))
    return proposed
