"""The lines of a draft: typed here, JSON in the row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from typing import Any

from noaber.core.messages.model import FreeText


@dataclass(frozen=True, kw_only=True)
class DraftLine:
    """One line of a request that is being written.

    Parameters
    ----------
    capability
        Code of the vocabulary.
    needed_by, useless_after
        The moment by which it is needed, and that after which it is of no use; they do not move when it is sent later.
    hours
        How long it is expected to be needed, from the time it is needed; None where nothing is said.
    need_id
        The need of the incident that it is to meet; empty without one.
    function, requirements
        What the teams will do; what they must have. In the draft's language, unless `function_language` names another.
    planned_units
        Ids of the units that the plan thought of, one for each team: the form of the answer begins with them.
    """

    capability: str
    quantity: int
    needed_by: datetime | None = None
    useless_after: datetime | None = None
    priority: int = 1
    hours: float | None = None
    need_id: str = ""
    function: str = ""
    function_language: str = ""
    requirements: str = ""
    planned_units: tuple[str, ...] = ()


_MOMENTS = ("needed_by", "useless_after")


def function_text(line: DraftLine, language: str) -> FreeText | None:
    """What the teams will do, in the words of a draft written in `language`."""
    return as_text(line.function, line.function_language or language)


def as_text(words: str, language: str) -> FreeText | None:
    return FreeText(words.strip(), language) if words.strip() else None


def encode_lines(lines: Sequence[DraftLine]) -> list[dict[str, Any]]:
    return [_encode(line) for line in lines]


def _encode(line: DraftLine) -> dict[str, Any]:
    moments = {name: moment.isoformat() for name in _MOMENTS if (moment := getattr(line, name))}
    return {**asdict(line), **dict.fromkeys(_MOMENTS), **moments, "planned_units": list(line.planned_units)}


def decode_lines(stored: Sequence[Mapping[str, Any]]) -> tuple[DraftLine, ...]:
    """The lines of a row; what a later version stored besides is passed over."""
    known = {field.name for field in fields(DraftLine)}
    return tuple(_decode({key: value for key, value in line.items() if key in known}) for line in stored)


def _decode(line: dict[str, Any]) -> DraftLine:
    moments = {name: datetime.fromisoformat(line[name]) for name in _MOMENTS if line.get(name)}
    return DraftLine(**{**line, **moments, "planned_units": tuple(line.get("planned_units", ()))})
