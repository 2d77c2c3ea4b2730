"""The answer: a plan, what it reaches, what is proven, what is missing and why.

Values only; `encode.py` writes them, pages show them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from noaber.core.planning.objective import Figures
from noaber.core.planning.optimise import Proof


class Status(StrEnum):
    OPTIMAL = "optimal"
    TIME_LIMIT = "time-limit"


@dataclass(frozen=True, slots=True)
class Assignment:
    """`quantity` teams of a unit go to a need. Minutes; `agreement` is None inside one country."""

    unit: str
    incident: str
    need: str
    quantity: int
    agreement: str | None
    approval: float
    mobilisation: float
    travel: float
    arrival: float


class Reason(StrEnum):
    """What stands in the way of a need; in this order in every list."""

    NO_CAPABILITY = "no-capability"
    NO_AGREEMENT = "no-agreement"
    UNREACHABLE = "unreachable"
    TOO_LATE = "too-late"
    EXCLUDED = "excluded"
    RESERVED = "reserved"
    HOME_COVER = "home-cover"
    EXHAUSTED = "exhausted"


@dataclass(frozen=True, slots=True)
class Obstacle:
    """One reason, how many teams it concerns, and whose."""

    reason: Reason
    teams: int
    units: tuple[str, ...]
    owners: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Unmet:
    """A need that lacks teams, and everything that stands in the way."""

    incident: str
    need: str
    missing: int
    because: tuple[Obstacle, ...]


class Method(StrEnum):
    """How an alternative was found."""

    RESOLVED = "resolved"
    """The whole plan was made anew without the line: the change is exactly what taking it out costs."""

    EXCHANGE = "exchange"
    """Only the line was exchanged, everything else kept: taking it out costs this change at most."""


@dataclass(frozen=True, slots=True)
class Change:
    """New figures minus old."""

    unmet: int
    late: float
    minutes: float
    burden: float


@dataclass(frozen=True, slots=True)
class Move:
    """So many teams more (or, below 0, fewer) of a unit at a need."""

    unit: str
    incident: str
    need: str
    teams: int


@dataclass(frozen=True, slots=True)
class Explanation:
    """What happens if a line of the plan is taken out.

    Parameters
    ----------
    alternative
        The unit that comes to this need instead, None where the need would lack a team (or nobody is asked,
        because the plan without the line sends fewer).
    moves
        All lines that differ from the plan, this one first.
    """

    unit: str
    incident: str
    need: str
    alternative: str | None
    moves: tuple[Move, ...]
    change: Change
    method: Method


class WarningCode(StrEnum):
    RESERVATION_SOON = "reservation-soon"
    OWNER_WITHOUT_UNITS = "owner-without-units"


@dataclass(frozen=True, slots=True)
class ReservationSoon:
    """A unit is sent that an event needs soon.

    Parameters
    ----------
    short
        How many of the reserved teams the unit lacks while those sent are away.
    """

    unit: str
    incident: str
    need: str
    quantity: int
    arrival: float
    event: str
    reserved: int
    begins_at: datetime
    short: int


@dataclass(frozen=True, slots=True)
class OwnerWithoutUnits:
    """Home cover is asked of an owner that has no unit: perhaps its name is misspelt."""

    owner: str
    capability: str


Notice = ReservationSoon | OwnerWithoutUnits


@dataclass(frozen=True)
class Plan:
    """The best plan for a problem.

    Parameters
    ----------
    bounds
        No plan does better; equal to `objectives` when the status is optimal.
    seconds
        How long it took, from the problem to the plan.
    """

    status: Status
    objectives: Figures
    bounds: Proof
    assignments: tuple[Assignment, ...]
    unmet: tuple[Unmet, ...]
    explanations: tuple[Explanation, ...]
    warnings: tuple[Notice, ...]
    seconds: float
