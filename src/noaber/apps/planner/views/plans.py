"""What is done with the plan of an incident: propose and adjust it, alert own teams, draft requests."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from noaber.apps.accounts.acting import ActingRequest, acting_required
from noaber.apps.accounts.services import do_once
from noaber.apps.planner.forms.alerts import AlertForm
from noaber.apps.planner.models import Incident, Need, Proposal
from noaber.apps.planner.presenters.incident_page import incident_context
from noaber.apps.planner.presenters.proposal_part import proposal_context
from noaber.apps.planner.queries.incidents import get_need, get_proposal
from noaber.apps.planner.services import alerting, drafting, proposals
from noaber.apps.planner.views.inputs import find_incident, posted_text
from noaber.web.htmx import wants_fragment
from noaber.web.reader import reader_language


@acting_required
@require_GET
def proposal(request: ActingRequest, number: str) -> HttpResponse:
    """The proposal of an open page: nothing where the page has it already, as `?have=` says."""
    found = find_incident(request, number)
    newest = proposals.latest_proposal(request.acting, found)
    context = proposal_context(request.acting, found, newest)
    if request.GET.get("have") == context["mark"]:
        return HttpResponse(status=204)
    return render(request, "planner/_proposal_answer.html", context)


@acting_required
@require_POST
def propose(request: ActingRequest, number: str) -> HttpResponse:
    found = find_incident(request, number)
    unknown_too = None if "again" in request.POST else bool(request.POST.get("include_unknown"))
    made = proposals.propose(request.acting, found, include_unknown=unknown_too)
    return _proposal_answer(request, found, made, just_proposed=True)


@acting_required
@require_POST
def adjust(request: ActingRequest, number: str, code: str, action: str) -> HttpResponse:
    """Take a line out, pin it, or undo that; the plan closes around it."""
    found = find_incident(request, number)
    need = get_need(request.acting.organisation, number, code)
    return _proposal_answer(request, found, _adjust(request, need, action))


def _adjust(request: ActingRequest, need: Need, action: str) -> Proposal:
    unit, language = posted_text(request, "unit", longest=80), reader_language()
    match action:
        case "remove":
            reason = posted_text(request, "reason", longest=200)
            return proposals.remove_line(request.acting, need, unit, reason=reason, language=language)
        case "pin":
            return proposals.pin_line(request.acting, need, unit, _teams(request), language=language)
        case _:
            return proposals.drop_adjustment(request.acting, need, unit)


def _teams(request: HttpRequest) -> int:
    quantity = request.POST.get("quantity", "")
    return max(1, int(quantity)) if quantity.isdecimal() and len(quantity) < 7 else 1


@acting_required
@require_POST
def restore(request: ActingRequest, number: str) -> HttpResponse:
    found = find_incident(request, number)
    return _proposal_answer(request, found, proposals.drop_all_adjustments(request.acting, found))


def _proposal_answer(
    request: ActingRequest, incident: Incident, made: Proposal, *, just_proposed: bool = False
) -> HttpResponse:
    if wants_fragment(request):
        context = proposal_context(request.acting, incident, made) | {"just_proposed": just_proposed}
        return render(request, "planner/_proposal_answer.html", context)
    return redirect(reverse("incident", args=[incident.number]) + "#proposal")


@acting_required
@require_POST
def alert(request: ActingRequest, number: str, pk: int) -> HttpResponse:
    """Alert the own teams of the proposal at their owners; where that was done by phone, say so."""
    found = find_incident(request, number)
    made = get_proposal(request.acting.organisation, found, pk)
    form = AlertForm(request.POST)
    if not form.is_valid():
        return _alert_answer(request, found, made, form, status=422)

    def work() -> str:
        alerting.alert_own_teams(
            request.acting,
            made,
            found,
            language=reader_language(),
            is_confirmed=form.cleaned_data["is_confirmed"],
            manner=form.manner(),
        )
        return reverse("incident", args=[found.number]) + "#proposal"

    location = do_once(request.POST.get("once", ""), request.acting.person, work)
    return _alert_answer(request, found, made, None) if wants_fragment(request) else redirect(location)


def _alert_answer(
    request: ActingRequest, incident: Incident, made: Proposal, form: AlertForm | None, *, status: int = 200
) -> HttpResponse:
    fragment = wants_fragment(request)
    context = (
        proposal_context(request.acting, incident, made) if fragment else incident_context(request.acting, incident)
    )
    context |= {"alert_form": form or AlertForm(), "just_alerted": form is None}
    template = "planner/_proposal_answer.html" if fragment else "planner/incident.html"
    return render(request, template, context, status=status)


@acting_required
@require_POST
def draft(request: ActingRequest, number: str, pk: int) -> HttpResponse:
    """Turn the proposal into drafts of requests, one for each centre and text."""
    found = find_incident(request, number)
    made = get_proposal(request.acting.organisation, found, pk)

    def work() -> str:
        drafting.draft_requests(request.acting, made, language=reader_language(), incident=found)
        return reverse("incident-review", args=[found.number])

    return redirect(do_once(request.POST.get("once", ""), request.acting.person, work))
