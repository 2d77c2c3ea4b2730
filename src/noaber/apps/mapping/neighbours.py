"""Which pairs count as neighbours: who touches whom on land, and which countries lie next but one.

Two states of the region with one country between them helped each other in July 2021 as much as those that touch; so
both kinds are asked, and every row says which it is. The sea makes no neighbours. A local text stands between
districts: only there does it show that there is one, or none.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from functools import cache

from noaber.core.agreements.gaps import Nearness, Pair, next_but_one
from noaber.core.agreements.matrix import Side
from noaber.reference.border_districts import district_borders
from noaber.reference.organisations import load_organisations
from noaber.reference.regions import country_borders, region_borders, regions_geojson


class Between(StrEnum):
    """Between what a gap is looked for."""

    COUNTRIES = "countries"
    REGIONS = "regions"
    """First-level regions along a border: Länder, provinces, the Belgian and French regions."""
    DISTRICTS = "districts"
    """Provinces, zones, safety regions, districts and departments along a border, by their organisations."""


@cache
def pairs_between(between: Between) -> tuple[Pair, ...]:
    """The pairs that are asked, those that touch first."""
    if between is not Between.COUNTRIES:
        borders = region_borders() if between is Between.REGIONS else district_borders()
        return tuple(Pair(border.one, border.other, Nearness.BORDER) for border in borders)
    touching = [(border.one, border.other) for border in country_borders()]
    return (
        *(Pair(one, other, Nearness.BORDER) for one, other in touching),
        *(Pair(one, other, Nearness.NEXT_BUT_ONE) for one, other in next_but_one(touching)),
    )


@cache
def district_sides() -> Mapping[str, Side]:
    """Each organisation of the pairs of districts, with all of its territories."""
    known = load_organisations()
    codes = {code for border in district_borders() for code in (border.one, border.other)}
    return {code: Side(code, known[code].territories) for code in codes}


def territory_of(code: str) -> str:
    """The territory that one end of a pair is, or in which it lies."""
    known = load_organisations().get(code)
    return known.territory if known else code


def find_pair(one: str, other: str) -> Pair | None:
    """The pair of two territories or organisations, in either order; None where they are no neighbours."""
    listed = (pair for between in Between for pair in pairs_between(between))
    return next((pair for pair in listed if {pair.one, pair.other} == {one, other}), None)


def prepare() -> None:
    """Derive the regions and who touches whom, so that the first page does not wait for it."""
    for between in Between:
        pairs_between(between)
    regions_geojson()
