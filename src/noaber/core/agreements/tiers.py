"""The levels by which directors speak of texts: local, regional, Benelux, bilateral, and last the Union mechanism.

Finer than `Level` in one place: among texts between states, those of the Benelux are told from those of two states. A
text is of the Benelux where all three of its states are parties, or where it is a decision between some of them: the
Benelux takes decisions, two states conclude treaties.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from noaber.core.agreements.model import Agreement, Kind, Level

BENELUX: Final = frozenset({"BE", "NL", "LU"})


class Tier(StrEnum):
    """On which level a text stands, from the nearest to the farthest."""

    LOCAL = "local"
    REGIONAL = "regional"
    BENELUX = "benelux"
    BILATERAL = "bilateral"
    UNION = "union"


BELOW_UNION: Final = (Tier.LOCAL, Tier.REGIONAL, Tier.BENELUX, Tier.BILATERAL)

_TIERS: Final = {
    Level.LOCAL: Tier.LOCAL,
    Level.REGION: Tier.REGIONAL,
    Level.STATE: Tier.BILATERAL,
    Level.UNION: Tier.UNION,
}


def tier_of(agreement: Agreement) -> Tier:
    """The level of one text."""
    if agreement.level is Level.UNION:
        return Tier.UNION
    parties = set(agreement.parties)
    decided = agreement.level is Level.STATE and agreement.kind is Kind.DECISION and parties <= BENELUX
    return Tier.BENELUX if decided or parties >= BENELUX else _TIERS[agreement.level]
