"""Yes, no and unknown: territories and code lists."""

from __future__ import annotations

import pytest
from agreement_builders import scopes, territories, territory_codes
from hypothesis import given
from hypothesis import strategies as st

from noaber.core.agreements import ANY, EVERYTHING, NOT_ESTABLISHED, NOTHING, Match, Scope, Territories
from oracles.agreements import covers_place


@pytest.mark.parametrize(
    ("codes", "place", "expected"),
    [
        (("BE33",), "BE33", Match.YES),
        (("BE33",), "BE335", Match.YES),
        (("BE33",), "BE3", Match.UNKNOWN),
        (("BE33",), "BE", Match.UNKNOWN),
        (("BE33",), "BE34", Match.NO),
        (("BE33",), "NL33", Match.NO),
        (("BE3", "BE33"), "BE3", Match.YES),
        ((ANY,), "CZ", Match.YES),
        ((), "BE", Match.NO),
    ],
)
def test_a_place_inside_is_covered_and_a_coarser_one_is_unknown(codes, place, expected):
    assert Territories(codes).match(place) is expected


@pytest.mark.parametrize("place", ["DEA2", "DEA", "DEA2D"])
def test_an_area_of_unknown_extent_is_unknown_in_both_directions(place):
    assert Territories(("BE336",), within=("DEA2",)).match(place) is Match.UNKNOWN


def test_what_is_covered_in_full_stays_covered_beside_an_unknown_extent():
    both = Territories(("BE336",), within=("BE33",))

    assert both.match("BE336") is Match.YES
    assert both.match("BE335") is Match.UNKNOWN


@given(territories, territory_codes)
def test_territories_agree_with_sets_of_places(covered, place):
    side = {"codes": list(covered.codes), "within": list(covered.within)}

    assert covered.match(place).name.lower() == covers_place(side, place)


@given(territories, territory_codes, st.text(alphabet="12", max_size=3))
def test_knowing_a_place_more_finely_only_settles_what_was_unknown(covered, place, tail):
    coarse, fine = covered.match(place), covered.match(place + tail)

    assert coarse is Match.UNKNOWN or fine is coarse


@given(territories, territory_codes, territory_codes)
def test_one_more_territory_never_covers_less(covered, more, place):
    wider = Territories((*covered.codes, more), covered.within)

    assert wider.match(place) >= covered.match(place)


@given(scopes(("a", "b")), st.sampled_from(("a", "b", "c")))
def test_any_code_at_all_is_never_surer_than_a_code(scope, code):
    assert scope.match(None) is not Match.YES or scope.match(code) is Match.YES
    assert scope.match(None) is not Match.NO or scope.match(code) is Match.NO


def test_a_code_cannot_be_both_covered_and_not():
    with pytest.raises(ValueError, match="one of yes, no and unknown"):
        Scope(yes=frozenset({"HCP"}), no=frozenset({"HCP"}))


@pytest.mark.parametrize(
    ("scope", "anything", "known"),
    [
        (EVERYTHING, True, True),
        (NOTHING, False, True),
        (NOT_ESTABLISHED, True, False),
        (Scope(unknown=frozenset({"HCP"})), True, False),
        (Scope(yes=frozenset({"HCP"})), True, True),
    ],
)
def test_a_scope_says_whether_it_covers_anything_and_is_known(scope, anything, known):
    assert scope.covers_anything is anything
    assert scope.is_known is known
