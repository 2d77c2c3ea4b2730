"""The plan against trying everything: every objective, the choice among equals, every explanation."""

from __future__ import annotations

import json
from fractions import Fraction
from typing import Any

import pytest

from core.planning.planning_problems import dense_problem, random_problem
from noaber.core.planning.decode import decode_problem
from noaber.core.planning.plan import Explanation, Method, Plan, Status
from noaber.core.planning.problem import Problem
from noaber.core.planning.solve import solve
from oracles.plan import Sent, best_figures, every_plan, figures, first_best_plan, is_allowed
from soak import seeds

EPSILON = 1e-6


def decoded(value: dict[str, Any]) -> Problem:
    return decode_problem(json.dumps(value).encode())


def sent_by(plan: Plan) -> Sent:
    return {(line.unit, line.incident, line.need): line.quantity for line in plan.assignments}


def reached(plan: Plan) -> tuple[float, float, float, Fraction]:
    found = plan.objectives
    return found.unmet, found.late, found.minutes, found.burden


def assert_same(found: tuple[float, float, float, Fraction], expected: tuple[float, float, float, Fraction]) -> None:
    assert found == pytest.approx(expected, abs=EPSILON)


def check_against_oracle(value: dict[str, Any]) -> None:
    plan = solve(decoded(value))
    assert plan.status is Status.OPTIMAL
    assert is_allowed(value, sent_by(plan))
    assert_same(reached(plan), figures(value, sent_by(plan)))
    assert_same(reached(plan), best_figures(value))
    proven = plan.bounds
    for bound, figure in zip((proven.unmet, proven.late, proven.minutes, proven.burden), reached(plan), strict=True):
        assert bound <= figure
        assert bound == pytest.approx(figure, abs=EPSILON)


@pytest.mark.parametrize("seed", seeds(60))
def test_random_problems(seed: int) -> None:
    check_against_oracle(random_problem(seed))


@pytest.mark.parametrize("seed", seeds(30))
def test_overlapping_home_cover(seed: int) -> None:
    """Several owners, several capabilities per team: where the linear program is not always whole."""
    check_against_oracle(dense_problem(seed, units=5))


@pytest.mark.parametrize("seed", seeds(30))
def test_the_first_of_equal_plans_in_file_order(seed: int) -> None:
    value = random_problem(seed, whole_minutes=True) if seed % 2 else dense_problem(seed, units=5)
    if seed % 2 == 0:
        value["travel"] = {"model": "matrix", "minutes": {unit["id"]: {"i0": 30} for unit in value["units"]}}
        value["units"] = [unit | {"mobilisation": 10} for unit in value["units"]]
    expected = {key: teams for key, teams in first_best_plan(value).items() if teams}
    assert sent_by(solve(decoded(value))) == expected


def changed(value: dict[str, Any], plan: Plan, explanation: Explanation) -> Sent:
    """The plan after the moves of an explanation."""
    sent = dict(sent_by(plan))
    for move in explanation.moves:
        key = (move.unit, move.incident, move.need)
        sent[key] = sent.get(key, 0) + move.teams
    assert all(teams >= 0 for teams in sent.values())
    assert is_allowed(value, sent)
    return sent


def difference(value: dict[str, Any], old: Sent, new: tuple[float, float, float, Fraction]) -> list[float]:
    return [float(b - a) for a, b in zip(figures(value, old), new, strict=True)]


@pytest.mark.parametrize("seed", seeds(30))
@pytest.mark.parametrize("work", [0, 10**6])
def test_what_taking_a_line_out_costs(seed: int, work: int) -> None:
    """Made anew, the change is exactly that of the best plan without the line; exchanged, at most it."""
    value = random_problem(seed) if seed % 2 else dense_problem(seed, units=4)
    plan = solve(decoded(value), explanation_work=work)
    sent = sent_by(plan)
    assert [(e.unit, e.incident, e.need) for e in plan.explanations] == list(sent)
    for explanation in plan.explanations:
        key = (explanation.unit, explanation.incident, explanation.need)
        change = explanation.change
        stated = [change.unmet, change.late, change.minutes, change.burden]
        without = changed(value, plan, explanation)
        assert not without[key]
        assert difference(value, sent, figures(value, without)) == pytest.approx(stated, abs=EPSILON)
        best = difference(
            value, sent, best_figures(value, [other for other in every_plan(value) if not other.get(key)])
        )
        assert explanation.method is (Method.RESOLVED if work else Method.EXCHANGE)
        if work:
            assert stated == pytest.approx(best, abs=EPSILON)
        else:
            assert [round(figure, 5) for figure in stated[:2]] >= [round(figure, 5) for figure in best[:2]]
