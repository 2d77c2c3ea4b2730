"""Where no text is at all: between which neighbours, for which helps, at which hazards.

A gap is a help at a hazard that no text below the Union mechanism covers in one direction. What a text may cover, and
nobody has established whether it does, is no gap: it is listed apart, as *unknown*. Helps that lack the same are told
together, so that a person can read the list.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from noaber.core.agreements.answer import Question, may_help
from noaber.core.agreements.matrix import HelpMatrix, Side, help_matrix
from noaber.core.agreements.model import Agreement
from noaber.core.agreements.narrow import EVERY_TEXT, Narrowing
from noaber.core.agreements.scope import Match

Bools = NDArray[np.bool_]


class Nearness(StrEnum):
    """How two territories lie to each other."""

    BORDER = "border"
    """They share a border on land."""
    NEXT_BUT_ONE = "next-but-one"
    """They share none, and one country lies between them."""


class Way(StrEnum):
    """In which direction help would go: from the pair's first to its other, back, or both."""

    THERE = "there"
    BACK = "back"
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class Pair:
    """Two territories of different countries, and how they lie to each other."""

    one: str
    other: str
    nearness: Nearness


@dataclass(frozen=True, slots=True)
class Lack:
    """The same hazards, for some helps, in one or both directions."""

    way: Way
    capabilities: tuple[str, ...]
    hazards: tuple[str, ...]

    @property
    def size(self) -> int:
        """How many questions it is: a help at a hazard in one direction is one."""
        return len(self.capabilities) * len(self.hazards) * (2 if self.way is Way.BOTH else 1)


@dataclass(frozen=True, slots=True)
class PairGaps:
    """What the texts leave open between two neighbours.

    Parameters
    ----------
    missing
        What no text covers.
    unknown
        What one may cover.
    texts
        Those that surely cover something between the two, in either direction, in the order in which one names them.
    doubtful
        The others that may.
    union
        Whether the Union mechanism covers the pair in both directions.
    asked
        How many questions were asked of the pair.
    """

    pair: Pair
    missing: tuple[Lack, ...]
    unknown: tuple[Lack, ...]
    texts: tuple[Agreement, ...]
    doubtful: tuple[Agreement, ...]
    union: bool
    asked: int

    @property
    def missing_count(self) -> int:
        return sum(lack.size for lack in self.missing)

    @property
    def unknown_count(self) -> int:
        return sum(lack.size for lack in self.unknown)

    @property
    def is_without_text(self) -> bool:
        """Whether nothing at all that was asked is, or may be, covered."""
        return self.missing_count == self.asked


def find_gaps(
    pairs: Iterable[Pair],
    inventory: Sequence[Agreement],
    *,
    capabilities: Sequence[str],
    hazards: Sequence[str],
    on: date,
    narrowing: Narrowing = EVERY_TEXT,
) -> tuple[PairGaps, ...]:
    """Ask every help at every hazard, in both directions, of each pair.

    Parameters
    ----------
    pairs
        Who counts as neighbours.
    inventory
        All texts known.
    capabilities, hazards
        Codes of the vocabulary.
    on
        The day.
    narrowing
        Which texts count.

    Returns
    -------
    tuple of PairGaps
        One for each pair, in their order; also those with nothing missing.
    """
    by_id = {text.id: text for text in inventory}

    def ask(owner: str, place: str) -> HelpMatrix:
        return help_matrix(
            [Side("", (owner,))],
            inventory,
            places=[Side("", (place,))],
            capabilities=capabilities,
            hazards=hazards,
            on=on,
            counts=lambda text: narrowing.keeps(text, by_id),
        )

    return tuple(
        _pair_gaps(pair, ask(pair.one, pair.other), ask(pair.other, pair.one), inventory, capabilities, hazards, on)
        for pair in pairs
    )


def _pair_gaps(
    pair: Pair,
    there: HelpMatrix,
    back: HelpMatrix,
    inventory: Sequence[Agreement],
    capabilities: Sequence[str],
    hazards: Sequence[str],
    on: date,
) -> PairGaps:
    def lacks(match: Match) -> tuple[Lack, ...]:
        return _lacks(there.codes[0, 0] == match, back.codes[0, 0] == match, capabilities, hazards)

    sure = _named(there, back, Match.YES)
    return PairGaps(
        pair=pair,
        missing=lacks(Match.NO),
        unknown=lacks(Match.UNKNOWN),
        texts=sure,
        doubtful=tuple(text for text in _named(there, back, Match.UNKNOWN) if text not in sure),
        union=_union_covers(pair.one, pair.other, inventory, on) and _union_covers(pair.other, pair.one, inventory, on),
        asked=2 * len(capabilities) * len(hazards),
    )


def _lacks(there: Bools, back: Bools, capabilities: Sequence[str], hazards: Sequence[str]) -> tuple[Lack, ...]:
    """The cells of both directions, (n_capabilities, n_hazards) each, told in groups; each cell in exactly one."""
    grids = ((Way.BOTH, there & back), (Way.THERE, there & ~back), (Way.BACK, back & ~there))
    return tuple(lack for way, grid in grids for lack in _alike(way, grid, capabilities, hazards))


def _alike(way: Way, grid: Bools, capabilities: Sequence[str], hazards: Sequence[str]) -> Iterable[Lack]:
    """Helps with the same hazards together, those with most first."""
    groups: dict[tuple[str, ...], list[str]] = {}
    for capability, row in zip(capabilities, grid, strict=True):
        dangers = tuple(hazard for hazard, lacking in zip(hazards, row.tolist(), strict=True) if lacking)
        if dangers:
            groups.setdefault(dangers, []).append(capability)
    found = [Lack(way, tuple(helps), dangers) for dangers, helps in groups.items()]
    return sorted(found, key=lambda lack: -lack.size)


def _named(there: HelpMatrix, back: HelpMatrix, match: Match) -> tuple[Agreement, ...]:
    """The texts that one names first for some cell with that answer; both matrices hold the texts in one order."""
    found = {
        int(index)
        for matrix in (there, back)
        for index in np.unique(matrix.text_index[(matrix.codes == match) & (matrix.text_index >= 0)])
    }
    return tuple(there.texts[index] for index in sorted(found))


def _union_covers(owner: str, place: str, inventory: Sequence[Agreement], on: date) -> bool:
    answer = may_help(Question(owner_territory=owner, place_territory=place), inventory, on)
    return any(basis.match is Match.YES for basis in answer.union)


def next_but_one(borders: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """The pairs of territories that share no border, and each a border with the same third one; by code.

    Parameters
    ----------
    borders
        The pairs that touch, in any order.
    """
    touching: dict[str, set[str]] = {}
    for one, other in borders:
        touching.setdefault(one, set()).add(other)
        touching.setdefault(other, set()).add(one)
    return tuple(
        (one, other)
        for one in sorted(touching)
        for other in sorted(touching)
        if one < other and other not in touching[one] and touching[one] & touching[other]
    )
