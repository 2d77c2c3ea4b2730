"""Decisions on paper: the extract of one and the register, as the reader sees them."""

from __future__ import annotations

import io
from collections.abc import Callable

import pypdfium2
import pytest
from django.test import Client

from actions_builders import make_action
from meetings_builders import Table, make_decision, make_item
from noaber.apps.accounts.acting import Acting

ClientOf = Callable[[Acting], Client]


def text_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(io.BytesIO(pdf))
    return "\n".join(document[number].get_textpage().get_text_bounded() for number in range(len(document)))


@pytest.mark.parametrize(
    ("language", "title"),
    [("nl", "Besluit D-"), ("fr", "Décision D-"), ("de", "Beschluss D-"), ("en", "Decision D-")],
)
def test_an_extract_in_four_languages(table: Table, client_of: ClientOf, language: str, title: str):
    item = make_item(table.brussels, table.meeting, "Inventory")
    decision = make_decision(table.brussels, table.meeting, item=item, text="The inventory is adopted.")
    action = make_action(table.brussels, came_from=decision, title="Publish it")
    answer = client_of(table.hague).get(f"{decision.get_absolute_url()}extract.pdf", {"language": language})
    text = text_of(answer.content)
    for words in (title, "The inventory is adopted.", "Inventory", table.meeting.title):
        assert words in text
    assert action.number not in text  # it is Brussels' own
    assert action.number in text_of(client_of(table.brussels).get(f"{decision.get_absolute_url()}extract.pdf").content)


def test_a_paper_in_a_language_that_is_none_of_ours_is_not_there(table: Table, client_of: ClientOf):
    decision = make_decision(table.brussels, table.meeting, text="The inventory is adopted.")
    address = f"{decision.get_absolute_url()}extract.pdf"
    for language in ("xx", ""):
        assert client_of(table.hague).get(address, {"language": language}).status_code == 404


def test_who_does_not_see_a_decision_gets_no_extract_and_no_line_of_it(table: Table, client_of: ClientOf):
    hidden = make_item(table.brussels, table.meeting, "Hidden", members_only=True)
    decision = make_decision(table.brussels, table.meeting, item=hidden, text="A hidden thing.")
    make_decision(table.brussels, table.meeting, text="An open thing.")
    observer = client_of(table.dusseldorf)
    assert observer.get(f"{decision.get_absolute_url()}extract.pdf").status_code == 404
    register = text_of(observer.get("/decisions/", {"format": "pdf"}).content)
    assert "An open thing." in register
    assert "A hidden thing." not in register
    assert "A hidden thing." in text_of(client_of(table.hague).get("/decisions/", {"format": "pdf"}).content)
