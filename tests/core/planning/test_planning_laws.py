"""Laws that hold for every problem, whatever is in it."""

from __future__ import annotations

import copy
import json
import random
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.planning.planning_problems import dense_problem, random_problem
from noaber.core.planning.constraints import Bounds
from noaber.core.planning.decode import decode_problem
from noaber.core.planning.encode import plan_value
from noaber.core.planning.model import build_model
from noaber.core.planning.objective import Objective, total
from noaber.core.planning.optimise import Optimiser
from noaber.core.planning.options import find_options
from noaber.core.planning.plan import Plan
from noaber.core.planning.problem import Problem
from noaber.core.planning.program import Program, TimeUp, Vertex
from noaber.core.planning.solve import solve
from oracles.plan import is_allowed

EPSILON = 1e-6


def decoded(value: dict[str, Any]) -> Problem:
    return decode_problem(json.dumps(value).encode())


def planned(value: dict[str, Any]) -> Plan:
    return solve(decoded(value), explanation_work=0)


def first_three(value: dict[str, Any]) -> tuple[float, float, float]:
    """Unmet, late and least minutes, before the burden may cost any."""
    optimiser = Optimiser(build_model(find_options(decoded(value))))
    optimum = optimiser.optimise()
    assert optimum.base is not None
    minutes = total(optimiser.costs[Objective.MINUTES], optimum.base.plan.values)
    return optimum.figures.unmet, optimum.figures.late, minutes


def is_no_worse(new: tuple[float, ...], old: tuple[float, ...]) -> bool:
    """Lexicographically, differences below the tolerance being none."""
    for a, b in zip(new, old, strict=True):
        if abs(a - b) > EPSILON:
            return a < b
    return True


problems = st.builds(
    lambda dense, seed: dense_problem(seed, units=9, needs=5) if dense else random_problem(seed, units=12, incidents=4),
    st.booleans(),
    st.integers(0, 10**9),
)
"""Larger than the oracle can do."""

quick = settings(max_examples=40, deadline=None)


@quick
@given(problems)
def test_no_plan_uses_more_than_there_is(value: dict[str, Any]) -> None:
    plan = planned(value)
    assert is_allowed(value, {(line.unit, line.incident, line.need): line.quantity for line in plan.assignments})
    assert all(line.quantity >= 1 for line in plan.assignments)


@quick
@given(problems)
def test_what_is_asked_is_sent_or_missing_with_a_reason(value: dict[str, Any]) -> None:
    plan = planned(value)
    for incident in value["incidents"]:
        for need in incident["needs"]:
            key = (incident["id"], need["id"])
            sent = sum(line.quantity for line in plan.assignments if (line.incident, line.need) == key)
            missing = sum(unmet.missing for unmet in plan.unmet if (unmet.incident, unmet.need) == key)
            assert sent + missing == need["quantity"]
    assert all(unmet.missing > 0 and unmet.because for unmet in plan.unmet)


@quick
@given(problems, st.data())
def test_more_capacity_is_never_worse(value: dict[str, Any], data: st.DataObject) -> None:
    more = copy.deepcopy(value)
    data.draw(st.sampled_from(more["units"]))["quantity"] += data.draw(st.integers(1, 3))
    assert is_no_worse(first_three(more), first_three(value))


@quick
@given(problems, st.integers(0, 10**9))
def test_an_agreement_added_never_increases_what_is_unmet(value: dict[str, Any], seed: int) -> None:
    r = random.Random(seed)
    added = {
        "id": "added",
        "providers": r.sample(["NL", "BE", "DE"], 2),
        "receivers": r.sample(["NL", "BE", "DE"], 2),
        "capabilities": ["*"],
        "hazards": ["*"],
        "approval": r.choice([0, 30]),
    }
    more = value | {"agreements": [*value.get("agreements", []), added]}
    assert is_no_worse(first_three(more), first_three(value))


@quick
@given(problems, st.integers(0, 10**9))
def test_the_order_of_the_file_changes_no_figure(value: dict[str, Any], seed: int) -> None:
    r = random.Random(seed)
    shuffled = copy.deepcopy(value)
    for key in ("units", "home_cover", "reservations", "incidents"):
        r.shuffle(shuffled.get(key, []))
    for incident in shuffled["incidents"]:
        r.shuffle(incident["needs"])
    old, new = planned(value).objectives, planned(shuffled).objectives
    assert (new.unmet, new.burden) == (old.unmet, old.burden)
    assert (new.late, new.minutes) == pytest.approx((old.late, old.minutes), abs=EPSILON)


@quick
@given(problems)
def test_units_split_into_single_teams_reach_the_same(value: dict[str, Any]) -> None:
    split = copy.deepcopy(value)
    split["reservations"] = value["reservations"] = []
    split["units"] = [
        unit | {"id": f"{unit['id']}-{n}", "quantity": 1} for unit in value["units"] for n in range(unit["quantity"])
    ]
    if value["travel"]["model"] == "matrix":
        minutes = value["travel"]["minutes"]
        split["travel"] = {
            "model": "matrix",
            "minutes": {unit["id"]: minutes[unit["id"].rpartition("-")[0]] for unit in split["units"]},
        }
    old, new = planned(value).objectives, planned(split).objectives
    assert (new.unmet, new.burden) == (old.unmet, old.burden)
    assert (new.late, new.minutes) == pytest.approx((old.late, old.minutes), abs=EPSILON)


@quick
@given(problems)
def test_without_time_there_is_a_plan_and_bounds_that_hold(value: dict[str, Any]) -> None:
    hurried, best = solve(decoded(value), time_limit=0), planned(value)
    assert hurried.status == "time-limit"
    assert is_allowed(value, {(line.unit, line.incident, line.need): line.quantity for line in hurried.assignments})
    assert hurried.objectives.unmet >= best.objectives.unmet
    assert hurried.bounds.unmet <= best.objectives.unmet + EPSILON
    for name in ("unmet", "late", "minutes", "burden"):
        assert getattr(hurried.bounds, name) <= getattr(hurried.objectives, name)


@pytest.mark.parametrize("seed", range(6))
def test_more_time_gives_no_worse_plan(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    model = build_model(find_options(decoded(dense_problem(seed, units=40, needs=12))))
    allowed, minimise = 0, Program.minimise

    def until_time_is_up(program: Program, costs: Bounds) -> Vertex | None:
        nonlocal allowed
        allowed -= 1
        if allowed < 0:
            raise TimeUp
        return minimise(program, costs)

    monkeypatch.setattr(Program, "minimise", until_time_is_up)
    reached = []
    for steps in range(5):
        allowed = steps
        figures = Optimiser(model).optimise().figures
        reached.append((figures.unmet, figures.late))
    assert all(is_no_worse(later, earlier) for earlier, later in pairwise(reached))


@quick
@given(problems)
def test_the_same_problem_gives_the_same_plan(value: dict[str, Any]) -> None:
    one, other = plan_value(solve(decoded(value))), plan_value(solve(decoded(value)))
    del one["seconds"], other["seconds"]
    assert one == other
