"""The page of one plan for all open incidents."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from noaber.apps.accounts.acting import ActingRequest, acting_required
from noaber.apps.accounts.status import status_asked
from noaber.apps.planner import proposals
from noaber.apps.planner.joint_plan import joint_context, near_context
from noaber.apps.planner.together import incidents_together
from noaber.core.problems import NotAllowed


@acting_required
@require_http_methods(["GET", "POST"])
def joint_plan(request: ActingRequest) -> HttpResponse:
    """The newest plan for all that one has open; posted, it is made anew. `?status=` is the kind, never two at once."""
    status = status_asked(request)
    request.status_band = status
    if request.GET.get("part") == "near":
        return render(request, "planner/_joint_near.html", near_context(request.acting, status))
    if request.method == "GET":
        return render(request, "planner/joint_plan.html", joint_context(request.acting, status))
    together = incidents_together(request.acting.organisation, status)
    if not together:
        raise NotAllowed("incident.no-needs")
    proposals.propose(request.acting, together[0], include_unknown=None)
    return redirect(f"{reverse('joint-plan')}?status={status}#plan")
