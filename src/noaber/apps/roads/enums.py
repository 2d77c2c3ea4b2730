"""How minutes were got."""

from __future__ import annotations

from enum import StrEnum


class MinutesKind(StrEnum):
    """What stands behind a number of minutes; the words that pages mark it by."""

    ESTIMATE = "estimate"
    ROUTED = "routed"

    @classmethod
    def of(cls, routed: bool) -> MinutesKind:
        return cls.ROUTED if routed else cls.ESTIMATE
