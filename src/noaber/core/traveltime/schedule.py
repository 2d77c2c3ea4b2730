"""Closures with their times and reasons, and the roads as they are at a moment."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from noaber.core.traveltime.kernels import Int64s
from noaber.core.traveltime.roads import Roads, close_roads


@dataclass(frozen=True)
class Closure:
    """Roads that are closed for a while.

    Parameters
    ----------
    places
        (s,) int64: the segments it closes, as `closed_places` finds them.
    begins_at, ends_at
        With their time zone; the first moment that it holds, and the first that it does not hold any more. None where
        it always held, or holds until somebody lifts it.
    reason
        For people.

    Raises
    ------
    ValueError
        Where a time has no zone, or it ends before it begins.
    """

    places: Int64s
    begins_at: datetime | None = None
    ends_at: datetime | None = None
    reason: str = ""

    def __post_init__(self) -> None:
        for moment in (self.begins_at, self.ends_at):
            if moment is not None and moment.tzinfo is None:
                raise ValueError("a closure's times need a time zone")
        if self.begins_at is not None and self.ends_at is not None and self.ends_at <= self.begins_at:
            raise ValueError("a closure ends after it begins")

    def holds_at(self, moment: datetime) -> bool:
        """Whether its roads are closed at `moment`."""
        has_begun = self.begins_at is None or self.begins_at <= moment
        return has_begun and (self.ends_at is None or moment < self.ends_at)


def roads_at(roads: Roads, closures: Sequence[Closure], moment: datetime) -> Roads:
    """The roads with exactly those closures that hold at `moment`, whatever was closed before.

    A road that two closures close opens with the later one. Where nothing changes, `roads` itself is the answer.
    """
    holding = [closure.places for closure in closures if closure.holds_at(moment)]
    closed = np.unique(np.concatenate([np.empty(0, np.int64), *holding]))
    return roads if np.array_equal(closed, roads.closed) else close_roads(roads, closed)


def next_change(closures: Sequence[Closure], moment: datetime) -> datetime | None:
    """The first moment after `moment` at which a closure begins or ends; None where none does."""
    changes = [at for closure in closures for at in (closure.begins_at, closure.ends_at) if at is not None]
    return min((at for at in changes if at > moment), default=None)
