"""Fields of our own: moments in local time, quantities, choices of few."""

from __future__ import annotations

import datetime
from zoneinfo import ZoneInfo

import pytest
from django import forms
from django.utils import timezone

from noaber.web.forms import DayInput, MomentField, QuantityInput, Segments


class Answer(forms.Form):
    at = MomentField()
    on = forms.DateField(widget=DayInput)
    quantity = forms.IntegerField(widget=QuantityInput(minimum=1, maximum=9))
    answer = forms.ChoiceField(choices=[("a", "Accept"), ("d", "Decline")], widget=Segments(classes={"d": "no"}))


@pytest.fixture(autouse=True)
def in_the_hague():
    with timezone.override(ZoneInfo("Europe/Amsterdam")):
        yield


class Note(forms.Form):
    words = forms.CharField()


@pytest.mark.parametrize(("typed", "named"), [("a\x01b", "U+0001"), ("\x1b[31m", "U+001B"), ("\ufffe", "U+FFFE")])
def test_what_no_file_could_carry_is_refused_by_its_name(typed: str, named: str) -> None:
    assert f"{named} cannot stand in a text" in str(Note({"words": typed}).errors["words"])


@pytest.mark.parametrize("typed", ["tab\tand\nline", "مرحبا \u202eabc", "🚒 crème"])
def test_every_script_and_sign_that_files_carry_is_fit(typed: str) -> None:
    form = Note({"words": typed})
    assert form.is_valid(), form.errors
    assert form.cleaned_data["words"] == typed


def test_a_moment_is_typed_in_local_time() -> None:
    form = Answer({"at": "2021-07-14T18:34", "on": "2021-07-14", "quantity": "2", "answer": "a"})
    assert form.is_valid(), form.errors
    assert form.cleaned_data["at"] == datetime.datetime(2021, 7, 14, 16, 34, tzinfo=datetime.UTC)


def test_a_moment_is_shown_in_local_time() -> None:
    form = Answer(initial={"at": datetime.datetime(2021, 7, 14, 16, 34, tzinfo=datetime.UTC)})
    assert 'type="datetime-local"' in str(form["at"])
    assert 'value="2021-07-14T18:34"' in str(form["at"])


@pytest.mark.parametrize("typed", ["2021-03-28T02:30", "2021-10-31T02:30", "yesterday"])
def test_a_moment_that_is_not_one_is_refused(typed: str) -> None:
    """The first does not exist in The Hague, the second is there twice."""
    assert "at" in Answer({"at": typed}).errors


def test_a_quantity_is_a_number_with_its_bounds() -> None:
    drawn = Answer()["quantity"].as_field_group()
    for part in ('class="input num"', 'inputmode="numeric"', 'min="1"', 'max="9"', 'type="number"'):
        assert part in drawn


def test_segments_mark_what_a_choice_means() -> None:
    drawn = str(Answer({"answer": "d"})["answer"])
    assert drawn.count("<label") == 2
    assert 'class="no" for="id_answer_1"><input type="radio" name="answer" value="d"' in drawn
    assert drawn.count("checked") == 1


def test_a_hidden_field_has_no_label() -> None:
    class Hidden(forms.Form):
        token = forms.CharField(widget=forms.HiddenInput)

    assert str(Hidden()) == '<input type="hidden" name="token" id="id_token">'
