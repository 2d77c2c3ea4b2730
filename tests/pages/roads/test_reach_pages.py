"""The map of minutes: the page, its swaps, its tables and files, and who sees what in them."""

from __future__ import annotations

import csv
import html
import json
import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from noaber.apps.accounts.enums import Role
from planner_builders import Evening, client_of
from registry_builders import make_acting
from roads_builders import PEPINSTER, close_bridge

AT_PEPINSTER = {"lon": str(PEPINSTER[0]), "lat": str(PEPINSTER[1])}


@pytest.fixture
def brussels(evening: Evening) -> Client:
    evening.own_and_neighbour()
    return client_of(evening.brussels)


def show(client: Client, *, swap: bool = False, **query: str) -> str:
    headers = {"HX-Request": "true"} if swap else {}
    answer = client.get(reverse("map"), query, headers=headers)
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", answer.content.decode())


def map_of(page: str) -> dict[str, Any]:
    """The data of the map."""
    found = re.search(r'<div id="reach-map-data" hidden>(.*?)</div>', page)
    assert found
    data: dict[str, Any] = json.loads(html.unescape(found[1]))
    return data


def kinds(page: str) -> set[str]:
    """Of the features that travel with the page."""
    return {one["properties"]["kind"] for one in map_of(page)["features"]["features"]}


def test_it_shows_bases_incidents_and_closures(evening: Evening, brussels: Client) -> None:
    evening.incident()
    close_bridge(evening)
    page = show(brussels)
    assert kinds(page) == {"base-own", "base-neighbour", "incident", "closure"}
    assert "Minutes to the first team, borders open" in page
    assert "No roads are known here" in page
    assert "Bridge at Chaudfontaine" in page
    assert "Belgium" in page


def test_a_change_of_the_question_swaps_figures_map_and_legend(brussels: Client) -> None:
    swapped = show(brussels, swap=True, borders="gain", k="3", within="120")
    assert "<html" not in swapped
    assert "borders=gain" in map_of(swapped)["tiles"]["cells"]["url"]
    assert "People reached within 120 minutes" in swapped
    assert 'hx-swap-oob="true"' in swapped
    assert "Minutes sooner because borders are open" in swapped
    page = show(brussels, borders="gain", k="3", within="120")
    assert "hx-swap-oob" not in page
    assert swapped[: swapped.index('id="reach-legend"') - 40].strip()[:60] in page


def test_a_click_says_who_would_come_by_which_text_and_how_long_each_leg(brussels: Client) -> None:
    page = show(brussels, k="3", **AT_PEPINSTER)
    comers = page[page.index('id="comers"') :].partition("</section>")[0]
    assert "Cornesse" in comers
    assert "NL-BE-1984" in comers
    assert "Borders closed: nobody." in comers
    assert "picked" in kinds(page)


@pytest.mark.usefixtures("network")
def test_the_click_follows_a_closure_and_its_end(evening: Evening, brussels: Client) -> None:
    def comers() -> str:
        page = show(brussels, swap=True, **AT_PEPINSTER)
        return page[page.index('id="comers"') :].partition("</section>")[0]

    before = comers()
    closure = close_bridge(evening)
    closed = comers()
    assert closed != before
    beside = show(brussels, part="beside")
    assert "1 closure holds" in beside
    assert "Open again" in beside
    brussels.post(reverse("closure-open", args=[closure.pk]), {"back": "/map/?k=1"})
    assert comers() == before


@pytest.mark.usefixtures("network")
def test_the_vehicle_is_part_of_the_question_its_address_its_files_and_its_caption(brussels: Client) -> None:
    page = show(brussels, capability="HCP", vehicle="heavy")
    assert 'name="vehicle"' in page
    assert "Minutes to the first team, borders open, by heavy vehicle" in page
    assert "vehicle=heavy" in map_of(page)["tiles"]["cells"]["url"]
    query = {"capability": "HCP", "vehicle": "heavy"}
    features = json.loads(brussels.get(reverse("map"), query | {"format": "geojson"}).content)["features"]
    assert features[0]["properties"]["vehicle"] == "heavy"
    for name in ("map-places", "map-regions"):
        told = brussels.get(reverse(name), query | {"format": "csv"}).content.decode("utf-8-sig")
        assert {row["Vehicle"] for row in csv.DictReader(told.splitlines())} == {"Heavy vehicle"}
    assert "by heavy vehicle" not in show(brussels, capability="HCP").split('id="reach-legend"')[1]


def test_without_a_network_no_vehicle_is_offered(brussels: Client) -> None:
    assert 'name="vehicle"' not in show(brussels, vehicle="heavy")


def test_odd_questions_show_a_map_all_the_same(brussels: Client) -> None:
    page = show(brussels, capability="NOTHING", hazard="dragon", k="x", borders="?", within="-1", lon="500", lat="nan")
    assert "Minutes to the first team, borders open" in page
    assert "picked" not in kinds(page)
    assert "none of the countries" in show(brussels, lon="3.0", lat="53.0")


