"""The desk with nothing and with something, the list of incidents, and the search: each shows only what one may see."""

from __future__ import annotations

import html
import json
import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from noaber.apps.accounts.enums import GroupCapacity, Role, TlpLabel
from noaber.apps.accounts.services import put_in_group
from noaber.apps.exchange.models import RequestDraft
from noaber.apps.exchange.services import authorise_draft
from noaber.apps.planner.models import Incident
from noaber.apps.planner.presenters.review import send_ready
from noaber.apps.planner.services import drafting
from planner_builders import Evening, client_of, need_of
from registry_builders import make_acting, make_organisation


def show(client: Client, name: str, **query: str) -> str:
    answer = client.get(reverse(name), query)
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", answer.content.decode())


@pytest.fixture
def incident(evening: Evening) -> Incident:
    evening.own_and_neighbour()
    return evening.incident()


@pytest.fixture
def duesseldorf(evening: Evening) -> Client:
    """North Rhine-Westphalia, which observes the group."""
    nrw = make_organisation("DE-NW")
    put_in_group(evening.group, nrw, GroupCapacity.OBSERVER)
    return client_of(make_acting(nrw, Role.DUTY_OFFICER))


def test_an_empty_desk_says_what_will_be_there(evening: Evening) -> None:
    page = show(client_of(evening.stockholm), "desk")
    for sentence in (
        "Nothing waits.",
        "No team is under way or at work abroad.",
        "No incident is open.",
        "Your organisation keeps no capacities here.",
    ):
        assert sentence in page
    assert "bounds" not in map_of(page)


def map_of(page: str) -> dict[str, Any]:
    found = re.search(r'<div id="desk-map-data" hidden>(.*?)</div>', page)
    assert found is not None
    return dict(json.loads(html.unescape(found.group(1))))


def test_the_map_of_one_incident_shows_the_borders_around_it(evening: Evening, incident: Incident) -> None:
    west, south, east, north = map_of(show(client_of(evening.brussels), "desk"))["bounds"]
    assert (round(east - west, 2), round(north - south, 2)) == (2.2, 1.4)
    assert west < incident.lon < east
    assert south < incident.lat < north


def test_what_was_asked_waits_at_the_desk_of_the_asked_and_rings(evening: Evening, incident: Incident) -> None:
    line = drafting.line_for(need_of(incident), 3)
    draft = drafting.draft_by_hand(evening.brussels, incident, evening.nl, [line], language="fr")
    assert "Draft: 3" in show(client_of(evening.brussels), "desk")
    sign(evening, draft)
    assert send_ready(evening.brussels, incident) == 1
    page = show(client_of(evening.hague), "desk")
    assert "data-noaber-ring" in page
    assert "Acknowledge" in page
    row = re.sub("<[^>]+>", "", page.partition("data-noaber-row ")[2].partition("</tr>")[0])
    assert "needed by 15 July 00:00" in row
    assert "data-noaber-ring" not in show(client_of(make_acting(evening.lu, Role.DUTY_OFFICER)), "desk")


def sign(evening: Evening, draft: RequestDraft) -> None:
    authorise_draft(make_acting(evening.be, Role.DIRECTOR), draft)


@pytest.mark.parametrize("name", ["desk", "incidents"])
def test_lists_show_no_incident_of_others(evening: Evening, incident: Incident, duesseldorf: Client, name: str) -> None:
    assert incident.title in show(client_of(evening.brussels), name)
    assert incident.title in show(client_of(evening.hague), name)
    for outsider in (client_of(evening.stockholm), duesseldorf):
        page = show(outsider, name)
        assert incident.title not in page
        assert incident.number not in page
    assert incident.number not in exported(duesseldorf)
    assert incident.number in exported(client_of(evening.hague))


def exported(client: Client) -> str:
    return client.get(reverse("incidents"), {"format": "csv"}).content.decode()


def test_an_observer_sees_what_is_green_and_only_its_pages(
    evening: Evening, incident: Incident, duesseldorf: Client
) -> None:
    assert duesseldorf.get(reverse("incident", args=[incident.number])).status_code == 404
    green = evening.incident(tlp=TlpLabel.GREEN, title="Verviers, centre")
    assert duesseldorf.get(reverse("incident", args=[green.number])).status_code == 200
    assert duesseldorf.post(reverse("propose", args=[green.number])).status_code == 409
    assert duesseldorf.get(reverse("incident-edit", args=[green.number])).status_code == 409


@pytest.mark.parametrize("text", ["Pepinster", "BE-2021-0714-01", "EINDHOVEN", "flood"])
def test_search_finds_only_what_one_may_see(
    evening: Evening, incident: Incident, duesseldorf: Client, text: str
) -> None:
    theirs = {reverse("incident", args=[incident.number]), incident.title, "EINDHOVEN, NL-NCC"}
    assert any(word in show(client_of(evening.hague), "search", q=text) for word in theirs)
    for outsider in (client_of(evening.stockholm), duesseldorf):
        page = show(outsider, "search", q=text)
        assert not any(word in page for word in theirs)


def test_search_finds_requests_for_those_who_take_part(evening: Evening, incident: Incident) -> None:
    draft = drafting.draft_by_hand(
        evening.brussels, incident, evening.nl, [drafting.line_for(need_of(incident), 1)], language="fr"
    )
    sign(evening, draft)
    send_ready(evening.brussels, incident)
    words = "BE-NCCN → NL-NCC"
    for acting, finds in ((evening.brussels, True), (evening.hague, True), (evening.stockholm, False)):
        assert (words in show(client_of(acting), "search", q=incident.number)) is finds
    luxembourg = make_acting(evening.lu, Role.DUTY_OFFICER)
    assert words not in show(client_of(luxembourg), "search", q=incident.number)


@pytest.mark.parametrize("text", ["", "a", "%", "'; --", "\x00", "x" * 300, "☃☃"])
def test_search_answers_whatever_is_typed(evening: Evening, text: str) -> None:
    assert "search" in show(client_of(evening.brussels), "search", q=text).casefold()


def test_a_place_opens_an_incident_for_those_who_may(evening: Evening) -> None:
    address = reverse("incident-new") + "?place="
    assert address in show(client_of(evening.brussels), "search", q="Pepinster")
    planner = client_of(make_acting(evening.be, Role.PLANNER))
    page = show(planner, "search", q="Pepinster")
    assert "Pepinster" in page
    assert address not in page
