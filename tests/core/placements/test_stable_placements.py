"""The matching is stable by a check that knows no algorithm, and the best of all stable ones for the applicants."""

from __future__ import annotations

import dataclasses
import datetime
import itertools
from collections.abc import Iterator

from hypothesis import given, settings
from hypothesis import strategies as st

from noaber.core.placements.market import Applicant, Level, Market, Period, Place
from noaber.core.placements.reasons import Outcome, explain
from noaber.core.placements.rules import Rule, broken_rules, first_stay
from noaber.core.placements.stable import Fault, Flaw, find_flaws, match

AUTUMN = Period(datetime.date(2025, 9, 1), datetime.date(2025, 11, 30))


def make_place(key: int, *ranked: int, **fields: object) -> Place:
    given: dict[str, object] = {
        "organisation": "SE-MCF",
        "capacity": 1,
        "weeks": 2,
        "periods": (AUTUMN,),
        "languages": {"en": Level.B2},
        "ranked": ranked,
    }
    return Place(key, **given | fields)  # type: ignore[arg-type]


def make_applicant(key: int, *wishes: int, **fields: object) -> Applicant:
    given: dict[str, object] = {
        "organisation": "BE-NCCN",
        "function": "planning",
        "languages": {"en": Level.C1},
        "available": AUTUMN,
        "consented": True,
        "wishes": wishes,
    }
    return Applicant(key, **given | fields)  # type: ignore[arg-type]


def make_market(*records: Place | Applicant) -> Market:
    places = {one.key: one for one in records if isinstance(one, Place)}
    return Market(places, {one.key: one for one in records if isinstance(one, Applicant)})


@st.composite
def markets(draw: st.DrawFn, most: int = 6) -> Market:
    """Incomplete lists, capacities, refusals, people who do not speak the language."""
    places = range(1, draw(st.integers(1, most)) + 1)
    applicants = range(1, draw(st.integers(1, most)) + 1)
    records: list[Place | Applicant] = []
    for key in applicants:
        wishes = draw(st.lists(st.sampled_from(places), unique=True))
        level = draw(st.sampled_from([Level.B1, Level.C1, Level.C1]))
        records.append(make_applicant(key, *wishes, languages={"en": level}))
    for key in places:
        ranked = draw(st.lists(st.sampled_from(applicants), unique=True))
        records.append(make_place(key, *ranked, capacity=draw(st.integers(1, 3))))
    return make_market(*records)


@given(markets())
def test_the_matching_is_stable(market: Market):
    assert find_flaws(market, match(market)) == []


def all_stable(market: Market) -> Iterator[dict[int, int]]:
    """Every stable matching, by trying everything."""
    keys = sorted(market.applicants)
    for chosen in itertools.product([None, *sorted(market.places)], repeat=len(keys)):
        pairs = {key: place for key, place in zip(keys, chosen, strict=True) if place is not None}
        if not find_flaws(market, pairs):
            yield pairs


@settings(max_examples=40)
@given(markets(most=4))
def test_no_stable_matching_gives_any_applicant_more(market: Market):
    ours = match(market)
    for other in all_stable(market):
        assert ours.keys() == other.keys()  # the same people are placed in every stable matching
        for key, place in other.items():
            wishes = market.applicants[key].wishes
            assert wishes.index(ours[key]) <= wishes.index(place)


@given(markets(), st.randoms(use_true_random=False))
def test_the_order_of_reading_changes_nothing(market: Market, random: object):
    places, applicants = list(market.places.items()), list(market.applicants.items())
    random.shuffle(places)  # type: ignore[attr-defined]
    random.shuffle(applicants)  # type: ignore[attr-defined]
    other = Market(dict(places), dict(applicants))
    assert match(other) == match(market)
    assert other.digest() == market.digest()
    assert Market.decode(market.encode()) == market


@given(markets())
def test_each_wish_has_one_reason_and_the_better_ones_say_why_not(market: Market):
    pairs = match(market)
    for one in market.applicants.values():
        told = explain(market, pairs, one)
        assert [wish.place for wish in told] == list(one.wishes)
        given_to = [wish.place for wish in told if wish.outcome == Outcome.GIVEN]
        assert given_to == [pairs[one.key]] if one.key in pairs else not given_to


def test_a_filled_wish_is_told_from_a_refused_one():
    market = make_market(
        make_place(1, 1, 2), make_place(2, 2), make_place(3, refused=(2,)),
        make_applicant(1, 1), make_applicant(2, 3, 1, 2),
    )  # fmt: skip
    pairs = match(market)
    assert pairs == {1: 1, 2: 2}
    outcomes = [wish.outcome for wish in explain(market, pairs, market.applicants[2])]
    assert outcomes == [Outcome.REFUSED, Outcome.FILLED, Outcome.GIVEN]


def test_a_pair_that_would_rather_have_each_other_is_found():
    market = make_market(make_place(1, 1, 2), make_place(2, 1, 2), make_applicant(1, 1, 2), make_applicant(2, 1, 2))
    assert find_flaws(market, {1: 2, 2: 1}) == [Flaw(1, 1, Fault.BLOCKED)]
    assert find_flaws(market, {1: 1, 2: 1}) == [Flaw(2, 1, Fault.FULL)]


def test_every_broken_rule_is_named():
    place = make_place(1, functions=("duty",), organisation="BE-NCCN", weeks=4)
    november = Period(datetime.date(2025, 11, 10), datetime.date(2025, 12, 31))
    one = make_applicant(1, 1, languages={"en": Level.B1}, available=november, consented=False)
    assert broken_rules(one, place) == tuple(Rule)
    assert broken_rules(make_applicant(1, 1), make_place(1)) == ()


def test_one_language_of_work_is_enough():
    place = make_place(1, languages={"sv": Level.B1, "en": Level.B2})
    assert broken_rules(make_applicant(1, languages={"sv": Level.B1}), place) == ()
    assert broken_rules(make_applicant(1, languages={"sv": Level.A2, "fr": Level.C2}), place) == (Rule.LANGUAGE,)


def test_the_stay_is_the_first_that_fits_whole():
    early = Period(datetime.date(2025, 9, 1), datetime.date(2025, 9, 10))
    place = dataclasses.replace(make_place(1), periods=(AUTUMN, early))
    one = make_applicant(1, available=Period(datetime.date(2025, 9, 8), datetime.date(2025, 12, 31)))
    assert first_stay(one, place) == Period(datetime.date(2025, 9, 8), datetime.date(2025, 9, 21))
    assert first_stay(dataclasses.replace(one, available=early), place) is None
