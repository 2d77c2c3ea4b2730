"""The gap list asks every question of every pair once, and says what the plain rules say."""

from __future__ import annotations

from collections import Counter
from datetime import date

from agreement_builders import COUNTRIES, HAZARDS, HELPS, LATER, agreement, days, inventories
from hypothesis import given, settings
from hypothesis import strategies as st

from noaber.core.agreements import Kind, Level, Match, Scope, Territories
from noaber.core.agreements.encode import encode_agreement
from noaber.core.agreements.gaps import Nearness, Pair, PairGaps, Way, find_gaps, next_but_one
from noaber.core.agreements.matrix import Side
from noaber.core.agreements.narrow import Narrowing
from noaber.core.agreements.tiers import Tier, tier_of
from noaber.reference import agreements as shipped
from noaber.reference.border_districts import district_borders
from noaber.reference.organisations import load_organisations
from noaber.reference.regions import country_borders, region_borders
from noaber.reference.vocabulary import load_capabilities, load_hazards
from oracles.agreements import verdict

tails = st.text(alphabet="12", max_size=3)
neighbours = st.builds(
    lambda countries, one, other: (countries[0] + one, countries[1] + other), st.permutations(COUNTRIES), tails, tails
)
DIRECTIONS = {Way.THERE: (True,), Way.BACK: (False,), Way.BOTH: (True, False)}


def cells(lacks) -> Counter:
    """Each question of some lacks: whether it goes there, the help, the hazard."""
    return Counter(
        (there, help_type, hazard)
        for lack in lacks
        for there in DIRECTIONS[lack.way]
        for help_type in lack.capabilities
        for hazard in lack.hazards
    )


def ask(pair: Pair, texts, on: date, **more) -> PairGaps:
    [found] = find_gaps([pair], texts, capabilities=HELPS, hazards=HAZARDS, on=on, **more)
    return found


@settings(max_examples=60)
@given(inventories, neighbours, days)
def test_every_question_is_listed_as_the_plain_rules_answer_it(texts, pair, on):
    one, other = pair
    found = ask(Pair(one, other, Nearness.BORDER), texts, on)
    plain = [encode_agreement(text) for text in texts]

    expected: dict[str, Counter] = {"no-text": Counter(), "unknown": Counter(), "yes": Counter()}
    for there, (owner, place) in ((True, (one, other)), (False, (other, one))):
        for help_type in HELPS:
            for hazard in HAZARDS:
                question = {"from": owner, "to": place, "help": help_type, "hazard": hazard, "owner": None}
                expected[verdict(plain, question, on.isoformat())][there, help_type, hazard] += 1
    assert cells(found.missing) == expected["no-text"]
    assert cells(found.unknown) == expected["unknown"]
    assert found.missing_count + found.unknown_count + sum(expected["yes"].values()) == found.asked


def test_helps_that_lack_the_same_are_told_together():
    only_pumps = agreement(
        help_types=Scope(yes=frozenset({"HCP"})),
        hazards=Scope(yes=frozenset({"flood"}), otherwise=Match.UNKNOWN),
        providers=Territories(("AA",)),
        receivers=Territories(("BB",)),
    )
    found = ask(Pair("AA", "BB", Nearness.BORDER), [only_pumps], LATER)

    told = {(lack.way, lack.capabilities, lack.hazards) for lack in found.missing}
    assert told == {(Way.BOTH, ("AMB", "FRB"), HAZARDS), (Way.BACK, ("HCP",), HAZARDS)}
    assert [(lack.way, lack.capabilities, lack.hazards) for lack in found.unknown] == [
        (Way.THERE, ("HCP",), ("wildfire",))
    ]
    assert found.texts == (only_pumps,)
    assert not found.union
    assert not found.is_without_text


def test_a_level_that_is_set_aside_leaves_a_gap():
    texts = [agreement("STATE"), agreement("NEAR", level=Level.LOCAL, help_types=Scope(yes=frozenset({"AMB"})))]
    pair = Pair("AA", "BB", Nearness.BORDER)

    assert ask(pair, texts, LATER).missing == ()
    local = ask(pair, texts, LATER, narrowing=Narrowing(frozenset({Tier.LOCAL})))
    assert [lack.capabilities for lack in local.missing] == [("HCP", "FRB")]


