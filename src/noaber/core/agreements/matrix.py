"""Who may help whom, for many owners, places, helps and hazards at once.

The same verdicts as `may_help`, one array operation per text: each text is held against every owner, place, help and
hazard once, and the cells are minima and maxima of those rows.
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
from noaber.core.agreements.scope import Match, Territories, country_of

T = TypeVar("T")
Matches = NDArray[np.int8]

HOME_CODE: Final = 3
"""Stands for `Verdict.HOME` in an array, beside the values of `Match`."""

_VERDICT_OF_CODE: Final = {
    int(Match.NO): Verdict.NO_TEXT,
    int(Match.UNKNOWN): Verdict.UNKNOWN,
    int(Match.YES): Verdict.YES,
    HOME_CODE: Verdict.HOME,
}


@dataclass(frozen=True, slots=True)
class Side:
    """An organisation with its territories (or a place with one, and no code), as row or column.

    One that has several territories is covered for sure only where all of them are, and may be where one is.
    """

    code: str
    territories: tuple[str, ...]

    def match(self, covered: Territories) -> Match:
        """Whether the territories of a text cover this side."""
        matches = {covered.match(territory) for territory in self.territories}
        if len(matches) == 1:
            return matches.pop()
        return Match.UNKNOWN if matches else Match.NO

    @property
    def countries(self) -> frozenset[str]:
        """The countries in which it lies."""
        return frozenset(country_of(territory) for territory in self.territories)


@dataclass(frozen=True, slots=True, eq=False)
class HelpMatrix:
    """Verdicts for every pair of an owner and a place.

    Parameters
    ----------
    codes
        (n_owners, n_places, n_capabilities, n_hazards) int8: `Match` values, or `HOME_CODE`.
    text_index
        The same shape, int16: the index in `texts` of the text one names first; -1 where there is none.
    """

    owners: tuple[Side, ...]
    places: tuple[Side, ...]
    capabilities: tuple[str | None, ...]
    hazards: tuple[str | None, ...]
    texts: tuple[Agreement, ...]
    codes: Matches
    text_index: NDArray[np.int16]

    def verdict(self, owner: int, place: int, *, capability: int = 0, hazard: int = 0) -> Verdict:
        """The verdict where `owners[owner]` helps at `places[place]`."""
        return _VERDICT_OF_CODE[int(self.codes[owner, place, capability, hazard])]

    def text(self, owner: int, place: int, *, capability: int = 0, hazard: int = 0) -> Agreement | None:
        """The text that one names first for the pair."""
        index = int(self.text_index[owner, place, capability, hazard])
        return None if index < 0 else self.texts[index]


def help_matrix(
    owners: Iterable[Side],
    agreements: Iterable[Agreement],
    *,
    places: Iterable[Side] | None = None,
    capabilities: Iterable[str | None],
    hazards: Iterable[str | None],
    on: date,
    counts: Callable[[Agreement], bool] = lambda text: True,
) -> HelpMatrix:
    """Hold every pair against the texts below the Union mechanism.

    Parameters
    ----------
    owners
        Rows: who would help.
    agreements
        All texts known.
    places
        Columns: where the help would go; the owners themselves where it is left out.
    capabilities, hazards
        Codes of the vocabulary; `None` for any at all.
    on
        The day.
    counts
        Whether a text counts at all; one that does not still replaces others.

    Returns
    -------
    HelpMatrix
        Agrees with `may_help` cell by cell. 40 owners × 40 places × 40 capabilities and one hazard take a few
        milliseconds with the texts that ship with the product.
    """
    inventory = tuple(agreements)
    rows = tuple(owners)
    columns = rows if places is None else tuple(places)
    wanted, dangers = tuple(capabilities), tuple(hazards)
    texts = tuple(pair for pair in counting_texts(inventory, on) if counts(pair[0]))
    shape = (len(rows), len(columns), len(wanted), len(dangers))
    codes = np.zeros(shape, dtype=np.int8)
    text_index = np.full(shape, -1, dtype=np.int16)
    for index, (text, force) in enumerate(texts):
        match = match_of_text(text, force, rows, columns, wanted, dangers)
        better = match > codes
        codes[better] = match[better]
        text_index[better] = index
    home = _home_pairs(rows, columns)
    codes[home] = HOME_CODE
    text_index[home] = -1
    return HelpMatrix(rows, columns, wanted, dangers, tuple(text for text, _ in texts), codes, text_index)


def counting_texts(inventory: Sequence[Agreement], on: date) -> tuple[tuple[Agreement, Match], ...]:
    """The texts below the Union mechanism that count, or may, on a day, with which of the two; first named first."""
    counting = [(text, force_match(text, inventory, on)) for text in inventory if text.level is not Level.UNION]
    usable = [(text, match) for text, match in counting if match is not Match.NO]
    return tuple(sorted(usable, key=lambda pair: order_key(pair[0], Match.YES)))


def force_match(text: Agreement, inventory: Sequence[Agreement], on: date) -> Match:
    """Whether a text counts on a day, among the others that may replace it."""
    successors = [other for other in inventory if text.id in other.replaces]
    return match_of_force(force_on(text, successors, on))


def match_of_text(
    text: Agreement,
    force: Match,
    owners: Sequence[Side],
    places: Sequence[Side],
    capabilities: Sequence[str | None],
    hazards: Sequence[str | None],
) -> Matches:
    """(n_owners, n_places, n_capabilities, n_hazards) int8: what one text says of every cell."""
    pairs = _pairs(text, owners, places)[:, :, None, None]
    return np.minimum(np.minimum(pairs, _kinds(text, capabilities, hazards)), np.int8(force))


def _pairs(text: Agreement, owners: Sequence[Side], places: Sequence[Side]) -> Matches:
    """(n_owners, n_places) int8: the least of what holds for the two sides."""
    gives = _row(owners, lambda owner: match_provider(text, owner))
    takes = _row(places, lambda place: place.match(text.receivers))
    return np.minimum(gives[:, None], takes[None, :])


def match_provider(text: Agreement, owner: Side) -> Match:
    """Whether an owner may help under a text: by its territory, and where the text names who helps, by its code."""
    return min(owner.match(text.providers), match_owner(text.provider_organisations, owner.code or None))


def _kinds(text: Agreement, capabilities: Sequence[str | None], hazards: Sequence[str | None]) -> Matches:
    """(n_capabilities, n_hazards) int8: the least of what holds for help and hazard."""
    helps = _row(capabilities, text.help_types.match)
    dangers = _row(hazards, text.hazards.match)
    return np.minimum(helps[:, None], dangers[None, :])


def _row(items: Sequence[T], match: Callable[[T], Match]) -> Matches:
    return np.array([match(item) for item in items], dtype=np.int8)


def _home_pairs(owners: Sequence[Side], places: Sequence[Side]) -> NDArray[np.bool_]:
    """(n_owners, n_places) bool: both in one country."""
    at_home = [[owner.countries == place.countries != frozenset() for place in places] for owner in owners]
    return np.array(at_home, dtype=np.bool_).reshape(len(owners), len(places))
