"""Why each line is there, and what two incidents wanted: against the plain oracle, and laws of what is said."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import Any

import pytest

from core.planning.planning_problems import random_problem
from core.planning.test_planning_oracle import decoded, sent_by
from noaber.core.planning.problem import Pin
from noaber.core.planning.reasons import Cause, Lead, Reason, Tail
from noaber.core.planning.rivals import Ground, Rival
from noaber.core.planning.solve import Study, solve, study
from oracles.plan import Sent, arrival, available, is_allowed, wanted_twice
from soak import seeds

SEEDS = seeds(40)


def studied(seed: int) -> tuple[dict[str, Any], Study]:
    value = random_problem(seed, units=5, incidents=3)
    return value, study(decoded(value))


def may_come(value: dict[str, Any], incident: str, need: str) -> list[tuple[float, str]]:
    """Arrival and unit of those that may come and have a team, the soonest first; in file order where equal."""
    found = [
        (at, place, unit["id"])
        for place, unit in enumerate(value["units"])
        if available(value, unit) and (at := arrival(value, unit["id"], incident, need)) is not None
    ]
    return [(at, unit) for at, _, unit in sorted(found)]


def with_one_more(sent: Sent, reason: Reason, unit: str) -> Sent:
    """The same plan, where one team of `unit` goes in the place of one of the reason's."""
    changed = Counter(sent)
    changed[reason.unit, reason.incident, reason.need] -= 1
    changed[unit, reason.incident, reason.need] += 1
    return dict(changed)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_plan_of_a_study_is_the_plan(seed: int) -> None:
    value, found = studied(seed)
    plan = solve(decoded(value))
    assert (found.plan.assignments, found.plan.objectives) == (plan.assignments, plan.objectives)
    assert [(r.unit, r.incident, r.need) for r in found.reasons] == [
        (line.unit, line.incident, line.need) for line in plan.assignments
    ]


@pytest.mark.parametrize("seed", SEEDS)
def test_what_a_reason_says_is_so(seed: int) -> None:
    value, found = studied(seed)
    sent = sent_by(found.plan)
    within = {(i["id"], n["id"]): n["within"] for i in value["incidents"] for n in i["needs"]}
    for reason, line in zip(found.reasons, found.plan.assignments, strict=True):
        coming = may_come(value, reason.incident, reason.need)
        assert [unit for _, unit in coming].index(reason.unit) + 1 == reason.rank
        assert reason.spare == pytest.approx(within[reason.incident, reason.need] - line.arrival)
        assert reason.leave_by == pytest.approx(within[reason.incident, reason.need] - line.travel)
        assert (reason.spare < 0) == (reason.lead is Lead.LATE)
        check_next(value, sent, reason, line.arrival)
        check_instead(value, sent, reason, line.arrival)


def check_next(value: dict[str, Any], sent: Sent, reason: Reason, at: float) -> None:
    """The next best is the soonest that the rules let come in its place, and that is not there sooner."""
    free = [
        (minutes, unit)
        for minutes, unit in may_come(value, reason.incident, reason.need)
        if unit != reason.unit and minutes >= at and goes_further(value, sent, unit)
    ]
    if reason.next_best is None:
        assert not free
        return
    assert reason.next_later == pytest.approx(free[0][0] - at)
    assert is_allowed(value, with_one_more(sent, reason, reason.next_best))


def goes_further(value: dict[str, Any], sent: Sent, unit: str) -> bool:
    """Whether one more team of a unit may leave, whatever it does there."""
    gone = sum(teams for (one, _, _), teams in sent.items() if one == unit)
    row = next(one for one in value["units"] if one["id"] == unit)
    if gone >= available(value, row):
        return False
    for cover in value["home_cover"]:
        if cover["owner"] != row["owner"] or cover["capability"] not in row["capabilities"]:
            continue
        alike = [u for u in value["units"] if u["owner"] == row["owner"] and cover["capability"] in u["capabilities"]]
        total = sum(available(value, one) for one in alike)
        away = sum(teams for (one, _, _), teams in sent.items() if one in {u["id"] for u in alike})
        if total - away - 1 < min(cover["minimum"], total):
            return False
    return True


def check_instead(value: dict[str, Any], sent: Sent, reason: Reason, at: float) -> None:
    """A sooner unit is named with what really keeps it away."""
    if reason.instead_of is None:
        assert reason.cause is None
        return
    unit = next(one for one in value["units"] if one["id"] == reason.instead_of)
    sooner = arrival(value, unit["id"], reason.incident, reason.need)
    gone: Counter[str] = Counter()
    for (one, where, _), teams in sent.items():
        gone[where] += teams if one == unit["id"] else 0
    assert reason.later is not None
    assert round(reason.later) > 0 or reason.later == pytest.approx(0.5)
    if reason.cause in (Cause.HOME_COVER, Cause.BURDEN):
        assert (unit["id"], reason.incident, reason.need) not in sent
    match reason.cause:
        case Cause.USED:
            assert reason.goes_to is not None
            assert gone[reason.goes_to]
            assert gone.total() == available(value, unit)
        case Cause.HOME_COVER:
            assert gone.total() < available(value, unit)
            assert not goes_further(value, sent, unit["id"])
        case Cause.BURDEN:
            assert goes_further(value, sent, unit["id"])
        case Cause.RESERVED:
            assert unit["quantity"] > 0 == available(value, unit)
        case Cause.NO_TEXT:
            assert (sooner, unit["quantity"] > 0) == (None, True)
        case Cause.EXHAUSTED:
            assert unit["quantity"] == 0
        case _:
            raise AssertionError(reason.cause)
    if reason.cause not in (Cause.NO_TEXT, Cause.EXHAUSTED):
        assert sooner == pytest.approx(at - reason.later)


