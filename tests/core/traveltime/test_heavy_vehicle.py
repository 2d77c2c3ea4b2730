"""The heavy vehicle: what its limits mean tag by tag, and its times on the same roads, as Dijkstra finds them."""

from __future__ import annotations

import math
import random
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.traveltime.road_files import LIMITS, extract, limited, town, write_roads
from core.traveltime.test_driving_times import (
    all_nodes,
    assert_equal_to_dijkstra,
    assert_same_metric,
    customised_anew,
    segment_places,
    some_segments,
)
from noaber.core.traveltime.closures import near_roads
from noaber.core.traveltime.heavy import HEAVY, heavy_km_h, limit_m, limit_t
from noaber.core.traveltime.join import join
from noaber.core.traveltime.matrix import driving_ms
from noaber.core.traveltime.network import RoadNetwork, build_network
from noaber.core.traveltime.roads import close_roads, open_roads
from noaber.core.traveltime.storage import open_network, save_network
from noaber.core.traveltime.survey import survey, times_of
from noaber.core.traveltime.vehicles import Vehicle, driving_of
from oracles.traveltime import (
    heavy_speed_and_directions,
    largest_part,
    read_heavy_roads,
    read_roads,
)

BUILT_AT = datetime(2021, 7, 14, 18, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "metres"),
    [
        ("3.5", 3.5),
        ("3.5 m", 3.5),
        (" 3.5m ", 3.5),
        ("3,5", 3.5),
        ("350 cm", 3.5),
        ("12'6\"", 3.81),
        ("12' 6\"", 3.81),
        ("12 ft 6 in", 3.81),
        ("12'6.5\"", 3.8227),
        ("12'", 3.6576),
        ("12 ft", 3.6576),
        ("default", None),
        ("none", None),
        ("below_default", None),
        ("no_sign", None),
        ("3.5;4", None),
        ("-3", None),
        ("0", None),
        ("0'0\"", None),
        ("٣", None),
        ("3.5 t", None),
        ("", None),
    ],
)
def test_a_length_is_read_in_the_units_of_signs(text: str, metres: float | None) -> None:
    assert limit_m(text) == (None if metres is None else pytest.approx(metres))


@pytest.mark.parametrize(
    ("text", "tonnes"),
    [
        ("7.5", 7.5),
        ("7.5 t", 7.5),
        ("7,5t", 7.5),
        ("3500 kg", 3.5),
        ("5 st", 4.5359237),
        ("10000 lbs", 4.5359237),
        ("none", None),
        ("default", None),
        ("unsigned", None),
        ("7.5 m", None),
        ("0", None),
        ("", None),
    ],
)
def test_a_weight_is_read_in_the_units_of_signs(text: str, tonnes: float | None) -> None:
    assert limit_t(text) == (None if tonnes is None else pytest.approx(tonnes))


@pytest.mark.parametrize(
    ("tags", "km_h"),
    [
        ({"highway": "motorway"}, 80),
        ({"highway": "motorway", "maxspeed": "60"}, 60),
        ({"highway": "motorway", "maxspeed:hgv": "70"}, 70),
        ({"highway": "primary"}, 59.5),
        ({"highway": "primary", "maxspeed": "50"}, 50),
        ({"highway": "primary", "maxspeed:hgv": "90"}, 59.5),
        ({"highway": "primary", "maxheight": "3.5"}, 59.5),
        ({"highway": "primary", "maxheight": "350 cm"}, 59.5),
        ({"highway": "primary", "maxheight": "3.4 m"}, None),
        ({"highway": "primary", "maxheight": "11'"}, None),
        ({"highway": "primary", "maxheight": "default"}, 59.5),
        ({"highway": "primary", "maxheight": "3.4", "emergency": "yes"}, None),
        ({"highway": "primary", "maxwidth": "2.3"}, None),
        ({"highway": "primary", "maxlength": "8"}, None),
        ({"highway": "primary", "maxweight": "7.5 t"}, None),
        ({"highway": "primary", "maxweight": "18"}, 59.5),
        ({"highway": "primary", "maxweight": "none"}, 59.5),
        ({"highway": "primary", "maxweightrating": "3.5"}, None),
        ({"highway": "primary", "maxweightrating": "3.5", "emergency": "yes"}, 59.5),
        ({"highway": "primary", "hgv": "no"}, None),
        ({"highway": "primary", "hgv": "no", "emergency": "yes"}, 59.5),
        ({"highway": "primary", "hgv": "destination"}, 59.5),
    ],
)
def test_tags_say_how_fast_the_heavy_vehicle_drives(tags: dict[str, str], km_h: float | None) -> None:
    car = driving_of(tags)
    assert car is not None
    assert heavy_km_h(tags, car) == (None if km_h is None else pytest.approx(km_h))


WORDS = [word.replace("_SPACE_", " ").split("=", 1) for limit in LIMITS for word in limit.split()]
VALUES = {key: st.sampled_from(sorted({value for name, value in WORDS if name == key})) for key, _ in WORDS}
HIGHWAYS = st.sampled_from(["motorway", "primary", "residential", "service"])


@settings(deadline=None)
@given(st.fixed_dictionaries({"highway": HIGHWAYS}, optional=VALUES | {"maxspeed": st.sampled_from(["30", "100"])}))
def test_every_mixture_of_limits_reads_as_the_plain_rules_do(tags: dict[str, str]) -> None:
    car = driving_of(tags)
    assert car is not None
    ours, plain = heavy_km_h(tags, car), heavy_speed_and_directions(tags)
    assert ours == (None if plain is None else pytest.approx(plain[0]))
    assert ours is None or ours <= min(car.speed_km_h, HEAVY.top_km_h)


