"""Which teams are not free: reserved ones, and those of which the exchange, which lies above, tells."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Final

from noaber.apps.registry.queries.reservations import teams_reserved

FindUnavailable = Callable[[str, datetime], Mapping[str, int]]
"""Of a status and a moment: how many teams of each capacity are not free, by "OWNER:CODE"."""

_told: Final[list[FindUnavailable]] = []


def add_unavailable(away: FindUnavailable) -> None:
    """Take off every reach what `away` answers."""
    if away not in _told:
        _told.append(away)


def unavailable_teams(status: str, at: datetime) -> Counter[str]:
    """How many teams of each capacity are not free at the moment `at`, by "OWNER:CODE"."""
    total = teams_reserved(status, at)
    for away in _told:
        total.update(away(status, at))
    return total
