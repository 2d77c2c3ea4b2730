"""Progress of a plan, derived from what was done and measured. Nothing here is ever typed by someone.

What was dropped is shown, but counts neither as done nor as to be done. What is late is not done yet and past its day.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Final


class Standing(StrEnum):
    """Where one action stands on a day, in the order in which a plan shows them."""

    DONE = "done"
    RUNNING = "running"
    LATE = "late"
    OPEN = "open"
    DROPPED = "dropped"


_ENDED: Final = {"done": Standing.DONE, "dropped": Standing.DROPPED}


def standing_of(state: str, due_on: datetime.date | None, today: datetime.date) -> Standing:
    """Where an action with a state ("open", "in-progress", "done", "dropped") stands on `today`."""
    if state in _ENDED:
        return _ENDED[state]
    if due_on is not None and due_on < today:
        return Standing.LATE
    return Standing.RUNNING if state == "in-progress" else Standing.OPEN


@dataclass(frozen=True)
class Work:
    """One action as the progress counts it; `weight` is at least 1."""

    standing: Standing
    weight: int = 1

    def __post_init__(self) -> None:
        if self.weight < 1:
            raise ValueError(f"a weight is at least 1, not {self.weight}")


@dataclass(frozen=True)
class Progress:
    """How many actions stand where, and the share that is done by weight: None where nothing is to be done."""

    done: int
    running: int
    late: int
    open: int
    dropped: int
    share: Fraction | None

    @property
    def total(self) -> int:
        """What is done or is to be done."""
        return self.done + self.running + self.late + self.open

    @property
    def is_reached(self) -> bool:
        return self.total > 0 and self.done == self.total


def progress_of(works: Iterable[Work]) -> Progress:
    """The progress of some actions; each is given once."""
    counted = list(works)
    counts = Counter(work.standing for work in counted)
    wanted = sum(work.weight for work in counted if work.standing is not Standing.DROPPED)
    done = sum(work.weight for work in counted if work.standing is Standing.DONE)
    return Progress(
        done=counts[Standing.DONE],
        running=counts[Standing.RUNNING],
        late=counts[Standing.LATE],
        open=counts[Standing.OPEN],
        dropped=counts[Standing.DROPPED],
        share=Fraction(done, wanted) if wanted else None,
    )


def indicator_share(baseline: Fraction | None, target: Fraction | None, value: Fraction | None) -> Fraction | None:
    """How much of the way from the baseline to the target a value is, from 0 to 1; None where one of them is unknown.

    A target below the baseline is reached downwards. Where both are equal, the value has reached it or not.
    """
    if baseline is None or target is None or value is None:
        return None
    if baseline == target:
        return Fraction(int(value >= target))
    return min(max((value - baseline) / (target - baseline), Fraction(0)), Fraction(1))


def elapsed_share(first_on: datetime.date, last_on: datetime.date, today: datetime.date) -> Fraction:
    """How much of a period has passed at the end of `today`, from 0 to 1; both ends belong to the period."""
    days = (last_on - first_on).days + 1
    passed = (today - first_on).days + 1
    return Fraction(min(max(passed, 0), days), days)


def belongs_to_year(
    year: int,
    *,
    made_on: datetime.date,
    due_on: datetime.date | None,
    done_on: datetime.date | None,
    is_under_way: bool,
) -> bool:
    """Whether an action of a programme is part of its plan for a year.

    It is where its day lies in that year: the day it is due, else the one on which it was done, else on which it was
    agreed. What was due before and was not done by the beginning of the year is carried over.
    """
    day = due_on or done_on or made_on
    if day.year == year:
        return True
    begins = datetime.date(year, 1, 1)
    if day >= begins:
        return False
    return is_under_way or (done_on is not None and done_on >= begins)
