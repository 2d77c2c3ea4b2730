"""A moment as one types it at night: "20:12" is the next time that the clock shows it.

No zone and no clock: the caller gives the local time from which is counted, and gets local time back.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from enum import StrEnum

_CLOCK = re.compile(r"(?:(\d{1,2})[-/.](\d{1,2})\.?\s+)?(\d{1,2})\s*[:.hu]?\s*(\d{2})")
"""A day and month where one is given, hours, minutes: 20:12, 20.12, 20h12, 2012, 15/7 20:12."""


class Side(StrEnum):
    """On which side of now a time without a day lies."""

    AHEAD = "ahead"
    BEHIND = "behind"


def read_clock(text: str, local_now: datetime, side: Side = Side.AHEAD) -> datetime | None:
    """The naive local moment that `text` means, seen from the naive `local_now`; None where it means none.

    A time that begins in this very minute is now. A day without a year is the nearest one on its side.
    """
    found = _CLOCK.fullmatch(text.strip())
    if found is None:
        return None
    day, month, hour, minute = found.groups()
    start = local_now.replace(second=0, microsecond=0)
    try:
        at = start.replace(hour=int(hour), minute=int(minute))
        if day is not None:
            return _on_day(at, int(day), int(month), start, side)
    except ValueError:
        return None
    if side is Side.AHEAD:
        return at if at >= start else at + timedelta(days=1)
    return at if at <= start else at - timedelta(days=1)


def _on_day(at: datetime, day: int, month: int, start: datetime, side: Side) -> datetime:
    """The nearest such day on its side; of 29 February the nearest that there is."""
    years = range(at.year, at.year + 9) if side is Side.AHEAD else range(at.year, at.year - 9, -1)
    for year in years:
        try:
            moment = at.replace(year=year, month=month, day=day)
        except ValueError:
            if (month, day) != (2, 29):
                raise
            continue
        if (moment >= start) if side is Side.AHEAD else (moment <= start):
            return moment
    raise ValueError(f"there is no such day near {start}")


def write_clock(local: datetime, local_now: datetime, side: Side = Side.AHEAD) -> str:
    """How `local` is typed, so that `read_clock` gives it back (within the years that it knows)."""
    bare = local.strftime("%H:%M")
    if read_clock(bare, local_now, side) == local.replace(second=0, microsecond=0):
        return bare
    return f"{local.day}/{local.month} {bare}"
