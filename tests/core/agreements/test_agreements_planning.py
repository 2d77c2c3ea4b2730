"""The entries of a plan permit what the texts permit among the owners and cases at hand, and nothing else."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from agreement_builders import HAZARDS, HELPS, LATER, OWNERS, agreement, days, inventories, sides, territory_codes
from hypothesis import example, given
from hypothesis import strategies as st

from noaber.core.agreements import (
    NONE,
    NOT_ESTABLISHED,
    UNKNOWN,
    CostRule,
    Level,
    Match,
    Question,
    Scope,
    Territories,
    Verdict,
    Wording,
    may_help,
)
from noaber.core.agreements.approvals import ApprovalAssumption
from noaber.core.agreements.planning import (
    Case,
    Choice,
    Owner,
    PlanningNeed,
    PlanningTexts,
    Reason,
    encode_entry,
    planning_agreements,
)

ALL_LEVELS = tuple(
    ApprovalAssumption(organisation="ME", minutes=30, owner="Planning", as_of=date(1999, 1, 1), level=level)
    for level in Level
)
NEED = PlanningNeed(
    organisation="ME",
    on=LATER,
    owners=(Owner("AA-1", "AA1"),),
    cases=(Case("BB1", "flood"),),
    capabilities=("HCP",),
)
BOTH = frozenset({Choice.UNKNOWN})


def plan(*texts, need: PlanningNeed = NEED, choices=frozenset(), assumptions=ALL_LEVELS) -> PlanningTexts:
    return planning_agreements(texts, assumptions, need, choices=choices)


def permits(entry, owner: Owner, case: Case, capability: str) -> bool:
    """As a planning problem reads an entry (contracts: an inner code begins with the outer one, "*" is any)."""
    return (
        any(owner.territory.startswith(code) for code in entry.providers)
        and any(case.territory.startswith(code) for code in entry.receivers)
        and ("*" in entry.capabilities or capability in entry.capabilities)
        and ("*" in entry.hazards or case.hazard in entry.hazards)
    )


def test_a_sure_text_is_an_entry_with_the_assumed_minutes():
    (entry,) = plan(agreement()).entries

    assert (entry.id, entry.providers, entry.receivers) == ("A", ("AA", "BB"), ("AA", "BB"))
    assert (entry.capabilities, entry.hazards) == (("*",), ("*",))
    assert entry.approval_minutes == 30
    assert entry.assumption.owner == "Planning"
    assert not entry.is_unknown


def test_a_text_without_an_assumption_is_left_out_and_named():
    planned = plan(agreement(), assumptions=())

    assert planned.entries == ()
    assert [(left.agreement.id, left.reason) for left in planned.left_out] == [("A", Reason.NO_ASSUMPTION)]


def test_texts_that_help_no_case_are_not_entries():
    assert plan(agreement(**sides("AA", "CC"))) == PlanningTexts((), ())
    assert plan(agreement(hazards=Scope(yes=frozenset({"wildfire"})))) == PlanningTexts((), ())


def test_unknown_is_an_entry_only_where_it_is_asked_for_and_says_why():
    doubtful = agreement(help_types=NOT_ESTABLISHED)

    assert plan(doubtful).entries == ()
    (entry,) = plan(doubtful, choices=BOTH).entries
    assert entry.is_unknown
    assert entry.id != "A"
    assert [(finding.aspect.value, finding.match) for finding in entry.doubts] == [("help", Match.UNKNOWN)]
    assert (entry.providers, entry.receivers) == (("AA1",), ("BB1",))


def test_a_doubtful_text_never_stands_beside_a_sure_one_for_the_same_pair():
    planned = plan(agreement(), agreement("B", help_types=NOT_ESTABLISHED), choices=BOTH)

    assert [entry.id for entry in planned.entries] == ["A"]


def test_the_union_mechanism_is_planned_with_only_where_it_is_asked_for():
    union = agreement("U", level=Level.UNION, parties=("EU",), receivers=Territories(("*",)))

    assert plan(union).entries == ()
    (entry,) = plan(union, choices=frozenset({Choice.UNION})).entries
    assert (entry.id, entry.receivers) == ("U", ("BB1",))


def test_a_text_that_names_who_helps_does_not_let_a_neighbour_in_the_same_territory_help():
    text = agreement(provider_organisations=("AA-1",))
    neighbour = replace(NEED, owners=(Owner("AA-1", "AA1"), Owner("AA-2", "AA1"), Owner("AA-1", "AA2")))
    planned = plan(text, need=neighbour)

    assert [entry.providers for entry in planned.entries] == [("AA2",)]
    assert [(left.reason, left.territories) for left in planned.left_out] == [(Reason.NOT_SEPARABLE, ("AA1",))]


def test_a_place_known_coarsely_does_not_open_a_finer_one_that_no_text_covers():
    text = agreement(**sides("AA", "BB11"))
    coarse = replace(NEED, cases=(Case("BB1", "flood"),))
    both = replace(NEED, cases=(Case("BB1", "flood"), Case("BB12", "flood")))

    assert [entry.receivers for entry in plan(text, need=coarse, choices=BOTH).entries] == [("BB1",)]
    planned = plan(text, need=both, choices=BOTH)
    assert planned.entries == ()
    assert [left.reason for left in planned.left_out] == [Reason.NOT_SEPARABLE]


def test_an_owner_known_coarsely_does_not_let_a_finer_one_in_under_a_text_that_leaves_it_out():
    """Both are unknown, but under different texts: the first text says no to the finer owner."""
    first = agreement("A", **sides("AA12", "BB"))
    second = agreement("B", **sides("AA11", "BB"), help_types=NOT_ESTABLISHED)
    need = replace(NEED, owners=(Owner("AA-1", "AA1"), Owner("AA-2", "AA11")))
    planned = plan(first, second, need=need, choices=BOTH)

    assert [(entry.agreement.id, entry.providers) for entry in planned.entries] == [("B", ("AA11",))]
    assert [(left.agreement.id, left.territories) for left in planned.left_out] == [("A", ("AA1",))]


def test_an_entry_shows_the_cost_rule_and_channel_that_it_inherits():
    treaty = agreement("T", cost_rule=CostRule.FREE, channels=("phone",))
    other = agreement("O", cost_rule=CostRule.PARTLY, channels=("phone",))
    local = agreement("L", level=Level.LOCAL, implements=("T",), cost_rule=NONE, channels=NONE)
    torn = replace(local, id="M", implements=("T", "O"))

    entries = {entry.id: entry for entry in plan(treaty, other, local, torn).entries}

    assert (entries["L"].cost_rule, entries["L"].channels) == (CostRule.FREE, ("phone",))
    assert (entries["M"].cost_rule, entries["M"].channels) == (UNKNOWN, ("phone",))


def test_an_entry_is_an_item_of_a_problem_file_in_the_readers_language():
    text = agreement(title=Wording(nl="Verdrag", en="Treaty"), channels=("ercc", "paper"), cost_rule=UNKNOWN)
    (entry,) = plan(text).entries

    assert encode_entry(entry, language="nl", channel_names={"ercc": Wording(nl="via het ERCC")}) == {
        "id": "A",
        "providers": ["AA", "BB"],
        "receivers": ["AA", "BB"],
        "capabilities": ["*"],
        "hazards": ["*"],
        "approval": 30,
        "title": "Verdrag",
        "channel": "via het ERCC, paper",
        "cost_rule": "unknown",
        "source": "https://example.org/text",
    }


owners = st.lists(st.builds(Owner, st.sampled_from(OWNERS), territory_codes), min_size=1, max_size=4, unique=True)
cases = st.lists(st.builds(Case, territory_codes, st.sampled_from(HAZARDS)), min_size=1, max_size=3, unique=True)


@given(inventories, owners, cases, days, st.booleans())
@example((agreement(),), [Owner("AA-1", "AA1")], [Case("BB1", "flood")], LATER, True)
def test_entries_permit_what_the_texts_permit_and_nothing_else(texts, owners, cases, on, include_unknown):
    need = replace(NEED, on=on, owners=tuple(owners), cases=tuple(cases), capabilities=HELPS[:2])
    planned = planning_agreements(texts, ALL_LEVELS, need, choices=BOTH if include_unknown else frozenset())
    lost = {territory for left in planned.left_out for territory in left.territories}

    assert len({entry.id for entry in planned.entries}) == len(planned.entries)
    for owner in owners:
        for case in cases:
            for capability in need.capabilities:
                question = Question(
                    owner_territory=owner.territory,
                    place_territory=case.territory,
                    capability=capability,
                    hazard=case.hazard,
                    owner=owner.code,
                )
                answer = may_help(question, texts, on)
                if answer.verdict is Verdict.HOME:
                    continue
                permitting = [entry for entry in planned.entries if permits(entry, owner, case, capability)]
                allowed = {basis.agreement.id: basis.match for basis in answer.bases}
                for entry in permitting:
                    expected = Match.UNKNOWN if entry.is_unknown else Match.YES
                    assert allowed.get(entry.agreement.id) is expected
                    assert not (entry.is_unknown and answer.verdict is Verdict.YES)
                wanted = answer.verdict is Verdict.YES or (answer.verdict is Verdict.UNKNOWN and include_unknown)
                assert bool(permitting) == wanted or (wanted and owner.territory in lost)
