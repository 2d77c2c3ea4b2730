"""The only writer of incidents, their needs and their log."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from django.db import IntegrityError, transaction

from noaber.apps.accounts.acting import Acting
from noaber.apps.accounts.enums import Status, TlpLabel
from noaber.apps.accounts.models import SharingGroup
from noaber.apps.accounts.services import announce
from noaber.apps.accounts.sharing import readers_of
from noaber.apps.accounts.status import check_status
from noaber.apps.exchange.queries import requests_taken_part_in
from noaber.apps.exchange.services.drafts import restate_deadline
from noaber.apps.planner.enums import EventKind, Severity
from noaber.apps.planner.models import Incident, IncidentEvent, Need
from noaber.apps.planner.permissions import check_change, check_close, check_open
from noaber.core.deadlines import Deadline, check_move, check_stated
from noaber.core.problems import NotAllowed
from noaber.web.clock import now


@dataclass(frozen=True)
class NeedData:
    """One need, as an officer gives it."""

    capability: str
    quantity: int
    needed_by: datetime.datetime
    priority: int = 1
    useless_after: datetime.datetime | None = None
    function: str = ""
    language: str = ""
    """Of `function`."""

    @property
    def deadline(self) -> Deadline:
        return Deadline(self.needed_by, self.useless_after)


@dataclass(frozen=True)
class IncidentData:
    """What an officer says of an incident."""

    title: str
    hazard: str
    severity: Severity
    place: str
    territory: str
    lon: float
    lat: float
    affected_radius_km: float | None = None
    affected_area: dict[str, object] | None = None
    reception_point: str = ""
    note: str = ""
    tlp: TlpLabel = TlpLabel.AMBER
    groups: Sequence[SharingGroup] = field(default_factory=tuple)


NEED_FIELDS = ("capability", "quantity", "needed_by", "useless_after", "priority", "function", "language")
DEADLINE_FIELDS = {"needed_by", "useless_after"}
NUMBER_TRIES = 5
FIELDS = (
    "title",
    "hazard",
    "severity",
    "place",
    "territory",
    "lon",
    "lat",
    "affected_radius_km",
    "affected_area",
    "reception_point",
    "note",
    "tlp",
)


@transaction.atomic
def open_incident(
    acting: Acting, data: IncidentData, needs: Iterable[NeedData], *, status: Status, language: str
) -> Incident:
    """Open an incident with its needs; it belongs to the organisation that opens it, and keeps its status for good.

    `language` is that of its texts, and of those of its needs that name no other.
    """
    check_open(acting.roles)
    check_status(status)
    opened_at = now()
    incident = Incident(
        owner=acting.organisation,
        status=status,
        language=language,
        opened_at=opened_at,
        opened_by=acting.person,
        **{name: getattr(data, name) for name in FIELDS},
    )
    _save_numbered(acting, incident)
    incident.groups.set(data.groups)
    for need in needs:
        _add_need(incident, replace(need, language=need.language or language))
    log(incident, acting, EventKind.OPENED)
    announce(readers_of(incident))
    return incident


def _save_numbered(acting: Acting, incident: Incident) -> None:
    """Save a new incident under the next free number; again where someone else took that at the same moment."""
    for _try in range(NUMBER_TRIES):
        incident.number = _next_number(acting, incident.opened_at)
        try:
            with transaction.atomic():
                incident.save(force_insert=True)
        except IntegrityError:
            continue
        return
    raise NotAllowed("incident.overtaken")


def _next_number(acting: Acting, opened_at: datetime.datetime) -> str:
    """Country, year, day and a running number, as the owner's local date has it: BE-2021-0714-02."""
    prefix = f"{acting.organisation.country or acting.organisation.code}-{opened_at.astimezone(acting.zone):%Y-%m%d}-"
    taken = Incident.objects.filter(number__startswith=prefix).values_list("number", flat=True)
    running = max((int(number.removeprefix(prefix)) for number in taken), default=0) + 1
    return f"{prefix}{running:02d}"


@transaction.atomic
def change_incident(acting: Acting, incident: Incident, data: IncidentData, *, language: str = "") -> None:
    """Change what is said of an incident; who could see it before and who can now are both told.

    `language` is that of its texts; empty where it stays what it is.
    """
    locked = lock_incident(incident)
    check_may_change(acting, locked)
    before = list(readers_of(locked))
    changed = [name for name in FIELDS if getattr(locked, name) != getattr(data, name)]
    for name in changed:
        setattr(locked, name, getattr(data, name))
    if language and language != locked.language:
        locked.language = language
        changed.append("language")
    locked.save()
    groups_before = set(locked.groups.values_list("pk", flat=True))
    locked.groups.set(data.groups)
    if changed:
        log(locked, acting, EventKind.CHANGED, fields=changed)
    if groups_before != {group.pk for group in data.groups}:
        log(locked, acting, EventKind.SHARED, groups=[group.code for group in data.groups])
    announce([*before, *readers_of(locked)])


@transaction.atomic
def add_need(acting: Acting, incident: Incident, data: NeedData) -> Need:
    locked = lock_incident(incident)
    check_may_change(acting, locked)
    need = _add_need(locked, data)
    log(locked, acting, EventKind.NEED_ADDED, need=need.code, **_need_params(data))
    announce(readers_of(locked))
    return need


