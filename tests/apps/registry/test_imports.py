"""Importing: what is previewed is what happens, all of it or nothing."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from noaber.apps.records.models import Change
from noaber.apps.registry.csv_columns import COLUMNS
from noaber.apps.registry.csv_export import encode_capacities
from noaber.apps.registry.enums import CapacityState, UploadPhase
from noaber.apps.registry.models import Capacity, CapacityUpload
from noaber.apps.registry.services import (
    RowAction,
    Sharing,
    change_capacity,
    import_capacities,
    plan_import,
    report_state,
    withdraw_capacity,
)
from noaber.apps.registry.services.capacity_values import stored_capacities
from noaber.apps.registry.services.uploads import (
    check_upload,
    claim,
    confirm_upload,
    faults_of,
    find_upload,
    plan_upload,
    shown_problems,
    store_upload,
    write_upload,
)
from noaber.core.problems import InvalidInput, NotAllowed
from registry_builders import NOW, author_for, csv_bytes, make_capacity, make_person

pytestmark = pytest.mark.every_database

LATER = NOW + datetime.timedelta(hours=1)


def plan(neighbours: Any, *rows: dict[str, str], now: datetime.datetime = NOW, **sharing: Any) -> Any:
    return plan_import(csv_bytes(*rows), neighbours.owner, "Exercise", sharing=Sharing(**sharing), now=now)


def run(neighbours: Any, *rows: dict[str, str], now: datetime.datetime = NOW, **sharing: Any) -> Any:
    planned = plan(neighbours, *rows, now=now, **sharing)
    return import_capacities(
        author_for(neighbours.owner), planned, neighbours.owner, "Exercise", now=now, reason="a.csv"
    )


def test_added_changed_unchanged_and_absent(neighbours: Any):
    run(neighbours, {"id": "A"}, {"id": "B"}, {"id": "C"})
    planned = plan(neighbours, {"id": "A"}, {"id": "B", "quantity": "9"}, {"id": "D"}, now=LATER)
    assert [(row.code, row.action) for row in planned.rows] == [
        ("A", RowAction.UNCHANGED),
        ("B", RowAction.CHANGED),
        ("D", RowAction.ADDED),
    ]
    assert planned.rows[1].changes == {"quantity": (4, 9)}
    assert planned.absent == ("C",)


def test_planning_writes_nothing(neighbours: Any):
    plan(neighbours, {"id": "A"})
    assert not Capacity.objects.exists()
    assert not Change.objects.exists()


def test_a_file_with_one_error_changes_nothing(neighbours: Any):
    planned = plan(neighbours, {"id": "A"}, {"id": "B", "quantity": "none"})
    with pytest.raises(InvalidInput) as refused:
        import_capacities(author_for(neighbours.owner), planned, neighbours.owner, "Exercise", now=NOW, reason="")
    assert [problem.where for problem in refused.value.problems] == ["row 3, column quantity"]
    assert not Capacity.objects.exists()


def test_columns_that_are_absent_are_left_alone_and_empty_cells_empty(neighbours: Any):
    make_capacity(neighbours.owner, "A", source="by hand", host_note="fuel", share_up_to=2, groups=("BENELUX",))
    run(neighbours, {"id": "A", "host_note": "", "base": "Maastricht"})
    capacity = Capacity.objects.get()
    assert (capacity.source, capacity.host_note, capacity.share_up_to) == ("by hand", "", 2)
    assert [group.code for group in capacity.groups.all()] == ["BENELUX"]


def test_what_does_not_fit_with_what_stays_is_a_problem_of_the_row(neighbours: Any):
    make_capacity(neighbours.owner, "A", share_up_to=3)
    planned = plan(neighbours, {"id": "A", "quantity": "2"})
    assert [(problem.where, problem.code) for problem in planned.errors] == [
        ("row 2, column share_up_to", "capacity.share-up-to")
    ]


def test_new_capacities_are_shared_as_chosen_and_as_their_row_says(neighbours: Any):
    run(
        neighbours,
        {"id": "A", "tlp": ""},
        {"id": "B", "tlp": "TLP:RED", "groups": ""},
        tlp="GREEN",
        groups=("BENELUX",),
    )
    shared = {row.code: (row.tlp, [group.code for group in row.groups.all()]) for row in Capacity.objects.all()}
    assert shared == {"A": ("GREEN", []), "B": ("RED", [])}
    run(neighbours, {"id": "C"}, tlp="GREEN", groups=("BENELUX",))
    assert [group.code for group in Capacity.objects.get(code="C").groups.all()] == ["BENELUX"]


def test_a_state_is_fresh_only_where_it_was_stated(neighbours: Any):
    run(neighbours, {"id": "A"}, {"id": "B"}, {"id": "C"})
    run(
        neighbours,
        {"id": "A", "state": "available"},
        {"id": "B", "state": "committed"},
        {"id": "C", "state_at": "2021-07-14T15:00:00Z", "state": "available"},
        now=LATER,
    )
    states = dict(Capacity.objects.values_list("code", "state_at"))
    assert states == {"A": NOW, "B": LATER, "C": NOW - datetime.timedelta(hours=1)}


def test_a_withdrawn_capacity_that_is_imported_is_there_again(neighbours: Any):
    capacity = make_capacity(neighbours.owner, "A")
    withdraw_capacity(author_for(neighbours.owner), capacity, now=NOW, reason="")
    counts = run(neighbours, {"id": "A", "name": "A", "base": "Maastricht"})
    capacity.refresh_from_db()
    assert (counts.changed, capacity.withdrawn_at) == (1, None)


def test_every_change_is_in_the_history_with_the_file(neighbours: Any):
    run(neighbours, {"id": "A"}, {"id": "B"})
    run(neighbours, {"id": "A", "quantity": "5"}, {"id": "B"}, now=LATER)
    changes = Change.objects.filter(action="imported").order_by("pk")
    assert [(change.reason, change.fields) for change in changes] == [
        ("a.csv", {}),
        ("a.csv", {}),
        ("a.csv", {"quantity": [4, 5]}),
    ]


def test_the_same_code_of_another_owner_is_another_capacity(neighbours: Any):
    make_capacity(neighbours.member, "A")
    run(neighbours, {"id": "A", "quantity": "7"})
    assert dict(Capacity.objects.values_list("owner__code", "quantity")) == {"BE-NCCN": 4, "NL-VR24": 7}


def test_what_is_exported_changes_nothing_when_it_is_imported(neighbours: Any):
    make_capacity(
        neighbours.owner,
        "A",
        capabilities=("FRB", "BOAT"),
        languages=["nl", "de"],
        state="reduced",
        reduced_to=2,
        state_until=LATER,
        state_reason="own flood",
        host_needs=["fuel", "beds"],
        host_note="quiet night\nplease",
        host_note_language="en",
        attributes={"max_current_m_per_s": 1.5, "night": True},
        groups=("BENELUX",),
    )
    make_capacity(neighbours.owner, "B", state="out-of-service")
    stored = stored_capacities(neighbours.owner.pk, "Exercise")
    records = [
        found.values | {"code": code, "owner": "NL-VR24", "status": "Exercise"} for code, found in stored.items()
    ]
    data = encode_capacities(records).encode()
    planned = plan_import(data, neighbours.owner, "Exercise", sharing=Sharing(), now=LATER)
    assert planned.problems == ()
    assert [(row.code, dict(row.changes)) for row in planned.rows] == [("A", {}), ("B", {})]
    assert len(planned.file.columns) == len(COLUMNS)


# the uploaded file


def upload(neighbours: Any, *rows: dict[str, str]) -> Any:
    person = make_person(neighbours.owner)
    stored = store_upload(
        person, neighbours.owner, "Exercise", file_name="a.csv", data=csv_bytes(*rows), sharing=Sharing(), now=NOW
    )
    assert claim(stored, UploadPhase.WAITING, for_=UploadPhase.CHECKING, now=NOW)
    return stored, check_upload(stored, now=NOW)


def test_confirming_applies_the_uploaded_bytes_once(neighbours: Any):
    stored, planned = upload(neighbours, {"id": "A"}, {"id": "B"})
    assert planned.count(RowAction.ADDED) == 2
    counts = confirm_upload(author_for(neighbours.owner), stored, planned.fingerprint, now=LATER)
    assert (counts.added, Capacity.objects.count()) == (2, 2)
    kept = CapacityUpload.objects.get()
    assert (kept.phase, bytes(kept.content)) == (UploadPhase.DONE, b"")
    assert not claim(kept, UploadPhase.CHECKED, for_=UploadPhase.WRITING, now=LATER)


def test_a_file_that_was_overtaken_is_checked_again_and_says_so(neighbours: Any):
    capacity = make_capacity(neighbours.owner, "A")
    stored, planned = upload(neighbours, {"id": "A", "quantity": "6"})
    change_capacity(author_for(neighbours.owner), capacity, {"quantity": 5}, now=NOW)
    assert claim(stored, UploadPhase.CHECKED, for_=UploadPhase.WRITING, now=LATER)
    write_upload(author_for(neighbours.owner), stored, planned.fingerprint, now=LATER)
    stored.refresh_from_db()
    assert (stored.phase, stored.report["overtaken"]) == (UploadPhase.CHECKED, True)
    assert claim(stored, UploadPhase.CHECKED, for_=UploadPhase.WRITING, now=LATER)
    write_upload(author_for(neighbours.owner), stored, stored.report["fingerprint"], now=LATER)
    capacity.refresh_from_db()
    assert capacity.quantity == 6


def test_every_fault_is_kept_and_the_first_are_shown(neighbours: Any):
    rows = [{"id": f"A{number}", "quantity": "many"} for number in range(250)]
    stored, planned = upload(neighbours, *rows)
    assert list(faults_of(stored)) == list(planned.problems)
    assert shown_problems(stored) == list(planned.problems[:200])
    assert (stored.report["errors"], len(stored.report["problems"])) == (250, 200)


def test_progress_is_told_and_a_mistake_far_down_stops_all_of_it(neighbours: Any):
    rows = [{"id": f"A{number}"} for number in range(2, 3201)]
    rows[3141 - 2]["lon"] = "5.6.9"
    told: list[tuple[str, int, int]] = []
    data = csv_bytes(*rows)
    planned = plan_import(
        data, neighbours.owner, "Exercise", sharing=Sharing(), now=NOW, tell=lambda *step: told.append(step)
    )
    assert [(problem.where, problem.params["text"]) for problem in planned.errors] == [
        ("row 3141, column lon", "5.6.9")
    ]
    assert ("read", 3000, 3200) in told
    assert ("compare", 3000, 3198) in told
    with pytest.raises(InvalidInput):
        import_capacities(author_for(neighbours.owner), planned, neighbours.owner, "Exercise", now=NOW, reason="")
    assert not Capacity.objects.exists()


def test_what_nobody_has_looked_at_is_not_imported(neighbours: Any):
    capacity = make_capacity(neighbours.owner, "A")
    stored, seen = upload(neighbours, {"id": "A", "quantity": "6", "name": "A", "base": "Maastricht"})
    change_capacity(author_for(neighbours.owner), capacity, {"quantity": 5}, now=NOW)
    with pytest.raises(NotAllowed, match="changed since the preview"):
        confirm_upload(author_for(neighbours.owner), stored, seen.fingerprint, now=LATER)
    capacity.refresh_from_db()
    assert capacity.quantity == 5
    seen_again = plan_upload(stored, now=LATER)
    assert seen_again.rows[0].changes == {"quantity": (5, 6)}
    confirm_upload(author_for(neighbours.owner), stored, seen_again.fingerprint, now=LATER)
    capacity.refresh_from_db()
    assert capacity.quantity == 6


def test_a_report_of_state_between_preview_and_import_does_not_hinder_a_file_without_states(neighbours: Any):
    capacity = make_capacity(neighbours.owner, "A")
    stored, seen = upload(neighbours, {"id": "A", "quantity": "6"})
    report_state(author_for(neighbours.owner), capacity, state=CapacityState.COMMITTED, now=LATER)
    confirm_upload(author_for(neighbours.owner), stored, seen.fingerprint, now=LATER)
    capacity.refresh_from_db()
    assert (capacity.quantity, capacity.state, capacity.state_at) == (6, "committed", LATER)


def test_an_upload_belongs_to_who_made_it_and_waits_for_some_hours(neighbours: Any):
    stored, _ = upload(neighbours, {"id": "A"})
    other = make_person(neighbours.owner)
    assert find_upload(stored.person, stored.token, "Exercise", now=NOW) == stored
    assert find_upload(other, stored.token, "Exercise", now=NOW) is None
    assert find_upload(stored.person, stored.token, "Actual", now=NOW) is None
    assert find_upload(stored.person, stored.token, "Exercise", now=NOW + datetime.timedelta(hours=13)) is None


def test_the_label_of_an_import_decides_whose_pages_are_woken(neighbours: Any):
    from noaber.apps.accounts.models import Feed

    run(neighbours, {"id": "A"}, tlp="AMBER", groups=("BENELUX",))
    assert set(Feed.objects.values_list("organisation__code", flat=True)) == {"NL-VR24", "BE-NCCN", "LU-HCPN"}


def test_many_rows_are_written_as_few_are(neighbours: Any):
    """On PostgreSQL they go another way: through a table of the transaction."""
    rows = [{"id": f"A{number}", "host_note": "a\tb\\n", "attributes": "night=yes"} for number in range(150)]
    run(neighbours, *rows)
    run(neighbours, *(row | {"quantity": "7"} for row in rows), now=LATER)
    assert set(Capacity.objects.values_list("host_note", "quantity")) == {("a\tb\\n", 7)}
    assert [capacity.attributes for capacity in Capacity.objects.all()[:2]] == [{"night": True}] * 2
    assert Change.objects.filter(fields={"quantity": [4, 7]}).count() == 150
