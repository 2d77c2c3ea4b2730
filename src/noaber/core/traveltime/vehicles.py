"""What a car may drive, and how fast: the tags of an OpenStreetMap way become a speed and directions.

Node tags, turn restrictions and ferries are left out on purpose: `docs/decisions/0010-roads-and-their-minutes.md`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from noaber.core.quantities import KM_PER_MILE

CAR_SPEEDS_KM_H: Final[Mapping[str, float]] = {
    "motorway": 110,
    "motorway_link": 60,
    "trunk": 90,
    "trunk_link": 50,
    "primary": 70,
    "primary_link": 40,
    "secondary": 60,
    "secondary_link": 40,
    "tertiary": 50,
    "tertiary_link": 35,
    "unclassified": 40,
    "road": 30,
    "residential": 30,
    "living_street": 15,
    "service": 15,
}
"""Average speed of a car by the tag `highway`; what is not listed is not driven on."""

_ACCESS: Final = ("access", "vehicle", "motor_vehicle")
CLOSED: Final = frozenset({"no", "private"})
"""Values of access that keep a vehicle out."""
_FORWARD: Final = frozenset({"yes", "true", "1"})
_BACKWARD: Final = frozenset({"-1", "reverse"})
_ONE_WAY_CLASSES: Final = frozenset({"motorway", "motorway_link"})
_MAXSPEED: Final = re.compile(r"([0-9]+(?:\.[0-9]+)?) *(km/h|mph)?")


class Vehicle(StrEnum):
    """Whose speeds and limits count; each drives the same roads in its own times."""

    CAR = "car"
    HEAVY = "heavy"
    """See `heavy.py`."""


@dataclass(frozen=True, slots=True)
class Driving:
    """How a way is driven: the speed, and whether along its nodes, against them, or both."""

    speed_km_h: float
    along: bool
    against: bool


def driving_of(tags: Mapping[str, str]) -> Driving | None:
    """How a car drives a way with these tags; None where it does not."""
    highway = tags.get("highway", "")
    speed_km_h = CAR_SPEEDS_KM_H.get(highway)
    if speed_km_h is None or _is_closed(tags):
        return None
    limit_km_h = maxspeed_km_h(tags.get("maxspeed", ""))
    if limit_km_h is not None:
        speed_km_h = min(speed_km_h, limit_km_h)
    along, against = _directions(highway, tags)
    return Driving(speed_km_h, along, against)


def maxspeed_km_h(text: str) -> float | None:
    """The limit that a `maxspeed` states in km/h or mph; None for any other value, and for a limit of 0."""
    match = _MAXSPEED.fullmatch(text.strip())
    if match is None:
        return None
    limit = float(match[1]) * (KM_PER_MILE if match[2] == "mph" else 1.0)
    return limit or None


def _is_closed(tags: Mapping[str, str]) -> bool:
    if tags.get("emergency") == "yes":
        return False
    return any(tags.get(key) in CLOSED for key in _ACCESS)


def _directions(highway: str, tags: Mapping[str, str]) -> tuple[bool, bool]:
    oneway = tags.get("oneway")
    if oneway in _FORWARD:
        return True, False
    if oneway in _BACKWARD:
        return False, True
    implied = highway in _ONE_WAY_CLASSES or tags.get("junction") == "roundabout"
    return True, oneway == "no" or not implied
