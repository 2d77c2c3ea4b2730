"""What a closed road does to teams of a plan: how much later they are, and whether they would be in time without it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

SAME_MINUTES: Final = 1.0
"""Minutes of driving that differ by less are the same."""


@dataclass(frozen=True, slots=True)
class Detour:
    """A line of a plan, and a closure on its way. Minutes; arrival and deadline count from when the plan was made.

    Parameters
    ----------
    arrival, travel
        As the plan has them.
    now
        Driving with everything closed that is closed now.
    extra
        What of this is owed to the closure.
    within
        The deadline.
    """

    arrival: float
    travel: float
    now: float
    extra: float
    within: float

    @property
    def is_planned_with(self) -> bool:
        """Whether the plan counts the roads as they are now."""
        return abs(self.now - self.travel) < SAME_MINUTES

    @property
    def arrives(self) -> float:
        """Arrival by the roads as they are now."""
        return self.arrival - self.travel + self.now

    @property
    def is_later(self) -> bool:
        """The plan does not know of it: by the roads as they are now they come later than it says."""
        return self.now > self.travel and not self.is_planned_with

    @property
    def turns_late(self) -> bool:
        """Planned in time, and late by the roads as they are now."""
        return self.is_later and self.arrival <= self.within < self.arrives

    @property
    def makes_late(self) -> bool:
        """Late by the roads as they are now, and in time with this one open."""
        return self.arrives - self.extra <= self.within < self.arrives
