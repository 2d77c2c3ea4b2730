"""A small road network between Liège and Pepinster, for tests: a bridge over the Vesdre, and a long way around it.

LIEGE ── WEST ══ bridge ══ EAST ── PEPINSTER          primary roads, 70 km/h
           └── NORTH ────────┘                        the way around
"""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings

from core.traveltime.road_files import write_roads
from noaber.apps.accounts.enums import Status, TlpLabel
from noaber.apps.roads.models import Closure
from noaber.apps.roads.services.closures import ClosureData, close_roads
from noaber.core.geo import Position
from noaber.core.traveltime.network import build_network
from noaber.core.traveltime.storage import save_network
from planner_builders import EVENING, Evening

LIEGE, WEST, EAST, PEPINSTER = (5.57, 50.63), (5.68, 50.60), (5.70, 50.595), (5.80, 50.57)
NORTH = (5.69, 50.75)
EINDHOVEN = Position(5.47, 51.44)
"""Far from every road of the network."""

ROADS = "\n".join(
    [
        *(f"node {number} {lon} {lat}" for number, (lon, lat) in enumerate((LIEGE, WEST, EAST, PEPINSTER, NORTH), 1)),
        "way 1 1-2 highway=primary",
        "way 2 2-3 highway=primary bridge=yes",
        "way 3 3-4 highway=primary",
        "way 4 2-5-3 highway=primary",
    ]
)
BRIDGE = {"type": "Point", "coordinates": [5.69, 50.5975]}


def install_network(settings: LazySettings, folder: Path, roads: str = ROADS) -> None:
    """Put a network where the site looks for it."""
    extract = write_roads(folder / "vesdre.osm.pbf", roads)
    save_network(build_network([extract], EVENING), folder / "network")
    settings.NOABER_NETWORK = folder / "network"


@pytest.fixture
def network(settings: LazySettings, tmp_path: Path) -> None:
    """The site has the roads between Liège and Pepinster."""
    install_network(settings, tmp_path)


def close_bridge(evening: Evening, **changes: Any) -> Closure:
    """Brussels closes the bridge, and tells the group, unless said otherwise."""
    acting = changes.pop("acting", evening.brussels)
    status = changes.pop("status", Status.EXERCISE)
    fields: dict[str, Any] = {
        "geometry": BRIDGE,
        "reason": "Bridge at Chaudfontaine, under water",
        "begins_at": EVENING,
        "tlp": TlpLabel.AMBER,
        "groups": [evening.group],
    }
    (made,) = close_roads(acting, [ClosureData(**fields | changes)], status=status, language="en")
    return made


def later(**duration: int) -> datetime:
    """So much after the beginning of the evening."""
    return EVENING + timedelta(**duration)


@pytest.fixture
def main_roads(settings: LazySettings) -> None:
    """The site drives by the main roads that come with the product, as it does outside the tests."""
    settings.NOABER_MAIN_ROADS = True
