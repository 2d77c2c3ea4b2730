"""Importing a file of capacities: what it would change, shown before anything is written, then all or nothing."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from django.db import transaction

from noaber.apps.accounts.enums import TlpLabel
from noaber.apps.accounts.models import Organisation, SharingGroup
from noaber.apps.accounts.services import announce
from noaber.apps.accounts.sharing import readers_of
from noaber.apps.accounts.status import check_status
from noaber.apps.records.enums import ChangeAction
from noaber.apps.records.history import Author, Changed, append_changes
from noaber.apps.records.sharing import group_keys
from noaber.apps.registry.csv_columns import Surroundings
from noaber.apps.registry.csv_import import CapacityFile, CapacityRow, decode_capacities, place
from noaber.apps.registry.models import Capacity
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
from noaber.core.problems import InvalidInput, Problem, Severity

Tell = Callable[[str, int, int], None]
"""Hears of the progress: a step (read, compare, write), how much of it is done, of how much."""

_TOLD_EVERY: Final = 500


def silent(step: str, done: int, total: int) -> None:
    """Nobody listens."""


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


def plan_import(
    data: bytes, owner: Organisation, status: str, *, sharing: Sharing, now: datetime, tell: Tell = silent
) -> ImportPlan:
    """Read a file and hold it against what is there; nothing is written."""
    known = frozenset(SharingGroup.objects.values_list("code", flat=True))
    around = Surroundings(owner.code, status, known, now)
    file = decode_capacities(data, around, lambda done, total: tell("read", done, total))
    stored = stored_capacities(owner.pk, status)
    rows = tuple(_plan_rows(file.rows, stored, sharing, now, tell))
    named = {row.code for row in file.rows}
    absent = tuple(code for code, found in stored.items() if code not in named and found.values["withdrawn_at"] is None)
    return ImportPlan(file, rows, (*file.problems, *_problems(rows)), absent)


def _plan_rows(
    rows: Sequence[CapacityRow], stored: Mapping[str, Stored], sharing: Sharing, now: datetime, tell: Tell
) -> Iterator[PlannedRow]:
    for index, row in enumerate(rows):
        if index % _TOLD_EVERY == 0:
            tell("compare", index, len(rows))
        yield _plan_row(row, stored.get(row.code), sharing, now)


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
    author: Author,
    plan: ImportPlan,
    owner: Organisation,
    status: str,
    *,
    now: datetime,
    reason: str,
    tell: Tell = silent,
) -> ImportCounts:
    """Write a plan: everything or nothing.

    Raises
    ------
    InvalidInput
        Where the plan has errors; with every one of them.
    """
    if plan.errors:
        raise InvalidInput(plan.errors)
    rows = [row for row in plan.rows if row.action is not RowAction.UNCHANGED]
    with transaction.atomic():
        _write(author, rows, owner, status, now, reason, tell)
    return ImportCounts(*(plan.count(action) for action in RowAction))


def _write(
    author: Author,
    rows: Collection[PlannedRow],
    owner: Organisation,
    status: str,
    now: datetime,
    reason: str,
    tell: Tell,
) -> None:
    if any(row.before is None for row in rows):
        check_status(status)
    wanted = {row.code: row.after for row in rows}
    groups = group_keys({group for row in rows for group in row.after["groups"]})
    keys = write_capacities(owner.pk, status, wanted, lambda done: tell("write", done, len(wanted)))
    relisted = {row.code: keys[row.code] for row in rows if row.before is None or set(LIST_FIELDS) & set(row.changes)}
    write_lists(relisted, wanted, groups)
    _address(author, [keys[row.code] for row in rows if row.before is None], owner)
    tell("history", 0, 0)
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
