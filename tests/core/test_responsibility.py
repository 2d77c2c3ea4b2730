"""Who answers for a territory: all that lies in it, and what is known no better than to hold it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from noaber.core.responsibility import find_answered

COUNTRY = "XY"
codes = st.text("12", max_size=3).map(lambda rest: COUNTRY + rest)


@pytest.mark.parametrize(
    ("territory", "own", "above", "answered"),
    [
        ("BE335", ["BE33"], ["BE"], "BE33"),
        ("BE33", ["BE33"], ["BE"], "BE33"),
        ("BE34", ["BE33"], ["BE"], None),
        ("BE3", ["BE33"], ["BE"], "BE33"),
        ("BE", ["BE33"], ["BE"], None),
        ("DEA", ["DEA2"], ["DEA"], None),
        ("DEA2", ["DEA2D"], ["DEA2", "DEA"], None),
        ("DE", ["DEA"], [], None),
        ("", ["BE33"], [], None),
    ],
)
def test_where_an_organisation_answers(territory: str, own: list[str], above: list[str], answered: str | None) -> None:
    assert find_answered(territory, own=own, above=above) == answered


@given(territory=codes, own=st.lists(codes), above=st.lists(codes))
def test_it_answers_for_all_that_lies_in_its_own_whoever_stands_above(
    territory: str, own: list[str], above: list[str]
) -> None:
    answered = find_answered(territory, own=own, above=above)
    if any(territory.startswith(code) for code in own):
        assert answered is not None


@given(territory=codes, own=st.lists(codes), above=st.lists(codes))
def test_what_it_answers_for_touches_its_own(territory: str, own: list[str], above: list[str]) -> None:
    answered = find_answered(territory, own=own, above=above)
    if answered is not None:
        assert answered in own
        assert territory.startswith(answered) or answered.startswith(territory)


@given(territory=codes, own=st.lists(codes, min_size=1))
def test_where_somebody_above_answers_for_the_very_place_those_inside_are_not_called(
    territory: str, own: list[str]
) -> None:
    inside = [code for code in own if code.startswith(territory) and code != territory]
    assert find_answered(territory, own=inside, above=[territory]) is None
