"""A deadline is a moment: made once of what was said and when, the same for everyone, moved only on purpose.

“Within 3 hours”, “21:00” and “tomorrow 06:00” become the moment that they mean when they are said. From then on only
the moment is kept, sent and compared; how long is left is derived from it. The words for days and units are those of
all four languages, whatever language the page is in: what was typed means the same to every reader.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Final

from noaber.core.problems import InvalidInput, Problem

FARTHEST: Final = timedelta(days=30)
"""A deadline further ahead than this is a typing error."""
LONGEST_TYPED: Final = 60

_MINUTE: Final = timedelta(minutes=1)
_UNITS: Final = {
    "d day days dag dagen jour jours j tag tage tagen": timedelta(days=1),
    "h hr hrs hour hours u uur uren heure heures std stunde stunden": timedelta(hours=1),
    "m min mins minute minutes minuut minuten": _MINUTE,
}
_UNIT_OF: Final = {word: unit for words, unit in _UNITS.items() for word in words.split()}
_DAYS: Final = {
    "today vandaag heute aujourd'hui": 0,
    "tomorrow morgen demain": 1,
}
_DAY_OF: Final = {word: days for words, days in _DAYS.items() for word in words.split()}
_LEADS: Final = re.compile(
    r"^(?:within|by|in|at|before|binnen|om|tegen|vóór|voor|dans|avant|à|bis|um|innerhalb von)\s+"
)
_DAY: Final = rf"(?P<word>{'|'.join(_DAY_OF)})"
_DATE: Final = r"(?:(?P<year>\d{4})-(?P<iso_month>\d\d)-(?P<iso_day>\d\d)|(?P<day>\d{1,2})[/.-](?P<month>\d{1,2})\.?)"
_HOUR: Final = r"(?P<hour>\d{1,2}):(?P<minute>\d\d)(?:\s*(?:h|u|uur|uhr))?"
_CLOCK: Final = re.compile(rf"(?:(?:{_DAY}|{_DATE})[\s,t]+)?{_HOUR}")
_AMOUNT: Final = re.compile(r"(\d{1,4}(?:[.,]\d)?)\s*([a-z]*)\s*")


@dataclass(frozen=True)
class Deadline:
    """By when help is needed, and after when it is of no use any more (None: late help is still help)."""

    needed_by: datetime
    useless_after: datetime | None = None

    @property
    def to_minute(self) -> Deadline:
        """To the nearest minute: what is compared with what was counted in minutes."""
        after = self.useless_after
        return Deadline(_nearest_minute(self.needed_by), None if after is None else _nearest_minute(after))


def read_deadline(typed: str, *, stated_at: datetime, zone: tzinfo) -> datetime:
    """The moment that was meant, in UTC.

    Parameters
    ----------
    typed
        A time left (“3”, “2,5 h”, “1 h 30”, “90 min”: a bare number counts hours) or a time of day (“21:00”,
        “tomorrow 06:00”, “15/7 06:00”, “2021-07-15 06:00”). A time of day without a day is the next one.
    stated_at
        When it was said: a time left counts from here, up to the full minute.
    zone
        Where a time of day is read: that of the organisation that says it.

    Raises
    ------
    InvalidInput
        Where it is neither, has passed, lies too far ahead, or falls into the hour in which the clocks are changed.
    """
    words = _LEADS.sub("", " ".join(typed.casefold().replace("\N{RIGHT SINGLE QUOTATION MARK}", "'").split()), count=1)
    if not words or len(words) > LONGEST_TYPED:
        raise _refused("deadline.unclear", typed=typed[:LONGEST_TYPED])
    left = _time_left(words)
    moment = _time_of_day(words, typed, stated_at, zone) if left is None else _full_minute(stated_at + left)
    if moment <= stated_at:
        raise _refused("deadline.past")
    if moment - stated_at > FARTHEST + _MINUTE:
        raise _refused("deadline.far", days=FARTHEST.days)
    return moment.astimezone(UTC)


def within(minutes: float, *, stated_at: datetime) -> datetime:
    """The moment of “within so many minutes”: counted from when it is said, up to the full minute, in UTC."""
    return _full_minute(stated_at + timedelta(minutes=minutes)).astimezone(UTC)


def is_told_otherwise(told: Deadline, stated: Deadline) -> bool:
    """Whether who was told `told` has to be told `stated`: to the minute, as both are written and read."""
    return told.to_minute != stated.to_minute


def minutes_until(moment: datetime, now: datetime) -> float:
    """Minutes left at `now`; negative once it has passed."""
    return (moment - now) / _MINUTE


def check_stated(deadline: Deadline, *, stated_at: datetime) -> None:
    """Refuse a deadline that cannot be stated now.

    Raises
    ------
    InvalidInput
        Where it has passed, lies too far ahead, or help is of no use before it is needed.
    """
    _raise(_moment_problems(deadline.needed_by, stated_at, "/needed_by"), _order_problems(deadline))
    if deadline.useless_after is not None:
        _raise(_moment_problems(deadline.useless_after, stated_at, "/useless_after"))


def check_move(before: Deadline, after: Deadline, *, reason: str, moved_at: datetime) -> None:
    """Refuse a move without a reason, one that moves nothing, and one to a moment that cannot be stated now.

    What has passed already may stay as it is: only what is moved must lie ahead.

    Raises
    ------
    InvalidInput
        With every problem found.
    """
    problems = [] if reason.strip() else [Problem("deadline.no-reason", "/reason")]
    if before == after:
        problems.append(Problem("deadline.not-moved", "/needed_by"))
    if after.needed_by != before.needed_by:
        problems += _moment_problems(after.needed_by, moved_at, "/needed_by")
    if after.useless_after is not None and after.useless_after != before.useless_after:
        problems += _moment_problems(after.useless_after, moved_at, "/useless_after")
    _raise(iter(problems), _order_problems(after))


def _moment_problems(moment: datetime, stated_at: datetime, where: str) -> Iterator[Problem]:
    if moment <= stated_at:
        yield Problem("deadline.past", where)
    elif moment - stated_at > FARTHEST + _MINUTE:
        yield Problem("deadline.far", where, {"days": FARTHEST.days})


def _order_problems(deadline: Deadline) -> Iterator[Problem]:
    if deadline.useless_after is not None and deadline.useless_after < deadline.needed_by:
        yield Problem("deadline.useless-before", "/useless_after")


def _raise(*found: Iterator[Problem]) -> None:
    problems = [problem for each in found for problem in each]
    if problems:
        raise InvalidInput(problems)


def _refused(code: str, **params: object) -> InvalidInput:
    return InvalidInput([Problem(code, "/needed_by", params)])


def _full_minute(moment: datetime) -> datetime:
    """Up to the full minute: what is shown is what counts, and nobody has less time than was said."""
    whole = moment.replace(second=0, microsecond=0)
    return whole if whole == moment else whole + _MINUTE


def _nearest_minute(moment: datetime) -> datetime:
    return (moment + _MINUTE / 2).replace(second=0, microsecond=0)


def _time_left(words: str) -> timedelta | None:
    """“3”, “1 h 30”, “2 d 6 h” as a duration: each unit once, the larger first; None where it is none."""
    left, last, place = timedelta(0), timedelta.max, 0
    for found in _AMOUNT.finditer(words):
        unit = _unit(found[2], last)
        if found.start() != place or unit is None or unit >= last:
            return None
        left += float(found[1].replace(",", ".")) * unit
        last, place = unit, found.end()
    return left if place == len(words) and left > timedelta(0) else None


def _unit(word: str, last: timedelta) -> timedelta | None:
    """A bare number counts hours; after hours it counts minutes."""
    if word:
        return _UNIT_OF.get(word)
    return _MINUTE if last == timedelta(hours=1) else timedelta(hours=1) if last == timedelta.max else None


def _time_of_day(words: str, typed: str, stated_at: datetime, zone: tzinfo) -> datetime:
    found = _CLOCK.fullmatch(words)
    if found is None:
        raise _refused("deadline.unclear", typed=typed[:LONGEST_TYPED])
    try:
        days = [_day_named(found, stated_at.astimezone(zone).date())]
        at = time(int(found["hour"]), int(found["minute"]))
    except ValueError as error:
        raise _refused("deadline.unclear", typed=typed[:LONGEST_TYPED]) from error
    if not (found["word"] or found["year"] or found["day"]):
        days.append(days[0] + timedelta(days=1))
    moments = [datetime.combine(day, at, zone) for day in days]
    moment = next((one for one in moments if one.astimezone(UTC) > stated_at), moments[-1])
    if moment.utcoffset() != moment.replace(fold=1).utcoffset():
        raise _refused("deadline.clock-change")
    return moment.astimezone(UTC)


def _day_named(found: re.Match[str], today: date) -> date:
    """The day that was named; without a year it is the next such day."""
    if found["word"]:
        return today + timedelta(days=_DAY_OF[found["word"]])
    if found["year"]:
        return date(int(found["year"]), int(found["iso_month"]), int(found["iso_day"]))
    if not found["day"]:
        return today
    named = date(today.year, int(found["month"]), int(found["day"]))
    return named if named >= today else named.replace(year=today.year + 1)
