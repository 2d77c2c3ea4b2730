"""Whoever owns or releases a team sees the request for it, as far as it is about that team, and acts on nothing."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from exchange_world import World, later, make_acting, make_organisation
from noaber.apps.accounts.acting import Acting
from noaber.apps.accounts.models import Feed, Organisation
from noaber.apps.exchange import queries, services
from noaber.apps.exchange.draft_lines import DraftLine
from noaber.apps.exchange.law import readers_by_law, who_sees_exchange
from noaber.apps.exchange.models import Deployment, NamedTeam, Offer, Request, RequestLine
from noaber.apps.exchange.rebuild import rebuild_projections
from noaber.apps.exchange.services import LineAnswer, Team
from noaber.apps.exchange.threads import load_thread
from noaber.apps.registry.models import Capacity
from noaber.core.messages.model import ResponseType
from noaber.core.problems import NotFound
from registry_builders import make_capacity

SignIn = Callable[[Acting], Client]


@pytest.fixture
def locc(world: World) -> Organisation:
    """The coordinator, which releases the teams of the regions."""
    return make_organisation("NL-LOCC")


@pytest.fixture
def region(locc: Organisation) -> Organisation:
    made = make_organisation("NL-VR24")
    Organisation.objects.filter(pk=made.pk).update(released_by=locc)
    return made


@pytest.fixture
def other(locc: Organisation) -> Organisation:
    return make_organisation("NL-VR20")


@pytest.fixture
def request_id(world: World, region: Organisation, other: Organisation) -> str:
    """Two lines: the plan thought of boats of the one region, and of pumps of the other."""
    boats = DraftLine(capability="FRB", quantity=2, needed_by=later(3), planned_units=("NL-VR24:SRB", "NL-VR24:SRB"))
    pumps = DraftLine(capability="HCP", quantity=2, needed_by=later(3), planned_units=("NL-VR20:HCP",))
    return world.send(boats, pumps, tlp="RED")


def offer(world: World, request_id: str, position: int, owner: str) -> str:
    line = load_thread(request_id).request.lines[position]
    team = Team(quantity=2, team_id="SRB", name=f"Team of {owner}", owner=owner, base="Maastricht")
    answer = LineAnswer(line_id=line.element_id, response_type=ResponseType.ACCEPT, teams=(team,), risk_checked=True)
    services.respond_to_request(world.hague, request_id, [answer])
    return load_thread(request_id).offers[-1].id


def show(client: Client, name: str, *args: Any, **query: str) -> str:
    answer = client.get(reverse(name, args=args), query)
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", answer.content.decode())


def test_owner_and_releaser_see_the_line_that_asks_for_the_team_and_no_other(
    world: World, request_id: str, region: Organisation, locc: Organisation, other: Organisation, client_of: SignIn
) -> None:
    for reader in (region, locc):
        page = show(client_of(make_acting(reader)), "request", request_id)
        assert "2 boat teams" in page
        assert "pump" not in page[page.index("request-act") :]
        assert "You see the part of this that is about teams" in page
        assert "BE-NCCN and NL-NCC act" in page
        assert "data-noaber-step" not in page
    assert "boat team" not in show(client_of(make_acting(other)), "request", request_id)
    assert client_of(world.luxembourg).get(reverse("request", args=[request_id])).status_code == 404


def test_lists_files_print_and_the_api_know_the_same_readers(
    world: World, request_id: str, region: Organisation, client_of: SignIn
) -> None:
    client = client_of(make_acting(region))
    listed = show(client, "requests", way="teams")
    assert request_id in listed
    assert "pump" not in listed[listed.index("<tbody>") :].partition("</tbody>")[0]
    assert request_id not in show(client, "requests", way="in")
    file = client.get(reverse("requests"), {"format": "csv"}).content.decode()
    assert "boat teams" in file
    assert "pump" not in file
    assert "pump" not in show(client, "request-print", request_id)
    for answer in (
        client.get("/api/v1/requests").json()["items"][0],
        client.get(f"/api/v1/requests/{request_id}").json()["request"],
    ):
        assert [line["capability"] for line in answer["lines"]] == ["FRB"]
    assert client.get(f"/api/v1/messages/json/{request_id}").status_code == 404
    assert client_of(world.luxembourg).get(f"/api/v1/requests/{request_id}").status_code == 404


def test_a_list_counts_only_what_its_reader_may_know_of(
    world: World, request_id: str, region: Organisation, client_of: SignIn
) -> None:
    assert "0 of 4 in time" in show(client_of(world.brussels), "requests")
    listed = show(client_of(make_acting(region)), "requests")
    assert "0 of 2 in time" in listed
    assert "of 4" not in listed


def test_each_sees_the_offers_and_deployments_of_its_own_teams(
    world: World, request_id: str, region: Organisation, locc: Organisation, other: Organisation, client_of: SignIn
) -> None:
    world.acknowledge(request_id)
    ours, theirs = offer(world, request_id, 0, "NL-VR24"), offer(world, request_id, 1, "NL-VR20")
    assert {one.pk for one in Offer.objects.visible_to(region)} == {ours}
    assert {one.pk for one in Offer.objects.visible_to(other)} == {theirs}
    assert {one.pk for one in Offer.objects.visible_to(world.nl)} == {ours, theirs}
    page = show(client_of(make_acting(locc)), "request", request_id)
    assert "Team of NL-VR24" in page
    assert "Team of NL-VR20" not in page
    world.order(request_id, ours)
    world.commit(request_id, ours)
    page = show(client_of(make_acting(region)), "deployment", ours)
    assert "data-noaber-step" not in page
    assert "Kind of unit" in page
    assert client_of(make_acting(other)).get(reverse("deployment", args=[ours])).status_code == 404
    assert {one.pk for one in Deployment.objects.visible_to(locc)} == {ours}
    assert ours in show(client_of(make_acting(region)), "deployments", way="teams")


def test_the_record_of_a_capacity_may_name_who_releases_it(world: World, request_id: str, region: Organisation) -> None:
    make_capacity(region, "SRB", release_organisation="LU-HCPN")
    assert Capacity.objects.get().release_organisation == "LU-HCPN"
    assert Request.objects.visible_to(world.lu).filter(pk=request_id).exists()
    assert [line.capability for line in RequestLine.objects.visible_to(world.lu)] == ["FRB"]
    assert world.lu in readers_by_law(request_id)


def test_they_read_and_do_not_act(world: World, request_id: str, region: Organisation, client_of: SignIn) -> None:
    acting = make_acting(region)
    answer = client_of(acting).post(reverse("request", args=[request_id]), {"step": "acknowledge", "once": "a"})
    assert answer.status_code == 409
    with pytest.raises(NotFound):
        services.acknowledge(acting, request_id, answer_within_minutes=20)
    assert client_of(acting).get(reverse("request", args=[request_id]), {"for": "BE-NCCN"}).status_code == 404
    assert queries.waiting_for(region, "Exercise") == []
    assert queries.waited_for_by(region, "Exercise") == []


def test_every_step_wakes_the_pages_of_whom_the_law_adds(
    world: World, request_id: str, region: Organisation, locc: Organisation
) -> None:
    before = version(region), version(locc)
    world.acknowledge(request_id)
    assert version(region) > before[0]
    assert version(locc) > before[1]


def test_the_page_says_who_sees_it_and_why(
    world: World, request_id: str, region: Organisation, locc: Organisation, client_of: SignIn
) -> None:
    page = show(client_of(world.brussels), "request", request_id)
    pane = page[page.index("Who sees this, and why") :].partition("</section>")[0]
    rows = {code: pane[pane.index(f">{code}<") :].partition("</tr>")[0] for code in ("BE-NCCN", "NL-VR24", "NL-LOCC")}
    assert "asks" in rows["BE-NCCN"]
    assert "owns SRB" in rows["NL-VR24"]
    assert "by law" in rows["NL-VR24"]
    assert "releases SRB" in rows["NL-LOCC"]


def test_those_who_are_named_are_those_who_see_it(world: World, request_id: str, region: Organisation) -> None:
    make_capacity(region, "SRB", release_organisation="FR-EMIZ")
    row = Request.objects.get(pk=request_id)
    named = {reader.organisation for reader in who_sees_exchange(row, load_thread(request_id)).readers}
    sees = {one for one in Organisation.objects.all() if Request.objects.visible_to(one).filter(pk=request_id).exists()}
    assert named == sees
    assert sees == {world.be, world.nl, *readers_by_law(request_id)}


def test_who_declines_a_line_owns_no_team_of_it(world: World, request_id: str) -> None:
    world.acknowledge(request_id)
    line = load_thread(request_id).request.lines[0]
    answer = LineAnswer(line_id=line.element_id, response_type=ResponseType.DECLINE, reason_code="too-late")
    services.respond_to_request(world.hague, request_id, [answer])
    assert load_thread(request_id).offers[-1].owner == "NL-NCC"
    assert set(NamedTeam.objects.values_list("owner", flat=True)) == {"NL-VR24", "NL-VR20"}


def test_named_teams_are_derived_from_the_journal(world: World, request_id: str) -> None:
    assert set(NamedTeam.objects.values_list("unit", flat=True)) == {"NL-VR24:SRB", "NL-VR20:HCP"}
    NamedTeam.objects.all().delete()
    assert rebuild_projections().changed == {"exchange_namedteam": 2}
    assert NamedTeam.objects.count() == 2


def version(organisation: Organisation) -> int:
    return Feed.objects.filter(organisation=organisation).values_list("version", flat=True).first() or 0
