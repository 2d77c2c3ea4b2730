"""What would help most, against making the plan anew from the changed file."""

from __future__ import annotations

import copy
import json
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from core.planning.planning_problems import NOW, random_problem, simple_problem
from noaber.core.planning.decode import decode_problem
from noaber.core.planning.helps import Extras, Gain, Help, Reached, Thing, changed, reached, things_of, what_helps
from noaber.core.planning.problem import Agreement, Exclusion, Pin, Problem
from noaber.core.planning.solve import solve
from soak import seeds

SEEDS = seeds(20)


def decoded(value: dict[str, Any]) -> Problem:
    return decode_problem(json.dumps(value).encode())


def with_thing(value: dict[str, Any], thing: Thing) -> dict[str, Any]:
    """The problem file with that thing, written by hand; None of `helps` is used."""
    other = copy.deepcopy(value)
    incidents = {one["id"]: one for one in other["incidents"]}
    match thing.kind:
        case Help.TEAM:
            place = incidents[thing.incident]
            (code,) = [one["capability"] for one in place["needs"] if one["id"] == thing.need]
            here = {"territory": place["territory"], "lon": place["lon"], "lat": place["lat"], "mobilisation": 0}
            unit = {"id": "more", "owner": "MORE", "capabilities": [code], "quantity": 1, **here}
            other["units"].append(unit)
            other["travel"]["minutes"]["more"] = {thing.incident: 0}
        case Help.APPROVAL:
            for one in other["agreements"]:
                one["approval"] = 0 if one["id"] == thing.name else one["approval"]
        case Help.HOME_COVER:
            owned = [unit for unit in other["units"] if unit["owner"] == thing.name]
            there = sum(available(other, unit) for unit in owned if thing.capability in unit["capabilities"])
            rows = [r for r in other["home_cover"] if (r["owner"], r["capability"]) == (thing.name, thing.capability)]
            stay = min(there, max(row["minimum"] for row in rows))
            for row in rows:
                row["minimum"] = min(row["minimum"], stay - 1)
        case Help.RESERVED:
            other["reservations"] = [
                one for one in other["reservations"] if one["unit"] != thing.name or not holds(one)
            ]
        case Help.TEXT:
            text = {"id": "new", "providers": [thing.name], "capabilities": [thing.capability], "hazards": ["*"]}
            receivers = [one["territory"] for one in other["incidents"]]
            other["agreements"].append(text | {"receivers": receivers, "approval": 0})
        case _:
            raise AssertionError(thing.kind)
    return other


def holds(reservation: dict[str, Any]) -> bool:
    begins, at, ends = (datetime.fromisoformat(text) for text in (reservation["from"], NOW, reservation["to"]))
    return begins <= at < ends


def available(value: dict[str, Any], unit: dict[str, Any]) -> int:
    held = sum(one["quantity"] for one in value["reservations"] if one["unit"] == unit["id"] and holds(one))
    return max(0, unit["quantity"] - held)


def for_its_need_only(problem: Problem, thing: Thing) -> Problem:
    """One more team goes to the need that it is for, and to no other of the incident."""
    if thing.kind is not Help.TEAM:
        return problem
    needs = next(one.needs for one in problem.incidents if one.id == thing.incident)
    others = [Exclusion("more", thing.incident, need.id) for need in needs if need.id != thing.need]
    return replace(problem, excluded=tuple(others))


def figures(problem: Problem) -> tuple[float, float]:
    found = solve(problem, explanation_work=0).objectives
    return found.unmet, found.late


