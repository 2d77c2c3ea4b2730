"""Pages of incidents: the list, the form, the incident with its proposal, and the review before sending."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from noaber.apps.accounts.acting import ActingRequest, acting_required
from noaber.apps.accounts.enums import Permission, Status
from noaber.apps.accounts.services import do_once
from noaber.apps.planner import proposals, services
from noaber.apps.planner.context import incident_context, proposal_context
from noaber.apps.planner.forms import IncidentForm, NeedForm, initial_of, initial_of_need
from noaber.apps.planner.models import Incident, Proposal
from noaber.apps.planner.presenters import IncidentRow, incident_rows
from noaber.apps.planner.queries import get_incident, get_need, get_proposal, list_incidents
from noaber.apps.planner.review import review_rows, send_ready
from noaber.apps.registry.coded import reader_language
from noaber.web.htmx import render_page_or_fragment, wants_fragment
from noaber.web.pagination import paginate
from noaber.web.tables import Column, Sorting, export

INCIDENT_COLUMNS: tuple[Column[IncidentRow], ...] = (
    Column("number", gettext_lazy("Number"), lambda row: row.incident.number),
    Column("title", gettext_lazy("Incident"), lambda row: row.incident.title),
    Column("hazard", gettext_lazy("Hazard"), lambda row: row.hazard),
    Column("severity", gettext_lazy("Severity"), lambda row: row.incident.get_severity_display()),
    Column("owner", gettext_lazy("Owner"), lambda row: row.incident.owner.code),
    Column("opened", gettext_lazy("Opened"), lambda row: row.incident.opened_at),
)


@acting_required
@require_GET
def incidents(request: ActingRequest) -> HttpResponse:
    status = _status_asked(request)
    request.status_band = status
    closed = request.GET.get("closed") == "1"
    found = list_incidents(request.acting.organisation, status, closed=closed).prefetch_related("needs")
    sorting = Sorting.from_query(request.GET, INCIDENT_COLUMNS, default="-opened")
    rows = sorting.apply(incident_rows(found))
    if file := export(request, name="incidents", columns=INCIDENT_COLUMNS, rows=rows):
        return file
    context = {
        "pages": paginate(request, rows, per_page=100),
        "sorting": sorting,
        "closed": closed,
        "status": status,
        "statuses": Status.choices,
        "may_open": request.acting.may(Permission.OPEN_INCIDENT),
    }
    return render_page_or_fragment(request, "planner/incidents.html", "planner/_incidents.html", context)


def _status_asked(request: ActingRequest) -> str:
    """Actual, Exercise or Test, never mixed: the one asked for, else the node's."""
    asked = request.GET.get("status", "")
    return asked if asked in Status.values else request.status_band


@acting_required
@require_http_methods(["GET", "POST"])
def incident_new(request: ActingRequest) -> HttpResponse:
    request.acting.check_may(Permission.OPEN_INCIDENT)
    if request.method == "GET":
        form = IncidentForm(request.acting, initial={"status": request.status_band})
        return render(request, "planner/incident_form.html", {"form": form, "need_form": NeedForm(prefix="need")})
    form, need_form = IncidentForm(request.acting, request.POST), _need_form_if_filled(request)
    if not form.is_valid() or (need_form is not None and not need_form.is_valid()):
        context = {"form": form, "need_form": need_form or NeedForm(prefix="need")}
        return render(request, "planner/incident_form.html", context, status=422)

    def work() -> str:
        needs = [need_form.data_for_service()] if need_form is not None else []
        opened = services.open_incident(
            request.acting,
            form.data_for_service(),
            needs,
            status=Status(form.cleaned_data["status"]),
            language=reader_language(),
        )
        return reverse("incident", args=[opened.number])

    return redirect(do_once(request.POST.get("once", ""), request.acting.person, work))


def _need_form_if_filled(request: HttpRequest) -> NeedForm | None:
    return NeedForm(request.POST, prefix="need") if request.POST.get("need-quantity") else None


@acting_required
@require_http_methods(["GET", "POST"])
def incident_edit(request: ActingRequest, number: str) -> HttpResponse:
    incident = _incident(request, number)
    services.check_may_change(request.acting, incident)
    if request.method == "GET":
        form = IncidentForm(request.acting, initial=initial_of(incident), fixed_status=True)
        return render(request, "planner/incident_form.html", {"form": form, "incident": incident})
    form = IncidentForm(request.acting, request.POST, fixed_status=True)
    if not form.is_valid():
        return render(request, "planner/incident_form.html", {"form": form, "incident": incident}, status=422)
    services.change_incident(request.acting, incident, form.data_for_service())
    return redirect("incident", number=incident.number)


@acting_required
@require_GET
def incident(request: ActingRequest, number: str) -> HttpResponse:
    """The incident; a fragment of it where a swap asks for one."""
    found = _incident(request, number)
    context = incident_context(request.acting, found, need_code=request.GET.get("need", ""))
    fragment = {"log": "planner/_log.html", "helpers": "planner/_helpers.html"}.get(
        request.GET.get("part", ""), "planner/_live.html"
    )
    return render_page_or_fragment(request, "planner/incident.html", fragment, context)


