"""The only writer of boundaries; the operator calls it from the command line."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import shapely
from django.db import transaction

from noaber.apps.accounts.models import Organisation
from noaber.apps.accounts.services import announce
from noaber.apps.records.enums import ChangeAction
from noaber.apps.records.models import Change
from noaber.apps.roads.enums import BoundaryKind
from noaber.apps.roads.models import Boundary, BoundarySet
from noaber.core.boundaries.decode import ReadBoundary
from noaber.core.problems import NotAllowed
from noaber.reference.on_map import check_boundaries
from noaber.web.clock import now

_AT_ONCE = 500


@dataclass(frozen=True)
class Provenance:
    """Where boundaries come from: files, whose data they are, under which licence."""

    source: str
    attribution: str = ""
    licence: str = ""


@transaction.atomic
def import_boundaries(
    kind: BoundaryKind,
    country: str,
    read: Sequence[ReadBoundary],
    provenance: Provenance,
    *,
    by: str,
    replace: bool = False,
) -> BoundarySet:
    """Keep the boundaries of one kind in one country; with `replace` they take the place of those that are there.

    Raises
    ------
    NotAllowed
        Where there are some already, and they are not to be replaced.
    InvalidInput
        Where they do not lie where they should; see `check_boundaries`.
    """
    check_boundaries(read, country)
    earlier = BoundarySet.objects.select_for_update().filter(kind=kind, country=country).first()
    if earlier is not None and not replace:
        raise NotAllowed("boundary.held", kind=kind.value, country=country)
    before = None if earlier is None else earlier.boundaries.count()
    if earlier is not None:
        earlier.delete()
    made = BoundarySet.objects.create(
        kind=kind,
        country=country,
        source=provenance.source,
        attribution=provenance.attribution,
        licence=provenance.licence,
        digest=_digest(read),
        imported_at=now(),
    )
    Boundary.objects.bulk_create((_row(made, one) for one in read), batch_size=_AT_ONCE)
    _record(made, ChangeAction.IMPORTED, by, provenance.source, before=before, after=len(read))
    return made


@transaction.atomic
def remove_boundaries(kind: BoundaryKind, country: str, *, by: str) -> int:
    """Take the boundaries of one kind in one country away; answers how many there were.

    Raises
    ------
    NotAllowed
        Where there are none.
    """
    held = BoundarySet.objects.select_for_update().filter(kind=kind, country=country).first()
    if held is None:
        raise NotAllowed("boundary.none", kind=kind.value, country=country)
    count = held.boundaries.count()
    _record(held, ChangeAction.WITHDRAWN, by, "", before=count, after=None)
    held.delete()
    return count


def _row(made: BoundarySet, read: ReadBoundary) -> Boundary:
    west, south, east, north = read.shape.bounds
    return Boundary(
        set=made,
        code=read.code,
        names=dict(read.names),
        geometry=shapely.to_wkb(read.shape),
        west=west,
        south=south,
        east=east,
        north=north,
    )


def _digest(read: Iterable[ReadBoundary]) -> str:
    total = hashlib.sha256()
    for one in read:
        total.update(repr((one.code, sorted(one.names.items()))).encode())
        total.update(shapely.to_wkb(one.shape))
    return total.hexdigest()


def _record(
    held: BoundarySet, action: ChangeAction, by: str, reason: str, *, before: int | None, after: int | None
) -> None:
    """Say in the history who did it, and wake every open page."""
    Change.objects.create(
        subject="boundaryset",
        subject_id=held.pk,
        at=now(),
        action=action,
        by=by,
        reason=reason,
        fields={"kind": [None, held.kind], "country": [None, held.country], "boundaries": [before, after]},
    )
    announce(Organisation.objects.all())
