"""The plan, found by trying everything: reads a problem file's JSON itself and shares no code with the core.

Exponential; for problems of a few units and needs only. Every sentence of the contract stands here once more, in
the plainest words.
"""

from __future__ import annotations

import itertools
import math
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime
from fractions import Fraction
from typing import Any

WEIGHTS = {1: 100, 2: 10, 3: 1}
EPSILON = 1e-6
Sent = dict[tuple[str, str, str], int]
"""Teams by unit, incident and need."""


def best_figures(problem: dict[str, Any], plans: Iterable[Sent] | None = None) -> tuple[float, float, float, Fraction]:
    """Unmet, late, minutes and burden of the best plan, of `plans` or of all."""
    rest = [figures(problem, sent) for sent in (every_plan(problem) if plans is None else plans)]
    for place in (0, 1):
        least = min(entry[place] for entry in rest)
        rest = [entry for entry in rest if entry[place] <= least + EPSILON]
    allowed = 1.02 * min(entry[2] for entry in rest) + EPSILON
    rest = [entry for entry in rest if entry[2] <= allowed]
    burden = min(entry[3] for entry in rest)
    return min((entry for entry in rest if entry[3] == burden), key=lambda entry: entry[2])


def every_plan(problem: dict[str, Any]) -> Iterator[Sent]:
    """All ways to send teams that break no rule."""
    choices = [list(_ways(problem, unit)) for unit in problem["units"]]
    for combination in itertools.product(*choices):
        sent = {key: teams for way in combination for key, teams in way.items()}
        if is_allowed(problem, sent):
            yield sent


def is_allowed(problem: dict[str, Any], sent: Sent) -> bool:
    """Whether these lines keep every rule: teams, texts, deadlines, quantities, home cover."""
    by_need: dict[tuple[str, str], int] = defaultdict(int)
    by_unit: dict[str, int] = defaultdict(int)
    for (unit, incident, need), teams in sent.items():
        by_need[incident, need] += teams
        by_unit[unit] += teams
        if teams and arrival(problem, unit, incident, need) is None:
            return False
    quantities = {(i["id"], n["id"]): n["quantity"] for i in problem["incidents"] for n in i["needs"]}
    if any(teams > quantities[key] for key, teams in by_need.items()):
        return False
    if any(by_unit[unit["id"]] > available(problem, unit) for unit in problem["units"]):
        return False
    return all(_covered(problem, row, by_unit) for row in problem.get("home_cover", []))


def _covered(problem: dict[str, Any], row: dict[str, Any], by_unit: dict[str, int]) -> bool:
    units = [u for u in problem["units"] if u["owner"] == row["owner"] and row["capability"] in u["capabilities"]]
    total = sum(available(problem, unit) for unit in units)
    stays = total - sum(by_unit[unit["id"]] for unit in units)
    return stays >= min(row["minimum"], total)


def figures(problem: dict[str, Any], sent: Sent) -> tuple[float, float, float, Fraction]:
    """What these lines reach."""
    unmet, late, minutes = 0, 0.0, 0.0
    for incident in problem["incidents"]:
        for need in incident["needs"]:
            weight = WEIGHTS[need["priority"]]
            coming = {unit: n for (unit, i, k), n in sent.items() if (i, k) == (incident["id"], need["id"])}
            unmet += weight * (need["quantity"] - sum(coming.values()))
            for unit, teams in coming.items():
                if teams:
                    at = arrival(problem, unit, incident["id"], need["id"])
                    assert at is not None
                    late += weight * teams * max(0.0, at - need["within"])
                    minutes += teams * at
    return unmet, late, minutes, burden(problem, sent)


def burden(problem: dict[str, Any], sent: Sent) -> Fraction:
    """The largest share of its available teams that an owner sends."""
    owner = {unit["id"]: unit["owner"] for unit in problem["units"]}
    total: dict[str, int] = defaultdict(int)
    gone: dict[str, int] = defaultdict(int)
    for unit in problem["units"]:
        total[unit["owner"]] += available(problem, unit)
    for (unit_id, _, _), teams in sent.items():
        gone[owner[unit_id]] += teams
    return max((Fraction(gone[o], total[o]) for o in gone if gone[o]), default=Fraction(0))


def available(problem: dict[str, Any], unit: dict[str, Any]) -> int:
    """Teams that no event holds now."""
    now = datetime.fromisoformat(problem["now"])
    held = sum(
        r["quantity"]
        for r in problem.get("reservations", [])
        if r["unit"] == unit["id"] and datetime.fromisoformat(r["from"]) <= now < datetime.fromisoformat(r["to"])
    )
    return max(0, int(unit["quantity"]) - held)


