"""Every field and question that the notes on the instruments ask for, ticked one by one where people meet it.

What the values are is held in `core/agreements/test_agreements_facts.py`; here, that nothing the notes name is absent
from the data, the page of a text, the form by which a region writes down its own, and two texts side by side.
"""

from __future__ import annotations

from dataclasses import fields
from typing import Any

import pytest

from noaber.apps.accounts.enums import Role
from noaber.apps.registry.forms.local_agreements import PARTS
from noaber.apps.registry.presenters.legal_words import CONFIDENCE, FIELDS
from noaber.core.agreements import NOT_ESTABLISHED, UNKNOWN, Agreement, CostRule, Level, Trigger, unknown_fields
from noaber.core.agreements.comparison import COMPARED_FIELDS
from noaber.reference import agreements

FIELDS_OF_THE_NOTES = (
    *("parties", "level", "signed", "in_force", "replaces", "supplements", "requester_roles", "granter_roles"),
    *("channels", "help_types", "trigger", "border_rule", "certificate_required", "command_rule", "cost_rule"),
    *("cost_exceptions", "liability_rule", "claim_deadline"),
)
WITH_EACH_TEXT = {"source": "sources", "checked_on": "checked", "confidence": "confidence"}
"""What the notes want to know of the reading itself, and the name that it has in the data."""
SUPERSEDES, SUPPLEMENTS = "BE-LU-2015", "NL-BE-1990"
PAGES = ("NL-DE-1988", SUPERSEDES, SUPPLEMENTS)
"""Texts whose pages show every field among them: one with exceptions, one that replaces, one that supplements."""


def test_the_data_have_every_field():
    names = {one.name for one in fields(Agreement)}
    assert {*FIELDS_OF_THE_NOTES, *WITH_EACH_TEXT.values()} <= names


def test_the_values_that_the_notes_name_are_values():
    assert {level.value for level in Level} == {"state", "region", "local", "union"}
    assert {rule.value for rule in CostRule} == {"free", "reimbursed", "partly", "by-arrangement"}
    assert Trigger.OWN_MEANS_INSUFFICIENT in Trigger


@pytest.mark.parametrize("name", FIELDS_OF_THE_NOTES)
def test_a_region_can_write_every_field_down(name: str):
    assert name in {control for _heading, controls in PARTS for control in controls}


@pytest.mark.parametrize("name", WITH_EACH_TEXT)
def test_a_region_says_where_when_and_how_sure_it_read(name: str):
    assert name in {control for _heading, controls in PARTS for control in controls}


@pytest.mark.parametrize("name", FIELDS_OF_THE_NOTES)
def test_two_texts_are_held_side_by_side_in_every_field(name: str):
    assert name in COMPARED_FIELDS


def test_the_pages_of_the_texts_show_every_field_with_its_check(july_2021: None, client_for: Any):
    client = client_for("BE-NCCN", Role.PLANNER)
    pages = " ".join(client.get(f"/agreements/{code}/").content.decode() for code in PAGES)

    absent = [name for name in FIELDS_OF_THE_NOTES if str(FIELDS[name]) not in pages]
    assert absent == ["cost_exceptions"], "they stand with the rule, under its name"
    assert "half of the cost of aircraft" in pages
    assert "checked on" in pages
    assert any(str(words) in pages for words in CONFIDENCE.values())
    assert "https://" in pages


def test_unknown_is_a_value_and_is_shown_as_such(july_2021: None, client_for: Any):
    client = client_for("BE-NCCN")
    pages = {text.id: client.get(f"/agreements/{text.id}/").content.decode() for text in agreements()}
    hidden = {
        text.id
        for text in agreements()
        if pages[text.id].count('class="unk"') < wholly_unknown(text)
        or (wholly_unknown(text) < len(unknown_fields(text)) and "not established" not in pages[text.id])
    }
    assert hidden == set()


def wholly_unknown(text: Agreement) -> int:
    """How many fields say nothing; an extent that is known in part says what, and that the rest is not established."""
    return sum(getattr(text, name) in (UNKNOWN, NOT_ESTABLISHED) for name in unknown_fields(text))


def test_for_a_place_and_a_help_the_answer_says_all_that_the_notes_ask(july_2021: None, client_for: Any):
    """Who may ask whom, by which channel, who signs, who pays, what crosses the border, which text says so."""
    query = {"from-territory": "NL423", "to-territory": "DEA29", "capability": "HCP", "hazard": "flood"}
    page = client_for("BE-NCCN").get("/mapping/matrix/two-places", query)
    answer = page.context["answer"]
    facts = {fact.name: fact for fact in answer.best.facts}

    assert answer.best.code == "NL-DE-1988"
    assert facts["requester_roles"].lines
    assert facts["granter_roles"].lines
    assert facts["channels"].is_unknown
    assert answer.best.signers.lines
    assert answer.best.cost.lines[0].text == "Free of charge: each side bears its own cost."
    assert len(answer.best.cost.lines) == 5
    assert facts["border_rule"].lines
    assert facts["certificate_required"].lines
    assert [text.code for text in answer.union] == ["EU-UCPM-2013"]


def test_where_is_no_text_at_all(july_2021: None, client_for: Any):
    rows = client_for("BE-NCCN").get("/mapping/gaps/").context["rows"]
    assert [row.key for row in rows if row.gaps.is_without_text] == ["FR NL"]
