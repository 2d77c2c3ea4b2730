"""From one plan for all open incidents to its alerts and requests, reviewed and sent together."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse

from noaber.apps.accounts.enums import Role
from noaber.apps.exchange.models import Request, RequestDraft
from noaber.apps.planner.models import Incident, Proposal
from planner_builders import Evening, client_of, wanted
from registry_builders import make_acting

STATUS = "?status=Exercise"
REVIEW = "joint-review"


@pytest.fixture
def brussels(evening: Evening) -> Client:
    return client_of(evening.brussels)


@pytest.fixture
def pair(evening: Evening) -> tuple[Incident, Incident]:
    """Two incidents; two pump teams at Liège for the more urgent one, five at Eindhoven for both."""
    evening.own_and_neighbour()
    first = evening.incident(None, wanted("HCP", 4, 120, priority=2))
    return first, evening.incident(None, wanted("HCP", 3, 120), title="Verviers", lon=5.86, lat=50.59)


@pytest.fixture
def plan(brussels: Client, pair: tuple[Incident, Incident]) -> Proposal:
    brussels.post(reverse("joint-plan") + STATUS)
    return Proposal.objects.get()


def show(client: Client, name: str = REVIEW) -> str:
    answer = client.get(reverse(name) + STATUS)
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", answer.content.decode())


def post(client: Client, step: str, plan: Proposal) -> int:
    return client.post(reverse(f"joint-{step}", args=[plan.pk])).status_code


def test_drafts_of_all_incidents_stand_on_one_page(
    brussels: Client, pair: tuple[Incident, Incident], plan: Proposal
) -> None:
    assert reverse("joint-draft", args=[plan.pk]) in show(brussels, "joint-plan")
    assert post(brussels, "draft", plan) == 302
    assert sorted(RequestDraft.objects.values_list("case_id", flat=True)) == sorted(one.number for one in pair)
    page = show(brussels)
    assert "Verviers" in page
    assert "Pepinster, Vesdre valley" in page
    assert "2 own teams to alert" in page
    assert "of 2 are ready" in page or "of 2 is ready" in page
    assert not Request.objects.exists()


def test_an_arrival_that_is_estimated_says_so(brussels: Client, plan: Proposal) -> None:
    post(brussels, "draft", plan)
    assert '<b class="strong est"><time' in show(brussels)
    for facts in plan.units.values():
        facts["minutes_to"] = dict.fromkeys(facts["minutes_to"], "routed")
    plan.save()
    page = show(brussels)
    assert '<b class="strong"><time' in page
    assert "strong est" not in page


def test_own_teams_are_alerted_once_and_leave_the_requests_to_send(brussels: Client, plan: Proposal) -> None:
    post(brussels, "draft", plan)
    assert post(brussels, "alert", plan) == 302
    alerts = [one for one in Request.objects.all() if one.is_alert]
    assert sum(line.quantity for one in alerts for line in one.lines.all()) == 2
    assert "own teams to alert" not in show(brussels)
    assert post(brussels, "alert", plan) == 409
    assert len([one for one in Request.objects.all() if one.is_alert]) == len(alerts)


def test_each_request_goes_out_by_itself_and_own_teams_can_still_be_alerted(
    brussels: Client, pair: tuple[Incident, Incident], plan: Proposal
) -> None:
    post(brussels, "draft", plan)
    RequestDraft.objects.update(needs_sign_off=False)
    assert post(brussels, "send", plan) == 302
    sent = Request.objects.all()
    assert sorted(sent.values_list("case_id", flat=True)) == sorted(one.number for one in pair)
    assert "2 own teams to alert" in show(brussels)
    assert post(brussels, "alert", plan) == 302
    assert "Nothing waits to be sent." in show(brussels)


def test_a_newer_plan_takes_the_place_of_the_old(brussels: Client, plan: Proposal) -> None:
    brussels.post(reverse("joint-plan") + STATUS)
    assert post(brussels, "draft", plan) == 409
    assert post(brussels, "alert", plan) == 409
    assert not Request.objects.exists()


def test_others_neither_see_nor_send_it(evening: Evening, brussels: Client, plan: Proposal) -> None:
    post(brussels, "draft", plan)
    observer = client_of(make_acting(evening.be, Role.OBSERVER))
    assert reverse("joint-send", args=[plan.pk]) not in show(observer)
    assert {post(observer, step, plan) for step in ("draft", "alert", "send")} <= {403, 409}
    hague = client_of(evening.hague)
    assert {post(hague, step, plan) for step in ("draft", "alert", "send")} == {404}
    assert "Verviers" not in show(hague)
    assert not Request.objects.exists()
