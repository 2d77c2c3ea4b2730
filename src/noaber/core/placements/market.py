"""What a matching reads: host places with their conditions and rankings, applicants with their wishes."""

from __future__ import annotations

import datetime
import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import IntEnum
from typing import Any, Self


class Level(IntEnum):
    """How well someone speaks a language (Common European Framework of Reference)."""

    A1 = 1
    A2 = 2
    B1 = 3
    B2 = 4
    C1 = 5
    C2 = 6


@dataclass(frozen=True)
class Period:
    """Days from the first to the last, both included."""

    begins: datetime.date
    ends: datetime.date


@dataclass(frozen=True)
class Place:
    """A place at a host.

    Parameters
    ----------
    languages
        The lowest level of each language of work; one of them is enough. None asks for no language.
    functions
        For whom it is, by code; empty is for everyone.
    ranked
        The applicants whom the host takes, the most wanted first.
    refused
        Those whom it does not take.
    """

    key: int
    organisation: str
    capacity: int
    weeks: int
    periods: tuple[Period, ...]
    languages: Mapping[str, Level]
    functions: tuple[str, ...] = ()
    ranked: tuple[int, ...] = ()
    refused: tuple[int, ...] = ()


@dataclass(frozen=True)
class Applicant:
    """Someone who applies; `wishes` names places, the most wanted first."""

    key: int
    organisation: str
    function: str
    languages: Mapping[str, Level]
    available: Period
    consented: bool
    wishes: tuple[int, ...]


@dataclass(frozen=True)
class Market:
    """All that one matching is made from."""

    places: Mapping[int, Place]
    applicants: Mapping[int, Applicant]

    def digest(self) -> str:
        """The same input has the same digest, whatever the order in which it was read."""
        return hashlib.sha256(json.dumps(self.encode(), sort_keys=True).encode()).hexdigest()

    def encode(self) -> dict[str, Any]:
        """The market as JSON holds it."""
        places = [_plain(self.places[key]) for key in sorted(self.places)]
        return {"places": places, "applicants": [_plain(self.applicants[key]) for key in sorted(self.applicants)]}

    @classmethod
    def decode(cls, stored: Mapping[str, Any]) -> Self:
        """The market of `encode`."""
        places = [
            Place(
                **row
                | {
                    "periods": tuple(_period(period) for period in row["periods"]),
                    "languages": _levels(row["languages"]),
                    **{name: tuple(row[name]) for name in ("functions", "ranked", "refused")},
                }
            )
            for row in stored["places"]
        ]
        applicants = [
            Applicant(
                **row
                | {
                    "available": _period(row["available"]),
                    "languages": _levels(row["languages"]),
                    "wishes": tuple(row["wishes"]),
                }
            )
            for row in stored["applicants"]
        ]
        return cls({place.key: place for place in places}, {one.key: one for one in applicants})


def _plain(record: Place | Applicant) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(json.dumps(asdict(record), default=str))
    return found


def _period(row: Mapping[str, str]) -> Period:
    return Period(datetime.date.fromisoformat(row["begins"]), datetime.date.fromisoformat(row["ends"]))


def _levels(row: Mapping[str, int]) -> dict[str, Level]:
    return {language: Level(level) for language, level in row.items()}
