"""Pages of incidents: the list, the form, the incident with its proposal, and the review before sending."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from noaber.apps.accounts.acting import Acting, ActingRequest, acting_required
from noaber.apps.accounts.enums import Permission, Status
from noaber.apps.accounts.services import do_once
from noaber.apps.accounts.status import shown_statuses, status_asked
from noaber.apps.planner.forms.alerts import AlertForm
from noaber.apps.planner.forms.incidents import AskForm, IncidentForm, NeedForm, NeedForms, initial_of, initial_of_need
from noaber.apps.planner.models import Incident, Need, Proposal
from noaber.apps.planner.permissions import check_open
from noaber.apps.planner.presenters.helpers import HELPER_COLUMNS
from noaber.apps.planner.presenters.incident_page import (
    helpers_context,
    provenance_context,
    incident_context,
    log_context,
    proposal_context,
    running_context,
)
from noaber.apps.planner.presenters.incidents import IncidentRow, incident_rows
from noaber.apps.planner.presenters.maps import place_map
from noaber.apps.planner.presenters.next_helper import next_help_context
from noaber.apps.planner.presenters.plan_lines import need_plans
from noaber.apps.planner.presenters.review import review_rows, send_ready
from noaber.apps.planner.queries.incidents import get_incident, get_need, get_proposal, list_incidents
from noaber.apps.planner.services import alerting, drafting, proposals, stand_ins
from noaber.apps.planner.services.incidents import (
    add_need,
    change_incident,
    change_need,
    check_may_change,
    close_incident,
    open_incident,
    remove_need,
    reopen_incident,
)
from noaber.apps.planner.views.log import log_file
from noaber.apps.registry.coded import counted_capability
from noaber.core.plain_text import find_unfit
from noaber.core.problems import NotAllowed
from noaber.reference.gazetteer import load_gazetteer
from noaber.reference.territories import find_territory
from noaber.web.clock import now
from noaber.web.htmx import render_page_or_fragment, wants_fragment
from noaber.web.pagination import paginate
from noaber.web.reader import reader_language
from noaber.web.tables import Column, Sorting, export

INCIDENT_COLUMNS: tuple[Column, ...] = (
    Column("title", gettext_lazy("Incident"), lambda row: row.incident.title),
    Column("severity", gettext_lazy("Severity, time left"), lambda row: row.order),
    Column("hazard", gettext_lazy("Hazard"), lambda row: row.hazard),
    Column("needs", gettext_lazy("Needs"), lambda row: row.needs, sortable=False),
    Column("needed_by", gettext_lazy("Needed by"), lambda row: row.needed_by),
    Column("coverage", gettext_lazy("Coverage"), lambda row: row.missing),
    Column("owner", gettext_lazy("Owner"), lambda row: row.incident.owner.code),
    Column("opened", gettext_lazy("Opened"), lambda row: row.incident.opened_at),
)
EXPORT_COLUMNS: tuple[Column, ...] = (
    Column("number", gettext_lazy("Number"), lambda row: row.incident.number),
    Column("language", gettext_lazy("Language"), lambda row: row.incident.language),
    Column("severity", gettext_lazy("Severity"), lambda row: row.incident.get_severity_display()),
    *(column for column in INCIDENT_COLUMNS if column.key not in ("severity", "coverage")),
    Column("coverage", gettext_lazy("Coverage"), lambda row: row.coverage_words),
)


@acting_required
@require_GET
def incidents(request: ActingRequest) -> HttpResponse:
    status = status_asked(request)
    request.status_band = status
    closed = request.GET.get("closed") == "1"
    found = list_incidents(request.acting.organisation, status, closed=closed).prefetch_related("needs")
    sorting = Sorting.from_query(request.GET, INCIDENT_COLUMNS, default="-opened" if closed else "severity")
    rows: list[IncidentRow] = sorting.apply(incident_rows(found, request.acting.organisation, now()))
    if file := export(request, name="incidents", columns=EXPORT_COLUMNS, rows=rows):
        return file
    context = {
        "pages": paginate(request, rows, per_page=100),
        "sorting": sorting,
        "closed": closed,
        "status": status,
        "statuses": shown_statuses(status),
        "may_open": request.acting.may(Permission.OPEN_INCIDENT),
    }
    return render_page_or_fragment(request, "planner/incidents.html", "planner/_incidents.html", context)


@acting_required
@require_http_methods(["GET", "POST"])
def incident_new(request: ActingRequest) -> HttpResponse:
    check_open(request.acting.roles)
    if request.method == "GET":
        form = IncidentForm(request.acting, initial={"status": status_asked(request), **_place_asked(request)})
        return _incident_form(request, form, needs=NeedForms(prefix="needs"))
    judged = "more" not in request.POST
    form = IncidentForm(request.acting, request.POST, judged=judged)
    needs = NeedForms(_with_more_rows(request), prefix="needs", judged=judged)
    if not judged:
        return _incident_form(request, form, needs=needs)
    if not (form.is_valid() and needs.is_valid()):
        return _incident_form(request, form, needs=needs, status=422)

    def work() -> str:
        filled = [one.data_for_service() for one in needs if one.has_changed()]
        status = Status(form.cleaned_data["status"])
        language = form.cleaned_data["language"]
        opened = open_incident(request.acting, form.data_for_service(), filled, status=status, language=language)
        return reverse("incident", args=[opened.number])

    return redirect(do_once(request.POST.get("once", ""), request.acting.person, work))


def _place_asked(request: HttpRequest) -> dict[str, Any]:
    """`?place=` names a place of the gazetteer, as the search does."""
    asked = request.GET.get("place", "")
    place = next((one for one in load_gazetteer().places if str(one.geonameid) == asked), None) if asked else None
    if place is None:
        return {}
    name = place.in_language(reader_language())
    return {"place": name, "territory": place.territory, "lon": place.lon, "lat": place.lat}


def _district_asked(request: HttpRequest) -> dict[str, str]:
    """`?district=` fills in a finer one, to be looked at and saved."""
    asked = find_territory(request.GET.get("district", ""))
    return {"territory": asked.code} if asked else {}


def _with_more_rows(request: HttpRequest) -> Any:
    """What was posted; with two more rows of needs where those were asked for."""
    if "more" not in request.POST:
        return request.POST
    data, total = request.POST.copy(), request.POST.get("needs-TOTAL_FORMS", "")
    data["needs-TOTAL_FORMS"] = str(int(total) + 2 if total.isdecimal() and len(total) < 4 else 3)
    return data


def _incident_form(
    request: ActingRequest,
    form: IncidentForm,
    *,
    needs: Any = None,
    incident: Incident | None = None,
    status: int = 200,
) -> HttpResponse:
    lon, lat = _number(form["lon"].value()), _number(form["lat"].value())
    context = {"form": form, "needs": needs, "incident": incident, "map_data": place_map(lon, lat)}
    return render(request, "planner/incident_form.html", context, status=status)


def _number(value: Any) -> float | None:
    try:
        return float(value)
    except (TypeError, ValueError):
        return None


@acting_required
@require_http_methods(["GET", "POST"])
def incident_edit(request: ActingRequest, number: str) -> HttpResponse:
    found = _incident(request, number)
    check_may_change(request.acting, found)
    if request.method == "GET":
        initial = initial_of(found) | _district_asked(request)
        form = IncidentForm(request.acting, initial=initial, fixed_status=True)
        return _incident_form(request, form, incident=found)
    form = IncidentForm(request.acting, request.POST, fixed_status=True)
    if not form.is_valid():
        return _incident_form(request, form, incident=found, status=422)
    language = form.cleaned_data["language"]
    change_incident(request.acting, found, form.data_for_service(), language=language)
    return redirect("incident", number=found.number)


Part = Callable[[Acting, Incident], dict[str, Any]]
PARTS: dict[str, tuple[str, Part]] = {
    "log": ("planner/_log_lines.html", log_context),
    "how": ("roads/_provenance.html", provenance_context),
    "running": ("planner/_running.html", running_context),
}


@acting_required
@require_GET
def incident(request: ActingRequest, number: str) -> HttpResponse:
    """The incident; `?part=` is one part of it, for a swap."""
    found = _incident(request, number)
    need_code, part = request.GET.get("need", ""), request.GET.get("part", "")
    if part == "helpers":
        return _helpers(request, found, need_code)
    if part == "log" and (file := log_file(request, found)):
        return file
    if part == "next":
        return render(request, "planner/_next_help.html", next_help_context(request.acting, found, need_code))
    if part in PARTS:
        template, make = PARTS[part]
        return render(request, template, make(request.acting, found))
    return render(request, "planner/incident.html", incident_context(request.acting, found, need_code=need_code))


def _helpers(request: ActingRequest, incident: Incident, need_code: str) -> HttpResponse:
    is_file, everyone = "format" in request.GET, "everyone" in request.GET
    context = helpers_context(request.acting, incident, need_code=need_code, everyone=is_file or everyone)
    rows = [*context["able"], *context["unable"]]
    if file := export(request, name=f"helpers-{incident.number}", columns=HELPER_COLUMNS, rows=rows):
        return file
    if wants_fragment(request):
        return render(request, "planner/_helpers.html", context)
    whole = incident_context(request.acting, incident, need_code=need_code)
    return render(request, "planner/incident.html", whole | context)


@acting_required
@require_GET
def proposal(request: ActingRequest, number: str) -> HttpResponse:
    """The proposal of an open page: nothing where the page has it already, as `?have=` says."""
    found = _incident(request, number)
    newest = proposals.latest_proposal(request.acting, found)
    context = proposal_context(request.acting, found, newest)
    if request.GET.get("have") == context["mark"]:
        return HttpResponse(status=204)
    return render(request, "planner/_proposal_answer.html", context)


@acting_required
@require_http_methods(["GET", "POST"])
def need_edit(request: ActingRequest, number: str, code: str = "") -> HttpResponse:
    """Add a need, or change one."""
    found = _incident(request, number)
    check_may_change(request.acting, found)
    need = get_need(request.acting.organisation, number, code) if code else None
    form = NeedForm(request.POST or None, initial=initial_of_need(need) if need else None)
    if request.method == "GET" or not form.is_valid():
        context = {"form": form, "incident": found, "need": need}
        return render(request, "planner/need_form.html", context, status=200 if request.method == "GET" else 422)

    def work() -> str:
        if need is not None:
            reason, language = form.cleaned_data["reason"], form.reason_language
            change_need(request.acting, need, form.data_for_service(), reason=reason, language=language)
        else:
            add_need(request.acting, found, form.data_for_service())
        return reverse("incident", args=[found.number])

    return redirect(do_once(request.POST.get("once", ""), request.acting.person, work))


@acting_required
@require_POST
def need_remove(request: ActingRequest, number: str, code: str) -> HttpResponse:
    remove_need(request.acting, get_need(request.acting.organisation, number, code))
    return redirect("incident", number=number)


@acting_required
@require_POST
def near_miss_accept(request: ActingRequest, number: str, code: str) -> HttpResponse:
    """Let a unit that is something else stand in for teams of a need."""
    need = get_need(request.acting.organisation, number, code)
    unit = _posted_text(request, "unit", longest=80)

    def work() -> str:
        made = stand_ins.accept_near_miss(request.acting, need, unit, language=reader_language())
        words = _("%(teams)s: now a need by itself. Have a plan proposed again.")
        messages.success(request, words % {"teams": counted_capability(made.quantity, made.capability)})
        return reverse("incident", args=[number]) + "#needs"

    return redirect(do_once(request.POST.get("once", ""), request.acting.person, work))


@acting_required
@require_POST
def propose(request: ActingRequest, number: str) -> HttpResponse:
    found = _incident(request, number)
    unknown_too = None if "again" in request.POST else bool(request.POST.get("include_unknown"))
    made = proposals.propose(request.acting, found, include_unknown=unknown_too)
    return _proposal_answer(request, found, made, just_proposed=True)


@acting_required
@require_POST
def adjust(request: ActingRequest, number: str, code: str, action: str) -> HttpResponse:
    """Take a line out, pin it, or undo that; the plan closes around it."""
    found = _incident(request, number)
    need = get_need(request.acting.organisation, number, code)
    return _proposal_answer(request, found, _adjust(request, need, action))


def _adjust(request: ActingRequest, need: Need, action: str) -> Proposal:
    unit, language = _posted_text(request, "unit", longest=80), reader_language()
    match action:
        case "remove":
            reason = _posted_text(request, "reason", longest=200)
            return proposals.remove_line(request.acting, need, unit, reason=reason, language=language)
        case "pin":
            return proposals.pin_line(request.acting, need, unit, _teams(request), language=language)
        case _:
            return proposals.drop_adjustment(request.acting, need, unit)


def _posted_text(request: HttpRequest, name: str, *, longest: int) -> str:
    text = request.POST.get(name, "").strip()[:longest]
    if character := find_unfit(text):
        raise NotAllowed("text.character", character=character)
    return text


def _teams(request: HttpRequest) -> int:
    quantity = request.POST.get("quantity", "")
    return max(1, int(quantity)) if quantity.isdecimal() and len(quantity) < 7 else 1


@acting_required
@require_POST
def restore(request: ActingRequest, number: str) -> HttpResponse:
    found = _incident(request, number)
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
    found = _incident(request, number)
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
    found = _incident(request, number)
    made = get_proposal(request.acting.organisation, found, pk)

    def work() -> str:
        drafting.draft_requests(request.acting, made, language=reader_language(), incident=found)
        return reverse("incident-review", args=[found.number])

    return redirect(do_once(request.POST.get("once", ""), request.acting.person, work))


@acting_required
@require_http_methods(["GET", "POST"])
def ask(request: ActingRequest, number: str) -> HttpResponse:
    """Ask one organisation by hand, without a plan: it becomes a draft, to be completed on its own page."""
    found = _incident(request, number)
    check_may_change(request.acting, found)
    request.acting.check_may(Permission.SEND_REQUEST)
    form = AskForm(request.acting, _missing(request.acting, found), request.POST or None, initial=_asked_whom(request))
    if request.method == "GET" or not form.is_valid():
        context = {"form": form, "incident": found}
        return render(request, "planner/ask.html", context, status=200 if request.method == "GET" else 422)

    def work() -> str:
        lines = [drafting.line_for(need, quantity) for need, quantity in form.asked]
        made = drafting.draft_by_hand(request.acting, found, form.chosen, lines, language=reader_language())
        return made.get_absolute_url()

    return redirect(do_once(request.POST.get("once", ""), request.acting.person, work))


def _asked_whom(request: HttpRequest) -> dict[str, str]:
    return {"supplier": request.GET.get("supplier", "")}


def _missing(acting: Acting, incident: Incident) -> list[tuple[Need, int]]:
    """Each need with how many teams are not asked for yet."""
    asked = proposals.asked_by_need(acting, incident)
    plans = need_plans(incident, list(incident.needs.all()), None, [], asked=asked)
    return [(plan.need, plan.missing) for plan in plans]


@acting_required
@require_GET
def review(request: ActingRequest, number: str) -> HttpResponse:
    """What is drafted for this incident and not sent yet; an organisation's own drafts, which nobody else sees."""
    found = _incident(request, number)
    rows = review_rows(request.acting, found)
    context = {
        "incident": found,
        "rows": rows,
        "ready_count": sum(1 for row in rows if row.ready),
        "may_send": request.acting.may(Permission.SEND_REQUEST),
        "may_sign": request.acting.may(Permission.SIGN_OFF),
    }
    return render_page_or_fragment(request, "planner/review.html", "planner/_review.html", context)


@acting_required
@require_POST
def send_all(request: ActingRequest, number: str) -> HttpResponse:
    """Send every draft of the incident that is complete and signed off; the others stay, and say what they lack."""
    found = _incident(request, number)

    def work() -> str:
        sent = send_ready(request.acting, found)
        words = ngettext("%(count)s request was sent.", "%(count)s requests were sent.", sent) % {"count": sent}
        messages.success(request, words)
        left = review_rows(request.acting, found)
        return reverse("incident-review" if left else "incident", args=[found.number])

    return redirect(do_once(request.POST.get("once", ""), request.acting.person, work))


@acting_required
@require_POST
def close(request: ActingRequest, number: str) -> HttpResponse:
    close_incident(request.acting, _incident(request, number))
    return redirect("incident", number=number)


@acting_required
@require_POST
def reopen(request: ActingRequest, number: str) -> HttpResponse:
    reopen_incident(request.acting, _incident(request, number))
    return redirect("incident", number=number)


def _incident(request: ActingRequest, number: str) -> Incident:
    found = get_incident(request.acting.organisation, number)
    request.status_band = found.status
    return found
