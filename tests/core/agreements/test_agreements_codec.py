"""Agreements as JSON: written and read back the same; what is wrong is told at its place."""

from __future__ import annotations

import json

import pytest
from agreement_builders import agreement, agreements
from hypothesis import given

from noaber.core.agreements import EVERYTHING, NOT_ESTABLISHED, UNKNOWN, Match, Scope, Territories
from noaber.core.agreements.decode import decode_agreement, decode_agreements
from noaber.core.agreements.encode import encode_agreement, encode_agreements
from noaber.core.problems import InvalidInput
from noaber.reference import agreements as shipped


def encoded(**changes) -> dict:
    return encode_agreement(agreement()) | changes


def problems_of(value: object) -> list[tuple[str, str]]:
    with pytest.raises(InvalidInput) as raised:
        decode_agreement(value)
    return [(problem.where, problem.code) for problem in raised.value.problems]


@given(agreements())
def test_what_is_written_is_read_back_the_same(text):
    assert decode_agreement(json.loads(json.dumps(encode_agreement(text)))) == text


def test_the_shipped_texts_survive_a_round_trip():
    assert decode_agreements(json.loads(json.dumps(encode_agreements(shipped())))) == shipped()


@pytest.mark.parametrize(
    ("written", "scope"),
    [
        ("*", EVERYTHING),
        ("unknown", NOT_ESTABLISHED),
        (["HCP", "AMB"], Scope(yes=frozenset({"HCP", "AMB"}))),
        ([], Scope()),
        ({"no": ["HCP"], "otherwise": "yes"}, Scope(no=frozenset({"HCP"}), otherwise=Match.YES)),
    ],
)
def test_a_scope_may_be_written_short(written, scope):
    assert decode_agreement(encoded(help_types=written)).help_types == scope


def test_territories_may_be_written_short():
    assert decode_agreement(encoded(providers=["NL", "BE336"])).providers == Territories(("NL", "BE336"))


def test_a_field_that_is_left_out_is_unknown():
    short = encoded()
    del short["cost_rule"], short["signed"]
    read = decode_agreement(short)

    assert read.cost_rule is UNKNOWN
    assert read.signed is UNKNOWN


@pytest.mark.parametrize(
    ("changes", "where", "code"),
    [
        ({"level": "planet"}, "/level", "input.type"),
        ({"level": ["state"]}, "/level", "input.type"),
        ({"signed": "14-11-1984"}, "/signed", "input.type"),
        ({"signed": None}, "/signed", "input.type"),
        ({"signed": 19841114}, "/signed", "input.type"),
        ({"counted_from": "unknown"}, "/counted_from", "input.type"),
        ({"providers": "NL"}, "/providers", "input.type"),
        ({"providers": ["nl"]}, "/providers/0", "input.type"),
        ({"providers": {"codes": ["NL"], "near": []}}, "/providers/near", "input.unknown-key"),
        ({"parties": [""]}, "/parties/0", "input.type"),
        ({"title": {}}, "/title", "input.type"),
        ({"title": {"it": "Accordo"}}, "/title/it", "input.unknown-key"),
        ({"title": {"en": " "}}, "/title/en", "input.type"),
        ({"border_rule": "free"}, "/border_rule", "input.type"),
        ({"help_types": {"yes": ["A"], "no": ["A"]}}, "/help_types", "agreements.code-twice"),
        ({"help_types": {"otherwise": "maybe"}}, "/help_types/otherwise", "input.type"),
        ({"help_types": {"otherwise": []}}, "/help_types/otherwise", "input.type"),
        ({"requester_roles": [{"signs": True}]}, "/requester_roles/0", "input.missing"),
        ({"requester_roles": [{"role": "x", "signs": 1}]}, "/requester_roles/0/signs", "input.type"),
        ({"sources": [{"number": True, "address": "x"}]}, "/sources/0/number", "input.type"),
        ({"sources": [{"number": 0, "address": "x"}]}, "/sources/0/number", "input.type"),
        ({"remarks": {"colour": {"confidence": "ours"}}}, "/remarks/colour", "input.unknown-key"),
        ({"remarks": {"signed": {}}}, "/remarks/signed", "input.missing"),
        ({"a/b~c": 1}, "/a~1b~0c", "input.unknown-key"),
    ],
)
def test_what_is_wrong_is_told_at_its_place(changes, where, code):
    assert problems_of(encoded(**changes)) == [(where, code)]


def test_all_problems_are_told_together():
    wrong = encoded(level="planet", cost_rule="cheap", channels=["direct", 3])
    del wrong["id"]

    assert problems_of(wrong) == [
        ("", "input.missing"),
        ("/level", "input.type"),
        ("/channels/1", "input.type"),
        ("/cost_rule", "input.type"),
    ]


@pytest.mark.parametrize("value", [None, [], "text", 3, True])
def test_what_is_no_object_is_no_agreement(value):
    assert problems_of(value) == [("", "input.type")]


def test_problems_of_a_list_are_told_together():
    with pytest.raises(InvalidInput) as raised:
        decode_agreements([encoded(level="planet"), encoded(), 3], "/agreements")

    assert [problem.where for problem in raised.value.problems] == ["/agreements/0/level", "/agreements/2"]
    assert "planet" in str(raised.value)
