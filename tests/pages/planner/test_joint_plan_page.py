"""The page of one plan for all open incidents: what each gets, why, who pays, and what two wanted."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse

from noaber.apps.accounts.enums import Role
from noaber.apps.planner.models import Incident, Proposal
from planner_builders import Evening, client_of, wanted
from registry_builders import make_acting

STATUS = "?status=Exercise"


@pytest.fixture
def brussels(evening: Evening) -> Client:
    return client_of(evening.brussels)


@pytest.fixture
def pair(evening: Evening) -> tuple[Incident, Incident]:
    """Two incidents; two pump teams at Liège for the more urgent one, five at Eindhoven for the rest."""
    evening.own_and_neighbour()
    first = evening.incident(None, wanted("HCP", 4, 120, priority=2))
    return first, evening.incident(None, wanted("HCP", 5, 120), title="Verviers", lon=5.86, lat=50.59)


def show(client: Client) -> str:
    answer = client.get(reverse("joint-plan") + STATUS)
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", answer.content.decode())


def propose(client: Client) -> None:
    answer = client.post(reverse("joint-plan") + STATUS)
    assert (answer.status_code, answer.headers["Location"]) == (302, f"{reverse('joint-plan')}{STATUS}#plan")


@pytest.mark.usefixtures("pair")
def test_before_the_first_plan_it_says_how_many_incidents_wait(brussels: Client) -> None:
    page = show(brussels)
    assert "2 incidents of yours are open and need something." in page
    assert "Propose" in page


def test_it_shows_every_incident_with_what_it_gets_and_what_is_missing(
    brussels: Client, pair: tuple[Incident, Incident]
) -> None:
    propose(brussels)
    page = show(brussels)
    assert "One proposal for 2 incidents at once" in page
    assert Proposal.objects.get().numbers == [one.number for one in pair]
    for incident in pair:
        assert f"{incident.get_absolute_url()}#proposal" in page
    title = page[page.index("<title>") : page.index("</title>")]
    assert re.search(r"Plan: \d of 9 in time, .*2 missing", title)
    assert page.count('<tr class="missing">') == 1
    assert "Nearest." in page


@pytest.mark.usefixtures("pair")
def test_it_says_what_proven_means_who_helps_and_who_pays(brussels: Client) -> None:
    propose(brussels)
    page = show(brussels)
    assert "No other plan does better with these teams." in page
    assert "2 own, 5 of neighbours" in page
    assert "NL 5" in page
    assert "NL-BE-1984" in page[page.index('id="h-pays"') :]
    assert "tag--ok" not in page[page.index('id="plan"') : page.index("Who helps")]


@pytest.mark.usefixtures("pair")
def test_both_read_what_two_wanted(brussels: Client) -> None:
    propose(brussels)
    page = show(brussels)
    told = page[page.index("Two wanted the same") :]
    assert "goes to Verviers" in told
    assert "Pepinster, Vesdre valley" in told


@pytest.mark.usefixtures("pair")
def test_a_second_plan_stands_beside_the_one_before(brussels: Client) -> None:
    propose(brussels)
    assert ">none<" in show(brussels)
    propose(brussels)
    page = show(brussels)
    before = page[page.index("The plan before") :].partition("</div>")[0]
    assert "of 9 in time" in before


@pytest.mark.usefixtures("pair")
def test_who_may_not_plan_reads_and_others_see_nothing(evening: Evening, brussels: Client) -> None:
    propose(brussels)
    reader = client_of(make_acting(evening.be, Role.OBSERVER))
    assert "Propose again" not in show(reader)
    assert reader.post(reverse("joint-plan") + STATUS).status_code == 409
    assert "Verviers" not in show(client_of(evening.hague))


def test_without_open_incidents_nothing_is_planned(brussels: Client) -> None:
    assert "No plan has been made yet." in show(brussels)
    assert brussels.post(reverse("joint-plan") + STATUS).status_code == 409
    assert not Proposal.objects.exists()


def test_the_focus_goes_to_the_plan_that_was_just_proposed(brussels: Client, pair: tuple[Incident, Incident]) -> None:
    url = reverse("propose", args=[pair[0].number])
    swapped = brussels.post(url, headers={"HX-Request": "true"}).content.decode()
    heading = swapped[swapped.index('<h2 id="h-plan"') :].partition(">")[0]
    assert "autofocus" in heading
    assert swapped.lstrip().startswith("<title>")
    assert "autofocus" not in brussels.get(pair[0].get_absolute_url()).content.decode()


def test_near_misses_of_every_need_that_is_short_are_named(evening: Evening, brussels: Client) -> None:
    evening.team(evening.nl, "PLT", capabilities=("FIRE-PLT",), territory="NL423", quantity=2)
    first = evening.incident(None, wanted("FIRE-ENG", 10, 360))
    evening.incident(None, wanted("FIRE-PLT", 1, 360), title="Verviers", lon=5.86, lat=50.59)
    propose(brussels)
    page = show(brussels)
    assert 'hx-get="/incidents/plan/?status=Exercise&amp;part=near"' in page
    near = brussels.get(reverse("joint-plan") + STATUS + "&part=near").content.decode()
    assert "Fire platoon. Each holds 4 fire engines." in near
    assert f"{first.get_absolute_url()}?need=n1#helpers" in near
    assert reverse("near-miss-accept", args=[first.number, "n1"]) in near
    assert "Verviers" not in near  # its need is met in time


@pytest.mark.usefixtures("pair")
def test_its_map_numbers_the_incidents_and_shows_who_comes_from_where(brussels: Client) -> None:
    propose(brussels)
    page = show(brussels)
    drawn = page[page.index('id="joint-map-data"') :].partition("</div>")[0]
    assert "way-own" in drawn
    assert re.search(r"incident-\w+ 2", drawn)
    assert 'href="/incidents/" data-noaber-go="a" title="Assistance" aria-current="page"' in page
