"""Placements: when who is where, and one of them with its reports and steps."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from functools import partial
from typing import Any, Final

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from noaber.apps.accounts.acting import Acting, ActingRequest, acting_required
from noaber.apps.accounts.enums import Permission
from noaber.apps.accounts.models import LANGUAGES
from noaber.apps.accounts.queries import keeps
from noaber.apps.actions.views.feeds import calendar_answer
from noaber.apps.library.panel import links_panel
from noaber.apps.placements import services
from noaber.apps.placements.calendar import write_calendar
from noaber.apps.placements.enums import PLACEMENT_STEPS, PlacementState
from noaber.apps.placements.forms.fields import PracticeForm, ReasonForm, ReportForm, StayForm
from noaber.apps.placements.models import ExchangePlacement
from noaber.apps.placements.permissions import can_write_for
from noaber.apps.placements.presenters import PLACEMENT_COLUMNS, months_of, present_state
from noaber.apps.placements.queries import get_placement, list_calls, list_placements, places_between
from noaber.apps.placements.services.common import reports_as_guest, reports_as_host
from noaber.apps.placements.timeline import first_term, present_timeline, stays_in
from noaber.apps.placements.views.common import do_step, hosts, runs
from noaber.apps.records.edits import Stands
from noaber.apps.records.history import history_of
from noaber.apps.records.pages import save_form
from noaber.apps.registry.presenters.history import present_history
from noaber.core.placements.weeks import Term, quarter_of, read_term
from noaber.core.problems import NotFound
from noaber.web.clock import now
from noaber.web.edits import form_status
from noaber.web.htmx import render_page_or_fragment
from noaber.web.reader import reader_language
from noaber.web.tables import export

STEPS: Final = (
    "may_confirm",
    "may_finish",
    "may_plan",
    "may_cancel",
    "may_move",
    "may_report",
    "may_report_as_host",
    "may_keep",
)


@acting_required
@require_GET
def placements(request: ActingRequest) -> HttpResponse:
    """Who is where in a quarter or a year, week by week and by month; all of it as CSV, XLSX and iCalendar too."""
    acting, today = request.acting, request.acting.today
    found = list(list_placements(acting.organisation))
    if file := export(request, name="placements", columns=PLACEMENT_COLUMNS, rows=found):
        return file
    if request.GET.get("format") == "ics":
        calls = list_calls(acting.organisation)
        content = write_calendar(found, calls=calls, address=request.build_absolute_uri, now=now())
        return calendar_answer(content, name="exchanges")
    term = read_term(request.GET.get("term", "")) or first_term(found, today)
    stays = stays_in(found, term)
    places = places_between(acting.organisation, term.begins, term.ends, stays)
    context = {
        "timeline": present_timeline(term, places, stays, today),
        "months": [(month, [(one, present_state(one)) for one in rows]) for month, rows in months_of(stays)],
        "total": len(stays),
        "year": Term(term.year),
        "quarter": term if term.quarter else _quarter_in(term, stays, today),
        "earlier": max((quarter_of(one.begins_on) for one in found if one.ends_on < term.begins), default=None),
        "later": min((quarter_of(one.begins_on) for one in found if one.begins_on > term.ends), default=None),
    }
    return render_page_or_fragment(request, "placements/placements.html", "placements/_stays.html", context)


def _quarter_in(year: Term, stays: list[ExchangePlacement], today: datetime.date) -> Term:
    """The quarter of a year that one looks at more closely: that of today, else that of its first stay."""
    if today.year == year.year:
        return quarter_of(today)
    return quarter_of(max(year.begins, stays[0].begins_on) if stays else year.begins)


@acting_required
@require_GET
def placement(request: ActingRequest, pk: int) -> HttpResponse:
    """One stay; as iCalendar too, for the calendars of those whom it concerns."""
    record = get_placement(request.acting.organisation, pk)
    if request.GET.get("format") == "ics":
        content = write_calendar([record], address=request.build_absolute_uri, now=now())
        return calendar_answer(content, name="placement")
    return _page(request, record)


def _page(
    request: ActingRequest, record: ExchangePlacement, bound: dict[str, forms.Form] | None = None
) -> HttpResponse:
    """The page of a placement; `bound` holds the form that was refused, by its name."""
    acting = request.acting
    kept = keeps(acting.organisation)
    steps = PLACEMENT_STEPS[record.state]
    may_run = runs(acting, record.owner_id)
    goes = reports_as_guest(acting, record)
    receives = reports_as_host(acting, record)
    takes_place = record.state != PlacementState.CANCELLED
    under_way = record.state in (PlacementState.PLANNED, PlacementState.CONFIRMED)
    begun = acting.today >= record.begins_on
    context: dict[str, Any] = {
        "placement": record,
        "call": record.application.call,
        "state": present_state(record),
        "links": links_panel(acting, record),
        "reads_person": acting.may(Permission.COOPERATE),
        "languages": LANGUAGES,
        "is_kept": record.owner_id in kept,
        "history": present_history(history_of(record), ExchangePlacement) if record.owner_id in kept else [],
        "may_confirm": may_run and PlacementState.CONFIRMED in steps,
        "may_finish": may_run and PlacementState.DONE in steps and begun,
        "may_plan": may_run and PlacementState.PLANNED in steps,
        "may_cancel": may_run and PlacementState.CANCELLED in steps,
        "may_move": under_way and hosts(acting, record.application.call, record.place),
        "may_report": goes and takes_place,
        "may_report_after": goes and begun and takes_place,
        "may_report_as_host": receives and takes_place,
        "may_report_as_host_after": receives and begun and takes_place,
        "may_keep": _may_keep(acting, record),
        "cancel_form": ReasonForm(prefix="cancel"),
        "move_form": StayForm(initial=_initial_stay(record), prefix="move"),
        "before_form": ReportForm(initial=_initial_report(record, "before"), prefix="before"),
        "after_form": ReportForm(initial=_initial_report(record, "after"), prefix="after"),
        "host_before_form": ReportForm(initial=_initial_report(record, "host_before"), prefix="host_before"),
        "host_after_form": ReportForm(initial=_initial_report(record, "host_after"), prefix="host_after"),
        "practice_form": PracticeForm(initial={"language": _learned_in(acting, record)}, prefix="practice"),
    }
    context["has_steps"] = any(context[name] for name in STEPS)
    context |= bound or {}
    status = max(map(form_status, (bound or {}).values()), default=200)
    return render(request, "placements/placement.html", context, status=status)


def _may_keep(acting: Acting, record: ExchangePlacement) -> bool:
    """Whether what they reported may become a practice of theirs."""
    if can_write_for(acting.roles, organisation=record.sender.pk, kept=keeps(acting.organisation)):
        return bool(record.after)
    return bool(record.host_after) and hosts(acting, record.application.call, record.place)


def _learned_in(acting: Acting, record: ExchangePlacement) -> str:
    """The language in which they reported what they learned, else the reader's."""
    sends = record.sender.pk in keeps(acting.organisation)
    return (record.after_language if sends else record.host_after_language) or reader_language()


