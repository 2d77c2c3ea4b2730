"""The matching of a call: previewed, confirmed, and arranged by hand where a reason asks for it."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from noaber.apps.accounts.acting import ActingRequest, acting_required
from noaber.apps.placements import services
from noaber.apps.placements.enums import CallState, PlacementState
from noaber.apps.placements.forms.fields import ByHandForm
from noaber.apps.placements.models import ExchangeCall, ExchangePlacement, HostRank
from noaber.apps.placements.presenters import PAIR_COLUMNS, MatchingView, keyed, present_matching
from noaber.apps.placements.queries import get_call, get_matching, list_applications, list_places, read_market
from noaber.apps.placements.services.common import check_runs
from noaber.apps.placements.views.common import do_step
from noaber.apps.records.pages import save_form
from noaber.core.placements.market import Market
from noaber.core.placements.stable import match
from noaber.core.problems import NotAllowed
from noaber.web.tables import export


@acting_required
@require_GET
def matching(request: ActingRequest, pk: int) -> HttpResponse:
    """While hosts rank, what a matching would give now; afterwards, what it gave and what was changed by hand."""
    return _page(request, _call(request, pk))


def _file(request: ActingRequest, view: MatchingView) -> HttpResponse | None:
    return export(request, name="matching", columns=PAIR_COLUMNS, rows=[*view.placed, *view.unplaced])


def _call(request: ActingRequest, pk: int) -> ExchangeCall:
    call = get_call(request.acting.organisation, pk)
    check_runs(request.acting, call.programme.owner_id)
    if call.state not in (CallState.RANKING, CallState.MATCHED):
        raise NotAllowed("placement.not-ranking")
    return call


def _page(request: ActingRequest, call: ExchangeCall, form: ByHandForm | None = None) -> HttpResponse:
    run = get_matching(call)
    refused = HostRank.objects.filter(place__call=call, rank=None).select_related("application", "place__organisation")
    context: dict[str, Any] = {"call": call, "run": run, "refused": refused}
    if run is None:
        market = read_market(call)
        context |= {"view": _view(request, call, market, match(market)), "digest": market.digest()}
        context["not_ranked"] = _unranked(market, call)
    else:
        market, pairs = _as_arranged(Market.decode(run.market), call)
        context |= {"view": _view(request, call, market, pairs), "digest": run.digest}
        context["by_hand"] = list(_placements(call).exclude(override_reason=""))
        context["form"] = form or _form(request, call)
    if file := _file(request, context["view"]):
        return file
    return render(request, "placements/matching.html", context, status=422 if form else 200)


def _view(request: ActingRequest, call: ExchangeCall, market: Market, pairs: dict[int, int]) -> MatchingView:
    applications = keyed(list_applications(request.acting, call))
    return present_matching(market, pairs, applications, keyed(list_places(call)))


def _unranked(market: Market, call: ExchangeCall) -> list[str]:
    """The hosts that said nothing yet of somebody who wishes to come; such wishes cannot be given."""
    names = {place.pk: f"{place.organisation.code} · {place.title}" for place in list_places(call)}
    return [
        names[place.key]
        for place in market.places.values()
        if any(
            place.key in one.wishes and one.key not in (*place.ranked, *place.refused)
            for one in market.applicants.values()
        )
        and not (place.ranked or place.refused)
    ]


def _placements(call: ExchangeCall) -> Any:
    return ExchangePlacement.objects.filter(application__call=call).select_related(
        "application__organisation", "place__organisation"
    )


def _as_arranged(market: Market, call: ExchangeCall) -> tuple[Market, dict[int, int]]:
    """What stands now; those whose placement was called off do not take part any more."""
    records = list(_placements(call))
    gone = {record.application_id for record in records if record.state == PlacementState.CANCELLED}
    applicants = {key: one for key, one in market.applicants.items() if key not in gone}
    pairs = {record.application_id: record.place_id for record in records if record.application_id in applicants}
    return Market(market.places, applicants), pairs


def _form(request: ActingRequest, call: ExchangeCall, data: Any = None) -> ByHandForm:
    applications = [
        (one.pk, f"{one.number} · {one.organisation.code} {one.initials}")
        for one in list_applications(request.acting, call)
    ]
    places = [(one.pk, f"{one.organisation.code} · {one.title}") for one in list_places(call)]
    return ByHandForm(data, applications=applications, places=places)


@acting_required
@require_POST
def matching_confirm(request: ActingRequest, pk: int) -> HttpResponse:
    call = _call(request, pk)

    def work() -> str:
        services.confirm_matching(request.acting, call, digest=request.POST.get("digest", ""))
        return reverse("exchange-matching", args=[call.pk])

    return do_step(request, work, _("The matching is confirmed; the placements are planned."))


@acting_required
@require_POST
def matching_by_hand(request: ActingRequest, pk: int) -> HttpResponse:
    call = _call(request, pk)
    form = _form(request, call, request.POST)

    def work() -> str:
        found = form.cleaned_data
        services.place_by_hand(
            request.acting,
            list_applications(request.acting, call).get(pk=found["application"]),
            list_places(call).get(pk=found["place"]),
            reason=found["reason"],
            language=found["language"],
        )
        return reverse("exchange-matching", args=[call.pk])

    return save_form(request, form, work, _("The placement is planned by hand.")) or _page(request, call, form)
