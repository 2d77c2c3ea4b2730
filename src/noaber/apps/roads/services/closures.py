"""The only writer of closures."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction

from noaber.apps.accounts.acting import Acting
from noaber.apps.accounts.enums import Status, TlpLabel
from noaber.apps.accounts.models import Organisation, SharingGroup
from noaber.apps.accounts.services import announce
from noaber.apps.accounts.sharing import readers_of
from noaber.apps.accounts.status import check_status
from noaber.apps.roads.models import Closure, digest_of
from noaber.apps.roads.permissions import check_close, check_open
from noaber.core.problems import NotAllowed
from noaber.core.traveltime.sections import Part
from noaber.web.clock import now


@dataclass(frozen=True)
class ClosureData:
    """One closure, as somebody gives it.

    Parameters
    ----------
    geometry
        One that `read_closures` has read, or the courses of `parts`.
    parts
        The sections of main roads that are closed by name; then nothing beside them.
    """

    geometry: dict[str, Any]
    reason: str
    begins_at: datetime
    ends_at: datetime | None = None
    tlp: TlpLabel = TlpLabel.AMBER
    groups: Sequence[SharingGroup] = field(default_factory=tuple)
    parts: Sequence[Part] = ()


@transaction.atomic
def close_roads(acting: Acting, closures: Iterable[ClosureData], *, status: Status, language: str) -> list[Closure]:
    """Close roads, all of them or none; they belong to the organisation that closes them."""
    check_close(acting.roles)
    check_status(status)
    made = [_make(acting, data, status=status, language=language) for data in closures]
    _tell(made)
    return made


def _make(acting: Acting, data: ClosureData, *, status: Status, language: str) -> Closure:
    if data.ends_at is not None and data.ends_at <= data.begins_at:
        raise NotAllowed("closure.ends-first")
    sections = [[part.section, part.direction.value] for part in data.parts]
    closure = Closure(
        owner=acting.organisation,
        tlp=data.tlp,
        status=status,
        reason=data.reason,
        language=language,
        geometry=data.geometry,
        sections=sections,
        digest=digest_of(data.geometry, sections),
        begins_at=data.begins_at,
        ends_at=data.ends_at,
        made_at=now(),
        made_by=acting.person,
    )
    closure.turns_at = closure.next_turn(closure.made_at)
    closure.save()
    closure.groups.set(data.groups)
    return closure


@transaction.atomic
def open_again(acting: Acting, closure: Closure) -> None:
    """Let the roads be driven again from now on."""
    locked = Closure.objects.select_for_update(of=("self",)).get(pk=closure.pk)
    is_owner = locked.owner_id == acting.organisation.pk
    check_open(acting.roles, is_owner=is_owner, is_over=locked.is_over_at(now()))
    locked.opened_at, locked.opened_by, locked.turns_at = now(), acting.person, None
    locked.save(update_fields=["opened_at", "opened_by", "turns_at"])
    _tell([locked])


def tell_turns() -> None:
    """Wake the readers of every closure that has begun or ended by its own time; of several processes, one tells."""
    moment = now()
    for closure in Closure.objects.filter(turns_at__lte=moment):
        with transaction.atomic():
            waiting = Closure.objects.filter(pk=closure.pk, turns_at=closure.turns_at)
            if waiting.update(turns_at=closure.next_turn(moment)):
                _tell([closure])


def _tell(closures: Iterable[Closure]) -> None:
    """Wake the open pages of everyone who sees one of them."""
    told: dict[int, Organisation] = {}
    for closure in closures:
        told |= {reader.pk: reader for reader in readers_of(closure)}
    announce(told.values())
