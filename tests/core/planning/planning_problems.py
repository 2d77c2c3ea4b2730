"""Random problem files: small ones for the oracle, each number from a seeded generator."""

from __future__ import annotations

import random
from typing import Any

CAPABILITIES = ("HCP", "BOAT", "MED")
TERRITORIES = ("NL42", "NL423", "BE33", "BE335", "DEA2")
NOW = "2021-07-14T18:00:00+02:00"


def random_problem(seed: int, *, units: int = 5, incidents: int = 2, whole_minutes: bool = False) -> dict[str, Any]:
    """A problem with much in it that can go wrong: few teams, home cover, reservations, deadlines."""
    r = random.Random(seed)
    owners = ["NL-A", "BE-B", "DE-C"][: r.randint(1, 3)]
    problem: dict[str, Any] = {
        "now": NOW,
        "units": [_unit(r, f"u{n}", r.choice(owners)) for n in range(r.randint(3, units))],
        "home_cover": [
            {"owner": r.choice(owners), "capability": r.choice(CAPABILITIES), "minimum": r.choice([1, 1, 1, 2])}
            for _ in range(r.choice([0, 0, 1, 2, 3]))
        ],
        "agreements": [_agreement(r, f"a{n}") for n in range(r.randint(1, 4))],
        "incidents": [_incident(r, f"i{n}") for n in range(r.choice([1, *[incidents] * 3]))],
    }
    problem["reservations"] = [_reservation(r, problem) for _ in range(r.choice([0, 0, 1, 2]))]
    problem["travel"] = _travel(r, problem, whole_minutes)
    return problem


def _unit(r: random.Random, name: str, owner: str) -> dict[str, Any]:
    return {
        "id": name,
        "owner": owner,
        "territory": r.choice(TERRITORIES),
        "capabilities": r.sample(CAPABILITIES, r.choice([1, 2, 2, 3, 3])),
        "quantity": r.choice([0, 1, 1, 1, 2, 2, 3]),
        "lon": round(r.uniform(4.5, 7), 3),
        "lat": round(r.uniform(50, 52), 3),
        "mobilisation": r.choice([0, 10, 30, 45.5]),
    }


def _agreement(r: random.Random, name: str) -> dict[str, Any]:
    return {
        "id": name,
        "providers": r.sample(("NL", "NL42", "BE", "DE", "DEA2"), r.randint(2, 4)),
        "receivers": r.sample(("NL", "BE", "BE33", "DE"), r.randint(2, 3)),
        "capabilities": r.choice([["*"], ["*"], ["HCP"], ["BOAT", "MED"]]),
        "hazards": r.choice([["*"], ["flood"], ["flood", "fire"]]),
        "approval": r.choice([0, 15, 20, 60.25]),
    }


def _incident(r: random.Random, name: str) -> dict[str, Any]:
    return {
        "id": name,
        "territory": r.choice(TERRITORIES),
        "hazard": r.choice(["flood", "flood", "fire"]),
        "lon": round(r.uniform(4.5, 7), 3),
        "lat": round(r.uniform(50, 52), 3),
        "needs": [_need(r, f"n{n}") for n in range(r.choice([1, 2, 2]))],
    }


def _need(r: random.Random, name: str) -> dict[str, Any]:
    need = {
        "id": name,
        "capability": r.choice(CAPABILITIES),
        "quantity": r.choice([0, 1, 2, 2, 3, 4]),
        "within": r.choice([0, 45, 90, 180]),
        "priority": r.randint(1, 3),
    }
    return need | ({"latest": r.choice([60, 150, 200])} if r.random() < 0.2 else {})


def _reservation(r: random.Random, problem: dict[str, Any]) -> dict[str, Any]:
    begins = r.choice(["2021-07-14T16:00:00Z", "2021-07-14T00:00:00Z", "2021-07-15T06:00:00Z"])
    return {
        "unit": r.choice(problem["units"])["id"],
        "quantity": r.randint(0, 2),
        "from": begins,
        "to": r.choice(["2021-07-15T06:00:01Z", "2021-07-16T00:00:00Z"]),
        "event": "EURO-2024",
    }


def _travel(r: random.Random, problem: dict[str, Any], whole_minutes: bool) -> dict[str, Any]:
    if not whole_minutes and r.random() < 0.5:
        return {"model": "estimate", "speed": r.choice([50, 60, 72.5]), "detour": r.choice([1, 1.3])}
    minutes = {
        unit["id"]: {
            incident["id"]: r.randint(1, 4) * 20 if whole_minutes else round(r.uniform(0, 200), 4)
            for incident in problem["incidents"]
            if r.random() < 0.9
        }
        for unit in problem["units"]
    }
    return {"model": "matrix", "minutes": minutes}


