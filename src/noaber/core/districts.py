"""In which district a point lies: what is known of it decides, the finest first, and an estimate says so.

Four things may be known. The point is that of a populated place, whose district the gazetteer carries; boundaries that
the site keeps enclose it; places stand near it; the country under it. Leaves out where these facts come from.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from noaber.core.geo import is_inside

AT_THE_PLACE_KM: Final = 0.05
"""Nearer than this, a point is that of the place itself: coordinates travel with five decimals."""
AS_NEAR: Final = 2.0
"""A place up to so many times as far as the nearest one speaks against it, where its district is another."""
_DISTRICT_LENGTH: Final = 5


class Basis(StrEnum):
    """What the answer rests on."""

    PLACE = "place"
    BOUNDARY = "boundary"
    NEAREST = "nearest"
    COUNTRY = "country"


@dataclass(frozen=True, slots=True)
class Near:
    """A populated place near the point, with the finest NUTS territory that is known of it."""

    territory: str
    km: float


@dataclass(frozen=True, slots=True)
class District:
    """What is known of the place of a point.

    Parameters
    ----------
    territory
        A NUTS code, as fine as it is known.
    others
        Of an estimate: the territories of places that are almost as near, nearest first.
    """

    territory: str
    basis: Basis
    others: tuple[str, ...] = ()

    @property
    def is_known(self) -> bool:
        """Whether it is the district and no coarser territory."""
        return is_district(self.territory)

    @property
    def is_estimate(self) -> bool:
        return self.basis is Basis.NEAREST


def is_district(territory: str) -> bool:
    """Whether a NUTS code is of the third level."""
    return len(territory) == _DISTRICT_LENGTH


def is_finer(known: str, kept: str) -> bool:
    """Whether `known` says more of the same place than `kept` does."""
    return known != kept and is_inside(known, kept)


def find_district(country: str, *, inside: Sequence[str], near: Sequence[Near], only: str | None = None) -> District:
    """The district of a point.

    Parameters
    ----------
    country
        ISO 3166-1 alpha-2 of the land under it, good to about a kilometre.
    inside
        NUTS codes of the boundaries that enclose it, the finest kind first.
    near
        Places of any country around it, in any order.
    only
        The one district of a country that has no other.

    Returns
    -------
    District
        Of the place itself where the point is a place's; else of the boundary that says most; else an estimate by the
        nearest place that lies within what the boundaries say; else the coarsest that is certain.
    """
    by_distance = sorted(near, key=lambda one: one.km)
    if by_distance and by_distance[0].km <= AT_THE_PLACE_KM and is_district(by_distance[0].territory):
        return District(by_distance[0].territory, Basis.PLACE)
    enclosing = max(inside, key=len, default=None)
    if enclosing is not None and is_district(enclosing):
        return District(enclosing, Basis.BOUNDARY)
    frame = enclosing or country
    if only is not None and is_inside(only, frame):
        return District(only, Basis.COUNTRY)
    within = [one for one in by_distance if is_finer(one.territory, frame)]
    if within:
        return _by_nearest(within)
    return District(frame, Basis.BOUNDARY if enclosing else Basis.COUNTRY)


def find_by_code(code: str, districts: Mapping[str, str]) -> str | None:
    """The district of a national code, by the longest of its beginnings in `districts`; None where none is."""
    beginnings = (code[:length] for length in range(len(code), 0, -1))
    return next((districts[one] for one in beginnings if one in districts), None)


def _by_nearest(within: Sequence[Near]) -> District:
    nearest = within[0]
    if nearest.km <= AT_THE_PLACE_KM:
        return District(nearest.territory, Basis.PLACE)
    rivals = (one.territory for one in within if one.km <= AS_NEAR * nearest.km)
    others = tuple(dict.fromkeys(one for one in rivals if one != nearest.territory))
    return District(nearest.territory, Basis.NEAREST, others)
