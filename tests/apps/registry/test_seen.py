"""Who sees a capacity, and how much of it: list, filter, plan and sum by the same rule."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from noaber.apps.accounts.sharing import readers_of
from noaber.apps.registry.models import Capacity
from noaber.apps.registry.queries import home_cover, number_to_ring, planning_units, seen_contacts
from noaber.apps.registry.seen import seen_capacities
from noaber.apps.registry.services import set_home_cover, withdraw_capacity
from registry_builders import NOW, author_for, make_capacity, make_contact, make_organisation

pytestmark = pytest.mark.every_database

SEES = {
    # label, by seat: owner, member, partner, observer, outsider
    "CLEAR": (True, True, True, True, True),
    "GREEN": (True, True, True, True, False),
    "AMBER": (True, True, True, False, False),
    "AMBER+STRICT": (True, True, True, False, False),
    "RED": (True, False, False, False, False),
}
SEATS = ("owner", "member", "partner", "observer", "outsider")


@pytest.mark.parametrize("label", SEES)
@pytest.mark.parametrize("number", range(len(SEATS)), ids=SEATS)
def test_the_label_and_the_group_decide(neighbours: Any, label: str, number: int):
    capacity = make_capacity(neighbours.owner, tlp=label, groups=("BENELUX",))
    contact = make_contact(neighbours.owner, tlp=label, groups=("BENELUX",))
    reader = getattr(neighbours, SEATS[number])
    expected = SEES[label][number]
    assert seen_capacities(reader, "Exercise").filter(pk=capacity.pk).exists() is expected
    assert bool(planning_units(reader, "Exercise", NOW)) is expected
    assert seen_contacts(reader, "Exercise").filter(pk=contact.pk).exists() is expected
    ringing = number_to_ring(neighbours.owner, reader=reader, status="Exercise", on=NOW.date())
    assert (ringing == contact) is expected
    assert (reader in readers_of(capacity)) is expected


@pytest.mark.parametrize("seat", SEATS[1:])
def test_without_a_group_only_the_owner_sees(neighbours: Any, seat: str):
    make_capacity(neighbours.owner, tlp="GREEN")
    assert not seen_capacities(getattr(neighbours, seat), "Exercise").exists()


def test_each_capacity_is_listed_once_however_many_ways_lead_to_it(neighbours: Any):
    from registry_builders import make_group

    make_group("EMRIC", member=[neighbours.owner, neighbours.member], observer=[neighbours.observer])
    capacity = make_capacity(neighbours.owner, tlp="GREEN", groups=("BENELUX", "EMRIC"))
    capacity.addressees.add(neighbours.member)
    for reader in (neighbours.owner, neighbours.member, neighbours.observer):
        assert [row.pk for row in seen_capacities(reader, "Exercise")] == [capacity.pk]


@pytest.mark.parametrize("status", ["Actual", "Test"])
def test_statuses_never_mix(neighbours: Any, status: str):
    make_capacity(neighbours.owner, status="Exercise")
    make_capacity(neighbours.owner, status=status)
    make_contact(neighbours.owner, status="Exercise")
    set_home_cover(author_for(neighbours.owner), neighbours.owner, "Exercise", "HCP", 2, now=NOW)
    assert [row.status for row in seen_capacities(neighbours.owner, status)] == [status]
    assert not seen_contacts(neighbours.owner, status).exists()
    assert home_cover(neighbours.owner, status) == []


@pytest.mark.parametrize(
    ("state", "reduced_to", "share_up_to", "own", "others"),
    [
        # own and others: teams, of them available, state
        ("available", None, None, (4, 4, "available"), (4, 4, "available")),
        ("available", None, 2, (4, 4, "available"), (2, 2, "available")),
        ("available", None, 0, (4, 4, "available"), (0, 0, "available")),
        ("reduced", 3, None, (4, 3, "reduced"), (4, 3, "reduced")),
        ("reduced", 3, 2, (4, 3, "reduced"), (2, 2, "available")),
        ("reduced", 1, 2, (4, 1, "reduced"), (2, 1, "reduced")),
        ("committed", None, None, (4, 0, "committed"), (4, 0, "committed")),
        ("committed", None, 2, (4, 0, "committed"), (2, 0, "committed")),
        ("out-of-service", None, 2, (4, 0, "out-of-service"), (2, 0, "out-of-service")),
    ],
)
def test_up_to_n_may_go_hides_the_stock(
    neighbours: Any, state: str, reduced_to: int | None, share_up_to: int | None, own: Any, others: Any
):
    make_capacity(neighbours.owner, state=state, reduced_to=reduced_to, share_up_to=share_up_to, groups=("BENELUX",))
    for reader, expected in ((neighbours.owner, own), (neighbours.member, others)):
        row = seen_capacities(reader, "Exercise").get()
        assert (row.seen_quantity, row.seen_available, row.seen_state) == expected
        unit = planning_units(reader, "Exercise", NOW)[0]
        assert (unit.quantity, unit.state) == expected[1:]


@pytest.mark.django_db
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25, deadline=None)
@given(quantity=st.integers(2, 9), stocks=st.tuples(st.integers(0, 9), st.integers(0, 9)), share=st.integers(0, 3))
def test_what_others_see_does_not_depend_on_the_hidden_stock(
    neighbours: Any, quantity: int, stocks: tuple[int, int], share: int
):
    """Two stocks that let the same number go look the same, whatever is asked of the query."""
    Capacity.objects.all().delete()
    seen = []
    for number, left in enumerate(stocks):
        total = max(quantity + number, share)
        state = {True: "available", False: "reduced"}[left >= total] if left else "committed"
        make_capacity(
            neighbours.owner,
            f"C{number}",
            quantity=total,
            state=state,
            reduced_to=left if state == "reduced" else None,
            share_up_to=share,
            groups=("BENELUX",),
        )
        row = seen_capacities(neighbours.member, "Exercise").get(code=f"C{number}")
        goes = min(share, min(left, total)) if state != "available" else share
        seen.append((goes, state == "committed", row.seen_quantity, row.seen_available, row.seen_state))
    if seen[0][:2] == seen[1][:2]:
        assert seen[0] == seen[1]


def test_committed_teams_are_taken_off(neighbours: Any):
    make_capacity(neighbours.owner, "A", groups=("BENELUX",))
    make_capacity(neighbours.owner, "B", share_up_to=1, groups=("BENELUX",))
    taken = {"NL-VR24:A": 3, "NL-VR24:B": 1}
    own = {unit.id: unit.quantity for unit in planning_units(neighbours.owner, "Exercise", NOW, committed=taken)}
    others = {unit.id: unit.quantity for unit in planning_units(neighbours.member, "Exercise", NOW, committed=taken)}
    assert own == {"NL-VR24:A": 1, "NL-VR24:B": 3}
    assert others == {"NL-VR24:A": 1, "NL-VR24:B": 0}


def test_a_planning_unit_carries_what_the_plan_and_its_line_need(neighbours: Any):
    make_capacity(neighbours.owner, capabilities=("FRB", "BOAT"), groups=("BENELUX",), illustrative=True)
    unit = planning_units(neighbours.member, "Exercise", NOW + datetime.timedelta(hours=25))[0]
    assert (unit.id, unit.owner, unit.territory, unit.capabilities) == (
        "NL-VR24:PUMP-1",
        "NL-VR24",
        "NL423",
        ("FRB", "BOAT"),
    )
    assert (unit.stale, unit.illustrative, unit.is_kept) == (True, True, False)
    assert unit.as_unit().capabilities == frozenset({"FRB", "BOAT"})
    assert planning_units(neighbours.member, "Exercise", NOW + datetime.timedelta(hours=24))[0].stale is False


def test_planning_asks_only_for_the_capabilities_it_needs(neighbours: Any):
    make_capacity(neighbours.owner, "A", capabilities=("HCP",))
    make_capacity(neighbours.owner, "B", capabilities=("BOAT", "FRB"))
    units = planning_units(neighbours.owner, "Exercise", NOW, capabilities=["FRB"])
    assert [(unit.id, unit.capabilities) for unit in units] == [("NL-VR24:B", ("BOAT", "FRB"))]


def test_a_withdrawn_capacity_is_nowhere(neighbours: Any):
    capacity = make_capacity(neighbours.owner, groups=("BENELUX",))
    withdraw_capacity(author_for(neighbours.owner), capacity, now=NOW, reason="sold")
    for reader in (neighbours.owner, neighbours.member):
        assert not seen_capacities(reader, "Exercise").exists()
        assert planning_units(reader, "Exercise", NOW) == []


def test_home_cover_of_others_is_known_only_where_they_share_it(neighbours: Any):
    from noaber.apps.registry.models import HomeCover

    author = author_for(neighbours.owner)
    set_home_cover(author, neighbours.owner, "Exercise", "HCP", 2, now=NOW)
    set_home_cover(author, neighbours.owner, "Exercise", "FRB", 1, now=NOW)
    shared = HomeCover.objects.get(capability="FRB")
    shared.tlp = "AMBER"
    shared.save()
    shared.groups.add(neighbours.group)
    assert [(row.capability, row.minimum) for row in home_cover(neighbours.owner, "Exercise")] == [
        ("FRB", 1),
        ("HCP", 2),
    ]
    assert [(row.capability, row.minimum) for row in home_cover(neighbours.member, "Exercise")] == [("FRB", 1)]
    assert home_cover(neighbours.outsider, "Exercise") == []
    set_home_cover(author, neighbours.owner, "Exercise", "HCP", 0, now=NOW)
    assert [row.capability for row in home_cover(neighbours.owner, "Exercise")] == ["FRB"]


def test_who_keeps_the_records_of_a_part_without_noaber_sees_all_of_them(neighbours: Any):
    zone = make_organisation("NL-VR23", territory="NL421", parent=neighbours.owner, connected=False)
    connected = make_organisation("NL-VR22", territory="NL414", parent=neighbours.owner)
    for owner in (zone, connected):
        make_capacity(owner, share_up_to=1, groups=(), tlp="CLEAR")
    seen = {row.owner.code: row.seen_quantity for row in seen_capacities(neighbours.owner, "Exercise")}
    assert seen == {"NL-VR23": 4, "NL-VR22": 1}


def test_nobody_is_told_to_ring_its_own_desk(neighbours: Any):
    neighbours.owner.parent = neighbours.member
    neighbours.owner.save()
    desk = make_contact(neighbours.member, tlp="GREEN", groups=("BENELUX",))

    def ringing(reader: Any) -> Any:
        return number_to_ring(neighbours.owner, reader=reader, status="Exercise", on=NOW.date())

    assert ringing(neighbours.partner) == desk
    assert ringing(neighbours.member) is None