@acting_required
@require_GET
def proposal(request: ActingRequest, number: str) -> HttpResponse:
    """The proposal of an open page: nothing where it has the newest already."""
    found = _incident(request, number)
    newest = proposals.latest_proposal(request.acting, found)
    if newest is not None and str(newest.pk) == request.GET.get("have"):
        return HttpResponse(status=204)
    return render(request, "planner/_proposal.html", proposal_context(request.acting, found, newest))


@acting_required
@require_http_methods(["GET", "POST"])
def need_edit(request: ActingRequest, number: str, code: str = "") -> HttpResponse:
    """Add a need, or change one."""
    incident = _incident(request, number)
    services.check_may_change(request.acting, incident)
    need = get_need(request.acting.organisation, number, code) if code else None
    if request.method == "GET":
        form = NeedForm(initial=initial_of_need(need) if need else None)
        return render(request, "planner/need_form.html", {"form": form, "incident": incident, "need": need})
    form = NeedForm(request.POST)
    if not form.is_valid():
        context = {"form": form, "incident": incident, "need": need}
        return render(request, "planner/need_form.html", context, status=422)

    def work() -> str:
        if need is not None:
            services.change_need(request.acting, need, form.data_for_service())
        else:
            services.add_need(request.acting, incident, form.data_for_service())
        return reverse("incident", args=[incident.number])

    return redirect(do_once(request.POST.get("once", ""), request.acting.person, work))


@acting_required
@require_POST
def need_remove(request: ActingRequest, number: str, code: str) -> HttpResponse:
    services.remove_need(request.acting, get_need(request.acting.organisation, number, code))
    return redirect("incident", number=number)


@acting_required
@require_POST
def propose(request: ActingRequest, number: str) -> HttpResponse:
    incident = _incident(request, number)
    made = proposals.propose(request.acting, incident, include_unknown=bool(request.POST.get("include_unknown")))
    return _proposal_answer(request, incident, made)


@acting_required
@require_POST
def adjust(request: ActingRequest, number: str, code: str, action: str) -> HttpResponse:
    """Take a line out, pin it, or undo that; the plan closes around it."""
    need = get_need(request.acting.organisation, number, code)
    unit, language = request.POST.get("unit", "")[:80], reader_language()
    match action:
        case "remove":
            reason = request.POST.get("reason", "").strip()[:200]
            made = proposals.remove_line(request.acting, need, unit, reason=reason, language=language)
        case "pin":
            quantity = request.POST.get("quantity", "")
            teams = int(quantity) if quantity.isdecimal() and len(quantity) < 7 else 1
            made = proposals.pin_line(request.acting, need, unit, max(1, teams), language=language)
        case _:
            made = proposals.drop_adjustment(request.acting, need, unit)
    return _proposal_answer(request, need.incident, made)


@acting_required
@require_POST
def restore(request: ActingRequest, number: str) -> HttpResponse:
    incident = _incident(request, number)
    return _proposal_answer(request, incident, proposals.drop_all_adjustments(request.acting, incident))


def _proposal_answer(request: ActingRequest, incident: Incident, made: Proposal) -> HttpResponse:
    if wants_fragment(request):
        return render(request, "planner/_proposal.html", proposal_context(request.acting, incident, made))
    return redirect("incident", number=incident.number)


@acting_required
@require_POST
def draft(request: ActingRequest, number: str, pk: int) -> HttpResponse:
    """Turn the proposal into drafts of requests, one for each centre and text."""
    incident = _incident(request, number)
    made = get_proposal(request.acting.organisation, incident, pk)

    def work() -> str:
        own_too = bool(request.POST.get("own_too"))
        proposals.draft_requests(request.acting, made, language=reader_language(), own_too=own_too)
        return reverse("incident-review", args=[incident.number])

    return redirect(do_once(request.POST.get("once", ""), request.acting.person, work))


@acting_required
@require_GET
def review(request: ActingRequest, number: str) -> HttpResponse:
    """What is drafted for this incident and not sent yet."""
    incident = _incident(request, number)
    rows = review_rows(request.acting, incident)
    context = {"incident": incident, "rows": rows, "may_send": request.acting.may(Permission.SEND_REQUEST)}
    return render_page_or_fragment(request, "planner/review.html", "planner/_review.html", context)


@acting_required
@require_POST
def send_all(request: ActingRequest, number: str) -> HttpResponse:
    """Send every draft of the incident that is complete and signed off; the others stay, and say what they lack."""
    incident = _incident(request, number)
    send_ready(request.acting, incident)
    return redirect("incident-review", number=incident.number)


@acting_required
@require_POST
def close(request: ActingRequest, number: str) -> HttpResponse:
    services.close_incident(request.acting, _incident(request, number))
    return redirect("incident", number=number)


@acting_required
@require_POST
def reopen(request: ActingRequest, number: str) -> HttpResponse:
    services.reopen_incident(request.acting, _incident(request, number))
    return redirect("incident", number=number)


def _incident(request: ActingRequest, number: str) -> Incident:
    found = get_incident(request.acting.organisation, number)
    request.status_band = found.status
    return found