@pytest.mark.parametrize("seed", SEEDS)
def test_each_thing_saves_what_the_plan_made_anew_says_and_nothing_saves_more(seed: int) -> None:
    value = random_problem(seed, incidents=3, whole_minutes=True)
    problem = decoded(value)
    unmet, late = figures(problem)
    found = what_helps(problem)
    if found.is_complete:
        assert unmet == 0
        assert late == pytest.approx(0)
        return
    best = {}
    for thing in things_of(problem, Extras()):
        other = changed(problem, thing, Extras())
        new_unmet, new_late = figures(for_its_need_only(decoded(with_thing(value, thing)), thing))
        assert figures(other) == pytest.approx((new_unmet, new_late), abs=1e-6)
        best[thing] = urgent(problem, other, thing), unmet - new_unmet, late - new_late
    assert (found.tried, found.left) == (len(best), 0)
    for one in found.helping:
        assert (one.urgent, one.unmet, one.late) == pytest.approx(best[one.thing], abs=1e-6)
    better = [saved for saved in best.values() if saved[1] > 0 or (saved[1] == 0 and saved[2] > 1)]
    assert [(one.urgent, one.unmet, one.late) for one in found.helping[:1]] == [
        pytest.approx(max(saved), abs=1e-6) for saved in [better] if saved
    ]


def urgent(problem: Problem, other: Problem, thing: Thing) -> int:
    """Teams in time beyond those before, by weight."""
    before, after = counted(problem), counted(other)
    if thing.kind is Help.TEAM:
        after[thing.incident, thing.need][0] += 1
    weights = {(one.id, need.id): need.weight for one in problem.incidents for need in one.needs}
    return sum(weights[place] * (after[place][0] - before[place][0]) for place in before)


@pytest.mark.parametrize("seed", SEEDS)
def test_what_is_gained_is_counted_from_the_two_plans(seed: int) -> None:
    problem = decoded(random_problem(seed, incidents=3, whole_minutes=True))
    found = what_helps(problem)
    assert found.before == reached(problem, solve(problem, explanation_work=0))
    for one in found.helping:
        other = changed(problem, one.thing, Extras())
        after = counted(other)
        if one.thing.kind is Help.TEAM:
            after[one.thing.incident, one.thing.need][0] += 1
        before = counted(problem)
        told = {gain.place: [gain.in_time, gain.missing] for gain in one.gains}
        for place, (in_time, missing) in after.items():
            expected = [in_time - before[place][0], missing - before[place][1]]
            assert told.get(place, [0, 0]) == expected
        assert one.in_time == sum(gain[0] for gain in told.values())


def counted(problem: Problem) -> dict[tuple[str, str], list[int]]:
    """Teams in time and missing, by need."""
    plan = solve(problem, explanation_work=0)
    found = {}
    for incident in problem.incidents:
        for need in incident.needs:
            lines = [one for one in plan.assignments if (one.incident, one.need) == (incident.id, need.id)]
            in_time = sum(one.quantity for one in lines if one.arrival <= need.within)
            found[incident.id, need.id] = [in_time, need.quantity - sum(one.quantity for one in lines)]
    return found


def things(problem: Problem, extras: Extras | None = None) -> list[Thing]:
    return [one.thing for one in what_helps(problem, extras).helping]


def test_one_more_pump_is_wanted_where_it_brings_most_and_told_by_what_it_brings() -> None:
    """The first need is served late; one more in time serves it, and the other goes to the second."""
    units = [{"id": "pump", "minutes": 60}]
    value = simple_problem(units, [{"within": 30}, {"within": 30, "priority": 3}])
    (best,) = what_helps(decoded(value)).helping
    assert best.thing == Thing(Help.TEAM, "C", "", "i", "n0")
    assert best.in_time == 1
    assert best.gains == (
        Gain(("i", "n0"), Reached(late=1, last=30, late_minutes=30, late_units=("pump",)), Reached(in_time=1)),
        Gain(("i", "n1"), Reached(missing=1), Reached(late=1, last=30, late_minutes=30, late_units=("pump",))),
    )


