"""The sharing rule, as a table written down independently: label × seat in the group × addressed."""

from __future__ import annotations

import itertools

import pytest

from noaber.apps.accounts.enums import GroupCapacity, OrganisationKind, TlpLabel
from noaber.apps.accounts.models import GroupMembership, Organisation, SharingGroup
from noaber.apps.accounts.sharing import SharedRecord, readers_of, visible_to
from noaber.apps.registry.enums import ContactField
from noaber.apps.registry.models import ContactPoint
from noaber.core.problems import NotFound

pytestmark = pytest.mark.django_db

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


@pytest.mark.parametrize("model", sorted(SharedRecord.__subclasses__(), key=str), ids=lambda model: model.__name__)
def test_the_rule_joins_nothing(model: type[SharedRecord]) -> None:
    """Joins multiply the rows, and a database that does not know how many there are nests them for hours."""
    seen = model._default_manager.order_by().filter(visible_to(model, organisation("BE-NCCN")))
    assert " JOIN " not in str(seen.values("pk").query)
