"""What someone types, as a question that a database can answer.

Every word must be found: as written or begun, or by its stem in any of the four languages, since the language of a
question is not known. Words that every text holds ask nothing, unless there is no other.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final
from unicodedata import normalize

from noaber.core.search.common_words import COMMON_WORDS
from noaber.core.search.words import LONGEST_WORD, STEMMED, find_words, fold, forms_of, stems_of

MOST_WORDS: Final = 8
LONGEST_TEXT: Final = 200
_BEGUN: Final = 4
"""A word of so many letters may begin a longer one: of a compound one types the first half."""
_COMPOUNDING: Final = ("nl", "de")


@dataclass(frozen=True)
class Asked:
    """One word of a question: found by any of `forms`, or by a word that begins with any of `beginnings`.

    Both are letters and digits only, whatever was typed.
    """

    forms: frozenset[str]
    beginnings: frozenset[str]

    def is_met_by(self, forms: Collection[str]) -> bool:
        begins = tuple(self.beginnings)
        return not self.forms.isdisjoint(forms) or any(form.startswith(begins) for form in forms if begins)


@dataclass(frozen=True)
class Question:
    """All of them must be met; a question without words is met by everything."""

    words: tuple[Asked, ...]

    def __bool__(self) -> bool:
        return bool(self.words)


def read_question(text: str) -> Question:
    """A question from what was typed; the last word may be unfinished."""
    typed = [found.group() for found in find_words(normalize("NFC", text[:LONGEST_TEXT]))]
    telling = [word for word in typed if fold(word) not in COMMON_WORDS or (word == typed[-1] and len(word) > 1)]
    wanted = (telling or typed)[:MOST_WORDS]
    asked = (_ask(word, last=position == len(wanted) - 1) for position, word in enumerate(wanted))
    return Question(tuple(one for one in asked if one.forms))


def _ask(word: str, *, last: bool) -> Asked:
    written = forms_of(word, "")
    forms = written.union(*(stems_of(word, language) for language in STEMMED))
    begun = frozenset(form for form in written if last or len(form) >= _BEGUN)
    halves = (stem for language in _COMPOUNDING for stem in stems_of(word, language) if len(stem) > _BEGUN)
    return Asked(frozenset(form[:LONGEST_WORD] for form in forms), begun | frozenset(halves))
