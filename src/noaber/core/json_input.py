"""Reading JSON that others wrote: strictly, and collecting every problem with its JSON pointer.

What Python's reader lets through is refused here: a key used twice, NaN and Infinity, half a surrogate pair,
numbers too large to be one, nesting without end. What the file means is not known here; see `decode.py` beside
each format.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, Final

from noaber.core.problems import InvalidInput, Problem

ROOT: Final = "/"
_MAX_DIGITS: Final = 18
_MAX_SHOWN: Final = 60
_MAX_NUMBERS: Final = 3
"""A position has two, or three with its height."""


class JsonObject(dict[str, Any]):
    """A JSON object that remembers which of its keys were written twice."""

    __slots__ = ("repeated",)
    repeated: tuple[str, ...]


def _object(pairs: list[tuple[str, Any]]) -> JsonObject:
    result = JsonObject(pairs)
    result.repeated = ()
    if len(result) != len(pairs):
        keys = [key for key, _ in pairs]
        result.repeated = tuple(sorted({key for key in keys if keys.count(key) > 1}))
    return result


def _whole(digits: str) -> int | float:
    """A whole number; one too long to be meant becomes a float, which no whole-number field accepts."""
    return int(digits) if len(digits) <= _MAX_DIGITS else float(digits)


def parse(data: bytes) -> Any:
    """The value of a JSON text in UTF-8.

    Raises
    ------
    InvalidInput
        With the line and column at which the text stops being JSON.
    """
    try:
        return json.loads(data.decode("utf-8-sig"), object_pairs_hook=_object, parse_int=_whole)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise _not_json(f"byte {error.start} is not UTF-8", f"line {line}") from error
    except json.JSONDecodeError as error:
        raise _not_json(error.msg, f"line {error.lineno}, column {error.colno}") from error
    except RecursionError as error:
        raise _not_json("it is nested too deeply", ROOT) from error


def _not_json(reason: str, where: str) -> InvalidInput:
    return InvalidInput([Problem("input.not-json", where, {"reason": reason})])


def step(pointer: str, key: str | int) -> str:
    """The JSON pointer (RFC 6901) of a member of what `pointer` points at."""
    parent = "" if pointer == ROOT else pointer
    return f"{parent}/{str(key).replace('~', '~0').replace('/', '~1')}"


def shown(value: object) -> str:
    """A found value as a message shows it: its JSON, shortened."""
    match value:
        case dict():
            return "an object"
        case list() if not _is_position(value):
            return "a list"
        case float() if not math.isfinite(value):
            return "a number that is not finite"
    text = json.dumps(value)
    return text if len(text) <= _MAX_SHOWN else f"{text[:_MAX_SHOWN]}..."


def _is_position(values: list[Any]) -> bool:
    """Whether a list is short enough, and of numbers, to be shown as it stands."""
    return 0 < len(values) <= _MAX_NUMBERS and all(type(value) in (int, float) for value in values)


class Reader:
    """One JSON object being read: what is missing, unknown, or of the wrong kind goes to `problems`.

    Every getter answers with the value, or with a harmless stand-in after noting the problem; `ok` tells
    whether this object, without those inside it, had none.
    """

    __slots__ = ("_object", "ok", "pointer", "problems")

    def __init__(self, value: Any, pointer: str, problems: list[Problem], *, known: Sequence[str]) -> None:
        self.pointer = pointer
        self.problems = problems
        self.ok = True
        self._object: dict[str, Any] = {}
        if not isinstance(value, JsonObject):
            self._note("input.type", pointer, expected="an object", found=shown(value))
            return
        self._object = value
        for key in value.repeated:
            self._note("input.duplicate-key", step(pointer, key), key=key)
        if not value.keys() <= set(known):
            for key in sorted(value.keys() - set(known)):
                self._note("input.unknown-key", step(pointer, key), key=key, known=", ".join(known))

    def _note(self, code: str, where: str, **params: object) -> None:
        self.ok = False
        self.problems.append(Problem(code, where, params))

    def has(self, key: str) -> bool:
        return key in self._object

    def names(self) -> tuple[str, ...]:
        return tuple(self._object)

    def raw(self, key: str) -> Any:
        """The value of `key` as it stands; None, and a problem, where there is none."""
        if key not in self._object:
            self._note("input.missing", step(self.pointer, key), key=key)
            return None
        return self._object[key]

    def refuse(self, key: str, expected: str) -> None:
        """Note that the value of `key` is not what was expected."""
        where, found = step(self.pointer, key), shown(self._object.get(key))
        self._note("input.type", where, expected=expected, found=found)

    def refuse_reference(self, key: str, kind: str) -> None:
        """Note that `key` names something that is not in this input."""
        self._note("input.reference", step(self.pointer, key), kind=kind, id=self._object.get(key))

    def refuse_duplicate(self, key: str) -> None:
        """Note that the id under `key` was used before."""
        self._note("input.duplicate", step(self.pointer, key), id=self._object.get(key))

    def text(self, key: str) -> str:
        """A string that is not empty and can be written out again."""
        value = self.raw(key)
        if is_text(value):
            return str(value)
        if key in self._object:
            self.refuse(key, "a string that is not empty")
        return ""

    def optional_text(self, key: str) -> str | None:
        """A string, or None where it is absent, null or empty: not known."""
        if self._object.get(key) in (None, ""):
            return None
        return self.text(key) or None

    def whole(self, key: str, *, low: int, high: int) -> int:
        """A whole number from `low` to `high`, both included; neither true nor 2.0 is one."""
        value = self.raw(key)
        if type(value) is int and low <= value <= high:
            return value
        if key in self._object:
            self.refuse(key, f"a whole number from {low} to {high}")
        return low

    def number(self, key: str, *, expected: str, low: float, high: float, above: bool = False) -> float:
        """A finite number from `low` to `high`; with `above`, `low` itself is too low."""
        value = self.raw(key)
        if is_number(value) and low <= value <= high and not (above and value == low):
            return float(value)
        if key in self._object:
            self.refuse(key, expected)
        return math.nan

    def instant(self, key: str) -> datetime | None:
        """An ISO 8601 date and time with its zone."""
        value = self.raw(key)
        moment = parse_instant(value)
        if moment is None and key in self._object:
            self.refuse(key, "an ISO 8601 date and time with a time zone")
        return moment

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of strings."""
        return tuple(text for text, _ in self._strings(key))

    def _strings(self, key: str) -> Iterator[tuple[str, str]]:
        for index, value in enumerate(self.items(key)):
            where = step(step(self.pointer, key), index)
            if is_text(value):
                yield value, where
            else:
                self._note("input.type", where, expected="a string that is not empty", found=shown(value))

    def matching_texts(self, key: str, pattern: Any, expected: str) -> tuple[str, ...]:
        """A list of strings that `pattern`, a compiled regular expression, matches in full."""
        found = []
        for text, where in self._strings(key):
            found.append(text)
            if not pattern.fullmatch(text):
                self._note("input.type", where, expected=expected, found=shown(text))
        return tuple(found)

    def items(self, key: str) -> list[Any]:
        """A list of anything."""
        value = self.raw(key)
        if isinstance(value, list):
            return value
        if key in self._object:
            self.refuse(key, "a list")
        return []

    def optional_items(self, key: str) -> list[Any]:
        """A list of anything, empty where it is absent."""
        return self.items(key) if key in self._object else []

    def member(self, key: str, *, known: Sequence[str]) -> Reader:
        """The object under `key`."""
        return Reader(self._object.get(key), step(self.pointer, key), self.problems, known=known)

    def members(self, key: str, values: Sequence[Any], *, known: Sequence[str]) -> Iterator[Reader]:
        """The objects of the list under `key`, one by one."""
        place = step(self.pointer, key)
        for index, value in enumerate(values):
            yield Reader(value, f"{place}/{index}", self.problems, known=known)


def is_text(value: object) -> bool:
    """Whether this is a string, not empty, without half a surrogate pair."""
    if not isinstance(value, str) or not value:
        return False
    return value.isascii() or not any("\ud800" <= letter <= "\udfff" for letter in value)


def is_number(value: object) -> bool:
    """Whether this is a finite number; true and false are none."""
    return type(value) in (int, float) and math.isfinite(value)  # type: ignore[arg-type]


def parse_instant(value: object) -> datetime | None:
    """The moment that an ISO 8601 text names, None unless it has a date, a time and a zone."""
    if not isinstance(value, str) or "T" not in value or not value.isascii():
        return None
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        return None
    return moment if moment.tzinfo is not None else None
