"""The field that asks for the language of a text, and the mark that tells it."""

from __future__ import annotations

import pytest
from django import forms
from django.utils.translation import override

from noaber.web.written_in import LanguageField, PerhapsWrittenInField, WrittenInField, language_mark


class Written(forms.Form):
    language = WrittenInField()


class Perhaps(forms.Form):
    language = PerhapsWrittenInField()


@pytest.mark.parametrize("reader", ["nl", "fr", "de", "en"])
def test_each_language_is_called_by_its_own_name_whoever_reads(reader: str) -> None:
    with override(reader):
        drawn = str(Written()["language"])
    for code, name in (("nl", "Nederlands"), ("fr", "Français"), ("de", "Deutsch"), ("en", "English")):
        chosen = " selected" if code == reader else ""
        assert f'<option value="{code}"{chosen} lang="{code}">{name}</option>' in drawn


def test_it_is_that_of_the_page_unless_the_writer_says_otherwise() -> None:
    with override("de"):
        for posted, kept in (({}, "de"), ({"language": ""}, "de"), ({"language": "nl"}, "nl")):
            form = Written(posted)
            assert form.is_valid()
            assert form.cleaned_data["language"] == kept
        assert not Written({"language": "xx"}).is_valid()


def test_words_of_no_language_may_stay_without() -> None:
    with override("fr"):
        form = Perhaps({"language": ""})
        assert form.is_valid()
        assert form.cleaned_data["language"] == ""
        assert 'value="" selected>non précisé' in str(Perhaps()["language"])


def test_a_language_that_must_be_said_is_not_guessed() -> None:
    field = LanguageField()
    with pytest.raises(forms.ValidationError):
        field.clean("")


@pytest.mark.parametrize(
    ("language", "reader", "drawn"),
    [
        ("fr", "fr", ""),
        ("fr-BE", "fr", ""),
        ("fr", "nl", '<abbr class="tag" title="Frans">FR</abbr>'),
        ("", "en", '<abbr class="tag" title="Nobody said in which language it is written.">?</abbr>'),
        ("und", "en", '<abbr class="tag" title="Nobody said in which language it is written.">?</abbr>'),
    ],
)
def test_the_mark_is_for_readers_of_another_language(language: str, reader: str, drawn: str) -> None:
    with override(reader):
        assert language_mark(language) == drawn
