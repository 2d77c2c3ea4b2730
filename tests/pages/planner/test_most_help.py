"""What would help most, on the page of one plan for all open incidents."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from noaber.apps.planner.models import Incident, Need, Proposal
from noaber.apps.planner.presenters.most_help import effect_words
from noaber.apps.planner.services import proposals
from noaber.apps.roads.enums import MinutesKind
from noaber.core.planning.helps import Gain, Reached
from noaber.web import clock
from planner_builders import EVENING, Evening, client_of, need_of, wanted

URL = "/incidents/plan/?status=Exercise"


@pytest.fixture
def brussels(evening: Evening) -> Client:
    return client_of(evening.brussels)


@pytest.fixture
def pair(evening: Evening) -> tuple[Incident, Incident]:
    """Seven pump teams for nine."""
    evening.own_and_neighbour()
    first = evening.incident(None, wanted("HCP", 4, 120, priority=2))
    return first, evening.incident(None, wanted("HCP", 5, 120), title="Verviers", place="Verviers", lon=5.86, lat=50.59)


def part(client: Client) -> str:
    """What the page loads after itself, as its readers read it."""
    answer = client.get(URL + "&part=help")
    assert answer.status_code == 200
    assert "<html" not in answer.content.decode()
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def propose(evening: Evening, incident: Incident) -> None:
    proposals.propose(evening.brussels, incident, include_unknown=None)


def test_the_page_loads_it_after_itself(evening: Evening, brussels: Client, pair: tuple[Incident, Incident]) -> None:
    propose(evening, pair[0])
    page = brussels.get(URL).content.decode()
    assert "What would help most" in page
    assert f'hx-get="{reverse("joint-plan")}?status=Exercise&amp;part=help"' in page


def test_it_says_what_brings_how_many_more_in_time_and_where(
    evening: Evening, brussels: Client, pair: tuple[Incident, Incident]
) -> None:
    propose(evening, pair[0])
    said = part(brussels)
    first, *_rest = said.split(" +")[1:]
    assert first.startswith("1 in time 1 ")  # one more team in time, and not its weight in the plan
    assert "more at Verviers by 20:00" in first
    assert "1 fewer missing" in first
    assert "100" not in said
    assert "A plan made at" not in said  # as the one that stands there


def test_what_was_taken_out_is_put_back_by_name(
    evening: Evening, brussels: Client, pair: tuple[Incident, Incident]
) -> None:
    propose(evening, pair[0])
    proposals.remove_line(evening.brussels, need_of(pair[0]), "BE-NCCN:LIEGE", reason="", language="en")
    proposals.remove_line(evening.brussels, need_of(pair[1]), "BE-NCCN:LIEGE", reason="", language="en")
    said = part(brussels)
    assert "LIEGE (BE-NCCN), which you took out, put back at Verviers" in said
    assert re.search(r"\+2 in time LIEGE", said)


def test_an_approval_that_makes_teams_late_is_named_with_its_text(evening: Evening, brussels: Client) -> None:
    evening.team(evening.nl, "EINDHOVEN", territory="NL41", quantity=2, lon=5.47, lat=51.44, mobilisation_minutes=20)
    incident = evening.incident(None, wanted("HCP", 2, 360))
    propose(evening, incident)
    assert "All that has not been asked for yet would come in time." in part(brussels)
    arrival = Proposal.objects.get().plan["assignments"][0]["arrival"]
    Need.objects.update(needed_by=EVENING + timedelta(minutes=arrival - 10))
    propose(evening, incident)
    said = part(brussels)
    assert "NL-BE-1984 approved at once instead of after 20 min" in said
    assert "2 more in time" in said


def test_once_time_has_passed_it_says_what_a_plan_made_now_would_have(
    evening: Evening, brussels: Client, pair: tuple[Incident, Incident]
) -> None:
    propose(evening, pair[0])
    with clock.at(EVENING.replace(hour=17, minute=40)):
        said = part(brussels)
    assert "A plan made at 19:40 would have 0 of 9 in time, 7 late, 2 missing." in said


def test_where_no_deadline_can_be_met_it_says_that_no_single_thing_helps(evening: Evening, brussels: Client) -> None:
    evening.own_and_neighbour()
    incident = evening.incident(None, wanted("HCP", 2, 60))
    propose(evening, incident)
    with clock.at(EVENING.replace(hour=18)):
        assert "No single thing would bring more teams, or bring them sooner." in part(brussels)


def test_without_a_plan_or_an_incident_there_is_nothing_to_help(
    evening: Evening, brussels: Client, pair: tuple[Incident, Incident]
) -> None:
    assert "No incident of yours is open." in part(client_of(evening.hague))


def test_words_tell_fewer_missing_and_later_ones_too() -> None:
    place = ("i", "n1")
    held = Reached(in_time=2, late=1, missing=2, last=40, late_minutes=40)
    estimate = MinutesKind.ESTIMATE
    sooner = Gain(place, held, Reached(in_time=2, late=3, last=16, late_minutes=40))
    assert effect_words(sooner, estimate) == "2 fewer missing; the last of those late ≈ 24 min sooner"
    worse = Gain(place, held, Reached(in_time=1, late=1, missing=3, last=70, late_minutes=70))
    assert effect_words(worse, MinutesKind.ROUTED) == "1 fewer in time; the last of those late 30 min later"
    first = Gain(place, Reached(missing=2), Reached(missing=1, late=1, last=15, late_minutes=15))
    assert effect_words(first, MinutesKind.ROUTED) == "1 fewer missing; the last one late by 15 min"
    all_of_them = Gain(place, Reached(late=3, last=40, late_minutes=90), Reached(late=3, last=40, late_minutes=60))
    assert effect_words(all_of_them, MinutesKind.ROUTED) == "those late 30 min sooner in all"
