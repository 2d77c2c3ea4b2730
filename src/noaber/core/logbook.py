"""When a line of a log happened: now, or at a time that was typed before the text, as one writes in a paper log."""

from __future__ import annotations

import re
from datetime import UTC, datetime, time, timedelta
from typing import Final

_TIMED: Final = re.compile(r"(?P<hour>[01]?\d|2[0-3])[:.h](?P<minute>[0-5]\d)(?:\s*[,:-])?\s+(?P<rest>\S.*)", re.DOTALL)
_TIME: Final = re.compile(r"([01]?\d|2[0-3])[:.h]([0-5]\d)")


def split_time(line: str) -> tuple[time | None, str]:
    """`18:42 Eupen: the dam overflows` as the time and the text; without a time in front, None and the whole line.

    Also `18.42` and `18h42`, as some countries write it. What is no time of day stays part of the text.
    """
    stripped = line.strip()
    found = _TIMED.fullmatch(stripped)
    if found is None:
        return None, stripped
    return time(int(found["hour"]), int(found["minute"])), found["rest"]


def find_time(typed: str) -> time | None:
    """`18:42`, `18.42` or `18h42` as a time of day; None for anything else."""
    found = _TIME.fullmatch(typed.strip())
    return time(int(found[1]), int(found[2])) if found else None


def last_moment_at(clock_time: time, now: datetime) -> datetime:
    """The latest moment, not after `now`, at which the clock of `now`'s zone showed `clock_time`.

    At a quarter past midnight “23:50” is that of the evening before. Of an hour that the clock shows twice it is the
    second, once that has come; a time that it skips counts as it would have been without the change.

    Parameters
    ----------
    now
        Aware, in the zone of the writer.

    Returns
    -------
    datetime
        In UTC.

    Raises
    ------
    ValueError
        For a `now` without a zone.
    """
    if now.tzinfo is None:
        raise ValueError("the moment has no zone")
    limit = now.astimezone(UTC)
    days = (now.date(), now.date() - timedelta(days=1))
    moments = [
        datetime.combine(day, clock_time, now.tzinfo).replace(fold=fold).astimezone(UTC)
        for day in days
        for fold in (0, 1)
    ]
    return max(moment for moment in moments if moment <= limit)
