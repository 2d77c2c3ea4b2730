"""The stress test: every combination, the worst first, and where one more team helps most."""

from __future__ import annotations

import copy
import json
from itertools import combinations
from typing import Any

import pytest

from core.planning.planning_problems import random_problem, simple_problem
from noaber.core.planning.decode import decode_problem
from noaber.core.planning.one_more import OneMore
from noaber.core.planning.problem import Problem
from noaber.core.planning.solve import solve
from noaber.core.planning.stress import Stress, stress
from noaber.core.problems import InvalidInput

Figures = tuple[float, float, float, float]


def decoded(value: dict[str, Any]) -> Problem:
    return decode_problem(json.dumps(value).encode())


def only(value: dict[str, Any], incidents: tuple[str, ...]) -> dict[str, Any]:
    """The problem file in which only these incidents happen."""
    part = copy.deepcopy(value)
    part["incidents"] = [incident for incident in part["incidents"] if incident["id"] in incidents]
    if part["travel"]["model"] == "matrix":
        for row in part["travel"]["minutes"].values():
            for incident in set(row) - set(incidents):
                del row[incident]
    return part


def figures(value: dict[str, Any]) -> Figures:
    found = solve(decoded(value), explanation_work=0).objectives
    return found.unmet, found.late, found.minutes, float(found.burden)


def with_one_more(value: dict[str, Any], owner: str, capability: str, beside: str) -> dict[str, Any]:
    more = copy.deepcopy(value)
    pattern = next(unit for unit in more["units"] if unit["id"] == beside)
    assert pattern["owner"] == owner
    more["units"].append(pattern | {"id": "one-more", "capabilities": [capability], "quantity": 1})
    if more["travel"]["model"] == "matrix":
        more["travel"]["minutes"]["one-more"] = more["travel"]["minutes"].get(beside, {})
    return more


def saved(value: dict[str, Any], found: Stress, site: tuple[str, str, str]) -> tuple[float, float, int]:
    """What one more team saves: every combination planned anew from the file."""
    more, unmet, late, improved = with_one_more(value, *site), 0.0, 0.0, 0
    for combination in found.combinations:
        old, new = combination.figures, figures(only(more, combination.incidents))
        less_unmet = old.unmet - new[0]
        less_late = 0.0 if old.unmet else old.late - new[1]
        unmet, late = unmet + less_unmet, late + less_late
        improved += less_unmet > 0 or less_late > 1e-6
    return unmet, late, improved


@pytest.mark.parametrize("seed", range(12))
def test_every_combination_is_what_the_plan_of_it_alone_is(seed: int) -> None:
    value = random_problem(seed, incidents=3)
    ids = [incident["id"] for incident in value["incidents"]]
    for simultaneous in range(1, len(ids) + 1):
        found = stress(decoded(value), simultaneous)
        assert sorted(one.incidents for one in found.combinations) == list(combinations(ids, simultaneous))
        for one in found.combinations:
            reached = (one.figures.unmet, one.figures.late, one.figures.minutes, float(one.figures.burden))
            assert reached == pytest.approx(figures(only(value, one.incidents)), abs=1e-6)
        order = [(one.figures.unmet, one.figures.late) for one in found.combinations]
        assert order == sorted(order, reverse=True)


@pytest.mark.parametrize("seed", range(12))
def test_one_more_team_saves_what_is_said_and_none_saves_more(seed: int) -> None:
    value = random_problem(seed, incidents=3)
    found = stress(decoded(value), min(2, len(value["incidents"])))
    said: dict[tuple[str, str], OneMore] = {(one.owner, one.capability): one for one in found.one_more}
    for one in found.one_more:
        expected = saved(value, found, (one.owner, one.capability, one.beside))
        assert (one.unmet, one.late, one.combinations) == pytest.approx(expected, abs=1e-6)
    order = [(one.unmet, one.late) for one in found.one_more]
    assert order == sorted(order, reverse=True)
    for unit in value["units"]:
        for capability in unit["capabilities"]:
            other = saved(value, found, (unit["owner"], capability, unit["id"]))
            reported = said.get((unit["owner"], capability))
            assert other[0] <= (reported.unmet if reported else 0) + 1e-6
            if not reported:
                assert other[1] <= 1e-6


def two_floods() -> dict[str, Any]:
    """Two incidents, one pump team each would do; together one of them is left without."""
    value = simple_problem([{"id": "pump"}, {"id": "boat", "capabilities": ["B"], "owner": "P"}], [{}])
    first = value["incidents"][0]
    value["incidents"] = [first | {"id": name} for name in ("east", "west")]
    value["travel"]["minutes"] = {unit: {"east": 10, "west": 20} for unit in ("pump", "boat")}
    return value


def test_two_floods_at_once_want_one_more_pump() -> None:
    alone, both = stress(decoded(two_floods()), 1), stress(decoded(two_floods()), 2)
    assert [one.incidents for one in alone.combinations] == [("west",), ("east",)]
    assert [one.figures.unmet for one in alone.combinations] == [0, 0]
    assert alone.one_more == ()
    (worst,) = both.combinations
    assert (worst.figures.unmet, worst.unmet[0].incident, worst.unmet[0].missing) == (100, "west", 1)
    assert both.one_more == (OneMore("O", "C", "pump", 100, 0.0, 1),)


def test_one_more_that_only_stays_at_home_helps_too() -> None:
    """The owner's minimum keeps its only pump; one more pump team lets one go."""
    value = two_floods() | {"home_cover": [{"owner": "O", "capability": "C", "minimum": 1}]}
    (combination,) = stress(decoded(value), 2).combinations
    assert combination.figures.unmet == 200
    assert stress(decoded(value), 2).one_more == (OneMore("O", "C", "pump", 100, 0.0, 1),)


def test_too_many_combinations_are_refused_before_they_begin() -> None:
    value = two_floods()
    value["incidents"] = [value["incidents"][0] | {"id": f"i{n}"} for n in range(40)]
    value["travel"]["minutes"] = {}
    with pytest.raises(InvalidInput) as caught:
        stress(decoded(value), 20)
    assert [fault.code for fault in caught.value.problems] == ["planning.combinations"]
