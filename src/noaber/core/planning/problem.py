"""The question a plan answers: who is there, what is promised, what is needed, how far it is.

Frozen values that check themselves; `decode.py` makes them from a problem file, the planner's pages make them
from the registry. Nothing here computes. Two fields are not in the file format, because they are an officer's
decision about one plan and not a fact: `Problem.pinned` and `Problem.excluded`.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from noaber.core.geo import Position

ANY: Final = "*"
"""In an agreement: every capability, or every hazard."""

MAX_TEAMS: Final = 1_000_000
"""The largest number of teams that one entry may name: beyond it a figure is a typing error."""

MAX_MINUTES: Final = 1e9
"""The longest duration of one step, minutes (about 1,900 years): beyond it a figure is a typing error."""

PRIORITY_WEIGHTS: Final[Mapping[int, int]] = {1: 100, 2: 10, 3: 1}
"""What one missing team, or one minute of lateness, weighs by the priority of its need."""


def _check_minutes(name: str, minutes: float) -> None:
    if not 0 <= minutes <= MAX_MINUTES:
        raise ValueError(f"{name} is {minutes}; expected minutes from 0 to {MAX_MINUTES:g}")


def _check_teams(name: str, teams: int) -> None:
    if not 0 <= teams <= MAX_TEAMS:
        raise ValueError(f"{name} is {teams}; expected a number of teams from 0 to {MAX_TEAMS}")


def _check_unique(kind: str, ids: Iterable[str]) -> None:
    seen: set[str] = set()
    for one in ids:
        if one in seen:
            raise ValueError(f"the {kind} id {one!r} is used twice")
        seen.add(one)


@dataclass(frozen=True, slots=True)
class Unit:
    """`quantity` identical teams of one owner at one base.

    Parameters
    ----------
    mobilisation
        Minutes from the decision to the departure.
    """

    id: str
    owner: str
    territory: str
    capabilities: frozenset[str]
    quantity: int
    position: Position
    mobilisation: float

    def __post_init__(self) -> None:
        _check_teams("quantity", self.quantity)
        _check_minutes("mobilisation", self.mobilisation)

    @property
    def country(self) -> str:
        return self.territory[:2]


@dataclass(frozen=True, slots=True)
class HomeCover:
    """An owner's minimum: this many of its available teams with `capability` stay."""

    owner: str
    capability: str
    minimum: int

    def __post_init__(self) -> None:
        _check_teams("minimum", self.minimum)


@dataclass(frozen=True, slots=True)
class Reservation:
    """Teams of a unit that an event holds, from `begins_at` (included) to `ends_at` (not included)."""

    unit: str
    quantity: int
    begins_at: datetime
    ends_at: datetime
    event: str

    def __post_init__(self) -> None:
        _check_teams("quantity", self.quantity)
        if self.begins_at.tzinfo is None or self.ends_at.tzinfo is None:
            raise ValueError("a reservation's times need a time zone")
        if self.ends_at <= self.begins_at:
            raise ValueError("a reservation ends after it begins")

    def holds_at(self, moment: datetime) -> bool:
        return self.begins_at <= moment < self.ends_at


@dataclass(frozen=True, slots=True)
class Agreement:
    """Between whom help may cross a border, with what, for which hazard, after how many minutes of approval.

    A territory lies inside a provider or receiver whose code it begins with. `title`, `channel`, `cost_rule`
    and `source` are shown, not computed with.
    """

    id: str
    providers: tuple[str, ...]
    receivers: tuple[str, ...]
    capabilities: frozenset[str]
    hazards: frozenset[str]
    approval: float
    title: str | None = None
    channel: str | None = None
    cost_rule: str | None = None
    source: str | None = None

    def __post_init__(self) -> None:
        _check_minutes("approval", self.approval)

    def permits(self, *, provider: str, receiver: str, capability: str, hazard: str) -> bool:
        """Whether teams of territory `provider` may come to territory `receiver` under this agreement."""
        return self.covers(capability=capability, hazard=hazard) and self.joins(provider=provider, receiver=receiver)

    def covers(self, *, capability: str, hazard: str | None) -> bool:
        """Whether it is about this help in this hazard; None asks for any hazard at all."""
        return (ANY in self.capabilities or capability in self.capabilities) and (
            ANY in self.hazards or hazard in self.hazards
        )

    def joins(self, *, provider: str, receiver: str) -> bool:
        """Whether territory `provider` may help territory `receiver`, as far as the parties go."""
        return provider.startswith(self.providers) and receiver.startswith(self.receivers)


