"""The coded lists whose words search knows in four languages."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import Any, Final, Protocol

from noaber.core.search.words import forms_in
from noaber.reference.territories import load_territories, territory_path
from noaber.reference.texts import LANGUAGES, Texts
from noaber.reference.vocabulary import load_capabilities, load_hazards, load_themes


class _Named(Protocol):
    @property
    def names(self) -> Texts: ...


Load = Callable[[], Mapping[str, Any]]
_lists: Final[dict[str, Load]] = {}


def add_words(name: str, load: Load) -> None:
    """Let records be found by the codes of a list: `load` answers each code with something that has `names`."""
    _lists[name] = load


add_words("capability", load_capabilities)
add_words("hazard", load_hazards)
add_words("territory", load_territories)
add_words("theme", load_themes)


def names_of(code: str) -> Texts | None:
    """What "list:code" is called in the four languages; None where it is not known."""
    name, _colon, value = code.partition(":")
    found: _Named | None = _lists[name]().get(value) if name in _lists else None
    return found.names if found else None


@cache
def forms_of_code(code: str) -> frozenset[str]:
    """What a record with this code is found by: of a territory also the names of those around it."""
    name, _colon, value = code.partition(":")
    within = [f"{name}:{one.code}" for one in territory_path(value)] if name == "territory" else [code]
    named = [names for names in map(names_of, within) if names is not None]
    told = (forms_in(names.in_language(language), language) for names in named for language in LANGUAGES)
    return frozenset(forms_in(value).union(*told))


def pack_languages(languages: Iterable[str]) -> int:
    """The languages of the house among them, one bit each."""
    named = set(languages)
    return sum(1 << place for place, language in enumerate(LANGUAGES) if language in named)


def bit_of(language: str) -> int:
    """The bit of a language of the house."""
    return pack_languages([language])
