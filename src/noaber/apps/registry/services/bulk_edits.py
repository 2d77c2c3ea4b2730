"""One change of many capacities: what it would do row by row, done in one transaction, and taken back.

What is given is kept as JSON holds it: a value for a field, for lists what to add and to take away, for properties
the values by code. A row that it does not fit is refused and stays as it is.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final

from django.db import transaction

from noaber.apps.accounts.acting import Acting
from noaber.apps.accounts.services import announce
from noaber.apps.accounts.sharing import readers_of
from noaber.apps.records.enums import ChangeAction
from noaber.apps.records.history import Author, Changed, append_changes
from noaber.apps.records.sharing import group_keys
from noaber.apps.registry.enums import CapacityState
from noaber.apps.registry.models import BulkEdit, Capacity
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
from noaber.core.problems import NotAllowed, Problem

ADD: Final = "add"
REMOVE: Final = "remove"
LISTED: Final = ("languages", "host_needs", "groups")
_MONEY: Final = ("cost_per_day_eur", "cost_mobilisation_eur", "cost_per_km_eur")
_INSTANTS: Final = ("state_until", "state_at", "withdrawn_at")
_CHUNK: Final = 10_000


@dataclass(frozen=True)
class BulkRow:
    """What happens to one capacity: its changes, or why it stays as it is."""

    key: int
    owner: int
    code: str
    before: Stored
    after: Values
    changes: Mapping[str, tuple[Any, Any]]
    refusals: tuple[Problem, ...] = ()

    @property
    def acts(self) -> bool:
        return bool(self.changes) and not self.refusals


def prepare_bulk_edit(
    acting: Acting, status: str, keys: Collection[int], given: Mapping[str, Any], *, reason: str, now: datetime
) -> BulkEdit:
    """Keep what someone means to do, to look at before it is done."""
    return BulkEdit.objects.create(
        token=secrets.token_urlsafe(32),
        organisation=acting.organisation,
        person=acting.person,
        status=status,
        at=now,
        given=dict(given),
        keys=list(keys),
        reason=reason,
    )


def plan_bulk_edit(edit: BulkEdit, kept: frozenset[int], *, now: datetime) -> list[BulkRow]:
    """Row by row what it would do now; capacities that are not kept, or no longer there, are left out."""
    return [
        _plan_row(key, owner, code, stored, edit.given, now)
        for key, owner, code, stored in _stored(edit.keys, kept, edit.status)
        if stored.values["withdrawn_at"] is None
    ]


def _stored(keys: Collection[int], kept: frozenset[int], status: str) -> Iterator[tuple[int, int, str, Stored]]:
    """The capacities of the keys, by owner and code."""
    named: dict[int, dict[str, int]] = {}
    ordered = sorted(keys)
    for start in range(0, len(ordered), _CHUNK):
        rows = Capacity.objects.filter(pk__in=ordered[start : start + _CHUNK], owner__in=kept, status=status)
        for key, owner, code in rows.order_by("owner__code", "code").values_list("pk", "owner_id", "code"):
            named.setdefault(owner, {})[code] = key
    for owner, codes in named.items():
        stored = stored_capacities(owner, status)
        for code, key in codes.items():
            yield key, owner, code, stored[code]


def _plan_row(key: int, owner: int, code: str, stored: Stored, given: Mapping[str, Any], now: datetime) -> BulkRow:
    after = merged(stored.values, _given_for(stored.values, given), new_values(code), now)
    refusals = tuple(Problem(problem, field, params) for field, problem, params in problems_of(after))
    return BulkRow(key, owner, code, stored, after, differences(stored.values, after), refusals)


def _given_for(values: Values, given: Mapping[str, Any]) -> Values:
    """What is given, for a capacity whose lists and properties are added to."""
    wanted: Values = {}
    for name, value in given.items():
        if name in LISTED:
            kept = [code for code in values[name] if code not in value.get(REMOVE, ())]
            wanted[name] = tuple(dict.fromkeys((*kept, *value.get(ADD, ()))))
        elif name == "attributes":
            wanted[name] = {**values["attributes"], **value}
        else:
            wanted[name] = typed(name, value)
    if wanted.get("state") and wanted["state"] != CapacityState.REDUCED:
        wanted["reduced_to"] = None
    return wanted


def typed(name: str, value: Any) -> Any:
    """A value of a field from what JSON holds of it."""
    if value is None:
        return None
    if name in _MONEY:
        return Decimal(value)
    if name in _INSTANTS:
        return datetime.fromisoformat(value)
    if name == "cost_as_of":
        return date.fromisoformat(value)
    return tuple(value) if name in (*LISTED, *LIST_FIELDS) else value


def fingerprint_of(rows: Iterable[BulkRow]) -> str:
    """The same for two plans that do the same, whenever a state is stated."""
    told = [
        (row.key, {name: pair for name, pair in row.changes.items() if name != "state_at"}) for row in rows if row.acts
    ]
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()


def apply_bulk_edit(author: Author, edit: BulkEdit, kept: frozenset[int], shown: str, *, now: datetime) -> int:
    """Do what was looked at, all in one transaction; answers with how many capacities it changed.

    Raises
    ------
    NotAllowed
        Where it was done already, or would do something else than what was shown.
    """
    with transaction.atomic():
        if not BulkEdit.objects.filter(pk=edit.pk, done_at__isnull=True).update(done_at=now):
            raise NotAllowed("registry.bulk-done")
        rows = [row for row in plan_bulk_edit(edit, kept, now=now) if row.acts]
        if fingerprint_of(rows) != shown:
            raise NotAllowed("registry.changed-meanwhile")
        _write(author, rows, edit.status, ChangeAction.BULK, edit.reason, now)
        written = {str(row.key): {name: list(pair) for name, pair in row.changes.items()} for row in rows}
        BulkEdit.objects.filter(pk=edit.pk).update(written=written)
        return len(rows)


@dataclass(frozen=True)
class Undone:
    """How many are as they were, and the keys of those that somebody has changed since, which stay."""

    count: int
    overtaken: tuple[int, ...]


def undo_bulk_edit(author: Author, edit: BulkEdit, kept: frozenset[int], *, now: datetime) -> Undone:
    """Put back what stood there before, wherever it still stands as the edit left it.

    Raises
    ------
    NotAllowed
        Where it was not done, or is taken back already.
    """
    with transaction.atomic():
        pending = BulkEdit.objects.filter(pk=edit.pk, done_at__isnull=False, undone_at__isnull=True)
        if not pending.update(undone_at=now):
            raise NotAllowed("registry.bulk-undone")
        rows: list[BulkRow] = []
        overtaken: list[int] = []
        for key, owner, code, stored in _stored([int(key) for key in edit.written], kept, edit.status):
            row = _undo_row(key, owner, code, stored, edit.written[str(key)], now)
            if row is None:
                overtaken.append(key)
            else:
                rows.append(row)
        _write(author, rows, edit.status, ChangeAction.UNDONE, edit.reason, now)
        return Undone(len(rows), tuple(overtaken))


def _undo_row(
    key: int, owner: int, code: str, stored: Stored, written: Mapping[str, Any], now: datetime
) -> BulkRow | None:
    back = {name: typed(name, before) for name, (before, _after) in written.items()}
    left = {name: typed(name, after) for name, (_before, after) in written.items()}
    if any(stored.values[name] != value for name, value in left.items()):
        return None
    after = merged(stored.values, back, new_values(code), now)
    return BulkRow(key, owner, code, stored, after, differences(stored.values, after))


def _write(
    author: Author, rows: Iterable[BulkRow], status: str, action: ChangeAction, reason: str, now: datetime
) -> None:
    by_owner: dict[int, list[BulkRow]] = {}
    for row in rows:
        by_owner.setdefault(row.owner, []).append(row)
    for owner, its_rows in by_owner.items():
        saw = _readers(its_rows, "before")
        wanted = {row.code: row.after for row in its_rows}
        keys = write_capacities(owner, status, wanted)
        relisted = {row.code: keys[row.code] for row in its_rows if set(LIST_FIELDS) & set(row.changes)}
        write_lists(relisted, wanted, group_keys({group for code in relisted for group in wanted[code]["groups"]}))
        append_changes(
            author, Capacity, (Changed(row.key, action, row.changes) for row in its_rows), at=now, reason=reason
        )
        announce([*saw, *_readers(its_rows, "after")])


def _readers(rows: Iterable[BulkRow], when: str) -> list[Any]:
    """Who sees any of them: asked once for each combination of label and groups."""
    samples = {}
    for row in rows:
        values = row.before.values if when == "before" else row.after
        samples[values["tlp"], values["groups"]] = row.key
    return [reader for record in Capacity.objects.filter(pk__in=samples.values()) for reader in readers_of(record)]
