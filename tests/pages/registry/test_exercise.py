"""The exercise as each centre sees it: Düsseldorf, Metz, an observer in Stockholm, a secretariat, an owner."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest

from noaber.apps.accounts.enums import Role
from noaber.apps.accounts.models import GroupMembership, Organisation
from noaber.apps.accounts.queries import keeps
from noaber.apps.registry.models import AgreementRow, Capacity, ContactPoint
from noaber.apps.registry.services import set_home_cover
from registry_builders import NOW, author_for, make_capacity

pytestmark = pytest.mark.every_database

READERS = ["BE-NCCN", "LU-HCPN", "DE-NW", "DE-RP", "FR-57", "SE-MCF", "BNL-SG", "NL-VR24"]


def reached(record: Any, reader: Organisation, seats: dict[str, str]) -> bool:
    """The rule in plain words, record by record: what the query must agree with."""
    if record.owner_id in keeps(reader) or record.tlp == "CLEAR":
        return True
    ticked = {seats[group.code] for group in record.groups.all() if group.code in seats}
    if record.tlp == "GREEN":
        return bool(ticked)
    return record.tlp in ("AMBER", "AMBER+STRICT") and bool(ticked - {"observer"})


def expected(model: Any, reader: str) -> tuple[set[Any], set[Any]]:
    """What `reader` sees of a kind of record, and what it does not."""
    organisation = Organisation.objects.get(code=reader)
    seats = dict(GroupMembership.objects.filter(organisation=organisation).values_list("group__code", "capacity"))
    records = set(model.objects.select_related("owner").prefetch_related("groups"))
    seen = {record for record in records if reached(record, organisation, seats)}
    return seen, records - seen


@pytest.mark.parametrize("reader", READERS)
def test_each_centre_sees_what_was_shared_with_it(july_2021: None, client_for: Any, reader: str):
    client = client_for(reader, Role.PLANNER)
    seen, hidden = expected(Capacity, reader)
    listed = client.get("/capacities/?format=csv").content.decode("utf-8-sig")
    rows = {(row["owner"], row["id"]) for row in csv.DictReader(io.StringIO(listed, newline=""))}
    assert rows == {(record.owner.code, record.code) for record in seen}
    assert client.get("/capacities/").context["totals"].capacities == len(seen)
    for record in sorted(hidden, key=lambda record: record.pk)[:3]:
        assert client.get(record.get_absolute_url()).status_code == 404
        assert record.name not in client.get("/capacities/", {"q": record.code}).content.decode()
    seen_contacts, hidden_contacts = expected(ContactPoint, reader)
    shown = client.get("/contacts/").content.decode()
    assert all((contact.get_absolute_url() in shown) for contact in seen_contacts)
    assert not any((contact.get_absolute_url() in shown) for contact in hidden_contacts)


def test_dusseldorf_does_not_see_what_the_benelux_keeps_to_itself(july_2021: None, client_for: Any):
    brussels = Organisation.objects.get(code="BE-NCCN")
    secret = make_capacity(brussels, "ONLY-BENELUX", groups=("BENELUX",))
    shared = make_capacity(brussels, "WITH-NRW", groups=("BENELUX-NRW",))
    client = client_for("DE-NW", Role.DUTY_OFFICER)
    assert client.get(secret.get_absolute_url()).status_code == 404
    assert client.get(shared.get_absolute_url()).status_code == 200
    for url in ("/capacities/?owner=BE-NCCN", "/organisations/BE-NCCN/", "/capacities/?format=geojson"):
        text = client.get(url).content.decode()
        assert "WITH-NRW" in text
        assert "ONLY-BENELUX" not in text
    assert "ONLY-BENELUX" in client_for("LU-HCPN").get("/capacities/?owner=BE-NCCN").content.decode()


def test_an_observer_reads_and_changes_nothing(july_2021: None, client_for: Any):
    stockholm = client_for("SE-MCF", Role.OBSERVER)
    assert client_for("SE-MCF").get("/capacities/").context["totals"].capacities == 0
    assert "No capacity fits" in stockholm.get("/capacities/").content.decode()
    for url in ("/capacities/new", "/capacities/import", "/contacts/new", "/agreements/new"):
        assert stockholm.get(url).status_code == 409
    for url in ("/capacities/home-cover", "/agreements/assumptions"):
        assert stockholm.get(url).status_code == 200
        assert stockholm.post(url, {}).status_code == 409


def test_a_director_of_one_centre_sees_no_minima_that_another_keeps_to_itself(july_2021: None, client_for: Any):
    hague = Organisation.objects.get(code="NL-NCC")
    set_home_cover(author_for(hague), hague, "Exercise", "HUSAR", 7, now=NOW)
    assert "HUSAR" in client_for("NL-NCC", Role.DIRECTOR).get("/capacities/home-cover").content.decode()
    for other in ("BE-NCCN", "DE-NW", "SE-MCF"):
        rows = client_for(other, Role.DIRECTOR).get("/capacities/home-cover").context["rows"]
        assert ("NL-NCC", "HUSAR") not in {(row.owner, row.capability) for row in rows}


@pytest.mark.parametrize(
    ("asked", "territory"),
    [
        ("Luik", "BE332"),
        ("Liège", "BE332"),
        ("Lüttich", "BE332"),
        ("luettich", "BE332"),
        ("AACHEN", "DEA2D"),
        ("Aken", "DEA2D"),
    ],
)
def test_a_place_is_found_in_any_of_its_names(july_2021: None, client_for: Any, asked: str, territory: str):
    found = client_for("BE-NCCN").get("/places/search", {"q": asked}).json()["places"]
    assert territory in {place["territory"] for place in found}


@pytest.mark.parametrize(
    ("owner", "place", "kind"),
    [
        ("NL423", "BE335", "open"),
        ("BE33", "NL423", "open"),
        ("BE", "NL423", "unknown"),
        ("NL42", "BE335", "unknown"),
        ("NL3", "BE33", "missing"),
        ("BE25", "BE33", "home"),
    ],
)
def test_where_a_text_lies_inside_a_coarser_code_the_answer_is_unknown_and_not_no(
    july_2021: None, client_for: Any, owner: str, place: str, kind: str
):
    AgreementRow.objects.exclude(code="EMRIC-EUMED").delete()
    query = {"from-territory": owner, "to-territory": place, "capability": "FIRE-ENG", "hazard": "", "on": "2021-07-14"}
    response = client_for("BE-NCCN").get("/mapping/matrix/two-places", query)
    assert response.context["answer"].kind == kind
    assert ("/agreements/EMRIC-EUMED/" in response.content.decode()) is (kind in ("open", "unknown"))