def test_the_map_is_a_table_too(brussels: Client) -> None:
    answer = brussels.get(reverse("map-places"), {"k": "1"})
    assert answer.status_code == 200
    page = answer.content.decode()
    assert page.count("<tr data-noaber-row>") == 100
    told = brussels.get(reverse("map-places"), {"k": "1", "format": "csv", "sort": "-people"})
    rows = list(csv.DictReader(told.content.decode("utf-8-sig").splitlines()))
    assert len(rows) > 15000
    liege = next(row for row in rows if row["Place"] == "Liège")
    assert float(liege["Borders open"]) <= float(liege["Borders closed"])
    assert liege["Minutes are"] == "estimated"


def regions(client: Client) -> tuple[str, dict[str, str]]:
    """The page of people reached, and how its file says their minutes were got, by region."""
    page = re.sub(r"\s+", " ", client.get(reverse("map-regions"), {"capability": "HCP"}).content.decode())
    told = client.get(reverse("map-regions"), {"capability": "HCP", "format": "csv"}).content.decode("utf-8-sig")
    return page, {row["Region"]: row["Minutes are"] for row in csv.DictReader(told.splitlines())}


def test_figures_of_people_say_that_they_are_estimated(brussels: Client) -> None:
    page, kinds_told = regions(brussels)
    assert "<b>estimated</b>" in page
    assert "Flood" in page
    table = page[page.index('id="reach-regions"') :]
    assert (
        len(re.findall(r"\d\.\d&nbsp;%", table))
        == table.count("&nbsp;%")
        == len(re.findall(r"nowrap est[^>]*>\d+\.", table))
    )
    assert set(kinds_told.values()) == {"estimated"}
    figures = show(brussels, swap=True, capability="HCP", k="3")
    assert 'class="nowrap est"' in figures
    assert "otherwise nobody" in figures  # where no three teams of one's own can come


@pytest.mark.usefixtures("network")
def test_figures_of_people_say_how_far_the_network_reaches(evening: Evening, brussels: Client) -> None:
    close_bridge(evening)
    page, kinds_told = regions(brussels)
    assert re.search(r"network built on (Wednesday,? )?14 July 2021", page)
    assert "1 closure holds" in page
    assert kinds_told["Belgium"] == "partly estimated"
    assert kinds_told["Netherlands"] == "estimated"


@pytest.mark.usefixtures("network")
def test_a_gain_and_a_leg_are_estimates_where_an_arrival_is_one(brussels: Client) -> None:
    told = brussels.get(reverse("map-places"), {"capability": "HCP", "format": "csv"}).content.decode("utf-8-sig")
    rows = {row["Place"]: row for row in csv.DictReader(told.splitlines())}
    assert rows["Liège"]["Minutes with borders closed are"] == "routed"
    assert rows["Namur"]["Minutes with borders closed are"] == "estimated"
    comers = (
        show(brussels, swap=True, capability="HCP", **AT_PEPINSTER)
        .partition('id="comers"')[2]
        .partition("</section>")[0]
    )
    legs = re.findall(r'data-label="There in">(.*?)</td>.*?data-label="Travel">(.*?)</td>', comers)
    assert len(legs) >= 2
    assert all(("est" in total) == ("est" in travel) for total, travel in legs)
    assert any("est" in travel for _total, travel in legs)


def test_the_hexagons_are_a_file(brussels: Client) -> None:
    answer = brussels.get(reverse("map"), {"format": "geojson", "capability": "HCP"})
    features = json.loads(answer.content)["features"]
    assert features[0]["properties"]["capability"] == "HCP"
    assert len(features[0]["properties"]["h3"]) == 15


def test_without_any_base_it_says_how_to_begin(evening: Evening) -> None:
    evening.own_and_neighbour()
    close_bridge(evening)
    stockholm = client_of(evening.stockholm)
    page = show(stockholm)
    assert "No base is known yet." in page
    assert stockholm.get(reverse("map-places")).status_code == 200
    for part in (page, show(stockholm, part="beside"), show(stockholm, swap=True)):
        assert "Chaudfontaine" not in part
        assert "EINDHOVEN" not in part


def test_what_is_shared_with_nobody_stands_in_no_file_and_no_title(evening: Evening, brussels: Client) -> None:
    evening.team(evening.nl, "SECRET", tlp="RED", territory="NL423", lon=5.81, lat=50.57, base="Geheim")
    page = show(brussels, **AT_PEPINSTER)
    table = brussels.get(reverse("map-places"), {"format": "csv"}).content.decode()
    assert "SECRET" not in page
    assert "Geheim" not in page + table
    assert "Geheim" in show(client_of(evening.hague), **AT_PEPINSTER)


def test_who_may_not_close_roads_is_not_asked_to(evening: Evening) -> None:
    evening.own_and_neighbour()
    close_bridge(evening)
    page = show(client_of(make_acting(evening.be, Role.OBSERVER)))
    assert "Close one" not in page
    assert "Open again" not in page


def test_it_is_a_place_of_the_house(brussels: Client) -> None:
    page = show(brussels)
    assert re.search(r'href="/map/"[^>]*aria-current="page"', page)
