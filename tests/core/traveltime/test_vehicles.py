"""What a car may drive and how fast, tag by tag."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from noaber.core.traveltime.vehicles import CAR_SPEEDS_KM_H, Driving, driving_of, maxspeed_km_h
from oracles.traveltime import KM_H, speed_and_directions


@pytest.mark.parametrize(
    ("text", "km_h"),
    [
        ("50", 50.0),
        ("7.5", 7.5),
        ("30 km/h", 30.0),
        ("30km/h", 30.0),
        ("20 mph", 32.18688),
        ("20mph", 32.18688),
        ("none", None),
        ("walk", None),
        ("signals", None),
        ("50;30", None),
        ("50 knots", None),
        ("DE:urban", None),
        ("-30", None),
        ("0", None),
        ("1e2", None),
        ("٥٠", None),
        ("", None),
    ],
)
def test_a_limit_is_read_in_two_units_only(text: str, km_h: float | None) -> None:
    assert maxspeed_km_h(text) == (None if km_h is None else pytest.approx(km_h))


@pytest.mark.parametrize(
    ("tags", "expected"),
    [
        ({"highway": "primary"}, Driving(70, True, True)),
        ({"highway": "primary", "maxspeed": "50"}, Driving(50, True, True)),
        ({"highway": "primary", "maxspeed": "100"}, Driving(70, True, True)),
        ({"highway": "primary", "maxspeed": "fast"}, Driving(70, True, True)),
        ({"highway": "motorway"}, Driving(110, True, False)),
        ({"highway": "motorway", "oneway": "no"}, Driving(110, True, True)),
        ({"highway": "motorway", "oneway": "reversible"}, Driving(110, True, False)),
        ({"highway": "motorway_link", "oneway": "-1"}, Driving(60, False, True)),
        ({"highway": "trunk_link"}, Driving(50, True, True)),
        ({"highway": "tertiary", "junction": "roundabout"}, Driving(50, True, False)),
        ({"highway": "tertiary", "junction": "roundabout", "oneway": "no"}, Driving(50, True, True)),
        ({"highway": "tertiary", "junction": "circular"}, Driving(50, True, True)),
        ({"highway": "service", "oneway": "true"}, Driving(15, True, False)),
        ({"highway": "service", "oneway": "1"}, Driving(15, True, False)),
        ({"highway": "service", "oneway": "reverse"}, Driving(15, False, True)),
        ({"highway": "service", "oneway": "alternating"}, Driving(15, True, True)),
        ({"highway": "footway"}, None),
        ({"highway": "track"}, None),
        ({"railway": "rail"}, None),
        ({"highway": "service", "access": "private"}, None),
        ({"highway": "service", "access": "destination"}, Driving(15, True, True)),
        ({"highway": "service", "vehicle": "no"}, None),
        ({"highway": "service", "access": "yes", "motor_vehicle": "private"}, None),
        ({"highway": "service", "access": "no", "emergency": "yes"}, Driving(15, True, True)),
        ({"highway": "service", "access": "no", "emergency": "designated"}, None),
        ({"highway": "service", "emergency": "no"}, Driving(15, True, True)),
    ],
)
def test_tags_say_how_a_way_is_driven(tags: dict[str, str], expected: Driving | None) -> None:
    assert driving_of(tags) == expected


VALUES = {
    "highway": st.sampled_from([*KM_H, "footway", "proposed"]),
    "maxspeed": st.sampled_from(["30", "30 mph", "50 km/h", "60mph", "none", "5", "130", "0"]),
    "oneway": st.sampled_from(["yes", "no", "-1", "1", "true", "reverse", "reversible", "false"]),
    "junction": st.sampled_from(["roundabout", "circular"]),
    "access": st.sampled_from(["yes", "no", "private", "permit"]),
    "vehicle": st.sampled_from(["no", "yes"]),
    "motor_vehicle": st.sampled_from(["private", "destination"]),
    "emergency": st.sampled_from(["yes", "no"]),
}


@settings(deadline=None)
@given(st.fixed_dictionaries({}, optional=VALUES))
def test_every_mixture_of_tags_reads_as_the_plain_rules_do(tags: dict[str, str]) -> None:
    ours, plain = driving_of(tags), speed_and_directions(tags)
    assert (ours is None) == (plain is None)
    if ours is not None and plain is not None:
        assert (ours.speed_km_h, ours.along, ours.against) == (pytest.approx(plain[0]), *plain[1:])


def test_the_table_of_speeds_is_complete() -> None:
    assert CAR_SPEEDS_KM_H == KM_H
