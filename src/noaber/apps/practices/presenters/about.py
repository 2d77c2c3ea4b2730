"""What a record is about, in the reader's language."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from noaber.apps.practices.enums import CodeList
from noaber.apps.practices.models import Lesson, Practice
from noaber.apps.registry.coded import capability_name, hazard_name, theme_name

_NAMES: Final[Mapping[str, Callable[[str], str]]] = {
    CodeList.THEME: theme_name,
    CodeList.HAZARD: hazard_name,
    CodeList.CAPABILITY: capability_name,
}


@dataclass(frozen=True)
class AboutLine:
    """The names of one list: "Themes", and those that the record has."""

    label: str
    names: list[str]


def names_of(record: Practice | Lesson, name: str) -> list[str]:
    """The names of the codes that a record has of one list."""
    called = _NAMES[name]
    return [called(row.code) for row in record.codes.all() if row.list == name]


def about(record: Practice | Lesson) -> list[AboutLine]:
    """The lists of which the record has codes, with their names."""
    lines = (AboutLine(str(CodeList(name).label), names_of(record, name)) for name in CodeList.values)
    return [line for line in lines if line.names]


def codes_by_list(record: Practice | Lesson) -> dict[str, list[str]]:
    """The codes for a form: `themes`, `hazards`, `capabilities`."""
    fields = {CodeList.THEME: "themes", CodeList.HAZARD: "hazards", CodeList.CAPABILITY: "capabilities"}
    return {field: [row.code for row in record.codes.all() if row.list == name] for name, field in fields.items()}
