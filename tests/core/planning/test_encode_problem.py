"""A problem that is written and read again is the same problem."""

from __future__ import annotations

import json

import pytest

from noaber.core.planning.decode import decode_problem
from noaber.core.planning.encode import encode_json
from noaber.core.planning.encode_problem import problem_value

PROBLEM = {
    "now": "2021-07-14T18:00:00+02:00",
    "units": [
        {
            "id": "A",
            "owner": "NL-VR24",
            "territory": "NL423",
            "capabilities": ["FRB", "HCP"],
            "quantity": 2,
            "lon": 5.69,
            "lat": 50.85,
            "mobilisation": 30.0,
        }
    ],
    "home_cover": [{"owner": "NL-VR24", "capability": "HCP", "minimum": 1}],
    "reservations": [
        {
            "unit": "A",
            "quantity": 1,
            "from": "2021-07-14T00:00:00+00:00",
            "to": "2021-07-15T00:00:00+00:00",
            "event": "EURO",
        }
    ],
    "agreements": [
        {
            "id": "NL-BE-1984",
            "providers": ["NL", "BE"],
            "receivers": ["NL", "BE"],
            "capabilities": ["*"],
            "hazards": ["flood"],
            "approval": 20.0,
            "title": "The treaty",
        }
    ],
    "incidents": [
        {
            "id": "VESDRE",
            "territory": "BE335",
            "hazard": "flood",
            "lon": 5.86,
            "lat": 50.59,
            "needs": [
                {"id": "n1", "capability": "HCP", "quantity": 5, "within": 180.0, "priority": 1, "latest": 400.0},
                {"id": "n2", "capability": "FRB", "quantity": 1, "within": 60.0, "priority": 2},
            ],
        }
    ],
}
TRAVELS = [
    {"model": "estimate", "speed": 60.0, "detour": 1.3},
    {"model": "matrix", "minutes": {"A": {"VESDRE": 42.0}}},
]


@pytest.mark.parametrize("travel", TRAVELS, ids=["estimate", "matrix"])
def test_what_is_written_is_read_back(travel: dict[str, object]) -> None:
    value = {**PROBLEM, "travel": travel}
    problem = decode_problem(encode_json(value))
    assert problem_value(problem) == value
    assert decode_problem(encode_json(problem_value(problem))) == problem
    assert json.loads(encode_json(problem_value(problem))) == value
