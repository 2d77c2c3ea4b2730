"""Times, durations, numbers and money in words, in the language and time zone of the reader.

Pure functions over values; the template tags put them into markup.
"""

from __future__ import annotations

import datetime
import math
from decimal import Decimal

from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from noaber.core.problems import Problem
from noaber.reference.vocabulary import load_capabilities
from noaber.web import clock
from noaber.web.reader import reader_language

MINUTES_PER_HOUR = 60
MINUTES_PER_DAY = 24 * 60
SECONDS_PER_MINUTE = 60
MOST_DAYS_COUNTED = 366
"""Nobody counts the days of more than a year ahead."""

Number = int | float | Decimal


def number(value: Number, decimals: int = 0) -> str:
    """31400 as 31.400, 31 400 or 31,400: grouped as the language does, a number never broken over two lines."""
    rounded = Decimal(str(round(value, decimals)))
    grouped = formats.number_format(rounded, decimals, use_l10n=True, force_grouping=True)
    return grouped.replace("\N{NO-BREAK SPACE}", "\N{NARROW NO-BREAK SPACE}")


def label(words: object) -> str:
    """What stands before a value: “Who pays:”, with the space that the language wants."""
    return _("%(label)s:") % {"label": words}


def euro(value: Number, decimals: int = 0) -> str:
    return pgettext("money", "€%(amount)s") % {"amount": number(value, decimals)}


def duration(minutes: Number) -> str:
    """12 min, 1 h 20, 2 days: as exact as one can use."""
    whole = max(0, math.floor(float(minutes) + 0.5))
    if whole < MINUTES_PER_HOUR:
        return pgettext("duration", "%(minutes)s min") % {"minutes": whole}
    if whole < 2 * MINUTES_PER_DAY:
        hours, rest = divmod(whole, MINUTES_PER_HOUR)
        if rest == 0:
            return pgettext("duration", "%(hours)s h") % {"hours": hours}
        return pgettext("duration", "%(hours)s h %(minutes)02d") % {"hours": hours, "minutes": rest}
    days = whole // MINUTES_PER_DAY
    return ngettext("%(days)s day", "%(days)s days", days) % {"days": number(days)}


def left(seconds: float) -> str:
    """What a clock says: how long is left, or how late it is."""
    minutes = math.floor(abs(seconds) / SECONDS_PER_MINUTE)
    if seconds > 0 and minutes > MOST_DAYS_COUNTED * MINUTES_PER_DAY:
        return _("more than a year left")
    if seconds >= 0:
        return _("%(duration)s left") % {"duration": duration(minutes)}
    return _("%(duration)s late") % {"duration": duration(minutes)}


def left_big(seconds: float) -> str:
    """The one big clock of a page counts seconds within the last hour."""
    if not 0 <= seconds < MINUTES_PER_HOUR * SECONDS_PER_MINUTE:
        return left(seconds)
    minutes, rest = divmod(int(seconds), SECONDS_PER_MINUTE)
    return _("%(duration)s left") % {"duration": f"{minutes}:{rest:02d}"}


def _local_day(value: datetime.date) -> datetime.date:
    """The day that an instant has where the reader is."""
    return timezone.localtime(value).date() if isinstance(value, datetime.datetime) else value


def days_between(first: datetime.date, last: datetime.date) -> int:
    """How many days of the calendar lie from the one to the other; of instants, where the reader is."""
    return (_local_day(last) - _local_day(first)).days


def _dated(value: datetime.date, written: str) -> str:
    """The day as the format `written` has it; French counts the first of a month otherwise: 1er juillet."""
    local = _local_day(value)
    if local.day == 1:
        first = pgettext("the first day of a month", "1")
        written = written.replace("j", "".join(f"\\{letter}" for letter in first))
    return formats.date_format(local, written)


def day(value: datetime.date) -> str:
    """14 July 2021."""
    return _dated(value, pgettext("format of a date", "j F Y"))


def checked_day(value: datetime.date) -> str:
    """The day on which something was checked. An exercise that plays earlier does not know that day."""
    return day(value) if clock.has_come(value) else _("before the exercise")


def checked(on: datetime.date, by: str = "") -> str:
    """“checked on 24 November 2026 by Noaber”; without the day where an exercise plays before it."""
    if clock.has_come(on):
        words = _("checked on %(on)s by %(by)s") if by else _("checked on %(on)s")
        return words % {"on": day(on), "by": by}
    return (_("checked by %(by)s before the exercise") if by else _("checked before the exercise")) % {"by": by}


def day_short(value: datetime.date) -> str:
    """14 July, within the year."""
    return _dated(value, pgettext("format of a date without year", "j F"))


def day_from(value: datetime.date, today: datetime.date) -> str:
    """13 July in the year of `today`; else with the year."""
    return day_short(value) if _local_day(value).year == _local_day(today).year else day(value)


def day_long(value: datetime.date) -> str:
    """Wednesday 14 July 2021."""
    return _dated(value, pgettext("format of a date with weekday", "l j F Y"))


def hour(value: datetime.datetime) -> str:
    """18:34, in local time."""
    return timezone.localtime(value).strftime("%H:%M")


def utc(value: datetime.datetime) -> str:
    return value.astimezone(datetime.UTC).strftime("%H:%M")


def moment(value: datetime.datetime, now: datetime.datetime) -> str:
    """18:34 today; 13 July 18:34 in this year; else with the year."""
    local, today = timezone.localtime(value), timezone.localtime(now)
    if local.date() == today.date():
        return hour(value)
    return _("%(date)s %(time)s") % {"date": day_from(value, now), "time": hour(value)}


def moment_in_full(value: datetime.datetime) -> str:
    """14 July 2021 18:34 (16:34 UTC): for prints and titles."""
    return _("%(date)s %(time)s (%(utc)s UTC)") % {
        "date": day(value),
        "time": hour(value),
        "utc": utc(value),
    }


def problem(value: Problem) -> str:
    """The sentence of a problem in the reader's language; the place in the input is shown apart."""
    return _(value.text) % {name: _in_words(name, param) for name, param in value.params.items()}


def _in_words(name: str, param: object) -> object:
    """A capability by its name; everything else is words or a figure already."""
    known = load_capabilities().get(str(param)) if name == "capability" else None
    return known.names.in_language(reader_language()) if known else param
