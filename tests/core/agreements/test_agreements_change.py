"""A change makes another law of the first and leaves the first as it was; narrowing agrees with the matrix."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from agreement_builders import HAZARDS, HELPS, LATER, agreement, days, inventories, territory_codes
from hypothesis import given, settings
from hypothesis import strategies as st

from noaber.core.agreements import Level, Question, Scope, Verdict, Wording, may_help
from noaber.core.agreements.approvals import ApprovalAssumption, find_assumption
from noaber.core.agreements.basis import unknown_between
from noaber.core.agreements.change import EndedText, Law, NewText, ShorterApproval, apply_change, compare_matrices
from noaber.core.agreements.matrix import Side, help_matrix
from noaber.core.agreements.narrow import Narrowing, narrow_answer
from noaber.core.agreements.tiers import BELOW_UNION

MINE = ApprovalAssumption(organisation="ME", minutes=40, owner="Planner", as_of=date(2024, 1, 1), agreement_id="A")
THEIRS = replace(MINE, organisation="YOU")
LAW = Law((agreement("A"), agreement("B")), (MINE, THEIRS))
NEW = NewText(
    id="NEW",
    title=Wording(en="What would be"),
    level=Level.STATE,
    territories=("AA", "CC"),
    approval_minutes=15,
    capabilities=("HCP",),
)


def change(law: Law, what) -> Law:
    return apply_change(what, law, organisation="ME", owner="Planner", on=LATER)


def asks(law: Law, owner: str, place: str, help_type: str) -> Verdict:
    question = Question(owner_territory=owner, place_territory=place, capability=help_type, hazard="flood")
    return may_help(question, law.texts, LATER).verdict


def minutes(law: Law, text: str) -> float | None:
    found = find_assumption(law.assumptions, agreement(text), organisation="ME", on=LATER)
    return found.minutes if found else None


def test_a_new_text_permits_what_it_names_and_nothing_else():
    after = change(LAW, NEW)

    assert asks(LAW, "AA", "CC", "HCP") is Verdict.NO_TEXT
    assert asks(after, "AA", "CC", "HCP") is asks(after, "CC1", "AA2", "HCP") is Verdict.YES
    assert asks(after, "AA", "CC", "AMB") is asks(after, "BB", "CC", "HCP") is Verdict.NO_TEXT
    assert minutes(after, "NEW") == 15


def test_a_text_that_ends_counts_no_more_and_another_still_does():
    after = change(LAW, EndedText("A"))

    assert asks(after, "AA", "BB", "HCP") is Verdict.YES
    assert asks(change(after, EndedText("B")), "AA", "BB", "HCP") is Verdict.NO_TEXT
    day_before = LATER - timedelta(days=1)
    question = Question(owner_territory="AA", place_territory="BB", capability="HCP", hazard="flood")
    named = [basis.agreement.id for basis in may_help(question, after.texts, day_before).bases]
    assert named == ["A", "B"]


def test_a_shorter_approval_changes_my_minutes_for_that_text_alone():
    after = change(LAW, ShorterApproval("A", 5))

    assert minutes(after, "A") == 5
    assert minutes(LAW, "A") == 40
    assert THEIRS in after.assumptions
    assert after.texts == LAW.texts


@pytest.mark.parametrize("what", [NEW, EndedText("A"), ShorterApproval("A", 5)])
def test_the_law_itself_stays_as_it_is(what):
    before = Law(LAW.texts, LAW.assumptions)
    change(LAW, what)
    assert before == LAW


@settings(max_examples=40)
@given(inventories, inventories, days)
def test_what_differs_between_two_matrices_is_what_differs_between_the_answers(texts, others, on):
    sides = [Side("", (code,)) for code in ("AA1", "BB", "CC12")]

    def matrix(inventory):
        return help_matrix(sides, inventory, capabilities=HELPS[:2], hazards=HAZARDS[:1], on=on)

    before, after = matrix(texts), matrix(others)
    found = compare_matrices(before, after)
    rank = [Verdict.NO_TEXT, Verdict.UNKNOWN, Verdict.YES, Verdict.HOME]
    for row in range(3):
        for column in range(3):
            for help_type in range(2):
                cell = (row, column, help_type, 0)
                was, now = (one.verdict(row, column, capability=help_type) for one in (before, after))
                assert found.better[cell] == (rank.index(now) > rank.index(was))
                assert found.worse[cell] == (rank.index(now) < rank.index(was))
                named = [one.text(row, column, capability=help_type) for one in (before, after)]
                ids = [text.id if text else "" for text in named]
                assert found.other_text[cell] == (was == now and ids[0] != ids[1])


narrowings = st.builds(Narrowing, st.frozensets(st.sampled_from(BELOW_UNION)), st.sampled_from(("", "direct")))
optional = st.sampled_from((None, *HELPS))


@settings(max_examples=80)
@given(inventories, narrowings, territory_codes, territory_codes, optional, st.sampled_from((None, *HAZARDS)), days)
def test_a_narrowed_matrix_says_what_the_narrowed_answers_say(texts, narrowing, owner, place, help_type, hazard, on):
    texts = (replace(texts[0], channels=("direct",)), *texts[1:])
    by_id = {text.id: text for text in texts}
    matrix = help_matrix(
        [Side("", (owner,))],
        texts,
        places=[Side("", (place,))],
        capabilities=[help_type],
        hazards=[hazard],
        on=on,
        counts=lambda text: narrowing.keeps(text, by_id),
    )
    question = Question(owner_territory=owner, place_territory=place, capability=help_type, hazard=hazard)
    answer = narrow_answer(may_help(question, texts, on), narrowing, by_id)

    assert matrix.verdict(0, 0) is answer.verdict
    assert matrix.text(0, 0) == (answer.best.agreement if answer.best else None)
    if answer.best:
        assert unknown_between(answer.best.agreement, by_id, owner, place) == answer.best.unknown


def test_a_text_that_is_set_aside_still_replaces_another():
    old = agreement("OLD", level=Level.LOCAL)
    new = agreement("NEW", replaces=("OLD",), help_types=Scope())
    question = Question(owner_territory="AA", place_territory="BB", capability="HCP", hazard="flood")
    local = Narrowing(frozenset({BELOW_UNION[0]}))

    assert narrow_answer(may_help(question, [old, new], LATER), local, {}).verdict is Verdict.NO_TEXT
