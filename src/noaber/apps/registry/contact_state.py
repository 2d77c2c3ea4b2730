"""How fresh a contact point is. Knows no database: days in, a state out.

What an organisation keeps is verified at a set interval, twice a year unless its administrator says otherwise. A
number that is due within a month says so; after its day it is expired, and stays that until someone verifies it.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

USUAL_MONTHS: Final = 6
SHORTEST_MONTHS: Final = 1
LONGEST_MONTHS: Final = 24
SOON: Final = timedelta(days=30)


class Freshness(StrEnum):
    """Whether what is written of a contact point may be relied on."""

    FRESH = "fresh"
    SOON = "soon"
    EXPIRED = "expired"
    NEVER = "never"


def next_check(verified_on: date, every_months: int) -> date:
    """The same day of the month so many months later, or the last day of a shorter month."""
    years, month = divmod(verified_on.month - 1 + every_months, 12)
    year = verified_on.year + years
    last = monthrange(year, month + 1)[1]
    return date(year, month + 1, min(verified_on.day, last))


def freshness(verified_on: date | None, expires_on: date | None, on: date) -> Freshness:
    """The state of a contact point on a day; the day by which it is due still counts as in time."""
    if verified_on is None:
        return Freshness.NEVER
    if expires_on is None:
        return Freshness.FRESH
    if expires_on < on:
        return Freshness.EXPIRED
    return Freshness.SOON if expires_on <= on + SOON else Freshness.FRESH
