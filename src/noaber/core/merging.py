"""Two people changed one text: what they agree on, and where their changes meet. Three-way, by paragraphs.

A paragraph is a line. Each side is compared with the text from which both began; changes that do not touch each other
are taken together. Where they touch, both versions stand beside each other and a person chooses. Nothing that either
side wrote is ever left out: it is in an agreed part or in a clash.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final, TypeAlias

Lines: TypeAlias = tuple[str, ...]


@dataclass(frozen=True)
class Agreed:
    """Paragraphs that nobody changed, that one side changed, or that both changed alike."""

    lines: Lines


@dataclass(frozen=True)
class Clash:
    """The same place, changed differently: what stood there, and what each side made of it."""

    base: Lines
    ours: Lines
    theirs: Lines


Piece: TypeAlias = Agreed | Clash


@dataclass(frozen=True)
class _Edit:
    """Base lines `start` to `end` (open) became `lines`; an insertion has `start == end`."""

    start: int
    end: int
    lines: Lines

    def touches(self, other: _Edit) -> bool:
        """Whether no order between the two is certain: they overlap, or insert at one place."""
        if (self.start, self.end) == (other.start, other.end):
            return True
        return self.start < other.end and other.start < self.end


def lines_of(text: str) -> Lines:
    """The paragraphs of a text; an empty one has none."""
    return tuple(text.replace("\r\n", "\n").split("\n")) if text else ()


def text_of(lines: Iterable[str]) -> str:
    return "\n".join(lines)


def merge(base: Lines, ours: Lines, theirs: Lines) -> list[Piece]:
    """The pieces of the merged text, in its order.

    Mirrored input gives mirrored pieces; two equal sides give that side; a side that changed nothing gives the other.
    """
    sides = (_edits(base, ours), _edits(base, theirs))
    pieces: list[Piece] = []
    at = 0
    for mine, other in _hunks(*sides):
        start = min(edit.start for edit in (*mine, *other))
        end = max(edit.end for edit in (*mine, *other))
        pieces.append(Agreed(base[at:start]))
        pieces.append(_piece(base, start, end, mine, other))
        at = end
    pieces.append(Agreed(base[at:]))
    return _joined(pieces)


def put_additions_together(pieces: Iterable[Piece]) -> list[Piece]:
    """The pieces without those clashes in which both sides only added at one place, as two who write at the end do.

    What both added stands once; of the rest theirs comes before ours, as in `keep_both`. A clash over something that
    stood there stays.
    """
    return _joined(
        Agreed(_added(piece.ours, piece.theirs)) if isinstance(piece, Clash) and not piece.base else piece
        for piece in pieces
    )


def is_clean(pieces: Sequence[Piece]) -> bool:
    """Whether there is nothing to choose."""
    return not any(isinstance(piece, Clash) for piece in pieces)


def keep_both(pieces: Iterable[Piece]) -> Lines:
    """The merged text with both versions of every clash, theirs first: what was there stands before what came."""
    return tuple(line for piece in pieces for line in both_of(piece))


def both_of(piece: Piece) -> Lines:
    return piece.lines if isinstance(piece, Agreed) else piece.theirs + piece.ours


_EQUAL: Final = "equal"


def _edits(base: Lines, side: Lines) -> list[_Edit]:
    matcher = SequenceMatcher(None, base, side, autojunk=False)
    return [
        _Edit(start, end, side[first:last]) for what, start, end, first, last in matcher.get_opcodes() if what != _EQUAL
    ]


def _hunks(ours: list[_Edit], theirs: list[_Edit]) -> Iterator[tuple[list[_Edit], list[_Edit]]]:
    """Changes that touch each other, directly or through others, together; in the order of the text."""
    waiting = sorted([(edit, 0) for edit in ours] + [(edit, 1) for edit in theirs], key=_place)
    while waiting:
        taken = [waiting.pop(0)]
        for edit, side in taken:
            near = [one for one in waiting if one[1] != side and one[0].touches(edit)]
            waiting = [one for one in waiting if one not in near]
            taken.extend(near)
        mine, other = ([edit for edit, side in sorted(taken, key=_place) if side == which] for which in (0, 1))
        yield mine, other


def _place(edit: tuple[_Edit, int]) -> tuple[int, int]:
    return edit[0].start, edit[0].end


def _piece(base: Lines, start: int, end: int, mine: list[_Edit], other: list[_Edit]) -> Piece:
    ours, theirs = _applied(base, start, end, mine), _applied(base, start, end, other)
    if not other or ours == theirs:
        return Agreed(ours)
    if not mine:
        return Agreed(theirs)
    return Clash(base[start:end], ours, theirs)


def _applied(base: Lines, start: int, end: int, edits: list[_Edit]) -> Lines:
    lines: list[str] = []
    at = start
    for edit in edits:
        lines.extend((*base[at : edit.start], *edit.lines))
        at = edit.end
    return (*lines, *base[at:end])


def _added(ours: Lines, theirs: Lines) -> Lines:
    lines: list[str] = []
    for what, start, end, first, last in SequenceMatcher(None, theirs, ours, autojunk=False).get_opcodes():
        lines.extend(theirs[start:end])
        if what != _EQUAL:
            lines.extend(ours[first:last])
    return tuple(lines)


def _joined(pieces: Iterable[Piece]) -> list[Piece]:
    """Agreed pieces that follow one another as one; empty ones left out."""
    joined: list[Piece] = []
    for piece in pieces:
        if isinstance(piece, Agreed) and not piece.lines:
            continue
        last = joined[-1] if joined else None
        if isinstance(piece, Agreed) and isinstance(last, Agreed):
            joined[-1] = Agreed(last.lines + piece.lines)
        else:
            joined.append(piece)
    return joined