def dense_problem(seed: int, *, units: int = 6, needs: int = 3) -> dict[str, Any]:
    """One country, several owners, teams with several capabilities each, and home cover on all of them.

    Cover rows that overlap in odd cycles are what makes the linear program fractional.
    """
    r = random.Random(seed)
    owners = ["NL-A", "NL-B", "NL-C"][: r.randint(1, 3)]
    problem: dict[str, Any] = {
        "now": NOW,
        "units": [
            _unit(r, f"u{n}", r.choice(owners))
            | {"territory": "NL42", "quantity": r.choice([1, 1, 1, 1, 2]), "capabilities": ["HCP", *r.sample("ABC", 2)]}
            for n in range(units)
        ],
        "home_cover": [
            {"owner": owner, "capability": capability, "minimum": r.choice([1, 1, 2, 3])}
            for owner in owners
            for capability in "ABC"
            if r.random() < 0.8
        ],
        "incidents": [
            _incident(r, "i0")
            | {
                "territory": "NL42",
                "needs": [
                    {
                        "id": f"n{n}",
                        "capability": r.choice(["HCP", "HCP", "A", "B"]),
                        "quantity": r.choice([1, 2, 3]),
                        "within": r.choice([0, 60, 120]),
                        "priority": r.randint(1, 3),
                    }
                    for n in range(r.randint(1, needs))
                ],
            }
        ],
    }
    problem["travel"] = _travel(r, problem, r.random() < 0.3)
    return problem


def whole_problem() -> dict[str, Any]:
    """A problem file that has everything a problem file can have."""
    return {
        "now": NOW,
        "units": [
            {
                "id": "NL-ZL-HCP-1",
                "owner": "NL-VRZL",
                "territory": "NL423",
                "capabilities": ["HCP", "BOAT"],
                "quantity": 3,
                "lon": 5.69,
                "lat": 50.85,
                "mobilisation": 30,
            },
            {
                "id": "BE-LG-HCP-1",
                "owner": "BE-ZLG",
                "territory": "BE332",
                "capabilities": ["HCP"],
                "quantity": 2,
                "lon": 5.57,
                "lat": 50.63,
                "mobilisation": 12.5,
            },
        ],
        "home_cover": [{"owner": "NL-VRZL", "capability": "HCP", "minimum": 1}],
        "reservations": [
            {
                "unit": "NL-ZL-HCP-1",
                "quantity": 1,
                "from": "2021-07-15T08:00:00Z",
                "to": "2021-07-16T00:00:00Z",
                "event": "EURO-2024",
            }
        ],
        "agreements": [
            {
                "id": "NL-BE-1984",
                "providers": ["NL", "BE"],
                "receivers": ["NL", "BE"],
                "capabilities": ["*"],
                "hazards": ["*"],
                "approval": 20,
                "title": "Convention of 14 November 1984",
                "channel": "NCCN",
                "cost_rule": "host",
                "source": "Trb. 1984, 155",
            }
        ],
        "incidents": [
            {
                "id": "VESDRE",
                "territory": "BE335",
                "hazard": "flood",
                "lon": 5.86,
                "lat": 50.59,
                "needs": [{"id": "n1", "capability": "HCP", "quantity": 4, "within": 60, "priority": 1, "latest": 240}],
            }
        ],
        "travel": {"model": "estimate", "speed": 60, "detour": 1.3},
    }


def simple_problem(units: list[dict[str, Any]], needs: list[dict[str, Any]], **more: Any) -> dict[str, Any]:
    """One incident `i`, everything in one country; what is not given is made up.

    A unit may carry `minutes`, its travel time; 0 by default.
    """
    minutes = {unit["id"]: {"i": unit.pop("minutes", 0)} for unit in units}
    unit = {"owner": "O", "territory": "NL42", "capabilities": ["C"], "quantity": 1, "lon": 5, "lat": 51}
    need = {"capability": "C", "quantity": 1, "within": 1000, "priority": 1}
    problem = {
        "now": NOW,
        "units": [unit | {"mobilisation": 0} | given for given in units],
        "incidents": [
            {
                "id": "i",
                "territory": "NL42",
                "hazard": "flood",
                "lon": 5,
                "lat": 51,
                "needs": [need | {"id": f"n{n}"} | given for n, given in enumerate(needs)],
            }
        ],
        "travel": {"model": "matrix", "minutes": minutes},
    }
    return problem | more