@transaction.atomic
def change_need(acting: Acting, need: Need, data: NeedData, *, reason: str = "", language: str = "") -> None:
    """Change what is needed. The deadline moves only with a reason, which those who see the incident read.

    Raises
    ------
    InvalidInput
        Where the deadline would move without a reason, or to a moment that cannot be stated now.
    """
    locked = lock_incident(need.incident)
    check_may_change(acting, locked)
    before, after = need.deadline, data.deadline
    if after != before:
        check_move(before, after, reason=reason, moved_at=now())
    data = _with_language(data)
    if need.capability != data.capability:
        need.adjustments.all().delete()  # what was decided was about teams of another kind
        give_back(need)
    changed = [name for name in NEED_FIELDS if getattr(need, name) != getattr(data, name)]
    for name in changed:
        setattr(need, name, getattr(data, name))
    need.save()
    if after != before:
        for name in sorted(DEADLINE_FIELDS):
            if getattr(before, name) != getattr(after, name):
                log(
                    locked,
                    acting,
                    EventKind.DEADLINE_MOVED,
                    **_move_params(need, before, after, name, reason, language),
                )
        restate_deadline(acting, locked.number, need.code, needed_by=after.needed_by, useless_after=after.useless_after)
    if set(changed) - DEADLINE_FIELDS:
        log(locked, acting, EventKind.NEED_CHANGED, need=need.code, **_need_params(data))
    announce(readers_of(locked))


@transaction.atomic
def remove_need(acting: Acting, need: Need) -> None:
    """Take a need away; what was asked for it already goes on, and keeps its words in the messages."""
    locked = lock_incident(need.incident)
    check_may_change(acting, locked)
    log(
        locked,
        acting,
        EventKind.NEED_REMOVED,
        need=need.code,
        capability=need.capability,
        quantity=need.quantity,
    )
    give_back(need)
    need.delete()
    announce(readers_of(locked))


@transaction.atomic
def close_incident(acting: Acting, incident: Incident) -> None:
    """Close an incident whose requests are all closed."""
    locked = lock_incident(incident)
    running = sum(1 for request in requests_taken_part_in(acting.organisation, locked.number) if request.is_open)
    check_close(
        acting.roles,
        is_owner=locked.owner_id == acting.organisation.pk,
        is_closed=locked.closed_at is not None,
        open_requests=running,
    )
    locked.closed_at = now()
    locked.save(update_fields=["closed_at"])
    log(locked, acting, EventKind.CLOSED)
    announce(readers_of(locked))


@transaction.atomic
def reopen_incident(acting: Acting, incident: Incident) -> None:
    locked = lock_incident(incident)
    if locked.closed_at is None:
        raise NotAllowed("incident.not-closed")
    check_change(acting.roles, is_owner=locked.owner_id == acting.organisation.pk, is_closed=False)
    locked.closed_at = None
    locked.save(update_fields=["closed_at"])
    log(locked, acting, EventKind.REOPENED)
    announce(readers_of(locked))


def log(incident: Incident, acting: Acting, kind: EventKind, **params: object) -> None:
    """Write a line into the incident's log, in the transaction of the change."""
    IncidentEvent.objects.create(
        incident=incident, organisation=acting.organisation, kind=kind, params=params, at=now(), by=acting.person
    )


def lock_incident(incident: Incident) -> Incident:
    """The incident as it is now, held until the transaction ends."""
    return Incident.objects.select_for_update().get(pk=incident.pk)


def check_may_change(acting: Acting, incident: Incident) -> None:
    """Raise `NotAllowed` unless it is theirs and open."""
    check_change(
        acting.roles, is_owner=incident.owner_id == acting.organisation.pk, is_closed=incident.closed_at is not None
    )


def give_back(need: Need) -> None:
    """Let a need stand for no other any more: that one wants its own teams again."""
    wanted = need.stands_in_for
    if wanted is None:
        return
    teams = min(need.stands_for or 0, wanted.replaced)
    wanted.quantity, wanted.replaced = wanted.quantity + teams, wanted.replaced - teams
    wanted.save(update_fields=["quantity", "replaced"])
    need.stands_in_for, need.stands_for = None, None


def next_need_code(incident: Incident) -> str:
    """The number of a new need, given once."""
    incident.needs_numbered += 1
    incident.save(update_fields=["needs_numbered"])
    return f"n{incident.needs_numbered}"


def _add_need(incident: Incident, data: NeedData) -> Need:
    check_stated(data.deadline, stated_at=now())
    data = _with_language(data)
    return Need.objects.create(
        incident=incident,
        code=next_need_code(incident),
        capability=data.capability,
        quantity=data.quantity,
        needed_by=data.needed_by,
        useless_after=data.useless_after,
        priority=data.priority,
        function=data.function,
        language=data.language,
    )


def _with_language(data: NeedData) -> NeedData:
    """Only words have a language."""
    return data if data.function else replace(data, language="")


def _move_params(
    need: Need, before: Deadline, after: Deadline, name: str, reason: str, language: str
) -> dict[str, object]:
    """From when to when one of the two moments of a deadline was moved, and why."""
    ends = {"from": getattr(before, name), "to": getattr(after, name)}
    moments = {end: moment and moment.isoformat() for end, moment in ends.items()}
    return {
        "need": need.code,
        "capability": need.capability,
        "quantity": need.quantity,
        "what_moves": name,
        **moments,
        "reason": reason.strip(),
        "language": language,
    }


def _need_params(data: NeedData) -> dict[str, object]:
    return {
        "capability": data.capability,
        "quantity": data.quantity,
        "needed_by": data.needed_by.isoformat(),
        "priority": data.priority,
    }
