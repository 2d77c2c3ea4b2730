"""Writing the minutes by their pages: what was not saved, what cannot be kept, and what is sent twice."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from meetings_builders import Table, make_item
from noaber.apps.accounts.acting import Acting
from noaber.apps.meetings import services
from noaber.apps.meetings.models import AgendaItem, MinutesDraft, MinutesRevision
from noaber.apps.meetings.queries import open_conflicts
from noaber.apps.meetings.services.minutes import LONGEST_MINUTES

ClientOf = Callable[[Acting], Client]
HTMX = {"HX-Request": "true"}


@pytest.fixture
def item(table: Table) -> AgendaItem:
    return make_item(table.brussels, table.meeting)


@pytest.fixture
def at(table: Table, item: AgendaItem) -> str:
    return f"{table.meeting.get_absolute_url()}minutes/{item.pk}/"


def said(text: str, once: str = "a-form", **more: str) -> dict[str, str]:
    return {"text": text, "language": "en", "base": "", "once": once} | more


def test_the_same_words_sent_twice_are_one_version_and_others_are_another(table: Table, client_of: ClientOf, at: str):
    hague = client_of(table.hague)
    for text in ("We met.", "We met.", "We met.\nWe agreed."):
        assert hague.post(f"{at}write", said(text), headers=HTMX).status_code == 200
    assert list(MinutesRevision.objects.values_list("text", flat=True)) == ["We met.\nWe agreed.", "We met."]


def test_what_was_not_saved_is_shown_to_its_author_alone(table: Table, client_of: ClientOf, at: str):
    hague, page = client_of(table.hague), f"{table.meeting.get_absolute_url()}minutes/"
    hague.post(f"{at}draft", said("In one window", "one"), headers=HTMX)
    hague.post(f"{at}draft", said("In another", "two"), headers=HTMX)
    shown = hague.get(page).content.decode()
    assert "In one window" in shown
    assert "In another" in shown
    assert "In one window" not in client_of(table.brussels).get(page).content.decode()
    draft = MinutesDraft.objects.get(writing="one")
    opened = hague.get(f"{at}write", {"draft": draft.pk}, headers=HTMX).content.decode()
    assert "In one window</textarea>" in opened
    assert draft.mark in opened
    hague.post(f"{at}leave", {"goes_on": draft.mark})
    assert [one.writing for one in MinutesDraft.objects.all()] == ["two"]


def test_what_was_not_saved_can_be_read_after_the_meeting_is_closed(
    table: Table, client_of: ClientOf, at: str, item: AgendaItem
):
    client_of(table.hague).post(f"{at}draft", said("Not in time"), headers=HTMX)
    table.meeting.state = "closed"
    table.meeting.save()
    shown = client_of(table.hague).get(f"{table.meeting.get_absolute_url()}minutes/").content.decode()
    assert "Not in time" in shown
    assert f"draft={MinutesDraft.objects.get().pk}" not in shown


def test_a_text_that_is_too_long_is_told_and_never_cut(table: Table, client_of: ClientOf, at: str):
    hague, long = client_of(table.hague), "x" * (LONGEST_MINUTES + 1)
    assert "maxlength" not in hague.get(f"{at}write", headers=HTMX).content.decode()
    for where in ("draft", "write"):
        answer = hague.post(f"{at}{where}", said(long), headers=HTMX)
        assert answer.status_code == 422
        assert str(LONGEST_MINUTES) in answer.content.decode().replace(",", "")
    assert 'value="a-form"' in hague.post(f"{at}write", said(long), headers=HTMX).content.decode()


def test_the_breaks_of_a_word_processor_are_line_ends(table: Table, client_of: ClientOf, at: str):
    client_of(table.hague).post(f"{at}write", said("one\x0btwo\x0cthree\r\nfour"), headers=HTMX)
    assert MinutesRevision.objects.get().text == "one\ntwo\nthree\nfour"


def test_a_choice_that_cannot_be_kept_is_shown_again(table: Table, client_of: ClientOf, at: str, item: AgendaItem):
    _outcome, base = services.save_minutes(table.brussels, item, "Of nobody.", language="en", base=None)
    assert base is not None
    services.save_minutes(table.brussels, item, "Of Brussels.", language="en", base=base.pk)
    services.save_minutes(table.hague, item, "Of The Hague.", language="en", base=base.pk)
    (aside,) = open_conflicts([item])
    chosen = {"head": str(AgendaItem.objects.get().head_id), "choice-1": "edit", "text-1": "y" * (LONGEST_MINUTES + 1)}
    answer = client_of(table.hague).post(f"{at}settle/{aside.pk}", chosen)
    assert answer.status_code == 422
    assert "y" * LONGEST_MINUTES in answer.content.decode()
    assert 'value="edit" checked' in answer.content.decode()
    assert open_conflicts([item]) == [aside]
