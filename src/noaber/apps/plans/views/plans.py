"""Plans: the list, one of them, beginning and changing one."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from noaber.apps.accounts.acting import Acting, ActingRequest, acting_required
from noaber.apps.accounts.enums import Permission
from noaber.apps.accounts.models import LANGUAGES
from noaber.apps.accounts.queries import keeps
from noaber.apps.actions.calendar import CALENDAR_TYPE, write_calendar
from noaber.apps.library.panel import links_panel
from noaber.apps.plans import services
from noaber.apps.plans.enums import PlanKind, PlanState
from noaber.apps.plans.forms.plans import TITLES, PlanForm
from noaber.apps.plans.models import Plan
from noaber.apps.plans.presenters.consultations import present_consultation
from noaber.apps.plans.presenters.frieze import present_frieze
from noaber.apps.plans.presenters.history import NOT_FIELDS
from noaber.apps.plans.presenters.snapshots import read_snapshots
from noaber.apps.plans.presenters.tables import (
    PLAN_COLUMNS,
    PLAN_FILE_COLUMNS,
    WORK_COLUMNS,
    PlanRow,
    work_rows,
)
from noaber.apps.plans.queries import consultations_of, get_plan, list_plans, programme_of, was_asked
from noaber.apps.plans.reminders import late_lines, late_others, not_yet_today
from noaber.apps.plans.standing import PlanView, plan_on
from noaber.apps.plans.views.common import quick_action_form, rights
from noaber.apps.records.edits import Stands
from noaber.apps.records.history import history_of
from noaber.apps.records.pages import save_form
from noaber.apps.records.permissions import check_can_change
from noaber.apps.records.sharing import groups_of
from noaber.apps.registry.presenters.history import present_history
from noaber.web.clock import now
from noaber.web.edits import form_status
from noaber.web.htmx import render_page_or_fragment
from noaber.web.reader import reader_language
from noaber.web.tables import Sorting, export

MOST_SHOWN = 6


@acting_required
@require_GET
def plans(request: ActingRequest) -> HttpResponse:
    """The list, the newest first, each with how far it is for the reader."""
    acting, today = request.acting, request.acting.today
    found = [PlanRow(plan_on(acting.organisation, plan, today)) for plan in list_plans(acting.organisation)]
    sorting = Sorting.from_query(request.GET, PLAN_COLUMNS, default="years")
    rows = sorting.apply(found)
    if file := export(request, name="plans", columns=PLAN_FILE_COLUMNS, rows=rows):
        return file
    context = {"rows": rows, "sorting": sorting, "may_add": acting.may(Permission.COOPERATE)}
    return render_page_or_fragment(request, "plans/plans.html", "plans/_plan_rows.html", context)


@acting_required
@require_GET
def plan(request: ActingRequest, number: str) -> HttpResponse:
    """A plan with its objectives and actions; as a file, a row for each action, or the calendar of their days."""
    acting, today = request.acting, request.acting.today
    record = get_plan(acting.organisation, number)
    view = plan_on(acting.organisation, record, today)
    if file := export(request, name=record.number, columns=WORK_COLUMNS, rows=list(work_rows(view))):
        return file
    if request.GET.get("format") == "ics":
        return _calendar_file(request, view)
    consultation = consultations_of(record).first()
    snapshots = read_snapshots(acting.organisation, record.snapshots.all())
    allowed = rights(acting, record)
    context: dict[str, Any] = {
        "plan": record,
        "view": view,
        "open_first": next((one.objective.pk for one in view.objectives if one.progress.late), None),
        "late": late_lines(view, acting.zone),
        "may_remind": allowed["may_add"] and _anybody_to_remind(acting, view),
        "shown": view.shown[:MOST_SHOWN],
        "consultation": present_consultation(acting.organisation, consultation) if consultation else None,
        "was_asked": was_asked(acting.organisation, record),
        "frieze": present_frieze(view, snapshots),
        "snapshots": snapshots,
        "versions": record.versions.all(),
        "parts": list_plans(acting.organisation).filter(programme=record),
        "programme": programme_of(acting.organisation, record),
        "links": links_panel(acting, record),
        "history": present_history(history_of(record), Plan, NOT_FIELDS) if allowed["is_kept"] else [],
        "quick_form": quick_action_form(acting),
        **allowed,
    }
    return render_page_or_fragment(request, "plans/plan.html", "plans/_plan.html", context)


def _anybody_to_remind(acting: Acting, view: PlanView) -> bool:
    others = late_others(view, keeps(acting.organisation))
    return bool(not_yet_today(others, view.plan, None, acting.zone))


def _calendar_file(request: ActingRequest, view: PlanView) -> HttpResponse:
    content = write_calendar((line.action for line in view.lines), address=request.build_absolute_uri, now=now())
    headers = {"Content-Disposition": f'attachment; filename="noaber-{view.plan.number}.ics"'}
    return HttpResponse(content, content_type=CALENDAR_TYPE, headers=headers)


def _programmes(request: ActingRequest, within: int | None = None) -> Any:
    """What an annual plan may be part of; `within` is the programme it is part of, also one that was withdrawn."""
    standing = ~Q(state=PlanState.WITHDRAWN) | Q(pk=within)
    return list_plans(request.acting.organisation).filter(standing, kind=PlanKind.MULTI_YEAR)


@acting_required
@require_http_methods(["GET", "POST"])
def plan_new(request: ActingRequest) -> HttpResponse:
    acting = request.acting
    acting.check_may(Permission.COOPERATE)
    year = acting.today.year + 1
    form = PlanForm(
        request.POST or None,
        initial={"first_year": year, "last_year": year},
        groups=groups_of(acting.organisation),
        programmes=_programmes(request),
    )

    def work() -> str:
        return services.add_plan(acting, form.data_for_service()).get_absolute_url()

    if request.method == "POST" and (answer := save_form(request, form, work, _("The plan is begun."))):
        return answer
    return render(request, "plans/plan_form.html", {"form": form}, status=422 if form.is_bound else 200)


@acting_required
@require_http_methods(["GET", "POST"])
def plan_edit(request: ActingRequest, number: str) -> HttpResponse:
    acting = request.acting
    record = get_plan(acting.organisation, number)
    check_can_change(acting.roles, owner=record.owner_id, kept=keeps(acting.organisation))
    if record.is_withdrawn and request.method == "GET":
        return redirect(record)
    stands = Stands(record, _initial, names=dict.fromkeys(TITLES, "titles"))
    form = PlanForm(
        request.POST or None,
        initial=_initial(record),
        record=record,
        groups=groups_of(record.owner) | groups_of(acting.organisation),
        programmes=_programmes(request, record.programme_id).exclude(pk=record.pk),
    )

    def work() -> str:
        services.change_plan(acting, record, form.data_for_service())
        return record.get_absolute_url()

    told = _("The changes are kept.")
    if request.method == "POST" and (answer := save_form(request, form, work, told, stands)):
        return answer
    context = {"form": form, "plan": record, "is_adopted": record.state in (PlanState.ADOPTED, PlanState.CLOSED)}
    return render(request, "plans/plan_form.html", context, status=form_status(form))


def _initial(record: Plan) -> dict[str, Any]:
    initial = {name: getattr(record, name) for name in ("first_year", "last_year", "text", "tlp")}
    return initial | {
        **{f"title_{code}": record.titles.get(code, "") for code, _name in LANGUAGES},
        "language": record.language or reader_language(),
        "programme": record.programme.number if record.programme else "",
        "groups": [group.code for group in record.groups.all()],
    }
