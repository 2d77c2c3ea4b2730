"""Decisions: the register, one of them, writing one down, other words for one."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from noaber.apps.accounts.acting import ActingRequest, acting_required
from noaber.apps.accounts.enums import Permission
from noaber.apps.accounts.queries import keeps
from noaber.apps.library.panel import links_panel
from noaber.apps.meetings import services
from noaber.apps.meetings.decision_papers import register
from noaber.apps.meetings.forms.parts import DecisionFilterForm, DecisionForm, DecisionTextForm
from noaber.apps.meetings.models import AgendaItem, Decision, Meeting
from noaber.apps.meetings.presenters import DECISION_COLUMNS, DECISION_FILE_COLUMNS
from noaber.apps.meetings.queries import (
    agenda_of,
    came_of,
    get_decision,
    get_meeting,
    list_decisions,
    list_series,
    years_of,
)
from noaber.apps.meetings.views.common import rights_of
from noaber.apps.records.edits import Stands
from noaber.apps.records.history import history_of
from noaber.apps.records.pages import save_form
from noaber.apps.records.permissions import check_can_change
from noaber.apps.registry.presenters.history import present_history
from noaber.web.clock import now
from noaber.web.edits import form_status
from noaber.web.htmx import render_page_or_fragment
from noaber.web.pagination import paginate
from noaber.web.pdf import pdf_response
from noaber.web.reader import PDF_LANGUAGES
from noaber.web.tables import Sorting, export


@acting_required
@require_GET
def decisions(request: ActingRequest) -> HttpResponse:
    reader = request.acting.organisation
    series = list_series(reader)
    form = DecisionFilterForm(request.GET, series=series, years=years_of(reader))
    wanted = form.wanted()
    sorting = Sorting.from_query(request.GET, DECISION_COLUMNS, default="-number")
    rows = sorting.in_order(list_decisions(reader, **wanted))
    if file := export(request, name="decisions", columns=DECISION_FILE_COLUMNS, rows=rows):
        return file
    if request.GET.get("format") == "pdf":
        named = next((one.name for one in series if str(one.pk) == wanted["series"]), "")
        asked = ", ".join(part for part in (named, wanted["year"], wanted["text"]) if part)
        return pdf_response(register(request.acting, list(rows), now(), asked), name="decisions")
    context = {
        "form": form,
        "sorting": sorting,
        "pages": paginate(request, rows, per_page=50),
        "is_filtered": any(wanted.values()),
    }
    return render_page_or_fragment(request, "meetings/decisions.html", "meetings/_decision_rows.html", context)


@acting_required
@require_GET
def decision(request: ActingRequest, number: str) -> HttpResponse:
    acting = request.acting
    record = get_decision(acting.organisation, number)
    meeting = Meeting.objects.visible_to(acting.organisation).filter(decisions=record).first()
    item = AgendaItem.objects.visible_to(acting.organisation).filter(decisions=record).first()
    rights = rights_of(acting, record.meeting)
    context: dict[str, Any] = {
        "decision": record,
        "meeting": meeting,
        "item": item,
        "came_of": came_of(acting.organisation, record),
        "pdf_languages": PDF_LANGUAGES,
        "links": links_panel(acting, record),
        "rights": rights,
        "may_act": acting.may(Permission.COOPERATE),
        "groups": [group.name for group in record.groups.all()] if rights.keep else [],
        "history": present_history(history_of(record), Decision) if rights.keep else [],
    }
    return render_page_or_fragment(request, "meetings/decision.html", "meetings/_decision.html", context)


@acting_required
@require_http_methods(["GET", "POST"])
def decision_new(request: ActingRequest, pk: int) -> HttpResponse:
    """Write down what a meeting decided; `?item=12` says under which point."""
    acting = request.acting
    meeting = get_meeting(acting.organisation, pk)
    check_can_change(acting.roles, owner=meeting.owner_id, kept=keeps(acting.organisation))
    initial = {
        "made_on": meeting.starts_on,
        "item": request.GET.get("item", ""),
    }
    form = DecisionForm(request.POST or None, initial=initial, items=agenda_of(acting.organisation, meeting))

    def work() -> str:
        made = services.add_decision(acting, meeting, form.data_for_service(), item=form.chosen_item())
        return made.get_absolute_url()

    if request.method == "POST" and (answer := save_form(request, form, work, _("The decision is kept."))):
        return answer
    context = {"form": form, "meeting": meeting}
    return render(request, "meetings/decision_form.html", context, status=422 if form.is_bound else 200)


@acting_required
@require_http_methods(["GET", "POST"])
def decision_edit(request: ActingRequest, number: str) -> HttpResponse:
    acting = request.acting
    record = get_decision(acting.organisation, number)
    check_can_change(acting.roles, owner=record.owner_id, kept=keeps(acting.organisation))
    stands = Stands(record, _initial, lock=record.meeting)
    form = DecisionTextForm(request.POST or None, initial=_initial(record))

    def work() -> str:
        services.change_decision(acting, record, **form.cleaned_data)
        return record.get_absolute_url()

    told = _("The changes are kept.")
    if request.method == "POST" and (answer := save_form(request, form, work, told, stands)):
        return answer
    context = {"form": form, "decision": record, "meeting": record.meeting}
    return render(request, "meetings/decision_form.html", context, status=form_status(form))


def _initial(record: Decision) -> dict[str, Any]:
    return {"text": record.text, "language": record.language}
