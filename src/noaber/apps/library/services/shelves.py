"""What a record is counted by, as a row that many records share."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from noaber.apps.library.models import Shelf, ShelfTag


@dataclass(frozen=True)
class Place:
    """What the facets of search read of a record. Tags are sorted, each once."""

    kind: str
    status: str
    owner: int | None
    year: int | None
    languages: int
    tags: tuple[str, ...]

    @property
    def digest(self) -> str:
        return hashlib.sha256(repr(self).encode()).hexdigest()


def shelves_of(places: Mapping[Any, Place]) -> dict[Any, Shelf]:
    """The shelf of each record, by its key: found, or made for the first of its sort.

    New ones are made in one order: two who make the same ones wait for each other, and not in a circle.
    """
    wanted = {place.digest: place for place in places.values()}
    known = _read(wanted)
    new = {digest: wanted[digest] for digest in sorted(wanted.keys() - known.keys())}
    if new:
        Shelf.objects.bulk_create(
            (_shelf(digest, place) for digest, place in new.items()),
            ignore_conflicts=True,
        )
        known |= _read(new)
        ShelfTag.objects.bulk_create(
            (ShelfTag(shelf=known[digest], tag=tag) for digest, place in new.items() for tag in place.tags),
            ignore_conflicts=True,
        )
    return {key: known[place.digest] for key, place in places.items()}


def _read(digests: Iterable[str]) -> dict[str, Shelf]:
    return {shelf.digest: shelf for shelf in Shelf.objects.filter(digest__in=list(digests))}


def _shelf(digest: str, place: Place) -> Shelf:
    return Shelf(
        digest=digest,
        kind=place.kind,
        status=place.status,
        owner_id=place.owner,
        year=place.year,
        languages=place.languages,
    )
