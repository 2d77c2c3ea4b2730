"""The matrix of the region says what the single answers say; sides that say the same as their country are folded."""

from __future__ import annotations

from datetime import date

import pytest

from noaber.apps.mapping.region import RegionMatrix, RegionQuery, fold, region_matrix
from noaber.apps.mapping.sides import Rows, is_national, sides_of
from noaber.core.agreements import Question, Verdict, may_help
from noaber.core.agreements.narrow import EVERY_TEXT, Narrowing, narrow_answer
from noaber.core.agreements.scope import country_of
from noaber.core.agreements.tiers import Tier
from noaber.reference import agreements

ON = date(2024, 6, 24)
SIDES = [side for number, side in enumerate(sides_of(Rows.ALL)) if is_national(side) or number % 3 == 0]
QUESTIONS = [
    RegionQuery("AMB", "mass-casualties", ON, EVERY_TEXT),
    RegionQuery("FIRE-ENG", "fire", ON, Narrowing(frozenset({Tier.LOCAL, Tier.REGIONAL}))),
    RegionQuery(None, None, ON, EVERY_TEXT),
    RegionQuery("HCP", "flood", date(1986, 1, 1), EVERY_TEXT),
    RegionQuery("AMB", None, ON, Narrowing(channel="control-room")),
]


def ask(asked: RegionQuery, sides=SIDES) -> RegionMatrix:
    return region_matrix(sides, agreements(), asked)


@pytest.mark.parametrize("asked", QUESTIONS)
def test_every_cell_says_what_the_single_answer_says(asked: RegionQuery):
    by_id = {text.id: text for text in agreements()}
    for row in ask(asked).rows:
        for cell in row:
            question = Question(
                owner=cell.owner.code,
                owner_territory=cell.owner.territory,
                place_territory=cell.place.territory,
                capability=asked.capability,
                hazard=asked.hazard,
            )
            answer = narrow_answer(may_help(question, agreements(), asked.on), asked.narrowing, by_id)
            assert cell.kind == kind(answer, is_own=cell.owner == cell.place)
            assert cell.text == (answer.best.agreement if answer.best else None)
            assert cell.open_facts == (len(answer.best.unknown) if answer.best else 0)
            assert cell.union == bool(answer.union)


def kind(answer, *, is_own: bool) -> str:
    if is_own:
        return "own"
    match answer.verdict:
        case Verdict.HOME:
            return "home"
        case Verdict.YES:
            return "open" if answer.best.unknown else "complete"
        case Verdict.UNKNOWN:
            return "unknown"
        case _:
            return "missing"


def test_sides_are_folded_exactly_where_they_say_the_same():
    whole = ask(QUESTIONS[0], sides_of(Rows.ALL))
    folded = fold(whole)
    cells = {(cell.owner, cell.place): cell.signature for row in whole.rows for cell in row}

    def say_the_same(one, other) -> bool:
        abroad = [side for side in whole.sides if country_of(side.territory) != country_of(one.territory)]
        return country_of(one.territory) == country_of(other.territory) and all(
            cells[one, side] == cells[other, side] and cells[side, one] == cells[side, other] for side in abroad
        )

    stands_for = {side: first for first, others in folded.folded.items() for side in (first, *others)}
    assert set(stands_for) == set(whole.sides)
    assert all(say_the_same(side, first) for side, first in stands_for.items())
    firsts = list(folded.sides)
    assert not any(say_the_same(one, other) for one in firsts for other in firsts if one != other)
    codes = {side.code for side in firsts}
    assert {"NL-NCC", "NL-VR24", "DE-GMLZ", "DE-HEINSBERG"} <= codes
    assert not codes & {"NL-VR01", "DE-AACHEN"}


def test_the_union_mechanism_makes_no_cell_better():
    matrix = ask(QUESTIONS[3])
    with_union = ask(RegionQuery("HCP", "flood", ON, EVERY_TEXT))

    assert matrix.find("NL-NCC", "DE-GMLZ").kind == "unknown"
    assert with_union.find("NL-NCC", "FR-COGIC").kind == "missing"
    assert with_union.find("NL-NCC", "FR-COGIC").union
    assert not matrix.find("NL-NCC", "FR-COGIC").union
    assert with_union.find("NL-NCC", "NL-NCC") is None
