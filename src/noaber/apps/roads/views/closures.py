"""Closures: the list, closing roads, opening them again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import shapely
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from noaber.apps.accounts.acting import ActingRequest, acting_required
from noaber.apps.accounts.enums import Permission, Status
from noaber.apps.accounts.services import do_once
from noaber.apps.accounts.status import status_asked
from noaber.apps.roads.forms.closures import ClosureForm
from noaber.apps.roads.forms.map_query import read_position
from noaber.apps.roads.models import Closure
from noaber.apps.roads.network.named_roads import suggest_roads
from noaber.apps.roads.network.roads_now import closed_by
from noaber.apps.roads.permissions import check_close
from noaber.apps.roads.presenters.closures import ClosureState, Feature, closure_features, closure_rows, map_of
from noaber.apps.roads.presenters.map_layers import layer_features
from noaber.apps.roads.presenters.reach_map import BOUNDS
from noaber.apps.roads.presenters.sections import section_words
from noaber.apps.roads.queries.closures import closures_at, get_closure, list_closures
from noaber.apps.roads.services.closures import close_roads, open_again
from noaber.apps.roads.tiles.districts import with_districts
from noaber.apps.roads.tiles.roads import with_roads
from noaber.web.clock import now
from noaber.web.htmx import render_page_or_fragment, wants_fragment
from noaber.web.pagination import paginate
from noaber.web.reader import reader_language
from noaber.web.tables import geojson_response


@acting_required
@require_GET
def closures(request: ActingRequest) -> HttpResponse:
    """Every closure that the organisation sees; `?format=geojson` is those that hold, as `noaber reach` reads them."""
    status = request.status_band = status_asked(request)
    organisation, at = request.acting.organisation, now()
    if request.GET.get("format") == "geojson":
        return geojson_response(map(_as_feature, closures_at(organisation, status, at)), name="closures")
    rows = closure_rows(request.acting, list_closures(organisation, status), at)
    holding = [row.closure for row in rows if row.state is ClosureState.HOLDS]
    context = {
        "status": status,
        "pages": paginate(request, rows, per_page=100),
        "map_data": with_districts(with_roads(map_of(closure_features(holding)))),
        "may_close": request.acting.may(Permission.CLOSE_ROADS),
        "here": request.get_full_path(),
    }
    return render_page_or_fragment(request, "roads/closures.html", "roads/_closures.html", context)


def _as_feature(closure: Any) -> dict[str, Any]:
    said = {
        "reason": closure.reason,
        "owner": closure.owner.code,
        "tlp": closure.tlp,
        "from": closure.begins_at.isoformat(),
        "until": closure.ends_at.isoformat() if closure.ends_at else None,
        "sections": list(section_words(closure.parts)),
    }
    return {"type": "Feature", "geometry": closure.geometry, "properties": said}


@acting_required
@require_http_methods(["GET", "POST"])
def closure_new(request: ActingRequest) -> HttpResponse:
    """Close roads; `?lon=&lat=` is where the map opens."""
    check_close(request.acting.roles)
    status = request.status_band = status_asked(request)
    if request.method == "GET":
        form = ClosureForm(request.acting, initial={"status": status, "begins_at": now()})
        return _form(request, form)
    form = ClosureForm(request.acting, request.POST, request.FILES)
    if not form.is_valid():
        return _form(request, form, code=422)

    def work() -> str:
        status = Status(form.cleaned_data["status"])
        made = close_roads(request.acting, form.data_for_service(), status=status, language=reader_language())
        words = ngettext("%(count)s closure was saved.", "%(count)s closures were saved.", len(made))
        messages.success(request, words % {"count": len(made)})
        _say_idle(request, made)
        return f"{reverse('closures')}?status={status}"

    return redirect(do_once(request.POST.get("once", ""), request.acting.person, work))


@acting_required
@require_GET
def closure_roads(request: ActingRequest) -> HttpResponse:
    """What to suggest for the name of a road while it is typed."""
    check_close(request.acting.roles)
    return render(request, "roads/_roads_suggested.html", {"roads": suggest_roads(request.GET.get("road", "")[:200])})


def _say_idle(request: ActingRequest, made: list[Closure]) -> None:
    """Warn of closures that change no minutes, for no known road lies there."""
    closed = closed_by(made)
    idle = sum(one.digest in closed and closed[one.digest].is_idle for one in made)
    if idle:
        words = ngettext(
            "%(count)s closure touches no road that is known here: no minutes change by it.",
            "%(count)s closures touch no road that is known here: no minutes change by them.",
            idle,
        )
        messages.warning(request, words % {"count": idle})
    elif any(one.parts and closed[one.digest].stretches is not None for one in made if one.digest in closed):
        messages.warning(
            request,
            gettext(
                "On the installed network of roads nothing is closed by a name: draw there what is closed, "
                "else minutes on it do not change."
            ),
        )


def _form(request: ActingRequest, form: ClosureForm, *, code: int = 200) -> HttpResponse:
    holding = closures_at(request.acting.organisation, request.status_band, now())
    at = read_position(request.GET)
    around = list(layer_features(request.acting.organisation, request.status_band))
    bounds = [at.lon - 0.15, at.lat - 0.1, at.lon + 0.15, at.lat + 0.1] if at else _where(around)
    map_data = with_districts(with_roads(map_of([*closure_features(holding), *around], bounds=bounds)))
    context = {"form": form, "map_data": map_data, "status": request.status_band}
    return render(request, "roads/closure_form.html", context, status=code)


def _where(around: Sequence[Feature]) -> list[float]:
    """Where the map opens: on what goes on, as far as roads may be closed for it; else on the whole region."""
    if not around:
        return list(BOUNDS)
    west, south, east, north = shapely.total_bounds([shapely.geometry.shape(one["geometry"]) for one in around])
    wide, high = (max(0.2, (least - span) / 2) for least, span in ((1.8, east - west), (1.1, north - south)))
    return [float(west - wide), float(south - high), float(east + wide), float(north + high)]


@acting_required
@require_POST
def closure_open(request: ActingRequest, pk: int) -> HttpResponse:
    """Open the road again. An open page asks for its parts anew; without script it leads back to where one was."""
    found = get_closure(request.acting.organisation, pk)
    open_again(request.acting, found)
    if wants_fragment(request):
        return HttpResponse(status=204, headers={"HX-Trigger": "noaber:changed"})
    back = request.POST.get("back", "")
    if back.startswith("/map/") and "//" not in back:
        return redirect(back)
    return redirect(f"{reverse('closures')}?status={found.status}")
