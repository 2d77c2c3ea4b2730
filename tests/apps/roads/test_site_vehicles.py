"""The map by heavy vehicle: it goes around a bridge that is too weak for it, whatever the car does."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import LazySettings
from django.http import QueryDict

from noaber.apps.roads.forms.map_query import MapQuery
from noaber.apps.roads.reach.nearest_responders import nearest_responders
from noaber.apps.roads.reach.reach import VisibleMeans, visible_means
from noaber.apps.roads.tiles.cells import cell_stamp
from noaber.core.geo import Position
from noaber.core.traveltime.vehicles import Vehicle
from planner_builders import EVENING, Evening
from roads_builders import PEPINSTER, ROADS, close_bridge, install_network

WEAK_BRIDGE = ROADS.replace("bridge=yes", "bridge=yes maxweight=12")


@pytest.fixture
def weak_bridge(settings: LazySettings, tmp_path: Path) -> None:
    install_network(settings, tmp_path, WEAK_BRIDGE)


def look(evening: Evening, vehicle: Vehicle) -> VisibleMeans:
    return visible_means(evening.be, "Exercise", EVENING, capability="HCP", hazard="flood", vehicle=vehicle)


def travel(seen: VisibleMeans) -> float:
    """From Liège to Pepinster, minutes."""
    return nearest_responders(seen, Position(*PEPINSTER), 1).responders[0].travel


@pytest.mark.usefixtures("weak_bridge")
def test_it_goes_around_a_weak_bridge_and_a_closure_of_it_changes_the_car_alone(evening: Evening) -> None:
    evening.own_and_neighbour()
    car, heavy = (travel(look(evening, vehicle)) for vehicle in Vehicle)
    assert heavy > car + 15
    close_bridge(evening)
    assert travel(look(evening, Vehicle.HEAVY)) == heavy
    assert car < travel(look(evening, Vehicle.CAR)) < heavy


@pytest.mark.usefixtures("weak_bridge")
def test_each_vehicle_has_tiles_of_its_own(evening: Evening) -> None:
    evening.own_and_neighbour()
    asked = MapQuery("HCP", "flood")
    stamps = [cell_stamp(look(evening, vehicle), asked) for vehicle in (*Vehicle, Vehicle.CAR)]
    assert stamps[0] == stamps[2] != stamps[1]


@pytest.mark.parametrize(("text", "found"), [("heavy", Vehicle.HEAVY), ("car", Vehicle.CAR), ("", "car"), ("?", "car")])
@pytest.mark.usefixtures("weak_bridge")
def test_the_address_names_it(text: str, found: str) -> None:
    assert MapQuery.from_query(QueryDict(f"vehicle={text}"), ("HCP",)).vehicle is Vehicle(found)


def test_without_a_network_it_is_not_asked_for() -> None:
    assert MapQuery.from_query(QueryDict("vehicle=heavy"), ("HCP",)).vehicle is Vehicle.CAR
