"""The lines of a draft: typed here, JSON in the row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from typing import Any


@dataclass(frozen=True, kw_only=True)
class DraftLine:
    """One line of a request that is being written.

    Parameters
    ----------
    capability
        Code of the vocabulary.
    within_minutes, latest_minutes
        How soon it is needed, and after when it is of no use: from the time of sending.
    hours
        How long it is expected to be needed, from the time it is needed; None where nothing is said.
    need_id
        The need of the incident that it is to meet; empty without one.
    function, requirements
        What the teams will do; what they must have. In the draft's language.
    planned_units
        Ids of the units that the plan thought of, one for each team: the form of the answer begins with them.
    """

    capability: str
    quantity: int
    within_minutes: float | None = None
    latest_minutes: float | None = None
    priority: int = 1
    hours: float | None = None
    need_id: str = ""
    function: str = ""
    requirements: str = ""
    planned_units: tuple[str, ...] = ()


def encode_lines(lines: Sequence[DraftLine]) -> list[dict[str, Any]]:
    return [{**asdict(line), "planned_units": list(line.planned_units)} for line in lines]


def decode_lines(stored: Sequence[Mapping[str, Any]]) -> tuple[DraftLine, ...]:
    """The lines of a row; what a later version stored besides is passed over."""
    known = {field.name for field in fields(DraftLine)}
    return tuple(_decode({key: value for key, value in line.items() if key in known}) for line in stored)


def _decode(line: dict[str, Any]) -> DraftLine:
    return DraftLine(**{**line, "planned_units": tuple(line.get("planned_units", ()))})
