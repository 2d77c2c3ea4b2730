"""Importing a file of capacities: what it would change, shown before anything is written, then all or nothing."""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Final

from django.db import transaction

from noaber.apps.accounts.enums import TlpLabel
from noaber.apps.accounts.models import Organisation, Person, SharingGroup
from noaber.apps.accounts.services import announce
from noaber.apps.accounts.sharing import readers_of
from noaber.apps.registry.csv_columns import Surroundings
from noaber.apps.registry.csv_import import CapacityFile, CapacityRow, decode_capacities, place
from noaber.apps.registry.enums import ChangeAction
from noaber.apps.registry.models import Capacity, CapacityUpload
from noaber.apps.registry.services.author import Author, Changed, append_changes
from noaber.apps.registry.services.capacities import group_keys
from noaber.apps.registry.services.capacity_values import (
    LIST_FIELDS,
    Stored,
    Values,
    differences,
    merged,
    new_values,
    problems_of,
    stored_capacities,
    write_capacities,
    write_lists,
)
from noaber.core.problems import InvalidInput, NotAllowed, Problem, Severity

KEPT_FOR: Final = timedelta(hours=2)
"""How long an uploaded file waits to be confirmed."""


class RowAction(StrEnum):
    ADDED = "added"
    CHANGED = "changed"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class PlannedRow:
    """What one row of the file does."""

    row: int
    code: str
    action: RowAction
    before: Stored | None
    after: Values
    changes: Mapping[str, tuple[Any, Any]]


@dataclass(frozen=True)
class ImportPlan:
    """What a file would do, and what is wrong with it. `absent` are the owner's capacities that it does not name."""

    file: CapacityFile
    rows: tuple[PlannedRow, ...]
    problems: tuple[Problem, ...]
    absent: tuple[str, ...]

    @property
    def errors(self) -> tuple[Problem, ...]:
        return tuple(problem for problem in self.problems if problem.severity is Severity.ERROR)

    def count(self, action: RowAction) -> int:
        return sum(row.action is action for row in self.rows)

    @property
    def fingerprint(self) -> str:
        """The same for two plans that do the same to the same capacities."""
        told = [(row.code, row.action, _told(row)) for row in self.rows]
        return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()


def _told(row: PlannedRow) -> dict[str, Any]:
    """The changes but for the moment at which a state was stated by importing it."""
    return {name: pair for name, pair in row.changes.items() if name != "state_at"}


@dataclass(frozen=True)
class ImportCounts:
    added: int
    changed: int
    unchanged: int


@dataclass(frozen=True)
class Sharing:
    """The label and groups of capacities that are new and whose rows say nothing of it."""

    tlp: str = TlpLabel.AMBER
    groups: tuple[str, ...] = ()


def plan_import(data: bytes, owner: Organisation, status: str, *, sharing: Sharing, now: datetime) -> ImportPlan:
    """Read a file and hold it against what is there; nothing is written."""
    known = frozenset(SharingGroup.objects.values_list("code", flat=True))
    file = decode_capacities(data, Surroundings(owner.code, status, known, now))
    stored = stored_capacities(owner.pk, status)
    rows = tuple(_plan_row(row, stored.get(row.code), sharing, now) for row in file.rows)
    named = {row.code for row in file.rows}
    absent = tuple(code for code, found in stored.items() if code not in named and found.values["withdrawn_at"] is None)
    return ImportPlan(file, rows, (*file.problems, *_problems(rows)), absent)


def _plan_row(row: CapacityRow, stored: Stored | None, sharing: Sharing, now: datetime) -> PlannedRow:
    fresh = new_values(row.code, tlp=sharing.tlp, groups=sharing.groups)
    after = merged(stored.values if stored else None, row.values, fresh, now)
    if stored is None:
        return PlannedRow(row.row, row.code, RowAction.ADDED, None, after, {})
    changes = differences(stored.values, after)
    return PlannedRow(row.row, row.code, RowAction.CHANGED if changes else RowAction.UNCHANGED, stored, after, changes)


def _problems(rows: Iterable[PlannedRow]) -> Iterator[Problem]:
    """What does not fit with what stays as it is."""
    for row in rows:
        for field, code, params in problems_of(row.after):
            yield Problem(code, place(row.row, field), params)


