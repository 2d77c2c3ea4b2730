"""Programmes: all of them, one with its calls, adding and changing them and their calls."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from noaber.apps.accounts.acting import ActingRequest, acting_required
from noaber.apps.accounts.enums import Permission, TlpLabel
from noaber.apps.accounts.queries import keeps
from noaber.apps.library.panel import links_panel
from noaber.apps.placements import services
from noaber.apps.placements.enums import CallState
from noaber.apps.placements.forms.calls import CallForm, ProgrammeForm
from noaber.apps.placements.models import ExchangeCall, ExchangeProgramme
from noaber.apps.placements.presenters import present_state
from noaber.apps.placements.queries import coming_placements, get_call, get_programme, list_calls, list_programmes
from noaber.apps.placements.services.common import check_runs
from noaber.apps.placements.views.common import FormPage, form_page, runs
from noaber.apps.records.edits import Stands
from noaber.apps.records.history import history_of
from noaber.apps.records.sharing import groups_of
from noaber.apps.registry.presenters.history import present_history
from noaber.core.problems import NotAllowed


@acting_required
@require_GET
def exchanges(request: ActingRequest) -> HttpResponse:
    """The calls that run or ran, by programme, and the next stays."""
    acting = request.acting
    calls = [(call, present_state(call)) for call in list_calls(acting.organisation)]
    programmes = [
        (programme, [pair for pair in calls if pair[0].programme_id == programme.pk])
        for programme in list_programmes(acting.organisation)
    ]
    context = {
        "programmes": programmes,
        "next": [(record, present_state(record)) for record in coming_placements(acting.organisation, acting.today)],
        "may_add": acting.may(Permission.COOPERATE),
    }
    return render(request, "placements/exchanges.html", context)


@acting_required
@require_GET
def programme(request: ActingRequest, pk: int) -> HttpResponse:
    acting = request.acting
    record = get_programme(acting.organisation, pk)
    kept = record.owner_id in keeps(acting.organisation)
    context = {
        "programme": record,
        "calls": [(call, present_state(call)) for call in list_calls(acting.organisation).filter(programme=record)],
        "links": links_panel(acting, record),
        "is_kept": kept,
        "groups": [group.name for group in record.groups.all()] if kept else [],
        "history": present_history(history_of(record), ExchangeProgramme) if kept else [],
        "may_run": runs(acting, record.owner_id),
    }
    return render(request, "placements/programme.html", context)


@acting_required
@require_http_methods(["GET", "POST"])
def programme_new(request: ActingRequest) -> HttpResponse:
    acting = request.acting
    acting.check_may(Permission.COOPERATE)
    initial = {"tlp": TlpLabel.GREEN}
    form = ProgrammeForm(request.POST or None, initial=initial, groups=groups_of(acting.organisation))
    page = FormPage(
        _("Begin a programme"), _("Begin the programme"), reverse("exchanges"), _("The programme is there.")
    )

    def work() -> str:
        return services.add_programme(acting, form.data_for_service(None)).get_absolute_url()

    return form_page(request, form, page, work, shares=True)


@acting_required
@require_http_methods(["GET", "POST"])
def programme_edit(request: ActingRequest, pk: int) -> HttpResponse:
    acting = request.acting
    record = get_programme(acting.organisation, pk)
    check_runs(acting, record.owner_id)
    groups = groups_of(record.owner) | groups_of(acting.organisation)
    form = ProgrammeForm(request.POST or None, initial=_initial_programme(record), groups=groups)
    page = FormPage(record.title, _("Keep the changes"), record.get_absolute_url(), _("The changes are kept."))

    def work() -> str:
        services.change_programme(acting, record, form.data_for_service(record))
        return record.get_absolute_url()

    return form_page(request, form, page, work, Stands(record, _initial_programme), shares=True)


def _initial_programme(record: ExchangeProgramme) -> dict[str, Any]:
    initial = {name: getattr(record, name) for name in ("title", "language", "purpose", "tlp")}
    return initial | {"groups": [group.code for group in record.groups.all()]}


@acting_required
@require_http_methods(["GET", "POST"])
def call_new(request: ActingRequest, pk: int) -> HttpResponse:
    """Prepare a call of a programme."""
    acting = request.acting
    record = get_programme(acting.organisation, pk)
    check_runs(acting, record.owner_id)
    form = CallForm(request.POST or None, initial={"opens_on": acting.today})
    page = FormPage(_("Prepare a call"), _("Prepare the call"), record.get_absolute_url(), _("The call is prepared."))

    def work() -> str:
        return services.add_call(acting, record, form.data_for_service()).get_absolute_url()

    return form_page(request, form, page, work)


@acting_required
@require_http_methods(["GET", "POST"])
def call_edit(request: ActingRequest, pk: int) -> HttpResponse:
    acting = request.acting
    record = get_call(acting.organisation, pk)
    check_runs(acting, record.programme.owner_id)
    if record.state == CallState.MATCHED:
        raise NotAllowed("action.step-gone")
    form = CallForm(request.POST or None, initial=_initial_call(record))
    page = FormPage(record.title, _("Keep the changes"), record.get_absolute_url(), _("The changes are kept."))

    def work() -> str:
        services.change_call(acting, record, form.data_for_service())
        return record.get_absolute_url()

    return form_page(request, form, page, work, Stands(record, _initial_call))


def _initial_call(record: ExchangeCall) -> dict[str, Any]:
    names = ("title", "language", "conditions", "opens_on", "closes_at", "ranked_by")
    return {name: getattr(record, name) for name in names}
