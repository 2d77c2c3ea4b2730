"""The teams that could go for the lines of a request: which fit, how many may go, when they arrive, what stays."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from noaber.apps.accounts.models import Organisation
from noaber.apps.exchange.holdings import SpokenFor, holdings_of
from noaber.apps.exchange.home_load import loads_of
from noaber.apps.exchange.queries import teams_spoken_for
from noaber.apps.exchange.services.promises import asked_of
from noaber.apps.registry.models import Capacity, CapacityCapability
from noaber.apps.registry.queries.reservations import teams_reserved
from noaber.apps.registry.seen import is_stale, seen_capacities
from noaber.apps.roads.enums import MinutesKind
from noaber.apps.roads.network.minutes import minutes_between
from noaber.core.geo import Position
from noaber.core.messages.thread import Line
from noaber.core.promises import Cover, Holdings, minutes_after, propose

ESTIMATES_ROUNDED_TO_MINUTES: Final = 5
MOST_SHOWN: Final = 7
MOST_FOLDED: Final = 20
_FREE_COLUMNS: Final = ("owner__code", "code", "seen_available")


@dataclass(frozen=True)
class OwnTeam:
    """A capacity that could go for one line.

    Parameters
    ----------
    left
        Teams that nobody else has.
    may_go
        Of these, teams that may go without a word: not reserved, and not kept at home by their owner.
    keeps
        What its owner keeps at home of the line's capability; None where no minimum is known.
    is_hit
        Its owner has an extreme incident of its own.
    arrival_minutes
        Mobilisation and travel; None where the line names no position, or no road leads there.
    kind
        How the minutes of the way were got.
    spare_minutes
        From the arrival to the deadline, below zero where it is late; None where one of them is unknown.
    proposed
        How many to offer: what the plan thought of, else the nearest in time.
    """

    pk: int
    code: str
    owner: str
    owner_name: str
    name: str
    base: str
    quantity: int
    left: int
    reserved: int
    may_go: int
    keeps: Cover | None
    is_hit: bool
    arrival_minutes: float | None
    mobilisation_minutes: int
    kind: MinutesKind
    arrival_at: datetime | None
    spare_minutes: int | None
    is_useless: bool
    stale: bool
    illustrative: bool
    proposed: int = 0

    @property
    def unit(self) -> str:
        return f"{self.owner}:{self.code}"

    @property
    def is_locked(self) -> bool:
        """There, and kept at home: it goes only with a reason."""
        return self.left > 0 and self.may_go == 0

    @property
    def fits(self) -> bool:
        """Whether it is worth looking at first: there, and not after the last moment of use."""
        return self.left > 0 and not self.is_useless


@dataclass(frozen=True)
class Choice:
    """The teams for one line: first those that fit, the nearest first; the rest folded."""

    teams: tuple[OwnTeam, ...]
    rest: tuple[OwnTeam, ...]
    late: int = 0
    """Of the rest: there, and late or farther than those shown."""
    gone: int = 0
    """Of the rest: in use, promised, or out of service."""
    useless: int = 0
    """Of the rest: after the last moment of use."""

    @property
    def count(self) -> int:
        """How many are not shown first; also those that are not listed at all."""
        return self.late + self.gone + self.useless


def free_teams(organisation: Organisation, status: str, at: datetime, units: Iterable[str]) -> dict[str, int]:
    """How many teams of the units may go at the moment `at`, by id, of those that the organisation may see."""
    wanted = frozenset(units)
    if not wanted:
        return {}
    spoken_for = teams_spoken_for(status, at) + teams_reserved(status, at)
    owners, codes = {unit.partition(":")[0] for unit in wanted}, {unit.partition(":")[2] for unit in wanted}
    found = seen_capacities(organisation, status).filter(owner__code__in=owners, code__in=codes)
    rows = found.order_by().values_list(*_FREE_COLUMNS)
    left = {f"{owner}:{code}": available for owner, code, available in rows}
    return {unit: max(0, left[unit] - spoken_for[unit]) for unit in wanted & left.keys()}


@dataclass
class Yard:
    """The supplier's teams that fit any of some lines, read once for all of them."""

    reader: Organisation
    status: str
    now: datetime
    capacities: list[Capacity]
    holdings: Holdings
    loads: dict[str, str]
    """How heavy each owner's own load is, where it is known."""

    @classmethod
    def load(
        cls,
        reader: Organisation,
        owners: Collection[int],
        lines: Sequence[Line],
        *,
        status: str,
        spoken_for: SpokenFor,
        case_id: str,
        now: datetime,
    ) -> Yard:
        """What `reader` may see of the owners' capacities with one of the lines' capabilities."""
        wanted = {line.capability for line in lines}
        having = CapacityCapability.objects.filter(capability__in=wanted).values("capacity")
        rows = seen_capacities(reader, status).filter(owner__in=owners, pk__in=having)
        capacities = list(rows.order_by("owner__code", "code"))
        loads = loads_of(reader, status, {one.owner.code for one in capacities}, case_id)
        holdings = holdings_of(reader, status, capacities, spoken_for, loads=loads)
        return cls(reader, status, now, capacities, holdings, loads)

    def choose(self, line: Line, taken: Counter[str], typed: frozenset[int] = frozenset()) -> Choice:
        """The teams for a line, with how many of which to offer beside what other lines have `taken`.

        `typed` are the keys of capacities for which somebody has entered a number: they are shown in any case.
        """
        fitting = [one for one in self.capacities if line.capability in self.holdings.stocks[unit_of(one)].capabilities]
        ways = self._ways(fitting, line)
        teams = sorted((self._team(line, *one) for one in zip(fitting, ways, strict=True)), key=_soonest)
        coming = [(team.unit, team.arrival_at) for team in teams if team.left]
        chosen = propose(asked_of(line), coming, planned_for(line), self.holdings, taken)
        taken.update(chosen)
        return _choice([replace(team, proposed=chosen.get(team.unit, 0)) for team in teams], typed)

    def _team(self, line: Line, capacity: Capacity, way: Way) -> OwnTeam:
        unit = unit_of(capacity)
        stock = self.holdings.stocks[unit]
        covers = [one for one in self.holdings.covers_of(unit) if one.capability == line.capability]
        minutes = None if way.minutes is None else capacity.mobilisation_minutes + way.minutes
        arrival = _rounded_up(self.now + timedelta(minutes=minutes), way.kind) if minutes is not None else None
        return OwnTeam(
            pk=capacity.pk,
            code=capacity.code,
            owner=capacity.owner.code,
            owner_name=capacity.owner.name,
            name=capacity.name,
            base=capacity.base,
            quantity=capacity.seen_quantity,  # type: ignore[attr-defined]
            left=stock.left,
            reserved=stock.reserved,
            may_go=self.holdings.may_go(unit),
            keeps=covers[0] if covers else None,
            is_hit=capacity.owner.code in self.holdings.owners_hit,
            arrival_minutes=minutes,
            mobilisation_minutes=capacity.mobilisation_minutes,
            kind=way.kind,
            arrival_at=arrival,
            spare_minutes=-minutes_after(arrival, line.needed_at) if arrival and line.needed_at else None,
            is_useless=bool(arrival and line.latest_at and arrival > line.latest_at),
            stale=is_stale(capacity.state_at, self.now),
            illustrative=capacity.illustrative,
        )

    def _ways(self, capacities: Sequence[Capacity], line: Line) -> list[Way]:
        """The way of each capacity to the place of the line."""
        place = line.place.position if line.place else None
        if place is None:
            return [Way(None, MinutesKind.ESTIMATE)] * len(capacities)
        bases = [Position(capacity.lon, capacity.lat) for capacity in capacities]
        found = minutes_between(self.reader, bases, [place], status=self.status, at=self.now)
        return [
            Way(value if math.isfinite(value) else None, found.kind(number, 0))
            for number, value in enumerate(found.minutes[:, 0].tolist())
        ]


