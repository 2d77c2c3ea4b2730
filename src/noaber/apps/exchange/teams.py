"""The teams that could go for a line: those the supplier can offer, how many are left, when they would arrive."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from noaber.apps.accounts.models import Organisation
from noaber.apps.exchange.holdings import SpokenFor, holdings_of
from noaber.apps.registry.models import Capacity
from noaber.apps.registry.seen import is_stale, seen_capacities
from noaber.apps.roads.enums import MinutesKind
from noaber.apps.roads.minutes import minutes_between
from noaber.core.geo import Position
from noaber.core.messages.thread import Line
from noaber.core.promises import Asked, Holdings, propose

ROUNDED_TO_MINUTES: Final = 5
MOST_SHOWN: Final = 12


@dataclass(frozen=True)
class OwnTeam:
    """A capacity that could go.

    Parameters
    ----------
    left
        Teams that are there now: by its owner's word, less those that run in deployments, stand in offers or are
        reserved.
    arrival_minutes
        Mobilisation and travel; None where the line names no position, or no road leads there.
    kind
        Whether the travel is routed or estimated.
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
    kind: MinutesKind
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
    case_id: str,
) -> list[OwnTeam]:
    """The owners' capacities that fit the line, the soonest first, as far as `reader` may see them."""
    found = (
        seen_capacities(reader, status)
        .filter(owner__in=owners, capability_rows__capability=line.capability)
        .order_by("owner__code", "code")
    )
    listed = list(found)
    ways = _ways(reader, listed, line, status=status, now=now)
    teams = sorted((_team(*one, spoken_for, now) for one in zip(listed, ways, strict=True)), key=_soonest)
    holdings = holdings_of(reader, status, listed, SpokenFor(promised=spoken_for), case_id=case_id)
    return _propose(teams[:MOST_SHOWN], line, holdings, now)


def _soonest(team: OwnTeam) -> tuple[bool, float, str]:
    minutes = team.arrival_minutes if team.arrival_minutes is not None else float("inf")
    return team.left == 0, minutes, f"{team.owner}:{team.code}"


def _team(capacity: Capacity, way: Way, spoken_for: Counter[str], now: datetime) -> OwnTeam:
    minutes = None if way.minutes is None else capacity.mobilisation_minutes + way.minutes
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
        kind=way.kind,
        arrival_at=_rounded_up(now + timedelta(minutes=minutes)) if minutes is not None else None,
        stale=is_stale(capacity.state_at, now),
        illustrative=capacity.illustrative,
    )


@dataclass(frozen=True)
class Way:
    """How long the way from a base takes; None where it is not known."""

    minutes: float | None
    kind: MinutesKind


def _ways(reader: Organisation, capacities: Sequence[Capacity], line: Line, *, status: str, now: datetime) -> list[Way]:
    """The way of each capacity to the place of the line."""
    place = line.place.position if line.place else None
    if place is None:
        return [Way(None, MinutesKind.ESTIMATE)] * len(capacities)
    bases = [Position(capacity.lon, capacity.lat) for capacity in capacities]
    found = minutes_between(reader, bases, [place], status=status, at=now)
    return [
        Way(value if math.isfinite(value) else None, found.kind(number, 0))
        for number, value in enumerate(found.minutes[:, 0].tolist())
    ]


def _rounded_up(at: datetime) -> datetime:
    """To the next five minutes: an estimate is no more exact than that."""
    whole = at.replace(second=0, microsecond=0)
    rest = -whole.minute % ROUNDED_TO_MINUTES
    return whole + timedelta(minutes=rest)


def _propose(teams: list[OwnTeam], line: Line, holdings: Holdings, now: datetime) -> list[OwnTeam]:
    """Begin with the nearest, and never with a team that its owner keeps at home."""
    asked = Asked(line=line.element_id, capability=line.capability, missing=line.missing or line.quantity)
    candidates = [(f"{team.owner}:{team.code}", team.arrival_at or now) for team in teams]
    proposed = propose(asked, candidates, {}, holdings)
    return [replace(team, proposed=proposed.get(unit, 0)) for team, (unit, _) in zip(teams, candidates, strict=True)]
