"""The fixed order in which the three countries hold the presidency of the Benelux, a calendar year each."""

from __future__ import annotations

import datetime
from typing import Final

ORDER: Final = ("BE", "LU", "NL")
BEGAN: Final = 2021
"""A year in which the first of the order held it."""


def country_of(year: int) -> str:
    """Whose turn it is in a year."""
    return ORDER[(year - BEGAN) % len(ORDER)]


def year_span(year: int) -> tuple[datetime.date, datetime.date]:
    """The first and the last day of a presidency."""
    return datetime.date(year, 1, 1), datetime.date(year, 12, 31)
