"""The order of the presidencies, and the laws of a dossier's lines."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from noaber.core.presidency.dossier import (
    End,
    Line,
    Section,
    compare,
    decode,
    digest_of,
    encode,
    left_out,
    share_of,
)
from noaber.core.presidency.order import country_of, year_span

KINDS = st.sampled_from(["action", "decision", "plan"])
KEYS = st.integers(1, 6)
ENDS = st.builds(End, KINDS, KEYS, st.text(max_size=8), st.sampled_from(["done", "late"]))
LINES = st.lists(
    st.builds(
        Line,
        section=st.sampled_from(Section),
        kind=KINDS,
        key=KEYS,
        tlp=st.just("AMBER"),
        texts=st.dictionaries(st.sampled_from(["nl", "fr"]), st.text(max_size=8), max_size=2),
        state=st.sampled_from(["", "late", "open"]),
        ends=st.lists(ENDS, max_size=3).map(tuple),
    ),
    unique_by=lambda line: line.place,
    max_size=8,
)
SEEN = st.dictionaries(KINDS, st.sets(KEYS))


def test_the_three_take_turns() -> None:
    assert [country_of(year) for year in range(2021, 2029)] == ["BE", "LU", "NL", "BE", "LU", "NL", "BE", "LU"]
    assert [day.isoformat() for day in year_span(2025)] == ["2025-01-01", "2025-12-31"]


@given(LINES)
def test_what_is_frozen_is_read_again(lines: list[Line]) -> None:
    stored = json.loads(json.dumps(encode(lines)))
    assert decode(stored) == lines
    assert digest_of(stored) == digest_of(encode(lines))


@given(LINES, SEEN)
def test_a_share_tells_of_nothing_unseen(lines: list[Line], seen: dict[str, set[int]]) -> None:
    share = share_of(lines, seen)
    for line in share:
        assert line.key in seen[line.kind]
        assert all(end.key in seen[end.kind] for end in line.ends)
    assert len(share) + sum(left_out(lines, share).values()) == len(lines)


@given(LINES, LINES)
def test_every_line_is_new_gone_changed_or_the_same(before: list[Line], after: list[Line]) -> None:
    found = compare(before, after)
    assert len(found.new) + len(found.changed) + found.same == len(after)
    assert len(found.gone) + len(found.changed) + found.same == len(before)
    nothing = compare(after, after)
    assert (nothing.new, nothing.gone, nothing.changed, nothing.same) == ([], [], [], len(after))
