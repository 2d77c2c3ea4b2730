"""Who comes from where on the maps of an incident and of the desk, and a closed road told where it matters."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.conf import LazySettings
from django.test import Client
from django.urls import reverse

from noaber.apps.planner.models import Incident, Proposal
from noaber.apps.planner.services import proposals
from noaber.apps.roads.services.closures import open_again
from planner_builders import Evening, client_of, wanted
from roads_builders import LIEGE, close_bridge, install_network

Install = Callable[[], None]


@pytest.fixture
def incident(evening: Evening, settings: LazySettings, tmp_path: Any) -> Incident:
    """With a plan: two own teams from Liège and help from Eindhoven, on the roads of the tests."""
    install_network(settings, tmp_path)
    evening.own_and_neighbour()
    found = evening.incident(None, wanted("HCP", 6, 240), place="Pepinster", lon=5.80, lat=50.57)
    proposals.propose(evening.brussels, found, include_unknown=False)
    return found


def shown(client: Client, incident: Incident) -> str:
    answer = client.get(reverse("incident", args=[incident.number]))
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", answer.content.decode())


def shown_at(client: Client, address: str) -> str:
    return re.sub(r"\s+", " ", client.get(address).content.decode())


def desk(client: Client) -> str:
    return re.sub(r"\s+", " ", client.get(reverse("desk"), {"status": "Exercise"}).content.decode())


def drawn(page: str, name: str = "incident-map") -> list[dict[str, Any]]:
    """The properties of what a map draws."""
    data = json.loads(html.unescape(page.partition(f'id="{name}-data" hidden>')[2].partition("</div>")[0]))
    assert "tiles/ways/" in data["tiles"]["ways"]["url"]
    return [feature["properties"] | {"geometry": feature["geometry"]} for feature in data["features"]["features"]]


def of_kind(features: list[dict[str, Any]], kind: str) -> list[dict[str, Any]]:
    return [one for one in features if one["kind"] == kind]


def test_the_map_says_who_comes_from_where_and_in_how_many_minutes(evening: Evening, incident: Incident) -> None:
    page = shown(client_of(evening.brussels), incident)
    features = drawn(page)
    (own,) = of_kind(features, "way-own")
    assert own["geometry"]["coordinates"][0] == pytest.approx(list(LIEGE), abs=0.1)
    assert own["geometry"]["coordinates"][-1] == [5.80, 50.57]
    assert own["moving"] is True
    assert of_kind(features, "way-neighbour") or of_kind(features, "way-late")
    (base,) = of_kind(features, "base-own")
    assert re.search(r", (\d+ h )?\d+( min)?$", base["label"]), base["label"]
    plan = page.partition('class="tbl tight plan stack"')[2].partition("</table>")[0]
    assert base["label"].rpartition(", ")[2] in html.unescape(re.sub("<[^>]*>", "", plan))
    (here,) = of_kind(features, "incident")
    assert here["sign"] == f"incident-{incident.severity.lower()}"


def test_late_teams_have_a_way_of_their_own(evening: Evening, incident: Incident) -> None:
    late = evening.incident(None, wanted("HCP", 6, 15), place="Pepinster", lon=5.80, lat=50.57)
    proposals.propose(evening.brussels, late, include_unknown=False)
    features = drawn(shown(client_of(evening.brussels), late))
    assert of_kind(features, "way-late")
    assert not of_kind(features, "way-own")


def test_a_closed_road_is_told_at_the_incident_and_on_the_desk_with_what_it_costs(
    evening: Evening, incident: Incident
) -> None:
    brussels = client_of(evening.brussels)
    assert "told-" not in shown(brussels, incident)
    bridge = close_bridge(evening)
    for page, name in ((shown(brussels, incident), "incident-map"), (desk(brussels), "desk-map")):
        told = page.partition(f"told-{bridge.pk}")[2].partition("</ul>")[0]
        assert "Bridge at Chaudfontaine, under water" in told
        assert re.search(r"\+\d+ min", told)
        assert re.search(r"\d+ min longer, ", told)
        assert told.count("<li>") == 1  # Eindhoven lies off these roads: nothing changes for its teams
        (sign,) = of_kind(drawn(page, name), "closure")
        assert re.search(r"^\+\d+ min$", sign["label"])
    assert "to Pepinster" in desk(brussels)
    open_again(evening.brussels, bridge)
    assert "told-" not in shown(brussels, incident)
    assert "told-" not in desk(brussels)


def test_a_line_says_what_the_closed_road_on_its_way_costs_it(evening: Evening, incident: Incident) -> None:
    """At the incident and on the whole plan; and that the plan was made before, until it is made anew."""
    brussels = client_of(evening.brussels)
    close_bridge(evening)
    pages = (incident.get_absolute_url(), reverse("joint-plan") + "?status=Exercise")
    for since in (True, False):
        for address in pages:
            page = brussels.get(address).content.decode()
            (told,) = re.findall(r'\+\d+ min</b>: <span class="free" lang="en">Bridge at Chaudfontaine, under.*', page)
            assert (", closed at 18:00" in told) is since
            assert ("propose again" in told) is since
            assert ("may be later</span>" in page) is since  # the tag of a line that is still in time
        proposals.propose(evening.brussels, incident, include_unknown=False)


def test_no_line_and_no_head_says_in_time_by_roads_that_were_closed_since(evening: Evening, incident: Incident) -> None:
    """Two own teams would be there just in time: over the closed bridge they are late, and no more counted in time."""
    brussels, whole = client_of(evening.brussels), reverse("joint-plan") + "?status=Exercise"
    plan = Proposal.objects.get()
    (own,) = [line for line in plan.plan["assignments"] if line["unit"] == "BE-NCCN:LIEGE"]
    incident.needs.update(needed_by=plan.made_at + timedelta(minutes=own["arrival"] + 2), quantity=2)
    proposals.propose(evening.brussels, incident, include_unknown=False)
    page = shown_at(brussels, whole)
    assert "2 of 2 in time" in page
    assert "No other plan does better" in page
    assert "may be la" not in page
    close_bridge(evening)
    page = shown_at(brussels, whole)
    assert "Plan: 0 of 2 in time, 2 late" in page
    assert "2 of 2 in time" not in page
    assert "tag--ok" not in page.partition('id="plan"')[2].partition('id="near"')[0]
    assert "Roads closed since: 2 teams may be later" in page
    assert "No other plan does better" not in page
    assert "may be late</span>" in page
    assert of_kind(drawn(page, "joint-map"), "way-late")
    page = shown(brussels, incident)
    assert "may be late</span>" in page
    assert "2 of 2 in time" not in page
    assert "No other plan does better" not in page
    proposals.propose(evening.brussels, incident, include_unknown=False)
    for page in (shown_at(brussels, whole), shown(brussels, incident)):
        assert "may be la" not in page
        assert "No other plan does better" in page


def test_an_open_page_asks_again_once_a_road_is_closed(evening: Evening, incident: Incident) -> None:
    brussels = client_of(evening.brussels)
    have = re.search(r"\?have=(\w+)", shown(brussels, incident))
    assert have
    address = f"{reverse('proposal', args=[incident.number])}?have={have[1]}"
    assert brussels.get(address).status_code == 204
    close_bridge(evening)
    assert "+" in brussels.get(address).content.decode().partition("told-")[2]


def test_incidents_on_the_desk_bear_the_number_of_their_row_and_the_shape_of_their_severity(
    evening: Evening, incident: Incident
) -> None:
    page = desk(client_of(evening.brussels))
    (sign,) = of_kind(drawn(page, "desk-map"), "incident")
    assert sign["sign"] == f"incident-{incident.severity.lower()} 1"
    assert '<span class="ordinal" aria-hidden="true">1</span>' in page


def test_others_do_not_read_what_only_brussels_plans(evening: Evening, incident: Incident) -> None:
    close_bridge(evening)
    hague = client_of(evening.hague)
    assert "told-" not in desk(hague)