def test_what_is_in_the_way_is_named_and_the_rest_is_not() -> None:
    """One pump stays at home, one is held by an event, one waits for its approval, one has no text."""
    abroad = {"territory": "DEA2", "owner": "D", "capabilities": ["C"]}
    units = [
        {"id": "kept", "owner": "H"},
        {"id": "held", "owner": "R"},
        {"id": "slow", **abroad, "territory": "BE33", "owner": "B"},
        {"id": "without", **abroad},
    ]
    held = {"unit": "held", "quantity": 1, "from": "2021-07-14T00:00:00Z", "to": "2021-07-16T00:00:00Z", "event": "E"}
    text = {"id": "A", "providers": ["BE"], "receivers": ["NL"], "capabilities": ["*"], "hazards": ["*"]}
    cover = [{"owner": "H", "capability": "C", "minimum": 3}]
    more = {"home_cover": cover, "reservations": [held], "agreements": [text | {"approval": 90}]}
    problem = decoded(simple_problem(units, [{"quantity": 3, "within": 60}], **more))
    assert list(things_of(problem, Extras())) == [
        Thing(Help.TEAM, "C", "", "i", "n0"),
        Thing(Help.APPROVAL, "", "A"),
        Thing(Help.HOME_COVER, "C", "H"),
        Thing(Help.RESERVED, "", "held"),
        Thing(Help.TEXT, "C", "DEA2"),
    ]
    found = what_helps(problem)
    assert [(one.thing.kind, one.unmet, one.in_time) for one in found.helping] == [
        (Help.TEAM, 100, 1),
        (Help.HOME_COVER, 100, 1),
        (Help.RESERVED, 100, 1),
        (Help.TEXT, 100, 1),
        (Help.APPROVAL, 0, 1),
    ]


def test_only_what_the_officer_took_out_is_theirs_to_put_back() -> None:
    units = [{"id": "mine"}, {"id": "declined"}]
    out = Exclusion("mine", "i", "n0"), Exclusion("declined", "i", "n0")
    problem = replace(decoded(simple_problem(units, [{"quantity": 1}])), excluded=out)
    back = Thing(Help.TAKEN_OUT, "", "mine", "i", "n0")
    assert things(problem, Extras(taken_out=[out[0]])) == [Thing(Help.TEAM, "C", "", "i", "n0"), back]
    assert things(problem) == [Thing(Help.TEAM, "C", "", "i", "n0")]


def test_a_text_that_leaves_it_open_stands_in_the_place_of_one_that_is_missing() -> None:
    unit = {"id": "abroad", "territory": "DEA2", "owner": "D"}
    problem = decoded(simple_problem([unit], [{}]))
    text = Agreement("A", ("DE",), ("NL",), frozenset({"C"}), frozenset({"*"}), 10.0)
    assert {one.kind for one in things_of(problem, Extras())} == {Help.TEAM, Help.TEXT}
    (team, held) = what_helps(problem, Extras(open_texts=[text])).helping
    assert (team.thing.kind, held.thing) == (Help.TEAM, Thing(Help.OPEN_TEXT, "", "A"))
    assert (held.unmet, held.in_time) == (100, 1)


def test_where_everything_is_in_time_nothing_is_wanted() -> None:
    found = what_helps(decoded(simple_problem([{"id": "pump"}], [{}])))
    assert found.is_complete
    assert (found.helping, found.tried) == ((), 0)


def test_where_no_deadline_can_be_met_any_more_no_single_thing_helps() -> None:
    value = simple_problem([{"id": "pump", "minutes": 5}], [{"within": 0}])
    found = what_helps(decoded(value))
    assert not found.is_complete
    assert (found.helping, found.tried, found.left) == ((), 0, 0)


def test_a_need_that_is_wholly_pinned_has_no_room_for_one_more() -> None:
    problem = decoded(simple_problem([{"id": "pump", "minutes": 60}, {"id": "near"}], [{"within": 30}]))
    held = replace(problem, pinned=(Pin("pump", "i", "n0"),))
    assert what_helps(held).helping == ()
    assert not what_helps(held).is_complete


def test_of_one_more_team_with_a_capability_only_the_best_place_is_named() -> None:
    value = simple_problem([{"id": "boat", "capabilities": ["B"]}], [{}, {"priority": 2}, {"capability": "D"}])
    assert things(decoded(value)) == [Thing(Help.TEAM, "C", "", "i", "n0"), Thing(Help.TEAM, "D", "", "i", "n2")]


def test_without_time_nothing_is_claimed() -> None:
    problem = decoded(simple_problem([{"id": "boat", "capabilities": ["B"]}], [{}]))
    found = what_helps(problem, time_limit=0)
    assert (found.before, found.helping, found.is_complete) == (None, (), False)
