"""Places on the Earth: WGS 84 degrees, longitude before latitude, and great-circle distances on a sphere."""

from __future__ import annotations

import math
from dataclasses import dataclass

from noaber.core.quantities import EARTH_RADIUS_KM


@dataclass(frozen=True, slots=True)
class Position:
    """A point on the Earth, WGS 84 degrees.

    Raises
    ------
    ValueError
        Where `lon` is outside -180..180 or `lat` outside -90..90, or either is not a number.
    """

    lon: float
    lat: float

    def __post_init__(self) -> None:
        if not -180 <= self.lon <= 180:
            raise ValueError(f"longitude {self.lon} is outside -180..180")
        if not -90 <= self.lat <= 90:
            raise ValueError(f"latitude {self.lat} is outside -90..90")


def distance_km(a: Position, b: Position) -> float:
    """Great-circle distance in km, by the haversine formula (exact for small distances too)."""
    lat_a, lat_b = math.radians(a.lat), math.radians(b.lat)
    half_lat = math.sin((lat_b - lat_a) / 2)
    half_lon = math.sin(math.radians(b.lon - a.lon) / 2)
    h = half_lat * half_lat + math.cos(lat_a) * math.cos(lat_b) * half_lon * half_lon
    return 2 * EARTH_RADIUS_KM * math.asin(min(1.0, math.sqrt(h)))


def is_inside(territory: str, area: str) -> bool:
    """Whether the NUTS code `territory` lies inside `area`: a longer code lies in each code it begins with."""
    return territory.startswith(area)
