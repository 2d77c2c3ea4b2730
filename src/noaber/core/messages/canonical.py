"""A message as bytes, one way only: what is stored, signed and hashed.

The form is that of RFC 8785 (JSON Canonicalization Scheme): keys sorted, no blanks, UTF-8, numbers as ECMAScript
writes them. Times are UTC, `2021-07-14T16:00:00Z`, with as many digits of a second as are needed. A field that
holds its default is left out, so a field that is added later, with a default, changes no old digest; for the same
reason a default never changes. Files of the standards are read and written in `edxl_rm.py` and `edxl_de.py`.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
import math
import re
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from decimal import Decimal
from enum import StrEnum
from functools import cache
from types import NoneType, UnionType
from typing import Any, get_args, get_origin, get_type_hints

from noaber.core.messages.model import Message
from noaber.core.problems import InvalidInput, Problem

_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?(Z|[+-]\d\d:\d\d)")
_LARGEST_WHOLE = 2**53 - 1
"""Beyond it, whole numbers are no longer exact in every reader of JSON."""

Json = None | bool | int | float | str | list["Json"] | dict[str, "Json"]


def encode(message: Message) -> bytes:
    """The canonical bytes of `message`.

    Raises
    ------
    InvalidInput
        Where a value has no canonical form: a time without a zone, a number that is not finite, a character
        that XML cannot carry. `where` is a JSON pointer.
    """
    problems: list[Problem] = []
    plain = _to_json(message, "", problems)
    if problems:
        raise InvalidInput(problems, source=message.message_id)
    return _write(plain).encode()


def decode(data: bytes | str) -> Message:
    """The message that `data` holds; `decode(encode(m)) == m`.

    The bytes need not be canonical, but every key must be known, present where it has no default, and of its
    type; no key may come twice.

    Raises
    ------
    InvalidInput
        With every problem found; `where` is a JSON pointer.
    """
    plain = _load(data)
    problems: list[Problem] = []
    message = _from_json(plain, Message, "", problems)
    if problems:
        raise InvalidInput(problems)
    assert isinstance(message, Message)  # noqa: S101 - without problems the value is of the type asked for
    return message


def digest(message: Message) -> str:
    """SHA-256 of the canonical bytes, in hexadecimal."""
    return hashlib.sha256(encode(message)).hexdigest()


# Writing


def _to_json(value: object, where: str, problems: list[Problem]) -> Json:
    match value:
        case None | bool():
            return value
        case int():
            return _whole(value, where, problems)
        case float():
            return _finite(value, where, problems)
        case datetime():
            return _time_text(value, where, problems)
        case str():
            _check_characters(value, where, problems)
            return str(value)
        case tuple():
            return [_to_json(item, f"{where}/{index}", problems) for index, item in enumerate(value)]
    kind: Any = type(value)
    return {
        name: _to_json(getattr(value, name), f"{where}/{name}", problems)
        for name, default in _defaults(kind).items()
        if getattr(value, name) != default
    }


@cache
def _defaults(kind: type[Any]) -> Mapping[str, object]:
    """The default of each field of a dataclass; `MISSING` where it has none."""
    return {
        item.name: item.default if item.default_factory is dataclasses.MISSING else item.default_factory()
        for item in dataclasses.fields(kind)
    }


def _whole(value: int, where: str, problems: list[Problem]) -> int:
    if abs(value) > _LARGEST_WHOLE:
        problems.append(Problem("input.type", where, {"expected": "a number below 2^53", "found": _found(value)}))
    return value


def _finite(value: float, where: str, problems: list[Problem]) -> float:
    if not math.isfinite(value):
        problems.append(Problem("input.type", where, {"expected": "a finite number", "found": str(value)}))
    return value


def _time_text(at: datetime, where: str, problems: list[Problem]) -> str:
    try:
        if at.utcoffset() is None:
            raise ValueError("no zone")
        text = at.astimezone(UTC).replace(tzinfo=None).isoformat()
    except (ValueError, OverflowError):
        problems.append(Problem("message.time", where, {"time": at.isoformat()}))
        return ""
    return (text.rstrip("0") if "." in text else text) + "Z"


def _check_characters(text: str, where: str, problems: list[Problem]) -> None:
    if found := _NOT_XML.search(text):
        problems.append(Problem("message.character", where, {"code": f"U+{ord(found[0]):04X}"}))


def _write(value: Json) -> str:
    match value:
        case float():
            return _number(value)
        case list():
            return "[" + ",".join(map(_write, value)) + "]"
        case dict():
            return "{" + ",".join(f'"{key}":{_write(value[key])}' for key in sorted(value)) + "}"
    return json.dumps(value, ensure_ascii=False)


def _number(value: float) -> str:
    """As ECMAScript writes it (Number::toString): the shortest digits that read back as the same number."""
    sign, digits, exponent = Decimal(repr(value)).normalize().as_tuple()
    if digits == (0,):
        return "0"
    assert isinstance(exponent, int)  # noqa: S101 - never the exponent of an infinity: `_finite` saw it
    minus, text = "-" * sign, "".join(map(str, digits))
    point = len(text) + exponent
    if len(text) <= point <= 21:
        return minus + text.ljust(point, "0")
    if 0 < point <= 21:
        return f"{minus}{text[:point]}.{text[point:]}"
    if -6 < point <= 0:
        return f"{minus}0.{'0' * -point}{text}"
    mantissa = text[0] + ("." + text[1:] if text[1:] else "")
    return f"{minus}{mantissa}e{point - 1:+d}"


# Reading


def _load(data: bytes | str) -> Json:
    problems: list[Problem] = []
    try:
        text = data.decode("utf-8") if isinstance(data, bytes) else data
        plain = json.loads(
            text,
            object_pairs_hook=lambda pairs: _object(pairs, problems),
            parse_constant=_refuse_constant,
        )
    except (ValueError, RecursionError) as error:
        reason = "it is nested too deep" if isinstance(error, RecursionError) else str(error)
        raise InvalidInput([Problem("input.not-json", "", {"reason": reason})]) from error
    if problems:
        raise InvalidInput(problems)
    return plain  # type: ignore[no-any-return]


def _object(pairs: Iterable[tuple[str, Json]], problems: list[Problem]) -> dict[str, Json]:
    found: dict[str, Json] = {}
    for key, value in pairs:
        if key in found:
            problems.append(Problem("message.same-key", "", {"key": key}))
        found[key] = value
    return found


def _refuse_constant(text: str) -> float:
    raise ValueError(f"{text} is not a number of JSON")


def _from_json(value: Json, kind: Any, where: str, problems: list[Problem]) -> Any:
    """`value` as a `kind`; where it cannot be that, a problem and None."""
    if isinstance(kind, UnionType):
        return _read_optional(value, kind, where, problems)
    if get_origin(kind) is tuple:
        return _read_tuple(value, get_args(kind)[0], where, problems)
    if dataclasses.is_dataclass(kind):
        return _read_dataclass(value, kind, where, problems)
    return _read_scalar(value, kind, where, problems)


def _read_optional(value: Json, kind: UnionType, where: str, problems: list[Problem]) -> Any:
    (inner,) = (item for item in get_args(kind) if item is not NoneType)
    return None if value is None else _from_json(value, inner, where, problems)


def _read_tuple(value: Json, kind: Any, where: str, problems: list[Problem]) -> tuple[Any, ...]:
    if not isinstance(value, list):
        problems.append(_wrong_type("a list", value, where))
        return ()
    return tuple(_from_json(item, kind, f"{where}/{index}", problems) for index, item in enumerate(value))


def _read_dataclass(value: Json, kind: Any, where: str, problems: list[Problem]) -> Any:
    if not isinstance(value, dict):
        problems.append(_wrong_type("an object", value, where))
        return None
    hints, defaults = _hints(kind), _defaults(kind)
    before = len(problems)
    known = ", ".join(sorted(hints))
    problems += [
        Problem("input.unknown-key", _pointer(where, key), {"key": key, "known": known})
        for key in value
        if key not in hints
    ]
    problems += [
        Problem("input.missing", where, {"key": key})
        for key, default in defaults.items()
        if default is dataclasses.MISSING and key not in value
    ]
    fields = {key: _from_json(value[key], hints[key], f"{where}/{key}", problems) for key in value if key in hints}
    if len(problems) > before:
        return None
    try:
        return kind(**fields)
    except ValueError as error:
        problems.append(Problem("message.value", where, {"reason": str(error)}))
        return None


@cache
def _hints(kind: type[Any]) -> Mapping[str, Any]:
    return get_type_hints(kind)


def _pointer(where: str, key: str) -> str:
    return f"{where}/{key.replace('~', '~0').replace('/', '~1')}"


def _read_scalar(value: Json, kind: Any, where: str, problems: list[Problem]) -> Any:
    found: Any = None
    if kind is bool:
        found = value if isinstance(value, bool) else None
    elif kind is int:
        found = value if _is_whole(value) else None
    elif kind is float:
        found = _read_number(value)
    elif kind is datetime:
        found = _read_time(value)
    elif issubclass(kind, StrEnum):
        found = kind(value) if value in [item.value for item in kind] else None
    else:
        found = _read_text(value, where, problems)
    if found is None:
        problems.append(_wrong_type(_expected(kind), value, where))
    return found


def _read_text(value: Json, where: str, problems: list[Problem]) -> str | None:
    if not isinstance(value, str):
        return None
    _check_characters(value, where, problems)
    return value


def _read_number(value: Json) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    try:
        return float(value) if math.isfinite(value) else None
    except OverflowError:
        return None


def _is_whole(value: Json) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and abs(value) <= _LARGEST_WHOLE


def _read_time(value: Json) -> datetime | None:
    if not isinstance(value, str) or not _TIME.fullmatch(value):
        return None
    try:
        return datetime.fromisoformat(value).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


_EXPECTED = {
    bool: "true or false",
    int: "a whole number",
    float: "a number",
    datetime: "a time with its zone, such as 2021-07-14T16:00:00Z",
    str: "a text",
}


def _expected(kind: Any) -> str:
    return _EXPECTED.get(kind) or "one of " + ", ".join(item.value for item in kind)


def _wrong_type(expected: str, value: Json, where: str) -> Problem:
    return Problem("input.type", where, {"expected": expected, "found": _found(value)})


def _found(value: Json) -> str:
    if isinstance(value, list):
        return "a list"
    if isinstance(value, dict):
        return "an object"
    text = json.dumps(value)
    return text if len(text) <= 60 else text[:57] + "…"