def _initial_stay(record: ExchangePlacement) -> dict[str, Any]:
    return {"begins_on": record.begins_on, "ends_on": record.ends_on}


def _initial_report(record: ExchangePlacement, when: str) -> dict[str, Any]:
    return {"text": getattr(record, when), "language": getattr(record, f"{when}_language") or reader_language()}


def _step(
    request: ActingRequest,
    pk: int,
    form: forms.Form,
    do: Callable[[ExchangePlacement], object],
    told: str,
    initial: Callable[[ExchangePlacement], dict[str, Any]] | None = None,
) -> HttpResponse:
    """Take the step of a form on the page of a placement, or show the page with what is wrong.

    With `initial`, what the form holds of the placement, it is brought together with what others wrote meanwhile.
    """
    record = get_placement(request.acting.organisation, pk)
    stands = Stands(record, initial, names={"text": str(form.prefix)}) if initial else None

    def work() -> str:
        do(record)
        return record.get_absolute_url()

    return save_form(request, form, work, told, stands) or _page(request, record, {f"{form.prefix}_form": form})


@acting_required
@require_POST
def placement_step(request: ActingRequest, pk: int, state: str) -> HttpResponse:
    record = get_placement(request.acting.organisation, pk)
    told = {
        PlacementState.PLANNED: _("The placement is planned again."),
        PlacementState.CONFIRMED: _("The placement is confirmed."),
        PlacementState.DONE: _("The placement is done."),
    }
    if state not in told:
        raise NotFound

    def work() -> str:
        services.step_placement(request.acting, record, PlacementState(state))
        return record.get_absolute_url()

    return do_step(request, work, told[PlacementState(state)])


@acting_required
@require_POST
def placement_cancel(request: ActingRequest, pk: int) -> HttpResponse:
    form = ReasonForm(request.POST, prefix="cancel")

    def do(record: ExchangePlacement) -> None:
        services.step_placement(request.acting, record, PlacementState.CANCELLED, reason=form.cleaned_data["reason"])

    return _step(request, pk, form, do, _("The placement is called off."))


@acting_required
@require_POST
def placement_move(request: ActingRequest, pk: int) -> HttpResponse:
    form = StayForm(request.POST, prefix="move")

    def do(record: ExchangePlacement) -> None:
        services.move_stay(request.acting, record, form.cleaned_data["begins_on"], form.cleaned_data["ends_on"])

    return _step(request, pk, form, do, _("The new days are kept."), _initial_stay)


@acting_required
@require_POST
def placement_report(request: ActingRequest, pk: int, when: str) -> HttpResponse:
    reports = {
        "before": services.report_before,
        "after": services.report_after,
        "host_before": services.report_as_host_before,
        "host_after": services.report_as_host_after,
    }
    if when not in reports:
        raise NotFound
    form = ReportForm(request.POST, prefix=when)

    def do(record: ExchangePlacement) -> None:
        reports[when](request.acting, record, form.cleaned_data["text"], language=form.cleaned_data["language"])

    return _step(request, pk, form, do, _("The report is kept."), partial(_initial_report, when=when))


@acting_required
@require_POST
def placement_practice(request: ActingRequest, pk: int) -> HttpResponse:
    form = PracticeForm(request.POST, prefix="practice")

    def do(record: ExchangePlacement) -> None:
        services.keep_as_practice(request.acting, record, **form.cleaned_data)

    return _step(request, pk, form, do, _("The practice is kept, and linked here."))