@dataclass(frozen=True, slots=True)
class Need:
    """`quantity` teams with `capability`, within so many minutes; later than `latest` is no help at all.

    Minutes count from the problem's `now`. Below zero the deadline has passed, and everything that comes is late by the
    true amount. A problem file states none below zero.
    """

    id: str
    capability: str
    quantity: int
    within: float
    priority: int
    latest: float | None = None

    def __post_init__(self) -> None:
        _check_teams("quantity", self.quantity)
        if not math.isfinite(self.within):
            raise ValueError(f"within is {self.within}; expected minutes")
        if self.latest is not None and not math.isfinite(self.latest):
            raise ValueError(f"latest is {self.latest}; expected minutes")
        if self.priority not in PRIORITY_WEIGHTS:
            raise ValueError(f"priority is {self.priority}; expected 1, 2 or 3")

    @property
    def weight(self) -> int:
        return PRIORITY_WEIGHTS[self.priority]


@dataclass(frozen=True, slots=True)
class Incident:
    """What happened, where, and what it needs. Needs have ids of their own inside it."""

    id: str
    territory: str
    hazard: str
    position: Position
    needs: tuple[Need, ...]

    def __post_init__(self) -> None:
        _check_unique("need", (need.id for need in self.needs))

    @property
    def country(self) -> str:
        return self.territory[:2]


@dataclass(frozen=True, slots=True)
class EstimatedTravel:
    """Great-circle distance times `detour`, at `speed_km_h`."""

    speed_km_h: float
    detour: float

    def __post_init__(self) -> None:
        if not (math.isfinite(self.speed_km_h) and self.speed_km_h > 0):
            raise ValueError(f"speed is {self.speed_km_h}; expected more than 0 km/h")
        if not (math.isfinite(self.detour) and self.detour > 0):
            raise ValueError(f"detour is {self.detour}; expected a factor above 0")


@dataclass(frozen=True, slots=True)
class MatrixTravel:
    """Minutes by unit id and incident id; a missing pair means: cannot get there."""

    minutes: Mapping[str, Mapping[str, float]]


@dataclass(frozen=True, slots=True)
class RoadTravel:
    """Driving times on a stored road network; who solves has to bring the minutes (`travel.py`)."""

    network: str
    closures: str | None = None


Travel = EstimatedTravel | MatrixTravel | RoadTravel


@dataclass(frozen=True, slots=True)
class Pin:
    """An officer's decision that `quantity` teams of this unit go to this need."""

    unit: str
    incident: str
    need: str
    quantity: int = 1

    def __post_init__(self) -> None:
        _check_teams("quantity", self.quantity)


@dataclass(frozen=True, slots=True)
class Exclusion:
    """An officer's decision that this unit is not sent: to this need, to this incident, or anywhere (None)."""

    unit: str
    incident: str | None = None
    need: str | None = None

    def covers(self, unit: str, incident: str, need: str) -> bool:
        return self.unit == unit and self.incident in (None, incident) and self.need in (None, need)


@dataclass(frozen=True)
class Problem:
    """Everything that a plan depends on.

    Parameters
    ----------
    now
        The moment of the question, with its time zone: reservations are judged at it.
    pinned, excluded
        Lines that an officer fixed or took out of an earlier proposal; the plan closes around them.

    Raises
    ------
    ValueError
        Where an id is used twice, a reference leads nowhere or `now` has no time zone.
    """

    now: datetime
    units: tuple[Unit, ...]
    incidents: tuple[Incident, ...]
    travel: Travel
    home_cover: tuple[HomeCover, ...] = ()
    reservations: tuple[Reservation, ...] = ()
    agreements: tuple[Agreement, ...] = ()
    pinned: tuple[Pin, ...] = field(default=(), kw_only=True)
    excluded: tuple[Exclusion, ...] = field(default=(), kw_only=True)

    def __post_init__(self) -> None:
        if self.now.tzinfo is None:
            raise ValueError("now needs a time zone")
        _check_unique("unit", (unit.id for unit in self.units))
        _check_unique("agreement", (agreement.id for agreement in self.agreements))
        _check_unique("incident", (incident.id for incident in self.incidents))
        self._check_references()

    def _check_references(self) -> None:
        units = {unit.id for unit in self.units}
        needs = {(incident.id, need.id) for incident in self.incidents for need in incident.needs}
        named = [reservation.unit for reservation in self.reservations]
        named += [pin.unit for pin in self.pinned]
        named += [exclusion.unit for exclusion in self.excluded]
        for unit in named:
            if unit not in units:
                raise ValueError(f"there is no unit {unit!r}")
        for pin in self.pinned:
            if (pin.incident, pin.need) not in needs:
                raise ValueError(f"there is no need {pin.need!r} at {pin.incident!r}")
