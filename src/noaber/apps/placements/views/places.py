"""Host places: one of them, offering and changing it, ranking those who wish to come."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from noaber.apps.accounts.acting import ActingRequest, acting_required
from noaber.apps.accounts.enums import Permission
from noaber.apps.accounts.models import Organisation
from noaber.apps.accounts.queries import keeps
from noaber.apps.accounts.services import do_once
from noaber.apps.placements import services
from noaber.apps.placements.enums import CallState
from noaber.apps.placements.forms.calls import PlaceForm, initial_place
from noaber.apps.placements.models import HostPlace
from noaber.apps.placements.presenters import PlaceRow, present_state
from noaber.apps.placements.queries import (
    RankedApplicant,
    get_call,
    get_place,
    list_placements,
    ranking_digest,
    to_rank,
)
from noaber.apps.placements.services.common import check_hosts
from noaber.apps.placements.values import RankData
from noaber.apps.placements.views.common import FormPage, form_page, hosts, runs
from noaber.apps.placements.words import levels_in_words
from noaber.apps.records.edits import Stands
from noaber.apps.records.history import history_of
from noaber.apps.registry.presenters.history import present_history
from noaber.core.problems import InvalidInput
from noaber.web import wording


@acting_required
@require_GET
def place(request: ActingRequest, pk: int) -> HttpResponse:
    acting = request.acting
    record = get_place(acting.organisation, pk)
    may_host = hosts(acting, record.call, record)
    context = {
        "place": record,
        "row": PlaceRow(record),
        "call": record.call,
        "state": present_state(record.call),
        "stays": [(one, present_state(one)) for one in list_placements(acting.organisation).filter(place=record)],
        "may_edit": may_host and record.call.state in (CallState.PREPARED, CallState.OPEN),
        "may_rank": may_host and record.call.state == CallState.RANKING,
        "history": present_history(history_of(record), HostPlace) if may_host else [],
        "may_host": may_host,
    }
    return render(request, "placements/place.html", context)


@acting_required
@require_http_methods(["GET", "POST"])
def place_new(request: ActingRequest, pk: int) -> HttpResponse:
    """Offer a place; whoever runs the programme also does for hosts that do not use Noaber."""
    acting = request.acting
    acting.check_may(Permission.COOPERATE)
    call = get_call(acting.organisation, pk)
    own = Q(pk__in=keeps(acting.organisation))
    choice = own | Q(connected=False) if runs(acting, call.programme.owner_id) else own
    form = PlaceForm(
        request.POST or None,
        initial={"organisation": acting.organisation.code},
        hosts=Organisation.objects.filter(choice),
    )
    page = FormPage(_("Offer a host place"), _("Offer the place"), call.get_absolute_url(), _("The place is offered."))

    def work() -> str:
        return services.add_place(acting, call, form.data_for_service()).get_absolute_url()

    return form_page(request, form, page, work, levels=_("Languages of work: one of them is enough"))


@acting_required
@require_http_methods(["GET", "POST"])
def place_edit(request: ActingRequest, pk: int) -> HttpResponse:
    acting = request.acting
    record = get_place(acting.organisation, pk)
    check_hosts(acting, record.call, record.organisation)
    form = PlaceForm(request.POST or None, initial=initial_place(record), hosts=(), record=record)
    page = FormPage(record.title, _("Keep the changes"), record.get_absolute_url(), _("The changes are kept."))

    def work() -> str:
        services.change_place(acting, record, form.data_for_service())
        return record.get_absolute_url()

    stands = Stands(record, initial_place, lock=record.call)
    return form_page(request, form, page, work, stands, levels=_("Languages of work: one of them is enough"))


@acting_required
@require_http_methods(["GET", "POST"])
def ranking(request: ActingRequest, pk: int) -> HttpResponse:
    """Put those who wish to come in order: dragged, or moved by the buttons, which need no script."""
    acting = request.acting
    record = get_place(acting.organisation, pk)
    check_hosts(acting, record.call, record.organisation)
    stands = to_rank(record) if record.call.state in (CallState.RANKING, CallState.MATCHED) else []
    rows, error = stands, ""
    seen = request.POST.get("seen", "") or ranking_digest(record)
    if request.method == "POST":
        rows = _as_typed(request, stands)
        if "move" not in request.POST:
            try:
                _rank(request, record, rows, seen)
            except InvalidInput as problem:
                error = " ".join(wording.problem(one) for one in problem.problems)
                seen = ranking_digest(record)
            else:
                messages.success(request, _("The ranking is kept."))
                return redirect(record.get_absolute_url())
    context = {
        "place": record,
        "call": record.call,
        "rows": [(row, levels_in_words(row.application.languages)) for row in rows],
        "error": error,
        "seen": seen,
        "stands": stands if error else [],
        "may_rank": record.call.state == CallState.RANKING,
    }
    return render(request, "placements/ranking.html", context, status=422 if error else 200)


def _rank(request: ActingRequest, record: HostPlace, rows: list[RankedApplicant], seen: str) -> None:
    ranked = [RankData(row.application.pk, row.reason) for row in rows]

    def work() -> str:
        services.rank_applicants(request.acting, record, ranked, seen=seen)
        return record.get_absolute_url()

    do_once(request.POST.get("once", ""), request.acting.person, work)


def _as_typed(request: ActingRequest, rows: list[RankedApplicant]) -> list[RankedApplicant]:
    """The rows in the order and with the reasons of the form, one of them moved where a button asked for it."""
    known = {str(row.application.pk): row for row in rows}
    order = [key for key in dict.fromkeys(request.POST.getlist("order")) if key in known]
    order += [key for key in known if key not in order]
    direction, _colon, key = request.POST.get("move", "").partition(":")
    if key in order and direction in ("up", "down"):
        here = order.index(key)
        there = max(0, here - 1) if direction == "up" else min(len(order) - 1, here + 1)
        order[here], order[there] = order[there], order[here]
    return [
        RankedApplicant(known[one].application, None, request.POST.get(f"reason-{one}", "").strip()) for one in order
    ]
