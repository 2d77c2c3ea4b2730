"""What changed of a capacity, in words: codes by name, lines of its package, only what differs of its properties."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import Any, Final

from noaber.apps.registry.coded import attribute_value_text, capability_name, host_need_name, in_reader_language
from noaber.apps.registry.enums import CapacityState
from noaber.apps.registry.parts import PART_FIELDS
from noaber.apps.registry.presenters.packages import changed_lines, day_words
from noaber.reference.vocabulary import load_attributes
from noaber.web.templatetags.noaber import language_name
from noaber.web.wording import euro, label

_NOTHING: Final = "–"


def capacity_changed(name: str, before: Any, after: Any) -> tuple[str, str] | None:
    """Before and after of a field in words; nothing for a field that needs none of its own."""
    if name in PART_FIELDS:
        return changed_lines(name, before or [], after or [])
    if name == "attributes":
        return _attributes(before or {}, after or {}), _attributes(after or {}, before or {})
    if name == "state":
        return str(CapacityState(before).label), str(CapacityState(after).label)
    if name.endswith("_eur"):
        return _money(before), _money(after)
    if name == "cost_as_of":
        return day_words(before) if before else _NOTHING, day_words(after) if after else _NOTHING
    if words := _CODES.get(name):
        return _listed(before, words), _listed(after, words)
    return None


_CODES: Final[Mapping[str, Callable[[str], str]]] = {
    "capabilities": capability_name,
    "languages": lambda code: str(language_name(code)),
    "host_needs": host_need_name,
}


def _money(value: str | None) -> str:
    return _NOTHING if value is None else euro(Decimal(value), 2)


def _listed(codes: Iterable[str], words: Callable[[str], str]) -> str:
    return ", ".join(map(words, codes)) or _NOTHING


def _attributes(values: Mapping[str, Any], others: Mapping[str, Any]) -> str:
    """The properties that are not the same in `others`."""
    known = load_attributes()
    return (
        ", ".join(
            f"{label(in_reader_language(known[code].names))} {attribute_value_text(known[code], value)}"
            for code, value in values.items()
            if code in known and others.get(code) != value
        )
        or _NOTHING
    )
