"""Bad problem files, generated: every value of a whole problem spoilt in every way that its kind allows.

Each comes with the JSON pointer that the message has to name.
"""

from __future__ import annotations

import copy
import json
import math
from collections.abc import Iterator
from typing import Any

from core.planning.planning_problems import whole_problem

DELETE = object()
HUGE = 10**30
BadFile = tuple[str, bytes]
"""The pointer (or line) that has to be named, and the file."""

SPOILT = {
    "text": [5, None, True, "", [], {}, "\ud800"],
    "optional text": [5, True, [], {}, "\udfff"],
    "territory": [5, None, True, "", [], "nl42", "N", "NL4234", "NL-42", "42"],
    "teams": [-1, 1.5, 2.0, True, None, "2", [], HUGE, math.nan, math.inf, 1_000_001],
    "minutes": [-0.5, True, None, "30", [], {}, math.nan, math.inf, -math.inf, HUGE],
    "deadline": [-1, False, None, "30", [], math.nan, math.inf],
    "priority": [0, 4, -1, True, None, "1", 1.0, 1.5, [], HUGE],
    "lon": [-180.5, 181, True, None, "5", [], math.nan, math.inf, HUGE],
    "lat": [-90.5, 91, True, None, "51", [], math.nan, -math.inf, HUGE],
    "instant": [
        *("2021-07-14T18:00:00", "2021-07-14", "14-07-2021T18:00:00Z", "2021-13-14T18:00:00Z", "now", ""),
        *(1626285600, None, True, [], "2021-07-14T25:00:00Z", "2021-02-30T00:00:00Z", "2021-07-14 18:00:00+02:00"),
    ],
    "list": [None, True, 5, "x", {}],
    "object": [None, True, 5, "x", []],
    "model": [None, True, 5, "", "air", [], "ROAD"],
    "factor": [0, -1, True, None, "60", [], math.nan, math.inf, HUGE],
}

KINDS = {
    "now": "instant",
    "from": "instant",
    "to": "instant",
    "quantity": "teams",
    "minimum": "teams",
    "mobilisation": "minutes",
    "approval": "minutes",
    "within": "deadline",
    "latest": "deadline",
    "priority": "priority",
    "lon": "lon",
    "lat": "lat",
    "territory": "territory",
    "model": "model",
    "speed": "factor",
    "detour": "factor",
    "title": "optional text",
    "channel": "optional text",
    "cost_rule": "optional text",
    "source": "optional text",
}

MAY_BE_ABSENT = {
    *("/home_cover", "/reservations", "/agreements", "/incidents/0/needs/0/latest"),
    *(f"/agreements/0/{key}" for key in ("title", "channel", "cost_rule", "source")),
}


def bad_files() -> Iterator[BadFile]:
    """Every bad file."""
    whole = whole_problem()
    for pointer, value in _places(whole, ""):
        for spoilt in _spoilt_values(pointer, value):
            yield pointer or "/", _bytes(_put(whole, pointer, spoilt))
        if pointer and isinstance(_parent(whole, pointer), dict):
            if pointer not in MAY_BE_ABSENT:
                yield pointer, _bytes(_put(whole, pointer, DELETE))
            yield pointer, _repeated(whole, pointer)
        if isinstance(value, dict):
            yield f"{pointer}/colour", _bytes(_put(whole, f"{pointer}/colour", "red"))
            yield f"{pointer}/a~1b~0c", _bytes(_put(whole, f"{pointer}/a~1b~0c", 1))
    yield from _bad_references(whole)
    yield from _no_json()


def _places(value: Any, pointer: str) -> Iterator[tuple[str, Any]]:
    yield pointer, value
    members = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, member in members:
        yield from _places(member, f"{pointer}/{key}")


def _spoilt_values(pointer: str, value: Any) -> list[Any]:
    if isinstance(value, dict):
        return SPOILT["object"]
    if isinstance(value, list):
        return SPOILT["list"]
    key, parent = ["", *pointer.split("/")][-1], pointer.split("/")[-2]
    if parent in ("providers", "receivers"):
        return SPOILT["territory"]
    return SPOILT[KINDS.get(key, "text")]


def _keys(pointer: str) -> list[str | int]:
    parts = [part.replace("~1", "/").replace("~0", "~") for part in pointer.split("/")[1:]]
    return [int(part) if part.isdigit() else part for part in parts]


