"""Quarters of calendar years: what a plan is laid out by, and when its state is kept."""

from __future__ import annotations

import datetime
from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Quarter:
    """One quarter of a year; `number` is 1 to 4."""

    year: int
    number: int

    @property
    def first_on(self) -> datetime.date:
        return datetime.date(self.year, self.number * 3 - 2, 1)

    @property
    def last_on(self) -> datetime.date:
        first_of_next = datetime.date(self.year + (self.number == 4), self.number % 4 * 3 + 1, 1)
        return first_of_next - datetime.timedelta(days=1)


def quarter_of(day: datetime.date) -> Quarter:
    """The quarter in which a day lies."""
    return Quarter(day.year, (day.month + 2) // 3)


def quarters_of(first_year: int, last_year: int) -> list[Quarter]:
    """Every quarter from the beginning of one year to the end of another, in order."""
    return [Quarter(year, number) for year in range(first_year, last_year + 1) for number in range(1, 5)]
