"""Tiles over HTTP: each reader's own view, kept by the browser under the address of what it holds; regions on pages."""

from __future__ import annotations

import csv
import html
import json
import re
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import mapbox_vector_tile
import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from boundary_builders import EAST, keep_regions, square
from noaber.apps.roads.enums import BoundaryKind
from planner_builders import Evening, client_of
from roads_builders import PEPINSTER

AT_LIEGE = (6, 33, 21)
AT_BRIDGE = (13, 4225, 2756)


@pytest.fixture
def brussels(evening: Evening) -> Client:
    evening.own_and_neighbour()
    return client_of(evening.brussels)


def show(client: Client, name: str = "map", **query: str) -> str:
    answer = client.get(reverse(name), query)
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", answer.content.decode())


def data_of(page: str) -> dict[str, Any]:
    found = re.search(r'<div id="reach-map-data" hidden>(.*?)</div>', page)
    assert found
    data: dict[str, Any] = json.loads(html.unescape(found[1]))
    return data


def tile(client: Client, address: str, at: tuple[int, int, int] = AT_LIEGE, **headers: str) -> Any:
    z, x, y = at
    return client.get(address.format(z=z, x=x, y=y), headers=headers)


def cells(answer: HttpResponse) -> list[dict[str, Any]]:
    decoded = mapbox_vector_tile.decode(answer.content) if answer.content else {}
    return decoded["cells"]["features"] if decoded else []


def test_a_page_names_its_tiles_and_a_browser_keeps_them(brussels: Client) -> None:
    address = data_of(show(brussels, capability="HCP"))["tiles"]["cells"]["url"]
    answer = tile(brussels, address)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/vnd.mapbox-vector-tile"
    assert answer["Cache-Control"].startswith("private, max-age=")
    assert "Cookie" in answer["Vary"]
    assert cells(answer)
    again = tile(brussels, address, if_none_match=answer["ETag"])
    assert (again.status_code, again.content) == (304, b"")


def test_whoever_sees_no_base_gets_none_with_anothers_address(evening: Evening, brussels: Client) -> None:
    address = data_of(show(brussels, capability="HCP"))["tiles"]["cells"]["url"]
    etag = tile(brussels, address)["ETag"]
    answer = tile(client_of(evening.stockholm), address, if_none_match=etag)
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "private, no-store"
    assert cells(answer) == []


def test_what_is_shared_with_nobody_changes_no_tile_of_others(evening: Evening, brussels: Client) -> None:
    query = {"capability": "HCP"}
    before = {one: data_of(show(one, **query))["tiles"]["cells"]["url"] for one in (brussels, client_of(evening.hague))}
    evening.team(evening.nl, "SECRET", tlp="RED", territory="NL423", lon=5.81, lat=50.57, base="Geheim")
    after = [data_of(show(one, **query))["tiles"]["cells"]["url"] for one in before]
    assert after[0] == before[brussels]
    assert after[1] not in before.values()


def test_an_address_of_what_was_before_gets_what_holds_and_is_not_kept(evening: Evening, brussels: Client) -> None:
    address = data_of(show(brussels, capability="HCP"))["tiles"]["cells"]["url"]
    before = tile(brussels, address)
    evening.team(evening.be, "NEAR", territory="BE332", lon=5.85, lat=50.59)
    after = tile(brussels, address, if_none_match=before["ETag"])
    assert after.status_code == 200
    assert after["ETag"] != before["ETag"]
    assert after["Cache-Control"] == "private, no-store"
    assert after.content != before.content


@pytest.mark.parametrize("at", [(6, 64, 0), (6, 0, 64), (9, 264, 171), (23, 0, 0)])
def test_there_are_no_tiles_beside_the_world_or_closer_than_hexagons_get(
    brussels: Client, at: tuple[int, int, int]
) -> None:
    address = data_of(show(brussels, capability="HCP"))["tiles"]["cells"]["url"]
    assert tile(brussels, address, at).status_code == 404


def test_strangers_are_asked_to_sign_in(client: Client, evening: Evening) -> None:
    keep_regions()
    for name in ("map-cell-tile", "map-boundary-tile"):
        assert client.get(reverse(name, args=AT_LIEGE), {"kind": "district"}).status_code == 302


def test_odd_questions_get_an_empty_tile(brussels: Client) -> None:
    answer = brussels.get(reverse("map-cell-tile", args=AT_LIEGE), {"capability": "NOTHING", "k": "x", "hazard": "?"})
    assert answer.status_code == 200
    assert cells(answer) == []


# Regions


def test_regions_are_offered_where_the_operator_brought_some(brussels: Client) -> None:
    assert 'name="boundaries"' not in show(brussels)
    keep_regions()
    page = show(brussels)
    assert 'name="boundaries"' in page
    assert "regions" not in data_of(page)["tiles"]