def test_the_union_mechanism_closes_no_gap():
    union = agreement("U", level=Level.UNION, parties=("EU",))
    found = ask(Pair("AA", "BB", Nearness.BORDER), [union], LATER)

    assert found.is_without_text
    assert found.union


def test_benelux_texts_are_those_of_the_three_or_decisions_among_them():
    assert tier_of(agreement(parties=("BE", "NL", "LU"))) is Tier.BENELUX
    assert tier_of(agreement(parties=("BE", "NL"), kind=Kind.DECISION)) is Tier.BENELUX
    assert tier_of(agreement(parties=("BE", "NL"))) is Tier.BILATERAL
    assert tier_of(agreement(parties=("BE", "DE"), kind=Kind.DECISION)) is Tier.BILATERAL
    assert tier_of(agreement(level=Level.LOCAL)) is Tier.LOCAL
    by_tier = {text.id: tier_of(text) for text in shipped()}
    assert {text for text, tier in by_tier.items() if tier is Tier.BENELUX} == {
        "BNL-2006",
        "BNL-AMB-BE-LU-2012",
        "BNL-AMB-BE-LU-2016",
        "BNL-AMB-NL-BE-2009",
        "BNL-NW-2008",
    }


def test_next_but_one():
    assert next_but_one([("A", "B"), ("B", "C"), ("C", "D"), ("A", "C")]) == (("A", "D"), ("B", "D"))


def region_gaps(on: date) -> dict[tuple[str, str], PairGaps]:
    borders = [(border.one, border.other) for border in country_borders()]
    pairs = [Pair(*border, Nearness.BORDER) for border in borders]
    pairs += [Pair(*pair, Nearness.NEXT_BUT_ONE) for pair in next_but_one(borders)]
    found = find_gaps(pairs, shipped(), capabilities=tuple(load_capabilities()), hazards=tuple(load_hazards()), on=on)
    return {(gaps.pair.one, gaps.pair.other): gaps for gaps in found}


def test_the_neighbours_of_the_region_that_have_no_text():
    gaps = region_gaps(date(2024, 6, 24))

    assert {pair for pair, found in gaps.items() if found.is_without_text} == {("FR", "NL")}
    assert {pair for pair, found in gaps.items() if found.unknown} == {("LU", "NL")}
    [doubt] = gaps["LU", "NL"].unknown
    assert "LNO" not in doubt.capabilities
    assert len(doubt.capabilities) == len(load_capabilities()) - 1
    assert [text.id for text in gaps["LU", "NL"].doubtful] == []
    assert all(found.union for found in gaps.values())


def test_the_gaps_of_another_day_are_those_of_that_day():
    before = region_gaps(date(1990, 1, 1))

    assert before["DE", "NL"].texts == ()
    assert before["DE", "NL"].doubtful
    assert not before["DE", "NL"].union
    assert before["FR", "NL"].is_without_text
    assert before["BE", "NL"].missing == ()
    assert not before["DE", "FR"].missing


def test_who_shares_a_border_on_land():
    assert {(border.one, border.other) for border in country_borders()} == {
        ("BE", "DE"),
        ("BE", "FR"),
        ("BE", "LU"),
        ("BE", "NL"),
        ("DE", "FR"),
        ("DE", "LU"),
        ("DE", "NL"),
        ("FR", "LU"),
    }
    touching = {(border.one, border.other) for border in region_borders()}
    assert {
        ("BE3", "NL42"),
        ("BE3", "DEA"),
        ("BE3", "DEB"),
        ("DEA", "NL22"),
        ("FRF", "LU"),
        ("BE2", "NL34"),
    } <= touching
    assert not touching & {("BE2", "DEA"), ("DEA", "NL41"), ("DEB", "NL42"), ("FRE", "NL34"), ("FRE", "LU")}


