"""Laws of merging two people's forms: nobody's words are written over unseen, and nothing is asked without need."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from noaber.core.edits import (
    Value,
    digest_of,
    join_digests,
    merge_fields,
    read_digests,
    units_of,
    write_digests,
)

NAMES = ("title", "text", "lon", "lat")
TOGETHER = (("lon", "lat"),)
VALUES = st.lists(st.sampled_from(["a", "b", "", "a b:c"]), max_size=2).map(tuple)
SIDES = st.fixed_dictionaries(dict.fromkeys(NAMES, VALUES))
Side = dict[str, Value]


def digests(side: Side) -> dict[str, str]:
    return read_digests(write_digests(side))


def saved(mine: Side, theirs: Side, taken: tuple[str, ...]) -> Side:
    return mine | {name: theirs[name] for name in taken}


@given(base=SIDES, mine=SIDES, theirs=SIDES)
def test_what_either_side_changed_is_saved_or_asked(base: Side, mine: Side, theirs: Side):
    merged = merge_fields(digests(base), mine, theirs)
    result = saved(mine, theirs, merged.taken)
    for name in NAMES:
        if name in merged.conflicts:
            assert base[name] != mine[name] != theirs[name] != base[name]
        elif mine[name] != base[name]:
            assert result[name] == mine[name]
        else:
            assert result[name] == theirs[name]


@given(base=SIDES, mine=SIDES, theirs=SIDES)
def test_both_sides_are_asked_about_the_same_and_end_alike(base: Side, mine: Side, theirs: Side):
    here = merge_fields(digests(base), mine, theirs, TOGETHER)
    there = merge_fields(digests(base), theirs, mine, TOGETHER)
    assert set(here.conflicts) == set(there.conflicts)
    ours, others = saved(mine, theirs, here.taken), saved(theirs, mine, there.taken)
    assert {name for name in NAMES if ours[name] != others[name]} == set(here.conflicts)


@given(base=SIDES, side=SIDES)
def test_whoever_is_alone_is_not_asked(base: Side, side: Side):
    assert not merge_fields(digests(base), side, base, TOGETHER).conflicts
    assert saved(side, base, merge_fields(digests(base), side, base, TOGETHER).taken) == side
    assert saved(base, side, merge_fields(digests(base), base, side, TOGETHER).taken) == side
    both = merge_fields(digests(base), side, side, TOGETHER)
    assert (both.taken, both.conflicts) == ((), ())


@given(base=SIDES, mine=SIDES, theirs=SIDES)
def test_what_belongs_together_comes_from_one_side(base: Side, mine: Side, theirs: Side):
    merged = merge_fields(digests(base), mine, theirs, TOGETHER)
    if not {"lon", "lat"} & set(merged.conflicts):
        result = saved(mine, theirs, merged.taken)
        assert (result["lon"], result["lat"]) in [(mine["lon"], mine["lat"]), (theirs["lon"], theirs["lat"])]


@given(mine=SIDES, theirs=SIDES)
def test_without_a_digest_the_form_is_kept_as_it_was_sent(mine: Side, theirs: Side):
    merged = merge_fields({}, mine, theirs)
    assert (merged.taken, merged.conflicts) == ((), ())


@given(side=SIDES)
def test_digests_survive_the_form_and_other_lines_are_none(side: Side):
    line = write_digests(side)
    assert read_digests(line) == {name: digest_of(value) for name, value in side.items()}
    assert join_digests(read_digests(line)) == line
    assert read_digests("no digests here") == {}


@given(one=VALUES, other=VALUES)
def test_different_values_have_different_digests(one: Value, other: Value):
    assert (digest_of(one) == digest_of(other)) == (one == other)


def test_units_stand_at_the_place_of_their_first_and_leave_out_what_is_not_there():
    assert list(units_of(("a", "lat", "b", "lon"), TOGETHER)) == [("a",), ("lon", "lat"), ("b",)]
    assert list(units_of(("a", "lat"), TOGETHER)) == [("a",), ("lat",)]
