"""What nobody covers, as the desk and the lists show it, and what one press does about it."""

from __future__ import annotations

import csv
import html
import io
import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from asked_builders import answer, ask
from exchange_world import CERTIFICATE
from noaber.apps.accounts.enums import Role
from noaber.apps.exchange import services as exchange
from noaber.apps.exchange.models import Request
from noaber.apps.exchange.threads import load_thread
from noaber.apps.planner.models import Incident, Proposal
from noaber.apps.planner.services import drafting
from noaber.core.messages.model import DeploymentStatus, ResponseType
from planner_builders import EVENING, Evening, client_of, need_of, wanted
from registry_builders import make_acting


@pytest.fixture
def incident(evening: Evening) -> Incident:
    evening.own_and_neighbour()
    return evening.incident(None, wanted("HCP", 3, 180))


@pytest.fixture
def refused(evening: Evening, incident: Incident) -> Incident:
    answer(evening, ask(evening, incident, 3), 3, response=ResponseType.DECLINE, reason="in gebruik boven Valkenburg")
    return incident


def shown(client: Client, address: str, **query: str) -> str:
    found = client.get(address, query)
    assert found.status_code == 200
    return html.unescape(re.sub(r"\s+", " ", found.content.decode()))


def test_a_refusal_stands_first_at_the_desk_of_who_asked(evening: Evening, refused: Incident) -> None:
    page = shown(client_of(evening.brussels), reverse("desk"))
    assert "Refused: 3 pumping modules, Pepinster. Nobody covers it now." in page
    assert "Lives at stake." in page
    assert re.search("<q>.*in gebruik boven Valkenburg.*</q>", page)
    assert "data-noaber-ring" in page
    assert "0 of 3 in time" in page
    assert "Refused:" not in shown(client_of(evening.hague), reverse("desk"))


def test_what_is_written_and_not_sent_is_sent_before_another_plan_is_made(evening: Evening, incident: Incident) -> None:
    def draft(teams: int) -> None:
        line = drafting.line_for(need_of(incident, "n1"), teams)
        drafting.draft_by_hand(evening.brussels, incident, evening.nl, [line], language="en")

    review = f'href="{reverse("incident-review", args=[incident.number])}"'
    draft(2)
    page = shown(client_of(evening.brussels), reverse("desk"))
    assert "2 teams stand in requests that are not sent yet." in page
    assert reverse("propose", args=[incident.number]) in page, "one team is in no request: a plan may find it"
    draft(1)
    page = shown(client_of(evening.brussels), reverse("desk"))
    assert "3 teams stand in requests that are not sent yet." in page
    assert review in page
    assert reverse("propose", args=[incident.number]) not in page


def test_one_press_proposes_again_and_stands_at_the_plan(evening: Evening, refused: Incident) -> None:
    gone = client_of(evening.brussels).post(reverse("propose", args=[refused.number]), {"again": "1"})
    assert (gone.status_code, gone.headers["Location"]) == (302, refused.get_absolute_url() + "#proposal")
    assert Proposal.objects.get().planned_needs(refused.number)["n1"]["quantity"] == 3
    page = shown(client_of(evening.brussels), refused.get_absolute_url())
    assert 'id="proposal" tabindex="-1"' in page


def test_a_withdrawn_offer_names_its_teams(evening: Evening, incident: Incident) -> None:
    request_id = ask(evening, incident, 3)
    answer(evening, request_id, 3)
    offer = load_thread(request_id).offers[0]
    exchange.withdraw_offer(evening.hague, request_id, offer.id, reason_code="own-risk")
    assert "Withdrawn: 3 pumping modules (Pompen Eindhoven), Pepinster." in shown(
        client_of(evening.brussels), reverse("desk")
    )
    page = shown(client_of(evening.brussels), reverse("request", args=[request_id]))
    assert "</span> withdraws the offer: 3 pumping modules (Pompen Eindhoven)" in page


def test_an_offer_entered_by_mistake_names_its_teams_too(evening: Evening, incident: Incident) -> None:
    request_id = ask(evening, incident, 3)
    answer(evening, request_id, 3)
    made = load_thread(request_id).history[-1].message
    exchange.withdraw_mistake(evening.hague, request_id, made.message_id, reason="Verkeerde aanvraag")
    for reader in (evening.brussels, evening.hague):
        page = shown(client_of(reader), reverse("request", args=[request_id]))
        assert "</span> withdraws what was entered by mistake: 3 pumping modules (Pompen Eindhoven)" in page
        assert "</span> offers: 3 pumping modules (Pompen Eindhoven)</del>" in page


def test_the_next_that_fits_is_looked_up_for_the_row(evening: Evening, refused: Incident) -> None:
    said = shown(client_of(evening.brussels), refused.get_absolute_url(), part="next", need="n1")
    assert "Next that fits:" in said
    assert "BE-NCCN" in said
    assert "in time" in said
    assert "Next" not in shown(client_of(evening.hague), refused.get_absolute_url(), part="next", need="n1")


def test_left_open_with_a_reason_it_waits_no_more(evening: Evening, refused: Incident) -> None:
    brussels, leave = client_of(evening.brussels), reverse("incident-leave", args=[refused.number])
    assert brussels.post(leave, {"need": "n1", "reason": " "}).status_code == 409
    assert "Refused:" in shown(brussels, reverse("desk"))
    gone = brussels.post(leave, {"need": "n1", "reason": "the water falls"})
    assert gone.headers["Location"].startswith(reverse("desk"))
    assert "Refused:" not in shown(brussels, reverse("desk"))
    assert "the water falls" in shown(brussels, refused.get_absolute_url())


