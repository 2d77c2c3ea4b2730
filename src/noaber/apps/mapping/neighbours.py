"""Which pairs of territories count as neighbours: who touches whom on land, and who lies next but one.

Two states of the region with one country between them helped each other in July 2021 as much as those that touch; so
both kinds are asked, and every row says which it is. The sea makes no neighbours.
"""

from __future__ import annotations

from enum import StrEnum
from functools import cache

from noaber.core.agreements.gaps import Nearness, Pair, next_but_one
from noaber.reference.regions import country_borders, region_borders, regions_geojson


class Between(StrEnum):
    """Between what a gap is looked for."""

    COUNTRIES = "countries"
    REGIONS = "regions"
    """First-level regions along a border: Länder, provinces, the Belgian and French regions."""


@cache
def pairs_between(between: Between) -> tuple[Pair, ...]:
    """The pairs that are asked, those that touch first."""
    if between is Between.REGIONS:
        return tuple(Pair(border.one, border.other, Nearness.BORDER) for border in region_borders())
    touching = [(border.one, border.other) for border in country_borders()]
    return (
        *(Pair(one, other, Nearness.BORDER) for one, other in touching),
        *(Pair(one, other, Nearness.NEXT_BUT_ONE) for one, other in next_but_one(touching)),
    )


def find_pair(one: str, other: str) -> Pair | None:
    """The pair of two territories, in either order; None where they are no neighbours."""
    listed = (pair for between in Between for pair in pairs_between(between))
    return next((pair for pair in listed if {pair.one, pair.other} == {one, other}), None)


def prepare() -> None:
    """Derive the regions and who touches whom, so that the first page does not wait for it."""
    for between in Between:
        pairs_between(between)
    regions_geojson()
