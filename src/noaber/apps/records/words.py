"""What someone writes: trimmed, not empty, not too long, fit for every file."""

from __future__ import annotations

from typing import Final

from noaber.core.plain_text import find_unfit
from noaber.core.problems import InvalidInput, Problem

LONGEST_TEXT: Final = 10_000


def check_words(text: str, where: str, *, longest: int = LONGEST_TEXT) -> str:
    """The text without spaces around it.

    Raises
    ------
    InvalidInput
        Where nothing is left, it is too long, or a character stands in it that no file could carry.
    """
    words = text.strip()
    if character := find_unfit(words):
        raise InvalidInput([Problem("text.character", where, {"character": character})])
    if not words:
        raise InvalidInput([Problem("request.no-words", where)])
    if len(words) > longest:
        raise InvalidInput([Problem("capacity.too-long", where, {"length": len(words), "longest": longest})])
    return words
