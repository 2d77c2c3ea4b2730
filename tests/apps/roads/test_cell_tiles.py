"""The hexagons as tiles: they say the reach, coarse far away and fine close by; what is kept is bounded."""

from __future__ import annotations

from typing import Any

import h3
import mapbox_vector_tile
import numpy as np
import pytest
from django.utils import translation

from noaber.apps.roads.forms.map_query import MapQuery, View
from noaber.apps.roads.reach.grid import FINE_RESOLUTION, load_fine_grid, load_grid
from noaber.apps.roads.reach.reach import VisibleMeans, fine_reach_of, reach_of, visible_means
from noaber.apps.roads.services.closures import open_again
from noaber.apps.roads.tiles.cache import TileCache
from noaber.apps.roads.tiles.cells import FINE_FROM, cell_stamp, cell_tile, minutes_step
from noaber.core.tiles.grid import Tile, world
from planner_builders import EVENING, Evening
from roads_builders import PEPINSTER, close_bridge

PUMPS = MapQuery("HCP", "flood")
WHOLE = Tile(0, 0, 0)


def look(evening: Evening) -> VisibleMeans:
    return visible_means(evening.be, "Exercise", EVENING, capability="HCP", hazard="flood")


def cells(data: bytes) -> list[dict[str, Any]]:
    decoded = mapbox_vector_tile.decode(data, default_options={"y_coord_down": True})
    features: list[dict[str, Any]] = decoded["cells"]["features"] if decoded else []
    return features


def shapes(features: list[dict[str, Any]]) -> int:
    return sum(
        len(one["geometry"]["coordinates"]) if one["geometry"]["type"] == "MultiPolygon" else 1 for one in features
    )


def tile_at(lon: float, lat: float, z: int) -> Tile:
    x, y = (world(np.array([[lon, lat]]))[0] * 2**z).astype(int).tolist()
    return Tile(z, x, y)


def test_the_colour_of_a_hexagon_is_its_minutes_and_one_that_nobody_reaches_has_none(evening: Evening) -> None:
    evening.own_and_neighbour()
    seen = look(evening)
    minutes = reach_of(seen).opened.minutes[: len(load_grid().cells), 0]
    steps = [minutes_step(one) for one in minutes[np.isfinite(minutes)].tolist()]
    by_step: dict[int, int] = {}
    for tile in (Tile(5, x, y) for x in range(16, 18) for y in range(9, 12)):
        for one in cells(cell_tile(seen, PUMPS, tile)):
            assert one["properties"]["kind"] == "minutes"
            assert one["properties"]["title"].startswith("≈ ")
            step = one["properties"]["step"]
            by_step[step] = by_step.get(step, 0) + shapes([one])
    assert sum(by_step.values()) >= len(steps)  # one on an edge stands in both tiles
    assert set(by_step) == set(steps)
    assert [minutes_step(m) for m in (1, 30, 30.1, 60, 120, 121)] == [1, 1, 2, 3, 5, 6]


def test_gain_has_steps_and_words_of_its_own(evening: Evening) -> None:
    evening.own_and_neighbour()
    found = cells(cell_tile(look(evening), MapQuery("HCP", "flood", view=View.GAIN), tile_at(*PEPINSTER, z=6)))
    assert {one["properties"]["kind"] for one in found} == {"gain"}
    assert {one["properties"]["step"] for one in found} <= {0, 1, 2, 3}


def test_close_by_the_hexagons_are_the_fine_ones(evening: Evening) -> None:
    evening.own_and_neighbour()
    seen = look(evening)
    tile = tile_at(*PEPINSTER, z=FINE_FROM)
    west, north, east, south = tile.box()
    inside = []
    for number, place in enumerate(load_fine_grid()):
        corners = world(np.array(h3.cell_to_boundary(place.id))[:, ::-1])
        (left, top), (right, bottom) = corners.min(axis=0), corners.max(axis=0)
        if left <= east and right >= west and top <= south and bottom >= north:
            inside.append(number)
    fine, coarse = fine_reach_of(seen), reach_of(seen)
    assert len(fine.opened.minutes) == len(load_fine_grid())
    inside = [number for number in inside if np.isfinite(fine.opened.minutes[number, 0])]
    assert shapes(cells(cell_tile(seen, PUMPS, tile))) == len(inside) > 100
    assert h3.get_resolution(load_fine_grid()[inside[0]].id) == FINE_RESOLUTION
    for number in inside[::20]:
        parent = load_grid().cells.index(h3.cell_to_parent(load_fine_grid()[number].id))
        assert fine.opened.minutes[number, 0] == pytest.approx(coarse.opened.minutes[parent, 0], abs=30)


@pytest.mark.usefixtures("network")
def test_the_address_changes_with_a_closure_and_comes_back_with_the_road(evening: Evening) -> None:
    evening.own_and_neighbour()
    tile = tile_at(*PEPINSTER, z=FINE_FROM)
    before, drawn = cell_stamp(look(evening), PUMPS), cell_tile(look(evening), PUMPS, tile)
    closure = close_bridge(evening)
    assert cell_stamp(look(evening), PUMPS) != before
    assert cell_tile(look(evening), PUMPS, tile) != drawn
    open_again(evening.brussels, closure)
    assert cell_stamp(look(evening), PUMPS) == before
    assert cell_tile(look(evening), PUMPS, tile) == drawn


def test_words_are_the_readers(evening: Evening) -> None:
    evening.own_and_neighbour()
    gain = MapQuery("HCP", "flood", view=View.GAIN)
    said = {}
    for language in ("nl", "en"):
        with translation.override(language):
            said[language] = {one["properties"]["title"] for one in cells(cell_tile(look(evening), gain, WHOLE))}
    assert said["nl"].isdisjoint(said["en"])


def test_no_more_tiles_are_kept_than_the_bound_and_a_kept_one_is_not_made_again() -> None:
    cache = TileCache(most_bytes=10_000)
    made = []

    def make(number: int) -> bytes:
        made.append(number)
        return bytes(1000)

    for number in [*range(50), 49, 49]:
        cache.get(number, lambda number=number: make(number))
        assert cache.size <= 10_000
    assert made == list(range(50))
    cache.get(0, lambda: make(0))
    assert made[-1] == 0
