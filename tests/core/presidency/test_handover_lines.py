"""The order of the presidencies, and the laws of a dossier's lines."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from noaber.core.presidency.dossier import (
    End,
    Line,
    Section,
    Topic,
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
RECORDS = st.lists(
    st.builds(
        Line,
        section=st.sampled_from([one for one in Section if one is not Section.GAPS]),
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
COUNTS = st.lists(
    st.builds(
        Line,
        section=st.just(Section.GAPS),
        kind=st.sampled_from(Topic),
        key=st.just(0),
        tlp=st.just("AMBER"),
        texts=st.just({}),
        on=st.sampled_from(["2024-12-19", "2025-12-15"]),
        state=st.sampled_from(["", "1/10"]),
        ends=st.lists(ENDS, max_size=3).map(tuple),
        made_from=st.dictionaries(KINDS, st.lists(KEYS, max_size=3).map(tuple), max_size=2),
    ),
    unique_by=lambda line: line.place,
    max_size=4,
)
LINES = st.builds(lambda records, counts: [*records, *counts], RECORDS, COUNTS)
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
        if line.section is not Section.GAPS:
            assert line.key in seen[line.kind]
        if line.made_from:
            assert all(key in seen.get(kind, ()) for kind, keys in line.made_from.items() for key in keys)
        else:
            assert all(end.key in seen[end.kind] for end in line.ends)
    assert len(share) + sum(left_out(lines, share).values()) == len(lines)


@given(LINES, LINES)
def test_every_line_is_new_gone_changed_or_the_same(before: list[Line], after: list[Line]) -> None:
    found = compare(before, after)
    assert len(found.new) + len(found.changed) + found.same == len(after)
    assert len(found.gone) + len(found.changed) + found.same == len(before)
    nothing = compare(after, after)
    assert (nothing.new, nothing.gone, nothing.changed, nothing.same) == ([], [], [], len(after))


def count(**fields: Any) -> Line:
    given: dict[str, Any] = {"section": Section.GAPS, "kind": Topic.COUNTRIES, "key": 0, "tlp": "CLEAR", "texts": {}}
    return Line(**given | fields)


def test_a_count_reaches_who_sees_all_that_it_was_made_from() -> None:
    line = count(ends=(End("pair", 0, "FR NL", "3/10"),), made_from={"agreement": (1, 2)})
    assert share_of([line], {"agreement": {1, 2, 3}}) == [line]
    assert share_of([line], {"agreement": {1}}) == []
    assert share_of([count(made_from={"agreement": ()})], {}) == [count(made_from={"agreement": ()})]


def test_a_sum_of_records_is_told_as_far_as_its_reader_sees_them() -> None:
    line = count(kind=Topic.UNKNOWNS, ends=(End("agreement", 1, "A", "4"), End("agreement", 2, "B", "2")))
    assert share_of([line], {"agreement": {2}}) == [replace(line, ends=line.ends[1:])]
    assert share_of([line], {"agreement": {3}}) == []


def test_the_same_count_on_another_day_has_not_changed() -> None:
    before, after = count(on="2024-12-19", state="1/10"), count(on="2025-12-15", state="1/10")
    assert compare([before], [after]).same == 1
    assert compare([before], [replace(after, state="2/10")]).changed == [(before, replace(after, state="2/10"))]


def test_what_was_frozen_before_there_were_counts_is_read() -> None:
    [stored] = encode([Line(section=Section.PLANS, kind="plan", key=1, tlp="CLEAR", texts={"nl": "Plan"})])
    del stored["made_from"]
    assert [line.number for line in decode([stored])] == [""]
