"""Practices: who writes, translates and reuses them, and in which words they are found."""

from __future__ import annotations

import datetime

import pytest

from actions_builders import make_centres
from noaber.apps.accounts.enums import Role, TlpLabel
from noaber.apps.library.links import linked_with
from noaber.apps.library.search import Wanted, find
from noaber.apps.practices import services
from noaber.apps.practices.enums import ReuseResult
from noaber.apps.practices.models import Practice
from noaber.apps.practices.presenters.practices import words_in
from noaber.apps.practices.queries import PracticeFilter, count_practices, get_reuse, list_practices
from noaber.apps.records.history import history_of
from noaber.core.problems import InvalidInput, NotAllowed, NotFound
from noaber.core.search.question import read_question
from practices_builders import FRENCH, make_lesson, make_practice
from registry_builders import make_acting

pytestmark = pytest.mark.django_db

DUTCH = {"language": "nl", "title": "Eén cel", "summary": "Iedereen in één zaal."}
REUSE = {"place": "Den Haag", "since": datetime.date(2024, 7, 1), "language": "nl"}


@pytest.mark.parametrize("question", ["evacuaties", "Räumung Evakuierung", "evacuations", "salles", "évacuation"])
def test_a_practice_in_french_is_found_through_its_theme_in_every_language(question: str):
    brussels, hague, _ = make_centres()
    practice = make_practice(brussels, groups=["BENELUX"])
    words = question.split()[-1]
    wanted = Wanted(question=read_question(words), status="Exercise", kind="practice")
    assert [hit.record for hit in find(hague.organisation, wanted)] == [practice]
    assert list(list_practices(hague.organisation, PracticeFilter(text=words))) == [practice]


def test_what_one_may_not_see_is_neither_found_nor_counted():
    brussels, hague, dusseldorf = make_centres()
    make_practice(brussels, groups=["BENELUX"], tlp=TlpLabel.AMBER)
    seen = [list_practices(one.organisation, PracticeFilter(text="evacuatie")) for one in (hague, dusseldorf)]
    assert [len(found) for found in seen] == [1, 0]
    assert count_practices(seen[0]).themes == {"evacuation": 1}
    assert not count_practices(seen[1]).themes


def test_a_theme_that_was_taken_away_no_longer_finds_it():
    brussels, _, _ = make_centres()
    practice = make_practice(brussels)
    data = {**FRENCH, "made_on": practice.made_on, "themes": ("liaison",)}
    services.change_practice(brussels, practice, data)
    asked = (PracticeFilter(text="evacuatie"), PracticeFilter(text="Verbindungsperson"))
    found = [list_practices(brussels.organisation, one).count() for one in asked]
    assert found == [0, 1]
    assert history_of(practice)[0].fields["about"] == [["evacuation"], ["liaison"]]


def test_whoever_sees_it_may_translate_it_and_it_is_found_in_that_language():
    brussels, hague, dusseldorf = make_centres()
    practice = make_practice(brussels, groups=["BENELUX"])
    services.translate_practice(hague, practice, DUTCH)
    services.translate_practice(hague, practice, {**DUTCH, "title": "Eén gezamenlijke cel"})
    assert words_in(practice, "nl").title == "Eén gezamenlijke cel"
    assert words_in(practice, "de").title == FRENCH["title"]
    assert list(list_practices(hague.organisation, PracticeFilter(text="gezamenlijk", language="nl"))) == [practice]
    with pytest.raises(InvalidInput, match="written in this language"):
        services.translate_practice(hague, practice, FRENCH)
    Practice.objects.filter(pk=practice.pk).update(tlp=TlpLabel.RED)
    with pytest.raises(NotFound):
        services.translate_practice(dusseldorf, practice, DUTCH)


def test_it_is_not_put_into_a_language_into_which_it_was_translated():
    brussels, _, _ = make_centres()
    practice = make_practice(brussels)
    services.translate_practice(brussels, practice, DUTCH)
    with pytest.raises(InvalidInput, match="translation into this language"):
        services.change_practice(brussels, practice, {**DUTCH, "made_on": practice.made_on})


def test_a_reuse_is_told_by_who_reuses_and_seen_by_all_who_see_the_practice():
    brussels, hague, dusseldorf = make_centres()
    practice = make_practice(brussels, groups=["BENELUX"])
    reuse = services.reuse_practice(hague, practice, REUSE)
    later = {**REUSE, "result": ReuseResult.ADAPTED, "note": "Een kleinere zaal."}
    services.change_reuse(hague, reuse, later)
    assert [(one.organisation.code, one.result) for one in practice.reuses.all()] == [("NL-NCC", "adapted")]
    assert history_of(practice)[0].organisation == hague.organisation
    with pytest.raises(NotAllowed, match="Another organisation"):
        services.change_reuse(brussels, reuse, later)
    Practice.objects.filter(pk=practice.pk).update(tlp=TlpLabel.RED)
    with pytest.raises(NotFound):
        services.reuse_practice(dusseldorf, practice, REUSE)
    with pytest.raises(NotFound):
        get_reuse(hague.organisation, reuse.pk, frozenset({hague.organisation.pk}))


def test_what_is_refused():
    brussels, hague, _ = make_centres()
    with pytest.raises(NotAllowed):
        make_practice(make_acting(brussels.organisation, Role.DUTY_OFFICER))
    with pytest.raises(InvalidInput, match="There is no theme"):
        make_practice(brussels, themes=("nothing",))
    practice = make_practice(brussels, groups=["BENELUX"])
    with pytest.raises(NotAllowed):
        services.change_practice(hague, practice, {**FRENCH, "made_on": practice.made_on})
    with pytest.raises(InvalidInput, match="still to come"):
        services.reuse_practice(hague, practice, {**REUSE, "since": datetime.date(2199, 1, 1)})
    with pytest.raises(InvalidInput):
        services.reuse_practice(hague, practice, {**REUSE, "result": ReuseResult.WORKED})
    assert not practice.reuses.exists()
    assert Practice.objects.count() == 1


def test_a_lesson_becomes_a_practice_and_both_say_so():
    brussels, hague, _ = make_centres()
    lesson = make_lesson(brussels)
    practice = make_practice(brussels, source=lesson)
    assert [one.record for one in linked_with(brussels.organisation, lesson)] == [practice]
    with pytest.raises(NotFound):
        make_practice(hague, source=lesson)
