"""The squares of the map, and what is written into a tile."""

from __future__ import annotations

import mapbox_vector_tile
import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from noaber.core.tiles.encode import TileFeature, encode_tile
from noaber.core.tiles.grid import EXTENT, Tile, world


@given(st.floats(-179.9, 179.9), st.floats(-85, 85), st.integers(0, 18))
def test_a_position_lies_in_exactly_one_tile_of_a_zoom(lon: float, lat: float, z: int) -> None:
    at = world(np.array([[lon, lat]]))
    x, y = (int(share * 2**z) for share in at[0])
    tile = Tile(z, x, y)
    assert tile.exists
    west, north, east, south = tile.box()
    assert west <= at[0, 0] <= east
    assert north <= at[0, 1] <= south
    units = tile.units(at)[0]
    assert (units >= 0).all()
    assert (units <= EXTENT).all()
    assert tuple(tile.units(at)[0] - Tile(z, x + 1, y).units(at)[0]) == (EXTENT, 0)


def test_it_is_the_grid_of_web_maps() -> None:
    brussels = world(np.array([[4.3517, 50.8503]]))
    assert [int(share * 2**8) for share in brussels[0]] == [131, 85]
    assert not Tile(3, 8, 0).exists
    assert not Tile(3, 0, -1).exists
    assert not Tile(99, 0, 0).exists


def test_what_is_written_is_read_again() -> None:
    square = shapely.Polygon([(0, 0), (4096, 0), (4096, 4096), (0, 4096)])
    data = encode_tile({"areas": [TileFeature(square, {"step": 2, "title": "≈ 1 h 05"})], "nothing": []})
    decoded = mapbox_vector_tile.decode(data, default_options={"y_coord_down": True})
    assert list(decoded) == ["areas"]
    (found,) = decoded["areas"]["features"]
    assert found["properties"] == {"step": 2, "title": "≈ 1 h 05"}
    assert shapely.geometry.shape(found["geometry"]).area == pytest.approx(square.area)
    assert encode_tile({"areas": []}) == b""
