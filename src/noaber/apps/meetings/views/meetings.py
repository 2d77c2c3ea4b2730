"""Meetings: the list, the year, one of them, planning, changing, its states."""

from __future__ import annotations

import datetime
from functools import partial
from typing import Any, Final

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.dates import MONTHS_AP
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from noaber.apps.accounts.acting import ActingRequest, acting_required
from noaber.apps.accounts.enums import Permission
from noaber.apps.accounts.queries import keeps
from noaber.apps.actions.views.feeds import calendar_answer
from noaber.apps.library.panel import links_panel
from noaber.apps.meetings import services
from noaber.apps.meetings.before import look_back
from noaber.apps.meetings.calendar import write_feed
from noaber.apps.meetings.enums import STEPS, MeetingState
from noaber.apps.meetings.forms.meetings import (
    CallOffForm,
    MeetingFilterForm,
    MeetingForm,
    initial_meeting,
)
from noaber.apps.meetings.forms.parts import ItemForm
from noaber.apps.meetings.models import Meeting
from noaber.apps.meetings.presenters import (
    COLUMNS,
    FILE_COLUMNS,
    present_items,
    present_meetings,
    present_participants,
    present_year,
)
from noaber.apps.meetings.queries import (
    MeetingFilter,
    actions_of,
    decisions_of,
    get_meeting,
    list_meetings,
    list_series,
    recommendations_of,
    why_called_off,
    years_of,
)
from noaber.apps.meetings.views.common import known_organisations, rights_of, take_step
from noaber.apps.records.edits import Stands
from noaber.apps.records.history import history_of
from noaber.apps.records.pages import save_form
from noaber.apps.records.permissions import can_change, check_can_change
from noaber.apps.records.sharing import groups_of
from noaber.apps.registry.presenters.history import present_history
from noaber.core.problems import NotFound
from noaber.web.clock import now
from noaber.web.edits import form_status
from noaber.web.htmx import render_page_or_fragment
from noaber.web.pagination import paginate
from noaber.web.reader import PDF_LANGUAGES
from noaber.web.tables import Sorting, export

_STEPS: Final = {
    MeetingState.CONVENED: (services.convene, gettext_lazy("The meeting is convened.")),
    MeetingState.HELD: (services.hold, gettext_lazy("The minutes can be written.")),
    MeetingState.CLOSED: (services.close, gettext_lazy("The meeting is closed.")),
    MeetingState.PLANNED: (services.plan_again, gettext_lazy("The meeting is planned again.")),
}


@acting_required
@require_GET
def meetings(request: ActingRequest) -> HttpResponse:
    """The list, or a year of it, a row for each series."""
    reader = request.acting.organisation
    years = years_of(reader)
    known = list_series(reader)
    form = MeetingFilterForm(request.GET, series=known, years=years)
    asked = form.wanted()
    by_year = request.GET.get("view") == "year"
    if by_year and not asked.year and years:
        asked = MeetingFilter(series=asked.series, state=asked.state, year=str(years[0]), text=asked.text)
    chosen = next((one for one in known if str(one.pk) == asked.series), None)
    sorting = Sorting.from_query(request.GET, COLUMNS, default="-day")
    found = sorting.in_order(list_meetings(reader, asked))
    present = partial(present_meetings, reader)
    if request.GET.get("format") == "ics":
        content = write_feed(found, address=request.build_absolute_uri, now=now())
        return calendar_answer(content, name="meetings")
    if file := export(request, name="meetings", columns=FILE_COLUMNS, rows=found, present=present):
        return file
    context = {
        "form": form,
        "sorting": sorting,
        "pages": paginate(request, found, per_page=50, present=present),
        "by_year": by_year,
        "year": asked.year,
        "year_rows": present_year(present(found)) if by_year else [],
        "months": list(MONTHS_AP.values()),
        "is_filtered": asked != MeetingFilter(),
        "series": chosen,
        "may_change_series": chosen is not None
        and can_change(request.acting.roles, owner=chosen.owner_id, kept=keeps(reader)),
        "may_add": request.acting.may(Permission.COOPERATE),
    }
    return render_page_or_fragment(request, "meetings/meetings.html", "meetings/_meeting_rows.html", context)


@acting_required
@require_GET
def meeting(request: ActingRequest, pk: int) -> HttpResponse:
    return meeting_page(request, get_meeting(request.acting.organisation, pk))


