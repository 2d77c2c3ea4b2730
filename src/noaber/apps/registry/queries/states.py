"""The teams of a control room, and who said last how they are."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from django.db.models import Max, Q, QuerySet

from noaber.apps.accounts.models import Organisation
from noaber.apps.records.enums import ChangeAction
from noaber.apps.records.models import Change
from noaber.apps.registry.models import Capacity
from noaber.apps.registry.seen import seen_capacities

NEWEST: Final = 15
_SAID: Final = Q(action__in=(ChangeAction.STATE, ChangeAction.ADDED)) | Q(fields__has_key="state_at")


def own_teams(reader: Organisation, status: str, text: str = "") -> QuerySet[Capacity]:
    """The capacities that a reader keeps, by base."""
    rows = seen_capacities(reader, status).filter(Q(is_kept=True))
    for word in text.split():
        rows = rows.filter(
            Q(name__icontains=word) | Q(base__icontains=word) | Q(code__icontains=word) | Q(owner__code__icontains=word)
        )
    return rows.order_by("owner__code", "base", "name", "pk").prefetch_related("capability_rows")


def last_reports(keys: Collection[int]) -> dict[int, Change]:
    """By key of a capacity: the change that said last how it is."""
    changes = Change.objects.filter(_SAID, subject=Capacity._meta.model_name, subject_id__in=keys).order_by()
    newest = changes.values_list("subject_id").annotate(newest=Max("pk")).values_list("newest", flat=True)
    found = Change.objects.filter(pk__in=list(newest)).select_related("organisation")
    return {change.subject_id: change for change in found}


def newest_reports(rows: QuerySet[Capacity]) -> list[Change]:
    """The newest reports of states of any of the capacities."""
    keys = rows.order_by().values("pk")
    changes = Change.objects.filter(subject=Capacity._meta.model_name, subject_id__in=keys)
    return list(changes.filter(action=ChangeAction.STATE).select_related("organisation")[:NEWEST])
