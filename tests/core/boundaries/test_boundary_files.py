"""GeoJSON of boundaries: which properties are taken, what is mended, and how each mistake is named."""

from __future__ import annotations

import json
from typing import Any

import pytest

from noaber.core.boundaries.decode import ReadBoundaries, decode_boundaries
from noaber.core.problems import InvalidInput

SQUARE = [[5.0, 50.0], [6.0, 50.0], [6.0, 51.0], [5.0, 51.0], [5.0, 50.0]]
BOW_TIE = [[5.0, 50.0], [6.0, 51.0], [6.0, 50.0], [5.0, 51.0], [5.0, 50.0]]
LINE = [[5.0, 50.0], [6.0, 50.0], [5.5, 50.0], [5.0, 50.0]]


def feature(properties: dict[str, Any], ring: Any = SQUARE, **geometry: Any) -> dict[str, Any]:
    shape = {"type": "Polygon", "coordinates": [ring]} | geometry
    return {"type": "Feature", "properties": properties, "geometry": shape}


def read(*features: Any, **asked: Any) -> ReadBoundaries:
    data = json.dumps({"type": "FeatureCollection", "features": list(features)}).encode()
    return decode_boundaries(data, **asked)


def refused(*features: Any, **asked: Any) -> list[str]:
    with pytest.raises(InvalidInput) as error:
        read(*features, **asked)
    return [str(problem) for problem in error.value.problems]


@pytest.mark.parametrize(
    ("properties", "code", "names"),
    [
        ({"code": "GM0014", "name": "Groningen"}, "GM0014", {"und": "Groningen"}),
        ({"statcode": "VR24", "statnaam": "Limburg-Zuid"}, "VR24", {"und": "Limburg-Zuid"}),
        ({"nis": 62063, "name_fr": "Liège", "name_nl": "Luik"}, "62063", {"nl": "Luik", "fr": "Liège"}),
        ({"ARS": "05334", "GEN": "Aachen", "BEZ": "Städteregion"}, "05334", {"und": "Aachen"}),
        ({"insee_com": 57463.0, "nom_com": " Metz \n"}, "57463", {"und": "Metz"}),
        ({"LAU_ID": "0304", "LAU_NAME": "Luxembourg"}, "0304", {"und": "Luxembourg"}),
        ({"nis": "44000"}, "44000", {"und": "44000"}),
    ],
)
def test_the_usual_properties_of_each_country_are_known(
    properties: dict[str, Any], code: str, names: dict[str, str]
) -> None:
    (one,) = read(feature(properties)).boundaries
    assert (one.code, dict(one.names)) == (code, names)


def test_a_property_that_does_not_tell_features_apart_is_no_code() -> None:
    found = read(feature({"code": "05", "ars": "1"}), feature({"code": "05", "ars": "2"}))
    assert found.taken.code == "ars"
    (said,) = refused(feature({"name": "A"}), feature({"name": "B"}))
    assert "--code-property" in said
    assert "“name”" in said


def test_the_properties_that_are_asked_for_are_taken() -> None:
    found = read(
        feature({"code": "1", "key": "K1", "was": "x", "heet": "Luik"}), code="key", names={"nl": "heet", "fr": "was"}
    )
    assert (found.boundaries[0].code, dict(found.boundaries[0].names)) == ("K1", {"nl": "Luik", "fr": "x"})
    assert str(found.taken) == "code from “key”, name from “nl=heet”, “fr=was”"
    assert "“nothing”" in refused(feature({"code": "1"}), code="nothing")[0]


def test_an_area_that_crosses_itself_is_mended_and_said() -> None:
    found = read(feature({"code": "A"}), feature({"code": "B"}, BOW_TIE))
    assert found.boundaries[1].shape.is_valid
    assert found.boundaries[1].shape.area == pytest.approx(0.5)
    (warning,) = found.warnings
    assert str(warning).startswith("/features/1/geometry: Feature 2 (B) was mended: Self-intersection")


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (feature({"code": "B"}, LINE), "/features/1/geometry: Feature 2 (B) has no area"),
        (feature({"code": "B"}, SQUARE[:-1]), "/features/1/geometry/coordinates/0: Feature 2: expected a closed ring"),
        (feature({"code": "B"}, [[200, 50], *SQUARE]), "/features/1/geometry/coordinates/0/0: Feature 2: expected a p"),
        (feature({"code": "B"}, type="Point"), "/features/1/geometry/type: Feature 2: expected a Polygon or MultiP"),
        (feature({"code": "B"}) | {"geometry": None}, "/features/1/geometry: Feature 2: expected a Polygon or Multi"),
        (feature({"code": "A"}), "/features/1: Feature 2 has the code “A”, as feature 1 has"),
        ("B", "/features/1: Feature 2: expected a Feature"),
    ],
    ids=["no area", "open ring", "off the Earth", "a point", "nothing", "code twice", "no feature"],
)
def test_a_mistake_names_the_feature_its_pointer_and_what_was_expected(wrong: Any, said: str) -> None:
    (problem,) = refused(feature({"code": "A"}), wrong, code="code")
    assert problem.startswith(said)


def test_every_mistake_is_named_at_once() -> None:
    assert len(refused(*[feature({"code": str(n)}, LINE) for n in range(3)])) == 3


@pytest.mark.parametrize("text", ["", "{", '{"type": "Topology", "objects": {}}', '{"type": "FeatureCollection"}'])
def test_what_is_no_collection_is_refused(text: str) -> None:
    with pytest.raises(InvalidInput):
        decode_boundaries(text.encode())
