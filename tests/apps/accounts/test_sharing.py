"""The sharing rule, as a table written down independently: label × seat in the group × addressed."""

from __future__ import annotations

import datetime
import itertools

import pytest
from django.apps import apps

from noaber.apps.accounts.enums import GroupCapacity, OrganisationKind, TlpLabel
from noaber.apps.accounts.models import GroupMembership, Organisation, Person, Responsibility, SharingGroup
from noaber.apps.accounts.reference import load_organisations
from noaber.apps.accounts.sharing import SharedRecord, answering_for, readers_of, visible_to
from noaber.apps.planner.models import Incident
from noaber.apps.registry.enums import ContactField
from noaber.apps.registry.models import ContactPoint
from noaber.core.problems import NotFound
from noaber.reference.organisations import territories_answered
from noaber.reference.territories import load_territories

pytestmark = [pytest.mark.django_db, pytest.mark.every_database]

EVENING = datetime.datetime(2021, 7, 14, 16, 0, tzinfo=datetime.UTC)
SEATS = (None, GroupCapacity.MEMBER, GroupCapacity.PARTNER, GroupCapacity.OBSERVER)
REACHED = {
    # label: the seats in a ticked group that it reaches, without being addressed
    TlpLabel.RED: (),
    TlpLabel.AMBER_STRICT: (GroupCapacity.MEMBER, GroupCapacity.PARTNER),
    TlpLabel.AMBER: (GroupCapacity.MEMBER, GroupCapacity.PARTNER),
    TlpLabel.GREEN: (GroupCapacity.MEMBER, GroupCapacity.PARTNER, GroupCapacity.OBSERVER),
    TlpLabel.CLEAR: SEATS,
}


def organisation(code: str) -> Organisation:
    return Organisation.objects.create(code=code, kind=OrganisationKind.NATIONAL_CENTRE, names={"en": code})


def record(owner: Organisation, label: TlpLabel) -> ContactPoint:
    return ContactPoint.objects.create(
        owner=owner,
        organisation=owner,
        tlp=label,
        status="Exercise",
        field=ContactField.values[0],
        function="duty desk",
        phone="+32 0 00 00 01",
    )


@pytest.mark.parametrize(
    ("label", "seat", "addressed"), list(itertools.product(TlpLabel, SEATS, (False, True))), ids=str
)
def test_who_sees_a_record(label: TlpLabel, seat: GroupCapacity | None, addressed: bool) -> None:
    owner, reader = organisation("BE-NCCN"), organisation("NL-NCC")
    group = SharingGroup.objects.create(code="BENELUX", names={"en": "Benelux"})
    GroupMembership.objects.create(group=group, organisation=owner, capacity=GroupCapacity.MEMBER)
    if seat is not None:
        GroupMembership.objects.create(group=group, organisation=reader, capacity=seat)
    shared = record(owner, label)
    shared.groups.add(group)
    if addressed:
        shared.addressees.add(reader)
    expected = addressed or label == TlpLabel.CLEAR or seat in REACHED[label]
    assert ContactPoint.objects.visible_to(reader).filter(pk=shared.pk).exists() == expected
    assert (reader in readers_of(shared)) == expected, "the rule read from the other side says the same"


def test_the_owner_always_sees_its_record_and_a_stranger_is_told_nothing() -> None:
    owner, stranger = organisation("BE-NCCN"), organisation("NL-NCC")
    shared = record(owner, TlpLabel.RED)
    assert ContactPoint.objects.get_visible(owner, pk=shared.pk) == shared
    with pytest.raises(NotFound):
        ContactPoint.objects.get_visible(stranger, pk=shared.pk)


def test_a_record_that_reaches_by_two_groups_is_listed_once() -> None:
    owner, reader = organisation("BE-NCCN"), organisation("NL-NCC")
    shared = record(owner, TlpLabel.AMBER)
    for code in ("BENELUX", "EMRIC"):
        group = SharingGroup.objects.create(code=code, names={})
        GroupMembership.objects.create(group=group, organisation=reader, capacity=GroupCapacity.MEMBER)
        shared.groups.add(group)
    assert list(ContactPoint.objects.visible_to(reader)) == [shared]


