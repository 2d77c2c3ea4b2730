"""What reach is asked: who is where, which places, under which texts, with borders closed or open."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from noaber.core.geo import Position
from noaber.core.planning.problem import Agreement, Unit

MAX_MINUTES: Final = 10_000_000.0
"""The longest mobilisation or approval, minutes (19 years): beyond it a figure is a typing error."""


class Borders(StrEnum):
    CLOSED = "closed"
    """Only units of the place's own country."""
    OPEN = "open"
    """Also those that an agreement permits."""


@dataclass(frozen=True, slots=True)
class Place:
    """A place that wants help, with the people who live there where that is known."""

    id: str
    name: str
    territory: str
    position: Position
    population: int | None

    @property
    def country(self) -> str:
        return self.territory[:2]


@dataclass(frozen=True)
class Question:
    """Everything that reach depends on but the roads.

    Parameters
    ----------
    hazard
        What happens; None for nothing in particular: then only agreements for any hazard count.
    ks
        Which teams are asked for: 1 for the first to arrive; ascending, each once, from 1.
    """

    units: tuple[Unit, ...]
    places: tuple[Place, ...]
    agreements: tuple[Agreement, ...] = ()
    hazard: str | None = None
    borders: Borders = Borders.OPEN
    ks: tuple[int, ...] = (1,)

    @property
    def capabilities(self) -> tuple[str, ...]:
        """Those that any unit has, by their code."""
        return tuple(sorted(frozenset().union(*(unit.capabilities for unit in self.units))))
