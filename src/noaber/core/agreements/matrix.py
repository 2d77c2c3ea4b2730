"""Who may help whom, for many organisations, helps and hazards at once.

The same verdicts as `may_help`, one array operation per text: each text is held against every organisation, help
and hazard once, and the pairs are minima and maxima of those rows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, TypeVar

import numpy as np
from numpy.typing import NDArray

from noaber.core.agreements.answer import Verdict, match_owner, order_key
from noaber.core.agreements.force import force_on, match_of_force
from noaber.core.agreements.model import Agreement, Level
from noaber.core.agreements.scope import Match, country_of

T = TypeVar("T")

HOME_CODE: Final = 3
"""Stands for `Verdict.HOME` in the array, beside the values of `Match`."""

_VERDICT_OF_CODE: Final = {
    int(Match.NO): Verdict.NO_TEXT,
    int(Match.UNKNOWN): Verdict.UNKNOWN,
    int(Match.YES): Verdict.YES,
    HOME_CODE: Verdict.HOME,
}


@dataclass(frozen=True, slots=True)
class Place:
    """An organisation, or any place with a territory, as row and column of the matrix."""

    code: str
    territory: str


@dataclass(frozen=True, slots=True, eq=False)
class HelpMatrix:
    """Verdicts for every ordered pair.

    Parameters
    ----------
    codes
        (n, n, n_capabilities, n_hazards) int8: `Match` values, or `HOME_CODE`; row helps column; axes as in
        `places`, `places`, `capabilities`, `hazards`.
    text_index
        The same shape, int16: the index in `texts` of the text one names first; -1 where there is none.
    """

    places: tuple[Place, ...]
    capabilities: tuple[str, ...]
    hazards: tuple[str, ...]
    texts: tuple[Agreement, ...]
    codes: NDArray[np.int8]
    text_index: NDArray[np.int16]

    def verdict(self, row: int, column: int, *, capability: int = 0, hazard: int = 0) -> Verdict:
        """The verdict where `places[row]` helps `places[column]`."""
        return _VERDICT_OF_CODE[int(self.codes[row, column, capability, hazard])]

    def text(self, row: int, column: int, *, capability: int = 0, hazard: int = 0) -> Agreement | None:
        """The text that one names first for the pair."""
        index = int(self.text_index[row, column, capability, hazard])
        return None if index < 0 else self.texts[index]


def help_matrix(
    places: Iterable[Place],
    agreements: Iterable[Agreement],
    *,
    capabilities: Iterable[str],
    hazards: Iterable[str],
    on: date,
) -> HelpMatrix:
    """Hold every ordered pair of places against the texts below the Union mechanism.

    Parameters
    ----------
    places
        Organisations with their territories; a row is an owner, a column is where the help goes.
    agreements
        All texts known.
    capabilities, hazards
        Codes of the vocabulary.
    on
        The day.

    Returns
    -------
    HelpMatrix
        Agrees with `may_help` cell by cell. 40 places × 40 capabilities with 25 texts take some milliseconds per
        hazard.
    """
    inventory = tuple(agreements)
    rows = tuple(places)
    wanted = tuple(capabilities)
    dangers = tuple(hazards)
    texts = tuple(sorted(_counting(inventory, on), key=lambda text: order_key(text, Match.YES)))
    shape = (len(rows), len(rows), len(wanted), len(dangers))
    codes = np.zeros(shape, dtype=np.int8)
    text_index = np.full(shape, -1, dtype=np.int16)
    for index, text in enumerate(texts):
        match = _match_of_text(text, inventory, rows, wanted, dangers, on)
        better = match > codes
        codes[better] = match[better]
        text_index[better] = index
    home = _home_pairs(rows)
    codes[home] = HOME_CODE
    text_index[home] = -1
    return HelpMatrix(rows, wanted, dangers, texts, codes, text_index)


def _counting(inventory: Sequence[Agreement], on: date) -> Iterable[Agreement]:
    """The texts below the Union mechanism that count, or may, on the day."""
    for text in inventory:
        if text.level is not Level.UNION and _force_match(text, inventory, on) is not Match.NO:
            yield text


def _force_match(text: Agreement, inventory: Sequence[Agreement], on: date) -> Match:
    successors = [other for other in inventory if text.id in other.replaces]
    return match_of_force(force_on(text, successors, on))


def _match_of_text(
    text: Agreement,
    inventory: Sequence[Agreement],
    places: Sequence[Place],
    capabilities: Sequence[str],
    hazards: Sequence[str],
    on: date,
) -> NDArray[np.int8]:
    """(n, n, n_capabilities, n_hazards): the least of what holds for each side, the help, the hazard, the force."""
    gives = _row(places, lambda place: _provider_match(text, place))
    takes = _row(places, lambda place: text.receivers.match(place.territory))
    helps = _row(capabilities, text.help_types.match)
    dangers = _row(hazards, text.hazards.match)
    pairs = np.minimum(gives[:, None], takes[None, :])
    kinds = np.minimum(helps[:, None], dangers[None, :])
    both = np.minimum(pairs[:, :, None, None], kinds[None, None, :, :])
    return np.minimum(both, np.int8(_force_match(text, inventory, on)))


def _provider_match(text: Agreement, place: Place) -> Match:
    return min(text.providers.match(place.territory), match_owner(text.provider_organisations, place.code or None))


def _row(items: Sequence[T], match: Callable[[T], Match]) -> NDArray[np.int8]:
    return np.array([match(item) for item in items], dtype=np.int8)


def _home_pairs(places: Sequence[Place]) -> NDArray[np.bool_]:
    """(n, n) bool: both in one country."""
    countries = np.array([country_of(place.territory) for place in places], dtype=object)
    return np.asarray(countries[:, None] == countries[None, :], dtype=np.bool_)
