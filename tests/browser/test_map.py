"""The map of minutes in a real browser: choose, click, close a bridge, see the minutes change, open it again.

The hexagons and the regions come as tiles: what they say is read where they are drawn, under the pointer.

The roads are made up: a fast one from Liège to Marche over a bridge, and a way around it.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import h3
import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from boundary_builders import EAST, WEST, as_file, square
from browser.conftest import Officer, seat_officers
from browser.demo_data import DemoData
from browser.hands import fill, send
from core.traveltime.road_files import write_roads
from noaber.apps.roads.presenters.reach_map import BOUNDS
from noaber.apps.roads.reach.grid import RESOLUTION
from noaber.apps.roads.tiles.cells import FINE_FROM
from serving import Site

pytestmark = pytest.mark.browser

Seat = Callable[..., Officer]

LIEGE, NORTH, SOUTH, MARCHE, AROUND = (5.5675, 50.6337), (5.48, 50.45), (5.47, 50.44), (5.345, 50.227), (4.95, 50.40)
CENTRE = h3.cell_to_latlng(h3.latlng_to_cell(MARCHE[1], MARCHE[0], RESOLUTION))[::-1]
"""Of the hexagon at Marche, which stands for it: a road leads there."""
ARDENNES = (5.86, 50.36)
"""In the east, where no incident stands: a click on one opens its page."""
ROADS = "\n".join(
    [
        *(f"node {n} {lon} {lat}" for n, (lon, lat) in enumerate((LIEGE, NORTH, SOUTH, MARCHE, AROUND, CENTRE), 1)),
        "way 1 1-2-3-4 highway=motorway oneway=no",
        "way 2 1-5-4 highway=secondary",
        "way 3 4-6 highway=motorway oneway=no",
    ]
)
ACROSS = ((5.30, 50.48), (5.66, 50.41))
"""A line that crosses the bridge, and no other road."""
PADDING = 36
MINUTES = re.compile(r"^(\d+ min|\d+ h \d\d)$")
"""Routed: an estimate would begin with ≈."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, demo_data: DemoData) -> Iterator[Site]:
    """The demo with a road network."""
    folder: Path = tmp_path_factory.mktemp("roads")
    site = Site(folder / "data")
    built = site.noaber("network", "build", str(write_roads(folder / "marche.osm.pbf", ROADS)))
    assert built.returncode == 0, built.stderr
    demo_data.start(site)
    regions = folder / "regions.geojson"
    regions.write_bytes(as_file(square("E", EAST, fr="Région Est"), square("W", WEST, fr="Région Ouest")))
    kept = site.noaber(*f"boundaries import {regions} --kind province --country BE".split(), "--attribution", "© Maker")
    assert kept.returncode == 0, kept.stderr
    yield site
    site.stop()
    assert "Traceback" not in site.log.read_text(errors="replace")


@pytest.fixture
def seat(browser: Browser, site: Site) -> Iterator[Seat]:
    yield from seat_officers(browser, site)


def test_a_bridge_is_closed_and_everyone_sees_the_minutes_change_and_come_back(seat: Seat) -> None:
    brussels, hague = speaking_english(seat("be-nccn")), speaking_english(seat("nl-ncc"))
    for officer in (brussels, hague):
        ask_at_marche(officer)
    before = {officer.username: minutes_at(officer.page) for officer in (brussels, hague)}
    assert "≈" not in before["be-nccn"]
    drawn = said_by_the_map(brussels.page, CENTRE)
    expect(drawn).to_have_text(MINUTES)
    hexagon = drawn.inner_text()

    tab = brussels.context.new_page()
    close_the_bridge(tab, brussels)
    for officer in (brussels, hague):
        expect(comers(officer.page)).not_to_contain_text(before[officer.username])
        expect(officer.page.locator("#reach-beside")).to_contain_text("Bridge near Marche")
    expect(said_by_the_map(brussels.page, CENTRE)).not_to_have_text(hexagon)
    expect(hague.page.get_by_role("button", name="Open again")).to_have_count(0)

    brussels.page.get_by_role("button", name="Open again").click()
    for officer in (brussels, hague):
        expect(comers(officer.page)).to_contain_text(before[officer.username])
        expect(officer.page.locator("#reach-beside")).to_contain_text("No road is closed.")
        assert minutes_at(officer.page) == before[officer.username]
    expect(said_by_the_map(brussels.page, CENTRE)).to_have_text(hexagon)


def test_regions_are_drawn_named_and_counted(seat: Seat) -> None:
    page = speaking_english(seat("be-p-lg")).go("/map/?capability=BOAT")
    canvas = ready(page, "reach-map").element_handle()
    with page.expect_response(lambda answer: "/tiles/boundaries/" in answer.url and answer.ok):
        page.locator("#id_boundaries").select_option("province")
    expect(page.locator("#reach-map .maplibregl-ctrl-attrib")).to_contain_text("© Maker")
    figures = page.locator("#by-region tbody tr")
    expect(figures.filter(has_text="Région Est").locator("td").nth(2)).to_have_text(re.compile(r"^\d+\.\d\s%$"))
    click(page, "reach-map", BOUNDS, ARDENNES)
    expect(page.locator("#comers")).to_contain_text("Provinces: Région Est")
    assert canvas is not None
    assert canvas.evaluate("canvas => canvas.isConnected")
    page.locator("#id_boundaries").select_option("")
    expect(page.locator("#by-region")).to_have_count(0)
    expect(page.locator("#reach-map .maplibregl-ctrl-attrib")).not_to_contain_text("© Maker")