def arrival(problem: dict[str, Any], unit_id: str, incident_id: str, need_id: str) -> float | None:
    """Minutes until a unit is there, None where it may not or cannot come."""
    unit = next(u for u in problem["units"] if u["id"] == unit_id)
    incident = next(i for i in problem["incidents"] if i["id"] == incident_id)
    need = next(n for n in incident["needs"] if n["id"] == need_id)
    approval, way = _approval(problem, unit, incident, need), _travel(problem, unit, incident)
    if need["capability"] not in unit["capabilities"] or approval is None or way is None:
        return None
    at = float(approval + unit["mobilisation"] + way)
    return None if at > need.get("latest", math.inf) else at


def _approval(
    problem: dict[str, Any], unit: dict[str, Any], incident: dict[str, Any], need: dict[str, Any]
) -> float | None:
    if unit["territory"][:2] == incident["territory"][:2]:
        return 0.0
    minutes = [
        agreement["approval"]
        for agreement in problem.get("agreements", [])
        if any(unit["territory"].startswith(code) for code in agreement["providers"])
        and any(incident["territory"].startswith(code) for code in agreement["receivers"])
        and {"*", need["capability"]} & set(agreement["capabilities"])
        and {"*", incident["hazard"]} & set(agreement["hazards"])
    ]
    return min(minutes, default=None)


def _travel(problem: dict[str, Any], unit: dict[str, Any], incident: dict[str, Any]) -> float | None:
    travel = problem["travel"]
    if travel["model"] == "matrix":
        minutes = travel["minutes"].get(unit["id"], {}).get(incident["id"])
        return None if minutes is None else float(minutes)
    to_vector = [_on_sphere(place["lon"], place["lat"]) for place in (unit, incident)]
    chord = math.dist(*to_vector)
    return 2 * 6371.0088 * math.asin(min(1.0, chord / 2)) * float(travel["detour"]) / float(travel["speed"]) * 60


def _on_sphere(lon: float, lat: float) -> tuple[float, float, float]:
    a, b = math.radians(lon), math.radians(lat)
    return math.cos(b) * math.cos(a), math.cos(b) * math.sin(a), math.sin(b)


def _ways(problem: dict[str, Any], unit: dict[str, Any]) -> Iterator[Sent]:
    """All ways to give out one unit's teams."""
    goals = [(unit["id"], i["id"], n["id"]) for i in problem["incidents"] for n in i["needs"]]
    goals = [goal for goal in goals if arrival(problem, *goal) is not None]
    most = available(problem, unit)
    for teams in itertools.product(range(most + 1), repeat=len(goals)):
        if sum(teams) <= most:
            yield {goal: n for goal, n in zip(goals, teams, strict=True) if n}


def first_best_plan(problem: dict[str, Any]) -> Sent:
    """Of the best plans the first in file order: each unit in turn sends the first need as many as it can."""
    unmet, late, minutes, share = best_figures(problem)
    order = [(u["id"], i["id"], n["id"]) for i in problem["incidents"] for n in i["needs"] for u in problem["units"]]
    best = [sent for sent in every_plan(problem) if _same(figures(problem, sent), (unmet, late, minutes, share))]
    return max(best, key=lambda sent: [sent.get(key, 0) for key in order])


def _same(one: tuple[float, float, float, Fraction], other: tuple[float, float, float, Fraction]) -> bool:
    return one[3] == other[3] and all(abs(a - b) <= EPSILON for a, b in zip(one[:3], other[:3], strict=True))


def wanted_twice(problem: dict[str, Any]) -> dict[tuple[str, str, str, str | None], int]:
    """Unit, incident and need that go without it, and what they have instead: teams.

    Each incident is planned by itself; what it has then and not together, of a unit that goes to another incident,
    was wanted twice, unless what it has instead comes within a minute of it.
    """
    together = first_best_plan(problem)
    found: dict[tuple[str, str, str, str | None], int] = defaultdict(int)
    for incident in problem["incidents"]:
        alone = first_best_plan(problem | {"incidents": [incident]})
        elsewhere: dict[str, int] = defaultdict(int)
        for (unit, other, _), teams in together.items():
            elsewhere[unit] += teams if other != incident["id"] else 0
        for need in incident["needs"]:
            lost, got = (
                _soonest(problem, incident["id"], need["id"], one, other)
                for one, other in ((alone, together), (together, alone))
            )
            for unit, instead in itertools.zip_longest(lost, got):
                if unit is None or not elsewhere[unit]:
                    continue
                before = arrival(problem, unit, incident["id"], need["id"])
                after = None if instead is None else arrival(problem, instead, incident["id"], need["id"])
                assert before is not None
                if after is None or after - before >= 1:
                    found[unit, incident["id"], need["id"], instead] += 1
                    elsewhere[unit] -= 1
    return dict(found)


def _soonest(problem: dict[str, Any], incident: str, need: str, one: Sent, other: Sent) -> list[str]:
    """The teams that one plan sends to a need and the other does not, one entry each, the soonest first."""
    more = [
        unit["id"]
        for unit in problem["units"]
        for _ in range(one.get((unit["id"], incident, need), 0) - other.get((unit["id"], incident, need), 0))
    ]
    return sorted(more, key=lambda unit: arrival(problem, unit, incident, need) or 0.0)
