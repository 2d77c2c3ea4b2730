"""How place names are compared: without accents, case and punctuation, and with the spellings people use.

What is left out: transliteration of other scripts (the region writes Latin) and phonetics.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_LETTERS: Final = str.maketrans(
    {"ß": "ss", "œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "ı": "i", "ĳ": "ij", "’": "'", "‘": "'"}
)
_NOT_A_WORD: Final = re.compile(r"[^0-9a-z]+")
_ABBREVIATIONS: Final = {"st": "saint", "ste": "sainte", "skt": "sankt"}


def fold_name(name: str) -> str:
    """The form in which names are compared: "Saint-Josse" and "St. Josse" are both "saint josse".

    Returns
    -------
    str
        Words of a-z and 0-9 with single spaces between them; empty where the name has none.
    """
    folded = name.casefold()
    if not folded.isascii():
        apart = unicodedata.normalize("NFKD", folded.translate(_LETTERS))
        folded = "".join(letter for letter in apart if not unicodedata.combining(letter))
    words = _NOT_A_WORD.sub(" ", folded).split()
    return " ".join([_ABBREVIATIONS.get(word, word) for word in words])


def is_latin(name: str) -> bool:
    """Whether every letter of the name is Latin."""
    return name.isascii() or all(not letter.isalpha() or "LATIN" in unicodedata.name(letter, "") for letter in name)


def is_one_slip_apart(a: str, b: str) -> bool:
    """Whether one slip of the hand turns `a` into `b`: a letter too many, missing, wrong, or two swapped."""
    if abs(len(a) - len(b)) > 1 or a == b:
        return False
    start = _shared_beginning(a, b)
    rest_a, rest_b = a[start:], b[start:]
    if len(rest_a) > len(rest_b):
        return rest_a[1:] == rest_b
    if len(rest_b) > len(rest_a):
        return rest_b[1:] == rest_a
    swapped = rest_a[1::-1] + rest_a[2:]
    return rest_a[1:] == rest_b[1:] or swapped == rest_b


def _shared_beginning(a: str, b: str) -> int:
    for index, (one, other) in enumerate(zip(a, b, strict=False)):
        if one != other:
            return index
    return min(len(a), len(b))
