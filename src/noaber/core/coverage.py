"""How much of what is asked for is in time, late or missing: what the desk, the lists and a plan say of a need.

A need wants so many teams at a deadline, which is a moment. A firm offer, an order, teams on their way and teams at
work cover it. A provisional answer does not: nobody can rely on it, so it is told apart. Teams that were declined,
withdrawn or recalled, or went home without having worked, cover nothing.

Teams that were released after their work are *done*: the need that they served is over, so it is no longer asked
for (`docs/algorithms/message-flow.md`, "sum of committed"). They stand beside the coverage and are no part of it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from noaber.core.messages.states import DeploymentState, OfferState


class Standing(StrEnum):
    """How far teams are that were found for a need."""

    PLANNED = "planned"
    """A line of a plan: nobody has been asked yet."""
    PROVISIONAL = "provisional"
    """Offered, but not for sure."""
    OFFERED = "offered"
    """Offered firmly; the consumer has still to decide."""
    ORDERED = "ordered"
    COMMITTED = "committed"
    """Committed, or on the way."""
    ARRIVED = "arrived"
    DONE = "done"
    """Released after their work."""
    GONE = "gone"
    """Declined, withdrawn, recalled, or home without having worked."""


COVERING = frozenset(
    {Standing.PLANNED, Standing.OFFERED, Standing.ORDERED, Standing.COMMITTED, Standing.ARRIVED},
)


@dataclass(frozen=True)
class Cover:
    """So many teams for a need, and when they arrive; `arrives_at` is None where nobody said."""

    quantity: int
    arrives_at: datetime | None
    standing: Standing

    def __post_init__(self) -> None:
        if self.quantity < 0:
            raise ValueError(f"teams cannot be fewer than none: {self.quantity}")


@dataclass(frozen=True)
class Coverage:
    """Teams that are asked for, by how they are covered. Each team counts once, and never more than are asked for.

    Parameters
    ----------
    in_time, late, missing
        There by the deadline; after it; nobody comes.
    unknown
        They come, and nobody said when.
    to_decide
        Of those that come: offered, and not ordered yet.
    provisional
        Of the missing: offered, but not for sure.
    done
        Released after their work; not asked for any more.
    """

    in_time: int = 0
    late: int = 0
    missing: int = 0
    unknown: int = 0
    to_decide: int = 0
    provisional: int = 0
    done: int = 0

    def __post_init__(self) -> None:
        if min(self.in_time, self.late, self.missing, self.unknown, self.to_decide, self.provisional, self.done) < 0:
            raise ValueError("teams cannot be fewer than none")
        if self.to_decide > self.covered:
            raise ValueError("only teams that come can wait for a decision")
        if self.provisional > self.missing:
            raise ValueError("what is offered for sure is not provisional")

    def __add__(self, other: Coverage) -> Coverage:
        return Coverage(
            in_time=self.in_time + other.in_time,
            late=self.late + other.late,
            missing=self.missing + other.missing,
            unknown=self.unknown + other.unknown,
            to_decide=self.to_decide + other.to_decide,
            provisional=self.provisional + other.provisional,
            done=self.done + other.done,
        )

    @property
    def asked(self) -> int:
        """What is still asked for."""
        return self.in_time + self.late + self.unknown + self.missing

    @property
    def covered(self) -> int:
        """What comes, whenever."""
        return self.in_time + self.late + self.unknown

    @property
    def is_complete(self) -> bool:
        """Whether everything that is asked for is there in time: the only case that is green."""
        return self.in_time == self.asked


def cover(
    quantity: int,
    covers: Iterable[Cover],
    *,
    needed_by: datetime | None,
    useless_after: datetime | None = None,
) -> Coverage:
    """How `covers` cover a need for `quantity` teams.

    Where more teams come than are asked for, those in time count first, then those that are late, then those of which
    nobody said when; firm offers count last among each, since the others are surer.

    Parameters
    ----------
    quantity
        Teams that the need asks for, those that are done included.
    needed_by
        The deadline. An arrival at that very moment is in time; without a deadline nothing is late.
    useless_after
        Who arrives after this covers nothing.

    Returns
    -------
    Coverage
        With ``in_time + late + unknown + missing + done == quantity``.

    Raises
    ------
    ValueError
        For a negative quantity.
    """
    if quantity < 0:
        raise ValueError(f"a need cannot ask for fewer teams than none: {quantity}")
    known = list(covers)
    done = min(quantity, sum(one.quantity for one in known if one.standing is Standing.DONE))
    coming = [one for one in known if one.standing in COVERING and not _is_after(one.arrives_at, useless_after)]
    in_time = [one for one in coming if needed_by is None or (one.arrives_at and one.arrives_at <= needed_by)]
    late = [one for one in coming if _is_after(one.arrives_at, needed_by)]
    unsaid = [one for one in coming if needed_by is not None and one.arrives_at is None]
    left, taken, to_decide = quantity - done, [], 0
    for teams in (in_time, late, unsaid):
        sure = sum(one.quantity for one in teams if one.standing is not Standing.OFFERED)
        count = min(left, sum(one.quantity for one in teams))
        taken.append(count)
        to_decide += max(0, count - sure)
        left -= count
    provisional = sum(one.quantity for one in known if one.standing is Standing.PROVISIONAL)
    return Coverage(taken[0], taken[1], left, taken[2], to_decide, min(left, provisional), done)


def total(coverages: Iterable[Coverage]) -> Coverage:
    """The coverages of several needs together; of none, the empty one."""
    return sum(coverages, Coverage())


def offer_standing(state: OfferState) -> Standing:
    """How far teams are that were offered and have not become a deployment."""
    match state:
        case OfferState.PROVISIONAL:
            return Standing.PROVISIONAL
        case OfferState.OFFERED:
            return Standing.OFFERED
        case OfferState.ACCEPTED:
            return Standing.ORDERED
        case OfferState.COMMITTED | OfferState.DRAFT:
            return Standing.GONE  # the deployment counts; a draft says nothing to anybody
        case OfferState.DECLINED | OfferState.REJECTED | OfferState.WITHDRAWN | OfferState.LAPSED:
            return Standing.GONE


def deployment_standing(state: DeploymentState, *, has_arrived: bool, is_taken_back: bool) -> Standing:
    """How far deployed teams are. Those that their owner took back have not done the work, even if they had arrived."""
    match state:
        case DeploymentState.COMMITTED | DeploymentState.MOBILISING:
            return Standing.COMMITTED
        case DeploymentState.EN_ROUTE | DeploymentState.AT_BORDER:
            return Standing.COMMITTED
        case DeploymentState.ARRIVED | DeploymentState.OPERATIONAL:
            return Standing.ARRIVED
        case DeploymentState.RECALLED:
            return Standing.GONE
        case DeploymentState.RELEASED | DeploymentState.RETURNING | DeploymentState.RETURNED | DeploymentState.SETTLED:
            return Standing.DONE if has_arrived and not is_taken_back else Standing.GONE


def _is_after(moment: datetime | None, limit: datetime | None) -> bool:
    return moment is not None and limit is not None and moment > limit
