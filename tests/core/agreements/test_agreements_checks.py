"""Is a set of agreements sound? Each check finds what it is for, at its place."""

from __future__ import annotations

from datetime import date

import pytest
from agreement_builders import agreement

from noaber.core.agreements import (
    NOTHING,
    UNKNOWN,
    Authority,
    Confidence,
    Level,
    Remark,
    Scope,
    Source,
    Territories,
    Wording,
)
from noaber.core.agreements.checks import KnownCodes, check_agreements, find_problems
from noaber.core.problems import InvalidInput, Severity

FOUR = Wording(nl="Tekst", fr="Texte", de="Text", en="Text")


def found(*texts, known: KnownCodes | None = None) -> list[tuple[str, str]]:
    return [(problem.where, problem.code) for problem in find_problems(texts, known)]


def sound(identifier: str = "A", **fields):
    return agreement(identifier, **({"title": FOUR} | fields))


def test_a_sound_set_has_no_problems():
    assert found(sound(), sound("B", supplements=("A",), replaces=("The text of 1970",))) == []


@pytest.mark.parametrize(
    ("fields", "where", "code"),
    [
        ({"in_force": date(1999, 1, 1)}, "/A/in_force", "agreements.day-order"),
        ({"in_force": UNKNOWN, "valid_until": date(1999, 1, 1)}, "/A/valid_until", "agreements.day-order"),
        ({"counted_from": date(2001, 1, 1)}, "/A/counted_from", "agreements.counted-from"),
        ({"providers": Territories()}, "/A/providers", "agreements.no-territory"),
        ({"parties": ()}, "/A/parties", "agreements.no-party"),
        ({"sources": (Source(1, "a"), Source(1, "b"))}, "/A/sources", "agreements.source-twice"),
        ({"sources": ()}, "/A/sources", "agreements.no-source"),
        ({"remarks": {"signed": Remark(Confidence.SOURCED, (7,))}}, "/A/remarks/signed/sources", "input.reference"),
        ({"notes": (FOUR, Wording(nl="Alleen"))}, "/A/notes/1", "agreements.languages"),
        ({"border_rule": Wording(fr="Seul")}, "/A/border_rule", "agreements.languages"),
        ({"level": Level.UNION}, "/A/level", "agreements.union-level"),
        ({"parties": ("EU",)}, "/A/level", "agreements.union-level"),
        ({"implements": ("X",)}, "/A/implements", "input.reference"),
        ({"supplements": ("A",)}, "/A/implements", "agreements.circle"),
        ({"replaces": ("A",)}, "/A/replaces", "agreements.circle"),
    ],
)
def test_each_check_finds_what_it_is_for(fields, where, code):
    assert found(sound(**fields)) == [(where, code)]


def test_a_remark_may_suppose_in_one_language_and_is_then_named():
    remarks = {"cost_rule": Remark(Confidence.UNSURE, supposed=Wording(de="Vermutlich frei"))}

    assert found(sound(remarks=remarks)) == [("/A/remarks/cost_rule/supposed", "agreements.languages")]


def test_ids_are_unique_and_circles_are_found_across_texts():
    assert ("/A/id", "input.duplicate") in found(sound(), sound())
    assert found(sound("A", implements=("B",)), sound("B", supplements=("A",))) == [
        ("/A/implements", "agreements.circle"),
        ("/B/implements", "agreements.circle"),
    ]


def test_a_nearer_text_cannot_replace_a_farther_one():
    treaty = sound()

    assert found(treaty, sound("B", level=Level.LOCAL, replaces=("A",))) == [("/B/replaces", "agreements.overreach")]
    assert found(treaty, sound("B", replaces=("A",))) == []
    assert found(sound(level=Level.LOCAL), sound("B", replaces=("A",))) == []


def test_codes_are_looked_up_in_the_lists_that_are_given():
    text = sound(
        help_types=Scope(yes=frozenset({"HCP", "WIZARDS"})),
        hazards=Scope(no=frozenset({"dragons"})),
        requester_roles=(Authority("minister"), Authority("king")),
        granter_roles=(Authority("queen"),),
        channels=("direct", "pigeon"),
    )
    known = KnownCodes(capabilities={"HCP"}, hazards={"flood"}, roles={"minister"}, channels={"direct"})

    assert found(text) == []
    assert [where for where, _ in found(text, known=known)] == [
        "/A/help_types",
        "/A/hazards",
        "/A/requester_roles",
        "/A/granter_roles",
        "/A/channels",
    ]


def test_warnings_pass_and_errors_are_raised_together():
    warned = sound(sources=(), help_types=NOTHING)
    check_agreements([warned])
    assert {problem.severity for problem in find_problems([warned])} == {Severity.WARNING}

    with pytest.raises(InvalidInput) as raised:
        check_agreements([sound(parties=(), providers=Territories())])
    assert len(raised.value.problems) == 2
