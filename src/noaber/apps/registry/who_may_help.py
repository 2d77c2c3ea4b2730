"""Who may help whom, pair by pair: the sides that are shown, the cells, and the gaps.

The answer of each cell is `core.agreements.may_help`; here it is only asked for every pair, and what each cell shows is
counted. Asking all pairs takes some tens of milliseconds, so the last answers are kept while the texts are the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import Final

from noaber.core.agreements import Agreement, Answer, Question, Verdict, may_help


class Between(StrEnum):
    """Which organisations are rows and columns."""

    STATES = "states"
    """The states, with the Länder and zones that act for themselves."""
    BORDER = "border"
    """The regions, provinces, districts and departments along the borders."""


SIDES: Final = {
    Between.STATES: (
        "BE-NCCN",
        "NL-NCC",
        "LU-HCPN",
        "DE-NW",
        "DE-RP",
        "DE-SL",
        "DE-NI",
        "FR-PREF-GE",
        "FR-ZONE-NORD",
    ),
    Between.BORDER: (
        "BE-P-WV",
        "BE-P-AN",
        "BE-P-LI",
        "BE-P-LG",
        "BE-Z-LG6",
        "BE-P-LX",
        "NL-VR19",
        "NL-VR20",
        "NL-VR08",
        "NL-VR23",
        "NL-VR24",
        "LU-CGDIS",
        "DE-KLEVE",
        "DE-HEINSBERG",
        "DE-AACHEN",
        "DE-EUSKIRCHEN",
        "DE-BITBURG",
        "DE-MERZIG",
        "FR-59",
        "FR-08",
        "FR-54",
        "FR-57",
    ),
}


@dataclass(frozen=True, slots=True)
class Side:
    """An organisation as row and column, with the territory for which it is asked."""

    code: str
    territory: str


@dataclass(frozen=True, slots=True)
class Cell:
    """What the matrix shows where `owner` helps at `place`."""

    owner: Side
    place: Side
    answer: Answer

    @property
    def is_own(self) -> bool:
        return self.owner == self.place

    @property
    def kind(self) -> str:
        """`own`, `home`, `complete`, `open`, `unknown` or `missing`: one shape each."""
        if self.is_own:
            return "own"
        match self.answer.verdict:
            case Verdict.HOME:
                return "home"
            case Verdict.YES:
                return "open" if self.open_facts else "complete"
            case Verdict.UNKNOWN:
                return "unknown"
            case Verdict.NO_TEXT:
                return "missing"

    @property
    def open_facts(self) -> int:
        """How many facts of the text that one names first are not established."""
        return len(self.answer.best.unknown) if self.answer.best else 0

    @property
    def year(self) -> int | None:
        return self.answer.best.agreement.year if self.answer.best else None


@dataclass(frozen=True)
class Matrix:
    """Every ordered pair of the sides; row helps column."""

    sides: tuple[Side, ...]
    rows: tuple[tuple[Cell, ...], ...]

    def count(self, kind: str) -> int:
        return sum(cell.kind == kind for row in self.rows for cell in row)

    @property
    def pairs_without_text(self) -> tuple[Cell, ...]:
        """Each pair once where no text stands in either direction."""
        return tuple(
            cell
            for number, row in enumerate(self.rows)
            for other, cell in enumerate(row)
            if other > number and cell.kind == "missing" and self.rows[other][number].kind == "missing"
        )


def make_matrix(
    sides: Sequence[Side],
    inventory: tuple[Agreement, ...],
    *,
    capability: str | None,
    hazard: str | None,
    on: date,
) -> Matrix:
    """Ask every ordered pair; `None` asks for any help, or any hazard, at all."""
    return _matrix(tuple(sides), _Texts(inventory), capability, hazard, on)


class _Texts:
    """An inventory as a key: the same while it holds the same objects, which are made once for each content."""

    def __init__(self, texts: tuple[Agreement, ...]) -> None:
        self.texts = texts
        self.key = tuple(id(text) for text in texts)

    def __hash__(self) -> int:
        return hash(self.key)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Texts) and self.key == other.key


@lru_cache(maxsize=64)
def _matrix(sides: tuple[Side, ...], texts: _Texts, capability: str | None, hazard: str | None, on: date) -> Matrix:
    rows = tuple(
        tuple(Cell(owner, place, _ask(owner, place, texts.texts, capability, hazard, on)) for place in sides)
        for owner in sides
    )
    return Matrix(sides, rows)


def _ask(
    owner: Side, place: Side, texts: tuple[Agreement, ...], capability: str | None, hazard: str | None, on: date
) -> Answer:
    question = Question(
        owner=owner.code,
        owner_territory=owner.territory,
        place_territory=place.territory,
        capability=capability,
        hazard=hazard,
    )
    return may_help(question, texts, on)
