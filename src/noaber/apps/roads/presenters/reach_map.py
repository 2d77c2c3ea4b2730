"""What the map of minutes draws over its tiles: bases, closures, names, and what was clicked."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from typing import Any, Final

from noaber.apps.accounts.models import Organisation
from noaber.apps.roads.forms.map_query import MapQuery
from noaber.apps.roads.models import Closure
from noaber.apps.roads.network.installed import find_network
from noaber.apps.roads.network.roads_now import prepare_roads
from noaber.apps.roads.presenters.closures import Feature, closure_features, feature, map_of
from noaber.apps.roads.presenters.map_layers import layer_features
from noaber.apps.roads.queries.boundaries import Layer
from noaber.apps.roads.reach.grid import load_grid
from noaber.apps.roads.reach.reach import Reach, VisibleMeans
from noaber.apps.roads.tiles.boundaries import region_source
from noaber.apps.roads.tiles.cells import cell_source
from noaber.apps.roads.tiles.roads import crediting_roads
from noaber.web.reader import reader_language

BOUNDS: Final = (2.6, 48.9, 8.9, 53.6)


def reach_map(
    reader: Organisation,
    status: str,
    seen: VisibleMeans,
    query: MapQuery,
    closures: Iterable[Closure],
    layer: Layer | None,
) -> dict[str, Any]:
    """The data of the map tag; `layer` holds the boundaries that are drawn too."""
    features = [
        *_base_features(reader, seen),
        *closure_features(closures),
        *layer_features(reader, status),
    ]
    if query.at is not None:
        features.append(_point(query.at.lon, query.at.lat, kind="picked"))
    tiles = {"cells": cell_source(seen, query, status)}
    if layer is not None:
        tiles["regions"] = region_source(layer, reader_language())
    drawn = map_of(features, bounds=list(BOUNDS), tiles=tiles)
    if find_network() is not None:
        drawn = crediting_roads(drawn)
    return drawn | {"attribution": " · ".join([drawn["attribution"], *(layer.attributions if layer else ())])}


def prepare() -> None:
    """Read what every map needs, so that the first one does not wait for it."""
    grid = load_grid()
    grid.prepare()
    prepare_roads(grid.where)


def cells_as_file(reach: Reach, query: MapQuery) -> Iterator[Feature]:
    """The hexagons with their numbers, for other systems; null where nobody can come."""
    grid = load_grid()
    closed, opened = reach.closed.minutes[:, query.column], reach.opened.minutes[:, query.column]
    for number, cell in enumerate(grid.cells):
        yield feature(
            grid.shapes[number],
            h3=cell,
            capability=query.capability,
            k=query.k,
            vehicle=query.vehicle.value,
            closed=_number(closed[number]),
            open=_number(opened[number]),
            kind=(reach.kind(reach.opened, number, query.column) if math.isfinite(opened[number]) else None),
        )


def _number(minutes: float) -> float | None:
    return round(float(minutes), 1) if math.isfinite(minutes) else None


def _base_features(reader: Organisation, seen: VisibleMeans) -> Iterator[Feature]:
    """The bases, several at one place as one."""
    by_place: dict[tuple[float, float], list[str]] = {}
    own = set()
    for unit in seen.units:
        by_place.setdefault((unit.lon, unit.lat), []).append(f"{unit.owner}, {unit.name}: {unit.quantity}")
        if unit.territory[:2] == reader.country:
            own.add((unit.lon, unit.lat))
    for (lon, lat), lines in by_place.items():
        kind = "base-own" if (lon, lat) in own else "base-neighbour"
        yield _point(lon, lat, kind=kind, title="\n".join(lines))


def _point(lon: float, lat: float, **properties: Any) -> Feature:
    return feature({"type": "Point", "coordinates": [lon, lat]}, **properties)
