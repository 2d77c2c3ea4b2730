"""One function per field, verified at set intervals."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from noaber.apps.records.enums import ChangeAction
from noaber.apps.records.models import Change
from noaber.apps.registry.contact_state import Freshness, freshness, next_check
from noaber.apps.registry.enums import ContactCheck
from noaber.apps.registry.models import ContactPoint
from noaber.apps.registry.queries import contacts_to_verify, seen_contacts
from noaber.apps.registry.queries.contact_gaps import contact_gaps
from noaber.apps.registry.services import SameFunction, set_routine, verify_contact, withdraw_contact
from registry_builders import NOW, author_for, make_contact

pytestmark = pytest.mark.every_database

TODAY = NOW.date()
DAY = datetime.timedelta(days=1)


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.dates(datetime.date(2000, 1, 1), datetime.date(2100, 1, 1)), st.integers(1, 24))
def test_the_next_check_is_so_many_months_later(on: datetime.date, months: int):
    due = next_check(on, months)
    assert (due.year - on.year) * 12 + due.month - on.month == months
    assert due.day == on.day or (due.day < on.day and (due + DAY).day == 1)


def test_how_fresh_it_is_by_the_day():
    def state(days_left: int) -> Freshness:
        return freshness(TODAY - 90 * DAY, TODAY + days_left * DAY, TODAY)

    found = [state(days) for days in (31, 30, 0, -1)]
    assert found == [Freshness.FRESH, Freshness.SOON, Freshness.SOON, Freshness.EXPIRED]
    assert freshness(None, None, TODAY) is Freshness.NEVER
    assert freshness(TODAY, None, TODAY) is Freshness.FRESH


def test_a_second_function_for_a_field_is_refused_and_names_the_first(neighbours: Any):
    first = make_contact(neighbours.owner)
    with pytest.raises(SameFunction) as refused:
        make_contact(neighbours.owner, function="Another desk")
    assert refused.value.same == first
    make_contact(neighbours.owner, field="legal")
    make_contact(neighbours.owner, status="Test")
    withdraw_contact(author_for(neighbours.owner), first, now=NOW, reason="moved")
    make_contact(neighbours.owner, function="Another desk")


def test_what_one_does_not_see_is_in_nobodys_way_and_betrays_nothing(neighbours: Any):
    make_contact(neighbours.outsider, owner=neighbours.owner, tlp="RED")
    make_contact(neighbours.outsider, owner=neighbours.member, groups=("BENELUX",))
    with pytest.raises(SameFunction):
        make_contact(neighbours.outsider, owner=neighbours.partner)


def test_the_database_refuses_doubles_too(neighbours: Any):
    contact = make_contact(neighbours.owner)
    contact.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        contact.save()


def test_each_organisation_has_its_own_interval(neighbours: Any):
    contact = make_contact(neighbours.owner, groups=("BENELUX",))
    verify_contact(author_for(neighbours.member), contact, on=TODAY, now=NOW)
    contact.refresh_from_db()
    assert contact.expires_on == datetime.date(2022, 1, 14)
    set_routine(author_for(neighbours.owner), neighbours.owner, 3, now=NOW)
    contact.refresh_from_db()
    assert contact.expires_on == datetime.date(2021, 10, 14)
    set_routine(author_for(neighbours.owner), neighbours.owner, 1, now=NOW)
    verify_contact(author_for(neighbours.member), contact, on=TODAY, now=NOW)
    contact.refresh_from_db()
    assert contact.expires_on == datetime.date(2021, 8, 14)
    assert "BE-NCCN" in contact.verified_by


def test_a_try_without_an_answer_leaves_it_to_be_verified(neighbours: Any):
    contact = make_contact(neighbours.owner)
    verify_contact(author_for(neighbours.owner), contact, on=TODAY - 9 * DAY, now=NOW)
    assert not contacts_to_verify(neighbours.owner, "Exercise", TODAY)
    verify_contact(author_for(neighbours.owner), contact, on=TODAY, check=ContactCheck.NO_ANSWER, now=NOW)
    contact.refresh_from_db()
    assert (contact.verified_on, contact.tried_on) == (TODAY - 9 * DAY, TODAY)
    assert list(contacts_to_verify(neighbours.owner, "Exercise", TODAY)) == [contact]
    last = Change.objects.filter(subject="contactpoint", subject_id=contact.pk).order_by("-pk").first()
    assert last is not None
    assert last.action == ChangeAction.STATE
    assert last.fields["tried"] == ["answered", "no-answer"]


def test_a_gap_is_what_the_reader_does_not_see(neighbours: Any):
    duty = make_contact(neighbours.owner, groups=("BENELUX",))
    verify_contact(author_for(neighbours.owner), duty, on=TODAY, now=NOW)
    make_contact(neighbours.owner, field="legal", tlp="RED")

    def states(reader: Any) -> dict[str, str]:
        rows = contact_gaps(reader, "Exercise", on=TODAY)
        row = next(row for row in rows if row.organisation == neighbours.owner)
        assert row.gaps == sum(cell.state not in ("fresh", "soon") for cell in row.cells)
        return {cell.field: cell.state for cell in row.cells}

    own, other, outside = (states(who) for who in (neighbours.owner, neighbours.member, neighbours.outsider))
    assert (own["duty"], own["legal"], own["border"]) == ("fresh", "never", "missing")
    assert (other["duty"], other["legal"]) == ("fresh", "missing")
    assert set(outside.values()) == {"missing"}
    assert seen_contacts(neighbours.outsider, "Exercise").count() == 0
    assert ContactPoint.objects.count() == 2
