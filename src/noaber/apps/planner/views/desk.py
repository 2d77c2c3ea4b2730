"""The desk: one screen with what waits for me, what runs, what is left at home, and the map."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from noaber.apps.accounts.acting import Acting, ActingRequest, acting_required
from noaber.apps.accounts.enums import Permission, Status
from noaber.apps.accounts.status import status_asked
from noaber.apps.exchange.models import Deployment
from noaber.apps.exchange.queries import count_waiting, open_drafts, requests_for_teams, running_deployments
from noaber.apps.planner.models import Incident
from noaber.apps.planner.presenters.arriving_teams import (
    ArrivingTeams,
    formerly_planned_arrivals,
    keys_of,
    once_each,
    promised_arrivals,
)
from noaber.apps.planner.presenters.closure_delays import closure_delays
from noaber.apps.planner.presenters.counts import count_uncovered
from noaber.apps.planner.presenters.home import bases_of, home_rows
from noaber.apps.planner.presenters.incidents import incident_row
from noaber.apps.planner.presenters.maps import desk_map
from noaber.apps.planner.presenters.open_needs import drafted_teams, open_rows
from noaber.apps.planner.presenters.own_regions import region_rows
from noaber.apps.planner.presenters.running import deployment_rows, request_rows
from noaber.apps.planner.presenters.timeline import timeline_rows
from noaber.apps.planner.presenters.waiting import owed_rows, own_rows
from noaber.apps.planner.queries.incidents import list_incidents
from noaber.apps.planner.queries.need_coverage import coverages_of
from noaber.apps.planner.services.proposals import latest_proposals
from noaber.apps.records.desk import ahead_rows
from noaber.apps.roads.queries.closures import closures_at
from noaber.core.timeline import Axis
from noaber.web.clock import now
from noaber.web.htmx import render_page_or_fragment, wants_fragment

MOST_INCIDENTS = 8
MOST_HOME = 9


@acting_required
@require_GET
def desk(request: ActingRequest) -> HttpResponse:
    """The desk; `?status=` shows another kind than the node's own, never two at once."""
    status = status_asked(request)
    request.status_band = status
    if request.GET.get("part") == "home":
        return render(request, "planner/_desk_home.html", home_context(request.acting, status))
    if request.GET.get("part") == "regions":
        return render(request, "planner/_our_regions.html", regions_context(request.acting, status))
    context = desk_context(request.acting, status)
    if not wants_fragment(request):
        context |= home_context(request.acting, status) | regions_context(request.acting, status)
        context["ahead"] = ahead_rows(request.acting, status, now())
    return render_page_or_fragment(request, "planner/desk.html", "planner/_desk.html", context)


def desk_context(acting: Acting, status: str) -> dict[str, Any]:
    at = now()
    incidents = list(list_incidents(acting.organisation, status, closed=False).prefetch_related("needs"))
    places = {incident.number: incident.title for incident in incidents}
    covered = coverages_of(acting.organisation, incidents, at)
    drafted = drafted_teams(open_drafts(acting.organisation).filter(status=status))
    uncovered = open_rows(acting, covered.values(), drafted)
    waiting = own_rows(acting, status, at, places)
    due = [row.due_at for row in uncovered] + [row.due_at for row in waiting if row.due_at is not None]
    listed = sorted(
        (incident_row(incident, covered.get(incident.pk)) for incident in incidents), key=lambda row: row.order
    )
    deployments = running_deployments(acting.organisation, status)
    running = deployment_rows(deployments, acting.organisation, _places(incidents))
    coming, drawn = _coming(acting, incidents, deployments, status)
    closures = list(closures_at(acting.organisation, status, at))
    costly = closure_delays(closures, coming)
    axis = Axis(at)
    return {
        "status": status,
        "statuses": other_kinds(acting, status, len(uncovered)),
        "uncovered": uncovered,
        "lives_count": sum(1 for row in uncovered if row.lives),
        "waiting": waiting,
        "waiting_count": len(uncovered) + len(waiting),
        "late_count": sum(1 for moment in due if moment < at),
        "rings": any(row.rings for row in uncovered) or any(row.rings for row in waiting),
        "for_teams": request_rows(requests_for_teams(acting.organisation, status), acting.organisation, at),
        "owed": owed_rows(acting, status, at, places),
        "axis": axis,
        "timeline": timeline_rows(running, axis),
        "given_count": sum(1 for row in running if row.given),
        "received_count": sum(1 for row in running if not row.given),
        "incidents": listed[:MOST_INCIDENTS],
        "incidents_count": len(incidents),
        "may_open": acting.may(Permission.OPEN_INCIDENT),
        "closure_delays": costly,
        "map_data": desk_map([row.incident for row in listed], MOST_INCIDENTS, drawn, deployments, closures, costly),
    }


def _coming(
    acting: Acting, incidents: list[Incident], deployments: list[Deployment], status: str
) -> tuple[list[ArrivingTeams], list[ArrivingTeams]]:
    """Who comes from where: with the lines of the newest plans, and, for the map, the promised ones alone."""
    keys = keys_of(deployments)
    bases = bases_of(acting.organisation, status, keys) if keys else {}
    numbered = {one.number: one for one in incidents}
    needs = {one.number: one.needs.all() for one in incidents}
    running = list(promised_arrivals(acting.organisation, deployments, numbered, bases, needs))
    plans = formerly_planned_arrivals(latest_proposals(acting, incidents))
    return once_each([*running, *plans]), running


def home_context(acting: Acting, status: str) -> dict[str, Any]:
    rows = home_rows(acting.organisation, status, now())
    return {"status": status, "home": rows[:MOST_HOME], "home_more": max(0, len(rows) - MOST_HOME)}


def regions_context(acting: Acting, status: str) -> dict[str, Any]:
    rows = region_rows(acting.organisation, status, now())
    speaking = [row for row in rows if not row.says_nothing]
    return {"status": status, "regions": speaking, "silent_regions": [row for row in rows if row.says_nothing]}


def _places(incidents: list[Incident]) -> dict[str, str]:
    return {incident.number: incident.place for incident in incidents}


def other_kinds(acting: Acting, status: str, uncovered: int) -> list[tuple[str, str, int]]:
    """Value, word and how much waits, of the kinds that have something, and the one that is shown; else nothing.

    `uncovered` needs of the kind that is shown are known to the page already.
    """
    found = []
    for value, word in Status.choices:
        missing = uncovered if value == status else count_uncovered(acting, value)
        waits = count_waiting(acting.organisation, value) + missing
        has_something = waits or list_incidents(acting.organisation, value, closed=False).exists()
        if value == status or has_something or running_deployments(acting.organisation, value):
            found.append((value, str(word), waits))
    return found if len(found) > 1 else []
