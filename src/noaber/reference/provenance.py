"""Where a statement of the reference data comes from, and how far it may be trusted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Confidence(StrEnum):
    """How a statement came into the data; shown wherever the statement is."""

    SOURCED = "sourced"
    """Read in the named source."""
    DERIVED = "derived"
    """Follows from a sourced statement."""
    GENERAL_KNOWLEDGE = "general-knowledge"
    """Commonly known in the field, not looked up."""
    UNSURE = "unsure"
    """To be verified before anyone relies on it."""
    ILLUSTRATIVE = "illustrative"
    """Invented for an exercise or a demonstration."""


@dataclass(frozen=True, slots=True)
class Provenance:
    """Confidence, and the source by its public address or title; empty where there is none to name."""

    confidence: Confidence
    source: str = ""

    def __post_init__(self) -> None:
        if self.confidence in (Confidence.SOURCED, Confidence.DERIVED) and not self.source:
            raise ValueError(f"a statement that is {self.confidence} names its source")


def read_provenance(record: Mapping[str, object]) -> Provenance:
    """Provenance from the keys `confidence` and `source` of a JSON record."""
    return Provenance(Confidence(str(record["confidence"])), str(record.get("source", "")))
