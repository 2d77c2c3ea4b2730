"""What pages say of their minutes: routed or estimated, on which roads; and that they follow a closure."""

from __future__ import annotations

import html
import re
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.test import Client
from django.urls import reverse

from noaber.apps.accounts.enums import Role
from noaber.apps.planner.models import Incident
from noaber.apps.planner.services import proposals
from noaber.apps.roads.services.closures import open_again
from planner_builders import Evening, client_of
from registry_builders import make_acting
from roads_builders import close_bridge, install_network


@pytest.fixture
def incident(evening: Evening) -> Incident:
    evening.own_and_neighbour()
    return evening.incident()


@pytest.fixture
def brussels(evening: Evening) -> Client:
    return client_of(evening.brussels)


def page(client: Client, incident: Incident, part: str = "") -> str:
    answer = client.get(reverse("incident", args=[incident.number]), {"part": part} if part else {})
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", answer.content.decode())


def row_of(page: str, unit: str) -> str:
    return page[page.index(f"helper-{unit}") :].partition("</tr>")[0]


def test_without_a_network_minutes_are_said_to_be_estimated(brussels: Client, incident: Incident) -> None:
    shown = page(brussels, incident)
    assert "<b>estimated</b>, 60 km/h over 1.3 times the distance" in shown
    assert 'class="min est"' in row_of(shown, "BE-NCCN:LIEGE")


@pytest.mark.usefixtures("network")
def test_with_one_the_head_names_its_day_and_what_is_off_it_keeps_its_mark(
    brussels: Client, incident: Incident
) -> None:
    shown = page(brussels, incident)
    assert re.search(r"<b>routed</b>, network built on (Wednesday,? )?14 July 2021</span>", shown)
    assert 'class="min"' in row_of(shown, "BE-NCCN:LIEGE")
    assert 'class="min est"' in row_of(shown, "NL-NCC:EINDHOVEN")
    told = brussels.get(reverse("incident", args=[incident.number]), {"part": "helpers", "format": "csv"})
    assert [line.split(",")[4] for line in told.content.decode().splitlines()] == ["Minutes are", "routed", "estimated"]


@pytest.mark.usefixtures("network")
def test_an_open_page_follows_a_closure_and_its_end(evening: Evening, brussels: Client, incident: Incident) -> None:
    before = row_of(page(brussels, incident, "helpers"), "BE-NCCN:LIEGE")
    closure = close_bridge(evening)
    assert "<b>1 closure holds</b>" in page(brussels, incident, "how")
    assert row_of(page(brussels, incident, "helpers"), "BE-NCCN:LIEGE") != before
    open_again(evening.brussels, closure)
    assert row_of(page(brussels, incident, "helpers"), "BE-NCCN:LIEGE") == before


def test_a_plan_keeps_the_mark_that_its_minutes_had(
    evening: Evening, brussels: Client, incident: Incident, settings: LazySettings, tmp_path: Path
) -> None:
    proposals.propose(evening.brussels, incident, include_unknown=False)
    install_network(settings, tmp_path)
    shown = page(brussels, incident)
    moved = shown[shown.index("ways have become longer or shorter") :].partition("</ul>")[0]
    then, now = re.sub("<[^>]*>", " ", moved).count("→"), moved.partition("→")
    assert then == 1
    assert 'class="min est"' in now[0]
    assert 'class="min"' in now[2]
    plan = shown[shown.index('class="tbl tight plan stack"') :].partition("</table>")[0]
    assert re.search(r'\d \+ <span class="est"', plan)


def what_if(client: Client, part: str) -> str:
    asked = {"kind": "ended", "text": "NL-BE-1984", "capability": "HCP", "hazard": "flood", "status": "Exercise"}
    answer = client.get(reverse("what-if"), asked | {"part": part})
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", html.unescape(answer.content.decode()))


@pytest.mark.usefixtures("incident")
def test_what_a_change_would_do_is_said_to_be_estimated(brussels: Client) -> None:
    shown = what_if(brussels, "minutes")
    assert "<b>estimated</b>, 60 km/h" in shown
    assert re.search(r"ten minutes later, or no more: ≈ [1-9]", shown)
    assert re.search(r'"title": "(≈ [^"]* later|nobody can come any more)"', shown)
    assert 'class="nowrap est"' in shown
    assert 'class="est"' in what_if(brussels, "plans")


@pytest.mark.usefixtures("network", "incident")
def test_what_a_change_would_do_names_the_network_and_its_closures(evening: Evening, brussels: Client) -> None:
    close_bridge(evening)
    shown = what_if(brussels, "minutes")
    assert "<b>routed</b>, network built on" in shown
    assert "<b>1 closure holds</b>" in shown


def test_the_incident_leads_to_closing_a_road_beside_it_and_its_map_shows_what_is_closed(
    evening: Evening, brussels: Client, incident: Incident
) -> None:
    shown = page(brussels, incident)
    address = html.unescape(re.search(r'href="(/map/closures/new[^"]*)"', shown)[1])  # type: ignore[index]
    form = html.unescape(brussels.get(address).content.decode())
    assert '"bounds": [5.6' in form
    close_bridge(evening)
    assert '"kind": "closure"' in html.unescape(page(brussels, incident))
    assert "/map/closures/new" not in page(client_of(make_acting(evening.be, Role.DIRECTOR)), incident)


@pytest.mark.usefixtures("network")
def test_a_plan_says_that_its_ways_have_changed_since(evening: Evening, brussels: Client, incident: Incident) -> None:
    made = proposals.propose(evening.brussels, incident, include_unknown=False)
    assert made.minutes_kind("BE-NCCN:LIEGE", incident.number) == "routed"
    assert "ways have become longer" not in page(brussels, incident)
    close_bridge(evening)
    shown = page(brussels, incident)
    told = shown[shown.index("ways have become longer") :]
    assert re.search(r"LIEGE.*min</span> → <span class=\"min\">", told.partition("</ul>")[0])
