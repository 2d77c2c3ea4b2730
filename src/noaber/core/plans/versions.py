"""How two versions of a plan differ: which objectives came, went, moved or were worded differently."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Difference(StrEnum):
    SAME = "same"
    CHANGED = "changed"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True)
class Compared:
    """One objective in two versions; `fields` names what differs. The side where it does not stand is None."""

    difference: Difference
    before: Mapping[str, Any] | None
    after: Mapping[str, Any] | None
    fields: tuple[str, ...] = ()


def compare_objectives(
    before: Sequence[Mapping[str, Any]], after: Sequence[Mapping[str, Any]], fields: Sequence[str]
) -> list[Compared]:
    """The objectives of the later version in their order, then those that are gone.

    An objective is known by its `id`, wherever it stands; `fields` are looked at.
    """
    earlier = {row["id"]: row for row in before}
    kept = {row["id"] for row in after}
    compared = [_compare(earlier.get(row["id"]), row, fields) for row in after]
    gone = [Compared(Difference.REMOVED, row, None) for row in before if row["id"] not in kept]
    return compared + gone


def _compare(before: Mapping[str, Any] | None, after: Mapping[str, Any], fields: Sequence[str]) -> Compared:
    if before is None:
        return Compared(Difference.ADDED, None, after)
    differ = tuple(name for name in fields if before.get(name) != after.get(name))
    return Compared(Difference.CHANGED if differ else Difference.SAME, before, after, differ)