@pytest.fixture
def limited_town(tmp_path: Path) -> Path:
    return write_roads(tmp_path / "limited.osm.pbf", "\n".join(limited(town(7, seed=5), seed=3)))


@pytest.mark.parametrize("share", [0.0, 0.05])
def test_every_pair_of_a_town_with_limits_for_both_vehicles(limited_town: Path, share: float) -> None:
    network = build_network([limited_town], BUILT_AT)
    places = segment_places(network)
    heavy, car = read_heavy_roads(limited_town), read_roads(limited_town)
    assert len(heavy.segments) < len(car.segments)
    closed = some_segments(car, share, seed=6) if share else set()
    for vehicle, plain in ((Vehicle.HEAVY, heavy), (Vehicle.CAR, car)):
        roads = open_roads(network.driven_by(vehicle))
        roads = close_roads(roads, np.array([places[segment] for segment in closed], dtype=np.int64))
        assert_equal_to_dijkstra(roads, plain.without(closed), all_nodes(network).tolist())
        assert_same_metric(roads.metric, customised_anew(roads))


@pytest.mark.parametrize(("name", "n_sources"), [("neuss", 200), ("liechtenstein", 12)])
def test_an_extract_by_heavy_vehicle(name: str, n_sources: int, tmp_path: Path) -> None:
    path = extract(name, tmp_path)
    network = build_network([path], BUILT_AT).driven_by(Vehicle.HEAVY)
    sources = random.Random(7).sample(range(network.n_nodes), min(n_sources, network.n_nodes))
    assert_equal_to_dijkstra(open_roads(network), read_heavy_roads(path), sources)


def test_the_heavy_vehicle_is_never_quicker_than_the_car(limited_town: Path) -> None:
    network = build_network([limited_town], BUILT_AT)
    looked = survey(network, all_nodes(network), all_nodes(network))
    car, heavy = (driving_ms(looked, times_of(looked, open_roads(network.driven_by(vehicle)))) for vehicle in Vehicle)
    assert (heavy >= car).all()
    assert (heavy > car).any()


def test_points_are_joined_to_what_the_vehicle_can_drive_between(limited_town: Path) -> None:
    network, places = build_network([limited_town], BUILT_AT), read_heavy_roads(limited_town)
    joined = join(network.driven_by(Vehicle.HEAVY), network.lon, network.lat)
    assert set(network.node_ids[joined.nodes].tolist()) == set(largest_part(places).places)
    assert (join(network, network.lon, network.lat).nodes == all_nodes(network)).all()
    assert joined.metres.max() > 0


def test_limits_change_nothing_for_the_car(tmp_path: Path, limited_town: Path) -> None:
    plain = write_roads(tmp_path / "plain.osm.pbf", "\n".join(town(7, seed=5)))
    one, other = build_network([limited_town], BUILT_AT), build_network([plain], BUILT_AT)
    assert_same_metric(one.metric, other.metric)
    for name, array in vars(one.car.times).items():
        np.testing.assert_array_equal(getattr(other.car.times, name), array)
    np.testing.assert_array_equal(one.node_ids, other.node_ids)


def test_a_stored_network_is_driven_by_both(limited_town: Path, tmp_path: Path) -> None:
    network = build_network([limited_town], BUILT_AT)
    save_network(network, tmp_path / "net")
    opened = open_network(tmp_path / "net")
    assert opened.vehicle is Vehicle.CAR
    assert opened.n_driven == opened.n_segments == network.n_segments
    heavy = opened.driven_by(Vehicle.HEAVY)
    assert 0 < heavy.n_driven == network.driven_by(Vehicle.HEAVY).n_driven < heavy.n_segments
    assert_same_metric(heavy.metric, network.heavy.metric)


LOW_BRIDGE = """
node 1 6.00 50.70
node 2 6.01 50.70
node 3 6.06 50.70
node 4 6.07 50.70
node 5 6.03 50.80
way 1 1-2 highway=primary
way 2 2-3 highway=primary maxheight=3.2
way 3 3-4 highway=primary
way 4 2-5-3 highway=primary
"""


def minutes_between_the_ends(network: RoadNetwork) -> float:
    ends = np.array([0, 3], dtype=np.int32)
    looked = survey(network, ends, ends)
    return float(driving_ms(looked, times_of(looked, open_roads(network)))[0, 1]) / 60_000


def test_a_low_bridge_sends_the_heavy_vehicle_around(tmp_path: Path) -> None:
    network = build_network([write_roads(tmp_path / "a.osm.pbf", LOW_BRIDGE)], BUILT_AT)
    car, heavy = (minutes_between_the_ends(network.driven_by(vehicle)) for vehicle in Vehicle)
    assert car == pytest.approx(4.94 / 70 * 60, rel=0.01)
    assert heavy == pytest.approx((1.41 + 22.53) / 59.5 * 60, rel=0.02)


def test_without_a_road_for_it_the_heavy_vehicle_comes_nowhere(tmp_path: Path) -> None:
    text = "\n".join(f"{line} hgv=no" if line.startswith("way") else line for line in LOW_BRIDGE.splitlines())
    network = build_network([write_roads(tmp_path / "a.osm.pbf", text)], BUILT_AT).driven_by(Vehicle.HEAVY)
    assert network.n_driven == 0
    assert math.isclose(minutes_between_the_ends(network), 0x3FFFFFFF / 60_000)
    assert join(network, network.lon, network.lat).nodes.tolist() == [0, 1, 2, 3, 4]
    assert not near_roads(network, network.lon, network.lat, 10.0).any()
    assert near_roads(replace(network, vehicle=Vehicle.CAR), network.lon, network.lat, 10.0).all()
