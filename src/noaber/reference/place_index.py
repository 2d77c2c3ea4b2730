"""An index over names: which numbers have a name that is, begins with, or contains what was typed.

One sorted list of (word sequence, number) pairs, each name entered once from its beginning and once from each later
word, so that a question is two bisections. Nothing about places in here.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import IntEnum
from typing import Final

from noaber.reference.place_names import fold_name, is_one_slip_apart

_AFTER_ALL: Final = "\uffff"
_SHORTEST_SLIP: Final = 4
"""Below this length a slip would turn almost any name into almost any other."""


class Match(IntEnum):
    """How well a name fits what was typed, the best first."""

    MAIN_NAME = 0
    OTHER_NAME = 1
    MAIN_NAME_BEGINS = 2
    OTHER_NAME_BEGINS = 3
    WORD_BEGINS = 4
    ALL_WORDS_BEGIN = 5
    ONE_SLIP = 6


@dataclass(frozen=True)
class NameIndex:
    """Sorted entries in parallel: the text from some word on, whose it is, and what kind of entry it is."""

    texts: list[str]
    numbers: array[int]
    kinds: bytes

    @classmethod
    def build(cls, names: Iterable[tuple[str, Iterable[str]]]) -> NameIndex:
        """Index the main name and all names of the things numbered 0, 1, 2, … in the order given."""
        entries = sorted(set(_entries(names)))
        return cls(
            texts=[text for text, _, _ in entries],
            numbers=array("I", (number for _, number, _ in entries)),
            kinds=bytes(kind for _, _, kind in entries),
        )

    def find(self, folded: str) -> dict[int, Match]:
        """The best match of each number that fits the folded text; empty for an empty one.

        One letter finds only names of that one letter.
        """
        found = self._beginning_with(folded) if len(folded) > 1 else self._equal_to(folded)
        if not found and " " in folded:
            found = self._with_all_words(folded.split())
        if not found and len(folded) >= _SHORTEST_SLIP:
            found = self._one_slip_from(folded)
        return found

    def _range(self, beginning: str) -> range:
        return range(bisect_left(self.texts, beginning), bisect_left(self.texts, beginning + _AFTER_ALL))

    def _beginning_with(self, folded: str) -> dict[int, Match]:
        found: dict[int, Match] = {}
        for entry in self._range(folded):
            match = _match_of(self.kinds[entry], is_whole=self.texts[entry] == folded)
            number = self.numbers[entry]
            found[number] = min(match, found.get(number, Match.ONE_SLIP))
        return found

    def _equal_to(self, folded: str) -> dict[int, Match]:
        whole = {Match.MAIN_NAME, Match.OTHER_NAME}
        return {number: match for number, match in self._beginning_with(folded).items() if folded and match in whole}

    def _with_all_words(self, words: list[str]) -> dict[int, Match]:
        sets = [{self.numbers[entry] for entry in self._range(word)} for word in words]
        return dict.fromkeys(set.intersection(*sets), Match.ALL_WORDS_BEGIN)

    def _one_slip_from(self, folded: str) -> dict[int, Match]:
        """Names one slip away; the first letter is taken to be right, or swapped with the second."""
        candidates = (entry for first in set(folded[:2]) for entry in self._range(first))
        return {
            self.numbers[entry]: Match.ONE_SLIP
            for entry in candidates
            if self.kinds[entry] != _LATER_WORD and is_one_slip_apart(folded, self.texts[entry])
        }


_MAIN, _OTHER, _LATER_WORD = 0, 1, 2


def _entries(names: Iterable[tuple[str, Iterable[str]]]) -> Iterator[tuple[str, int, int]]:
    for number, (main, others) in enumerate(names):
        main_folded = fold_name(main)
        for folded in {main_folded, *(fold_name(other) for other in others)}:
            if not folded:
                continue
            yield folded, number, _MAIN if folded == main_folded else _OTHER
            for start in (place + 1 for place, letter in enumerate(folded) if letter == " "):
                yield folded[start:], number, _LATER_WORD


def _match_of(kind: int, *, is_whole: bool) -> Match:
    if kind == _LATER_WORD:
        return Match.WORD_BEGINS
    if kind == _MAIN:
        return Match.MAIN_NAME if is_whole else Match.MAIN_NAME_BEGINS
    return Match.OTHER_NAME if is_whole else Match.OTHER_NAME_BEGINS
