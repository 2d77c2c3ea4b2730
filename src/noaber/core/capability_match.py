"""How near a unit comes to a need: it has what is asked, holds so many of it, serves as it, or does not.

A fire platoon holds fire engines; a heavy rescue team serves as a medium one. Both are facts of the vocabulary
(`Kinship`); what a capacity's own package says it holds goes before them. A number that is not known is unknown: such
a unit is named, and stands for no number of teams. A near miss never covers a need by itself: an officer decides so.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Final

MOST_STEPS: Final = 3
"""How many facts one after another still make a near miss: type 3 serves as type 2, which serves as type 1."""


class Nearness(IntEnum):
    """How a unit matches what is asked, the nearest first."""

    EXACT = 0
    LARGER = 1
    """The same task, with more than is asked."""
    SIMILAR = 2
    """A task near to the one that is asked."""
    HOLDS = 3
    """Some of what is asked is part of it."""


@dataclass(frozen=True, slots=True)
class Part:
    """One team of `whole` holds `count` of `part`, as `country` is used to; None where the number is not known.

    Parameters
    ----------
    country
        For which country the number holds; None for every country that has none of its own.
    """

    whole: str
    part: str
    count: int | None
    country: str | None = None

    def __post_init__(self) -> None:
        if self.count is not None and self.count < 1:
            raise ValueError(f"{self.whole} holds {self.count} of {self.part}; expected 1 or more, or unknown")


@dataclass(frozen=True, slots=True)
class Service:
    """A team of `capability` can do what one of `serves_as` does. Directed: the reverse is another fact."""

    capability: str
    serves_as: str
    nearness: Nearness = Nearness.LARGER

    def __post_init__(self) -> None:
        if self.nearness not in (Nearness.LARGER, Nearness.SIMILAR):
            raise ValueError(f"{self.capability} serves as {self.serves_as}: expected larger or similar")


@dataclass(frozen=True, slots=True)
class Match:
    """How a unit matches a need, and by which of its capabilities.

    Parameters
    ----------
    stands_for
        How many of the wanted teams one team of the unit stands for; None where that is not known.
    """

    nearness: Nearness
    capability: str
    stands_for: int | None = 1

    @property
    def is_near_miss(self) -> bool:
        return self.nearness is not Nearness.EXACT


@dataclass(frozen=True)
class Kinship:
    """What the vocabulary knows of parts and of who serves as whom.

    Raises
    ------
    ValueError
        Where a capability would, over some facts, be part of itself or serve as itself.
    """

    parts: tuple[Part, ...] = ()
    services: tuple[Service, ...] = ()
    _next: Mapping[str, tuple[str, ...]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        steps: dict[str, list[str]] = {}
        for near, wanted in self._pairs():
            steps.setdefault(near, []).append(wanted)
        object.__setattr__(self, "_next", {near: tuple(dict.fromkeys(found)) for near, found in steps.items()})
        for capability in steps:
            self._check_no_way_back(capability)

    def match(
        self,
        capabilities: Iterable[str],
        wanted: str,
        *,
        country: str = "",
        holds: Mapping[str, int] | None = None,
    ) -> Match | None:
        """How a unit with these capabilities matches `wanted`; None where it does not.

        Parameters
        ----------
        country
            Of the unit: what a platoon holds differs from country to country.
        holds
            What the unit's own package says that one team holds, by capability: then that counts.
        """
        own = tuple(dict.fromkeys(capabilities))
        if wanted in own:
            return Match(Nearness.EXACT, wanted)
        stated = holds or {}
        found = [match for capability in own for match in self._ways(capability, wanted, country, stated, MOST_STEPS)]
        return min(found, key=_order, default=None)

    def near(self, wanted: str) -> tuple[str, ...]:
        """The capabilities that may come near to `wanted`, by these facts; `wanted` itself left out."""
        found: list[str] = []
        edge = [wanted]
        for _step in range(MOST_STEPS):
            edge = [near for one in edge for near, to in self._pairs() if to == one]
            found += edge
        return tuple(dict.fromkeys(found))

    def _ways(
        self, capability: str, wanted: str, country: str, stated: Mapping[str, int], steps: int
    ) -> Iterable[Match]:
        """Every way over at most `steps` facts; at most one of them says what is part of what."""
        if steps == 0:
            return
        for service in self.services:
            if service.capability != capability:
                continue
            if service.serves_as == wanted:
                yield Match(service.nearness, capability)
                continue
            for onward in self._ways(service.serves_as, wanted, country, stated, steps - 1):
                yield Match(max(service.nearness, onward.nearness), capability, onward.stands_for)
        for part in self._held(capability):
            count = self._count(capability, part, country, stated)
            if part == wanted:
                yield Match(Nearness.HOLDS, capability, count)
                continue
            for onward in self._ways(part, wanted, country, {}, steps - 1):
                if onward.nearness is not Nearness.HOLDS:
                    yield Match(Nearness.HOLDS, capability, count)

    def _held(self, capability: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(part.part for part in self.parts if part.whole == capability))

    def _count(self, whole: str, part: str, country: str, stated: Mapping[str, int]) -> int | None:
        if part in stated:
            return stated[part]
        known = {one.country: one.count for one in self.parts if (one.whole, one.part) == (whole, part)}
        return known[country] if country in known else known.get(None)

    def _pairs(self) -> Iterable[tuple[str, str]]:
        yield from ((part.whole, part.part) for part in self.parts)
        yield from ((service.capability, service.serves_as) for service in self.services)

    def _check_no_way_back(self, start: str) -> None:
        seen: set[str] = set()
        edge = list(self._next.get(start, ()))
        while edge:
            one = edge.pop()
            if one == start:
                raise ValueError(f"over its parts and services, {start} would stand in for itself")
            if one not in seen:
                seen.add(one)
                edge += self._next.get(one, ())


def teams_for(match: Match, wanted: int, may_go: int) -> int:
    """How many teams of a unit it takes for `wanted` teams, as many as `may_go`; 0 where the number is unknown."""
    if match.stands_for is None or wanted < 1:
        return 0
    return min(may_go, -(-wanted // match.stands_for))


def stands_for(match: Match, wanted: int, teams: int) -> int:
    """For how many of the `wanted` teams so many teams of the unit stand: never more than are wanted."""
    return 0 if match.stands_for is None else min(wanted, teams * match.stands_for)


def _order(match: Match) -> tuple[int, int]:
    """The nearest first; of two that hold it, the one that holds more, an unknown number last."""
    return match.nearness, -(match.stands_for or 0)
