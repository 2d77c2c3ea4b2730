"""What a reader sees of a capacity: the owner all of it, others no more than the owner lets go.

An owner may share "up to n may go" instead of its stock. Then others see n where there is a stock, and at most n of
what is left; the state is told from those two numbers alone, so neither a list, a filter, a sum nor a plan gives
away how many teams there really are. It is applied in the query: everything that reads capacities starts here.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final, cast

from django.db.models import BooleanField, Case, CharField, F, IntegerField, Q, Value, When
from django.db.models.functions import Coalesce, Least

from noaber.apps.accounts.models import Organisation
from noaber.apps.accounts.queries import keeps
from noaber.apps.accounts.sharing import SharedQuerySet
from noaber.apps.registry.enums import CapacityState
from noaber.apps.registry.models import Capacity

STALE_AFTER: Final = timedelta(hours=24)
"""A state that is older than this is marked wherever it is shown."""


def seen_capacities(reader: Organisation, status: str) -> SharedQuerySet[Capacity]:
    """The capacities of a status that `reader` may see, with what it may see of them.

    Each row has `is_kept` (its owner, or who keeps it for an owner without Noaber, asks), `seen_quantity`,
    `seen_available` and `seen_state`; these, and never the fields behind them, are shown to others.
    """
    kept = keeps(reader)
    rows = (
        Capacity.objects.visible_to(reader)
        .filter(status=status, withdrawn_at__isnull=True)
        .annotate(
            is_kept=Case(When(owner__in=kept, then=Value(True)), default=Value(False), output_field=BooleanField()),
            left=_left(),
            goes=Coalesce("share_up_to", "quantity"),
        )
        .annotate(
            seen_quantity=Case(When(is_kept=True, then=F("quantity")), default=F("goes"), output_field=IntegerField()),
            seen_available=Case(
                When(is_kept=True, then=F("left")), default=Least("left", "goes"), output_field=IntegerField()
            ),
            seen_state=_seen_state(),
        )
        .select_related("owner")
    )
    return cast("SharedQuerySet[Capacity]", rows)


def _left() -> Case:
    """The teams that the owner has left."""
    return Case(
        When(state=CapacityState.AVAILABLE, then=F("quantity")),
        When(state=CapacityState.REDUCED, then=F("reduced_to")),
        default=Value(0),
        output_field=IntegerField(),
    )


def _seen_state() -> Case:
    return Case(
        When(Q(is_kept=True) | Q(share_up_to__isnull=True), then=F("state")),
        When(left__gte=F("goes"), then=Value(CapacityState.AVAILABLE.value)),
        When(left__gt=0, then=Value(CapacityState.REDUCED.value)),
        default=F("state"),
        output_field=CharField(),
    )


def is_stale(state_at: datetime, now: datetime) -> bool:
    """Whether a state is too old to be shown without a mark."""
    return now - state_at > STALE_AFTER
