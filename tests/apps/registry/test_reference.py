"""Loading the reference data and the exercise: as often as one likes, without undoing what people decided."""

from __future__ import annotations

import datetime
from dataclasses import replace
from typing import Any

import pytest

from noaber.apps.accounts.models import GroupMembership, Organisation, SharingGroup
from noaber.apps.records.history import Author
from noaber.apps.records.models import Change
from noaber.apps.registry.models import AgreementRow, ApprovalAssumption, Capacity, ContactPoint, HomeCover
from noaber.apps.registry.queries import get_agreement_row, inventory, inventory_rows, number_to_ring, planning_units
from noaber.apps.registry.services import load_demo, load_reference, record_check
from noaber.apps.registry.services import reference as loading
from noaber.core.agreements.encode import encode_agreement
from noaber.core.problems import NotFound
from noaber.reference.demo.capacities import load_capacities
from noaber.reference.legal_texts import agreements
from noaber.reference.organisations import load_groups, load_organisations
from noaber.web import clock

NOW = datetime.datetime(2021, 7, 14, 16, 0, tzinfo=datetime.UTC)
MODELS = (Organisation, SharingGroup, GroupMembership, AgreementRow, Capacity, HomeCover, ContactPoint, Change)

pytestmark = pytest.mark.django_db


def counts() -> list[int]:
    return [model.objects.count() for model in MODELS]


def test_everything_is_there_and_a_second_time_changes_nothing(django_assert_max_num_queries: Any):
    load_reference(connect=True)
    load_demo(now=NOW)
    first = counts()
    assert first[0] == len(load_organisations())
    assert first[1] == len(load_groups())
    assert first[3] == len(agreements())
    assert first[4] == len(load_capacities())
    with django_assert_max_num_queries(40):
        load_reference(connect=True)
        load_demo(now=NOW)
    assert counts() == first


def test_parents_and_seats_follow_the_data():
    load_reference()
    for code, known in load_organisations().items():
        row = Organisation.objects.select_related("parent").get(code=code)
        assert (row.parent.code if row.parent else "") == known.parent
        assert row.territory == known.territory
    for code, group in load_groups().items():
        seats = GroupMembership.objects.filter(group__code=code).values_list("organisation__code", "capacity")
        assert dict(seats) == {member: role.value for member, role in group.roles.items()}


def test_who_uses_noaber_is_decided_here():
    load_reference()
    assert not Organisation.objects.filter(connected=True).exists()
    Organisation.objects.filter(code="FR-COGIC").update(connected=True)
    Organisation.objects.filter(code="BE-NCCN").update(seat="Somewhere else")
    load_reference(connect=True)
    assert list(Organisation.objects.filter(connected=True).values_list("code", flat=True)) == ["FR-COGIC"]
    assert Organisation.objects.get(code="BE-NCCN").seat == "Brussels"


def test_the_inventory_is_the_reference_and_everyone_sees_it():
    load_reference()
    for code in ("BE-NCCN", "SE-MCF"):
        seen = inventory(Organisation.objects.get(code=code))
        assert sorted(text.id for text in seen) == sorted(text.id for text in agreements())
    by_id = {text.id: text for text in agreements()}
    assert all(text == by_id[text.id] for text in seen)


def test_an_exercise_does_not_know_a_text_that_is_signed_after_its_day(settings: Any):
    settings.NOABER_STATUS = "Exercise"
    load_reference()
    reader = Organisation.objects.get(code="BE-NCCN")
    signed_later = {
        text.id for text in agreements() if isinstance(text.signed, datetime.date) and text.signed > NOW.date()
    }
    assert signed_later == {"EU-UCPM-2025-704"}
    with clock.at(NOW):
        assert {text.id for text in agreements()} - {text.id for text in inventory(reader)} == signed_later
        with pytest.raises(NotFound):
            get_agreement_row(reader, "EU-UCPM-2025-704")
        assert {row.checked_on for row in inventory_rows(reader)} == {text.checked.on for text in agreements()}
    with clock.at(datetime.datetime(2025, 4, 10, 12, tzinfo=datetime.UTC)):
        assert len(inventory(reader)) == len(agreements())


def test_a_new_version_of_a_text_comes_in_and_a_later_check_stays(monkeypatch: pytest.MonkeyPatch):
    load_reference()
    reader = Organisation.objects.get(code="BE-NCCN")
    row = AgreementRow.objects.get(code="BE-DE-1980")
    author = Author("policy officer, N. Peeters", reader)
    later = row.checked_on + datetime.timedelta(days=10)
    record_check(author, row, on=later, note="in the official journal", now=NOW)
    changed = tuple(
        replace(text, parties=(*text.parties, "LU")) if text.id == "BE-DE-1980" else text for text in agreements()
    )
    monkeypatch.setattr(loading, "agreements", lambda: changed)
    load_reference()
    text = next(text for text in inventory(reader) if text.id == "BE-DE-1980")
    assert text.parties[-1] == "LU"
    assert (text.checked.on, text.checked.by) == (later, "policy officer, N. Peeters, BE-NCCN")
    assert encode_agreement(text) == AgreementRow.objects.get(code="BE-DE-1980").data


def test_the_exercise_is_what_its_players_see():
    load_reference(connect=True)
    load_demo(now=NOW)
    nl, be, lu = (Organisation.objects.get(code=code) for code in ("NL-NCC", "BE-NCCN", "LU-HCPN"))
    assert set(Capacity.objects.values_list("status", flat=True)) == {"Exercise"}
    assert planning_units(be, "Actual", NOW) == []
    assert {unit.owner[:2] for unit in planning_units(be, "Exercise", NOW, capabilities=["HCP"])} >= {"BE", "NL"}
    ringing = number_to_ring(nl, reader=be, status="Exercise", on=NOW.date())
    assert ringing is not None
    assert ringing.organisation == nl
    assert ApprovalAssumption.objects.filter(organisation=lu).exists()
