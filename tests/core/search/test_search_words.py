"""Stems, and questions made of them: laws of the pure part of the search."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from noaber.core.search.excerpt import cut_excerpt
from noaber.core.search.question import LONGEST_TEXT, MOST_WORDS, read_question
from noaber.core.search.words import LONGEST_WORD, STEMMED, fold, forms_in

LANGUAGES = st.sampled_from((*STEMMED, ""))


def finds(question: str, text: str, language: str) -> bool:
    forms = forms_in(text, language)
    asked = read_question(question)
    return bool(asked) and all(word.is_met_by(forms) for word in asked.words)


@pytest.mark.parametrize(
    ("question", "text", "language"),
    [
        ("overstroming", "Overstromingen langs de Maas", "nl"),
        ("inondation", "les inondations de juillet", "fr"),
        ("evacuation", "Évacuations préventives", "fr"),
        ("Ubung", "Übungen der Nachbarn", "de"),
        ("exercises", "The exercise was held", "en"),
        ("hoogwater", "hoogwaterpompen", "nl"),
        ("Hochwasser", "Hochwasserschutzzentrale", "de"),
        ("contact li", "the contact list", "en"),
        ("pompen", "twee hoogwaterpompen", "nl"),
        ("boten", "reddingsboten", "nl"),
        ("Pumpe", "Hochleistungspumpen", "de"),
        ("Stelle", "die Kontaktstellen", "de"),
        ("coeur", "au cœur de la crise", "fr"),
        ("the bridge", "Bridge closed", "en"),
    ],
)
def test_a_word_is_found_in_its_other_forms(question: str, text: str, language: str) -> None:
    assert finds(question, text, language)


@pytest.mark.parametrize(
    ("question", "text", "language"),
    [
        ("pompen", "hoogwater", "nl"),
        ("hoogwaterpompen", "pompen", "nl"),
        ("stroom", "overstroming", "nl"),
        ("werken", "samenwerking", "nl"),
        ("Stelle", "Bereitstellung", "de"),
        ("Mittel", "übermitteln", "de"),
        ("pompen", "hoogwaterpompen", "fr"),
    ],
)
def test_only_the_end_of_a_compound_of_the_trade_is_cut_off(question: str, text: str, language: str) -> None:
    assert not finds(question, text, language)


@pytest.mark.parametrize(("question", "text"), [("pump", "boat team"), ("boat Venlo", "boat team in Arnhem")])
def test_every_word_must_be_there(question: str, text: str) -> None:
    assert not finds(question, text, "en")


@given(st.text(max_size=60), LANGUAGES)
def test_a_text_is_found_by_its_own_words(text: str, language: str) -> None:
    words = " ".join(text.split()[:MOST_WORDS])[:LONGEST_TEXT]
    if read_question(words):
        assert finds(words, text, language)


@given(st.characters(codec="utf-8"))
@example("\u1d2d")
def test_what_is_folded_stays_as_it_is(sign: str) -> None:
    assert fold(fold(sign)) == fold(sign)


@given(st.text(max_size=60), LANGUAGES)
@example("0\u094d0", "nl")
@example("\u2116 7", "fr")
def test_accents_and_capitals_do_not_matter(text: str, language: str) -> None:
    asked = read_question(fold(text))
    assert not asked or finds(fold(text), unicodedata.normalize("NFD", text), language)


@given(st.text(max_size=400), LANGUAGES)
def test_forms_are_short_words_that_need_no_quoting(text: str, language: str) -> None:
    asked = read_question(text)
    forms = forms_in(text, language).union(*(word.forms | word.beginnings for word in asked.words))
    assert all(form.isalnum() for form in forms)
    assert all(1 <= len(form) <= LONGEST_WORD for form in forms)
    assert not any(set(form) & set("\"'\\:*&|()! \x00") for form in forms)
    assert len(asked.words) <= MOST_WORDS


def test_an_excerpt_shows_the_word_as_it_was_written() -> None:
    text = "Le poste de commandement " * 10 + "a décidé des évacuations préventives " + "des riverains " * 20
    cut = cut_excerpt(text, "fr", read_question("evacuation"))
    assert cut is not None
    assert cut.found == "évacuations"
    assert cut.before.startswith("…")
    assert cut.after.endswith("…")
    assert cut_excerpt(text, "fr", read_question("Hochwasser")) is None
