"""One capacity at a time: added, changed, its state reported, withdrawn."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from noaber.apps.accounts.enums import TlpLabel
from noaber.apps.accounts.models import Organisation
from noaber.apps.accounts.sharing import readers_of
from noaber.apps.accounts.status import check_status
from noaber.apps.records.enums import ChangeAction
from noaber.apps.records.history import Author, Changed, announce_readers, append_changes
from noaber.apps.records.rows import lock_row
from noaber.apps.records.sharing import group_keys
from noaber.apps.registry.enums import CapacityState
from noaber.apps.registry.models import Capacity, HomeCover
from noaber.apps.registry.services.capacity_values import (
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
from noaber.core.edits import digest_of
from noaber.core.problems import InvalidInput, NotAllowed, Problem


def add_capacity(
    author: Author, owner: Organisation, status: str, code: str, given: Mapping[str, Any], *, now: datetime
) -> Capacity:
    """Add a capacity; one that was withdrawn under this code is there again.

    Raises
    ------
    NotAllowed
        Where the owner has a capacity of that code.
    InvalidInput
        Where the values do not fit together; each problem's place is the name of the field.
    """
    with transaction.atomic():
        before = stored_capacities(owner.pk, status, [code]).get(code)
        if before is not None and before.values["withdrawn_at"] is None:
            raise NotAllowed("registry.same-code", id=code)
        return _write(author, owner, status, code, before, given, ChangeAction.ADDED, now, "")


def change_capacity(
    author: Author, capacity: Capacity, given: Mapping[str, Any], *, now: datetime, reason: str = ""
) -> Capacity:
    """Change what is said of a capacity that is not withdrawn; fields that are not given stay."""
    return _rewrite(author, capacity, given, ChangeAction.CHANGED, now, reason)


def report_state(
    author: Author,
    capacity: Capacity,
    *,
    state: CapacityState,
    reduced_to: int | None = None,
    until: datetime | None = None,
    reason: str = "",
    now: datetime,
) -> Capacity:
    """Say what state a capacity is in at this moment; also when nothing has changed, which makes the state fresh."""
    given = {
        "state": state.value,
        "reduced_to": reduced_to if state is CapacityState.REDUCED else None,
        "state_until": None if state is CapacityState.AVAILABLE else until,
        "state_reason": reason,
        "state_at": now,
    }
    return _rewrite(author, capacity, given, ChangeAction.STATE, now, reason)


def withdraw_capacity(author: Author, capacity: Capacity, *, now: datetime, reason: str) -> None:
    """Take a capacity out of every list; its history stays, and it can be added again under its code."""
    _rewrite(author, capacity, {"withdrawn_at": now}, ChangeAction.WITHDRAWN, now, reason)


def set_home_cover(
    author: Author,
    owner: Organisation,
    status: str,
    capability: str,
    minimum: int,
    *,
    tlp: str = TlpLabel.RED,
    groups: Collection[str] = (),
    seen: str | None = None,
    now: datetime,
) -> None:
    """Say how many teams of a capability stay at home whatever is asked; 0 takes the rule away.

    Others know of it, and plan with it, only as far as label and groups let it reach them.

    Parameters
    ----------
    seen
        The `cover_digest` of what they were shown, where they were.

    Raises
    ------
    InvalidInput
        Where another minimum stands there by now than they were shown.
    """
    with transaction.atomic():
        lock_row(Organisation.objects.all(), owner.pk)
        row = HomeCover.objects.filter(owner=owner, status=status, capability=capability).first()
        if seen is not None and seen != cover_digest(row):
            raise InvalidInput([Problem("registry.field-overtaken")])
        before = row.minimum if row else 0
        if row is None:
            check_status(status)
        row = row or HomeCover(owner=owner, status=status, capability=capability)
        key = _save_home_cover(row, minimum, tlp, groups)
        if before == minimum:
            return
        fields = {capability: (before, minimum)}
        append_changes(author, HomeCover, [Changed(key, ChangeAction.CHANGED, fields)], at=now)


def cover_digest(row: HomeCover | None) -> str:
    """The same as long as the same stands there, shared with the same; empty where nothing does."""
    if row is None:
        return ""
    return digest_of((str(row.minimum), row.tlp, *sorted(group.code for group in row.groups.all())))


def _save_home_cover(row: HomeCover, minimum: int, tlp: str, groups: Collection[str]) -> int:
    """The key that the row has, or had."""
    key = row.pk or 0
    if minimum:
        row.minimum, row.tlp = minimum, tlp
        row.save()
        row.groups.set(group_keys(groups).values())
        return row.pk
    if row.pk:
        row.delete()
    return key


def _rewrite(
    author: Author, capacity: Capacity, given: Mapping[str, Any], action: ChangeAction, now: datetime, reason: str
) -> Capacity:
    with transaction.atomic():
        lock_row(Capacity.objects.filter(withdrawn_at__isnull=True), capacity.pk)
        before = stored_capacities(capacity.owner_id, capacity.status, [capacity.code])[capacity.code]
        return _write(author, capacity.owner, capacity.status, capacity.code, before, given, action, now, reason)


def _write(
    author: Author,
    owner: Organisation,
    status: str,
    code: str,
    before: Stored | None,
    given: Mapping[str, Any],
    action: ChangeAction,
    now: datetime,
    reason: str,
) -> Capacity:
    if before is None:
        check_status(status)
    fresh = new_values(code)
    after = merged(before.values if before else None, given, fresh, now)
    _check(after)
    saw = list(readers_of(Capacity.objects.get(pk=before.pk))) if before else []
    keys = write_capacities(owner.pk, status, {code: after})
    write_lists(keys, {code: after}, group_keys(after["groups"]))
    capacity = Capacity.objects.select_related("owner").get(pk=keys[code])
    if author.organisation is not None and author.organisation != owner:
        capacity.addressees.add(author.organisation)
    fields = differences(before.values, after) if before else {}
    append_changes(author, Capacity, [Changed(capacity.pk, action, fields)], at=now, reason=reason)
    announce_readers(capacity, *saw)
    return capacity


def _check(values: Values) -> None:
    problems = [Problem(code, field, params) for field, code, params in problems_of(values)]
    if problems:
        raise InvalidInput(problems)
