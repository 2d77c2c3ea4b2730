"""A form that others changed meanwhile: what of it compares, whatever its fields are."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

import pytest
from django import forms
from django.http import QueryDict
from django.utils.text import normalize_newlines

from noaber.web.edits import bring_together, clash, form_status, held, opened_of
from noaber.web.forms import DayInput, MomentField, QuantityInput, RowsInput, Segments

COLOURS = [("", "none"), ("Warm", [("r", "red"), ("y", "yellow")]), ("b", "blue")]


class Everything(forms.Form):
    words = forms.CharField(required=False, widget=forms.Textarea)
    flag = forms.BooleanField(required=False)
    one = forms.ChoiceField(required=False, choices=COLOURS)
    must = forms.ChoiceField(choices=[("x", "first"), ("y", "second")])
    few = forms.ChoiceField(required=False, choices=[("yes", "Yes"), ("no", "No")], widget=Segments)
    many = forms.MultipleChoiceField(required=False, choices=COLOURS, widget=forms.CheckboxSelectMultiple)
    count = forms.IntegerField(required=False, widget=QuantityInput)
    share = forms.DecimalField(required=False)
    day = forms.DateField(required=False, widget=DayInput)
    moment = MomentField(required=False)
    file = forms.FileField(required=False)


EMPTY: dict[str, Any] = {}
FULL: dict[str, Any] = {
    "words": " First line.\nSecond line. ",
    "flag": True,
    "one": "r",
    "must": "y",
    "few": "no",
    "many": ["b", "r", "gone"],
    "count": 7,
    "share": Decimal("12.500"),
    "day": datetime.date(2024, 6, 24),
    "moment": datetime.datetime(2024, 6, 24, 7, 30, 15, tzinfo=datetime.UTC),
}


def sent(initial: dict[str, Any], **changed: list[str]) -> QueryDict:
    """What a browser sends of a form that was opened with these values."""
    form = Everything(initial=initial)
    data = QueryDict(mutable=True)
    for name, values in (held(form) | changed).items():
        data.setlist(name, [value.replace("\n", "\r\n") for value in values])
    data["opened"] = opened_of(form)
    return data


@pytest.mark.parametrize(("mine", "theirs"), [(FULL, EMPTY), (EMPTY, FULL)])
def test_a_form_sent_as_it_was_opened_takes_what_stands_now(mine: dict[str, Any], theirs: dict[str, Any]):
    form = Everything(sent(mine), initial=mine)
    assert bring_together(form, theirs) == ()
    assert form.is_valid(), form.errors
    expected = Everything(sent(theirs), initial=theirs)
    assert expected.is_valid(), expected.errors
    told = [one.cleaned_data | {"words": normalize_newlines(one.cleaned_data["words"])} for one in (form, expected)]
    assert told[0] == told[1]


def test_each_field_that_both_changed_is_asked_and_told_in_words():
    changed = {
        "words": ["Mine"],
        "flag": ["on"],
        "one": ["y"],
        "many": ["b"],
        "count": ["8"],
        "day": ["2024-12-01"],
        "moment": ["2024-12-01T10:00"],
    }
    form = Everything(sent(EMPTY, **changed), initial=EMPTY)
    conflicts = bring_together(form, FULL | {"flag": True})
    assert set(conflicts) == set(changed) - {"flag"}
    told = {name: clash(form, (name,), "", None) for name in conflicts}
    assert (told["one"].mine, told["one"].theirs) == ("yellow", "red")
    assert (told["many"].mine, told["many"].theirs) == ("blue", "blue, red")
    assert (told["day"].mine, told["day"].theirs) == ("1 December 2024", "24 June 2024")
    assert told["moment"].theirs.startswith("24 June 2024")
    assert told["words"].mine == "Mine"
    assert form.cleaned_data["share"] == Decimal("12.500")


def test_line_ends_spaces_and_order_are_no_change():
    data = sent(FULL, words=["First line.\nSecond line."], many=["r", "b"])
    form = Everything(data, initial=FULL)
    assert bring_together(form, EMPTY) == ()
    assert form.cleaned_data["words"] == ""
    assert form.cleaned_data["many"] == []


def test_a_form_without_digests_is_kept_as_it_was_sent():
    data = sent(EMPTY, words=["Mine"])
    del data["opened"]
    form = Everything(data, initial=EMPTY)
    assert bring_together(form, FULL) == ()
    assert form.cleaned_data["words"] == "Mine"
    assert form.cleaned_data["count"] is None


@pytest.mark.parametrize("keep", ["mine", "theirs:", "mine:nothing", "theirs:file", "ours:words", "mine:words"])
def test_a_button_that_was_not_shown_settles_nothing(keep: str):
    data = sent(EMPTY, words=["Mine"])
    data["keep"] = keep
    form = Everything(data, initial=EMPTY)
    assert bring_together(form, FULL) == ("words",)
    assert form.cleaned_data["words"] == "Mine"


def test_the_status_of_a_page_says_what_the_form_is():
    assert form_status(Everything()) == 200
    assert form_status(Everything(QueryDict("must=z"))) == 422


class Teams(forms.Form):
    name = forms.CharField(required=False)
    rows = forms.Field(required=False, widget=RowsInput(("kind", "number"), most=4))


BEGUN = {"name": "Boats", "rows": [{"kind": "boat", "number": "2"}, {"kind": "pump", "number": "1"}]}


def teams(*rows: tuple[str, str]) -> Teams:
    """The form sent with these rows, opened when it stood as `BEGUN`."""
    data = QueryDict(mutable=True)
    data["name"] = "Boats"
    for number, (kind, count) in enumerate(rows):
        data[f"rows-{number}-kind"], data[f"rows-{number}-number"] = kind, count
    data["opened"] = opened_of(Teams(initial=BEGUN))
    return Teams(data, initial=BEGUN)


def test_rows_left_alone_become_those_that_stand_now():
    form = teams(("boat", "2"), ("", ""), ("pump", "1"))
    stands = BEGUN | {"rows": [{"kind": "raft", "number": "5"}]}
    assert bring_together(form, stands) == ()
    assert form.is_valid()
    assert form.cleaned_data["rows"] == stands["rows"]


def test_rows_that_both_changed_stay_as_they_are_here():
    form = teams(("boat", "3"), ("pump", "1"))
    stands = BEGUN | {"rows": [{"kind": "boat", "number": "2"}]}
    assert bring_together(form, stands) == ("rows",)
    assert form.is_valid()
    assert [row["number"] for row in form.cleaned_data["rows"]] == ["3", "1"]


def test_rows_in_another_order_are_the_same():
    form = teams(("pump", "1"), ("boat", "2"))
    assert bring_together(form, BEGUN) == ()
    assert bring_together(teams(("pump", "1"), ("boat", "2")), BEGUN | {"rows": []}) == ()
