"""What the page of a capacity shows of the planner: when its teams are reserved, and for what."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from noaber.apps.accounts.acting import ActingRequest, acting_required
from noaber.apps.planner.queries.reservations import records_of
from noaber.apps.records.kinds import kind_of
from noaber.apps.registry.queries.capacities import get_capacity
from noaber.apps.registry.queries.reservations import reservations_ahead
from noaber.web.clock import now


@acting_required
@require_GET
def reserved(request: ActingRequest, pk: int) -> HttpResponse:
    """The reservations that hold now or later; that they hold is told to whoever sees the capacity."""
    reader = request.acting.organisation
    capacity = get_capacity(reader, request.status_band, pk)
    held = list(reservations_ahead([capacity.pk], now()))
    records = records_of(reader, held)
    titles = {key: kind_of(record).title(record) for key, record in records.items()}
    rows = [(one, records.get(one.pk), titles.get(one.pk, "")) for one in held]
    return render(request, "planner/_reserved.html", {"rows": rows})
