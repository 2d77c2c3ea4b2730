"""Adding, changing, reporting and withdrawing one capacity, and the history that each leaves."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from noaber.apps.accounts.models import Feed
from noaber.apps.records.enums import ChangeAction
from noaber.apps.records.models import AppendOnlyError, Change
from noaber.apps.registry.enums import CapacityState
from noaber.apps.registry.models import Capacity
from noaber.apps.registry.services import (
    add_capacity,
    change_capacity,
    report_state,
    set_home_cover,
    withdraw_capacity,
)
from noaber.core.problems import InvalidInput, NotAllowed
from registry_builders import FIELDS, NOW, author_for, make_acting, make_capacity, make_organisation

pytestmark = pytest.mark.every_database

LATER = NOW + datetime.timedelta(hours=3)


def history(capacity: Capacity) -> list[tuple[str, dict[str, Any]]]:
    rows = Change.objects.filter(subject="capacity", subject_id=capacity.pk).order_by("pk")
    return [(row.action, row.fields) for row in rows]


def test_adding_says_who_when_and_for_whom(neighbours: Any):
    from noaber.apps.records.history import Author

    acting = make_acting(neighbours.owner)
    capacity = add_capacity(Author.of(acting), neighbours.owner, "Exercise", "A", FIELDS, now=NOW)
    change = Change.objects.get(subject_id=capacity.pk)
    assert (change.action, change.person, change.organisation, change.at) == (
        ChangeAction.ADDED,
        acting.person,
        neighbours.owner,
        NOW,
    )
    assert acting.person.display_name in change.by
    assert (capacity.state, capacity.state_at) == (CapacityState.AVAILABLE, NOW)


def test_a_code_is_used_once_and_again_after_it_was_withdrawn(neighbours: Any):
    capacity = make_capacity(neighbours.owner, "A")
    with pytest.raises(NotAllowed, match="“A”"):
        make_capacity(neighbours.owner, "A")
    withdraw_capacity(author_for(neighbours.owner), capacity, now=NOW, reason="sold")
    again = make_capacity(neighbours.owner, "A", quantity=2)
    assert again.pk == capacity.pk
    assert again.withdrawn_at is None
    assert [action for action, _ in history(again)] == ["added", "withdrawn", "added"]


def test_one_code_may_stand_in_exercise_and_actual(neighbours: Any):
    assert make_capacity(neighbours.owner, "A", status="Exercise") != make_capacity(
        neighbours.owner, "A", status="Actual"
    )


def test_changing_leaves_the_rest_and_records_before_and_after(neighbours: Any):
    capacity = make_capacity(neighbours.owner, capabilities=("HCP", "FRB"), groups=("BENELUX",))
    changed = change_capacity(
        author_for(neighbours.owner),
        capacity,
        {"quantity": 6, "capabilities": ("FRB",), "cost_per_day_eur": Decimal("1250")},
        now=LATER,
        reason="new pumps",
    )
    assert (changed.quantity, changed.base, changed.state_at) == (6, "Maastricht", NOW)
    assert [row.capability for row in changed.capability_rows.all()] == ["FRB"]
    assert [group.code for group in changed.groups.all()] == ["BENELUX"]
    assert history(changed)[-1] == (
        "changed",
        {"quantity": [4, 6], "capabilities": [["HCP", "FRB"], ["FRB"]], "cost_per_day_eur": [None, "1250.00"]},
    )
    assert Change.objects.order_by("pk").last().reason == "new pumps"


def test_values_that_do_not_fit_together_are_refused_with_their_fields(neighbours: Any):
    capacity = make_capacity(neighbours.owner, share_up_to=4)
    with pytest.raises(InvalidInput) as refused:
        change_capacity(author_for(neighbours.owner), capacity, {"quantity": 3}, now=LATER)
    assert [(problem.where, problem.code) for problem in refused.value.problems] == [
        ("share_up_to", "capacity.share-up-to")
    ]
    capacity.refresh_from_db()
    assert capacity.quantity == 4
    assert len(history(capacity)) == 1


@pytest.mark.parametrize(
    ("state", "reduced_to", "until", "expected_until"),
    [
        (CapacityState.AVAILABLE, 2, LATER, None),
        (CapacityState.REDUCED, 2, LATER, LATER),
        (CapacityState.COMMITTED, None, LATER, LATER),
        (CapacityState.OUT_OF_SERVICE, None, None, None),
    ],
)
def test_reporting_a_state(
    neighbours: Any, state: CapacityState, reduced_to: int | None, until: Any, expected_until: Any
):
    capacity = make_capacity(neighbours.owner)
    reported = report_state(
        author_for(neighbours.owner), capacity, state=state, reduced_to=reduced_to, until=until, reason="why", now=LATER
    )
    assert (reported.state, reported.state_until, reported.state_at) == (state, expected_until, LATER)
    assert reported.reduced_to == (2 if state is CapacityState.REDUCED else None)
    assert history(reported)[-1][0] == "state"


def test_reporting_the_same_state_makes_it_fresh(neighbours: Any):
    capacity = make_capacity(neighbours.owner)
    report_state(author_for(neighbours.owner), capacity, state=CapacityState.AVAILABLE, now=LATER)
    capacity.refresh_from_db()
    assert capacity.state_at == LATER
    assert list(history(capacity)[-1][1]) == ["state_at"]


def test_reduced_to_all_is_refused(neighbours: Any):
    capacity = make_capacity(neighbours.owner)
    with pytest.raises(InvalidInput):
        report_state(author_for(neighbours.owner), capacity, state=CapacityState.REDUCED, reduced_to=4, now=LATER)


def test_history_only_grows(neighbours: Any):
    capacity = make_capacity(neighbours.owner)
    change = Change.objects.get(subject_id=capacity.pk)
    for forbidden in (
        change.save,
        change.delete,
        Change.objects.all().delete,
        lambda: Change.objects.update(reason="another"),
    ):
        with pytest.raises(AppendOnlyError):
            forbidden()
    assert Change.objects.count() == 1


def test_pages_of_readers_are_woken_also_of_those_who_lose_sight(neighbours: Any):
    capacity = make_capacity(neighbours.owner, groups=("BENELUX",))
    before = dict(Feed.objects.values_list("organisation__code", "version"))
    assert set(before) == {"NL-VR24", "BE-NCCN", "LU-HCPN"}
    change_capacity(author_for(neighbours.owner), capacity, {"tlp": "RED"}, now=LATER)
    after = dict(Feed.objects.values_list("organisation__code", "version"))
    assert all(after[code] > before[code] for code in before)


def test_who_keeps_a_record_for_another_sees_it(neighbours: Any):
    zone = make_organisation("NL-VR23", territory="NL421", parent=neighbours.owner, connected=False)
    capacity = add_capacity(author_for(neighbours.owner), zone, "Exercise", "A", FIELDS | {"tlp": "RED"}, now=NOW)
    assert Capacity.objects.visible_to(neighbours.owner).get() == capacity
    assert not Capacity.objects.visible_to(neighbours.member).exists()


def test_home_cover_history(neighbours: Any):
    author = author_for(neighbours.owner)
    for minimum in (2, 2, 3, 0):
        set_home_cover(author, neighbours.owner, "Exercise", "HCP", minimum, now=NOW)
    changes = Change.objects.filter(subject="homecover").order_by("pk")
    assert [change.fields for change in changes] == [{"HCP": [0, 2]}, {"HCP": [2, 3]}, {"HCP": [3, 0]}]


@pytest.mark.parametrize(
    "wrong",
    [
        {"quantity": 0},
        {"share_up_to": 5},
        {"state": "reduced", "reduced_to": None},
        {"state": "reduced", "reduced_to": 4},
        {"state": "available", "reduced_to": 1},
        {"state": "gone"},
        {"status": "Real"},
        {"lon": 181.0},
        {"lat": float("nan")},
        {"mobilisation_minutes": 43201},
        {"cost_per_day_eur": Decimal("-1")},
        {"code": ""},
    ],
    ids=str,
)
def test_the_database_holds_what_a_row_can_say(neighbours: Any, wrong: dict[str, Any]):
    capacity = make_capacity(neighbours.owner)
    with pytest.raises(IntegrityError), transaction.atomic():
        Capacity.objects.filter(pk=capacity.pk).update(**wrong)
