"""The page of one plan for all open incidents."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from noaber.apps.accounts.acting import ActingRequest, acting_required
from noaber.apps.accounts.enums import Permission
from noaber.apps.accounts.services import do_once
from noaber.apps.accounts.status import status_asked
from noaber.apps.exchange.services import HERE
from noaber.apps.planner.models import Proposal
from noaber.apps.planner.presenters.joint_plan import joint_context, near_context, newest_plan
from noaber.apps.planner.presenters.most_help import help_context
from noaber.apps.planner.presenters.sign_off import joint_review_url, state_of_plan
from noaber.apps.planner.queries.joint_incidents import joint_incidents
from noaber.apps.planner.services import proposals
from noaber.apps.planner.services.drafting import draft_requests
from noaber.apps.planner.services.joint_sending import alert_all, reviews_of, send_all_ready
from noaber.core.problems import NotAllowed
from noaber.web.reader import reader_language


@acting_required
@require_http_methods(["GET", "POST"])
def joint_plan(request: ActingRequest) -> HttpResponse:
    """The newest plan for all that one has open; posted, it is made anew. `?status=` is the kind, never two at once."""
    status = status_asked(request)
    request.status_band = status
    if request.GET.get("part") == "near":
        return render(request, "planner/_joint_near.html", near_context(request.acting, status))
    if request.GET.get("part") == "help":
        found = help_context(request.acting, status, newest_plan(request.acting, status))
        return render(request, "planner/_most_help.html", found)
    if request.method == "GET":
        context = joint_context(request.acting, status) | {
            "sign_off": state_of_plan(request.acting, status),
            "may_sign": request.acting.may(Permission.SIGN_OFF),
        }
        return render(request, "planner/joint_plan.html", context)
    together = joint_incidents(request.acting.organisation, status)
    if not together:
        raise NotAllowed("incident.no-needs")
    proposals.propose(request.acting, together[0], include_unknown=None)
    return redirect(f"{reverse('joint-plan')}?status={status}#plan")


@acting_required
@require_GET
def joint_review(request: ActingRequest) -> HttpResponse:
    """The last look at what the newest plan sets going, for all its incidents: own teams to alert, drafts to send."""
    status = status_asked(request)
    request.status_band = status
    proposal = newest_plan(request.acting, status)
    reviews = reviews_of(request.acting, proposal) if proposal is not None else []
    context = {
        "status": status,
        "proposal": proposal,
        "reviews": reviews,
        "own_count": sum(one.own_count for one in reviews),
        "ready_count": sum(one.ready_count for one in reviews),
        "drafts_count": sum(len(one.rows) for one in reviews),
        "unsigned_count": sum(1 for one in reviews for row in one.rows if row.unsigned and not row.problems),
        "may_send": request.acting.may(Permission.SEND_REQUEST),
        "may_sign": request.acting.may(Permission.SIGN_OFF),
    }
    return render(request, "planner/joint_review.html", context)


@acting_required
@require_POST
def joint_draft(request: ActingRequest, pk: int) -> HttpResponse:
    """Turn the plan into drafts for all its incidents, one for each centre, text and incident."""
    status, made = _made(request, pk)

    def work() -> str:
        draft_requests(request.acting, made, language=reader_language())
        return joint_review_url(status)

    return redirect(do_once(request.POST.get("once", ""), request.acting.person, work))


@acting_required
@require_POST
def joint_alert(request: ActingRequest, pk: int) -> HttpResponse:
    """Alert the own teams of all incidents of the plan."""
    status, made = _made(request, pk)

    def work() -> str:
        teams = alert_all(request.acting, made, status, language=reader_language(), manner=HERE)
        words = ngettext("%(count)s own team was alerted.", "%(count)s own teams were alerted.", teams)
        messages.success(request, words % {"count": teams})
        return _after(request, status, made)

    return redirect(do_once(request.POST.get("once", ""), request.acting.person, work))


@acting_required
@require_POST
def joint_send(request: ActingRequest, pk: int) -> HttpResponse:
    """Send every draft of the plan's incidents that is complete and signed off; the others stay."""
    status, made = _made(request, pk)

    def work() -> str:
        sent = send_all_ready(request.acting, made)
        words = ngettext("%(count)s request was sent.", "%(count)s requests were sent.", sent) % {"count": sent}
        messages.success(request, words)
        return _after(request, status, made)

    return redirect(do_once(request.POST.get("once", ""), request.acting.person, work))


def _made(request: ActingRequest, pk: int) -> tuple[str, Proposal]:
    """The plan, which is the organisation's own, and the kind of its incidents."""
    made = Proposal.objects.filter(organisation=request.acting.organisation, pk=pk).first()
    first = made.incidents.first() if made is not None else None
    if made is None or first is None:
        raise Http404
    request.status_band = first.status
    return first.status, made


def _after(request: ActingRequest, status: str, made: Proposal) -> str:
    """Where more is left, back to it; else to the plan."""
    left = reviews_of(request.acting, made)
    return joint_review_url(status) if left else f"{reverse('joint-plan')}?status={status}"
