"""The lists of capacities, by the keys of the capacities.

The keys are given to the database as they are, never as the query that found them: without fresh statistics, as after
a large import, PostgreSQL would run that query again for each row.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

from noaber.apps.registry.models import Capacity, CapacityCapability

_CHUNK: Final = 10_000
"""Keys of one query; SQLite takes 32,766 values."""


def capabilities_by_capacity(keys: Sequence[int]) -> dict[int, tuple[str, ...]]:
    """The capabilities of capacities, the main one first."""
    rows = CapacityCapability.objects.order_by("capacity_id", "position").values_list("capacity_id", "capability")
    return _collect(pair for chunk in _chunks(keys) for pair in rows.filter(capacity__in=chunk))


def groups_by_capacity(keys: Sequence[int]) -> dict[int, tuple[str, ...]]:
    """The codes of the sharing groups of capacities, in their order."""
    through: Any = Capacity.groups.through
    rows = through.objects.order_by("capacity_id", "sharinggroup__code")
    pairs = rows.values_list("capacity_id", "sharinggroup__code")
    return _collect(pair for chunk in _chunks(keys) for pair in pairs.filter(capacity__in=chunk))


def _chunks(keys: Sequence[int]) -> Iterator[Sequence[int]]:
    return (keys[start : start + _CHUNK] for start in range(0, len(keys), _CHUNK))


def _collect(pairs: Iterable[tuple[int, str]]) -> dict[int, tuple[str, ...]]:
    found: dict[int, list[str]] = {}
    for key, code in pairs:
        found.setdefault(key, []).append(code)
    return {key: tuple(codes) for key, codes in found.items()}