def test_chosen_regions_are_drawn_named_and_counted(brussels: Client) -> None:
    keep_regions()
    page = show(brussels, capability="HCP", boundaries="district")
    data = data_of(page)
    assert data["attribution"].endswith("Maker of Regions")
    assert "OpenStreetMap" not in data["attribution"], "estimated"
    answer = tile(brussels, data["tiles"]["regions"]["url"], (7, 66, 43))
    decoded = mapbox_vector_tile.decode(answer.content)
    assert [one["properties"]["label"] for one in decoded["names"]["features"]] == ["Regio Oost"]
    assert decoded["outlines"]["features"]
    assert brussels.get(reverse("map-boundary-tile", args=AT_LIEGE), {"kind": "province"}).status_code == 404
    table = page[page.index('id="by-region"') :].partition("</section>")[0]
    assert "Regio Oost" in table
    assert "Maker of Regions, CC BY 4.0" in table


def test_other_boundaries_have_another_address(brussels: Client) -> None:
    keep_regions()
    before = data_of(show(brussels, boundaries="district"))["tiles"]["regions"]["url"]
    keep_regions(BoundaryKind.DISTRICT, "BE", square("N", EAST), replace=True)
    after = data_of(show(brussels, boundaries="district"))["tiles"]["regions"]["url"]
    assert dict(parse_qsl(urlsplit(before).query))["v"] != dict(parse_qsl(urlsplit(after).query))["v"]


def test_a_click_says_in_which_region_it_lies(brussels: Client) -> None:
    keep_regions()
    page = show(brussels, lon=str(PEPINSTER[0]), lat=str(PEPINSTER[1]))
    comers = page[page.index('id="comers"') :].partition("</section>")[0]
    assert "Districts:</span> Regio Oost" in comers


def test_every_region_is_a_row_and_a_line_of_a_file(brussels: Client) -> None:
    keep_regions()
    page = show(brussels, "map-regions", capability="HCP", boundaries="district")
    assert "Regio Oost" in page
    assert "All together" in page
    told = brussels.get(reverse("map-regions"), {"capability": "HCP", "boundaries": "district", "format": "csv"})
    rows = list(csv.DictReader(told.content.decode("utf-8-sig").splitlines()))
    assert [row["Region"] for row in rows][-1] == "All together"
    east = next(row for row in rows if row["Code"] == "E")
    assert 0 < int(east["Closed, 60 min"]) <= int(east["Open, 60 min"]) <= int(east["Open, 120 min"])
    assert int(east["Open, 120 min"]) <= int(east["People"])
    territories = show(brussels, "map-regions", capability="HCP", boundaries="nothing")
    assert "Belgium" in territories


# Towns and main roads


LIEGE_AND_BEYOND = (6, 32, 21)
"""Brussels, Liège and what lies around."""


def ways(client: Client, at: tuple[int, int, int] = LIEGE_AND_BEYOND) -> dict[str, list[dict[str, Any]]]:
    """What the tile of towns and main roads says, at the address that a map gives."""
    page = show(client, "closure-new")
    data = json.loads(html.unescape(page.partition('id="draw-map-data" hidden>')[2].partition("</div>")[0]))
    assert "GeoNames" in data["attribution"]
    answer = tile(client, data["tiles"]["ways"]["url"], at)
    assert answer.status_code == 200
    assert answer["Cache-Control"].startswith("private, max-age=")
    decoded = mapbox_vector_tile.decode(answer.content)
    return {name: [one["properties"] for one in layer["features"]] for name, layer in decoded.items()}


@pytest.mark.usefixtures("main_roads")
def test_every_map_has_towns_and_main_roads_to_find_ones_way_by(brussels: Client) -> None:
    found = ways(brussels)
    assert {"Brussels", "Liège", "Namur"} <= {one["label"] for one in found["towns"]}
    assert {one["rank"] for one in found["roads"]} == {1, 2}
    assert {"E25", "E40", "E411"} <= {one["label"] for one in found["numbers"]}
    closer = ways(brussels, (10, 528, 344))
    assert {"Pepinster"} <= {one["label"] for one in closer["towns"]}
    assert len(ways(brussels, (5, 16, 10))["towns"]) < 60


@pytest.mark.usefixtures("main_roads")
def test_towns_are_named_in_the_readers_language(brussels: Client) -> None:
    brussels.post("/language", {"language": "nl", "next": "/"})
    assert {"Luik", "Namen"} <= {one["label"] for one in ways(brussels)["towns"]}


def test_without_main_roads_towns_alone_are_drawn(brussels: Client) -> None:
    assert set(ways(brussels)) == {"towns"}


@pytest.mark.usefixtures("main_roads", "network")
def test_surveyed_roads_take_the_place_of_main_roads_where_they_are_drawn(brussels: Client) -> None:
    assert "roads" in ways(brussels)
    assert set(ways(brussels, (9, 264, 172))) == {"towns"}