def test_nothing_at_all_is_a_gap_in_everything():
    found = ask(Pair("AA", "BB", Nearness.NEXT_BUT_ONE), [], LATER)
    assert [(lack.way, lack.capabilities, lack.hazards) for lack in found.missing] == [(Way.BOTH, HELPS, HAZARDS)]


def test_an_organisation_is_asked_with_all_its_territories_and_its_code():
    strip = agreement(id="strip", providers=Territories(("AA1", "BB")), receivers=Territories(("AA1", "BB")))
    named = agreement(
        id="named", providers=Territories(("AA",)), receivers=Territories(("BB",)), provider_organisations=("CORPS",)
    )
    here, there = Side("CORPS", ("AA1", "AA2")), Side("OTHER", ("BB2",))
    pair = Pair("CORPS", "OTHER", Nearness.BORDER)

    def of(text, *sides: Side) -> PairGaps:
        return ask(pair, [text], LATER, organisations={side.code: side for side in sides})

    partly, inside = of(strip, here, there), of(strip, Side("CORPS", ("AA1",)), there)
    assert (partly.missing, inside.missing, inside.unknown) == ((), (), ())
    assert partly.unknown_count == partly.asked
    assert of(strip, Side("CORPS", ("AA2",)), there).is_without_text
    assert {lack.way for lack in of(named, here, there).missing} == {Way.BACK}
    assert of(named, Side("ELSE", ("AA1",)), here, there).texts == of(named, here, there).texts


def test_a_text_of_another_level_is_named_apart():
    state, local = agreement(id="state"), agreement(id="local", level=Level.LOCAL)
    pair = Pair("AA", "BB", Nearness.BORDER)
    only_local = Narrowing(frozenset({Tier.LOCAL}))

    assert ask(pair, [state], LATER).set_aside == ()
    narrowed = ask(pair, [state], LATER, narrowing=only_local)
    assert narrowed.is_without_text
    assert [text.id for text in narrowed.set_aside] == ["state"]
    assert ask(pair, [local, state], LATER, narrowing=only_local).set_aside == ()


NEARER = """
pair                   sure                doubtful
BE-P-WV FR-59          .                   BE-WV-FR-NORD-1999
BE-Z-LG6 DE-EUSKIRCHEN .                   BE-DG-DE-COMMUNES
DE-AACHEN NL-VR24      EMRIC-EUMED         .
DE-HEINSBERG NL-VR24   EMRIC-EUMED         .
BE-P-LG DE-AACHEN      EMRIC-EUMED         .
DE-HEINSBERG NL-VR23   .                   .
DE-KLEVE NL-VR08       .                   KLEVE-GELDERLAND-ZUID
DE-KLEVE NL-VR06       .                   .
BE-P-LX LU-CGDIS       .                   .
FR-57 LU-CGDIS         .                   .
DE-SAARBRUECK FR-57    .                   .
"""


def test_which_districts_at_a_border_have_a_local_or_regional_text_of_their_own():
    known = load_organisations()
    pairs = [Pair(border.one, border.other, Nearness.BORDER) for border in district_borders()]
    found = find_gaps(
        pairs,
        shipped(),
        capabilities=tuple(load_capabilities()),
        hazards=tuple(load_hazards()),
        on=date(2024, 6, 24),
        narrowing=Narrowing(frozenset({Tier.LOCAL, Tier.REGIONAL})),
        organisations={code: Side(code, known[code].territories) for pair in pairs for code in (pair.one, pair.other)},
    )
    by_pair = {f"{gaps.pair.one} {gaps.pair.other}": gaps for gaps in found}

    def ids(texts) -> str:
        return ",".join(text.id for text in texts) or "."

    lines = [line.split() for line in NEARER.strip().splitlines()[1:]]
    assert lines == [
        [one, other, ids(by_pair[f"{one} {other}"].texts), ids(by_pair[f"{one} {other}"].doubtful)]
        for one, other, *_texts in lines
    ]
    assert all(gaps.set_aside or gaps.texts for gaps in found)
