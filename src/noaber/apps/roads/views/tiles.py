"""Vector tiles of the map: the reader's own view, made here and kept."""

from __future__ import annotations

from dataclasses import astuple

from django.conf import settings
from django.http import HttpResponse
from django.views.decorators.http import require_GET

from noaber.apps.accounts.acting import ActingRequest, acting_required
from noaber.apps.accounts.status import status_asked
from noaber.apps.roads.forms.map_query import MapQuery
from noaber.apps.roads.network.installed import find_network
from noaber.apps.roads.queries.boundaries import find_layer
from noaber.apps.roads.reach.reach import visible_means
from noaber.apps.roads.tiles import base_map, cells, districts, roads
from noaber.apps.roads.tiles.boundaries import CLOSEST, region_stamp, region_tile
from noaber.apps.roads.tiles.cache import answer_tile
from noaber.core.problems import NotFound
from noaber.core.tiles.grid import Tile
from noaber.web.background import Background
from noaber.web.clock import now
from noaber.web.reader import reader_language


@acting_required
@require_GET
def boundary_tile(request: ActingRequest, z: int, x: int, y: int) -> HttpResponse:
    """The operator's boundaries of `?kind=`; public data, named in the reader's language."""
    tile, layer = _tile(z, x, y, CLOSEST), find_layer(request.GET.get("kind", ""))
    if layer is None:
        raise NotFound
    language = reader_language()
    return answer_tile(request, region_stamp(layer, language), lambda: region_tile(layer, tile, language))


@acting_required
@require_GET
def cell_tile(request: ActingRequest, z: int, x: int, y: int) -> HttpResponse:
    """The hexagons of the question in the address, as the reader sees them now."""
    tile, status = _tile(z, x, y, cells.CLOSEST), status_asked(request)
    query = MapQuery.from_query(request.GET, (request.GET.get("capability", ""),))
    seen = visible_means(
        request.acting.organisation,
        status,
        now(),
        capability=query.capability,
        hazard=query.hazard,
        vehicle=query.vehicle,
    )
    stamp = cells.cell_stamp(seen, query)
    return answer_tile(request, stamp, lambda: cells.cell_tile(seen, query, tile))


@acting_required
@require_GET
def road_tile(request: ActingRequest, z: int, x: int, y: int) -> HttpResponse:
    """The roads of the installed network, which are public data."""
    tile, network = _tile(z, x, y, roads.CLOSEST), find_network()
    if network is None or z < roads.FROM:
        raise NotFound
    return answer_tile(request, roads.road_stamp(network), lambda: roads.road_tile(network, tile))


@acting_required
@require_GET
def way_tile(request: ActingRequest, z: int, x: int, y: int) -> HttpResponse:
    """Main roads and towns, which are public data, named in the reader's language."""
    tile, language = _tile(z, x, y, base_map.CLOSEST), reader_language()
    return answer_tile(request, base_map.base_map_stamp(language), lambda: base_map.base_map_tile(tile, language))


@acting_required
@require_GET
def district_tile(request: ActingRequest, z: int, x: int, y: int) -> HttpResponse:
    """About where districts meet, and their names, which are public data, in the reader's language."""
    tile, language = _tile(z, x, y, districts.CLOSEST), reader_language()
    stamp = districts.district_stamp(language)
    return answer_tile(request, stamp, lambda: districts.district_tile(tile, language))


@acting_required
@require_GET
def background_tile(request: ActingRequest, z: int, x: int, y: int) -> HttpResponse:
    """A tile of the operator's file, as it is stored; nothing (204) where the file has none."""
    background: Background | None = settings.NOABER_MAP_BACKGROUND
    if background is None or background.file is None:
        raise NotFound
    tile = background.file.tile(*astuple(_tile(z, x, y, background.maxzoom)))
    if tile is None:
        return HttpResponse(status=204)
    answer = HttpResponse(tile, content_type=background.file.media_type)
    if background.file.is_compressed:
        answer["Content-Encoding"] = "gzip"
    answer["Cache-Control"] = "private, max-age=86400"
    return answer


def _tile(z: int, x: int, y: int, closest: int) -> Tile:
    tile = Tile(z, x, y)
    if not tile.exists or z > closest:
        raise NotFound
    return tile
