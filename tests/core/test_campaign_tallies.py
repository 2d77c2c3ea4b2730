"""Counting findings, and holding two frozen results beside each other."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from noaber.core.campaigns import (
    Difference,
    Finding,
    Tally,
    compare_rows,
    count_findings,
    digest_of,
    field_finding,
    minutes_for,
)

findings = st.lists(st.one_of(st.none(), st.sampled_from(list(Finding))))
rows = st.dictionaries(
    st.tuples(st.sampled_from(("capacities", "contacts")), st.sampled_from("ABC"), st.just("")),
    st.dictionaries(st.sampled_from(("quantity", "name")), st.integers(0, 3)),
).map(lambda found: [row(*key, values) for key, values in found.items()])


def row(part: str, code: str, field: str, values: dict[str, Any]) -> dict[str, Any]:
    return {"part": part, "code": code, "field": field, "values": values}


@given(findings, findings)
def test_tallies_add_up(one: list[Finding | None], other: list[Finding | None]):
    assert count_findings(one) + count_findings(other) == count_findings([*one, *other])
    assert 0 <= count_findings(one).done <= count_findings(one).asked == len(one)


def test_nothing_asked_is_complete():
    assert Tally().is_complete
    assert Tally().share == 1
    assert not count_findings([None]).is_complete


def test_half_a_minute_counts_as_a_whole_one():
    assert (minutes_for(0), minutes_for(1), minutes_for(12)) == (0, 1, 8)


def test_a_correction_names_its_fields_and_confirms_the_others():
    assert field_finding("corrected", "quantity", ["quantity"]) is Finding.CORRECTED
    assert field_finding("corrected", "languages", ["quantity"]) is Finding.CONFIRMED
    assert field_finding("unknown", "languages", []) is Finding.UNKNOWN
    assert field_finding(None, "languages", []) is None


@given(rows)
def test_a_result_does_not_differ_from_itself(found: list[dict[str, Any]]):
    assert compare_rows(found, found) == []
    assert digest_of(found) == digest_of([dict(reversed(one.items())) for one in found])


@given(rows, rows)
def test_differences_go_both_ways(before: list[dict[str, Any]], after: list[dict[str, Any]]):
    forth, back = compare_rows(before, after), compare_rows(after, before)
    turned = {Difference.ADDED: Difference.GONE, Difference.GONE: Difference.ADDED}
    told = {(one.row["code"], one.row["part"], one.difference) for one in forth}
    assert told == {(one.row["code"], one.row["part"], turned.get(one.difference, one.difference)) for one in back}


def test_a_change_names_the_values_that_differ():
    before = [row("capacities", "A", "", {"quantity": 2, "name": "Boats"})]
    after = [row("capacities", "A", "", {"quantity": 3, "name": "Boats"})]
    (one,) = compare_rows(before, after)
    assert (one.difference, one.names) == (Difference.CHANGED, ["quantity"])
