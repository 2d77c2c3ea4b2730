"""Whether own teams can be alerted: no more of a unit than are free, and only inside the own country."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from noaber.core.problems import Problem

MINUTES_TO_CONFIRM: Final = 5
"""After this an alert that is not confirmed is overdue on both desks."""


@dataclass(frozen=True)
class Wanted:
    """So many teams of a unit, by its id and its name."""

    unit: str
    name: str
    quantity: int


def find_alert_problems(wanted: Iterable[Wanted], free: Mapping[str, int]) -> list[Problem]:
    """Why these teams cannot be alerted together: one problem for each unit that has fewer free.

    Parameters
    ----------
    free
        Teams that may go now, by unit id: neither promised, out, nor reserved. A unit that is not in it has none.
    """
    names: dict[str, str] = {}
    teams: Counter[str] = Counter()
    for one in wanted:
        names.setdefault(one.unit, one.name)
        teams[one.unit] += one.quantity
    return [
        Problem("alert.none-free" if not free.get(unit, 0) else "alert.more-than-free", params=params)
        for unit, quantity in teams.items()
        if quantity > (left := max(0, free.get(unit, 0)))
        for params in ({"team": names[unit], "asked": quantity, "free": left},)
    ]


def crosses_border(asker_country: str, incident_country: str, unit_territory: str) -> bool:
    """Whether a team of the territory would need a text: it, the incident and who asks are not all of one country."""
    return not asker_country == incident_country == unit_territory[:2]