def meeting_page(request: ActingRequest, record: Meeting, bound: dict[str, forms.Form] | None = None) -> HttpResponse:
    """The page of a meeting; `bound` holds the form that was refused, by its name."""
    acting = request.acting
    rights = rights_of(acting, record)
    context: dict[str, Any] = {
        "meeting": record,
        "row": present_meetings(acting.organisation, [record])[0],
        "items": present_items(acting.organisation, record, now()),
        "people": present_participants(record, keeps(acting.organisation)),
        "decisions": decisions_of(acting.organisation, [record]),
        "actions": actions_of(acting.organisation, [record]),
        "recommendations": recommendations_of(acting.organisation, record),
        "links": links_panel(acting, record),
        "before": look_back(acting.organisation, record.series, record.starts_on, without=record.pk),
        "called_off_for": why_called_off(record),
        "rights": rights,
        "steps": STEPS[record.state] if rights.keep else (),
        "groups": [group.name for group in record.groups.all()] if rights.keep else [],
        "history": present_history(history_of(record), Meeting) if rights.keep else [],
        "may_act": acting.may(Permission.COOPERATE),
        "item_form": _item_form(),
        "call_off_form": CallOffForm(prefix="off"),
        "pdf_languages": PDF_LANGUAGES,
    }
    context |= bound or {}
    status = 422 if bound else 200
    return render_page_or_fragment(request, "meetings/meeting.html", "meetings/_meeting.html", context, status=status)


def _item_form() -> ItemForm:
    initial = {"purpose": "discussion"}
    return ItemForm(initial=initial, prefix="item", organisations=known_organisations())


@acting_required
@require_http_methods(["GET", "POST"])
def meeting_new(request: ActingRequest) -> HttpResponse:
    """Plan a meeting; `?series=3` makes it the next of a series, with what the last one left open."""
    acting = request.acting
    acting.check_may(Permission.COOPERATE)
    series = {str(one.pk): one for one in list_series(acting.organisation)}
    chosen = series.get(request.GET.get("series", ""))
    before = look_back(acting.organisation, chosen, datetime.date.max)
    unfinished = before.points if before else []
    participants = list(before.last.participants.select_related("organisation")) if before else []
    initial = {
        "series": str(chosen.pk) if chosen else "",
        "time_zone": acting.organisation.time_zone,
        "host": acting.organisation.code,
        "carried": [str(item.pk) for item in unfinished],
        "invited": [str(one.pk) for one in participants],
    }
    if chosen:
        initial |= {"groups": [group.code for group in chosen.groups.all()]}
    form = MeetingForm(
        request.POST or None,
        initial=initial,
        groups=groups_of(acting.organisation),
        series=series.values(),
        organisations=known_organisations(),
        unfinished=unfinished,
        participants=participants,
    )

    def work() -> str:
        data, carried, invited = form.data_for_service(), form.carried_items(), form.invited_again()
        made = services.add_meeting(acting, data, carried=carried, invited=invited)
        return made.get_absolute_url()

    if request.method == "POST" and (answer := save_form(request, form, work, _("The meeting is planned."))):
        return answer
    context = {
        "form": form,
        "before": before,
        "series_links": [] if chosen else list(series.values()),
    }
    return render(request, "meetings/meeting_form.html", context, status=422 if form.is_bound else 200)


@acting_required
@require_http_methods(["GET", "POST"])
def meeting_edit(request: ActingRequest, pk: int) -> HttpResponse:
    acting = request.acting
    record = get_meeting(acting.organisation, pk)
    check_can_change(acting.roles, owner=record.owner_id, kept=keeps(acting.organisation))
    stands = Stands(record, initial_meeting)
    form = MeetingForm(
        request.POST or None,
        initial=initial_meeting(record),
        record=record,
        groups=groups_of(record.owner) | groups_of(acting.organisation),
        series=list_series(acting.organisation),
        organisations=known_organisations(),
    )

    def work() -> str:
        services.change_meeting(acting, record, form.data_for_service())
        return record.get_absolute_url()

    told = _("The changes are kept.")
    if request.method == "POST" and (answer := save_form(request, form, work, told, stands)):
        return answer
    context = {"form": form, "meeting": record, "before": None}
    return render(request, "meetings/meeting_form.html", context, status=form_status(form))


@acting_required
@require_POST
def meeting_step(request: ActingRequest, pk: int, step: str) -> HttpResponse:
    record = get_meeting(request.acting.organisation, pk)
    if step not in _STEPS:
        raise NotFound
    work, told = _STEPS[MeetingState(step)]
    return take_step(request, lambda: work(request.acting, record), str(told), record.get_absolute_url())


@acting_required
@require_POST
def meeting_call_off(request: ActingRequest, pk: int) -> HttpResponse:
    record = get_meeting(request.acting.organisation, pk)
    form = CallOffForm(request.POST, prefix="off")

    def work() -> str:
        services.call_off(request.acting, record, reason=form.cleaned_data["reason"])
        return record.get_absolute_url()

    answer = save_form(request, form, work, _("The meeting is called off."))
    return answer or meeting_page(request, record, {"call_off_form": form})
