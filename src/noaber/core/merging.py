"""Two people changed one text: what they agree on, and where their changes meet. Three-way, by paragraphs.

A paragraph is a line. Each side is compared with the text from which both began; changes that do not touch each other
are taken together. Where they touch, both versions stand beside each other and a person chooses. Nothing that either
side wrote is ever left out: it is in an agreed part or in a clash.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property
from itertools import takewhile
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
        """Whether no order between the two is certain: they overlap, or insert at one place, or say in part the same
        beside each other."""
        if (self.start, self.end) == (other.start, other.end):
            return True
        if self.start < other.end and other.start < self.end:
            return True
        beside = self.end == other.start or other.end == self.start
        return beside and not self.says.isdisjoint(other.says)

    @cached_property
    def says(self) -> frozenset[str]:
        return sentences_of(text_of(self.lines)) - {""}


def lines_of(text: str) -> Lines:
    """The paragraphs of a text; an empty one has none."""
    return tuple(text.replace("\r\n", "\n").split("\n")) if text else ()


def sentences_of(text: str) -> frozenset[str]:
    """What a text says, in whatever order and paragraphs."""
    return frozenset(sentence.words.strip() for sentence in _sentences_of(lines_of(text)))


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

    A clash over something that stood there stays.
    """
    return _joined(Agreed(both_of(piece)) if isinstance(piece, Clash) and not piece.base else piece for piece in pieces)


def is_clean(pieces: Sequence[Piece]) -> bool:
    """Whether there is nothing to choose."""
    return not any(isinstance(piece, Clash) for piece in pieces)


def keep_both(pieces: Iterable[Piece]) -> Lines:
    """The merged text with both versions of every clash."""
    return tuple(line for piece in pieces for line in both_of(piece))


def both_of(piece: Piece) -> Lines:
    """Everything that either version of a clash says; what both say stands once.

    Where they differ, theirs comes first: what was there stands before what came. Paragraphs that share a sentence
    become one, sentence by sentence; those that share none stand after each other.
    """
    if isinstance(piece, Agreed):
        return piece.lines
    lines: list[str] = []
    for what, start, end, first, last in _steps(piece.theirs, piece.ours):
        if what == "replace":
            lines.extend(_woven(piece.theirs[start:end], piece.ours[first:last]))
        else:
            lines.extend(piece.theirs[start:end] or piece.ours[first:last])
    return tuple(lines)


_EQUAL: Final = "equal"
_SENTENCE_END: Final = re.compile(r"(?<=[.!?…]) +(?=\S)")


def _edits(base: Lines, side: Lines) -> list[_Edit]:
    """The changes of one side. A paragraph that was written on in is one, and what was added beside it another."""
    edits: list[_Edit] = []
    for what, start, end, first, last in _steps(base, side):
        if what == _EQUAL:
            continue
        before, behind = _written_on(base[start:end], side[first:last])
        edits.extend(_Edit(start + at, start + at + 1, side[first + at : first + at + 1]) for at in range(before))
        if start + before < end - behind or first + before < last - behind:
            edits.append(_Edit(start + before, end - behind, side[first + before : last - behind]))
        edits.extend(_Edit(end - at, end - at + 1, side[last - at : last - at + 1]) for at in range(behind, 0, -1))
    return edits


def _written_on(stood: Lines, stand: Lines) -> tuple[int, int]:
    """How many paragraphs, from the first on and from the last back, are what stood there, written on.

    Such a one shares a sentence with what stood there, and neither shares one with other paragraphs of the change:
    a paragraph that was split, or joined with another, is not one.
    """
    sides = [[sentences_of(line) for line in lines] for lines in (stood, stand)]
    times = Counter(sentence for side in sides for said in side for sentence in said)

    def is_one(pair: tuple[frozenset[str], frozenset[str]]) -> bool:
        one, other = pair
        return bool(one & other) and all(times[said] == (said in one) + (said in other) for said in one | other)

    before = sum(1 for _pair in takewhile(is_one, zip(*sides, strict=False)))
    left = zip(*(reversed(side[before:]) for side in sides), strict=False)
    return before, sum(1 for _pair in takewhile(is_one, left))


def _steps(before: Sequence[str], after: Sequence[str]) -> Iterator[tuple[str, int, int, int, int]]:
    """How the one becomes the other, as `difflib` names it."""
    yield from SequenceMatcher(None, before, after, autojunk=False).get_opcodes()


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


@dataclass(frozen=True)
class _Sentence:
    """A sentence, and whether it begins a paragraph; unknown (None) for the first, which follows what stands before."""

    words: str
    begins: bool | None


def _woven(theirs: Lines, ours: Lines) -> Lines:
    """Both versions of some paragraphs, sentence by sentence where they share one."""
    sides = _sentences_of(theirs), _sentences_of(ours)
    words = [[sentence.words.strip() for sentence in side] for side in sides]
    if not set(words[0]) & set(words[1]):
        return theirs + ours
    woven: list[_Sentence] = []
    for what, start, end, first, last in _steps(*words):
        stands, comes = sides[0][start:end], sides[1][first:last]
        if what == _EQUAL:
            woven.extend(_either(one, other) for one, other in zip(stands, comes, strict=True))
        else:
            (stands_here, stands_below), (comes_here, comes_below) = _at_paragraph(stands), _at_paragraph(comes)
            woven.extend((*stands_here, *comes_here, *stands_below, *comes_below))
    return _paragraphs(woven)


def _sentences_of(lines: Lines) -> list[_Sentence]:
    """Each paragraph has one sentence at least, an empty one."""
    found = [
        _Sentence(words, begins=number == 0) for line in lines for number, words in enumerate(_SENTENCE_END.split(line))
    ]
    return [_Sentence(one.words, one.begins if number else None) for number, one in enumerate(found)]


def _at_paragraph(sentences: list[_Sentence]) -> tuple[list[_Sentence], list[_Sentence]]:
    """Those that go on in a paragraph that stands, and those from where a new one begins."""
    here = list(takewhile(lambda sentence: not sentence.begins, sentences))
    return here, sentences[len(here) :]


def _either(one: _Sentence, other: _Sentence) -> _Sentence:
    """A sentence that both have: it begins a paragraph where it does so for either."""
    known = [sentence.begins for sentence in (one, other) if sentence.begins is not None]
    return _Sentence(one.words, any(known) if known else None)


def _paragraphs(sentences: Iterable[_Sentence]) -> Lines:
    lines: list[str] = []
    for sentence in sentences:
        if sentence.begins or not lines:
            lines.append(sentence.words)
        else:
            lines[-1] = f"{lines[-1]} {sentence.words.lstrip()}"
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
