"""What the desk does about a need that nobody covers: leave it open with why, and look up the next that fits."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from noaber.apps.accounts.acting import ActingRequest, acting_required
from noaber.apps.planner.queries.incidents import get_incident
from noaber.apps.planner.services.gaps import accept_gap
from noaber.web.reader import reader_language


@acting_required
@require_POST
def leave_open(request: ActingRequest, number: str) -> HttpResponse:
    """Let what is open of some needs stay so; one comes back to the desk."""
    found = get_incident(request.acting.organisation, number)
    codes = request.POST.getlist("need")
    accept_gap(request.acting, found, codes, reason=request.POST.get("reason", ""), language=reader_language())
    return redirect(f"{reverse('desk')}?status={found.status}")
