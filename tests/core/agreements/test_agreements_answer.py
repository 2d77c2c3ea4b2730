"""May this help come here: the rules, one by one, and against the plain oracle."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from agreement_builders import (
    HAZARDS,
    HELPS,
    LATER,
    OWNERS,
    SIGNED,
    agreement,
    days,
    inventories,
    sides,
    territory_codes,
)
from hypothesis import given
from hypothesis import strategies as st

from noaber.core.agreements import (
    EVERYTHING,
    NONE,
    NOTHING,
    UNKNOWN,
    Answer,
    Aspect,
    Authority,
    CostRule,
    Level,
    Match,
    Question,
    Scope,
    Territories,
    Verdict,
    Wording,
    may_help,
    unknown_fields,
)
from noaber.core.agreements.encode import encode_agreements
from oracles.agreements import verdict as plain_verdict
from oracles.agreements import verdict_of_text

ASKED = Question(owner_territory="AA", place_territory="BB", capability="HCP", hazard="flood")


def ask(*texts, on: date = LATER, **changes) -> Answer:
    return may_help(replace(ASKED, **changes), texts, on)


def reasons(basis) -> set[tuple[str, str]]:
    return {(finding.aspect.value, finding.detail) for finding in basis.doubts}


def test_inside_one_country_no_text_is_needed():
    answer = ask(agreement(), place_territory="AA12")

    assert answer.verdict is Verdict.HOME
    assert answer.best is None


def test_a_text_that_covers_everything_says_yes():
    answer = ask(agreement())

    assert answer.verdict is Verdict.YES
    assert answer.best.agreement.id == "A"
    assert answer.best.doubts == ()


def test_without_any_text_the_answer_is_no_text():
    assert ask().verdict is Verdict.NO_TEXT
    assert ask(agreement(**sides("AA", "CC"))).verdict is Verdict.NO_TEXT


def test_sides_may_be_asymmetric():
    one_way = agreement(providers=Territories(("AA",)), receivers=Territories(("BB",)))

    assert ask(one_way).verdict is Verdict.YES
    assert ask(one_way, owner_territory="BB", place_territory="AA").verdict is Verdict.NO_TEXT


def test_a_territory_finer_than_the_place_is_unknown_and_says_so():
    answer = ask(agreement(**sides("AA", "BB11")), place_territory="BB1")

    assert answer.verdict is Verdict.UNKNOWN
    assert reasons(answer.best) == {("receiver", "finer-territory")}


def test_an_extent_that_is_not_established_is_unknown_and_says_so():
    answer = ask(agreement(providers=Territories((), within=("AA",))))

    assert answer.verdict is Verdict.UNKNOWN
    assert reasons(answer.best) == {("provider", "extent-not-established")}


@pytest.mark.parametrize(
    ("scope", "expected"),
    [
        (Scope(yes=frozenset({"HCP"})), Verdict.YES),
        (Scope(yes=frozenset({"AMB"})), Verdict.NO_TEXT),
        (Scope(yes=frozenset({"AMB"}), otherwise=Match.UNKNOWN), Verdict.UNKNOWN),
        (Scope(no=frozenset({"HCP"}), otherwise=Match.YES), Verdict.NO_TEXT),
        (NOTHING, Verdict.NO_TEXT),
    ],
)
def test_the_help_type_decides(scope, expected):
    assert ask(agreement(help_types=scope)).verdict is expected


def test_the_hazard_decides():
    only_flood = agreement(hazards=Scope(yes=frozenset({"flood"})))

    assert ask(only_flood).verdict is Verdict.YES
    assert ask(only_flood, hazard="wildfire").verdict is Verdict.NO_TEXT
    assert ask(only_flood, hazard=None).verdict is Verdict.UNKNOWN


def test_a_declaration_that_gives_no_help_is_named_but_never_says_yes():
    declaration = agreement(help_types=NOTHING, hazards=NOTHING)
    answer = ask(declaration)

    assert not declaration.gives_help
    assert answer.verdict is Verdict.NO_TEXT
    assert [other.agreement.id for other in answer.others] == ["A"]
    assert Aspect.HELP in {finding.aspect for finding in answer.others[0].doubts}


@pytest.mark.parametrize(
    ("fields", "on", "expected"),
    [
        ({}, SIGNED, Verdict.YES),
        ({}, SIGNED - timedelta(days=1), Verdict.NO_TEXT),
        ({"in_force": date(2001, 1, 1)}, date(2000, 12, 31), Verdict.NO_TEXT),
        ({"valid_until": date(2001, 1, 1)}, date(2001, 1, 1), Verdict.YES),
        ({"valid_until": date(2001, 1, 1)}, date(2001, 1, 2), Verdict.NO_TEXT),
        ({"valid_until": UNKNOWN}, LATER, Verdict.YES),
        ({"in_force": UNKNOWN}, SIGNED, Verdict.YES),
        ({"in_force": UNKNOWN}, SIGNED - timedelta(days=1), Verdict.NO_TEXT),
        ({"in_force": UNKNOWN, "counted_from": date(2002, 1, 1)}, date(2001, 12, 31), Verdict.UNKNOWN),
        ({"in_force": UNKNOWN, "counted_from": date(2002, 1, 1)}, date(2002, 1, 1), Verdict.YES),
        ({"in_force": UNKNOWN, "signed": UNKNOWN}, LATER, Verdict.UNKNOWN),
        ({"in_force": UNKNOWN, "signed": UNKNOWN, "counted_from": SIGNED}, LATER, Verdict.YES),
    ],
)
def test_days_decide_and_an_unknown_day_of_force_is_not_a_no(fields, on, expected):
    assert ask(agreement(**fields), on=on).verdict is expected


def test_a_text_counted_without_a_known_day_of_force_keeps_that_field_unknown():
    assert "in_force" in ask(agreement(in_force=UNKNOWN)).best.unknown


def test_a_replaced_text_counts_until_its_successor_does():
    old, new = agreement("OLD"), agreement("NEW", signed=date(2010, 1, 1), in_force=date(2010, 1, 1), replaces=("OLD",))

    assert ask(old, new, on=date(2009, 12, 31)).best.agreement.id == "OLD"
    assert [basis.agreement.id for basis in ask(old, new).bases] == ["NEW"]
    assert reasons(ask(old, new).others[0]) == {("force", "replaced")}


def test_while_it_is_unknown_whether_the_successor_holds_so_is_the_replaced_text():
    signed, counted_from = date(2010, 1, 1), date(2012, 1, 1)
    new = agreement("NEW", replaces=("OLD",), signed=signed, in_force=UNKNOWN, counted_from=counted_from)
    answer = ask(agreement("OLD"), new, on=date(2011, 1, 1))

    assert answer.verdict is Verdict.UNKNOWN
    assert ("force", "replacement-not-established") in reasons(answer.bases[0]) | reasons(answer.bases[1])


@pytest.mark.parametrize(
    ("owner", "expected"),
    [("AA-1", Verdict.YES), ("AA-1-X", Verdict.YES), ("AA-10", Verdict.NO_TEXT), (None, Verdict.UNKNOWN)],
)
def test_a_text_may_name_who_helps(owner, expected):
    assert ask(agreement(provider_organisations=("AA-1",)), owner=owner).verdict is expected


def test_the_union_mechanism_is_its_own_level_and_makes_no_yes():
    union = agreement("UCPM", level=Level.UNION, parties=("EU",), receivers=Territories(("*",)), channels=("ercc",))
    answer = ask(union)

    assert answer.verdict is Verdict.NO_TEXT
    assert answer.bases == ()
    assert [basis.agreement.id for basis in answer.union] == ["UCPM"]
    assert answer.union[0].channels.value == ("ercc",)


def test_texts_are_named_surest_nearest_and_most_special_first():
    doubtful = agreement("DOUBT", level=Level.LOCAL, help_types=Scope(otherwise=Match.UNKNOWN))
    texts = (
        doubtful,
        agreement("MANY", parties=("AA", "BB", "CC")),
        agreement("CARRIES-OUT", implements=("OLD",), signed=date(2010, 1, 1), in_force=date(2010, 1, 1)),
        agreement("OLD"),
        agreement("NEW", signed=date(2005, 1, 1), in_force=date(2005, 1, 1)),
        agreement("REGION", level=Level.REGION),
        agreement("NEAR", level=Level.LOCAL),
    )
    order = ["NEAR", "REGION", "NEW", "OLD", "CARRIES-OUT", "MANY", "DOUBT"]

    assert [basis.agreement.id for basis in ask(*texts).bases] == order
    assert [basis.agreement.id for basis in ask(*reversed(texts)).bases] == order


def test_who_asks_is_of_the_side_of_the_place_and_who_grants_of_the_owners_side():
    roles = (
        Authority("minister", "AA"),
        Authority("governor", "BB"),
        Authority("centre", "BB1", signs=False),
        Authority("prefect", "CC"),
    )
    basis = ask(agreement(requester_roles=roles, granter_roles=roles), place_territory="BB12").best

    assert [authority.role for authority in basis.requesters.value] == ["governor", "centre"]
    assert [authority.role for authority in basis.signers.value] == ["governor"]
    assert [authority.role for authority in basis.granters.value] == ["minister"]


def test_nobody_named_for_a_side_is_unknown():
    basis = ask(agreement(requester_roles=(Authority("minister", "AA"),))).best

    assert basis.requesters.value is UNKNOWN
    assert basis.signers.value is UNKNOWN


def test_a_room_that_only_relays_does_not_sign():
    basis = ask(agreement(requester_roles=(Authority("centre", signs=False),))).best

    assert basis.signers.value is UNKNOWN


def test_a_text_that_carries_another_out_has_its_rules_where_it_sets_none():
    treaty = agreement(
        "TREATY",
        cost_rule=CostRule.PARTLY,
        cost_exceptions=(Wording(en="Aircraft."),),
        liability_rule=UNKNOWN,
        command_rule=Wording(en="The host directs."),
    )
    local = agreement(
        "LOCAL",
        level=Level.LOCAL,
        implements=("TREATY",),
        cost_rule=NONE,
        cost_exceptions=(Wording(en="Foam."),),
        liability_rule=NONE,
        command_rule=Wording(en="Own leaders."),
    )
    basis = ask(treaty, local).bases[0]

    assert (basis.cost_rule.value, basis.cost_rule.by) == (CostRule.PARTLY, "TREATY")
    assert [str(wording) for wording in basis.cost_exceptions.value] == ["Foam.", "Aircraft."]
    assert (str(basis.command_rule.value), basis.command_rule.by) == ("Own leaders.", "LOCAL")
    assert basis.liability_rule.value is UNKNOWN
    assert "liability_rule" in basis.unknown
    assert "liability_rule" not in unknown_fields(local)


def test_rules_come_only_from_a_parent_that_reaches_the_pair():
    elsewhere = agreement("ELSEWHERE", **sides("AA", "CC"), cost_rule=CostRule.FREE)
    here = agreement("HERE", cost_rule=CostRule.REIMBURSED)
    local = agreement("LOCAL", level=Level.LOCAL, implements=("ELSEWHERE", "HERE"), cost_rule=NONE)

    assert ask(elsewhere, here, local).bases[0].cost_rule.by == "HERE"


def test_a_rule_that_nobody_sets_is_none_and_not_unknown():
    basis = ask(agreement(cost_rule=NONE, claim_deadline=NONE)).best

    assert basis.cost_rule.value is NONE
    assert "cost_rule" not in basis.unknown


def test_relations_in_a_circle_end():
    first = agreement("A", implements=("B",), cost_rule=NONE)
    second = agreement("B", implements=("A",), cost_rule=NONE)

    assert ask(first, second).best.cost_rule.value is NONE


def test_unknown_fields_are_listed_in_a_fixed_order():
    text = agreement(in_force=UNKNOWN, receivers=Territories((), within=("BB",)), help_types=EVERYTHING)

    assert unknown_fields(text) == (
        "in_force",
        "receivers",
        "requester_roles",
        "granter_roles",
        "channels",
        "trigger",
        "border_rule",
        "certificate_required",
        "command_rule",
        "cost_rule",
        "liability_rule",
        "claim_deadline",
    )


@given(
    inventories,
    territory_codes,
    territory_codes,
    st.sampled_from(HELPS),
    st.sampled_from(HAZARDS),
    st.one_of(st.none(), st.sampled_from(OWNERS)),
    days,
)
def test_answers_agree_with_the_plain_rules(texts, owner_territory, place_territory, help_type, hazard, owner, on):
    question = Question(
        owner_territory=owner_territory,
        place_territory=place_territory,
        capability=help_type,
        hazard=hazard,
        owner=owner,
    )
    plain = encode_agreements(texts)
    asked = {"from": owner_territory, "to": place_territory, "help": help_type, "hazard": hazard, "owner": owner}

    answer = may_help(question, texts, on)

    assert answer.verdict.value == plain_verdict(plain, asked, on.isoformat())
    for basis in answer.bases + answer.union + answer.others:
        text = next(text for text in plain if text["id"] == basis.agreement.id)
        assert basis.match.name.lower() == verdict_of_text(text, plain, asked, on.isoformat())


@given(inventories, territory_codes, territory_codes, days)
def test_taking_a_text_away_never_makes_help_surer(texts, owner_territory, place_territory, on):
    """Unless the text had replaced another one, which then counts again."""
    question = Question(
        owner_territory=owner_territory, place_territory=place_territory, capability="HCP", hazard="flood"
    )
    order = [Verdict.NO_TEXT, Verdict.UNKNOWN, Verdict.YES]
    whole = may_help(question, texts, on).verdict
    for text in texts:
        if whole is not Verdict.HOME and not text.replaces:
            rest = may_help(question, [other for other in texts if other is not text], on).verdict
            assert order.index(rest) <= order.index(whole)