@dataclass(frozen=True)
class Way:
    """How long the way from a base takes; None where it is not known."""

    minutes: float | None
    kind: MinutesKind


def unit_of(capacity: Capacity) -> str:
    return f"{capacity.owner.code}:{capacity.code}"


def planned_for(line: Line) -> Counter[str]:
    """The teams that the asker's plan thought of."""
    return Counter(line.information.planned_units if line.information else ())


def _soonest(team: OwnTeam) -> tuple[bool, float, str]:
    minutes = team.arrival_minutes if team.arrival_minutes is not None else float("inf")
    return team.left == 0, minutes, team.unit


def _choice(teams: Sequence[OwnTeam], typed: frozenset[int]) -> Choice:
    first = [team for team in teams if team.fits]
    shown = {team.unit for team in first[:MOST_SHOWN]} | {
        team.unit for team in teams if team.proposed or team.pk in typed
    }
    rest = [team for team in teams if team.unit not in shown]
    return Choice(
        teams=tuple(team for team in teams if team.unit in shown),
        rest=tuple(rest[:MOST_FOLDED]),
        late=sum(1 for team in rest if team.fits),
        gone=sum(1 for team in rest if not team.left),
        useless=sum(1 for team in rest if team.left and team.is_useless),
    )


def _rounded_up(at: datetime, kind: MinutesKind) -> datetime:
    """To the next minute, or the next five where the way is approximate: it is no more exact than that."""
    step = timedelta(minutes=1 if kind is MinutesKind.ROUTED else ESTIMATES_ROUNDED_TO_MINUTES)
    midnight = at.replace(hour=0, minute=0, second=0, microsecond=0)
    return midnight + step * math.ceil((at - midnight) / step)
