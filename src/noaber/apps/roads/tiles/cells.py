"""The hexagons of a reader's own reach as vector tiles: far away the coarse ones, close by the fine ones."""

from __future__ import annotations

import hashlib
import math
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, Final
from urllib.parse import urlencode

import h3
import numpy as np
import numpy.typing as npt
import shapely
from django.urls import reverse
from django.utils.translation import gettext as _

from noaber.apps.roads.enums import MinutesKind
from noaber.apps.roads.forms.map_query import MapQuery, View
from noaber.apps.roads.presenters.minutes import said_minutes
from noaber.apps.roads.reach.grid import load_fine_grid, load_grid
from noaber.apps.roads.reach.reach import Reach, VisibleMeans, fine_reach_of, reach_of
from noaber.apps.roads.tiles.cache import tiles
from noaber.core.tiles.encode import TileFeature, encode_tile
from noaber.core.tiles.grid import Floats, Tile, world
from noaber.web.reader import reader_language

FINE_FROM: Final = 8
"""The zoom from which hexagons are the fine ones."""
CLOSEST: Final = 8
"""Beyond it the map enlarges the tiles of this zoom: hexagons get no finer."""
MINUTES_STEPS: Final = (30, 45, 60, 90, 120)
GAIN_STEPS: Final = (10, 30, 60)

Said = tuple[int, str]
"""The step of a colour, and the words that are said when it is pointed at."""


@dataclass(frozen=True)
class Hexagons:
    """Their corners on the world's square, clockwise on the screen, and the boxes around them."""

    corners: tuple[Floats, ...]
    boxes: Floats

    def inside(self, tile: Tile) -> npt.NDArray[np.int64]:
        """The numbers of those that touch a tile."""
        west, north, east, south = tile.box()
        touches = (self.boxes[:, 0] <= east) & (self.boxes[:, 2] >= west)
        touches &= (self.boxes[:, 1] <= south) & (self.boxes[:, 3] >= north)
        return np.flatnonzero(touches)


def cell_source(seen: VisibleMeans, query: MapQuery, status: str) -> dict[str, Any]:
    """Where the map finds the tiles; their address changes with whatever they show."""
    question = {
        "capability": query.capability,
        "hazard": query.hazard,
        "k": query.k,
        "borders": query.view.value,
        "vehicle": query.vehicle.value,
        "status": status,
        "v": cell_stamp(seen, query),
    }
    return {"url": f"{reverse('map')}tiles/cells/{{z}}/{{x}}/{{y}}.mvt?{urlencode(question)}", "maxzoom": CLOSEST}


def cell_stamp(seen: VisibleMeans, query: MapQuery) -> str:
    """Names what the tiles hold: everything that was seen, the question, and the language of the words."""
    made_of = repr((seen.digest, query.k, query.view.value, reader_language()))
    return hashlib.sha256(made_of.encode()).hexdigest()[:32]


def cell_tile(seen: VisibleMeans, query: MapQuery, tile: Tile) -> bytes:
    """The tile, from what is kept or made now."""
    return tiles.get(("cells", cell_stamp(seen, query), tile), lambda: _encode(seen, query, tile))


def _encode(seen: VisibleMeans, query: MapQuery, tile: Tile) -> bytes:
    is_fine = tile.z >= FINE_FROM
    reach = fine_reach_of(seen) if is_fine else reach_of(seen)
    hexagons = _hexagons(is_fine)
    alike: dict[Said, list[shapely.Polygon]] = {}
    for number, said in said_of(reach, query, hexagons.inside(tile)):
        alike.setdefault(said, []).append(shapely.Polygon(tile.units(hexagons.corners[number])))
    kind = "gain" if query.view is View.GAIN else "minutes"
    return encode_tile(
        {
            "cells": (
                TileFeature(shapely.MultiPolygon(shapes), {"kind": kind, "step": step, "title": title})
                for (step, title), shapes in alike.items()
            )
        }
    )


@cache
def _hexagons(is_fine: bool) -> Hexagons:
    cells = [place.id for place in load_fine_grid()] if is_fine else load_grid().cells
    corners = tuple(world(np.array(h3.cell_to_boundary(cell))[::-1, ::-1]) for cell in cells)
    return Hexagons(corners, np.array([[*one.min(axis=0), *one.max(axis=0)] for one in corners]))


def said_of(reach: Reach, query: MapQuery, cells: npt.NDArray[np.int64]) -> Iterator[tuple[int, Said]]:
    """What is said of some hexagons: those of which nothing can be said are left away."""
    return _gains(reach, query, cells) if query.view is View.GAIN else _minutes(reach, query, cells)


def _minutes(reach: Reach, query: MapQuery, cells: npt.NDArray[np.int64]) -> Iterator[tuple[int, Said]]:
    found = reach.closed if query.view is View.CLOSED else reach.opened
    for number, minutes in zip(cells.tolist(), found.minutes[cells, query.column].tolist(), strict=True):
        if math.isfinite(minutes):
            words = said_minutes(minutes, reach.kind(found, number, query.column))
            yield number, (minutes_step(minutes), words)


def _gains(reach: Reach, query: MapQuery, cells: npt.NDArray[np.int64]) -> Iterator[tuple[int, Said]]:
    """Where somebody can come."""
    comes = np.isfinite(reach.opened.minutes[cells, query.column]).tolist()
    gains = reach.gain(query.column)[cells].tolist()
    layers = reach.layers(query.column, reach.closed, reach.opened)[cells].tolist()
    for number, can_come, gain, layer in zip(cells.tolist(), comes, gains, layers, strict=True):
        if can_come:
            words = _gain_words(gain, reach.kinds[layer])
            yield number, (sum(gain >= least for least in GAIN_STEPS), words)


def minutes_step(minutes: float) -> int:
    """1 up to 30 minutes, … 6 beyond 120."""
    return bisect_left(MINUTES_STEPS, minutes) + 1


def _gain_words(gain: float, kind: MinutesKind) -> str:
    if math.isinf(gain):
        return _("Only neighbours can come")
    return _("%(duration)s sooner") % {"duration": said_minutes(gain, kind)} if gain >= 1 else _("No gain")
