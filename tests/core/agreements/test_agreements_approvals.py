"""Minutes of approval: assumptions of an organisation, with owner and date, never of a text."""

from __future__ import annotations

from datetime import date

import pytest
from agreement_builders import LATER, agreement

from noaber.core.agreements import Level
from noaber.core.agreements.approvals import ApprovalAssumption, find_assumption

TEXT = agreement("A")


def assumption(minutes: float, **fields) -> ApprovalAssumption:
    given = {"organisation": "BE-NCCN", "owner": "Planning", "as_of": date(2024, 1, 1), "agreement_id": "A"} | fields
    return ApprovalAssumption(minutes=minutes, **given)


def default(minutes: float, level: Level = Level.STATE, **fields) -> ApprovalAssumption:
    return assumption(minutes, agreement_id="", level=level, **fields)


def minutes_of(*assumptions: ApprovalAssumption, organisation: str = "BE-NCCN", on: date = LATER) -> float | None:
    found = find_assumption(assumptions, TEXT, organisation=organisation, on=on)
    return None if found is None else found.minutes


def test_the_number_for_the_text_goes_before_the_default_of_its_level():
    assert minutes_of(default(60), assumption(20)) == 20
    assert minutes_of(default(60)) == 60


def test_the_newest_number_holds_and_one_from_the_future_does_not():
    newer = assumption(15, as_of=date(2024, 5, 1))
    future = assumption(5, as_of=date(2024, 12, 1))

    assert minutes_of(newer, assumption(20), future) == 15


def test_nothing_is_invented_where_there_is_no_number():
    assert minutes_of() is None
    assert minutes_of(default(60, level=Level.LOCAL), assumption(20, agreement_id="B")) is None


def test_the_numbers_of_another_organisation_do_not_count():
    assert minutes_of(assumption(20), organisation="NL-NCC") is None


@pytest.mark.parametrize(
    "fields",
    [
        {"minutes": -1},
        {"minutes": float("nan")},
        {"minutes": float("inf")},
        {"minutes": 1, "owner": " "},
        {"minutes": 1, "agreement_id": ""},
        {"minutes": 1, "level": Level.STATE},
    ],
)
def test_an_assumption_that_says_nothing_cannot_be_made(fields):
    with pytest.raises(ValueError, match=r"assumption|minutes"):
        assumption(**fields)


def test_a_default_says_that_it_is_one():
    assert default(60).is_default
    assert not assumption(20).is_default
