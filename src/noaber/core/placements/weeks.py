"""Stays over weeks: the weeks of a year or of a quarter, and rows in which no stay lies over another."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

QUARTERS: Final = 4
_MONTHS: Final = 3
_DAY: Final = datetime.timedelta(days=1)
_WEEK: Final = datetime.timedelta(weeks=1)
_TERM: Final = re.compile(r"(?P<year>(?:19|20)[0-9]{2})(?:-Q(?P<quarter>[1-4]))?", re.ASCII)


@dataclass(frozen=True, order=True)
class Term:
    """One of the quarters of a year, 1 to 4; 0 is the whole year."""

    year: int
    quarter: int = 0

    @property
    def code(self) -> str:
        """2025-Q3, or 2025 for the whole year."""
        return f"{self.year}-Q{self.quarter}" if self.quarter else f"{self.year}"

    @property
    def begins(self) -> datetime.date:
        return datetime.date(self.year, _MONTHS * (self.quarter - 1) + 1 if self.quarter else 1, 1)

    @property
    def ends(self) -> datetime.date:
        """The last day, included."""
        return self.after.begins - _DAY

    @property
    def before(self) -> Term:
        if not self.quarter:
            return Term(self.year - 1)
        return Term(self.year, self.quarter - 1) if self.quarter > 1 else Term(self.year - 1, QUARTERS)

    @property
    def after(self) -> Term:
        if not self.quarter:
            return Term(self.year + 1)
        return Term(self.year, self.quarter + 1) if self.quarter < QUARTERS else Term(self.year + 1, 1)

    @property
    def mondays(self) -> list[datetime.date]:
        """The first day of each week of which a day lies in the term."""
        first = self.begins - self.begins.weekday() * _DAY
        return [first + number * _WEEK for number in range((self.ends - first).days // 7 + 1)]

    def month_of(self, monday: datetime.date) -> datetime.date:
        """The first day of the month to which a week counts: that of its Thursday, but none outside of the term."""
        return min(max(monday + 3 * _DAY, self.begins), self.ends).replace(day=1)

    def weeks_of(self, begins: datetime.date, ends: datetime.date) -> Weeks | None:
        """The weeks that days touch, as far as they lie in the term; None where none does."""
        mondays = self.mondays
        if ends < mondays[0] or begins >= mondays[-1] + _WEEK:
            return None
        first = max(0, (begins - mondays[0]).days // 7)
        return Weeks(first, min(len(mondays) - 1, (ends - mondays[0]).days // 7))


@dataclass(frozen=True)
class Weeks:
    """Weeks of a term, counted from 0; the last one is included."""

    first: int
    last: int

    @property
    def count(self) -> int:
        return self.last - self.first + 1


def quarter_of(day: datetime.date) -> Term:
    return Term(day.year, (day.month - 1) // _MONTHS + 1)


def read_term(code: str) -> Term | None:
    """The term that `Term.code` writes, within two centuries; None where the text is none."""
    found = _TERM.fullmatch(code)
    return Term(int(found["year"]), int(found["quarter"] or 0)) if found else None


def lay_in_rows(stays: Sequence[Weeks], *, weeks: int, room: int) -> list[list[int]]:
    """Put stays into as few rows as need be, each into the first one that is free.

    Parameters
    ----------
    weeks
        How many weeks a row has.
    room
        How many weeks a stay takes at least, so that its name can be read. At the end of the row it lies before it.

    Returns
    -------
    list
        Of each row, the indices of its stays in the order of time.
    """
    spaces = [_space(one, weeks, room) for one in stays]
    rows: list[list[int]] = []
    for index in sorted(range(len(stays)), key=lambda one: (spaces[one].first, one)):
        free = (row for row in rows if spaces[row[-1]].last < spaces[index].first)
        row = next(free, None)
        if row is None:
            row = []
            rows.append(row)
        row.append(index)
    return rows


def _space(stay: Weeks, weeks: int, room: int) -> Weeks:
    """The weeks of a stay with its name, which is read to the left where the row ends too soon."""
    first = max(0, min(stay.first, weeks - room))
    return Weeks(first, max(stay.last, first + room - 1))
