"""Entries for what may be permitted, and of which nobody established that it is.

One entry per text, place and set of owners' territories, made only where no text surely covers the pair, so that
ticking *unknown* never replaces a sure text by a doubtful one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import product

import numpy as np
from numpy.typing import NDArray

from noaber.core.agreements.answer import Question, findings_for
from noaber.core.agreements.basis import Finding
from noaber.core.agreements.force import force_on
from noaber.core.agreements.matrix import HOME_CODE, HelpMatrix, Side, force_match, help_matrix, match_of_text
from noaber.core.agreements.model import Agreement
from noaber.core.agreements.scope import Match, lies_inside


@dataclass(frozen=True, slots=True, kw_only=True)
class UnknownEntry:
    """What one text may permit at one place.

    Parameters
    ----------
    providers
        Territories of owners, as they are known; every owner inside one of them is unknown for this text too.
    inseparable
        Territories of owners that were left out, because something inside them, or inside the place, is not covered.
    """

    agreement: Agreement
    providers: tuple[str, ...]
    inseparable: tuple[str, ...]
    place: str
    hazard: str
    capabilities: tuple[str, ...]
    doubts: tuple[Finding, ...]


def unknown_entries(
    inventory: Sequence[Agreement],
    owners: Sequence[Side],
    places: Sequence[str],
    capabilities: Sequence[str],
    hazard: str,
    on: date,
) -> tuple[UnknownEntry, ...]:
    """The entries for one hazard, in the order in which the texts are named.

    Parameters
    ----------
    owners
        Each with one territory.
    places
        Territories of the cases with this hazard.
    """
    sides = tuple(Side("", (place,)) for place in places)
    matrix = help_matrix(owners, inventory, places=sides, capabilities=capabilities, hazards=(hazard,), on=on)
    return tuple(
        entry
        for index, text in enumerate(matrix.texts)
        for place in range(len(places))
        for entry in _entries_at(
            _TextCells(matrix, index, text, force_match(text, inventory, on), tuple(capabilities), hazard),
            place,
            inventory,
            on,
        )
    )


class _TextCells:
    """The cells of a matrix (n_owners, n_places, n_capabilities) as one text sees them."""

    def __init__(
        self,
        matrix: HelpMatrix,
        index: int,
        text: Agreement,
        force: Match,
        capabilities: tuple[str, ...],
        hazard: str,
    ) -> None:
        self.matrix = matrix
        self.text = text
        self.capabilities = capabilities
        self.hazard = hazard
        verdict = matrix.codes[..., 0]
        unknown = verdict == Match.UNKNOWN
        own = match_of_text(text, force, matrix.owners, matrix.places, capabilities, (hazard,))[..., 0]
        self.named: NDArray[np.bool_] = unknown & (matrix.text_index[..., 0] == index)
        """Where the text is the first to be named."""
        self.harmless: NDArray[np.bool_] = (unknown & (own == Match.UNKNOWN)) | (verdict == HOME_CODE)
        """Where an entry may permit help without going beyond what the text may cover."""


def _entries_at(cells: _TextCells, place: int, inventory: Sequence[Agreement], on: date) -> Iterable[UnknownEntry]:
    """The entries of one text at one place: helps with the same owners share one."""
    groups: dict[tuple[tuple[str, ...], tuple[str, ...]], list[str]] = {}
    for column, capability in enumerate(cells.capabilities):
        providers = _providers(cells, place, column)
        if providers != ((), ()):
            groups.setdefault(providers, []).append(capability)
    for (kept, lost), helps in groups.items():
        yield UnknownEntry(
            agreement=cells.text,
            providers=kept,
            inseparable=lost,
            place=cells.matrix.places[place].territories[0],
            hazard=cells.hazard,
            capabilities=tuple(helps),
            doubts=_doubts(cells, place, kept or lost, helps, inventory, on),
        )


def _providers(cells: _TextCells, place: int, column: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Territories whose owners the text may cover at this place; and those that hold others too."""
    named = [cells.matrix.owners[row].territories[0] for row in np.flatnonzero(cells.named[:, place, column])]
    kept: list[str] = []
    lost: list[str] = []
    for territory in dict.fromkeys(named):
        (kept if _is_harmless(cells, territory, place, column) else lost).append(territory)
    return tuple(kept), tuple(lost)


def _is_harmless(cells: _TextCells, territory: str, place: int, column: int) -> bool:
    """Whether everything inside the territory and the place, as a plan reads codes, is harmless."""
    here = cells.matrix.places[place].territories[0]
    rows = [row for row, side in enumerate(cells.matrix.owners) if lies_inside(side.territories[0], territory)]
    places = [other for other, side in enumerate(cells.matrix.places) if lies_inside(side.territories[0], here)]
    return bool(cells.harmless[np.ix_(rows, places)][..., column].all())


def _doubts(
    cells: _TextCells,
    place: int,
    territories: Sequence[str],
    helps: Sequence[str],
    inventory: Sequence[Agreement],
    on: date,
) -> tuple[Finding, ...]:
    """Why it is unknown: each reason once."""
    text = cells.text
    force = force_on(text, [other for other in inventory if text.id in other.replaces], on)
    found: dict[Finding, None] = {}
    for owner, help_type in product(_owners_of(cells, territories), helps):
        question = Question(
            owner_territory=owner.territories[0],
            place_territory=cells.matrix.places[place].territories[0],
            capability=help_type,
            hazard=cells.hazard,
            owner=owner.code or None,
        )
        findings = findings_for(question, text, force)
        found.update(dict.fromkeys(item for item in findings if item.match is Match.UNKNOWN))
    return tuple(found)


def _owners_of(cells: _TextCells, territories: Sequence[str]) -> list[Side]:
    return [side for side in cells.matrix.owners if side.territories[0] in territories]