@pytest.mark.parametrize("seed", SEEDS)
def test_no_two_lines_of_a_need_say_the_same(seed: int) -> None:
    _, found = studied(seed)
    said = Counter((reason.incident, reason.need, reason.said) for reason in found.reasons)
    assert set(said.values()) <= {1}


def test_seven_lines_alike_say_seven_things() -> None:
    units = [unit(f"u{n}", "BE-B", lon=5.0) for n in range(7)]
    found = study(decoded(problem(units, [incident("i0", need(7, within=30))])))
    assert {reason.lead for reason in found.reasons} == {Lead.LATE}
    assert len({reason.said for reason in found.reasons}) == 7


def test_the_last_in_time_says_when_it_must_leave() -> None:
    units = [unit("near", "BE-B", lon=5.79), unit("far", "BE-B", lon=5.0), unit("late", "BE-B", lon=4.0)]
    found = study(decoded(problem(units, [incident("i0", need(2, within=120))])))
    first, last = found.reasons
    assert (first.lead, first.tail, first.stays) == (Lead.NEAREST, Tail.STAYS, 1)
    assert last.lead is Lead.LAST_IN_TIME
    assert last.leave_by == pytest.approx(120 - found.plan.assignments[1].travel)


# rivals


def goes_without(rival: Rival) -> tuple[str, str, str, str | None]:
    return rival.unit, rival.wanted_by, rival.wanted_for, rival.instead


@pytest.mark.parametrize("seed", SEEDS)
def test_what_two_wanted_is_what_trying_everything_says(seed: int) -> None:
    value, found = studied(seed)
    told: Counter[tuple[str, str, str, str | None]] = Counter()
    for rival in found.rivals:
        told[goes_without(rival)] += rival.teams
    assert dict(told) == wanted_twice(value)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_ground_of_rivals_is_so(seed: int) -> None:
    value, found = studied(seed)
    sent = sent_by(found.plan)
    needs = {(i["id"], n["id"]): n for i in value["incidents"] for n in i["needs"]}
    for rival in found.rivals:
        has, lacks = needs[rival.incident, rival.need], needs[rival.wanted_by, rival.wanted_for]
        assert rival.incident != rival.wanted_by
        assert sent[rival.unit, rival.incident, rival.need] >= rival.teams
        assert rival.arrival == pytest.approx(arrival(value, rival.unit, rival.incident, rival.need))
        match rival.ground:
            case Ground.PRIORITY:
                assert has["priority"] < lacks["priority"]
            case Ground.NO_OTHER:
                assert rival.otherwise is None
            case Ground.LATE_OTHERWISE:
                assert rival.otherwise_arrival is not None
                assert rival.arrival <= has["within"] < rival.otherwise_arrival
            case Ground.LESS_LOST:
                assert rival.otherwise_arrival is not None
                assert rival.arrival > has["within"] or rival.otherwise_arrival <= has["within"]
            case Ground.PINNED:
                raise AssertionError("nothing was pinned")


def test_boats_go_where_lives_are_at_stake_and_both_sides_are_named() -> None:
    units = [unit("boat", "BE-B", lon=5.6), unit("far", "BE-B", lon=4.5)]
    first, second = incident("i0", need(1, within=30, priority=2)), incident("i1", need(1, within=30))
    (rival,) = study(decoded(problem(units, [first, second]))).rivals
    assert (rival.unit, rival.incident, rival.wanted_by, rival.instead) == ("boat", "i1", "i0", "far")
    assert rival.ground is Ground.PRIORITY
    assert rival.instead_arrival is not None
    assert rival.instead_arrival > rival.arrival_there


def test_what_an_officer_holds_is_said_to_be_held() -> None:
    units = [unit("boat", "BE-B", lon=5.6)]
    both = problem(units, [incident("i0", need(1, priority=3)), incident("i1", need(1, priority=1))])
    held = replace(decoded(both), pinned=(Pin("boat", "i0", "n0", 1),))
    found = study(held)
    assert [reason.lead for reason in found.reasons] == [Lead.PINNED]
    (rival,) = found.rivals
    assert (rival.ground, rival.wanted_by, rival.instead) == (Ground.PINNED, "i1", None)


def unit(name: str, owner: str, *, lon: float) -> dict[str, Any]:
    return {
        "id": name, "owner": owner, "territory": "BE33", "capabilities": ["BOAT"], "quantity": 1,
        "lon": lon, "lat": 50.6, "mobilisation": 10,
    }  # fmt: skip


def need(quantity: int, *, within: float = 180, priority: int = 1) -> dict[str, Any]:
    return {"id": "n0", "capability": "BOAT", "quantity": quantity, "within": within, "priority": priority}


def incident(name: str, *needs: dict[str, Any]) -> dict[str, Any]:
    return {"id": name, "territory": "BE335", "hazard": "flood", "lon": 5.8, "lat": 50.57, "needs": list(needs)}


def problem(units: list[dict[str, Any]], incidents: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "now": "2021-07-14T18:00:00+02:00", "units": units, "incidents": incidents, "home_cover": [],
        "agreements": [], "reservations": [], "travel": {"model": "estimate", "speed": 60, "detour": 1.3},
    }  # fmt: skip
