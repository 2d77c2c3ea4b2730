"""What a deployment did and will do, as stretches of time on an axis of some hours around now."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

HOURS = 8
HOURS_BEFORE = 2


class Stretch(StrEnum):
    """One part of the course of a deployment."""

    ON_THE_WAY = "go"
    AT_WORK = "on"
    PLANNED = "rest"


@dataclass(frozen=True)
class Course:
    """The moments of a deployment, as far as they are known.

    Parameters
    ----------
    left_at
        When it set out; None while it has not.
    arrives_at
        When it arrived, or is to arrive.
    until
        Until when it is to stay.
    ended_at
        When it was released, recalled or set out for home.
    """

    left_at: datetime | None = None
    arrives_at: datetime | None = None
    has_arrived: bool = False
    until: datetime | None = None
    ended_at: datetime | None = None


@dataclass(frozen=True)
class Bar:
    """A stretch on the axis, in minutes from its beginning."""

    stretch: Stretch
    begins: int
    ends: int

    @property
    def width(self) -> int:
        return self.ends - self.begins


@dataclass(frozen=True)
class Axis:
    """The hours that are drawn; `begins_at` is a whole hour."""

    now: datetime

    @property
    def begins_at(self) -> datetime:
        return self.now.replace(minute=0, second=0, microsecond=0) - timedelta(hours=HOURS_BEFORE)

    @property
    def hours(self) -> list[datetime]:
        return [self.begins_at + timedelta(hours=hour) for hour in range(HOURS)]

    @property
    def hour_minutes(self) -> list[int]:
        return [self._minute(hour) for hour in self.hours]

    @property
    def minutes(self) -> int:
        return HOURS * 60

    @property
    def now_minute(self) -> int:
        return self._minute(self.now)

    def bars(self, course: Course) -> list[Bar]:
        """The stretches that fall on the axis, in their order; what begins before it or ends after it is cut off."""
        found = (Bar(kind, self._minute(begins), self._minute(ends)) for kind, begins, ends in self._stretches(course))
        return [bar for bar in found if bar.width > 0]

    def _stretches(self, course: Course) -> Iterator[tuple[Stretch, datetime, datetime]]:
        arrives, ended = course.arrives_at, course.ended_at
        if course.has_arrived and arrives is not None:
            if course.left_at is not None:
                yield Stretch.ON_THE_WAY, course.left_at, arrives
            yield Stretch.AT_WORK, arrives, min(self.now, ended or self.now)
        elif arrives is not None and ended is None:
            yield Stretch.ON_THE_WAY, course.left_at or self.now, arrives
        begins = self.now if course.has_arrived or arrives is None else max(self.now, arrives)
        if course.until is not None and ended is None:
            yield Stretch.PLANNED, begins, course.until

    def _minute(self, moment: datetime) -> int:
        minutes = int((moment - self.begins_at).total_seconds() // 60)
        return min(self.minutes, max(0, minutes))
