"""What an organisation may not see: in the list, the page, the files, the map and the sums alike."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from django.test import override_settings

from noaber.apps.accounts.enums import Role
from noaber.apps.registry.models import AgreementRow, Capacity
from noaber.apps.registry.services import load_reference
from registry_builders import make_capacity, make_contact, make_organisation

pytestmark = pytest.mark.every_database

SEES = {
    "CLEAR": (True, True, True, True, True),
    "GREEN": (True, True, True, True, False),
    "AMBER": (True, True, True, False, False),
    "RED": (True, False, False, False, False),
}
SEATS = ("owner", "member", "partner", "observer", "outsider")


@pytest.mark.parametrize("label", SEES)
@pytest.mark.parametrize("number", range(len(SEATS)), ids=SEATS)
def test_everything_derived_obeys_the_rule(neighbours: Any, client_for: Any, label: str, number: int):
    capacity = make_capacity(neighbours.owner, "SECRET-PUMPS", tlp=label, groups=("BENELUX",))
    contact = make_contact(neighbours.owner, function="Hidden desk", tlp=label, groups=("BENELUX",))
    client = client_for(getattr(neighbours, SEATS[number]), Role.PLANNER)
    expected = SEES[label][number]
    for url in ("/capacities/", "/capacities/?format=csv", "/capacities/?format=geojson", "/capacities/?q=SECRET"):
        assert ("SECRET-PUMPS" in client.get(url).content.decode("utf-8-sig")) is expected
    assert ("SECRET-PUMPS" in client.get("/organisations/NL-VR24/").content.decode()) is expected
    assert ("Hidden desk" in client.get("/contacts/").content.decode()) is expected
    assert ("Hidden desk" in client.get("/organisations/NL-VR24/").content.decode()) is expected
    found = 200 if expected else 404
    for record in (capacity, contact):
        assert client.get(record.get_absolute_url()).status_code == found
    changes = [
        f"/capacities/{capacity.pk}/state",
        f"/capacities/{capacity.pk}/withdraw",
        f"/contacts/{contact.pk}/withdraw",
    ]
    for url in changes:
        refused = client.post(url, {"state": "available", "reason": ""}).status_code
        assert refused == (404 if not expected else 409 if number else refused)


def test_the_stock_shows_nowhere_where_up_to_n_may_go(neighbours: Any, client_for: Any):
    capacity = make_capacity(
        neighbours.owner,
        quantity=91357,
        share_up_to=2,
        state="reduced",
        reduced_to=80246,
        state_reason="own flood in the valley",
        groups=("BENELUX",),
    )
    client = client_for(neighbours.member)
    for url in (
        "/capacities/",
        "/capacities/?sort=-quantity",
        "/capacities/?format=csv",
        "/capacities/?format=geojson",
        capacity.get_absolute_url(),
        "/organisations/NL-VR24/",
    ):
        text = client.get(url).content.decode("utf-8-sig").replace(",", "")
        assert "91357" not in text
        assert "80246" not in text
        assert "own flood" not in text
    assert "up to 2" in client.get("/capacities/").content.decode()
    assert client.get("/capacities/?state=reduced").context["totals"].capacities == 0
    assert client.get("/capacities/?state=available").context["totals"].available == 2
    own = client_for(neighbours.owner)
    text = own.get(capacity.get_absolute_url()).content.decode()
    assert "80,246 of 91,357" in text
    assert "own flood" in text
    assert "up to 2 may go" in text


def test_with_whom_it_is_shared_and_its_history_are_for_the_keeper(neighbours: Any, client_for: Any):
    capacity = make_capacity(neighbours.owner, groups=("BENELUX",), name="Pumps")
    member = client_for(neighbours.member).get(capacity.get_absolute_url()).content.decode()
    assert "Shared with" not in member
    assert "<h2>History</h2>" not in member
    assert "Report the state" not in member
    own = client_for(neighbours.owner).get(capacity.get_absolute_url()).content.decode()
    assert "<h2>History</h2>" in own
    assert "Report the state" in own


def test_one_owns_csv_is_complete_and_of_others_it_is_what_one_sees(neighbours: Any, client_for: Any):
    make_capacity(neighbours.owner, "THEIRS", share_up_to=1, groups=("BENELUX",))
    make_capacity(neighbours.member, "OURS", share_up_to=1, groups=("BENELUX",))
    text = client_for(neighbours.member).get("/capacities/?format=csv").content.decode("utf-8-sig")
    rows = {row["id"]: row for row in csv.DictReader(io.StringIO(text, newline=""))}
    assert (rows["OURS"]["quantity"], rows["OURS"]["share_up_to"], rows["OURS"]["groups"]) == ("4", "1", "BENELUX")
    assert (rows["THEIRS"]["quantity"], rows["THEIRS"]["share_up_to"], rows["THEIRS"]["groups"]) == ("1", "", "")


def test_a_status_shows_only_its_own(neighbours: Any, client_for: Any):
    with override_settings(NOABER_STATUS="Actual"):
        actual = make_capacity(neighbours.owner, "REAL-PUMPS", status="Actual")
    client = client_for(neighbours.owner)
    assert "REAL-PUMPS" not in client.get("/capacities/").content.decode()
    assert client.get(f"/capacities/{actual.pk}/").status_code == 404


def test_a_local_arrangement_is_seen_by_whom_it_reaches(neighbours: Any, client_for: Any):
    load_reference()
    row = AgreementRow.objects.get(code="BE-DE-1980")
    AgreementRow.objects.filter(pk=row.pk).update(owner=neighbours.member, tlp="AMBER")
    row.groups.add(neighbours.group)
    for seat, expected in zip(SEATS, (True, True, True, False, False), strict=True):
        client = client_for(getattr(neighbours, seat))
        text = client.get("/mapping/matrix/?rows=states&from=DE-NW&to=BE-NCCN").content.decode()
        assert ("/agreements/BE-DE-1980/" in text) is expected
        assert client.get("/agreements/BE-DE-1980/").status_code == (200 if expected else 404)


@pytest.mark.parametrize(
    ("role", "may"),
    [
        (Role.DUTY_OFFICER, True),
        (Role.PLANNER, True),
        (Role.DIRECTOR, False),
        (Role.POLICY_OFFICER, False),
        (Role.ADMINISTRATOR, False),
        (Role.OBSERVER, False),
    ],
)
def test_who_may_change_capacities(neighbours: Any, client_for: Any, role: Role, may: bool):
    capacity = make_capacity(neighbours.owner)
    client = client_for(neighbours.owner, role)
    assert ("Add a capacity" in client.get("/capacities/").content.decode()) is may
    assert ("Report the state" in client.get(capacity.get_absolute_url()).content.decode()) is may
    for url in ("/capacities/new", "/capacities/import", f"/capacities/{capacity.pk}/edit"):
        assert client.get(url).status_code == (200 if may else 409)
    posted = client.post(f"/capacities/{capacity.pk}/state", {"state": "committed"})
    assert posted.status_code == (302 if may else 409)
    capacity.refresh_from_db()
    assert capacity.state == ("committed" if may else "available")


@pytest.mark.parametrize(
    ("role", "may"),
    [(Role.PLANNER, True), (Role.POLICY_OFFICER, True), (Role.DUTY_OFFICER, False), (Role.OBSERVER, False)],
)
def test_who_may_write_about_agreements(neighbours: Any, client_for: Any, role: Role, may: bool):
    load_reference()
    client = client_for(neighbours.member, role)
    assert client.get("/agreements/new").status_code == (200 if may else 409)
    data = {"target": "level:state", "minutes": "30", "as_of": "2021-06-01", "note": ""}
    assert client.post("/agreements/assumptions", data).status_code == (302 if may else 409)
    check = {"on": "2021-06-01", "note": "official journal"}
    assert client.post("/agreements/BE-DE-1980/check", check).status_code == (302 if may else 409)


def test_a_keeper_changes_what_it_keeps_and_nothing_else(neighbours: Any, client_for: Any):
    part = make_organisation("NL-VR24-PART", territory="NL423", parent=neighbours.owner, connected=False)
    kept = make_capacity(part, "KEPT", groups=(), tlp="CLEAR")
    other = make_capacity(neighbours.member, "OTHER", groups=("BENELUX",))
    client = client_for(neighbours.owner, Role.PLANNER)
    assert client.post(f"/capacities/{kept.pk}/state", {"state": "committed"}).status_code == 302
    assert client.post(f"/capacities/{other.pk}/state", {"state": "committed"}).status_code == 409
    assert dict(Capacity.objects.values_list("code", "state")) == {"KEPT": "committed", "OTHER": "available"}
