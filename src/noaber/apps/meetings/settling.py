"""Two versions side by side: the pieces of which a settled text is made, and what was chosen for each."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final

from noaber.apps.meetings.models import MinutesRevision
from noaber.core.merging import Agreed, Clash, Piece, keep_both, lines_of, merge, put_additions_together, text_of

BOTH: Final = "both"
THEIRS: Final = "theirs"
OURS: Final = "ours"
EDIT: Final = "edit"

_WORD: Final = re.compile(r"\s*\S+\s*")


@dataclass(frozen=True)
class Words:
    """Some words of a version with the space behind them, and whether the other version has them not."""

    text: str
    differ: bool


@dataclass(frozen=True)
class PieceView:
    """A piece of the text; where the versions clash, `number` names the choice, and `anew` holds other words for it."""

    agreed: str
    number: int = 0
    stands: tuple[Words, ...] = ()
    aside: tuple[Words, ...] = ()
    choice: str = BOTH
    anew: str = ""

    @property
    def is_clash(self) -> bool:
        return self.number > 0


def pieces_of(aside: MinutesRevision, head: MinutesRevision | None) -> list[Piece]:
    """The version that was kept aside against the one that stands, from what its author saw."""
    base = aside.base.text if aside.base else ""
    return put_additions_together(merge(lines_of(base), lines_of(aside.text), lines_of(head.text if head else "")))


def present_pieces(pieces: list[Piece], chosen: Mapping[str, str]) -> list[PieceView]:
    """The pieces with what was chosen before; where nothing was, both are kept."""
    views: list[PieceView] = []
    number = 0
    for piece in pieces:
        if isinstance(piece, Clash):
            number += 1
            stands, aside = compare(text_of(piece.theirs), text_of(piece.ours))
            choice = chosen.get(f"choice-{number}", BOTH)
            anew = chosen.get(f"text-{number}", text_of(keep_both([piece])))
            views.append(PieceView("", number, stands, aside, choice, anew))
        else:
            views.append(PieceView(text_of(piece.lines)))
    return views


def compare(one: str, other: str) -> tuple[tuple[Words, ...], tuple[Words, ...]]:
    """Both texts with the words in which they differ; where they share none, nothing is told apart."""
    sides = [_WORD.findall(text) for text in (one, other)]
    stands, aside = ([word.strip() for word in words] for words in sides)
    steps = SequenceMatcher(None, stands, aside).get_opcodes()
    share_none = all(what != "equal" for what, *_place in steps)
    found: tuple[list[Words], list[Words]] = ([], [])
    for what, start, end, first, last in steps:
        differ = what != "equal" and not share_none
        for side, words in zip(found, (sides[0][start:end], sides[1][first:last]), strict=True):
            if words:
                side.append(Words("".join(words), differ))
    return tuple(found[0]), tuple(found[1])


def settled_text(pieces: list[Piece], chosen: Mapping[str, str]) -> str:
    """The text that the choices make: `choice-1` of each clash, and `text-1` where it is `edit`; else both are kept."""
    lines: list[str] = []
    number = 0
    for piece in pieces:
        if isinstance(piece, Agreed):
            lines.extend(piece.lines)
            continue
        number += 1
        lines.extend(_chosen(piece, chosen.get(f"choice-{number}", BOTH), chosen.get(f"text-{number}", "")))
    return text_of(lines)


def _chosen(clash: Clash, choice: str, edited: str) -> tuple[str, ...]:
    if choice == EDIT:
        return lines_of(edited.replace("\r\n", "\n"))
    kept = {THEIRS: clash.theirs, OURS: clash.ours}
    return kept.get(choice, keep_both([clash]))
