"""What a record is linked with, both ways, as far as the reader may see the other end."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.functional import Promise

from noaber.apps.accounts.models import Organisation
from noaber.apps.library.enums import BACKWARDS, Relation
from noaber.apps.library.models import Link
from noaber.apps.records.kinds import Kind, find_kind, kind_of


@dataclass(frozen=True)
class Linked:
    """The other end of a link."""

    link: Link
    how: str | Promise
    kind: Kind
    record: Any

    @property
    def title(self) -> str:
        return self.kind.title(self.record)

    @property
    def url(self) -> str:
        return str(self.record.get_absolute_url())


def linked_with(reader: Organisation, record: models.Model) -> list[Linked]:
    """The records at the other ends of the links of `record`, in the order in which they were made."""
    return linked_with_all(reader, [record]).get(record.pk, [])


def linked_with_all(reader: Organisation, records: list[models.Model]) -> dict[int, list[Linked]]:
    """The same for several records of one kind, by their keys: as many queries as there are kinds at the other ends."""
    if not records:
        return {}
    kind, keys = kind_of(records[0]).code, [record.pk for record in records]
    links = Link.objects.filter(Q(from_kind=kind, from_id__in=keys) | Q(to_kind=kind, to_id__in=keys))
    ends = [end for link in links for end in _ends(link, kind, set(keys))]
    seen = _seen(reader, ends)
    found: dict[int, list[Linked]] = defaultdict(list)
    for end in ends:
        other = seen.get((end.kind, end.key))
        if other is not None:
            found[end.near].append(Linked(end.link, end.how, *other))
    return dict(found)


@dataclass(frozen=True)
class _End:
    """The other end of a link, as its row has it; `near` is the record from which one looks."""

    near: int
    link: Link
    how: str | Promise
    kind: str
    key: int


def _ends(link: Link, kind: str, keys: set[int]) -> Iterator[_End]:
    if link.from_kind == kind and link.from_id in keys:
        yield _End(link.from_id, link, Relation(link.relation).label, link.to_kind, link.to_id)
    if link.to_kind == kind and link.to_id in keys:
        yield _End(link.to_id, link, BACKWARDS[link.relation], link.from_kind, link.from_id)


def _seen(reader: Organisation, ends: list[_End]) -> dict[tuple[str, int], tuple[Kind, Any]]:
    """The records at the ends that the reader may see."""
    keys: dict[str, set[int]] = defaultdict(set)
    for end in ends:
        keys[end.kind].add(end.key)
    seen: dict[tuple[str, int], tuple[Kind, Any]] = {}
    for code, wanted in keys.items():
        kind = find_kind(code)
        if kind is not None:
            rows = kind.seen_by(reader).filter(pk__in=wanted)
            seen |= {(code, row.pk): (kind, row) for row in rows}
    return seen
