"""When a desk is open: on some weekdays, between two times of its own clock. Public holidays are not known here."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

_DAY = datetime.timedelta(days=1)


@dataclass(frozen=True)
class OfficeHours:
    """Open on `days` (ISO: Monday is 1) from `opens` until `closes`; past midnight where it closes before it opens."""

    days: frozenset[int]
    opens: datetime.time
    closes: datetime.time

    def __post_init__(self) -> None:
        if not self.days or not self.days <= set(range(1, 8)):
            raise ValueError("weekdays are 1 to 7, at least one")

    def is_open(self, local: datetime.datetime) -> bool:
        """Whether it is open at `local`, an instant in the zone of the desk."""
        begins = self.opens <= local.time()
        ends = local.time() < self.closes
        today = local.isoweekday() in self.days
        if self.opens < self.closes:
            return today and begins and ends
        yesterday = (local - _DAY).isoweekday() in self.days
        return (today and begins) or (yesterday and ends)


def runs_of(days: Sequence[int]) -> list[tuple[int, int]]:
    """Weekdays as runs of neighbours: `[1, 2, 3, 6]` gives `[(1, 3), (6, 6)]`."""
    listed = sorted(set(days))
    if not listed:
        return []
    breaks = [(left, right) for left, right in pairwise(listed) if right != left + 1]
    begins = [listed[0], *(right for _left, right in breaks)]
    ends = [*(left for left, _right in breaks), listed[-1]]
    return list(zip(begins, ends, strict=True))
