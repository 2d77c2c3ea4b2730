"""Closures as an organisation sees them."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q

from noaber.apps.accounts.models import Organisation
from noaber.apps.accounts.sharing import SharedQuerySet
from noaber.apps.roads.models import Closure


def list_closures(reader: Organisation, status: str) -> SharedQuerySet[Closure]:
    """Every closure of a status that `reader` may see, over or not, the newest first."""
    seen = Closure.objects.visible_to(reader).filter(status=status)
    return seen.select_related("owner", "made_by", "opened_by").prefetch_related("groups")


def closures_at(reader: Organisation, status: str, at: datetime) -> SharedQuerySet[Closure]:
    """Those whose roads are closed at the moment `at`."""
    return list_closures(reader, status).filter(
        Q(ends_at__isnull=True) | Q(ends_at__gt=at), Q(opened_at__isnull=True) | Q(opened_at__gt=at), begins_at__lte=at
    )


def get_closure(reader: Organisation, pk: int) -> Closure:
    """The closure, or `NotFound`."""
    return Closure.objects.select_related("owner", "made_by", "opened_by").get_visible(reader, pk=pk)
