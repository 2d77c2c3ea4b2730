"""What someone read in a text about one field, written into the JSON value of the agreement.

A reading carries how sure it is and where it was read; both go into the remark of the field, and the source joins the
sources of the text. `decode.py` then judges the whole, as it judges every other agreement.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from noaber.core.agreements.model import ESTABLISHED_FIELDS, Absent, Confidence

STATED_FIELDS: Final = (*ESTABLISHED_FIELDS, "cost_exceptions")
"""The fields of which one can say what the text says; the others come with the text itself."""

CHECKED_FIELDS: Final = ("parties", "level", *STATED_FIELDS, "replaces", "supplements", "implements", "notes")
"""The fields that someone can hold against the text, one by one."""

SHIPPED_SOURCES: Final = 1000
"""Up to this number a source is one of the project's list; those that are added here count on from it."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One field, read in the text.

    Parameters
    ----------
    value
        What it says, as JSON; `None` where it stands as it is written in the inventory.
    source
        Where it was read: a gazette with its day and page, or an address.
    """

    field: str
    confidence: Confidence
    source: str
    value: Any = None

    def __post_init__(self) -> None:
        allowed = CHECKED_FIELDS if self.value is None else STATED_FIELDS
        if self.field not in allowed:
            raise ValueError(f"{self.field} is no field that can be read so")


def with_reading(data: Mapping[str, Any], reading: Reading) -> dict[str, Any]:
    """The JSON value of an agreement after a reading; `data` itself is left alone.

    A field that stays unknown keeps what is supposed of it. Where the day of force becomes known, the day from which
    the text was counted meanwhile goes.
    """
    changed = dict(data)
    if reading.value is not None:
        changed[reading.field] = reading.value
    if is_unknown_value(changed.get(reading.field)):
        return changed
    if reading.field == "in_force":
        changed.pop("counted_from", None)
    changed["sources"], number = _with_source(changed["sources"], reading.source)
    remarks = dict(changed.get("remarks", {}))
    before = remarks.get(reading.field, {})
    kept = {"supposed": before["supposed"]} if reading.value is None and "supposed" in before else {}
    remarks[reading.field] = {"confidence": reading.confidence.value, "sources": [number], **kept}
    changed["remarks"] = remarks
    if "counted_from" not in changed:
        changed["remarks"].pop("counted_from", None)
    return changed


def is_unknown_value(value: Any) -> bool:
    """Whether a JSON value of a field says that it is not established at all."""
    return value is None or value == Absent.UNKNOWN.value


def _with_source(sources: list[dict[str, Any]], address: str) -> tuple[list[dict[str, Any]], int]:
    """The sources with `address` among them, and its number."""
    for source in sources:
        if source["address"] == address:
            return sources, source["number"]
    number = max([SHIPPED_SOURCES, *(source["number"] for source in sources)]) + 1
    return [*sources, {"number": number, "address": address}], number
