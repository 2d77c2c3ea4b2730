"""Laws of coverage: each team that is asked for counts once, and nothing covers that does not come."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from noaber.core.coverage import (
    COVERING,
    Cover,
    Coverage,
    Standing,
    cover,
    deployment_standing,
    offer_standing,
    total,
)
from noaber.core.messages.states import ACTIVE_DEPLOYMENTS, OPEN_OFFERS, DeploymentState, OfferState

NOW = datetime(2021, 7, 14, 16, 54, tzinfo=UTC)
MOMENTS = st.integers(-300, 300).map(lambda minutes: NOW + timedelta(minutes=minutes))
COVERS = st.builds(Cover, st.integers(0, 6), st.none() | MOMENTS, st.sampled_from(Standing))
QUANTITIES = st.integers(0, 20)
LIMITS = st.none() | MOMENTS


def at(minutes: int) -> datetime:
    return NOW + timedelta(minutes=minutes)


def committed(quantity: int, minutes: int | None) -> Cover:
    return Cover(quantity, None if minutes is None else at(minutes), Standing.COMMITTED)


def test_a_need_of_the_night():
    covers = [committed(8, 90), committed(3, 130)]
    assert cover(17, covers, needed_by=at(118)) == Coverage(in_time=8, late=3, missing=6)


def test_who_arrives_at_the_deadline_is_in_time():
    assert cover(1, [committed(1, 118)], needed_by=at(118)).is_complete
    assert not cover(1, [committed(1, 119)], needed_by=at(118)).is_complete


def test_of_more_teams_than_asked_those_in_time_count():
    assert cover(3, [committed(2, 130), committed(2, 90)], needed_by=at(100)) == Coverage(in_time=2, late=1)


def test_who_comes_when_nobody_said_is_neither_in_time_nor_missing():
    found = cover(2, [committed(1, None)], needed_by=at(100))
    assert found == Coverage(missing=1, unknown=1)
    assert not found.is_complete


def test_without_a_deadline_nothing_is_late():
    assert cover(2, [committed(1, None), committed(1, 900)], needed_by=None) == Coverage(in_time=2)


def test_who_arrives_when_it_is_of_no_use_covers_nothing():
    found = cover(2, [committed(1, 90), committed(1, 200)], needed_by=at(60), useless_after=at(120))
    assert found == Coverage(late=1, missing=1)


def test_a_provisional_answer_is_told_apart_and_covers_nothing():
    found = cover(3, [committed(2, 10), Cover(4, at(10), Standing.PROVISIONAL)], needed_by=at(60))
    assert found == Coverage(in_time=2, missing=1, provisional=1)


def test_a_firm_offer_covers_and_waits_for_a_decision():
    found = cover(3, [committed(1, 10), Cover(3, at(10), Standing.OFFERED)], needed_by=at(60))
    assert found == Coverage(in_time=3, to_decide=2)


def test_released_after_its_work_it_is_no_longer_asked_for():
    found = cover(3, [Cover(1, at(-90), Standing.DONE), committed(1, 10)], needed_by=at(60))
    assert found == Coverage(in_time=1, missing=1, done=1)
    assert found.asked == 2


@pytest.mark.parametrize("state", [state for state in OfferState if state not in OPEN_OFFERS])
def test_an_offer_that_is_over_covers_nothing(state: OfferState):
    assert offer_standing(state) is Standing.GONE


@pytest.mark.parametrize("state", sorted(OPEN_OFFERS - {OfferState.PROVISIONAL}))
def test_a_firm_or_ordered_offer_covers(state: OfferState):
    assert offer_standing(state) in COVERING


@pytest.mark.parametrize("state", DeploymentState)
def test_only_active_teams_cover(state: DeploymentState):
    for has_arrived in (False, True):
        for is_taken_back in (False, True):
            found = deployment_standing(state, has_arrived=has_arrived, is_taken_back=is_taken_back)
            assert (found in COVERING) == (state in ACTIVE_DEPLOYMENTS)


def test_work_is_done_only_where_teams_came_and_their_owner_did_not_take_them_back():
    home = DeploymentState.RETURNED
    assert deployment_standing(home, has_arrived=True, is_taken_back=False) is Standing.DONE
    assert deployment_standing(home, has_arrived=True, is_taken_back=True) is Standing.GONE
    assert deployment_standing(home, has_arrived=False, is_taken_back=False) is Standing.GONE


@given(quantity=QUANTITIES, covers=st.lists(COVERS, max_size=8), needed_by=LIMITS, useless_after=LIMITS)
def test_each_team_counts_once(
    quantity: int, covers: list[Cover], needed_by: datetime | None, useless_after: datetime | None
):
    found = cover(quantity, covers, needed_by=needed_by, useless_after=useless_after)
    assert found.in_time + found.late + found.unknown + found.missing == found.asked
    assert found.asked + found.done == quantity
    assert found.covered <= sum(one.quantity for one in covers if one.standing in COVERING)


@given(quantity=QUANTITIES, covers=st.lists(COVERS, max_size=8), needed_by=LIMITS, order=st.randoms())
def test_the_order_does_not_matter(quantity: int, covers: list[Cover], needed_by: datetime | None, order):
    mixed = list(covers)
    order.shuffle(mixed)
    assert cover(quantity, mixed, needed_by=needed_by) == cover(quantity, covers, needed_by=needed_by)


@given(quantity=QUANTITIES, covers=st.lists(COVERS, max_size=8), extra=COVERS, needed_by=LIMITS)
def test_more_help_never_makes_it_worse(quantity: int, covers: list[Cover], extra: Cover, needed_by: datetime | None):
    before, after = cover(quantity, covers, needed_by=needed_by), cover(quantity, [*covers, extra], needed_by=needed_by)
    assert after.missing <= before.missing
    if extra.standing is not Standing.DONE:
        assert after.in_time >= before.in_time


@given(quantity=QUANTITIES, covers=st.lists(COVERS, max_size=8), needed_by=MOMENTS, later=st.integers(0, 300))
def test_a_later_deadline_never_makes_it_worse(quantity: int, covers: list[Cover], needed_by: datetime, later: int):
    before = cover(quantity, covers, needed_by=needed_by)
    after = cover(quantity, covers, needed_by=needed_by + timedelta(minutes=later))
    assert after.in_time >= before.in_time
    assert after.missing == before.missing


@given(quantity=QUANTITIES, covers=st.lists(COVERS, min_size=1, max_size=8), needed_by=LIMITS, data=st.data())
def test_what_is_gone_covers_as_little_as_what_never_was(
    quantity: int, covers: list[Cover], needed_by: datetime | None, data: st.DataObject
):
    index = data.draw(st.integers(0, len(covers) - 1))
    gone = [*covers[:index], replace(covers[index], standing=Standing.GONE), *covers[index + 1 :]]
    without = [*covers[:index], *covers[index + 1 :]]
    assert cover(quantity, gone, needed_by=needed_by) == cover(quantity, without, needed_by=needed_by)


@given(parts=st.lists(st.tuples(QUANTITIES, st.lists(COVERS, max_size=4)), max_size=5), needed_by=LIMITS)
def test_coverages_add_up(parts: list[tuple[int, list[Cover]]], needed_by: datetime | None):
    found = total(cover(quantity, covers, needed_by=needed_by) for quantity, covers in parts)
    assert found.asked + found.done == sum(quantity for quantity, _covers in parts)


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: Cover(-1, None, Standing.PLANNED),
        lambda: Coverage(in_time=-1),
        lambda: Coverage(in_time=1, to_decide=2),
        lambda: Coverage(missing=1, provisional=2),
        lambda: cover(-1, [], needed_by=None),
    ],
)
def test_what_cannot_be_is_refused(wrong):
    with pytest.raises(ValueError, match=r"than none|decision|provisional"):
        wrong()
