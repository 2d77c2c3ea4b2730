"""Main roads found by what somebody types."""

from __future__ import annotations

import pytest

from core.traveltime.test_sections import ROAD
from noaber.core.traveltime.section_search import MOST_RUNS, Run, search_runs
from noaber.core.traveltime.sections import Direction, Part
from noaber.reference.main_roads import junction_names, load_road_table
from noaber.reference.place_names import fold_name

NAMES = {"A": ["amby"], "B": ["bergen op zoom"], "C": ["celles", "zell"], "D": ["dison"], "E": ["eupen"]}


def found(typed: str) -> list[Run]:
    return search_runs(ROAD, NAMES, fold_name(typed))


def test_two_towns_are_the_way_between_them_along_a_road() -> None:
    assert found("E25 Amby – Dison") == [Run("E25", "A", "D")]
    assert found("Dison, Amby") == [Run("E25", "D", "A")]
    assert found("amby eupen") == []


def test_a_number_alone_is_its_sections_and_with_a_town_those_that_meet_there() -> None:
    assert found("E 25") == [Run("E25", "A", "B"), Run("E25", "C", "B"), Run("E25", "C", "D")]
    assert found("A2") == [Run("A2", "C", "B")]
    assert found("e25 bergen op") == [Run("E25", "A", "B"), Run("E25", "C", "B")]
    assert found("zell") == [Run("E25", "C", "B"), Run("E25", "C", "D")]


@pytest.mark.parametrize("typed", ["", "E99", "nowhere", "E25 nowhere", "Amby nowhere"])
def test_what_is_not_known_finds_nothing(typed: str) -> None:
    assert found(typed) == []


def test_a_run_closes_both_carriageways_or_one() -> None:
    run = Run("E25", "A", "D")
    assert run.parts(ROAD) == (Part("AB"), Part("CB"), Part("CD"))
    along, against = run.parts(ROAD, Direction.ALONG), run.parts(ROAD, Direction.AGAINST)
    assert [part.direction for part in along] == [Direction.ALONG, Direction.AGAINST, Direction.ALONG]
    assert {(part.section, part.direction) for part in against} == {
        (part.section, Direction.AGAINST if part.direction is Direction.ALONG else Direction.ALONG) for part in along
    }


@pytest.mark.parametrize("typed", ["E25 Liège Maastricht", "Luik maastricht e25", "E25, Lüttich – Mestreech"])
def test_the_roads_of_the_region_are_found_in_any_of_the_languages(typed: str) -> None:
    run, *_others = search_runs(load_road_table().sections, junction_names(), fold_name(typed))
    assert (run.road, {run.start, run.end}) == ("E25", {"BE Liège", "NL Maastricht"})


def test_at_most_so_many_are_offered() -> None:
    assert len(search_runs(load_road_table().sections, junction_names(), "e40")) == MOST_RUNS