SHARED = [model for model in apps.get_models() if issubclass(model, SharedRecord)]


@pytest.mark.parametrize("model", sorted(SHARED, key=str), ids=lambda model: model.__name__)
def test_the_rule_joins_nothing(model: type[SharedRecord]) -> None:
    """Joins multiply the rows, and a database that does not know how many there are nests them for hours."""
    seen = model._default_manager.order_by().filter(visible_to(model, organisation("BE-NCCN")))
    assert " JOIN " not in str(seen.values("pk").query)


@pytest.mark.parametrize("label", list(TlpLabel), ids=str)
def test_whoever_answers_for_the_territory_sees_what_happens_there_whatever_the_label(label: TlpLabel) -> None:
    owner, governor, other = organisation("BE-NCCN"), organisation("BE-P-LG"), organisation("BE-P-LX")
    Responsibility.objects.create(organisation=governor, territory="BE335", answers_for="BE33")
    Responsibility.objects.create(organisation=other, territory="BE341", answers_for="BE34")
    happened = incident(owner, label, "BE335")
    assert Incident.objects.get_visible(governor, pk=happened.pk) == happened
    assert governor in readers_of(happened), "the rule read from the other side says the same"
    assert list(answering_for("BE335")) == [governor]
    sees = label == TlpLabel.CLEAR
    assert Incident.objects.visible_to(other).filter(pk=happened.pk).exists() == sees
    assert (other in readers_of(happened)) == sees


def test_what_has_no_place_is_read_by_nobody_for_its_territory() -> None:
    owner, governor = organisation("BE-NCCN"), organisation("BE-P-LG")
    Responsibility.objects.create(organisation=governor, territory="BE335", answers_for="BE33")
    shared = record(owner, TlpLabel.AMBER)
    assert not ContactPoint.objects.visible_to(governor).exists()
    assert governor not in readers_of(shared)


def test_the_rule_of_every_territory_is_that_of_the_reference_data() -> None:
    """In the database, for every organisation and territory: what the pure rule says of the facts."""
    load_organisations()
    owner = organisation("XX-OWNER")
    territories = [code for code in load_territories() if code.startswith(("BE33", "NL42", "DEA2", "FRF3", "LU"))]
    happened = {code: incident(owner, TlpLabel.RED, code) for code in [*territories, "BE", "BE3", "DE", "NL"]}
    for row in Organisation.objects.exclude(pk=owner.pk):
        answered = territories_answered(row.code)
        expected = {one.pk for code, one in happened.items() if code in answered}
        assert set(Incident.objects.visible_to(row).values_list("pk", flat=True)) == expected, row.code


def test_loading_the_facts_again_keeps_who_answers_as_they_say() -> None:
    load_organisations()
    governor = Organisation.objects.get(code="BE-P-LG")
    assert Organisation.objects.get(code="NL-VR24").released_by == Organisation.objects.get(code="NL-LOCC")
    was = set(governor.responsibilities.values_list("territory", "answers_for"))
    governor.responsibilities.filter(territory="BE335").update(answers_for="BE3")
    governor.responsibilities.filter(territory="BE332").delete()
    Responsibility.objects.create(organisation=governor, territory="BE341", answers_for="BE33")
    load_organisations()
    assert set(governor.responsibilities.values_list("territory", "answers_for")) == was


def incident(owner: Organisation, label: TlpLabel, territory: str) -> Incident:
    opener, _made = Person.objects.get_or_create(username="opener")
    return Incident.objects.create(
        number=f"{owner.code}-{label}-{territory}",
        title="Flood",
        language="en",
        status="Exercise",
        hazard="flood",
        severity="Severe",
        place="Somewhere",
        territory=territory,
        lon=5.8,
        lat=50.5,
        owner=owner,
        tlp=label,
        opened_at=EVENING,
        opened_by=opener,
    )
