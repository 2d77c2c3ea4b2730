"""The matrix of many pairs says what the single answers say, and fast."""

from __future__ import annotations

from time import perf_counter

from agreement_builders import (
    COUNTRIES,
    HAZARDS,
    HELPS,
    LATER,
    OWNERS,
    agreement,
    days,
    inventories,
    sides,
    territory_codes,
)
from hypothesis import given, settings
from hypothesis import strategies as st

from noaber.core.agreements import NOT_ESTABLISHED, Question, Verdict, may_help
from noaber.core.agreements.matrix import Side, help_matrix
from noaber.reference import agreements as shipped

codes = st.one_of(st.just(""), st.sampled_from(OWNERS))
one_territory = st.builds(lambda code, territory: Side(code, (territory,)), codes, territory_codes)


@settings(max_examples=50)
@given(inventories, st.lists(one_territory, max_size=3), st.lists(one_territory, max_size=3), days)
def test_cells_agree_with_the_single_answers(texts, owners, places, on):
    matrix = help_matrix(owners, texts, places=places, capabilities=HELPS[:2], hazards=HAZARDS, on=on)

    for row, owner in enumerate(owners):
        for column, place in enumerate(places):
            for capability, help_type in enumerate(matrix.capabilities):
                for danger, hazard in enumerate(matrix.hazards):
                    question = Question(
                        owner_territory=owner.territories[0],
                        place_territory=place.territories[0],
                        capability=help_type,
                        hazard=hazard,
                        owner=owner.code or None,
                    )
                    answer = may_help(question, texts, on)
                    cell = {"capability": capability, "hazard": danger}
                    assert matrix.verdict(row, column, **cell) is answer.verdict
                    assert matrix.text(row, column, **cell) == (answer.best.agreement if answer.best else None)


def test_without_places_the_owners_are_the_columns():
    matrix = help_matrix(
        [Side("AA", ("AA",)), Side("BB", ("BB",))], [agreement()], capabilities=["HCP"], hazards=["flood"], on=LATER
    )

    assert [[matrix.verdict(row, column) for column in range(2)] for row in range(2)] == [
        [Verdict.HOME, Verdict.YES],
        [Verdict.YES, Verdict.HOME],
    ]


def test_an_organisation_with_several_territories_is_covered_where_all_of_them_are():
    owners = [Side("ALL", ("AA1", "AA2")), Side("PART", ("AA1", "AA3")), Side("NONE", ("AA3",)), Side("NOWHERE", ())]
    text = agreement(**sides("AA1", "AA2", "BB"))
    matrix = help_matrix(owners, [text], places=[Side("", ("BB",))], capabilities=["HCP"], hazards=["flood"], on=LATER)

    assert [matrix.verdict(row, 0) for row in range(4)] == [
        Verdict.YES,
        Verdict.UNKNOWN,
        Verdict.NO_TEXT,
        Verdict.NO_TEXT,
    ]


def test_a_doubtful_text_is_named_only_where_no_sure_one_is():
    doubtful = agreement("DOUBT", help_types=NOT_ESTABLISHED, parties=("AA",))
    sure = agreement("SURE", **sides("AA", "BB1"))
    matrix = help_matrix(
        [Side("", ("AA",))],
        [doubtful, sure],
        places=[Side("", ("BB1",)), Side("", ("BB2",))],
        capabilities=["HCP"],
        hazards=["flood"],
        on=LATER,
    )

    assert [matrix.text(0, column).id for column in range(2)] == ["SURE", "DOUBT"]
    assert [matrix.verdict(0, column) for column in range(2)] == [Verdict.YES, Verdict.UNKNOWN]


def test_forty_by_forty_by_forty_in_a_blink():
    owners = [Side(f"{country}-{number}", (f"{country}{number % 9}",)) for country in COUNTRIES for number in range(14)]
    owners += [Side(country, (country,)) for country in ("BE", "NL", "LU", "DE", "FR")]
    began = perf_counter()
    matrix = help_matrix(
        owners[-40:], shipped(), capabilities=[f"C{number}" for number in range(40)], hazards=["flood"], on=LATER
    )

    assert matrix.codes.shape == (40, 40, 40, 1)
    assert perf_counter() - began < 0.3
