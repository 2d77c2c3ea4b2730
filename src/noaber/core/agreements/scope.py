"""Does a text cover this? Three answers: yes, no, and unknown, which is neither.

Two kinds of extent: a list of codes (help types, hazards) and a list of territories. A territory is a NUTS 2021
code; a longer code lies inside each shorter one that it begins with, and `"*"` is everywhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import Final

ANY: Final = "*"


class Match(IntEnum):
    """How surely something is covered. Ordered, so that `min` is *and* and `max` is *or* (Kleene's logic)."""

    NO = 0
    UNKNOWN = 1
    YES = 2


@dataclass(frozen=True, slots=True)
class Scope:
    """Which codes a text covers.

    Parameters
    ----------
    yes, no, unknown
        Codes of which it is known that they are covered, that they are not, or known to be doubtful.
    otherwise
        What holds for every code that is in none of the three.
    """

    yes: frozenset[str] = frozenset()
    no: frozenset[str] = frozenset()
    unknown: frozenset[str] = frozenset()
    otherwise: Match = Match.NO

    def __post_init__(self) -> None:
        if self.yes & self.no or self.yes & self.unknown or self.no & self.unknown:
            raise ValueError("a code stands in one of yes, no and unknown only")

    def match(self, code: str | None) -> Match:
        """Whether `code` is covered; `None` asks for any code at all: yes only if nothing is left out."""
        if code is None:
            return self._match_of_all()
        for codes, match in ((self.yes, Match.YES), (self.no, Match.NO), (self.unknown, Match.UNKNOWN)):
            if code in codes:
                return match
        return self.otherwise

    def _match_of_all(self) -> Match:
        if self.otherwise is Match.YES and not self.no and not self.unknown:
            return Match.YES
        return Match.UNKNOWN if self.covers_anything else Match.NO

    @property
    def covers_anything(self) -> bool:
        """Whether there is any code that is, or may be, covered."""
        return bool(self.yes or self.unknown) or self.otherwise is not Match.NO

    @property
    def is_known(self) -> bool:
        """Whether every code has the answer yes or no."""
        return not self.unknown and self.otherwise is not Match.UNKNOWN


EVERYTHING: Final = Scope(otherwise=Match.YES)
NOTHING: Final = Scope()
NOT_ESTABLISHED: Final = Scope(otherwise=Match.UNKNOWN)


def lies_inside(inner: str, outer: str) -> bool:
    """Whether the territory `inner` lies inside `outer` (or is the same)."""
    return outer == ANY or inner.startswith(outer)


def country_of(territory: str) -> str:
    """The two letters of the country of a territory."""
    return territory[:2]


@dataclass(frozen=True, slots=True)
class Territories:
    """Where a text applies on one side.

    Parameters
    ----------
    codes
        Territories that are covered in full.
    within
        Territories in which some part is covered, and which part is not established (a border strip, "the German
        communes").
    """

    codes: tuple[str, ...] = ()
    within: tuple[str, ...] = ()

    def match(self, territory: str) -> Match:
        """Whether a place of which `territory` is known is covered.

        Inside a code: yes. Known more coarsely than a code (the code lies strictly inside the place's territory),
        or in touch with an area of unknown extent: unknown. Apart from all of them: no.
        """
        if any(lies_inside(territory, code) for code in self.codes):
            return Match.YES
        if any(code.startswith(territory) for code in self.codes):
            return Match.UNKNOWN
        if any(lies_inside(territory, area) or area.startswith(territory) for area in self.within):
            return Match.UNKNOWN
        return Match.NO

    @property
    def is_known(self) -> bool:
        """Whether the extent is established."""
        return not self.within

    @property
    def all_codes(self) -> tuple[str, ...]:
        """Every code named, whether covered in full or in part."""
        return self.codes + self.within
