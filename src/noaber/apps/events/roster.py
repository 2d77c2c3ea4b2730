"""When a roster of liaison officers leaves nobody on duty, and when shifts of one organisation lie over each other.

Pure: shifts are spans of time. A handover needs a common quarter of an hour; only more than an hour is an overlap.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

HANDOVER: Final = datetime.timedelta(hours=1)
"""Shifts may lie over each other so long: the one goes when the other knows what is going on."""


@dataclass(frozen=True, order=True)
class Span:
    """From `begins_at` (included) until `ends_at` (not included); `party` is whose officer it is."""

    begins_at: datetime.datetime
    ends_at: datetime.datetime
    party: str = ""


def find_gaps(shifts: Iterable[Span], begins_at: datetime.datetime, ends_at: datetime.datetime) -> list[Span]:
    """The times between `begins_at` and `ends_at` at which no shift runs, in order; none where there is no shift."""
    spans = sorted(shifts)
    if not spans:
        return []
    gaps: list[Span] = []
    covered = begins_at
    for shift in spans:
        if shift.begins_at > covered and covered < ends_at:
            gaps.append(Span(covered, min(shift.begins_at, ends_at)))
        covered = max(covered, shift.ends_at)
    if covered < ends_at:
        gaps.append(Span(covered, ends_at))
    return gaps


def find_overlaps(shifts: Sequence[Span]) -> list[tuple[int, int]]:
    """Pairs of shifts of one party that lie over each other for longer than a handover, by their places."""
    found: list[tuple[int, int]] = []
    order = sorted(range(len(shifts)), key=lambda place: shifts[place])
    for rank, first in enumerate(order):
        for second in order[rank + 1 :]:
            one, other = shifts[first], shifts[second]
            if other.begins_at >= one.ends_at:
                break
            together = min(one.ends_at, other.ends_at) - other.begins_at
            if one.party == other.party and together > HANDOVER:
                found.append((first, second))
    return found
