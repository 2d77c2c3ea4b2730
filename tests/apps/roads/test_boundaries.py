"""The operator's boundaries: brought, replaced, taken away; who lies in them; from the command line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from django.utils import translation

from boundary_builders import EAST, WEST, as_file, keep_regions, square
from noaber.apps.accounts.models import Feed
from noaber.apps.records.models import Change
from noaber.apps.roads.enums import BoundaryKind
from noaber.apps.roads.forms.map_query import WITHIN, MapQuery
from noaber.apps.roads.models import Boundary, BoundarySet
from noaber.apps.roads.presenters.boundary_shares import most_gaining, region_rows
from noaber.apps.roads.queries.boundaries import find_layer, kinds_held, regions_at
from noaber.apps.roads.reach.grid import load_grid
from noaber.apps.roads.reach.reach import reach_of, visible_means
from noaber.apps.roads.services.boundaries import remove_boundaries
from noaber.cli.main import main
from noaber.core.geo import Position
from noaber.core.problems import InvalidInput, NotAllowed
from planner_builders import EVENING, Evening

pytestmark = pytest.mark.every_database

SOUTH_LIMBURG, LA_REUNION = (5.7, 50.82, 6.0, 51.0), (55.2, -21.4, 55.8, -20.9)
LIEGE, MAASTRICHT, BRUSSELS = Position(5.57, 50.63), Position(5.69, 50.85), Position(4.35, 50.75)


def test_a_set_is_replaced_as_a_whole_and_only_when_that_is_said(evening: Evening) -> None:
    keep_regions()
    with pytest.raises(NotAllowed):
        keep_regions(BoundaryKind.DISTRICT, "BE", square("N", EAST))
    keep_regions(BoundaryKind.DISTRICT, "BE", square("N", EAST), replace=True)
    assert list(Boundary.objects.values_list("code", flat=True)) == ["N"]
    assert BoundarySet.objects.get().attribution == "Maker of Regions"
    layer = find_layer("district")
    assert layer is not None
    assert layer.codes == ("N",)
    assert [change.fields["boundaries"] for change in Change.objects.filter(subject="boundaryset")] == [
        [2, 1],
        [None, 2],
    ]


def test_a_set_that_is_taken_away_is_gone_and_open_pages_hear_of_it(evening: Evening) -> None:
    keep_regions()
    before = Feed.objects.get(organisation=evening.se).version
    assert remove_boundaries(BoundaryKind.DISTRICT, "BE", by="test") == 2
    assert Feed.objects.get(organisation=evening.se).version > before
    assert kinds_held() == []
    assert find_layer("district") is None
    with pytest.raises(NotAllowed):
        remove_boundaries(BoundaryKind.DISTRICT, "BE", by="test")


def test_boundaries_of_another_part_of_the_world_are_refused(evening: Evening) -> None:
    with pytest.raises(InvalidInput, match="None of it lies on the map"):
        keep_regions(BoundaryKind.DISTRICT, "BE", square("A", LA_REUNION))
    assert not BoundarySet.objects.exists()


def test_one_area_with_longitude_and_latitude_exchanged_stops_the_whole_set(evening: Evening) -> None:
    west, south, east, north = WEST
    with pytest.raises(InvalidInput, match=r"^/features/1: Feature 2 \(W\) .*exchanged"):
        keep_regions(BoundaryKind.DISTRICT, "BE", square("E", EAST), square("W", (south, west, north, east)))
    assert not BoundarySet.objects.exists()


def test_the_areas_of_another_country_are_not_taken_for_this_one(evening: Evening) -> None:
    with pytest.raises(InvalidInput, match="2 of 3 areas on the map lie in BE, not in NL"):
        keep_regions(BoundaryKind.DISTRICT, "NL", square("E", EAST), square("W", WEST), square("VR24", SOUTH_LIMBURG))
    kept = keep_regions(BoundaryKind.DISTRICT, "BE", square("E", EAST), square("W", WEST), square("V", SOUTH_LIMBURG))
    assert kept.boundaries.count() == 3


def test_a_place_counts_in_the_region_of_its_country_that_its_point_lies_in(evening: Evening) -> None:
    keep_regions()
    keep_regions(BoundaryKind.DISTRICT, "NL", square("Z", (5.5, 50.7, 6.1, 51.0)))
    layer = find_layer("district")
    assert layer is not None
    boxes = {"E": ("BE", EAST), "W": ("BE", WEST), "Z": ("NL", (5.5, 50.7, 6.1, 51.0))}
    for place, number in zip(load_grid().populated, layer.region_of.tolist(), strict=True):
        inside = [
            code
            for code, (country, (west, south, east, north)) in boxes.items()
            if place.country == country and west <= place.lon <= east and south <= place.lat <= north
        ]
        assert (layer.codes[number] in inside) if number >= 0 else not inside
    held = [place.country in ("BE", "NL") for place in load_grid().populated]
    assert layer.outside == sum(held) - (layer.region_of >= 0).sum()


def test_a_point_lies_in_its_regions_the_finest_first(evening: Evening) -> None:
    keep_regions(BoundaryKind.PROVINCE)
    keep_regions(BoundaryKind.MUNICIPALITY, "BE", square("62063", (5.5, 50.6, 5.6, 50.7), fr="Liège", nl="Luik"))
    with translation.override("fr"):
        named = [(kind.value, name) for kind, name in regions_at(LIEGE)]
    assert named == [("municipality", "Liège"), ("province", "Région Est")]
    with translation.override("de"):
        assert [name for _kind, name in regions_at(BRUSSELS)] == ["West"]
    assert regions_at(MAASTRICHT) == []


def test_people_are_counted_by_region_within_each_time(evening: Evening) -> None:
    evening.own_and_neighbour()
    keep_regions()
    layer = find_layer("district")
    assert layer is not None
    asked = MapQuery("HCP", "flood", within=120)
    reach = reach_of(visible_means(evening.be, "Exercise", EVENING, capability="HCP", hazard="flood"))
    *rows, total = region_rows(reach, asked, layer)
    ground = load_grid()
    first = len(ground.cells)
    for row, (west, south, east, north) in zip(rows, (EAST, WEST), strict=True):
        people = [0] * (1 + len(WITHIN))
        for number, place in enumerate(ground.populated):
            is_west_of_edge = place.lon <= east if row is rows[0] else place.lon < east
            if place.country == "BE" and west <= place.lon and is_west_of_edge and south <= place.lat <= north:
                people[0] += place.population
                for column, minutes in enumerate(WITHIN, 1):
                    people[column] += place.population * bool(reach.opened.minutes[first + number, 0] <= minutes)
        assert (row.people, *row.opened_people) == tuple(people)
        assert row.opened == pytest.approx(people[-1] / people[0])
    assert total.people == sum(row.people for row in rows)
    assert total.closed_people == tuple(map(sum, zip(*(row.closed_people for row in rows), strict=True)))
    gaining = [row.gaining for row in most_gaining(rows, 2)]
    assert gaining == sorted(gaining, reverse=True)


# The command


def bring(tmp_path: Path, data: bytes, *options: str) -> int:
    path = tmp_path / "regions.geojson"
    path.write_bytes(data)
    return main(["boundaries", "import", str(path), "--kind", "safety-region", "--country", "nl", *options])


def test_the_command_says_what_it_took(evening: Evening, tmp_path: Path, capsys: Any) -> None:
    data = as_file(square("VR24", SOUTH_LIMBURG, nl="Zuid-Limburg"))
    assert bring(tmp_path, data, "--dry-run") == 0
    assert not BoundarySet.objects.exists()
    assert bring(tmp_path, data, "--attribution", "Bron: CBS") == 0
    assert capsys.readouterr().out.splitlines() == [
        "safety-region NL: 1 would be kept (code from “code”, name from “nl=name_nl”); nothing was written.",
        "safety-region NL: 1 kept (code from “code”, name from “nl=name_nl”).",
    ]
    assert bring(tmp_path, data) == 1
    assert "--replace" in capsys.readouterr().err
    assert bring(tmp_path, data, "--replace", "--name-property", "code") == 0
    assert Boundary.objects.get().names == {"und": "VR24"}
    assert main(["boundaries", "list"]) == 0
    assert "safety-region NL: 1 from regions.geojson" in capsys.readouterr().out
    assert main(["boundaries", "remove", "--kind", "safety-region", "--country", "NL"]) == 0
    assert main(["boundaries", "list"]) == 0
    assert "No boundaries are kept" in capsys.readouterr().out


def test_unusable_input_is_one_line_with_the_file_and_the_place(evening: Evening, tmp_path: Path, capsys: Any) -> None:
    broken = square("B", EAST)
    broken["geometry"]["coordinates"][0].pop()
    assert bring(tmp_path, as_file(square("A", WEST), broken)) == 2
    printed = capsys.readouterr()
    assert printed.err.count("\n") == 1
    assert f"{tmp_path / 'regions.geojson'}: /features/1/geometry/coordinates/0: Feature 2: expected" in printed.err
    assert not BoundarySet.objects.exists()


def test_what_lies_off_the_map_is_kept_with_a_warning(evening: Evening, tmp_path: Path, capsys: Any) -> None:
    data = as_file(square("VR24", SOUTH_LIMBURG), square("974", LA_REUNION))
    for options in (("--dry-run",), ()):
        assert bring(tmp_path, data, *options) == 0
        err = capsys.readouterr().err
        assert err.count("\n") == 1
        assert "warning: " in err
        assert "/features/1: Feature 2 (974) lies off the map" in err
    assert Boundary.objects.count() == 2


def test_a_trial_finds_what_is_turned_around(tmp_path: Path, capsys: Any) -> None:
    west, south, east, north = SOUTH_LIMBURG
    assert bring(tmp_path, as_file(square("VR24", (south, west, north, east))), "--dry-run") == 2
    assert f"{tmp_path / 'regions.geojson'}: /features/0: Feature 1 (VR24)" in capsys.readouterr().err


def test_two_files_are_one_set_and_share_no_code(evening: Evening, tmp_path: Path, capsys: Any) -> None:
    paths = [tmp_path / name for name in ("a.geojson", "b.geojson")]
    for path, code in zip(paths, "AB", strict=True):
        path.write_bytes(as_file(square(code, EAST)))
    arguments = ["boundaries", "import", *map(str, paths), "--kind", "municipality", "--country", "BE"]
    assert main(arguments) == 0
    assert Boundary.objects.count() == 2
    paths[1].write_text(json.dumps(json.loads(paths[0].read_text())))
    assert main([*arguments, "--replace"]) == 2
    assert "stands in" in capsys.readouterr().err
    assert Boundary.objects.count() == 2
