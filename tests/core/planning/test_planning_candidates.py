"""Who can help one need now, in which order, and why the others cannot."""

from __future__ import annotations

import json
from typing import Any

import pytest

from core.planning.planning_problems import simple_problem, whole_problem
from noaber.core.planning.candidates import candidates
from noaber.core.planning.decode import decode_problem
from noaber.core.planning.options import Permit
from noaber.core.planning.plan import Reason
from noaber.core.planning.problem import Incident, Need, Problem, Unit


def decoded(value: dict[str, Any]) -> Problem:
    return decode_problem(json.dumps(value).encode())


def test_the_quickest_first_and_then_the_others_with_their_reason() -> None:
    units = [
        {"id": "guard", "owner": "D", "minutes": 1},
        {"id": "slow", "owner": "E", "minutes": 40, "quantity": 3},
        {"id": "abroad", "owner": "A", "territory": "BE33"},
        {"id": "held", "owner": "C", "minutes": 2},
        {"id": "other", "owner": "E", "capabilities": ["X"]},
        {"id": "quick", "owner": "E", "minutes": 5},
        {"id": "late", "owner": "B", "minutes": 90},
        {"id": "island", "owner": "B"},
    ]
    value = simple_problem(units, [{"latest": 60, "within": 30}])
    del value["travel"]["minutes"]["island"]
    value["home_cover"] = [
        {"owner": "D", "capability": "C", "minimum": 1},
        {"owner": "E", "capability": "C", "minimum": 2},
    ]
    held = {"unit": "held", "quantity": 1, "from": "2021-07-14T00:00:00Z", "to": "2021-07-15T00:00:00Z", "event": "E"}
    value["reservations"] = [held]
    found = candidates(decoded(value), "i", "n0")
    assert [(one.unit.id, one.excluded_because) for one in found] == [
        ("quick", None),
        ("slow", None),
        ("abroad", Reason.NO_AGREEMENT),
        ("island", Reason.UNREACHABLE),
        ("late", Reason.TOO_LATE),
        ("held", Reason.RESERVED),
        ("guard", Reason.HOME_COVER),
    ]
    slow = found[1]
    assert (slow.available, slow.may_leave, slow.at_home, slow.minimum, slow.left_at_home(2)) == (3, 2, 4, 2, 2)
    assert (slow.arrival, slow.late) == (40, 10)
    assert (found[2].arrival, found[2].approval, found[2].late) == (None, None, None)


def test_the_text_and_the_minutes_of_help_from_abroad() -> None:
    home, abroad = candidates(decoded(whole_problem()), "VESDRE", "n1")
    assert (home.unit.id, home.agreement, home.approval) == ("BE-LG-HCP-1", None, 0)
    assert (abroad.unit.id, abroad.agreement, abroad.approval) == ("NL-ZL-HCP-1", "NL-BE-1984", 20)
    assert abroad.travel is not None
    assert abroad.arrival == 20 + 30 + abroad.travel


def test_another_judge_of_what_is_permitted() -> None:
    def permission(unit: Unit, incident: Incident, need: Need) -> Permit | None:
        return Permit("EUCPM", 240.0) if unit.owner == "NL-VRZL" and need.capability == "HCP" else None

    found = candidates(decoded(whole_problem()), "VESDRE", "n1", permission=permission)
    assert [(one.agreement, one.excluded_because) for one in found] == [
        (None, Reason.NO_AGREEMENT),
        ("EUCPM", Reason.TOO_LATE),
    ]


def test_a_need_that_is_not_there() -> None:
    with pytest.raises(KeyError):
        candidates(decoded(whole_problem()), "VESDRE", "n2")
