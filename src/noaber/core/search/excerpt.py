"""The place in a text where a question is met, with some words around it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from noaber.core.search.question import Question
from noaber.core.search.words import find_words, forms_of

_BEFORE: Final = 60
_AFTER: Final = 110
_LOOKED_AT: Final = 20_000
"""Of a long text only the first so many characters are looked at."""


@dataclass(frozen=True)
class Excerpt:
    """A word that was asked for, and what stands around it."""

    before: str
    found: str
    after: str
    language: str


def cut_excerpt(text: str, language: str, question: Question) -> Excerpt | None:
    """The surroundings of the first word that meets a word of the question; None where none does."""
    line = " ".join(text[:_LOOKED_AT].split())
    for word in find_words(line):
        forms = forms_of(word.group(), language)
        if any(asked.is_met_by(forms) for asked in question.words):
            return Excerpt(_before(line[: word.start()]), word.group(), _after(line[word.end() :]), language)
    return None


def _before(text: str) -> str:
    return text if len(text) <= _BEFORE else "…" + text[-_BEFORE:].partition(" ")[2]


def _after(text: str) -> str:
    return text if len(text) <= _AFTER else text[:_AFTER].rpartition(" ")[0] + " …"
