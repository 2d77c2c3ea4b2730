"""The map of minutes with and without borders, its tables and its files."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from noaber.apps.accounts.acting import ActingRequest, acting_required
from noaber.apps.accounts.enums import Permission
from noaber.apps.accounts.models import Organisation
from noaber.apps.accounts.status import status_asked
from noaber.apps.registry.coded import capability_name, hazard_name
from noaber.apps.registry.queries.planning import planning_units
from noaber.apps.roads.forms.map_query import K_WORDS, MapQuery, MapQueryForm, vehicle_column
from noaber.apps.roads.network.roads_now import roads_now
from noaber.apps.roads.permissions import can_install
from noaber.apps.roads.presenters.boundary_shares import (
    FILE_COLUMNS,
    PAGE_COLUMNS,
    most_gaining,
    region_rows,
    territory_rows,
)
from noaber.apps.roads.presenters.closures import closure_rows
from noaber.apps.roads.presenters.provenance import provenance_on
from noaber.apps.roads.presenters.reach_map import cells_as_file, reach_map
from noaber.apps.roads.presenters.reach_tables import PLACE_COLUMNS, file_columns, gaining_rows, place_rows
from noaber.apps.roads.queries.boundaries import find_layer, kinds_held, regions_at
from noaber.apps.roads.queries.closures import closures_at
from noaber.apps.roads.reach.nearest_responders import nearest_responders
from noaber.apps.roads.reach.reach import Reach, VisibleMeans, reach_of, visible_means
from noaber.core.traveltime.vehicles import Vehicle
from noaber.web.clock import now
from noaber.web.htmx import wants_fragment
from noaber.web.pagination import paginate
from noaber.web.tables import Sorting, export, geojson_response, with_query

SHORT_LIST = 12


@acting_required
@require_GET
def reach_page(request: ActingRequest) -> HttpResponse:
    """The map; `?part=beside` is what stands beside it, and a swap gets the figures with the data of the map."""
    status = request.status_band = status_asked(request)
    if request.GET.get("part") == "beside":
        return render(request, "roads/_reach_side.html", _beside(request, status))
    capabilities = capabilities_seen(request.acting.organisation, status)
    asked = MapQuery.from_query(request.GET, capabilities)
    seen, reach = _look(request, asked, status)
    if request.GET.get("format") == "geojson":
        return geojson_response(cells_as_file(reach, asked), name=f"reach-{asked.capability}")
    figures = _figures(request, asked, seen, reach, status)
    if wants_fragment(request):
        return render(request, "roads/_reach_swap.html", figures)
    form = MapQueryForm(asked, capabilities, status, kinds=kinds_held())
    return render(request, "roads/reach.html", figures | _beside(request, status) | {"form": form})


@acting_required
@require_GET
def reach_places(request: ActingRequest) -> HttpResponse:
    """The map as a table: every populated place, sorted, and as a file."""
    status = request.status_band = status_asked(request)
    asked = MapQuery.from_query(request.GET, capabilities_seen(request.acting.organisation, status))
    sorting = Sorting.from_query(request.GET, PLACE_COLUMNS, default="-gain")
    seen, reach = _look(request, asked, status)
    rows = sorting.apply(place_rows(seen, reach, asked))
    if file := export(request, name=f"reach-{asked.capability}", columns=tuple(file_columns(asked)), rows=rows):
        return file
    context = _said(asked) | {
        "provenance": provenance_on(seen.roads),
        "sorting": sorting,
        "pages": paginate(request, rows, per_page=100),
        "back": with_query(request.GET, sort=None, page=None),
    }
    return render(request, "roads/reach_places.html", context)


@acting_required
@require_GET
def reach_regions(request: ActingRequest) -> HttpResponse:
    """People reached, by region: every region of `?boundaries=`, else every territory; sorted, and as a file."""
    status = request.status_band = status_asked(request)
    asked = MapQuery.from_query(request.GET, capabilities_seen(request.acting.organisation, status))
    seen, reach = _look(request, asked, status)
    layer = find_layer(asked.boundaries)
    *rows, total = territory_rows(reach, asked) if layer is None else region_rows(reach, asked, layer)
    sorting = Sorting.from_query(request.GET, PAGE_COLUMNS, default="-gaining")
    rows = sorting.apply(rows)
    name = f"regions-{asked.capability}"
    if file := export(request, name=name, columns=(*FILE_COLUMNS, vehicle_column(asked)), rows=[*rows, total]):
        return file
    context = _said(asked) | {
        "provenance": provenance_on(seen.roads),
        "sorting": sorting,
        "pages": paginate(request, rows, per_page=100),
        "total": total,
        "layer": layer,
        "back": with_query(request.GET, sort=None, page=None),
    }
    return render(request, "roads/reach_regions.html", context)


def capabilities_seen(reader: Organisation, status: str) -> dict[str, int]:
    """The capabilities that any base has which `reader` sees, with the number of bases, the most frequent first."""
    units = planning_units(reader, status, now())
    return dict(Counter(code for unit in units for code in unit.capabilities).most_common())


def _look(request: ActingRequest, asked: MapQuery, status: str) -> tuple[VisibleMeans, Reach]:
    seen = visible_means(
        request.acting.organisation,
        status,
        now(),
        capability=asked.capability,
        hazard=asked.hazard,
        vehicle=asked.vehicle,
    )
    return seen, reach_of(seen)


def _figures(request: ActingRequest, asked: MapQuery, seen: VisibleMeans, reach: Reach, status: str) -> dict[str, Any]:
    """The tables, and the data of the map."""
    reader = request.acting.organisation
    holding = closures_at(reader, status, now())
    query = {"part": None, "format": None}
    layer = find_layer(asked.boundaries)
    by_region = [] if layer is None else region_rows(reach, asked, layer)
    return _said(asked) | {
        "asked": asked,
        "seen": seen,
        "territories": territory_rows(reach, asked),
        "layer": layer,
        "by_region": most_gaining(by_region[:-1], SHORT_LIST),
        "total": by_region[-1] if by_region else None,
        "region_count": len(by_region) - 1,
        "gaining": gaining_rows(seen, reach, asked, most=SHORT_LIST),
        "responders": nearest_responders(seen, asked.at, asked.k) if asked.at else None,
        "inside": regions_at(asked.at) if asked.at else [],
        "map_data": reach_map(reader, status, seen, asked, holding, layer),
        "here": request.path + with_query(request.GET, **query),
        "query": with_query(request.GET, **query),
        "by_territory": with_query(request.GET, boundaries=None, **query),
        "without_place": with_query(request.GET, lon=None, lat=None, **query),
        "geojson": with_query(request.GET, part=None, format="geojson"),
    }


def _said(asked: MapQuery) -> dict[str, Any]:
    return {
        "asked": asked,
        "capability": capability_name(asked.capability),
        "hazard": hazard_name(asked.hazard),
        "team": str(K_WORDS[asked.k]),
        "vehicle": "" if asked.vehicle is Vehicle.CAR else _("by heavy vehicle"),
    }


def _beside(request: ActingRequest, status: str) -> dict[str, Any]:
    """The closures that hold, and what the numbers are."""
    acting, at = request.acting, now()
    roads = roads_now(acting.organisation, status, at)
    return {
        "closures": closure_rows(acting, closures_at(acting.organisation, status, at), at),
        "provenance": provenance_on(roads),
        "may_close": acting.may(Permission.CLOSE_ROADS),
        "may_install": can_install(acting.roles, is_served=acting.organisation.connected),
        "status": status,
        "back": reverse("map") if wants_fragment(request) else request.get_full_path(),
    }
