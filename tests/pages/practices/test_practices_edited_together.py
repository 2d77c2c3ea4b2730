"""Two people of one organisation change one practice, its translation, its reuse, or one lesson."""

from __future__ import annotations

from edit_hands import Window, check_two_people, two_clients
from noaber.apps.accounts.acting import Acting
from noaber.apps.practices.models import Reuse, Translation
from practices_builders import make_lesson, make_practice

Centres = tuple[Acting, Acting, Acting]


def test_a_practice(centres: Centres) -> None:
    record = make_practice(centres[0], groups=["BENELUX"])
    changes = ({"place": "Namur"}, {"occasion": "exercise", "occasion_name": "Exercise 2024"})
    check_two_people(two_clients(centres[0]), f"/practices/{record.number}/edit", changes=changes, field="summary")


def test_a_lesson(centres: Centres) -> None:
    record = make_lesson(centres[0], themes=["evacuation"])
    changes = ({"kept_by_function": "Planner"}, {"cause": "Nobody asked."})
    check_two_people(two_clients(centres[0]), f"/lessons/{record.number}/edit", changes=changes, field="change")


def test_a_translation_that_both_begin(centres: Centres) -> None:
    record = make_practice(centres[0])
    address = f"/practices/{record.number}/translate?language=nl"
    one, other = (Window(client, address) for client in two_clients(centres[0]))
    words = {"title": "De titel", "summary": "In het kort."}
    assert one.send(words).status_code == 302
    assert other.send(words | {"summary": "Anders gezegd."}).status_code == 409
    assert Translation.objects.get().summary == "In het kort."
    assert other.send({}, keep="mine:summary").status_code == 302
    assert Translation.objects.get().summary == "Anders gezegd."


def test_a_translation_is_not_written_over_by_one_meant_for_another_language(centres: Centres) -> None:
    record = make_practice(centres[0])
    one, other = two_clients(centres[0])
    words = {"title": "Der Titel", "summary": "Kurz gesagt."}
    assert Window(one, f"/practices/{record.number}/translate?language=de").send(words).status_code == 302
    window = Window(other, f"/practices/{record.number}/translate?language=nl")
    assert window.send({"language": "de", "title": "De titel", "summary": "In het kort."}).status_code == 409
    assert Translation.objects.get().summary == "Kurz gesagt."


def test_a_reuse(centres: Centres) -> None:
    record = make_practice(centres[0], groups=["BENELUX"])
    clients = two_clients(centres[1])
    said = {"place": "Utrecht", "since": "2024-09-01", "result": "under-way", "note": "", "language": "nl"}
    assert clients[0].post(f"/practices/{record.number}/reuse", said).status_code == 302
    changes = ({"since": "2024-08-01"}, {"place": "Zeist"})
    check_two_people(clients, f"/practices/reuses/{Reuse.objects.get().pk}", changes=changes, field="note")
