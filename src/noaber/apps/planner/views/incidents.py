"""Pages of incidents: the list, the form, the incident with its proposal, and the review before sending."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from noaber.apps.accounts.acting import Acting, ActingRequest, acting_required
from noaber.apps.accounts.enums import Permission, Status
from noaber.apps.accounts.services import do_once
from noaber.apps.accounts.status import shown_statuses, status_asked
from noaber.apps.planner.forms.incidents import IncidentForm, NeedForms, initial_of
from noaber.apps.planner.models import Incident
from noaber.apps.planner.permissions import check_open
from noaber.apps.planner.presenters.helpers import HELPER_COLUMNS
from noaber.apps.planner.presenters.incident_page import (
    helpers_context,
    incident_context,
    log_context,
    provenance_context,
    running_context,
)
from noaber.apps.planner.presenters.incidents import IncidentRow, incident_rows
from noaber.apps.planner.presenters.maps import place_map
from noaber.apps.planner.presenters.next_helper import next_help_context
from noaber.apps.planner.queries.incidents import list_incidents
from noaber.apps.planner.services.incidents import (
    change_incident,
    check_may_change,
    close_incident,
    open_incident,
    reopen_incident,
)
from noaber.apps.planner.views.inputs import find_incident
from noaber.apps.planner.views.log import log_file
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
    found = find_incident(request, number)
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
    found = find_incident(request, number)
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
@require_POST
def close(request: ActingRequest, number: str) -> HttpResponse:
    close_incident(request.acting, find_incident(request, number))
    return redirect("incident", number=number)


@acting_required
@require_POST
def reopen(request: ActingRequest, number: str) -> HttpResponse:
    reopen_incident(request.acting, find_incident(request, number))
    return redirect("incident", number=number)
