"""Which properties of a GeoJSON file hold the code and the names of its features, where nobody says it.

Official files call them differently in every country; those names are known here. A property counts only where every
feature has it, and as a code only where no two features share it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from noaber.core.problems import InvalidInput, Problem

ANY: Final = "und"
"""The language of a name that the file does not say."""
LANGUAGES: Final = ("nl", "fr", "de", "en")

Properties = Mapping[str, Any]

_CODES: Final = (
    *("code", "statcode", "gemeentecode", "gm_code", "rubriek_code", "nis", "nis_code", "niscode", "nsi", "refnis"),
    *("ars", "rs", "ags", "insee", "code_insee", "insee_com", "insee_dep", "lau2", "lau_id", "lau_code", "lau"),
    *("nuts_id", "nuts_code", "gisco_id", "ref", "iso", "id", "objectid", "fid"),
)
_NAMES: Final = (
    *("name", "naam", "nom", "gen", "statnaam", "gemeentenaam", "gm_naam", "nom_com", "nom_dep", "libelle"),
    *("lau_name", "nuts_name", "name_latn", "commune", "gemeente", "gemeinde", "label", "title"),
)
_IN_LANGUAGE: Final = ("name_{}", "name:{}", "name{}", "naam_{}", "nom_{}", "label_{}")


@dataclass(frozen=True)
class Taken:
    """The properties that were taken.

    Parameters
    ----------
    names
        By language, `ANY` for a name of no said language; empty where the code stands for the name.
    """

    code: str
    names: Mapping[str, str]

    def __str__(self) -> str:
        said = [f"{language}={name}" if language != ANY else name for language, name in self.names.items()]
        return f"code from “{self.code}”, name from {', '.join(f'“{one}”' for one in said) or 'the code'}"


def choose_properties(
    features: Sequence[Properties], *, code: str | None = None, names: Mapping[str, str] | None = None
) -> Taken:
    """The properties that are asked for, else those that are known.

    Parameters
    ----------
    features
        The properties of every feature.

    Raises
    ------
    InvalidInput
        Where nothing fits; it lists the properties that there are.
    """
    found = _code(features) if code is None else code
    if found is None:
        raise InvalidInput([Problem("boundary.no-code", params={"found": _listed(features)})])
    taken = Taken(found, dict(_names(features)) if names is None else names)
    for name in (taken.code, *taken.names.values()):
        if not any(name in one for one in features):
            raise InvalidInput([Problem("boundary.no-property", params={"name": name, "found": _listed(features)})])
    return taken


def said(value: object) -> str:
    """A code or name as text; empty where a property says none."""
    if isinstance(value, bool) or value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return " ".join(str(value).split()) if isinstance(value, str | int) else ""


def _code(features: Sequence[Properties]) -> str | None:
    for name in _present(features, _CODES):
        if len({said(one[name]) for one in features}) == len(features):
            return name
    return None


def _names(features: Sequence[Properties]) -> Iterator[tuple[str, str]]:
    for language in LANGUAGES:
        known = tuple(pattern.format(language) for pattern in _IN_LANGUAGE)
        for name in list(_present(features, known))[:1]:
            yield language, name
    for name in list(_present(features, _NAMES))[:1]:
        yield ANY, name


def _present(features: Sequence[Properties], known: Sequence[str]) -> Iterator[str]:
    """The properties with a known name that every feature fills, as the file writes them, the best first."""
    written = {name.casefold(): name for name in (features[0] if features else ())}
    for candidate in known:
        name = written.get(candidate)
        if name is not None and all(said(one.get(name)) for one in features):
            yield name


def _listed(features: Sequence[Properties]) -> str:
    return ", ".join(f"“{name}”" for name in sorted({name for one in features for name in one})) or "–"
