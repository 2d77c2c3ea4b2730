"""What is offered against what is asked, there, kept, promised and in time."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from noaber.core.promises import (
    WEIGHTS,
    Asked,
    Cover,
    Finding,
    Holdings,
    Offered,
    Stock,
    Weight,
    as_told,
    find_hindrances,
    judge,
    judge_order,
    minutes_after,
    propose,
)
from noaber.core.promises import FindingCode as F

NEEDED = datetime(2021, 7, 14, 18, 52, tzinfo=UTC)
BOATS = Asked(line="1", capability="FRB", missing=10, needed_by=NEEDED, useless_after=NEEDED + timedelta(hours=3))
TILBURG = "VR20:HCP"


def stock(unit: str = TILBURG, there: int = 3, *, capability: str = "FRB", **more: int) -> Stock:
    owner = unit.partition(":")[0]
    return Stock(unit=unit, owner=owner, capabilities=frozenset({capability}), there=there, **more)


def cover(minimum: int, free: int, *, owner: str = "VR20", capability: str = "FRB") -> Cover:
    return Cover(owner=owner, capability=capability, minimum=minimum, free=free)


def holding(*stocks: Stock, covers: tuple[Cover, ...] = (), hit: frozenset[str] = frozenset()) -> Holdings:
    return Holdings({one.unit: one for one in stocks}, covers, hit)


def offer(
    quantity: int, unit: str = TILBURG, *, line: str = "1", late: int = 0, accepts: set[F] | None = None
) -> Offered:
    arrival = NEEDED + timedelta(minutes=late)
    return Offered(line=line, quantity=quantity, unit=unit, arrival_at=arrival, accepts=frozenset(accepts or ()))


def codes(found: list[Finding]) -> list[F]:
    return [one.code for one in found]


@pytest.mark.parametrize(
    ("offered", "held", "expected"),
    [
        (offer(3), holding(stock()), []),
        (offer(0), holding(stock()), [F.NO_NUMBER]),
        (offer(-2), holding(stock()), [F.NO_NUMBER]),
        (offer(4), holding(stock()), [F.MORE_THAN_THERE]),
        (offer(11), holding(stock(there=20)), [F.MORE_THAN_ASKED]),
        (offer(11), holding(stock()), [F.MORE_THAN_THERE, F.MORE_THAN_ASKED]),
        (offer(2), holding(stock(promised=2)), [F.PROMISED_ELSEWHERE]),
        (offer(1), holding(stock(promised=3)), [F.PROMISED_ELSEWHERE]),
        (offer(1), holding(stock(promised=2)), []),
        (offer(2), holding(stock(reserved=2)), [F.RESERVED]),
        (offer(1), holding(stock(reserved=2)), []),
        (offer(3), holding(stock(), covers=(cover(1, 3),)), [F.KEPT_AT_HOME]),
        (offer(2), holding(stock(), covers=(cover(1, 3),)), []),
        (offer(1), holding(stock(there=1), covers=(cover(2, 1),)), [F.KEPT_AT_HOME]),
        (offer(3), holding(stock(), covers=(cover(1, 3, owner="VR19"),)), []),
        (offer(3), holding(stock(), covers=(cover(1, 3, capability="HCP"),)), []),
        (offer(1), holding(stock(), hit=frozenset({"VR20"})), [F.OWN_INCIDENT]),
        (offer(1), holding(stock(capability="HCP")), [F.NOT_ABLE]),
        (offer(1, late=1), holding(stock()), [F.LATE]),
        (offer(1, late=180), holding(stock()), [F.LATE]),
        (offer(1, late=181), holding(stock()), [F.OF_NO_USE]),
        (offer(99, ""), holding(stock()), [F.MORE_THAN_ASKED]),
        (offer(5, "VR09:X"), holding(stock()), []),
    ],
)
def test_what_is_found(offered: Offered, held: Holdings, expected: list[F]) -> None:
    assert codes(judge([BOATS], [offered], held)) == expected


def test_nine_of_three_for_one() -> None:
    """The offer that was signed and sent: nine boats of three, to a request for one, one of which stays at home."""
    asked = replace(BOATS, missing=1)
    found = judge([asked], [offer(9)], holding(stock(), covers=(cover(1, 3),)))
    assert [(one.code, one.weight, one.most) for one in found] == [
        (F.MORE_THAN_THERE, Weight.REFUSED, 3),
        (F.MORE_THAN_ASKED, Weight.TO_SAY, 1),
        (F.KEPT_AT_HOME, Weight.TO_SAY, 2),
    ]


def test_an_unknown_deadline_or_arrival_is_neither_late_nor_in_time() -> None:
    without_deadline = replace(BOATS, needed_by=None, useless_after=None)
    assert judge([without_deadline], [offer(1, late=999)], holding(stock())) == []
    assert judge([BOATS], [replace(offer(1), arrival_at=None)], holding(stock())) == []


def test_one_unit_for_two_lines_is_counted_for_both() -> None:
    lines = [BOATS, replace(BOATS, line="2")]
    found = judge(lines, [offer(2), offer(2, line="2")], holding(stock()))
    assert [(one.code, one.offer, one.most) for one in found] == [(F.MORE_THAN_THERE, 1, 1)]


def test_two_units_of_one_owner_share_what_it_keeps() -> None:
    held = holding(stock("VR20:A", 2), stock("VR20:B", 2), covers=(cover(2, 4),))
    found = judge([BOATS], [offer(2, "VR20:A"), offer(1, "VR20:B")], held)
    assert [(one.code, one.unit, one.most) for one in found] == [(F.KEPT_AT_HOME, "VR20:B", 0)]


def test_a_team_that_leaves_is_gone_under_every_capability() -> None:
    both = replace(stock(), capabilities=frozenset({"FRB", "HCP"}))
    found = judge([BOATS], [offer(3)], holding(both, covers=(cover(1, 3, capability="HCP"),)))
    assert codes(found) == [F.KEPT_AT_HOME]
    assert found[0].params["capability"] == "HCP"


def test_the_risk_at_home_must_have_been_looked_at() -> None:
    assert codes(judge([BOATS], [offer(1)], holding(stock()), risk_seen=False)) == [F.RISK_NOT_SEEN]


def test_what_is_said_knowingly_does_not_hinder_and_what_cannot_be_true_does() -> None:
    held = holding(stock(), covers=(cover(3, 3),))
    knowingly = [offer(1, accepts={F.KEPT_AT_HOME}), offer(9, accepts=set(F))]
    found = judge([BOATS], knowingly, held)
    assert [(one.code, one.offer) for one in find_hindrances(found, knowingly)] == [(F.MORE_THAN_THERE, 1)]
    silent = [offer(1)]
    assert codes(find_hindrances(judge([BOATS], silent, held), silent)) == [F.KEPT_AT_HOME]


@pytest.mark.parametrize(("accepts", "hinders"), [(set(), [F.LATE]), ({F.LATE}, []), ({F.OF_NO_USE}, [F.LATE])])
def test_what_comes_late_goes_once_it_is_confirmed(accepts: set[F], hinders: list[F]) -> None:
    late = [offer(1, late=9, accepts=accepts)]
    assert codes(find_hindrances(judge([BOATS], late, holding(stock())), late)) == hinders


@pytest.mark.parametrize(
    ("late", "expected"),
    [(0, []), (-5, []), (1, [F.LATE]), (180, [F.LATE]), (181, [F.OF_NO_USE])],
)
def test_whoever_takes_an_offer_confirms_its_time_alone(late: int, expected: list[F]) -> None:
    """Nine of three, for a line that misses nothing: all that is for the supplier to judge."""
    ordered = [offer(1), offer(9, "VR20:FAR", late=late)]
    found = judge_order([replace(BOATS, missing=0)], ordered)
    assert codes(found) == expected
    assert {(one.offer, one.weight) for one in found} <= {(1, Weight.TO_CONFIRM)}


def test_an_order_without_a_time_or_a_line_confirms_nothing() -> None:
    assert judge_order([BOATS], [replace(offer(1), arrival_at=None)]) == []
    assert judge_order([replace(BOATS, needed_by=None, useless_after=None)], [offer(1, late=99)]) == []
    assert judge_order([], [offer(1, late=99)]) == []


def test_the_word_of_another_is_told_and_never_void() -> None:
    offers = [offer(9)]
    found = as_told(judge([BOATS], offers, holding(stock())))
    assert codes(found) == [F.MORE_THAN_THERE]
    assert find_hindrances(found, offers) == []


def test_a_begun_minute_is_a_minute_late() -> None:
    assert minutes_after(NEEDED + timedelta(seconds=1), NEEDED) == 1
    assert minutes_after(NEEDED, NEEDED) == 0
    assert minutes_after(NEEDED - timedelta(minutes=4, seconds=30), NEEDED) == -4


def at(minutes: int) -> datetime:
    return NEEDED + timedelta(minutes=minutes)


def test_the_answer_begins_with_what_the_plan_thought_of_then_the_nearest_in_time() -> None:
    held = holding(stock("A:1", 2), stock("B:1", 2), stock("C:1", 5), stock("D:1", 5))
    candidates = [("A:1", at(-30)), ("B:1", at(-20)), ("C:1", at(5)), ("D:1", None)]
    asked = replace(BOATS, missing=3)
    assert propose(asked, candidates, {}, held) == {"A:1": 2, "B:1": 1}
    assert propose(asked, candidates, {"B:1": 2, "C:1": 1}, held) == {"B:1": 2, "C:1": 1}
    assert propose(replace(BOATS, missing=9), candidates, {}, held) == {"A:1": 2, "B:1": 2}


def test_a_team_that_its_owner_keeps_is_never_proposed() -> None:
    """Maastricht was filled in, though Zuid-Limburg keeps it at home: not even where the plan thought of it."""
    held = holding(
        stock("VR24:BOATS", 1), stock("VR23:BOATS", 2), stock("VR22:BOATS", 2),
        covers=(cover(1, 1, owner="VR24"),), hit=frozenset({"VR23"}),
    )  # fmt: skip
    candidates = [("VR24:BOATS", at(-40)), ("VR23:BOATS", at(-30)), ("VR22:BOATS", at(-20))]
    assert propose(BOATS, candidates, {"VR24:BOATS": 1}, held) == {"VR22:BOATS": 2}


quantities = st.integers(0, 6)
UNITS = ("A:1", "A:2", "B:1")


@st.composite
def held_teams(draw: st.DrawFn) -> Holdings:
    stocks = [stock(unit, draw(quantities), promised=draw(quantities), reserved=draw(quantities)) for unit in UNITS]
    covers = tuple(
        cover(draw(st.integers(1, 4)), sum(one.free for one in stocks if one.owner == owner), owner=owner)
        for owner in ("A", "B")
    )
    return holding(*stocks, covers=covers, hit=draw(st.sampled_from([frozenset(), frozenset({"B"})])))


arrivals = st.one_of(st.none(), st.integers(-60, 60).map(at))


@given(
    held_teams(),
    st.integers(0, 12),
    st.tuples(arrivals, arrivals, arrivals),
    st.dictionaries(st.sampled_from(UNITS), quantities),
)
def test_nothing_that_is_proposed_needs_a_word(
    held: Holdings, missing: int, coming: tuple[datetime | None, ...], planned: dict[str, int]
) -> None:
    asked = replace(BOATS, missing=missing)
    candidates = list(zip(UNITS, coming, strict=True))
    proposed = propose(asked, candidates, planned, held)
    offers = [
        Offered(line="1", quantity=quantity, unit=unit, arrival_at=dict(candidates)[unit])
        for unit, quantity in proposed.items()
    ]
    found = judge([asked], offers, held)
    assert {one.code for one in found} <= {F.LATE}
    assert all(one.unit in planned for one in found)
    assert sum(proposed.values()) <= missing


@given(held_teams(), st.lists(st.tuples(st.sampled_from(UNITS), st.integers(1, 8)), max_size=5))
def test_what_passes_is_there_once(held: Holdings, chosen: list[tuple[str, int]]) -> None:
    """Nobody sends more of a unit than nobody else has, whatever is accepted knowingly."""
    offers = [replace(offer(quantity, unit), accepts=frozenset(F)) for unit, quantity in chosen]
    if find_hindrances(judge([BOATS], offers, held), offers):
        return
    for unit in UNITS:
        assert sum(one.quantity for one in offers if one.unit == unit) <= held.stocks[unit].left


@given(held_teams(), st.lists(st.tuples(st.sampled_from(UNITS), st.integers(1, 8)), min_size=1, max_size=4))
def test_the_number_that_is_named_mends(held: Holdings, chosen: list[tuple[str, int]]) -> None:
    """The last offer with the number that a finding names is not found so any more."""
    offers = [offer(quantity, unit) for unit, quantity in chosen]
    for one in judge([BOATS], offers, held):
        if one.offer == len(offers) - 1 and one.most:
            mended = [*offers[:-1], replace(offers[-1], quantity=one.most)]
            again = judge([BOATS], mended, held)
            heavier = set(list(WEIGHTS)[: list(WEIGHTS).index(one.code) + 1]) - {
                F.RESERVED,
                F.KEPT_AT_HOME,
                F.MORE_THAN_ASKED,
            }
            assert one.code not in {item.code for item in again if item.offer == one.offer}
            if one.weight is Weight.REFUSED:
                assert not heavier & {item.code for item in again if item.offer == one.offer}