def test_who_may_not_leave_it_open_is_turned_away(evening: Evening, refused: Incident) -> None:
    leave, sent = reverse("incident-leave", args=[refused.number]), {"need": "n1", "reason": "no"}
    assert client_of(evening.hague).post(leave, sent).status_code == 409
    assert client_of(evening.stockholm).post(leave, sent).status_code == 404
    observer = client_of(make_acting(evening.be, Role.OBSERVER))
    assert observer.post(leave, sent).status_code == 409
    page = shown(observer, reverse("desk"))
    assert "Refused:" in page
    assert "Propose again" not in page


def test_the_list_of_incidents_says_how_each_is_covered(evening: Evening, incident: Incident) -> None:
    answer(evening, ask(evening, incident, 3), 2)
    client, incidents = client_of(evening.brussels), reverse("incidents")
    page = shown(client, incidents)
    assert "2 of 3 in time" in page
    assert "1 missing" in page
    assert "2 of 3 in time, 1 missing" in client.get(incidents, {"format": "csv"}).content.decode()
    assert "known to its owner" in shown(client_of(evening.hague), incidents)


def test_requests_and_needs_say_how_they_are_covered(evening: Evening, incident: Incident) -> None:
    answer(evening, ask(evening, incident, 3), 2)
    brussels = client_of(evening.brussels)
    for address in (reverse("requests"), incident.get_absolute_url()):
        page = shown(brussels, address)
        assert "2 of 3 in time" in page
        assert "1 missing" in page
    head, needs = (part_of(shown(brussels, incident.get_absolute_url()), name) for name in ("head-coverage", "needs"))
    assert "2 of 3 in time" in head
    assert "2 of 3 in time" in needs
    assert "2 of 3 in time" in shown(client_of(evening.hague), reverse("requests"))
    assert 'id="head-coverage"></div>' in shown(client_of(evening.hague), incident.get_absolute_url())


def part_of(page: str, name: str) -> str:
    return page.partition(f'id="{name}"')[2].partition("</div></div>")[0]


def test_an_open_page_hears_that_its_coverage_changed(evening: Evening, incident: Incident) -> None:
    request_id = ask(evening, incident, 3)
    brussels, newest = client_of(evening.brussels), reverse("proposal", args=[incident.number])
    mark = re.search(r"\?have=(\w+)", shown(brussels, newest))
    assert mark is not None
    assert brussels.get(newest, {"have": mark[1]}).status_code == 204
    answer(evening, request_id, 3)
    assert "3 of 3 in time" in part_of(shown(brussels, newest, have=mark[1]), "head-coverage")


def test_the_desk_draws_what_runs_and_says_it(evening: Evening, incident: Incident) -> None:
    request_id = ask(evening, incident, 3)
    answer(evening, request_id, 3, arrives_in=200)
    offer = load_thread(request_id).offers[0]
    until = EVENING + timedelta(hours=12)
    exchange.requisition(evening.brussels, request_id, [(offer.id, 3)], until=until, late_taken=[offer.id])
    exchange.commit(evening.hague, request_id, offer.id, certificate=CERTIFICATE)
    for status in (DeploymentStatus.MOBILISING, DeploymentStatus.EN_ROUTE):
        exchange.report_deployment(evening.hague, request_id, offer.id, status=status)
    page = shown(client_of(evening.brussels), reverse("desk"))
    assert "3 pumping modules" in page
    assert "20 min late" in page
    assert '<path class="go" d="M120 15H320"/>' in page
    assert '<rect class="rest" x="320" y="9" width="160" height="12"/>' in page
    assert "tl-bar ours" not in page
    assert "tl-bar ours" in shown(client_of(evening.hague), reverse("desk"))


def test_the_menu_counts_what_the_desk_lists(evening: Evening, incident: Incident) -> None:
    """On every page, before anybody was asked, after a refusal, and for whom nothing waits."""

    def counted(client: Client, address: str) -> str:
        desk = re.search(r'<a href="/"[^>]*>.*?</a>', shown(client, address))
        assert desk
        return (re.search(r'<span class="count[^>]*>(\d+)', desk[0]) or ["", "none"])[1]

    brussels, hague = client_of(evening.brussels), client_of(evening.hague)
    assert counted(brussels, reverse("map")) == counted(brussels, reverse("desk")) == "1"
    answer(evening, ask(evening, incident, 3), 3, response=ResponseType.DECLINE, reason="in gebruik boven Valkenburg")
    assert counted(brussels, reverse("desk")) == "1"
    assert counted(hague, reverse("desk")) == "none"


def test_requests_are_sorted_by_what_is_missing_and_leave_as_numbers(evening: Evening, incident: Incident) -> None:
    covered, open_ = ask(evening, incident, 1), ask(evening, incident, 2)
    answer(evening, covered, 1)
    client = client_of(evening.brussels)
    slugs = dict(Request.objects.values_list("pk", "slug"))
    for sort, first in (("missing", covered), ("-missing", open_), ("in_time", open_), ("-in_time", covered)):
        page = shown(client, reverse("requests"), sort=sort)
        assert re.findall('data-noaber-key="([^"]+)"', page)[0] == slugs[first]
    assert '<option value="-missing" selected>most missing first</option>' in shown(
        client, reverse("requests"), sort="-missing"
    )
    file = client.get(reverse("requests"), {"sort": "-missing", "format": "csv"}).content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(file)))
    parts = [[row[f"Teams {part}"] for part in ("in time", "late", "missing")] for row in rows]
    assert parts == [["0", "0", "2"], ["1", "0", "0"]]
