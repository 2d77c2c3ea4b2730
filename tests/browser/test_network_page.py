"""A road network built from its page by the real processes: uploaded, asked for, left, found in use, told to others.

It runs on both databases: what carries a build out is a program of its own, with a connection of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from browser.conftest import Officer, seat_officers
from browser.demo_data import DemoData
from core.traveltime.road_files import write_roads
from roads_builders import ROADS
from serving import Site

pytestmark = pytest.mark.browser

Seat = Callable[..., Officer]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, demo_data: DemoData) -> Iterator[Site]:
    site = Site(tmp_path_factory.mktemp("network") / "data")
    (site.data / "extracts").mkdir(parents=True)
    demo_data.start(site)
    yield site
    site.stop()
    assert "Traceback" not in site.log.read_text(errors="replace")


@pytest.fixture
def seat(browser: Browser, site: Site) -> Iterator[Seat]:
    yield from seat_officers(browser, site)


def test_a_network_is_built_while_one_is_away_and_open_maps_hear_of_it(seat: Seat, tmp_path: Path) -> None:
    whole = write_roads(tmp_path / "vesdre.osm.pbf", ROADS)
    cut = tmp_path / "cut.osm.pbf"
    cut.write_bytes(whole.read_bytes()[:-1])
    hague, keeper = seat("nl-ncc"), seat("be-nccn-admin")
    map_page = hague.go("/map/?capability=HCP")
    coarse = map_page.locator("#reach-beside b.est")
    expect(coarse).to_be_visible()

    page = keeper.go("/map/network/")
    upload = page.locator("[data-noaber-upload]")
    upload.locator("input[type=file]").set_input_files(cut)
    upload.locator("button").click()
    expect(page.locator("#id_file_error")).to_be_visible()
    upload.locator("input[type=file]").set_input_files(whole)
    upload.locator("button").click()
    page.locator("input[value='vesdre.osm.pbf'][type=checkbox]").check()
    page.locator("#network-extracts .btn--main").click()

    keeper.go("/")
    expect(coarse).to_have_count(0)
    page = keeper.go("/map/network/")
    expect(page.locator("#network-now")).to_contain_text("vesdre.osm.pbf")
    expect(page.locator("#network-builds tbody tr", has_text="vesdre.osm.pbf").locator(".tag--ok")).to_be_visible()
    assert not list(keeper.site.data.glob(".network.build-*"))

    mine = page.locator("#network-extracts li", has_text="vesdre.osm.pbf")
    mine.locator("[data-noaber-dialog]").click()
    page.locator("dialog[open] .btn--stop").click()
    expect(mine).to_have_count(0)


def test_a_failure_is_said_without_asking_again(seat: Seat, site: Site) -> None:
    (site.data / "extracts" / "damaged.osm.pbf").write_bytes(b"not a map")
    page = seat("lu-hcpn-admin").go("/map/network/")
    page.locator("input[value='damaged.osm.pbf'][type=checkbox]").check()
    page.locator("#network-extracts .btn--main").click()
    expect(page.locator("#network-builds .tag--bad")).to_be_visible()
    expect(page.locator("#network-builds .sub", has_text="damaged.osm.pbf:")).to_be_visible()
    expect(page.locator("#network-extracts .btn--main")).to_be_enabled()
