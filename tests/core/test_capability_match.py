"""How near a unit comes to a need: exact before equivalent before parts, never round in a circle, never guessed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from noaber.core.capability_match import (
    MOST_STEPS,
    Kinship,
    Match,
    Nearness,
    Part,
    Service,
    stands_for,
    teams_for,
)

KINSHIP = Kinship(
    parts=(
        Part("FIRE-PLT", "FIRE-ENG", 4, "NL"),
        Part("FIRE-PLT", "FIRE-ENG", None),
        Part("FRB", "BOAT", 5),
    ),
    services=(
        Service("EMT-3", "EMT-2"),
        Service("EMT-2", "EMT-1"),
        Service("BHP", "AMP", Nearness.SIMILAR),
        Service("AMP-S", "AMP"),
    ),
)


def test_a_dutch_platoon_holds_four_engines_and_a_german_one_an_unknown_number() -> None:
    assert KINSHIP.match(["FIRE-PLT"], "FIRE-ENG", country="NL") == Match(Nearness.HOLDS, "FIRE-PLT", 4)
    assert KINSHIP.match(["FIRE-PLT"], "FIRE-ENG", country="DE") == Match(Nearness.HOLDS, "FIRE-PLT", None)


def test_what_its_own_package_says_counts() -> None:
    assert KINSHIP.match(["FIRE-PLT"], "FIRE-ENG", country="NL", holds={"FIRE-ENG": 2}) == Match(
        Nearness.HOLDS, "FIRE-PLT", 2
    )
    assert KINSHIP.match(["FIRE-PLT"], "FIRE-ENG", country="DE", holds={"FIRE-ENG": 2}) == Match(
        Nearness.HOLDS, "FIRE-PLT", 2
    )


def test_what_it_has_goes_before_what_it_holds() -> None:
    assert KINSHIP.match(["FIRE-PLT", "FIRE-ENG"], "FIRE-ENG", country="NL") == Match(Nearness.EXACT, "FIRE-ENG")


def test_the_same_task_goes_before_one_like_it() -> None:
    assert KINSHIP.match(["BHP", "AMP-S"], "AMP") == Match(Nearness.LARGER, "AMP-S")
    assert KINSHIP.match(["BHP"], "AMP") == Match(Nearness.SIMILAR, "BHP")


def test_a_smaller_one_does_not_serve_as_a_larger_one() -> None:
    assert KINSHIP.match(["EMT-1"], "EMT-3") is None
    assert KINSHIP.match(["EMT-3"], "EMT-1") == Match(Nearness.LARGER, "EMT-3")


def test_what_may_come_near_is_named_over_several_steps() -> None:
    assert set(KINSHIP.near("EMT-1")) == {"EMT-2", "EMT-3"}
    assert KINSHIP.near("FIRE-ENG") == ("FIRE-PLT",)
    assert KINSHIP.near("FIRE-PLT") == ()


@pytest.mark.parametrize(
    ("parts", "services"),
    [
        ([], [Service("A", "B"), Service("B", "A")]),
        ([Part("A", "B", 2)], [Service("B", "C"), Service("C", "A")]),
        ([Part("A", "A", 1)], []),
    ],
)
def test_nothing_stands_in_for_itself(parts: list[Part], services: list[Service]) -> None:
    with pytest.raises(ValueError, match="stand in for itself"):
        Kinship(tuple(parts), tuple(services))


@pytest.mark.parametrize(
    ("count", "wanted", "may_go", "teams", "covered"),
    [(4, 10, 3, 3, 10), (4, 10, 2, 2, 8), (4, 2, 2, 1, 2), (1, 3, 9, 3, 3), (None, 3, 9, 0, 0), (4, 0, 2, 0, 0)],
)
def test_as_many_teams_as_it_takes_and_no_more(
    count: int | None, wanted: int, may_go: int, teams: int, covered: int
) -> None:
    match = Match(Nearness.HOLDS, "FIRE-PLT", count)
    assert teams_for(match, wanted, may_go) == teams
    assert stands_for(match, wanted, teams) == covered


CODES = [f"C{number}" for number in range(7)]
downwards = st.tuples(st.integers(0, 6), st.integers(0, 6)).filter(lambda pair: pair[0] < pair[1])
kinships = st.builds(
    Kinship,
    parts=st.lists(
        st.builds(lambda pair, count: Part(CODES[pair[0]], CODES[pair[1]], count), downwards, st.integers(1, 9)),
        unique_by=lambda part: (part.whole, part.part),
        max_size=6,
    ).map(tuple),
    services=st.lists(
        st.builds(lambda pair: Service(CODES[pair[0]], CODES[pair[1]]), downwards), unique=True, max_size=6
    ).map(tuple),
)


@given(kinships, st.sampled_from(CODES))
def test_what_has_it_is_exact_whatever_else_it_is(kinship: Kinship, code: str) -> None:
    assert kinship.match([code], code) == Match(Nearness.EXACT, code)


@given(kinships, st.sampled_from(CODES), st.sampled_from(CODES))
def test_never_both_ways(kinship: Kinship, one: str, other: str) -> None:
    if one != other and kinship.match([one], other) is not None:
        assert kinship.match([other], one) is None


@given(kinships, st.sampled_from(CODES), st.sampled_from(CODES))
def test_whatever_matches_is_among_what_may_come_near(kinship: Kinship, one: str, other: str) -> None:
    if one != other and kinship.match([one], other) is not None:
        assert one in kinship.near(other)


@given(kinships, st.sampled_from(CODES), st.sampled_from(CODES))
def test_at_most_one_number_is_taken_over(kinship: Kinship, one: str, other: str) -> None:
    """What it stands for is a number of one fact, or one: numbers of parts of parts are never multiplied."""
    match = kinship.match([one], other)
    if match is not None and match.nearness is not Nearness.EXACT:
        assert match.stands_for in {1} | {part.count for part in kinship.parts}


def test_a_chain_is_bounded() -> None:
    chain = [Service(f"S{number}", f"S{number + 1}") for number in range(MOST_STEPS + 1)]
    kinship = Kinship(services=tuple(chain))
    assert kinship.match(["S0"], f"S{MOST_STEPS}") is not None
    assert kinship.match(["S0"], f"S{MOST_STEPS + 1}") is None
    assert f"S{MOST_STEPS}" not in kinship.near(f"S{MOST_STEPS}")
    assert "S0" not in kinship.near(f"S{MOST_STEPS + 1}")


def test_a_part_of_something_like_it_counts_as_a_part() -> None:
    kinship = Kinship(parts=(Part("COLUMN", "MODULE", 3),), services=(Service("MODULE", "TEAM"),))
    assert kinship.match(["COLUMN"], "TEAM") == Match(Nearness.HOLDS, "COLUMN", 3)
