"""Two people changed one form: what both keep, and where each wrote something else. Three-way, by fields.

What a field held when a form was opened is known by its digest alone: enough to tell who changed it. A field that only
one of the two changed is theirs who changed it; one that both changed alike is settled. Of the rest nothing is chosen.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Final, TypeAlias

Value: TypeAlias = tuple[str, ...]
"""What a field sends: nothing, one text, or several."""

_LENGTH: Final = 16


@dataclass(frozen=True)
class MergedFields:
    """Names of fields: `taken` from the other side, since this one left them alone, and those in `conflict`.

    All others are kept as they are here.
    """

    taken: tuple[str, ...]
    conflicts: tuple[str, ...]


def digest_of(value: Value) -> str:
    return sha256("\0".join((str(len(value)), *value)).encode()).hexdigest()[:_LENGTH]


def write_digests(values: Mapping[str, Value]) -> str:
    """The digests of fields as one line, as a form carries them."""
    return join_digests({name: digest_of(value) for name, value in values.items()})


def join_digests(digests: Mapping[str, str]) -> str:
    return " ".join(f"{name}:{digest}" for name, digest in digests.items())


def read_digests(line: str) -> dict[str, str]:
    """The digests by field; of a line that is none, nothing."""
    parts = (part.partition(":") for part in line.split())
    return {name: digest for name, colon, digest in parts if colon}


def merge_fields(
    opened: Mapping[str, str],
    mine: Mapping[str, Value],
    theirs: Mapping[str, Value],
    together: Iterable[Sequence[str]] = (),
) -> MergedFields:
    """Merge what this side sends with what now stands, field by field.

    Parameters
    ----------
    opened
        The digest of what each field held when this side began. A field without one is kept as it is here.
    together
        Fields that say one thing together, as a longitude and a latitude do: no mixture of both sides comes of them.
    """
    taken: list[str] = []
    conflicts: list[str] = []
    for unit in units_of(mine, together):
        different = [name for name in unit if mine[name] != theirs[name]]
        if not different or not _changed(opened, theirs, unit):
            continue
        if _changed(opened, mine, unit):
            conflicts.extend(different)
        else:
            taken.extend(different)
    return MergedFields(tuple(taken), tuple(conflicts))


def units_of(names: Iterable[str], together: Iterable[Sequence[str]]) -> Iterator[tuple[str, ...]]:
    """The names in their order, those that belong together at the place of their first."""
    known = list(names)
    unit_of = {name: tuple(one for one in unit if one in known) for unit in together for name in unit}
    done: set[str] = set()
    for name in known:
        if name not in done:
            unit = unit_of.get(name, (name,))
            done.update(unit)
            yield unit


def _changed(opened: Mapping[str, str], values: Mapping[str, Value], unit: Iterable[str]) -> bool:
    return any(name in opened and opened[name] != digest_of(values[name]) for name in unit)
