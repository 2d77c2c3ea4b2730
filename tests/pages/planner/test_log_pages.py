"""The log on the page of the incident: written with Enter, struck with why, and as a file."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from noaber.apps.accounts.enums import Role
from noaber.apps.planner.models import Incident, LogNote
from planner_builders import Evening, client_of
from registry_builders import make_acting


@pytest.fixture
def incident(evening: Evening) -> Incident:
    return evening.incident()


def write(client: Client, incident: Incident, text: str, *, swap: bool = True, **more: str) -> str:
    headers = {"HX-Request": "true"} if swap else {}
    answer = client.post(reverse("log-write", args=[incident.number]), {"text": text, **more}, headers=headers)
    assert answer.status_code == (200 if swap else 302)
    return answer.content.decode()


def test_a_line_is_written_and_the_field_is_empty_again(evening: Evening, incident: Incident) -> None:
    brussels = client_of(evening.brussels)
    answer = write(brussels, incident, "17:42 phoned <Liège>", kind="phoned", spoke_with="M. Lemaire")
    assert "phoned &lt;Liège&gt;" in answer
    assert "with M. Lemaire" in answer
    assert 'id="log-form"' in answer
    assert 'hx-swap-oob="true"' in answer
    assert "17:42" in answer
    write(brussels, incident, "by hand", swap=False)
    page = brussels.get(reverse("incident", args=[incident.number])).content.decode()
    assert "by hand" in page
    assert "hx-swap-oob" not in page.split('id="log-form"')[1].split(">")[0]


def test_a_form_sent_twice_writes_one_line(evening: Evening, incident: Incident) -> None:
    brussels = client_of(evening.brussels)
    for _ in range(2):
        write(brussels, incident, "once", once="0f0e7f6a-6d3c-4a57-9d0e-3f0f4f6f7f8f")
    assert LogNote.objects.count() == 1


def test_a_refusal_is_a_sentence(evening: Evening, incident: Incident) -> None:
    answer = client_of(evening.brussels).post(
        reverse("log-write", args=[incident.number]),
        {"text": "x", "clock_time": "late"},
        headers={"HX-Request": "true"},
    )
    assert answer.status_code == 409
    assert "is no time of day" in answer.content.decode()


def test_a_line_is_struck(evening: Evening, incident: Incident) -> None:
    brussels = client_of(evening.brussels)
    write(brussels, incident, "three boats")
    pk = LogNote.objects.get().pk
    answer = brussels.post(
        reverse("log-strike", args=[incident.number, pk]), {"reason": "it was two"}, headers={"HX-Request": "true"}
    )
    assert "<s>" in answer.content.decode()
    assert "it was two" in answer.content.decode()


def test_the_file_has_what_one_may_read(evening: Evening, incident: Incident) -> None:
    write(client_of(evening.brussels), incident, "ours alone")
    query = {"part": "log", "format": "csv"}
    files = [
        client_of(acting).get(reverse("incident", args=[incident.number]), query).content.decode()
        for acting in (evening.brussels, evening.hague)
    ]
    assert "ours alone" in files[0]
    assert "ours alone" not in files[1]
    assert "opens the incident" in files[1]


def test_who_may_not_see_the_incident_finds_no_log(evening: Evening, incident: Incident) -> None:
    stockholm = client_of(evening.stockholm)
    assert stockholm.post(reverse("log-write", args=[incident.number]), {"text": "x"}).status_code == 404
    assert stockholm.post(reverse("log-strike", args=[incident.number, 1]), {"reason": "x"}).status_code == 404


def test_who_keeps_no_log_sees_no_field(evening: Evening, incident: Incident) -> None:
    observer = client_of(make_acting(evening.be, Role.OBSERVER))
    assert 'id="log-form"' not in observer.get(reverse("incident", args=[incident.number])).content.decode()
