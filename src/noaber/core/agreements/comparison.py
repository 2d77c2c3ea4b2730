"""Two texts field by field: where they say the same, where they differ, and where one of them is not known."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from noaber.core.agreements.model import ESTABLISHED_FIELDS, Agreement, unknown_fields
from noaber.core.agreements.scope import Territories


class Difference(StrEnum):
    """How a field of two texts compares."""

    SAME = "same"
    DIFFERENT = "different"
    ONE_UNKNOWN = "one-unknown"
    """One of the two is not established: they may agree."""
    BOTH_UNKNOWN = "both-unknown"


COMPARED_FIELDS = (
    "kind",
    "level",
    "parties",
    *ESTABLISHED_FIELDS,
    "cost_exceptions",
    "replaces",
    "supplements",
    "implements",
)


@dataclass(frozen=True, slots=True)
class Compared:
    """One field of two texts."""

    field: str
    difference: Difference


def compare(one: Agreement, other: Agreement) -> tuple[Compared, ...]:
    """Every field of two texts, in the order of `COMPARED_FIELDS`; lists compare without regard to order."""
    unknown_one, unknown_other = set(unknown_fields(one)), set(unknown_fields(other))
    return tuple(
        Compared(name, _difference(name, one, other, name in unknown_one, name in unknown_other))
        for name in COMPARED_FIELDS
    )


def _difference(name: str, one: Agreement, other: Agreement, unknown: bool, other_unknown: bool) -> Difference:
    if unknown and other_unknown and _same(name, one, other):
        return Difference.BOTH_UNKNOWN
    if unknown or other_unknown:
        return Difference.ONE_UNKNOWN
    return Difference.SAME if _same(name, one, other) else Difference.DIFFERENT


def _same(name: str, one: Agreement, other: Agreement) -> bool:
    return _unordered(getattr(one, name)) == _unordered(getattr(other, name))


def _unordered(value: object) -> object:
    match value:
        case Territories():
            return frozenset(value.codes), frozenset(value.within)
        case tuple():
            return frozenset(value)
        case _:
            return value
