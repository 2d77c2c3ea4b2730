"""Where no text is at all: between which neighbours, for which helps, at which hazards.

A gap is a help at a hazard that no text below the Union mechanism covers in one direction. What a text may cover, and
nobody has established whether it does, is no gap: it is listed apart, as *unknown*. Helps that lack the same are told
together, so that a person can read the list.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
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
    """Two territories, or organisations with theirs, of different countries, and how they lie to each other."""

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
    set_aside
        Those that surely cover something, and did not count as they are not of the levels or channel asked.
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
    set_aside: tuple[Agreement, ...]
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
    organisations: Mapping[str, Side] | None = None,
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
    organisations
        The sides that some pairs name by a code of their own; every other code is that of a territory.

    Returns
    -------
    tuple of PairGaps
        One for each pair, in their order; also those with nothing missing.
    """
    listed, named = tuple(pairs), organisations or {}
    sides = [named.get(code) or Side("", (code,)) for code in _codes_of(listed)]
    by_id = {text.id: text for text in inventory}

    def ask(counting: Narrowing) -> HelpMatrix:
        return help_matrix(
            sides,
            inventory,
            capabilities=capabilities,
            hazards=hazards,
            on=on,
            counts=lambda text: counting.keeps(text, by_id),
        )

    found = ask(narrowing)
    whole = found if narrowing.is_whole else ask(EVERY_TEXT)
    asked = _Asked(tuple(capabilities), tuple(hazards))
    return tuple(
        _pair_gaps(pair, cell, asked, found, whole, _union_covers(pair, named, inventory, on))
        for pair, cell in _with_cells(listed)
    )


@dataclass(frozen=True, slots=True)
class _Asked:
    """Every help at every hazard that is asked of a pair."""

    capabilities: tuple[str, ...]
    hazards: tuple[str, ...]


def _codes_of(pairs: Iterable[Pair]) -> list[str]:
    """Each code once, in the order in which they are named."""
    return list(dict.fromkeys(code for pair in pairs for code in (pair.one, pair.other)))


def _with_cells(pairs: Sequence[Pair]) -> Iterable[tuple[Pair, tuple[int, int]]]:
    """Each pair with the numbers of its two sides in the matrix."""
    numbers = {code: number for number, code in enumerate(_codes_of(pairs))}
    return ((pair, (numbers[pair.one], numbers[pair.other])) for pair in pairs)


def _pair_gaps(
    pair: Pair, cell: tuple[int, int], asked: _Asked, found: HelpMatrix, whole: HelpMatrix, union: bool
) -> PairGaps:
    there, back = cell, (cell[1], cell[0])

    def lacks(match: Match) -> tuple[Lack, ...]:
        return _lacks(found.codes[there] == match, found.codes[back] == match, asked)

    sure = _named(found, (there, back), Match.YES)
    doubtful = _named(found, (there, back), Match.UNKNOWN)
    return PairGaps(
        pair=pair,
        missing=lacks(Match.NO),
        unknown=lacks(Match.UNKNOWN),
        texts=sure,
        doubtful=tuple(text for text in doubtful if text not in sure),
        set_aside=tuple(text for text in _named(whole, (there, back), Match.YES) if text not in (*sure, *doubtful)),
        union=union,
        asked=2 * len(asked.capabilities) * len(asked.hazards),
    )


def _lacks(there: Bools, back: Bools, asked: _Asked) -> tuple[Lack, ...]:
    """The cells of both directions, (n_capabilities, n_hazards) each, told in groups; each cell in exactly one."""
    grids = ((Way.BOTH, there & back), (Way.THERE, there & ~back), (Way.BACK, back & ~there))
    return tuple(lack for way, grid in grids for lack in _alike(way, grid, asked))


def _alike(way: Way, grid: Bools, asked: _Asked) -> Iterable[Lack]:
    """Helps with the same hazards together, those with most first."""
    groups: dict[tuple[str, ...], list[str]] = {}
    for capability, row in zip(asked.capabilities, grid, strict=True):
        dangers = tuple(hazard for hazard, lacking in zip(asked.hazards, row.tolist(), strict=True) if lacking)
        if dangers:
            groups.setdefault(dangers, []).append(capability)
    found = [Lack(way, tuple(helps), dangers) for dangers, helps in groups.items()]
    return sorted(found, key=lambda lack: -lack.size)


def _named(matrix: HelpMatrix, cells: Iterable[tuple[int, int]], match: Match) -> tuple[Agreement, ...]:
    """The texts that one names first for some help and hazard with that answer, in the order of naming."""
    found = {
        int(index)
        for cell in cells
        for index in np.unique(matrix.text_index[cell][(matrix.codes[cell] == match) & (matrix.text_index[cell] >= 0)])
    }
    return tuple(matrix.texts[index] for index in sorted(found))


def _union_covers(pair: Pair, named: Mapping[str, Side], inventory: Sequence[Agreement], on: date) -> bool:
    """Whether the Union mechanism covers both directions; it knows countries only, so one territory of a side does."""
    one, other = (named[code].territories[0] if code in named else code for code in (pair.one, pair.other))

    def covers(owner: str, place: str) -> bool:
        answer = may_help(Question(owner_territory=owner, place_territory=place), inventory, on)
        return any(basis.match is Match.YES for basis in answer.union)

    return covers(one, other) and covers(other, one)


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
