"""How many questions a page asks of the database does not grow with what it lists."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from noaber.apps.accounts.enums import Role
from noaber.apps.registry.services import Sharing, import_capacities, load_reference, plan_import, set_home_cover
from noaber.reference.vocabulary import load_capabilities
from registry_builders import NOW, author_for, csv_bytes, make_contact, make_organisation

pytestmark = pytest.mark.every_database

LISTS = [
    "/capacities/",
    "/capacities/?capability=HCP&state=available&q=A&sort=-available",
    "/capacities/?format=csv",
    "/capacities/?format=xlsx",
    "/capacities/?format=geojson",
    "/capacities/home-cover",
    "/contacts/",
    "/contacts/?format=csv",
    "/organisations/",
    "/organisations/NL-VR24/",
    "/agreements/",
    "/agreements/assumptions",
]


def fill(neighbours: Any, *, begin: int, end: int) -> None:
    """More of everything that lists show: capacities of two owners, contact points, minima, organisations."""
    for owner in (neighbours.owner, neighbours.member):
        rows = [{"id": f"A-{number}", "capabilities": "HCP|FC"} for number in range(begin, end)]
        plan = plan_import(csv_bytes(*rows), owner, "Exercise", sharing=Sharing("AMBER", ("BENELUX",)), now=NOW)
        import_capacities(author_for(owner), plan, owner, "Exercise", now=NOW, reason="")
        if begin == 0:
            make_contact(owner, groups=("BENELUX",))
        for capability in list(load_capabilities())[begin:end]:
            set_home_cover(
                author_for(owner), owner, "Exercise", capability, 1, tlp="AMBER", groups=["BENELUX"], now=NOW
            )
    for number in range(begin, end):
        part = make_organisation(f"NL-PART-{number}", territory="NL423", parent=neighbours.owner, connected=False)
        neighbours.group.organisations.add(part, through_defaults={"capacity": "member"})
        make_contact(part, owner=neighbours.owner, function=f"desk {number}", groups=("BENELUX",))


def count(client: Client, url: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url).status_code == 200
    return len(queries)


def test_the_number_of_queries_is_the_same_for_many_rows(neighbours: Any, client_for: Any):
    load_reference()
    client = client_for(neighbours.member, Role.PLANNER)
    fill(neighbours, begin=0, end=2)
    for url in LISTS:
        client.get(url)
    few = {url: count(client, url) for url in LISTS}
    fill(neighbours, begin=2, end=30)
    many = {url: count(client, url) for url in LISTS}
    assert many == few
    assert max(many.values()) <= 20


@pytest.mark.parametrize("rows", [3, 120])
def test_a_preview_asks_the_same_for_many_rows(
    neighbours: Any, client_for: Any, rows: int, django_assert_max_num_queries: Any
):
    client = client_for(neighbours.owner, Role.PLANNER)
    data = csv_bytes(*({"id": f"A-{number}"} for number in range(rows)))
    form = {"owner": "NL-VR24", "tlp": "AMBER", "file": SimpleUploadedFile("teams.csv", data)}
    with django_assert_max_num_queries(20):
        preview = client.post("/capacities/import", form)["Location"]
    with django_assert_max_num_queries(20):
        assert client.get(preview).status_code == 200
