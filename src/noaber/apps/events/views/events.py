"""The list of events, the month, one dossier, making and changing one, closing and opening it again."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from noaber.apps.accounts.acting import ActingRequest, acting_required
from noaber.apps.accounts.enums import Permission
from noaber.apps.accounts.models import Organisation
from noaber.apps.accounts.queries import keeps
from noaber.apps.actions.calendar import CALENDAR_TYPE
from noaber.apps.events import services
from noaber.apps.events.enums import EventState
from noaber.apps.events.forms.dossiers import (
    TITLES,
    CallOffForm,
    CloseForm,
    EventFilterForm,
    EventForm,
    ReopenForm,
    initial_event,
)
from noaber.apps.events.permissions import check_can_change
from noaber.apps.events.presenters.events import (
    COLUMNS,
    FILE_COLUMNS,
    EventRow,
    month_of_next,
    present_month,
    read_month,
    write_calendar,
)
from noaber.apps.events.queries import get_event, list_events
from noaber.apps.events.views.page import event_page
from noaber.apps.records.edits import Stands
from noaber.apps.records.pages import save_form
from noaber.apps.records.sharing import groups_of
from noaber.web.clock import now
from noaber.web.edits import form_status
from noaber.web.htmx import render_page_or_fragment
from noaber.web.pagination import paginate
from noaber.web.reader import reader_language
from noaber.web.tables import Sorting, export

PER_PAGE = 50


@acting_required
@require_GET
def events(request: ActingRequest) -> HttpResponse:
    """The list, or with `?month=2024-06` the events of a month, day by day."""
    acting, reader = request.acting, request.acting.organisation
    everything = list_events(reader, request.status_band)
    leads = sorted({event.lead.code for event in everything})
    form = EventFilterForm(request.GET, organisations=leads)
    today = acting.today
    asked = form.wanted()
    filtered = any(asked.values())
    found = list_events(reader, request.status_band, **asked) if filtered else everything
    sorting = Sorting.from_query(request.GET, COLUMNS, default="begins")
    rows = sorting.apply([EventRow(event, now()) for event in found])
    if file := export(request, name="events", columns=FILE_COLUMNS, rows=rows) or _calendar_file(request, rows):
        return file
    context: dict[str, Any] = {
        "form": form,
        "sorting": sorting,
        "is_filtered": filtered,
        "next_month": month_of_next(everything, today),
        "may_add": acting.may(Permission.COOPERATE),
        "pages": paginate(request, rows, per_page=PER_PAGE),
    }
    if "month" in request.GET:
        first = read_month(request.GET["month"], today)
        context["month"] = present_month(first, found, zone=acting.zone, today=today)
    return render_page_or_fragment(request, "events/events.html", "events/_event_rows.html", context)


def _calendar_file(request: HttpRequest, rows: list[EventRow]) -> HttpResponse | None:
    if request.GET.get("format") != "ics":
        return None
    content = write_calendar((row.event for row in rows), address=request.build_absolute_uri, now=now())
    headers = {"Content-Disposition": 'attachment; filename="noaber-events.ics"'}
    return HttpResponse(content, content_type=CALENDAR_TYPE, headers=headers)


@acting_required
@require_GET
def event(request: ActingRequest, pk: int) -> HttpResponse:
    return event_page(request, get_event(request.acting.organisation, request.status_band, pk))


@acting_required
@require_http_methods(["GET", "POST"])
def event_new(request: ActingRequest) -> HttpResponse:
    acting = request.acting
    acting.check_may(Permission.COOPERATE)
    form = EventForm(
        request.POST or None,
        initial={"lead": acting.organisation.code},
        groups=groups_of(acting.organisation),
        organisations=Organisation.objects.all(),
    )

    def work() -> str:
        return services.add_event(acting, request.status_band, form.data_for_service()).get_absolute_url()

    if request.method == "POST" and (answer := save_form(request, form, work, _("The event is kept."))):
        return answer
    return render(request, "events/event_form.html", {"form": form}, status=422 if form.is_bound else 200)


@acting_required
@require_http_methods(["GET", "POST"])
def event_edit(request: ActingRequest, pk: int) -> HttpResponse:
    acting = request.acting
    record = get_event(acting.organisation, request.status_band, pk)
    check_can_change(acting.roles, keepers={record.owner_id, record.lead_id}, kept=keeps(acting.organisation))
    stands = Stands(record, initial_event, names={f"title_{language}": "titles" for language in TITLES})
    form = EventForm(
        request.POST or None,
        initial=initial_event(record),
        record=record,
        groups=groups_of(record.owner) | groups_of(acting.organisation),
        organisations=Organisation.objects.all(),
    )

    def work() -> str:
        services.change_event(acting, record, form.data_for_service())
        return record.get_absolute_url()

    told = _("The changes are kept.")
    if request.method == "POST" and (answer := save_form(request, form, work, told, stands)):
        return answer
    context = {"form": form, "event": record}
    return render(request, "events/event_form.html", context, status=form_status(form))


@acting_required
@require_http_methods(["GET", "POST"])
def event_close(request: ActingRequest, pk: int) -> HttpResponse:
    """Close an event that is over, with what is to be learned."""
    acting = request.acting
    record = get_event(acting.organisation, request.status_band, pk)
    check_can_change(acting.roles, keepers={record.owner_id, record.lead_id}, kept=keeps(acting.organisation))
    initial = {"note": record.closing_note, "language": record.closing_language or reader_language()}
    form = CloseForm(request.POST or None, initial=initial)

    def work() -> str:
        services.close_event(acting, record, form.cleaned_data["note"], language=form.cleaned_data["language"])
        return record.get_absolute_url()

    if request.method == "POST" and (answer := save_form(request, form, work, _("The event is closed."))):
        return answer
    context = {"form": form, "event": record, "is_over": record.state_at(now()) is EventState.OVER}
    return render(request, "events/event_close.html", context, status=422 if form.is_bound else 200)


@acting_required
@require_http_methods(["GET", "POST"])
def event_call_off(request: ActingRequest, pk: int) -> HttpResponse:
    """Call an event off that is not over, with the reason."""
    acting = request.acting
    record = get_event(acting.organisation, request.status_band, pk)
    check_can_change(acting.roles, keepers={record.owner_id, record.lead_id}, kept=keeps(acting.organisation))
    form = CallOffForm(request.POST or None)

    def work() -> str:
        services.call_off_event(acting, record, form.cleaned_data["note"], language=form.cleaned_data["language"])
        return record.get_absolute_url()

    if request.method == "POST" and (answer := save_form(request, form, work, _("The event is called off."))):
        return answer
    is_ahead = record.state_at(now()) in (EventState.PREPARED, EventState.RUNNING)
    context = {"form": form, "event": record, "is_ahead": is_ahead}
    return render(request, "events/event_call_off.html", context, status=422 if form.is_bound else 200)


@acting_required
@require_POST
def event_reopen(request: ActingRequest, pk: int) -> HttpResponse:
    record = get_event(request.acting.organisation, request.status_band, pk)
    form: forms.Form = ReopenForm(request.POST)

    def work() -> str:
        services.reopen_event(request.acting, record, reason=form.cleaned_data["reason"])
        return record.get_absolute_url()

    answer = save_form(request, form, work, _("The event is open again."))
    return answer or event_page(request, record, reopen_form=form)
