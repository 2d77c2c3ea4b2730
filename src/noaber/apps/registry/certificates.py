"""When a certificate counts as run out, or as about to. Knows no Django and no database."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from noaber.apps.registry.parts import Line

SOON: Final = timedelta(days=60)
"""How long before its end a certificate is marked: what an inspection or an audit takes to arrange."""


class Standing(StrEnum):
    """How a certificate stands on a day."""

    VALID = "valid"
    NOT_YET = "not-yet"
    SOON = "soon"
    EXPIRED = "expired"


def standing_until(until: date | None, today: date) -> Standing:
    """How what is valid until a day, that day included, stands today."""
    if until is None or until > today + SOON:
        return Standing.VALID
    return Standing.EXPIRED if until < today else Standing.SOON


def standing_of(line: Line, today: date) -> Standing:
    """How a certificate stands today."""
    if "valid_from" in line and date.fromisoformat(line["valid_from"]) > today:
        return Standing.NOT_YET
    return standing_until(date.fromisoformat(line["valid_until"]) if "valid_until" in line else None, today)


def is_renewed(line: Line, others: Iterable[Line]) -> bool:
    """Whether a later certificate of the same kind follows it."""
    until = line.get("valid_until", "9999")
    return any(other["kind"] == line["kind"] and other.get("valid_until", "9999") > until for other in others)
