"""Which districts touch: held against the organisations and the derived regions, of which each is a part."""

from __future__ import annotations

import pytest

from noaber.reference.border_districts import district_borders
from noaber.reference.organisations import load_organisations
from noaber.reference.regions import Border, load_regions, region_borders


def test_each_pair_is_written_once_and_in_order():
    borders = district_borders()
    assert list(borders) == sorted(set(borders))
    assert all(border.one < border.other for border in borders)


@pytest.mark.parametrize("border", district_borders(), ids=lambda border: f"{border.one}~{border.other}")
def test_districts_of_two_countries_touch_only_where_their_regions_do(border: Border):
    known = load_organisations()
    one, other = (region_of(known[code].territory) for code in (border.one, border.other))

    assert Border(*sorted((one, other))) in region_borders()


def region_of(territory: str) -> str:
    [region] = [code for code in load_regions() if territory.startswith(code)]
    return region


def test_who_keeps_a_local_or_regional_text_has_neighbours():
    named = {code for border in district_borders() for code in (border.one, border.other)}
    assert {"BE-P-WV", "FR-59", "DE-KLEVE", "NL-VR08", "BE-Z-LG6", "NL-VR24", "DE-HEINSBERG", "BE-P-LG"} <= named
