"""Districts as maps draw them: about where they meet, and never a border of countries."""

from __future__ import annotations

import pytest
import shapely

from noaber.reference.district_shapes import load_district_shapes
from noaber.reference.gazetteer import load_gazetteer
from noaber.reference.regions import country_shapes
from noaber.reference.territories import load_territories


def test_every_known_district_of_the_covered_lands_has_a_shape() -> None:
    assert set(load_district_shapes().shapes) == {code for code in load_territories() if len(code) == 5}


@pytest.mark.parametrize(("name", "territory"), [("Eupen", "BE336"), ("Pepinster", "BE335"), ("Eschweiler", "DEA2D")])
def test_a_place_lies_in_the_shape_of_its_own_district(name: str, territory: str) -> None:
    shapes = load_district_shapes().shapes
    places = [one for one in load_gazetteer().places if one.name == name and one.territory == territory]
    assert places
    assert all(shapely.contains_xy(shapes[territory], one.lon, one.lat) for one in places)


def test_edges_run_inside_a_country() -> None:
    """Two districts of different countries meet at a border, which is drawn as one."""
    borders = shapely.union_all([shape.boundary for shape in country_shapes().values()])
    edges = shapely.union_all(list(load_district_shapes().edges))
    assert edges.length > 0
    assert shapely.intersection(edges, borders).length == pytest.approx(0, abs=1e-6)
