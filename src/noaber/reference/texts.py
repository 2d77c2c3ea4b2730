"""A text in the four languages of the house, as reference data carries it.

The four are equals: a text that lacks one of them cannot be made. What users write has one language and is
`FreeText` of the message model, never this.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Final, Literal

Language = Literal["nl", "fr", "de", "en"]
LANGUAGES: Final[tuple[Language, ...]] = ("nl", "fr", "de", "en")
OWN_NAMES: Final[dict[str, str]] = {"nl": "Nederlands", "fr": "Français", "de": "Deutsch", "en": "English"}
"""Each language as those who speak it call it."""


@dataclass(frozen=True, slots=True)
class Texts:
    """One text in Dutch, French, German and English.

    Raises
    ------
    ValueError
        Where one of the four is empty.
    """

    nl: str
    fr: str
    de: str
    en: str

    def __post_init__(self) -> None:
        for field in fields(self):
            if not getattr(self, field.name).strip():
                raise ValueError(f"the text {self} is missing in {field.name!r}")

    def in_language(self, language: str) -> str:
        """The text in `language` ("nl", "nl-BE", …); English for a language that the house does not speak."""
        code = language[:2].lower()
        return str(getattr(self, code)) if code in LANGUAGES else self.en

    def __str__(self) -> str:
        return self.en


def read_texts(value: Mapping[str, str] | str) -> Texts:
    """Texts from JSON: an object with the four keys, or one string for a name that all four share."""
    if isinstance(value, str):
        return Texts(value, value, value, value)
    return Texts(**value)
