"""A rule's wording in one to four languages.

The instruments that ship with the product carry all four. A local arrangement that a region writes down may have
one: it is then shown in that language and says which it is; nothing is translated silently.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

LANGUAGES: Final = ("nl", "fr", "de", "en")


@dataclass(frozen=True, slots=True)
class Wording:
    """The same text in Dutch, French, German and English; an empty string where it was not written.

    Raises
    ------
    ValueError
        Where all four are empty.
    """

    nl: str = ""
    fr: str = ""
    de: str = ""
    en: str = ""

    def __post_init__(self) -> None:
        if not self.languages:
            raise ValueError("a wording needs at least one language")

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages in which it was written, in the order of the house."""
        return tuple(language for language in LANGUAGES if getattr(self, language).strip())

    @property
    def is_complete(self) -> bool:
        """Whether all four languages are there."""
        return len(self.languages) == len(LANGUAGES)

    def language_for(self, language: str) -> str:
        """The language in which a reader of `language` ("nl", "de-BE", …) gets it: their own, English, the first."""
        for candidate in (language[:2].lower(), "en"):
            if candidate in self.languages:
                return candidate
        return self.languages[0]

    def in_language(self, language: str) -> str:
        """The text for a reader of `language`; `language_for` says in which language it is."""
        return str(getattr(self, self.language_for(language)))

    def __str__(self) -> str:
        return self.in_language("en")