def _parent(value: Any, pointer: str) -> Any:
    for key in _keys(pointer)[:-1]:
        value = value[key]
    return value


def _put(whole: dict[str, Any], pointer: str, value: Any) -> Any:
    if not pointer:
        return value
    changed = copy.deepcopy(whole)
    parent, key = _parent(changed, pointer), _keys(pointer)[-1]
    if value is DELETE:
        del parent[key]
    else:
        parent[key] = value
    return changed


def _bytes(value: Any) -> bytes:
    return json.dumps(value).encode()


def _repeated(whole: dict[str, Any], pointer: str) -> bytes:
    """The file with one key written twice."""
    value, key = _parent(whole, pointer)[_keys(pointer)[-1]], _keys(pointer)[-1]
    marked = json.dumps(_put(whole, pointer, "@@"))
    once = f'"{key}": {json.dumps(value)}'
    return marked.replace(f'"{key}": "@@"', f"{once}, {once}").encode()


def _bad_references(whole: dict[str, Any]) -> Iterator[BadFile]:
    units, incidents = whole["units"], whole["incidents"]
    yield "/units/2/id", _bytes(whole | {"units": [*units, units[0]]})
    yield "/agreements/1/id", _bytes(whole | {"agreements": whole["agreements"] * 2})
    yield "/incidents/1/id", _bytes(whole | {"incidents": incidents * 2})
    needs = incidents[0]["needs"] * 2
    yield "/incidents/0/needs/1/id", _bytes(whole | {"incidents": [incidents[0] | {"needs": needs}]})
    yield "/reservations/0/unit", _bytes(_put(whole, "/reservations/0/unit", "NOBODY"))
    yield "/reservations/0/to", _bytes(_put(whole, "/reservations/0/to", "2021-07-15T08:00:00Z"))
    yield "/reservations/0/to", _bytes(_put(whole, "/reservations/0/to", "2021-07-14T08:00:00Z"))
    for pointer, travel in _bad_travel():
        yield pointer, _bytes(whole | {"travel": travel})


def _bad_travel() -> Iterator[tuple[str, Any]]:
    def matrix(minutes: Any) -> dict[str, Any]:
        return {"model": "matrix", "minutes": minutes}

    unit, incident = "NL-ZL-HCP-1", "VESDRE"
    yield "/travel/minutes", {"model": "matrix"}
    yield "/travel/minutes/NOBODY", matrix({"NOBODY": {incident: 5}})
    yield f"/travel/minutes/{unit}/NOWHERE", matrix({unit: {"NOWHERE": 5}})
    yield "/travel/speed", matrix({}) | {"speed": 60}
    yield "/travel/minutes", {"model": "estimate", "speed": 60, "detour": 1, "minutes": {}}
    for spoilt in SPOILT["object"]:
        yield "/travel/minutes", matrix(spoilt)
        yield f"/travel/minutes/{unit}", matrix({unit: spoilt})
    for spoilt in SPOILT["minutes"]:
        yield f"/travel/minutes/{unit}/{incident}", matrix({unit: {incident: spoilt}})
    yield "/travel/network", {"model": "road"}
    yield "/travel/network", {"model": "road", "network": 5}
    yield "/travel/closures", {"model": "road", "network": "DIR", "closures": None}


def _no_json() -> Iterator[BadFile]:
    text = json.dumps(whole_problem(), indent=1)
    yield "line 1", b""
    yield "line 1", b" "
    yield "line 1", b"\x00"
    yield "line 1", b"not json"
    yield "line 1", text.encode("utf-16")
    yield "line", text.replace("NL-ZL-HCP-1", "Li\xe8ge").encode("latin-1")
    yield "line", text[:-1].encode()
    yield "line", (text + "}").encode()
    yield "line", text.replace("{", "{,", 1).encode()
    yield "line", text.replace("true", "True").replace("30", "0x1e", 1).encode()
    yield "line", text.replace('"now"', "'now'").encode()
    yield "line", text.replace("30", "+30", 1).encode()
    yield "/", b"[" * 100_000
    yield "/units/0", b'{"units": [' + b"[" * 300 + b"]" * 300 + b"]}"
    yield "/units/0/quantity", text.replace('"quantity": 3', '"quantity": ' + "9" * 5000).encode()
    yield "/units/0/mobilisation", text.replace('"mobilisation": 30', '"mobilisation": 1e999').encode()
    yield "/units/0/lon", text.replace('"lon": 5.69', '"lon": ' + "9" * 5000).encode()
