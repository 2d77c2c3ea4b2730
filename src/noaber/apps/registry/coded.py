"""The coded lists as the registry uses them: whether a code is known, and what it is called in the reader's language.

The lists themselves are reference data; nothing here knows the database.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final, Protocol

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from noaber.reference.territories import find_territory
from noaber.reference.vocabulary import (
    Attribute,
    AttributeKind,
    Capability,
    CapabilityGroup,
    load_attributes,
    load_capabilities,
    load_hazards,
    load_host_needs,
    load_themes,
)
from noaber.web.reader import reader_language

LANGUAGE_CODES: Final = ("nl", "fr", "de", "en", "lb", "da", "sv", "nb", "fi")
"""Working languages of teams and desks (ISO 639-1): the house's four, Luxembourgish and the Nordic ones."""

AttributeValue = str | float | bool


class InLanguages(Protocol):
    """What is written in several languages."""

    def in_language(self, language: str) -> str: ...


def in_reader_language(texts: InLanguages) -> str:
    return texts.in_language(reader_language())


def capability_name(code: str) -> str:
    """What a capability is called; the code itself for one that is no longer known."""
    known = load_capabilities().get(code)
    return in_reader_language(known.names) if known else code


def counted_capability(quantity: int, code: str) -> str:
    """4 boat teams."""
    known = load_capabilities().get(code)
    return f"{quantity} {known.counted(quantity, reader_language())}" if known else f"{quantity} × {code}"


def hazard_name(code: str) -> str:
    known = load_hazards().get(code)
    return in_reader_language(known.names) if known else code


def host_need_name(code: str) -> str:
    known = load_host_needs().get(code)
    return in_reader_language(known.names) if known else code


def theme_name(code: str) -> str:
    """What a theme is called; the code itself for one that is no longer known."""
    known = load_themes().get(code)
    return in_reader_language(known.names) if known else code


def territory_name(code: str) -> str:
    """The name of a NUTS territory in the reader's language; the code where the reference data do not carry it."""
    known = find_territory(code)
    return in_reader_language(known.names) if known else code


def territory_label(code: str) -> str:
    """BE336 Bezirk Verviers: the code with its name; the code alone where the reference data do not carry it."""
    name = territory_name(code)
    return code if name == code else f"{code} {name}"


def capability_choices() -> list[tuple[str, str]]:
    return [(code, capability_name(code)) for code in load_capabilities()]


def theme_choices() -> list[tuple[str, str]]:
    """By their names in the reader's language, in its order."""
    return sorted(((code, theme_name(code)) for code in load_themes()), key=lambda choice: choice[1].casefold())


def grouped_capability_choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """Choices under the headings of their families, for a select."""
    groups: dict[CapabilityGroup, list[Capability]] = {}
    for capability in load_capabilities().values():
        groups.setdefault(capability.group, []).append(capability)
    return [
        (group_name(group), [(item.code, in_reader_language(item.names)) for item in items])
        for group, items in groups.items()
    ]


def hazard_choices() -> list[tuple[str, str]]:
    return [(code, hazard_name(code)) for code in load_hazards()]


def host_need_choices() -> list[tuple[str, str]]:
    return [(code, host_need_name(code)) for code in load_host_needs()]


def group_name(group: CapabilityGroup) -> str:
    names: Mapping[CapabilityGroup, str] = {
        CapabilityGroup.WATER: _("Water"),
        CapabilityGroup.RESCUE: _("Search and rescue"),
        CapabilityGroup.FIRE: _("Fire"),
        CapabilityGroup.MEDICAL: _("Medical"),
        CapabilityGroup.CBRN: _("CBRN"),
        CapabilityGroup.SHELTER: _("Shelter"),
        CapabilityGroup.SUPPORT: _("Support"),
        CapabilityGroup.SEA: _("Sea"),
    }
    return names[group]


def attribute_value_text(attribute: Attribute, value: AttributeValue) -> str:
    """A property's value as a page shows it."""
    if attribute.kind is AttributeKind.YES_NO:
        return _("yes") if value else _("no")
    if attribute.kind is AttributeKind.CHOICE:
        choice = next((choice for choice in attribute.choices if choice.code == value), None)
        return in_reader_language(choice.names) if choice else str(value)
    words = number_format(value, use_l10n=True) if attribute.kind is AttributeKind.NUMBER else value
    return f"{words} {attribute.unit}".strip()


def attribute_rows(values: Mapping[str, AttributeValue]) -> list[tuple[str, str]]:
    """Name and value of each property that is no limit, in the order of the list."""
    known = load_attributes()
    return [
        (in_reader_language(known[code].names), attribute_value_text(known[code], values[code]))
        for code in known
        if code in values and not known[code].is_limit
    ]


def attributes_for(capabilities: Iterable[str]) -> list[Attribute]:
    """The properties that make sense for any of the capabilities."""
    codes = list(capabilities)
    return [attribute for attribute in load_attributes().values() if any(map(attribute.fits, codes))]
