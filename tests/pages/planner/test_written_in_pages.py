"""Texts of incidents, needs and the log: their writer says in which language, and readers of another one are told."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse

from noaber.apps.planner.models import Incident, LogNote, Need
from noaber.apps.planner.services.incidents import open_incident
from planner_builders import Evening, client_of, need_of, wanted

TASK = "pomper la cave de l’hôpital"


@pytest.fixture
def brussels(evening: Evening) -> Client:
    return client_of(evening.brussels)


@pytest.fixture
def incident(evening: Evening) -> Incident:
    """In French; Brussels reads English here, and what it shares The Hague reads."""
    return open_incident(
        evening.brussels,
        evening.data(title="Pepinster, vallée de la Vesdre", note="Digue rompue."),
        [wanted("HCP", 6, 360, function=TASK)],
        status="Exercise",
        language="fr",
    )


def page_of(client: Client, incident: Incident) -> str:
    return client.get(incident.get_absolute_url()).content.decode()


MARK = '<abbr class="tag" title="French">FR</abbr>'


def test_readers_of_another_language_are_told(evening: Evening, incident: Incident, brussels: Client) -> None:
    for client in (brussels, client_of(evening.hague)):
        page = page_of(client, incident)
        assert '<span lang="fr">Pepinster, vallée de la Vesdre</span>' in page
        assert f'<span class="free" lang="fr">Digue rompue.</span> {MARK}' in page
        assert f'<span class="free" lang="fr">{TASK}</span> {MARK}' in page
    listed = brussels.get(reverse("incidents")).content.decode()
    row = listed[listed.index(f'data-noaber-key="{incident.number}"') :].partition("</tr>")[0]
    assert 'lang="fr">Pepinster, vallée de la Vesdre</a>' in row
    assert MARK in row


def test_readers_of_the_same_language_are_told_nothing(incident: Incident, brussels: Client) -> None:
    brussels.post("/language", {"language": "fr", "next": "/"})
    page = page_of(brussels, incident)
    assert f'<span class="free" lang="fr">{TASK}</span></span>' in page
    assert ">FR</abbr>" not in page.partition("<main")[2]


def test_an_unknown_language_is_shown_as_one_and_not_made_up(incident: Incident, brussels: Client) -> None:
    Need.objects.update(language="")
    assert f'<span class="free" lang="und">{TASK}</span> <abbr class="tag"' in page_of(brussels, incident)
    need = need_of(incident)
    form = brussels.get(reverse("need", args=[incident.number, need.code])).content.decode()
    assert '<option value="" selected>not said</option>' in form
    _change(brussels, need, quantity="5", language="")
    assert (need_of(incident).quantity, need_of(incident).language) == (5, "")


def _opened(client: Client, **more: str) -> Incident:
    posted = {
        "title": "Esneux",
        "hazard": "flood",
        "severity": "Severe",
        "place": "Esneux",
        "territory": "BE332",
        "lon": "5.57",
        "lat": "50.53",
        "tlp": "AMBER",
        "status": "Exercise",
        "needs-TOTAL_FORMS": "1",
        "needs-INITIAL_FORMS": "0",
        "needs-0-capability": "HCP",
        "needs-0-quantity": "2",
        "needs-0-needed_by": "6",
        "needs-0-priority": "1",
        "needs-0-function": TASK,
        **more,
    }
    assert client.post(reverse("incident-new"), posted).status_code == 302
    return Incident.objects.get(title="Esneux")


@pytest.mark.parametrize(("more", "kept"), [({}, "en"), ({"language": "fr"}, "fr")])
def test_the_writer_says_in_which_language(brussels: Client, more: dict[str, str], kept: str) -> None:
    incident = _opened(brussels, **more)
    assert (incident.language, need_of(incident).language) == (kept, kept)


def test_one_field_of_the_form_speaks_for_all_its_needs(brussels: Client) -> None:
    page = brussels.get(reverse("incident-new")).content.decode()
    assert re.findall(r'<select name="([\w-]*language)"', page) == ["language"]


def test_who_changes_an_incident_finds_its_language_and_may_correct_it(incident: Incident, brussels: Client) -> None:
    address = reverse("incident-edit", args=[incident.number])
    form = brussels.get(address)
    assert '<option value="fr" selected lang="fr">Français</option>' in form.content.decode()
    posted = {name: value for name, value in form.context["form"].initial.items() if value is not None}
    assert brussels.post(address, posted | {"groups": [], "language": "nl"}).status_code == 302
    incident.refresh_from_db()
    assert incident.language == "nl"


def _change(client: Client, need: Need, **changes: str) -> None:
    address = reverse("need", args=[need.incident.number, need.code])
    form = client.get(address).context["form"]
    posted = {name: form[name].value() for name in form.fields if form[name].value() is not None}
    for name in ("needed_by", "useless_after"):
        posted[name] = form.fields[name].widget.format_value(form[name].value()) or ""
    answer = client.post(address, posted | changes)
    assert answer.status_code == 302, answer.content.decode()


def test_why_a_deadline_moves_is_in_the_language_of_who_says_it(incident: Incident, brussels: Client) -> None:
    """The task that stands there is in French; who moves the deadline reads English."""
    _change(brussels, need_of(incident), needed_by="9", reason="The Meuse rises later.")
    assert need_of(incident).language == "fr"
    assert incident.events.filter(kind="deadline-moved").first().params["language"] == "en"
    _change(brussels, need_of(incident), needed_by="10", reason="Später.", function="Keller auspumpen", language="de")
    assert need_of(incident).language == "de"
    assert incident.events.filter(kind="deadline-moved").first().params["language"] == "de"


@pytest.mark.parametrize(("more", "kept"), [({}, "en"), ({"language": "nl"}, "nl"), ({"language": "xx"}, "en")])
def test_a_line_of_the_log_too(incident: Incident, brussels: Client, more: dict[str, str], kept: str) -> None:
    answer = brussels.post(
        reverse("log-write", args=[incident.number]), {"text": "Dijk houdt.", **more}, headers={"HX-Request": "true"}
    )
    assert LogNote.objects.get().language == kept
    assert '<select name="language"' in answer.content.decode()


def test_the_list_as_a_file_names_the_language(incident: Incident, brussels: Client) -> None:
    file = brussels.get(reverse("incidents"), {"format": "csv"}).content.decode("utf-8-sig")
    head, row = (line.split(",") for line in file.replace(";", ",").splitlines()[:2])
    assert row[head.index("Language")] == "fr"
