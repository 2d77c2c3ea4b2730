"""Two planners change one capacity, its package, one contact point, one local text, or the interval of verifying."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from edit_hands import ByClient, Window, check_two_people
from noaber.apps.accounts.enums import Role
from noaber.apps.registry.enums import CapacityState
from noaber.apps.registry.models import (
    AgreementRow,
    ApprovalAssumption,
    Capacity,
    ContactPoint,
    ContactRoutine,
    HomeCover,
)
from noaber.apps.registry.services import change_capacity, report_state, set_home_cover, withdraw_capacity
from registry_builders import NOW, author_for, make_capacity, make_contact, make_organisation
from registry_packages import FULL_PACKAGE
from registry_world import Neighbours

ClientFor = Callable[..., Client]
LOCAL: dict[str, Any] = {
    "id": "NL-VR24-DE-HEINSBERG-2023",
    "title": "Afspraak Heinsberg",
    "language": "nl",
    "kind": "arrangement",
    "level": "local",
    "parties": ["NL-VR24", "BE-NCCN"],
    "providers": "NL423",
    "receivers": "DEA29",
    "requester_roles-0-role": "control-room",
    "requester_roles-0-territory": "NL423",
    "trigger": "unknown",
    "certificate_required": "unknown",
    "cost_rule": "unknown",
    "source": "Archief",
    "confidence": "sourced",
    "checked_on": "2021-07-01",
    "tlp": "AMBER",
}


@pytest.fixture
def planners(neighbours: Neighbours, client_for: ClientFor) -> ByClient:
    return client_for(neighbours.owner, Role.PLANNER), client_for(neighbours.owner, Role.PLANNER)


def test_a_capacity(planners: ByClient, neighbours: Neighbours) -> None:
    capacity = make_capacity(neighbours.owner, cost_per_day_eur="1200.5", languages=("nl", "de"))
    changes = ({"quantity": "6"}, {"host_note": "A meadow.", "groups": ["BENELUX"]})
    check_two_people(planners, f"/capacities/{capacity.pk}/edit", changes=changes, field="name")


def test_a_place_is_not_put_together_from_two(planners: ByClient, neighbours: Neighbours) -> None:
    address = f"/capacities/{make_capacity(neighbours.owner).pk}/edit"
    one, other = (Window(client, address) for client in planners)
    assert one.send({"place": "Venlo", "territory": "NL421"}).status_code == 302
    refused = other.send({"lon": "6.17"})
    assert refused.status_code == 409
    assert "Venlo" in refused.content.decode()
    assert other.send({}, keep="mine:place").status_code == 302
    capacity = Capacity.objects.get()
    assert (capacity.base, capacity.territory, capacity.lon) == ("Maastricht", "NL423", 6.17)


def test_a_state_that_was_reported_meanwhile_is_not_taken_back_by_an_edit(
    planners: ByClient, neighbours: Neighbours
) -> None:
    capacity = make_capacity(neighbours.owner)
    window = Window(planners[0], f"/capacities/{capacity.pk}/edit")
    report_state(author_for(neighbours.owner), capacity, state=CapacityState.OUT_OF_SERVICE, now=NOW)
    assert window.send({"quantity": "6"}).status_code == 302
    capacity.refresh_from_db()
    assert (capacity.quantity, capacity.state) == (6, "out-of-service")


def test_an_edit_does_not_bring_back_what_was_withdrawn(planners: ByClient, neighbours: Neighbours) -> None:
    capacity = make_capacity(neighbours.owner)
    window = Window(planners[0], f"/capacities/{capacity.pk}/edit")
    withdraw_capacity(author_for(neighbours.owner), capacity, now=NOW, reason="sold")
    answer = planners[0].post(window.address, window.fields | {"quantity": "6"})
    assert answer.status_code == 404
    capacity.refresh_from_db()
    assert capacity.withdrawn_at is not None


def test_a_package(planners: ByClient, neighbours: Neighbours) -> None:
    capacity = make_capacity(neighbours.owner, **FULL_PACKAGE)
    changes = ({"kit-1-item": "Rope", "kit-1-number": "3", "kit-1-unit": "piece"}, {"team-1-number": "8"})
    check_two_people(planners, f"/capacities/{capacity.pk}/package", changes=changes, field="release_function")
    capacity.refresh_from_db()
    assert [line["item"] for line in capacity.kit] == ["Hose 150 mm", "Rope"]
    assert [line["number"] for line in capacity.team] == [1, 8]


def test_lines_of_one_part_that_both_changed_stand_side_by_side(planners: ByClient, neighbours: Neighbours) -> None:
    capacity = make_capacity(neighbours.owner, **FULL_PACKAGE)
    address = f"/capacities/{capacity.pk}/package"
    one, other = (Window(client, address) for client in planners)
    added = {"team-2-function": "diver", "team-2-number": "2", "team-3-function": "doctor", "team-3-number": "1"}
    assert one.send(added).status_code == 302
    refused = other.send({"team-1-number": "8", "vehicles-0-number": "3"})
    assert refused.status_code == 409
    page = refused.content.decode()
    assert page.count('class="clash"') == 1
    assert "8 × Pump operator, in 2 shifts" in page
    assert "2 × Diver" in page
    assert len(Capacity.objects.get().team) == 4
    assert other.send({}, keep="theirs:team").status_code == 302
    found = Capacity.objects.get()
    assert ([line["number"] for line in found.team], found.vehicles[0]["number"]) == ([1, 6, 2, 1], 3)


def test_lines_that_another_took_away_are_not_brought_back(planners: ByClient, neighbours: Neighbours) -> None:
    capacity = make_capacity(neighbours.owner, **FULL_PACKAGE)
    window = Window(planners[0], f"/capacities/{capacity.pk}/package")
    change_capacity(author_for(neighbours.owner), capacity, {"team": [], "exercises": []}, now=NOW)
    assert window.send({"cost_per_km_eur": "2.5"}).status_code == 302
    found = Capacity.objects.get()
    assert (found.team, found.exercises, found.kit) == ([], [], FULL_PACKAGE["kit"])


def test_a_state_is_not_reported_from_an_old_sight(planners: ByClient, neighbours: Neighbours) -> None:
    page = make_capacity(neighbours.owner).get_absolute_url()
    one, other = ({"seen": client.get(page).context["seen"]} for client in planners)
    assert planners[0].post(f"{page}state", one | {"state": "out-of-service"}).status_code == 302
    refused = planners[1].post(f"{page}state", other | {"state": "committed", "reason": "to Liège"})
    assert refused.status_code == 422
    assert "since you saw it" in refused.content.decode()
    assert "to Liège" in refused.content.decode()
    assert Capacity.objects.get().state == "out-of-service"
    again = {"seen": refused.context["seen"], "state": "committed", "reason": "to Liège"}
    assert planners[1].post(f"{page}state", again).status_code == 302
    assert Capacity.objects.get().state == "committed"


def test_a_contact_point(planners: ByClient, neighbours: Neighbours) -> None:
    contact = make_contact(neighbours.owner)
    changes = ({"hours": "Not at Whitsun"}, {"languages": ["nl", "fr"], "groups": ["BENELUX"]})
    check_two_people(planners, f"/contacts/{contact.pk}/edit", changes=changes, field="function")


def test_nobody_verifies_a_number_that_another_changed_meanwhile(planners: ByClient, neighbours: Neighbours) -> None:
    address = f"/contacts/{make_contact(neighbours.owner).pk}/edit"
    one, other = (Window(client, address) for client in planners)
    assert one.send({"phone": "+31 85 000 0002"}).status_code == 302
    assert other.send({"check": "answered"}).status_code == 409
    assert ContactPoint.objects.get().verified_on is None


def test_nobody_verifies_a_number_other_than_the_one_that_was_tried(planners: ByClient, neighbours: Neighbours) -> None:
    page = make_contact(neighbours.owner).get_absolute_url()
    tried = {"on": "2021-07-14", "check": "answered", "seen": planners[0].get(page).context["view"].seen}
    assert Window(planners[1], f"{page}edit").send({"phone": "+31 85 000 0002"}).status_code == 302
    refused = planners[0].post(f"{page}verify", tried)
    assert refused.status_code == 409
    assert "Someone else was changing this" in refused.content.decode()
    assert ContactPoint.objects.get().verified_on is None
    again = tried | {"seen": planners[0].get(page).context["view"].seen}
    assert planners[0].post(f"{page}verify", again).status_code == 302
    assert ContactPoint.objects.get().verified_on is not None


def test_what_was_verified_meanwhile_stays_verified(planners: ByClient, neighbours: Neighbours) -> None:
    contact = make_contact(neighbours.owner)
    one, other = (Window(client, f"/contacts/{contact.pk}/edit") for client in planners)
    assert one.send({"phone": "+31 85 000 0002", "check": "answered"}).status_code == 302
    assert other.send({"hours": "Not at Whitsun"}).status_code == 302
    found = ContactPoint.objects.get()
    assert (found.phone, found.hours) == ("+31 85 000 0002", "Not at Whitsun")
    assert found.verified_on is not None


def test_the_interval_of_verifying(neighbours: Neighbours, client_for: ClientFor) -> None:
    clients = [client_for(neighbours.owner, Role.ADMINISTRATOR) for _number in range(2)]
    assert Window(clients[0], "/contacts/routine").send({"every_months": "4"}).status_code == 302
    one, other = (Window(client, "/contacts/routine") for client in clients)
    assert one.send({"every_months": "3"}).status_code == 302
    assert other.send({"every_months": "12"}).status_code == 409
    assert ContactRoutine.objects.get().every_months == 3


def test_a_local_text(planners: ByClient, neighbours: Neighbours) -> None:
    assert planners[0].post("/agreements/new", LOCAL).status_code == 302
    changes = ({"source": "Archief, doos 7"}, {"cost_rule": "free", "command_rule_silent": ["on"]})
    check_two_people(planners, f"/agreements/{LOCAL['id']}/edit", changes=changes, field="title")


def test_who_asks_under_a_local_text_is_kept_row_by_row(planners: ByClient, neighbours: Neighbours) -> None:
    assert planners[0].post("/agreements/new", LOCAL).status_code == 302
    address = f"/agreements/{LOCAL['id']}/edit"
    one, other = (Window(client, address) for client in planners)
    assert one.send({"requester_roles-1-role": "municipality"}).status_code == 302
    assert other.send({"source": "Archief, doos 7"}).status_code == 302
    assert [row["role"] for row in AgreementRow.objects.get().data["requester_roles"]] == [
        "control-room",
        "municipality",
    ]
    one, other = (Window(client, address) for client in planners)
    assert one.send({"requester_roles-1-relays": "on"}).status_code == 302
    refused = other.send({"requester_roles-1-role": "", "requester_roles-0-territory": ""})
    assert refused.status_code == 409
    assert "relays only" in refused.content.decode().partition('class="clash"')[2]
    assert other.send({}, keep="mine:requester_roles").status_code == 302
    assert [row["role"] for row in AgreementRow.objects.get().data["requester_roles"]] == ["control-room"]


def test_nobody_confirms_a_field_that_another_changed_meanwhile(planners: ByClient, neighbours: Neighbours) -> None:
    assert planners[0].post("/agreements/new", LOCAL).status_code == 302
    address = f"/agreements/{LOCAL['id']}/fields/cost_rule"
    check = {"source": "Archief", "confidence": "sourced", "on": "2021-07-10", "note": ""}
    seen = [{"seen": client.get(address).context["seen"]} for client in planners]
    assert planners[0].post(address, check | seen[0] | {"finding": "says", "cost_rule": "free"}).status_code == 302
    late = check | {"finding": "says", "cost_rule": "reimbursed"}
    refused = planners[1].post(address, late | seen[1])
    assert refused.status_code == 422
    assert "Someone else was changing this" in refused.content.decode()
    assert AgreementRow.objects.get().data["cost_rule"] == "free"
    assert planners[1].post(address, late | {"seen": refused.context["seen"]}).status_code == 302
    assert AgreementRow.objects.get().data["cost_rule"] == "reimbursed"


def test_what_stays_at_home_is_not_written_over_unseen(planners: ByClient) -> None:
    address = "/capacities/home-cover"
    boats = {"owner": "NL-VR24", "capability": "FRB", "minimum": "1", "tlp": "RED"}
    pumps = boats | {"capability": "HCP", "minimum": "2"}
    one, other = ({"seen": client.get(address).context["seen"]} for client in planners)
    assert planners[0].post(address, pumps | one).status_code == 302
    refused = planners[1].post(address, pumps | other | {"minimum": "3", "tlp": "AMBER"})
    assert refused.status_code == 422
    assert "Someone else was changing this" in refused.content.decode()
    assert [row.minimum for row in refused.context["rows"]] == [2]
    assert (refused.context["form"]["minimum"].value(), refused.context["form"]["tlp"].value()) == ("3", "AMBER")
    assert HomeCover.objects.get().minimum == 2
    assert planners[1].post(address, boats | other).status_code == 302  # nobody wrote of these boats meanwhile
    again = pumps | {"minimum": "3", "seen": refused.context["seen"]}
    assert planners[1].post(address, again).status_code == 302
    assert HomeCover.objects.get(capability="HCP").minimum == 3


def test_a_minimum_that_another_shared_meanwhile_is_not_taken_away_unseen(
    planners: ByClient, neighbours: Neighbours
) -> None:
    address = "/capacities/home-cover"
    pumps = {"owner": "NL-VR24", "capability": "HCP", "minimum": "2", "tlp": "RED"}
    assert planners[0].post(address, pumps).status_code == 302
    seen = {"seen": planners[1].get(address).context["seen"]}
    assert planners[0].post(address, pumps | {"tlp": "AMBER", "groups": ["BENELUX"]}).status_code == 302
    assert planners[1].post(address, pumps | seen | {"minimum": "0"}).status_code == 422
    assert HomeCover.objects.get().tlp == "AMBER"


def test_what_was_written_down_twice_from_one_page_is_not_refused(planners: ByClient) -> None:
    page = planners[0].get("/capacities/home-cover")
    once = page.content.decode().partition('name="once" value="')[2].partition('"')[0]
    pumps = {"owner": "NL-VR24", "capability": "HCP", "minimum": "2", "tlp": "RED"}
    sent = pumps | {"once": once, "seen": page.context["seen"]}
    for _click in range(2):
        assert planners[0].post("/capacities/home-cover", sent).status_code == 302
    assert planners[0].post("/capacities/home-cover", sent | {"minimum": "4"}).status_code == 422  # gone back
    assert HomeCover.objects.get().minimum == 2


def test_a_minimum_of_a_part_is_shown_to_who_keeps_it(neighbours: Neighbours, client_for: ClientFor) -> None:
    part = make_organisation("NL-VR24-CREW", parent=neighbours.owner, connected=False)
    set_home_cover(author_for(part), part, "Exercise", "HCP", 2, now=NOW)
    keeper, stranger = (client_for(one, Role.PLANNER) for one in (neighbours.owner, neighbours.member))
    shown = keeper.get("/capacities/home-cover")
    assert [row.owner for row in shown.context["rows"]] == ["NL-VR24-CREW"]
    assert stranger.get("/capacities/home-cover").context["rows"] == []
    less = {"owner": "NL-VR24-CREW", "capability": "HCP", "minimum": "1", "tlp": "RED"}
    assert keeper.post("/capacities/home-cover", less | {"seen": shown.context["seen"]}).status_code == 302
    assert HomeCover.objects.get().minimum == 1


def test_what_is_assumed_is_not_written_over_unseen(planners: ByClient) -> None:
    address = "/agreements/assumptions"
    assumed = {"target": "level:local", "minutes": "25", "as_of": "2021-06-01", "note": "mean of four exercises"}
    one, other = ({"seen": client.get(address).context["seen"]} for client in planners)
    assert planners[0].post(address, assumed | one).status_code == 302
    refused = planners[1].post(address, assumed | other | {"minutes": "40", "note": "what Aachen says"})
    assert refused.status_code == 422
    page = refused.content.decode()
    assert "Someone else was changing this" in page
    assert "mean of four exercises" in page
    assert "what Aachen says" in page
    assert ApprovalAssumption.objects.get().minutes == 25
    of_states = assumed | other | {"target": "level:state"}
    assert planners[1].post(address, of_states).status_code == 302  # nobody wrote of that level meanwhile
    again = assumed | {"minutes": "40", "seen": refused.context["seen"]}
    assert planners[1].post(address, again).status_code == 302
    assert ApprovalAssumption.objects.get(level="local").minutes == 40


def test_nobody_takes_back_what_another_assumed_meanwhile(planners: ByClient) -> None:
    address = "/agreements/assumptions"
    assumed = {"target": "level:local", "minutes": "25", "as_of": "2021-06-01"}
    assert planners[0].post(address, assumed).status_code == 302
    forget = f"{address}/{ApprovalAssumption.objects.get().pk}/forget"
    (row,) = planners[1].get(address).context["rows"]
    assert planners[0].post(address, assumed | {"minutes": "30"}).status_code == 302
    assert planners[1].post(forget, {"seen": row.digest}).status_code == 409
    assert ApprovalAssumption.objects.get().minutes == 30
    (row,) = planners[1].get(address).context["rows"]
    assert planners[1].post(forget, {"seen": row.digest}).status_code == 302
    assert not ApprovalAssumption.objects.exists()