def test_close_by_the_hexagons_are_finer(seat: Seat) -> None:
    page = seat("nl-vr24").go("/map/?capability=BOAT")
    ready(page, "reach-map")
    for _step in range(12):
        with page.expect_response(lambda answer: "/tiles/cells/" in answer.url and answer.ok) as got:
            page.locator("#reach-map .zoom .btn").first.click()
        if f"/tiles/cells/{FINE_FROM}/" in got.value.url:
            return
    pytest.fail("no tile of fine hexagons was asked for")


def test_a_change_of_the_question_keeps_the_map_and_its_address_can_be_sent(seat: Seat) -> None:
    page = speaking_english(seat("lu-hcpn")).go("/map/?capability=BOAT")
    canvas = ready(page, "reach-map").element_handle()
    page.locator("label", has_text="Gain").first.click()
    expect(page.locator("#reach-legend")).to_contain_text("Minutes sooner because borders are open")
    expect(page).to_have_url(containing("borders=gain"))
    page.locator("#id_k").select_option("3")
    expect(page).to_have_url(containing("k=3"))
    assert canvas is not None
    assert canvas.evaluate("canvas => canvas.isConnected")
    shown = page.locator("#reach-figures table").last.inner_text()
    page.goto(page.url)
    assert page.locator("#reach-figures table").last.inner_text() == shown


def containing(part: str) -> re.Pattern[str]:
    return re.compile(re.escape(part))


def speaking_english(officer: Officer) -> Officer:
    page = officer.go("/")
    if page.locator("html").get_attribute("lang") != "en":
        page.locator(".top button[name=language][value=en]").click()
        expect(page.locator("html")).to_have_attribute("lang", "en")
    return officer


def ask_at_marche(officer: Officer) -> None:
    """Choose boats, then click on the map."""
    page = officer.go("/map/")
    ready(page, "reach-map")
    page.locator("#id_capability").select_option("BOAT")
    expect(page).to_have_url(containing("capability=BOAT"))
    click(page, "reach-map", BOUNDS, MARCHE)
    expect(comers(page)).to_contain_text("The first team is there in")


def said_by_the_map(page: Page, where: tuple[float, float]) -> Locator:
    """What the hexagon says whose middle is there."""
    x, y = spot(page, "reach-map", BOUNDS, where)
    page.locator("#reach-map canvas").first.hover(position={"x": x, "y": y})
    return page.locator("#reach-map .map-label-pop")


def comers(page: Page) -> Locator:
    return page.locator("#comers > p").first


def minutes_at(page: Page) -> str:
    """Until the first team is there."""
    return comers(page).locator(".min").first.inner_text()


def close_the_bridge(page: Page, officer: Officer) -> None:
    """Draw a line across it, and tell the neighbours."""
    page.goto(f"{officer.site.url}/map/closures/new")
    ready(page, "draw-map")
    page.locator("label:has(input[value=LineString])").click()
    opened = json.loads(page.locator("#draw-map-data").text_content() or "")["bounds"]  # around what goes on
    for where in ACROSS:
        click(page, "draw-map", tuple(opened), where)
    expect(page.locator("#id_geometry")).to_have_value(containing("LineString"))
    form = page.locator("form[data-noaber-main]")
    fill(form, reason="Bridge near Marche, under water")
    form.locator("label:has-text('Benelux') input[name=groups]").first.check()
    send(form)
    expect(page.locator("#closures")).to_contain_text("stretch of road")


def ready(page: Page, name: str) -> Locator:
    """The map, when it is drawn."""
    place = page.locator(f"#{name}[data-noaber-map-ready]")
    expect(place).to_be_visible()
    return place.locator("canvas").first


def click(page: Page, name: str, bounds: tuple[float, float, float, float], where: tuple[float, float]) -> None:
    """Click where a position is drawn."""
    x, y = spot(page, name, bounds, where)
    page.locator(f"#{name} canvas").first.click(position={"x": x, "y": y})


def spot(
    page: Page, name: str, bounds: tuple[float, float, float, float], where: tuple[float, float]
) -> tuple[float, float]:
    """Where a position is drawn: the map shows `bounds` with a padding, as Mercator does."""
    box = ready(page, name).bounding_box()
    assert box is not None
    (west, south), (east, north) = mercator(bounds[:2]), mercator(bounds[2:])
    scale = min((box["width"] - 2 * PADDING) / (east - west), (box["height"] - 2 * PADDING) / (north - south))
    x, y = mercator(where)
    right, up = (x - (west + east) / 2) * scale, (y - (south + north) / 2) * scale
    return box["width"] / 2 + right, box["height"] / 2 - up


def mercator(where: tuple[float, ...]) -> tuple[float, float]:
    lon, lat = where
    return math.radians(lon), math.log(math.tan(math.pi / 4 + math.radians(lat) / 2))
