"""The part of the Earth that maps and place search cover, and what is owed to the sources of place data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from noaber.core.translatable import _


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in WGS 84 degrees, edges included."""

    west: float
    south: float
    east: float
    north: float

    def contains(self, lon: float, lat: float) -> bool:
        """Whether the point lies in the box or on its edge."""
        return self.west <= lon <= self.east and self.south <= lat <= self.north


REGION: Final = Box(west=1.0, south=47.0, east=11.0, north=54.5)
"""From the Channel to the Harz and from Lake Constance to the Frisian islands: all of BE, NL, LU, NRW, RLP,
Saarland, Grand Est and Hauts-de-France, with what lies around them."""

COUNTRIES: Final = ("BE", "NL", "LU", "DE", "FR")
"""The countries whose places are searched."""

GEONAMES_ATTRIBUTION: Final = _("Places: GeoNames (geonames.org), CC BY 4.0")
NATURAL_EARTH_ATTRIBUTION: Final = _("Boundaries: Natural Earth (naturalearthdata.com), public domain")
