"""Units, and the only conversion factors. Minutes are the domain's unit of time; everything else is SI."""

from __future__ import annotations

from typing import Final

EARTH_RADIUS_KM: Final = 6371.0088
"""Mean radius of the Earth (IUGG R1), km."""

MINUTES_PER_HOUR: Final = 60.0
HOURS_PER_DAY: Final = 24
M_PER_KM: Final = 1000.0
KM_PER_MILE: Final = 1.609344

ESTIMATE_SPEED_KM_H: Final = 60.0
ESTIMATE_DETOUR: Final = 1.3
"""Without a road network: great-circle distance times the detour, at this speed."""


def travel_minutes(distance_km: float, speed_km_h: float) -> float:
    """Minutes to cover `distance_km` at `speed_km_h`."""
    return distance_km / speed_km_h * MINUTES_PER_HOUR
