"""Sections of main roads: what they check, which of them lead from town to town, and how stretches are told."""

from __future__ import annotations

import pytest

from noaber.core.geo import Position
from noaber.core.traveltime.sections import (
    DETOUR,
    Direction,
    Part,
    RoadKind,
    Section,
    Stretch,
    find_run,
    stretches_of,
)

AT = {name: Position(lon=5.0 + number / 10, lat=50.5) for number, name in enumerate("ABCDE")}


def section(start: str, end: str, *roads: str, kind: RoadKind = RoadKind.MOTORWAY, km: float | None = None) -> Section:
    return Section(f"{start}{end}", roads or ("E25",), kind, start, end, (AT[start], AT[end]), km)


ROAD = [
    section("A", "B", "A25", "E25"),
    section("C", "B", "E25", "A2"),
    section("C", "D", "E25"),
    section("D", "E", "E42"),
]
BY_ID = {one.id: one for one in ROAD}


def test_a_length_that_is_not_known_is_longer_than_the_straight_line() -> None:
    one = section("A", "B")
    assert one.length_km == pytest.approx(one.straight_km * DETOUR[RoadKind.MOTORWAY])
    assert section("A", "B", km=9.0).length_km == 9.0


@pytest.mark.parametrize("odd", [{"km": 1.0}, {"end": "A"}])
def test_a_section_that_cannot_be_is_refused(odd: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="section"):
        section("A", **({"end": "B"} | odd))  # type: ignore[arg-type]


def test_a_run_follows_one_road_in_the_direction_of_the_way() -> None:
    assert find_run(ROAD, "E25", "A", "D") == (
        Part("AB", Direction.ALONG),
        Part("CB", Direction.AGAINST),
        Part("CD", Direction.ALONG),
    )


@pytest.mark.parametrize(
    ("road", "start", "end"), [("E25", "A", "E"), ("E42", "A", "B"), ("E25", "A", "A"), ("A1", "A", "B")]
)
def test_where_a_road_does_not_lead_there_is_no_run(road: str, start: str, end: str) -> None:
    assert find_run(ROAD, road, start, end) == ()


def test_of_two_ways_the_one_over_fewest_junctions_is_taken() -> None:
    around = [*ROAD, section("A", "C", "E25")]
    assert find_run(around, "E25", "A", "D") == (Part("AC", Direction.ALONG), Part("CD", Direction.ALONG))


def test_sections_that_follow_each_other_are_one_stretch_with_the_numbers_they_share() -> None:
    parts = [Part("AB"), Part("CB"), Part("CD"), Part("DE")]
    assert stretches_of(parts, BY_ID) == (Stretch(("E25",), "A", "D", False), Stretch(("E42",), "D", "E", False))


def test_one_carriageway_is_told_in_its_direction() -> None:
    parts = [Part("AB", Direction.ALONG), Part("CB", Direction.AGAINST)]
    assert stretches_of(parts, BY_ID) == (Stretch(("E25",), "A", "C", True),)
    back = [Part("CB", Direction.ALONG), Part("AB", Direction.AGAINST)]
    assert stretches_of(back, BY_ID) == (Stretch(("E25",), "C", "A", True),)


def test_a_closed_carriageway_and_a_closed_road_are_not_told_as_one() -> None:
    assert len(stretches_of([Part("AB", Direction.ALONG), Part("CB")], BY_ID)) == 2


def test_a_section_of_another_table_is_passed_over() -> None:
    assert stretches_of([Part("gone"), Part("AB")], BY_ID) == (Stretch(("E25", "A25"), "A", "B", False),)
