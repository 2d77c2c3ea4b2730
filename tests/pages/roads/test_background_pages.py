"""The operator's background on the pages: its tiles from this server, and the one host more in the policy."""

from __future__ import annotations

import html
import json
import re
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.test import Client
from django.urls import reverse

from noaber.web.background import read_background
from planner_builders import Evening, client_of
from web.test_background import XYZ, write_file


def told(client: Client) -> dict[str, object]:
    """What the page tells its map to draw under it."""
    page = client.get(reverse("closures")).content.decode()
    found = re.search(r'data-noaber-background="([^"]*)"', page)
    assert found
    source: dict[str, object] = json.loads(html.unescape(found[1]))
    return source


def test_a_file_is_served_tile_by_tile(evening: Evening, settings: LazySettings, tmp_path: Path) -> None:
    settings.NOABER_MAP_BACKGROUND = read_background(str(write_file(tmp_path / "base.pmtiles")), "")
    brussels = client_of(evening.brussels)
    source = told(brussels)
    assert (source["vector"], source["maxzoom"], source["attribution"]) == (True, 6, "© OpenStreetMap")
    address = str(source["url"])
    answer = brussels.get(address.format(z=6, x=33, y=21))
    assert (answer.status_code, answer["Content-Encoding"]) == (200, "gzip")
    assert answer["Content-Type"] == "application/vnd.mapbox-vector-tile"
    assert answer["Cache-Control"].startswith("private")
    assert brussels.get(address.format(z=6, x=1, y=1)).status_code == 204
    assert brussels.get(address.format(z=7, x=1, y=1)).status_code == 404
    assert Client().get(address.format(z=6, x=33, y=21)).status_code == 302


@pytest.mark.usefixtures("network")
@pytest.mark.parametrize(("attribution", "named"), [("", False), ("© Mapmaker", True)])
def test_openstreetmap_is_named_once(
    evening: Evening, settings: LazySettings, tmp_path: Path, attribution: str, named: bool
) -> None:
    settings.NOABER_MAP_BACKGROUND = read_background(str(write_file(tmp_path / "base.pmtiles")), attribution)
    page = client_of(evening.brussels).get(reverse("closures")).content.decode()
    assert ("© OpenStreetMap contributors" in page) is named


def test_without_one_maps_draw_themselves(evening: Evening, settings: LazySettings) -> None:
    settings.NOABER_MAP_BACKGROUND = None
    brussels = client_of(evening.brussels)
    assert "data-noaber-background" not in brussels.get(reverse("closures")).content.decode()
    assert brussels.get(reverse("map-background-tile", args=(6, 33, 21))).status_code == 404


def test_another_servers_address_is_told_as_it_is(evening: Evening, settings: LazySettings) -> None:
    settings.NOABER_MAP_BACKGROUND = read_background(XYZ, "© Mapmaker")
    brussels = client_of(evening.brussels)
    assert told(brussels)["url"] == XYZ
    assert brussels.get(reverse("map-background-tile", args=(6, 33, 21))).status_code == 404
