"""How a text stands on a day, in the words of an inventory, and which texts came before and after it.

`force.py` says whether a text counts; here is what a reader of the inventory is told: signed but not in force, ended,
in force although nobody established since when.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from noaber.core.agreements.force import ForceFinding, force_on, is_force_unknown
from noaber.core.agreements.model import Agreement


class Standing(StrEnum):
    """What one says of a text on a day."""

    IN_FORCE = "in-force"
    COUNTED = "counted"
    """It counts as in force; since which day is not established."""
    SIGNED = "signed"
    """Signed, and not yet in force."""
    NOT_YET = "not-yet"
    """Not in force yet; whether it was signed is not established."""
    NOT_SIGNED = "not-signed"
    ENDED = "ended"
    REPLACED = "replaced"
    PERHAPS_REPLACED = "perhaps-replaced"
    UNKNOWN = "unknown"


_PLAIN = {
    ForceFinding.NOT_SIGNED_YET: Standing.NOT_SIGNED,
    ForceFinding.ENDED: Standing.ENDED,
    ForceFinding.REPLACED: Standing.REPLACED,
    ForceFinding.REPLACEMENT_NOT_ESTABLISHED: Standing.PERHAPS_REPLACED,
}


def standing_on(agreement: Agreement, inventory: Iterable[Agreement], on: date) -> Standing:
    """How `agreement` stands on the day `on`, beside the texts of `inventory` that may have replaced it."""
    finding = force_on(agreement, (other for other in inventory if agreement.id in other.replaces), on)
    match finding:
        case ForceFinding.IN_FORCE:
            return Standing.COUNTED if is_force_unknown(agreement) else Standing.IN_FORCE
        case ForceFinding.NOT_IN_FORCE_YET:
            return Standing.SIGNED if isinstance(agreement.signed, date) else Standing.NOT_YET
        case ForceFinding.FORCE_NOT_ESTABLISHED:
            return Standing.UNKNOWN
        case _:
            return _PLAIN[finding]


@dataclass(frozen=True, slots=True)
class Link:
    """One text of a chain of replacements.

    Parameters
    ----------
    name
        Its id; the title by which it is named where it is not in the inventory.
    agreement
        The text, where the inventory has it.
    step
        Before (negative), the text asked about (0), after (positive); the distance counts replacements.
    """

    name: str
    agreement: Agreement | None
    step: int


def supersession(agreement: Agreement, inventory: Iterable[Agreement]) -> tuple[Link, ...]:
    """The texts that `agreement` replaced, itself, and those that replaced it: the oldest first, each once.

    Nothing but the text itself where it neither replaced another nor was replaced.
    """
    by_id = {other.id: other for other in inventory} | {agreement.id: agreement}
    links = {agreement.id: Link(agreement.id, agreement, 0)}
    _follow(agreement, 0, links, by_id, direction=-1)
    _follow(agreement, 0, links, by_id, direction=1)
    return tuple(sorted(links.values(), key=lambda link: (link.step, link.name)))


def _follow(
    agreement: Agreement, step: int, links: dict[str, Link], by_id: Mapping[str, Agreement], *, direction: int
) -> None:
    for name in _beside(agreement, by_id, direction):
        if name in links:
            continue
        found = by_id.get(name)
        links[name] = Link(name, found, step + direction)
        if found is not None:
            _follow(found, step + direction, links, by_id, direction=direction)


def _beside(agreement: Agreement, by_id: Mapping[str, Agreement], direction: int) -> tuple[str, ...]:
    if direction < 0:
        return agreement.replaces
    return tuple(other.id for other in by_id.values() if agreement.id in other.replaces)
