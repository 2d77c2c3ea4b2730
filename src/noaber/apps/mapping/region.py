"""The matrix of the whole region: who may help whom, cell by cell, and which sides differ from their country.

The verdicts are one array operation per text (`core.agreements.matrix`); what is not established of the text that a
cell names first is looked up for that cell alone. The last answers are kept while the texts are the same objects.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Final

from noaber.apps.mapping.sides import Side
from noaber.core.agreements import Agreement, Match, Question, may_help
from noaber.core.agreements.basis import unknown_between
from noaber.core.agreements.matrix import HOME_CODE, HelpMatrix, help_matrix
from noaber.core.agreements.matrix import Side as CoreSide
from noaber.core.agreements.narrow import Narrowing
from noaber.core.agreements.scope import country_of

KINDS: Final = ("complete", "open", "unknown", "missing")
"""The answers to a question across a border, from the surest to none."""


@dataclass(frozen=True, slots=True)
class Cell:
    """Where `owner` helps at `place`.

    Parameters
    ----------
    kind
        `own`, `home`, or one of `KINDS`.
    text
        The one that is named first.
    open_facts
        How many of its facts are not established.
    union
        Whether the Union mechanism covers the pair: it never makes a cell better.
    """

    owner: Side
    place: Side
    kind: str
    text: Agreement | None
    open_facts: int
    union: bool

    @property
    def signature(self) -> tuple[str, str, int]:
        """What the cell says, whoever the sides are."""
        return self.kind, self.text.id if self.text else "", self.open_facts


@dataclass(frozen=True, slots=True)
class RegionQuery:
    """What the whole matrix is about; `None` asks for any help, or any hazard, at all."""

    capability: str | None
    hazard: str | None
    on: date
    narrowing: Narrowing


@dataclass(frozen=True)
class RegionMatrix:
    """Every ordered pair of the sides; row helps column.

    Parameters
    ----------
    folded
        For a side, the others of its country for which the texts say the same: they are not shown.
    """

    sides: tuple[Side, ...]
    rows: tuple[tuple[Cell, ...], ...]
    folded: dict[Side, tuple[Side, ...]]

    def count(self, kind: str) -> int:
        return sum(cell.kind == kind for row in self.rows for cell in row)

    def find(self, owner: str, place: str) -> Cell | None:
        """The cell of two sides by their codes; None where they are not shown, or are one."""
        cells = (cell for row in self.rows for cell in row if (cell.owner.code, cell.place.code) == (owner, place))
        return next((cell for cell in cells if cell.kind not in ("own", "home")), None)

    def only(self, shown: Mapping[Side, tuple[Side, ...]]) -> RegionMatrix:
        """The same matrix with the sides of `shown` alone, each with those that say the same."""
        kept = [index for index, side in enumerate(self.sides) if side in shown]
        rows = tuple(tuple(self.rows[row][column] for column in kept) for row in kept)
        return RegionMatrix(tuple(self.sides[index] for index in kept), rows, dict(shown))


def region_matrix(sides: Sequence[Side], texts: tuple[Agreement, ...], asked: RegionQuery) -> RegionMatrix:
    """Ask every ordered pair of the sides."""
    return _matrix(tuple(sides), _Key(texts), asked)


def alike(*matrices: RegionMatrix) -> dict[Side, tuple[Side, ...]]:
    """Of each country, the sides that differ, each with the others that say the same as it in all of the matrices.

    Two sides say the same where their rows and columns do, but for the cells inside their country. The first of them,
    which is the country's own where it is among them, stands for the others.
    """
    sides = matrices[0].sides
    groups: dict[tuple[str, Hashable], list[Side]] = {}
    for number, side in enumerate(sides):
        country = country_of(side.territory)
        abroad = [index for index, other in enumerate(sides) if country_of(other.territory) != country]
        said = tuple(
            (matrix.rows[number][index].signature, matrix.rows[index][number].signature)
            for matrix in matrices
            for index in abroad
        )
        groups.setdefault((country, said), []).append(side)
    return {first: tuple(others) for first, *others in groups.values()}


def fold(matrix: RegionMatrix) -> RegionMatrix:
    """Only the sides that differ from each other."""
    return matrix.only(alike(matrix))


class _Key:
    """An inventory as a key: the same while it holds the same objects, which are made once for each content."""

    def __init__(self, texts: tuple[Agreement, ...]) -> None:
        self.texts = texts
        self.ids = tuple(id(text) for text in texts)

    def __hash__(self) -> int:
        return hash(self.ids)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Key) and self.ids == other.ids


@lru_cache(maxsize=64)
def _matrix(sides: tuple[Side, ...], key: _Key, asked: RegionQuery) -> RegionMatrix:
    inventory = key.texts
    by_id = {text.id: text for text in inventory}
    found = help_matrix(
        [CoreSide(side.code, (side.territory,)) for side in sides],
        inventory,
        capabilities=(asked.capability,),
        hazards=(asked.hazard,),
        on=asked.on,
        counts=lambda text: asked.narrowing.keeps(text, by_id),
    )
    union = _union_pairs(sides, inventory, asked)
    rows = tuple(
        tuple(_cell(found, row, column, sides, by_id, union) for column in range(len(sides)))
        for row in range(len(sides))
    )
    return RegionMatrix(sides, rows, {})


def _cell(
    found: HelpMatrix,
    row: int,
    column: int,
    sides: tuple[Side, ...],
    by_id: dict[str, Agreement],
    union: frozenset[tuple[str, str]],
) -> Cell:
    owner, place = sides[row], sides[column]
    text = found.text(row, column)
    facts = len(unknown_between(text, by_id, owner.territory, place.territory)) if text else 0
    kind = "own" if row == column else kind_of(int(found.codes[row, column, 0, 0]), facts)
    return Cell(owner, place, kind, text, facts, (country_of(owner.territory), country_of(place.territory)) in union)


def kind_of(code: int, open_facts: int) -> str:
    """The kind of a cell from its verdict in the array."""
    match code:
        case code if code == HOME_CODE:
            return "home"
        case Match.YES:
            return "open" if open_facts else "complete"
        case Match.UNKNOWN:
            return "unknown"
        case _:
            return "missing"


def _union_pairs(
    sides: Sequence[Side], inventory: tuple[Agreement, ...], asked: RegionQuery
) -> frozenset[tuple[str, str]]:
    """The pairs of countries that the Union mechanism covers, or may."""
    countries = sorted({country_of(side.territory) for side in sides})

    def is_covered(owner: str, place: str) -> bool:
        question = Question(
            owner_territory=owner, place_territory=place, capability=asked.capability, hazard=asked.hazard
        )
        return bool(may_help(question, inventory, asked.on).union)

    return frozenset(
        (one, other) for one in countries for other in countries if one != other and is_covered(one, other)
    )