def import_capacities(
    author: Author, plan: ImportPlan, owner: Organisation, status: str, *, now: datetime, reason: str
) -> ImportCounts:
    """Write a plan: everything or nothing.

    Raises
    ------
    InvalidInput
        Where the plan has errors; with every one of them.
    """
    if plan.errors:
        raise InvalidInput(plan.errors)
    with transaction.atomic():
        _write(author, [row for row in plan.rows if row.action is not RowAction.UNCHANGED], owner, status, now, reason)
    return ImportCounts(*(plan.count(action) for action in RowAction))


def _write(
    author: Author, rows: Collection[PlannedRow], owner: Organisation, status: str, now: datetime, reason: str
) -> None:
    wanted = {row.code: row.after for row in rows}
    groups = group_keys({group for row in rows for group in row.after["groups"]})
    keys = write_capacities(owner.pk, status, wanted)
    relisted = {row.code: keys[row.code] for row in rows if row.before is None or set(LIST_FIELDS) & set(row.changes)}
    write_lists(relisted, wanted, groups)
    _address(author, [keys[row.code] for row in rows if row.before is None], owner)
    changed = (Changed(keys[row.code], ChangeAction.IMPORTED, row.changes) for row in rows)
    append_changes(author, Capacity, changed, at=now, reason=reason)
    announce(_readers(keys.values(), wanted, keys))


def _address(author: Author, keys: Iterable[int], owner: Organisation) -> None:
    """Who keeps capacities for another sees them, whatever their label."""
    if author.organisation is None or author.organisation == owner:
        return
    through = Capacity.addressees.through
    through.objects.bulk_create(
        (through(capacity_id=key, organisation_id=author.organisation.pk) for key in keys), ignore_conflicts=True
    )


def _readers(keys: Iterable[int], wanted: Mapping[str, Values], by_code: Mapping[str, int]) -> list[Organisation]:
    """Who sees any of them: asked once for each combination of label and groups."""
    samples = {(values["tlp"], values["groups"]): by_code[code] for code, values in wanted.items()}
    records = Capacity.objects.filter(pk__in=samples.values())
    return [reader for record in records for reader in readers_of(record)]


def store_upload(
    person: Person,
    owner: Organisation,
    status: str,
    *,
    file_name: str,
    data: bytes,
    sharing: Sharing,
    now: datetime,
) -> tuple[CapacityUpload, ImportPlan]:
    """Keep a file until it is confirmed, with what it would do at this moment."""
    plan = plan_import(data, owner, status, sharing=sharing, now=now)
    CapacityUpload.objects.filter(uploaded_at__lt=now - KEPT_FOR).delete()
    upload = CapacityUpload.objects.create(
        token=secrets.token_urlsafe(32),
        owner=owner,
        person=person,
        status=status,
        file_name=file_name[:200],
        content=data,
        default_tlp=sharing.tlp,
        default_groups=list(sharing.groups),
        uploaded_at=now,
    )
    return upload, plan


def find_upload(person: Person, token: str, status: str, *, now: datetime) -> CapacityUpload | None:
    """The file that this person uploaded, while it waits."""
    return (
        CapacityUpload.objects.filter(token=token, person=person, status=status, uploaded_at__gte=now - KEPT_FOR)
        .select_related("owner")
        .first()
    )


def plan_upload(upload: CapacityUpload, *, now: datetime) -> ImportPlan:
    """What the uploaded file would do now."""
    sharing = Sharing(upload.default_tlp, tuple(upload.default_groups))
    return plan_import(bytes(upload.content), upload.owner, upload.status, sharing=sharing, now=now)


def confirm_upload(author: Author, upload: CapacityUpload, shown: str, *, now: datetime) -> ImportCounts:
    """Import exactly what was previewed; `shown` is the fingerprint of the plan that someone looked at.

    Raises
    ------
    NotAllowed
        Where the registry has changed since, so that it would do something else: one looks at it again.
    """
    with transaction.atomic():
        Organisation.objects.select_for_update().get(pk=upload.owner_id)
        plan = plan_upload(upload, now=now)
        if plan.fingerprint != shown:
            raise NotAllowed("registry.changed-meanwhile")
        counts = import_capacities(author, plan, upload.owner, upload.status, now=now, reason=upload.file_name)
        upload.delete()
    return counts
