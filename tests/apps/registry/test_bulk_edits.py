"""Changing many capacities: what is shown is done in one step, what does not fit stays, and it can be taken back."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

import pytest

from noaber.apps.accounts.enums import Role
from noaber.apps.accounts.queries import keeps
from noaber.apps.records.models import Change
from noaber.apps.registry.models import BulkEdit, Capacity
from noaber.apps.registry.services import change_capacity, withdraw_capacity
from noaber.apps.registry.services.bulk_edits import (
    apply_bulk_edit,
    fingerprint_of,
    plan_bulk_edit,
    prepare_bulk_edit,
    undo_bulk_edit,
)
from noaber.apps.registry.services.capacity_values import stored_capacities
from noaber.core.problems import NotAllowed
from registry_builders import NOW, author_for, make_acting, make_capacity

pytestmark = pytest.mark.every_database

LATER = NOW + datetime.timedelta(hours=1)
GIVEN: dict[str, Any] = {
    "state": "reduced",
    "reduced_to": 2,
    "state_until": "2021-07-15T10:00:00+00:00",
    "state_reason": "own flood",
    "cost_per_day_eur": "1250.50",
    "cost_as_of": "2021-01-01",
    "languages": {"add": ["fr", "nl"], "remove": ["de"]},
    "groups": {"add": ["BENELUX"]},
    "attributes": {"night": True},
}


def prepared(neighbours: Any, given: dict[str, Any] = GIVEN, *, keys: list[int] | None = None) -> BulkEdit:
    acting = make_acting(neighbours.owner, Role.PLANNER)
    wanted = keys if keys is not None else list(Capacity.objects.values_list("pk", flat=True))
    return prepare_bulk_edit(acting, "Exercise", wanted, given, reason="after the storm", now=NOW)


def apply(neighbours: Any, edit: BulkEdit) -> int:
    kept = keeps(neighbours.owner)
    shown = fingerprint_of(plan_bulk_edit(edit, kept, now=NOW))
    return apply_bulk_edit(author_for(neighbours.owner), edit, kept, shown, now=LATER)


@pytest.fixture
def three(neighbours: Any) -> list[Capacity]:
    """A fits, B is too small to be reduced to two, C is of another owner."""
    return [
        make_capacity(neighbours.owner, "A", languages=("de", "nl"), attributes={"winch": False}),
        make_capacity(neighbours.owner, "B", quantity=2),
        make_capacity(neighbours.member, "C"),
    ]


def test_rows_that_do_not_fit_are_refused_and_others_not_touched(neighbours: Any, three: list[Capacity]):
    edit = prepared(neighbours)
    rows = plan_bulk_edit(edit, keeps(neighbours.owner), now=NOW)
    assert [(row.code, row.acts, [problem.code for problem in row.refusals]) for row in rows] == [
        ("A", True, []),
        ("B", False, ["capacity.reduced-to"]),
    ]
    assert apply(neighbours, edit) == 1
    values = stored_capacities(neighbours.owner.pk, "Exercise")["A"].values
    assert (values["languages"], values["groups"]) == (("nl", "fr"), ("BENELUX",))
    assert (values["reduced_to"], values["cost_per_day_eur"], values["state_at"]) == (2, Decimal("1250.50"), LATER)
    assert values["attributes"] == {"winch": False, "night": True}
    assert Capacity.objects.get(code="B").state == Capacity.objects.get(code="C").state == "available"
    change = Change.objects.get(action="bulk")
    assert (change.subject_id, change.reason) == (three[0].pk, "after the storm")
    assert change.fields["languages"] == [["de", "nl"], ["nl", "fr"]]


def test_taking_it_back_restores_everything(neighbours: Any, three: list[Capacity]):
    before = stored_capacities(neighbours.owner.pk, "Exercise")
    edit = prepared(neighbours)
    apply(neighbours, edit)
    edit.refresh_from_db()
    undone = undo_bulk_edit(author_for(neighbours.owner), edit, keeps(neighbours.owner), now=LATER)
    assert (undone.count, undone.overtaken) == (1, ())
    assert stored_capacities(neighbours.owner.pk, "Exercise") == before
    assert Change.objects.filter(action="undone").count() == 1
    with pytest.raises(NotAllowed, match="taken back already"):
        undo_bulk_edit(author_for(neighbours.owner), edit, keeps(neighbours.owner), now=LATER)


def test_what_somebody_has_changed_since_stays(neighbours: Any, three: list[Capacity]):
    edit = prepared(neighbours, {"mobilisation_minutes": 90})
    assert apply(neighbours, edit) == 2
    change_capacity(author_for(neighbours.owner), three[1], {"mobilisation_minutes": 45}, now=LATER)
    edit.refresh_from_db()
    undone = undo_bulk_edit(author_for(neighbours.owner), edit, keeps(neighbours.owner), now=LATER)
    assert (undone.count, undone.overtaken) == (1, (three[1].pk,))
    assert dict(Capacity.objects.values_list("code", "mobilisation_minutes")) == {"A": 30, "B": 45, "C": 30}


def test_it_is_done_once_and_only_as_shown(neighbours: Any, three: list[Capacity]):
    edit = prepared(neighbours, {"mobilisation_minutes": 90})
    kept = keeps(neighbours.owner)
    shown = fingerprint_of(plan_bulk_edit(edit, kept, now=NOW))
    withdraw_capacity(author_for(neighbours.owner), three[1], now=NOW, reason="")
    with pytest.raises(NotAllowed, match="changed since"):
        apply_bulk_edit(author_for(neighbours.owner), edit, kept, shown, now=LATER)
    assert apply(neighbours, edit) == 1
    with pytest.raises(NotAllowed, match="done already"):
        apply(neighbours, edit)
