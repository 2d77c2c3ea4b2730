"""The pages of practices and lessons: what they show, to whom, and what their forms do."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pypdfium2
import pytest
from django.test import Client

from noaber.apps.accounts.acting import Acting
from noaber.apps.accounts.enums import TlpLabel
from noaber.apps.planner.models import Incident
from noaber.apps.practices.enums import LessonState, ReuseResult
from noaber.apps.practices.models import Lesson, Practice
from noaber.apps.practices.services import translate_practice
from noaber.web import clock
from practices_builders import finish, make_answer, make_lesson, make_practice

pytestmark = pytest.mark.django_db

Clients = Callable[[Acting], Client]
LESSON = {
    "title": "Boats",
    "language": "nl",
    "observation": "Ze keerden terug.",
    "change": "Noem de stroom.",
    "occasion": "incident",
    "made_on": "2024-09-30",
    "themes": ["liaison"],
    "tlp": "AMBER",
    "groups": ["BENELUX"],
}


def test_the_list_narrows_by_facets_and_leaves_as_a_file(centres: Any, client_of: Clients):
    brussels, hague, _ = centres
    make_practice(brussels, groups=["BENELUX"])
    other = make_practice(brussels, groups=["BENELUX"], themes=("liaison",))
    client = client_of(hague)
    whole = client.get("/practices/").content.decode()
    assert 'href="?theme=evacuation"' in whole
    narrowed = client.get("/practices/?theme=liaison").content.decode()
    assert f"/practices/{other.number}/" in narrowed
    assert "GP-2024-001" not in narrowed
    assert "No practice fits" in client.get("/practices/?q=nothing&theme=\x00").content.decode()
    file = client.get("/practices/?theme=liaison&format=csv").content.decode()
    assert "Liaison officers" in file
    assert file.count("GP-2024-") == 1


def test_an_observer_finds_no_page_of_what_is_not_shared_with_it(centres: Any, client_of: Clients):
    brussels, _, dusseldorf = centres
    practice = make_practice(brussels, groups=["BENELUX"], tlp=TlpLabel.AMBER)
    lesson = make_lesson(brussels, groups=["BENELUX"])
    client = client_of(dusseldorf)
    for path in ("", "edit", "translate", "pdf"):
        assert client.get(f"/practices/{practice.number}/{path}").status_code == 404
    for path in ("", "edit", "act"):
        assert client.get(f"/lessons/{lesson.number}/{path}").status_code == 404
    assert client.post(f"/practices/{practice.number}/reuse", {"place": "x"}).status_code == 404
    assert practice.number not in client.get("/practices/").content.decode()


def test_a_reader_gets_the_translation_and_may_ask_for_the_original(centres: Any, client_of: Clients):
    brussels, hague, _ = centres
    practice = make_practice(brussels, groups=["BENELUX"])
    translate_practice(hague, practice, {"language": "en", "title": "One cell", "summary": "All in one room."})
    client = client_of(hague)
    page = client.get(f"/practices/{practice.number}/").content.decode()
    assert "One cell" in page
    assert "translated for NL-NCC" in page
    assert "Tous dans une salle." in client.get(f"/practices/{practice.number}/?language=fr").content.decode()
    assert client.get(f"/practices/{practice.number}/?language=xx").status_code == 404


def test_on_paper_it_says_what_is_done_and_who_reuses_it(centres: Any, client_of: Clients):
    brussels, hague, _ = centres
    practice = make_practice(brussels, groups=["BENELUX"])
    client = client_of(hague)
    reuse = {"place": "Den Haag", "since": "2024-09-01", "result": "worked", "note": "Works.", "language": "en"}
    answer = client.post(f"/practices/{practice.number}/reuse", reuse)
    assert answer.status_code == 302
    response = client.get(f"/practices/{practice.number}/pdf?language=fr")
    assert response["Content-Type"] == "application/pdf"
    with pypdfium2.PdfDocument(response.content) as document:
        text = " ".join(page.get_textpage().get_text_range() for page in document)
        assert len(document) <= 2
    assert "Tous dans une salle." in text
    assert "Évacuation" in text
    assert "NL-NCC" in text


def test_a_lesson_on_paper_says_what_became_of_it(centres: Any, client_of: Clients):
    brussels, hague, dusseldorf = centres
    lesson = make_lesson(brussels, groups=["BENELUX"], themes=("evacuation",))
    action = make_answer(brussels, lesson, groups=["BENELUX"])
    finish(brussels, action)
    response = client_of(hague).get(f"/lessons/{lesson.number}/pdf?language=nl")
    assert "-nl-" in response["Content-Disposition"]
    with pypdfium2.PdfDocument(response.content) as document:
        text = " ".join(page.get_textpage().get_text_range() for page in document)
    assert "TLP:AMBER" in text
    assert "Four boats turned back." in text
    assert "Evacuatie" in text
    assert f"{action.number} Put the current into the form" in text
    assert "The form has it." in text
    assert client_of(dusseldorf).get(f"/lessons/{lesson.number}/pdf").status_code == 404


def test_what_came_of_a_reuse_may_wait_while_it_is_under_way(centres: Any, client_of: Clients):
    brussels, hague, _ = centres
    practice = make_practice(brussels, groups=["BENELUX"])
    client, address = client_of(hague), f"/practices/{practice.number}/"
    reuse = {"place": "Den Haag", "since": "2024-09-01", "language": "en"}
    refused = client.post(f"{address}reuse", reuse | {"result": "did-not-work"})
    assert refused.status_code == 422
    assert "note" in refused.context["reuse_form"].errors
    assert client.post(f"{address}reuse", reuse | {"result": "under-way"}).status_code == 302
    assert "We reuse this" not in client_of(brussels).get(address).content.decode()


def test_the_history_names_what_a_reuse_and_a_translation_changed(centres: Any, client_of: Clients):
    brussels, hague, _ = centres
    practice = make_practice(brussels, groups=["BENELUX"])
    translate_practice(hague, practice, {"language": "nl", "title": "Eén cel", "summary": "Allen in één zaal."})
    reuse = {"place": "Den Haag", "since": "2024-09-01", "result": "under-way", "note": "Smaller.", "language": "en"}
    client_of(hague).post(f"/practices/{practice.number}/reuse", reuse)
    page = client_of(brussels).get(f"/practices/{practice.number}/")
    reused, translated, *_before = page.context["history"]
    assert [name for name, _was, _now in reused.lines] == ["Where", "Since", "Result", "What came of it"]
    assert {name: now for name, _was, now in reused.lines}["Result"] == str(ReuseResult.UNDER_WAY.label)
    assert translated.reason == "Dutch"


def test_a_reuse_without_a_place_says_so_and_one_is_changed_by_its_own(centres: Any, client_of: Clients):
    brussels, hague, _ = centres
    practice = make_practice(brussels, groups=["BENELUX"])
    client = client_of(hague)
    refused = client.post(f"/practices/{practice.number}/reuse", {"since": "2024-09-01"})
    assert refused.status_code == 422
    reuse = {"place": "Den Haag", "since": "2024-09-01", "result": "under-way", "language": "en"}
    client.post(f"/practices/{practice.number}/reuse", reuse)
    made = practice.reuses.get()
    assert client_of(brussels).get(f"/practices/reuses/{made.pk}").status_code == 404
    client.post(f"/practices/reuses/{made.pk}", reuse | {"result": "did-not-work", "note": "Too small."})
    made.refresh_from_db()
    assert (made.result, made.note) == ("did-not-work", "Too small.")


def test_a_practice_is_written_changed_and_translated_through_its_forms(centres: Any, client_of: Clients):
    client = client_of(centres[0])
    form = {
        "title": "Titre",
        "language": "fr",
        "summary": "En bref.",
        "occasion": "elections",
        "made_on": "2024-09-30",
        "themes": ["disinformation"],
        "tlp": "GREEN",
    }
    assert client.post("/practices/new", form).status_code == 302
    practice = Practice.objects.get()
    assert client.get(f"/practices/{practice.number}/edit").status_code == 200
    client.post(f"/practices/{practice.number}/edit", form | {"title": "Autre titre", "made_on": ""})
    words = {"title": "Titel", "language": "nl", "summary": "Kort."}
    client.post(f"/practices/{practice.number}/translate", words)
    practice.refresh_from_db()
    assert (practice.title, practice.translations.get().title) == ("Autre titre", "Titel")
    assert client.post(f"/practices/{practice.number}/translate", words | {"language": "fr"}).status_code == 422


def test_a_lesson_goes_from_noted_to_checked_through_its_pages(centres: Any, client_of: Clients):
    brussels = centres[0]
    client = client_of(brussels)
    assert client.post("/lessons/new", LESSON).status_code == 302
    lesson = Lesson.objects.get()
    page = f"/lessons/{lesson.number}/"
    assert "No action was agreed about it yet." in client.get(page).content.decode()
    client.post(
        f"{page}act",
        {
            "title": "Do it",
            "language": "en",
            "responsible": "BE-NCCN",
            "made_on": "2024-06-04",
            "origin": "lesson",
            "tlp": "AMBER",
        },
    )
    check = {
        "check-effective": "yes",
        "check-note": "It did.",
        "check-language": "en",
        "check-checked_by": "staff",
        "check-checked_on": "2024-10-01",
    }
    assert client.post(f"{page}check", check).status_code == 409
    finish(brussels, lesson_action(client, page))
    assert client.post(f"{page}check", check | {"check-note": ""}).status_code == 422
    client.post(f"{page}check", check)
    lesson.refresh_from_db()
    assert lesson.state == LessonState.CHECKED
    assert "Checked: it helps" in client.get(page).content.decode()
    client.post(f"{page}reopen", {"reopen-reason": "Again.", "reopen-language": "en"})
    client.post(f"{page}leave", {"leave-reason": "Enough.", "leave-language": "en"})
    lesson.refresh_from_db()
    assert (lesson.state, lesson.state_reason) == (LessonState.NOT_TAKEN, "Enough.")


def lesson_action(client: Client, page: str) -> Any:
    """The action that the page of a lesson shows first."""
    return client.get(page).context["row"].actions[0].action


def test_an_action_that_is_there_answers_a_lesson(centres: Any, client_of: Clients):
    brussels = centres[0]
    first, second = make_lesson(brussels), make_lesson(brussels, title="Another")
    action = make_answer(brussels, first)
    client = client_of(brussels)
    answer = client.post(f"/lessons/{second.number}/take-up", {"take-up-action": action.number})
    assert answer.status_code == 302
    listed = client.get("/lessons/?state=in-action").content.decode()
    assert listed.count(f"/actions/{action.number}/") == 2
    assert client.get("/lessons/?format=xlsx").status_code == 200


def test_a_lesson_is_noted_from_the_record_that_taught_it(centres: Any, client_of: Clients):
    brussels = centres[0]
    source = make_practice(brussels, occasion="elections")
    client = client_of(brussels)
    page = client.get(f"/lessons/new?source=practice:{source.pk}").content.decode()
    assert source.title in page
    client.post(f"/lessons/new?source=practice:{source.pk}", LESSON)
    assert source.number in client.get(f"/lessons/{Lesson.objects.get().number}/").content.decode()
    assert client_of(centres[1]).get(f"/lessons/new?source=practice:{source.pk}").status_code == 404


def test_the_page_of_an_incident_offers_to_note_what_it_taught(centres: Any, client_of: Clients):
    brussels = centres[0]
    incident = Incident.objects.create(
        owner=brussels.organisation,
        number="BE-1",
        status="Exercise",
        title="Water in the street",
        hazard="flood",
        severity="Extreme",
        place="Pepinster",
        territory="BE335",
        lon=5.8,
        lat=50.57,
        opened_at=clock.now(),
        opened_by=brussels.person,
        language="en",
    )
    client = client_of(brussels)
    start = f"/lessons/new?source=incident:{incident.pk}"
    assert start in client.get(f"/links/incident/{incident.pk}/").content.decode()
    form = client.get(start).context["form"]
    assert (form.initial["occasion"], form.initial["hazards"]) == ("incident", [incident.hazard])
