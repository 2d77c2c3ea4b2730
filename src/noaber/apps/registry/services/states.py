"""The states of many teams, as a control room reports them: one touch at a time, or all confirmed as they are.

Two rooms may look at the same teams. What someone saw of a team is named by its newest change, and a report that was
made from an older sight is refused: the two look again.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from noaber.apps.accounts.services import announce
from noaber.apps.accounts.sharing import readers_of
from noaber.apps.records.enums import ChangeAction
from noaber.apps.records.history import Author, Changed, append_changes
from noaber.apps.records.models import Change
from noaber.apps.records.rows import lock_row
from noaber.apps.registry.enums import CapacityState
from noaber.apps.registry.models import Capacity
from noaber.apps.registry.services.capacities import report_state
from noaber.core.problems import NotAllowed

Seen = Mapping[int, int]
"""By key of a capacity: its newest change, 0 where it has none."""


def newest_changes(keys: Collection[int]) -> dict[int, int]:
    """What names the present sight of capacities."""
    rows = Change.objects.filter(subject=Capacity._meta.model_name, subject_id__in=keys).order_by()
    return dict.fromkeys(keys, 0) | dict(rows.values_list("subject_id").annotate(newest=Max("pk")))


def lock_seen(capacity: Capacity, seen: int) -> Capacity:
    """The capacity as it stands, locked until the transaction ends; `NotAllowed` where it was changed since."""
    current = lock_row(Capacity.objects.select_related("owner"), capacity.pk)
    if newest_changes([current.pk])[current.pk] != seen:
        raise NotAllowed("registry.state-overtaken", name=current.name)
    return current


def report_seen_state(
    author: Author,
    capacity: Capacity,
    seen: int,
    *,
    state: CapacityState,
    reduced_to: int | None = None,
    until: datetime | None = None,
    reason: str = "",
    now: datetime,
) -> Capacity:
    """Report the state of a team that someone sees before them.

    The same state without a new word confirms what stands there: its end and its reason stay.

    Raises
    ------
    NotAllowed
        Where somebody has changed the capacity since.
    """
    with transaction.atomic():
        current = lock_seen(capacity, seen)
        if state == current.state and reduced_to == current.reduced_to and until is None and not reason:
            until, reason = current.state_until, current.state_reason
        return report_state(author, current, state=state, reduced_to=reduced_to, until=until, reason=reason, now=now)


def confirm_states(author: Author, seen: Seen, *, now: datetime) -> int:
    """Say of every team that its state is as it stands: all of them, or none where one was changed since.

    Raises
    ------
    NotAllowed
        Where somebody has changed one of them since.
    """
    with transaction.atomic():
        rows = list(Capacity.objects.select_for_update(of=("self",)).filter(pk__in=seen).order_by("pk"))
        if newest_changes(list(seen)) != dict(seen):
            raise NotAllowed("registry.states-overtaken")
        was = {row.pk: row.state_at for row in rows}
        Capacity.objects.filter(pk__in=was).update(state_at=now)
        changed = (
            Changed(key, ChangeAction.STATE, {"state_at": (at.isoformat(), now.isoformat())}) for key, at in was.items()
        )
        append_changes(author, Capacity, changed, at=now)
        announce({reader for row in _samples(rows) for reader in readers_of(row)})
        return len(rows)


def _samples(rows: Collection[Capacity]) -> list[Capacity]:
    """One for each owner, label and combination of groups: those reach the same readers."""
    through = Capacity.groups.through
    pairs = through.objects.filter(capacity__in=[row.pk for row in rows]).values_list("capacity_id", "sharinggroup_id")
    groups: dict[int, set[int]] = {}
    for key, group in pairs:
        groups.setdefault(key, set()).add(group)
    found = {(row.owner_id, row.tlp, frozenset(groups.get(row.pk, ()))): row for row in rows}
    return list(found.values())
