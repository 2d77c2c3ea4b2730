"""What a report consists of, in no language: codes, figures with their days, and what users wrote as they wrote it.

It is stored as JSON and read back as the same values.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any, Final

from pydantic import TypeAdapter

from noaber.apps.reports.enums import Basis

VERSION: Final = 1
NOBODY: Final = "0"
"""The sign of a hexagon where nobody can come."""

InLanguages = dict[str, str]
"""By language: nl, fr, de, en."""


@dataclass(frozen=True)
class Figure:
    """One figure of the overview, with the day to which it belongs."""

    key: str
    value: int
    on: date
    basis: Basis = Basis.COUNTED


@dataclass(frozen=True)
class TextFact:
    """One text of the inventory."""

    code: str
    titles: InLanguages
    year: int | None
    tier: str
    standing: str
    keeper: str
    checked_on: date
    checked_by: str
    sources: tuple[str, ...]
    unknown: tuple[str, ...]


@dataclass(frozen=True)
class SideFact:
    code: str
    territory: str


@dataclass(frozen=True)
class CellFact:
    """Where the row helps the column: own, home, complete, open, unknown or missing."""

    kind: str
    text: str = ""
    open_facts: int = 0
    union: bool = False


@dataclass(frozen=True)
class LackFact:
    """Helps at hazards, one way or both."""

    way: str
    capabilities: tuple[str, ...]
    hazards: tuple[str, ...]


@dataclass(frozen=True)
class GapFact:
    """What the texts leave open between two neighbours."""

    between: str
    one: str
    other: str
    nearness: str
    asked: int
    missing: tuple[LackFact, ...]
    unknown: tuple[LackFact, ...]
    texts: tuple[str, ...]
    doubtful: tuple[str, ...]
    union: bool


@dataclass(frozen=True)
class QuestionFact:
    """A field of a text that nobody has established."""

    text: str
    field: str
    state: str
    asked_of: str = ""
    due_on: date | None = None


@dataclass(frozen=True)
class ReachFact:
    """People of a territory, and how many are reached within 30, 60, 120 minutes; all together without a code."""

    code: str
    people: int
    closed: tuple[int, ...]
    opened: tuple[int, ...]
    gaining: int


@dataclass(frozen=True)
class MinutesFact:
    """The reach of one capability.

    Parameters
    ----------
    closed, opened, gain
        One sign for each hexagon of `Content.cells`: the step of its colour, `NOBODY` where nobody can come.
    """

    capability: str
    bases: int
    teams: int
    basis: Basis
    regions: tuple[ReachFact, ...]
    closed: str
    opened: str
    gain: str


@dataclass(frozen=True)
class OwnerFact:
    """The teams of one owner that may go, by capability."""

    code: str
    name: str
    capacities: int
    teams: dict[str, int]
    oldest_state_on: date | None


@dataclass(frozen=True)
class ContactFact:
    """The functions of one organisation, by field: fresh, soon, expired, never or missing."""

    code: str
    fields: dict[str, str]


@dataclass(frozen=True)
class ActionFact:
    number: str
    title: str
    language: str
    responsible: str
    state: str
    due_on: date | None
    late: bool


@dataclass(frozen=True)
class AdviceFact:
    """A recommendation, with the actions that came of it."""

    number: str
    text: str
    language: str
    state: str
    made_on: date
    made_by: str
    parties: tuple[str, ...]
    actions: tuple[ActionFact, ...]


@dataclass(frozen=True)
class CampaignFact:
    """How far one organisation is with a campaign of the mapping, and what it signed."""

    code: str
    titles: InLanguages
    organisation: str
    deadline: date
    asked: int
    answered: int
    unknown: int
    signed_on: date | None
    version: int | None


@dataclass(frozen=True)
class Content:
    """A whole report.

    Parameters
    ----------
    roads_on
        The day up to which the road network knows the roads; None where there is none.
    is_day_built
        No extract said of which day its roads are: `roads_on` is when the network was built.
    has_main_roads
        Where the network does not reach, minutes are those by main roads.
    closures
        Closed roads that held, of those seen.
    cells
        H3 indices of the hexagons of the maps.
    """

    version: int
    made_at: datetime
    on: date
    organisation: str
    status: str
    hazard: str
    tlp: str
    roads_on: date | None
    closures: int
    figures: tuple[Figure, ...]
    texts: tuple[TextFact, ...]
    sides: tuple[SideFact, ...]
    matrix: tuple[tuple[CellFact, ...], ...]
    gaps: tuple[GapFact, ...]
    questions: tuple[QuestionFact, ...]
    cells: tuple[str, ...]
    minutes: tuple[MinutesFact, ...]
    owners: tuple[OwnerFact, ...]
    contacts: tuple[ContactFact, ...]
    advice: tuple[AdviceFact, ...]
    campaigns: tuple[CampaignFact, ...]
    is_day_built: bool = False
    has_main_roads: bool = False

    def figure(self, key: str) -> Figure:
        return next(figure for figure in self.figures if figure.key == key)

    def text(self, code: str) -> TextFact:
        return next(text for text in self.texts if text.code == code)


@cache
def _adapter() -> TypeAdapter[Content]:
    return TypeAdapter(Content)


def encode_content(content: Content) -> dict[str, Any]:
    """As JSON can hold it."""
    stored: dict[str, Any] = _adapter().dump_python(content, mode="json")
    return stored


def decode_content(stored: dict[str, Any]) -> Content:
    """The inverse of `encode_content`."""
    return _adapter().validate_python(stored)


def digest_of(stored: dict[str, Any]) -> str:
    """The same for the same content."""
    return hashlib.sha256(json.dumps(stored, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
