"""From a text to the words it is found by.

A word is kept as it is written, without accents, and as its stem in the language of the text. The stem is taken with
and without accents: with them it is the better one, without them who types "evacuation" finds "évacuation".
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

import snowballstemmer

from noaber.core.search.compounds import HEADS, NO_WORDS, SHORTEST_FIRST, SHORTEST_HEAD

LONGEST_WORD: Final = 40
_WORD: Final = re.compile(r"[^\W_]+")
_STEMMERS: Final = {"nl": "dutch", "fr": "french", "de": "german", "en": "english"}
STEMMED: Final = tuple(_STEMMERS)
"""The languages whose words have stems."""
_LIGATURES: Final = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d"})


def fold(text: str) -> str:
    """Small letters without accents: "Überschwemmung" is "uberschwemmung"."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in apart if not unicodedata.combining(sign)).casefold().translate(_LIGATURES)


def find_words(text: str) -> Iterator[re.Match[str]]:
    """Each word of the text and where it stands."""
    yield from _WORD.finditer(text)


@lru_cache(maxsize=200_000)
def stems_of(word: str, language: str) -> frozenset[str]:
    """The stems of one word in a language, folded; nothing for a language without stems."""
    if language not in _STEMMERS:
        return frozenset()
    stem = _stemmer(language).stemWord
    return frozenset(map(_cut, (fold(stem(word.casefold())), fold(stem(fold(word)))))) - {""}


@lru_cache(maxsize=200_000)
def forms_of(word: str, language: str) -> frozenset[str]:
    """What one word of a text is found by: itself, its stems, and of a compound of the trade the stem of its end."""
    parts = _WORD.findall(fold(word))
    stems = stems_of(word, language) if len(parts) == 1 else frozenset()
    return frozenset(map(_cut, parts)) | stems | {head for stem in stems for head in _heads_of(stem, language)}


def _heads_of(stem: str, language: str) -> Iterator[str]:
    """The longest known end of a compound: "pomp" of "hoogwaterpomp"."""
    for head in _known_heads(language):
        first = stem.removesuffix(head)
        if first != stem and len(first) >= SHORTEST_FIRST and first not in NO_WORDS:
            yield head
            return


@lru_cache(maxsize=len(_STEMMERS) + 1)
def _known_heads(language: str) -> tuple[str, ...]:
    """The stems of what compounds end with, the longest first."""
    stems = {stem for word in HEADS.get(language, ()) for stem in stems_of(word, language)}
    return tuple(sorted((stem for stem in stems if len(stem) >= SHORTEST_HEAD), key=lambda stem: (-len(stem), stem)))


def forms_in(text: str, language: str = "") -> set[str]:
    """What the words of a text are found by.

    A sign that joins or parts words only once it is folded ("№ 7", "0्0") is kept as both readings.
    """
    composed = unicodedata.normalize("NFC", text)
    forms = {form for found in find_words(composed) for form in forms_of(found.group(), language)}
    return forms.union(map(_cut, _WORD.findall(fold(text))))


def _cut(word: str) -> str:
    """Letters and digits only, and not too many: a mark that no accent is may be left of a folded letter."""
    return "".join(_WORD.findall(word))[:LONGEST_WORD]


@lru_cache(maxsize=len(_STEMMERS))
def _stemmer(language: str) -> snowballstemmer.stemmer:
    return snowballstemmer.stemmer(_STEMMERS[language])