# The roads of the network


@pytest.mark.usefixtures("network")
def test_who_closes_a_road_sees_the_roads(brussels: Client) -> None:
    page = show(brussels, "closure-new")
    data = json.loads(html.unescape(page.partition('id="draw-map-data" hidden>')[2].partition("</div>")[0]))
    assert "OpenStreetMap" in data["attribution"]
    assert "tiles/ways/" in data["tiles"]["ways"]["url"]
    address = data["tiles"]["roads"]["url"]
    answer = tile(brussels, address, AT_BRIDGE)
    assert answer.status_code == 200
    assert answer["Cache-Control"].startswith("private, max-age=")
    (roads,) = mapbox_vector_tile.decode(answer.content)["roads"]["features"]
    assert roads["properties"] == {"rank": 2}
    assert "tiles/roads/" in show(brussels, "closures")


@pytest.mark.usefixtures("network")
def test_the_map_of_minutes_on_roads_names_their_source(brussels: Client) -> None:
    keep_regions()
    named = data_of(show(brussels, capability="HCP", boundaries="district"))["attribution"]
    assert named.endswith("© OpenStreetMap contributors · Maker of Regions")
    assert "OpenStreetMap" in data_of(show(brussels, capability="HCP"))["attribution"]


@pytest.mark.usefixtures("network")
def test_far_away_only_fast_roads_are_drawn_and_nothing_beside_the_network(brussels: Client) -> None:
    address = "/map/tiles/roads/{z}/{x}/{y}.mvt"
    (z, x, y), far = AT_BRIDGE, 5
    assert not tile(brussels, address, (z - far, x >> far, y >> far)).content
    assert not tile(brussels, address, (z, x + 9, y)).content
    assert tile(brussels, address, (7, 66, 43)).status_code == 404
    assert tile(brussels, address, (15, 2 * 2 * x, 2 * 2 * y)).status_code == 404


def test_without_a_network_no_roads_are_promised(brussels: Client) -> None:
    assert "tiles/roads/" not in show(brussels, "closure-new") + show(brussels, "closures")
    assert tile(brussels, "/map/tiles/roads/{z}/{x}/{y}.mvt", AT_BRIDGE).status_code == 404


# Districts


def drawn_on_closing(client: Client) -> dict[str, Any]:
    page = show(client, "closure-new")
    found: dict[str, Any] = json.loads(
        html.unescape(page.partition('id="draw-map-data" hidden>')[2].partition("</div>")[0])
    )
    return found


def test_where_districts_meet_is_drawn_dotted_and_said_to_be_approximate(brussels: Client) -> None:
    data = drawn_on_closing(brussels)
    assert "regions" not in data["tiles"]
    answer = tile(brussels, data["tiles"]["districts"]["url"], (8, 131, 86))
    assert answer["Cache-Control"].startswith("private, max-age=")
    layers = mapbox_vector_tile.decode(answer.content)
    assert layers["edges"]["features"]
    assert "Liège district" in {one["properties"]["label"] for one in layers["names"]["features"]}
    assert "its outline approximate" in show(brussels, "closure-new")
    assert "its outline approximate" in show(brussels, "desk")


def test_two_districts_of_one_name_are_told_apart(brussels: Client) -> None:
    address = drawn_on_closing(brussels)["tiles"]["districts"]["url"]
    named = mapbox_vector_tile.decode(tile(brussels, address, (9, 264, 172)).content)["names"]["features"]
    assert "Verviers district, German-speaking Community" in {one["properties"]["label"] for one in named}


def test_the_boundaries_of_the_site_take_the_place_of_what_is_derived(brussels: Client) -> None:
    keep_regions()
    data = drawn_on_closing(brussels)
    assert "districts" not in data["tiles"]
    assert "kind=district" in data["tiles"]["regions"]["url"]
    assert data["attribution"].endswith("Maker of Regions")
    assert "its outline approximate" not in show(brussels, "closure-new")


def test_no_tile_of_districts_beyond_what_is_known(brussels: Client) -> None:
    address = drawn_on_closing(brussels)["tiles"]["districts"]["url"]
    assert tile(brussels, address, (10, 528, 344)).status_code == 404
    assert mapbox_vector_tile.decode(tile(brussels, address, (4, 8, 5)).content or b"") == {}


def test_who_closes_a_road_sees_the_incidents_that_it_is_for(evening: Evening, brussels: Client) -> None:
    before = drawn_on_closing(brussels)["bounds"]
    incident = evening.incident(None)
    data = drawn_on_closing(brussels)
    assert incident.place in {one["properties"].get("label") for one in data["features"]["features"]}
    west, south, east, north = data["bounds"]
    assert west < incident.lon < east
    assert south < incident.lat < north
    assert east - west < before[2] - before[0]
