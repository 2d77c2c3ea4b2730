"""In which district a position lies, from the gazetteer and from the boundaries that the site keeps.

The boundaries are kept by an app above; it says where they are to be asked (`ask_boundaries`), in `AppConfig.ready`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final

from django.utils.translation import gettext as _

from noaber.apps.registry.coded import territory_label
from noaber.core.districts import AT_THE_PLACE_KM, Basis, District, Near, find_district
from noaber.core.geo import Position
from noaber.reference.boundaries import country_at
from noaber.reference.districts import only_district, territory_of_code
from noaber.reference.gazetteer import load_gazetteer
from noaber.reference.region import COUNTRIES

NEAR_KM: Final = 15.0
"""A place further away says nothing of a position."""

Boundaries = Callable[[Position], Iterable[tuple[str, str]]]
"""Country and code of each boundary that encloses a position, the finest kind first."""

_sources: Final[list[Boundaries]] = []


def ask_boundaries(source: Boundaries) -> None:
    """Have the districts of positions asked of these boundaries too."""
    if source not in _sources:
        _sources.append(source)


def district_at(position: Position) -> District | None:
    """The district of a position, as far as it is known; None where no country of the map lies under it."""
    found = load_gazetteer().around(position.lon, position.lat, within_km=NEAR_KM)
    country = country_at(position.lon, position.lat)
    if found and found[0][0] <= AT_THE_PLACE_KM:
        country = found[0][1].country
    if country not in COUNTRIES:
        return None
    codes = (territory_of_code(*one) for source in _sources for one in source(position))
    inside = [code for code in codes if code is not None]
    near = [Near(place.territory, km) for km, place in found]
    return find_district(country, inside=inside, near=near, only=only_district(country))


def district_words(found: District) -> str:
    """What the district rests on, as a sentence; empty where it is certain and the finest there is."""
    if found.is_estimate and found.others:
        others = ", ".join(territory_label(code) for code in found.others)
        return _("≈ By the nearest place; as near lies %(others)s. Check it.") % {"others": others}
    if found.is_estimate and found.is_known:
        return _("≈ By the nearest place. Check it near a border.")
    if not found.is_known:
        return _("The district is not known here; choose it if you know it.")
    match found.basis:
        case Basis.BOUNDARY:
            return _("By the boundaries that this site keeps.")
        case Basis.PLACE | Basis.COUNTRY | Basis.NEAREST:
            return ""
