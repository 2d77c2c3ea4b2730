"""How a text stands on a day, with its sign; and what a page says of the day that it looks at."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from noaber.apps.registry.presenters.legal_words import STANDINGS
from noaber.core.agreements import Agreement
from noaber.core.agreements.standing import Standing, standing_on

_SIGNS: Final = {
    Standing.IN_FORCE: ("ok", "yes"),
    Standing.COUNTED: ("ok", "part"),
    Standing.SIGNED: ("warn", "clock"),
    Standing.NOT_YET: ("warn", "clock"),
    Standing.NOT_SIGNED: ("", "minus"),
    Standing.ENDED: ("bad", "no"),
    Standing.REPLACED: ("bad", "no"),
    Standing.PERHAPS_REPLACED: ("", "unknown"),
    Standing.UNKNOWN: ("", "unknown"),
}


@dataclass(frozen=True)
class StandingView:
    """One standing: its word, its sign, its colour."""

    key: str
    words: str
    tag: str
    icon: str


def standing_view(standing: Standing) -> StandingView:
    tag, icon = _SIGNS[standing]
    return StandingView(standing.value, str(STANDINGS[standing]), f"tag--{tag}" if tag else "", icon)


def standing_of(text: Agreement, texts: Iterable[Agreement], on: date) -> StandingView:
    """How a text stands on a day."""
    return standing_view(standing_on(text, texts, on))
