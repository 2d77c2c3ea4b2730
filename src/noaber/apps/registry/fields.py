"""Reading one field of a capacity from text: the same for a cell of a file and for a form.

Each reader takes the text and answers with the value, or raises `BadText` with the code of the problem and what its
sentence names. Knows no Django and no database.
"""

from __future__ import annotations

import math
import re
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Final

from noaber.core.plain_text import find_unfit
from noaber.reference.territories import load_territories
from noaber.reference.vocabulary import (
    Attribute,
    AttributeKind,
    load_attributes,
    load_capabilities,
    load_host_needs,
)

MAX_MOBILISATION_MINUTES: Final = 30 * 24 * 60
MAX_QUANTITY: Final = 1_000_000
SEPARATOR: Final = "|"
CODE_PATTERN: Final = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._-]{0,59})")
_DECIMAL_COMMA: Final = re.compile(r"[+-]?\d+,\d+")
_NUMBER: Final = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,3})?")
_WHOLE: Final = re.compile(r"[+-]?\d{1,18}(?:\.0+)?")


class BadText(ValueError):
    """A text that is not what the field expects."""

    def __init__(self, code: str, **params: object) -> None:
        self.code = code
        self.params = params
        super().__init__(code)


def read_code(text: str) -> str:
    """A code by which the owner and messages name the capacity."""
    if not CODE_PATTERN.fullmatch(text):
        raise BadText("capacity.code", text=text)
    return text


def read_text(text: str, *, longest: int) -> str:
    """A text without control characters, no longer than its field."""
    if character := find_unfit(text):
        raise BadText("text.character", character=character)
    if len(text) > longest:
        raise BadText("capacity.too-long", length=len(text), longest=longest)
    return text


def read_number(text: str, *, lowest: float, highest: float, decimal_comma: bool = False) -> float:
    """A finite number between two bounds, both included. A decimal comma only where the file says so."""
    plain = text.replace(",", ".") if decimal_comma and _DECIMAL_COMMA.fullmatch(text) else text
    if not _NUMBER.fullmatch(plain):
        raise BadText("capacity.number", text=text)
    value = float(plain)
    if not math.isfinite(value) or not lowest <= value <= highest:
        raise BadText("capacity.range", text=text, lowest=f"{lowest:g}", highest=f"{highest:g}")
    return value


def read_whole(text: str, *, lowest: int, highest: int) -> int:
    """A whole number between two bounds, both included."""
    if not _WHOLE.fullmatch(text):
        raise BadText("capacity.whole-number", text=text)
    value = int(text.split(".")[0])
    if not lowest <= value <= highest:
        raise BadText("capacity.range", text=text, lowest=lowest, highest=highest)
    return value


def read_money(text: str, *, decimal_comma: bool = False) -> Decimal:
    """An amount in euro, from 0, with at most two decimals."""
    plain = text.replace(",", ".") if decimal_comma and _DECIMAL_COMMA.fullmatch(text) else text
    try:
        value = Decimal(plain)
    except InvalidOperation:
        raise BadText("capacity.money", text=text) from None
    if not value.is_finite() or not 0 <= value < 10**8 or value != round(value, 2):
        raise BadText("capacity.money", text=text)
    return value.quantize(Decimal("0.01"))


def read_yes_no(text: str) -> bool:
    match text.lower():
        case "yes" | "true" | "1":
            return True
        case "no" | "false" | "0":
            return False
        case _:
            raise BadText("capacity.yes-no", text=text)


def read_moment(text: str) -> datetime:
    """A moment with its offset from UTC."""
    try:
        value = datetime.fromisoformat(text)
    except ValueError:
        raise BadText("capacity.time", text=text) from None
    if value.tzinfo is None or not 1900 < value.year < 2200:
        raise BadText("capacity.time", text=text)
    return value


def read_choice(text: str, choices: tuple[str, ...]) -> str:
    """One of a short list of codes, in any case."""
    found = next((choice for choice in choices if choice.casefold() == text.casefold()), None)
    if found is None:
        raise BadText("capacity.choice", text=text, known=", ".join(choices))
    return found


def read_territory(text: str) -> str:
    """A NUTS 2021 code that the reference data carry."""
    if text not in load_territories():
        raise BadText("capacity.territory", text=text)
    return text


def read_capabilities(text: str) -> tuple[str, ...]:
    """Codes of the vocabulary, the main one first."""
    codes = read_list(text)
    if not codes:
        raise BadText("capacity.no-capability")
    for code in codes:
        if code not in load_capabilities():
            raise BadText("capacity.capability", text=code)
    return codes


def read_host_needs(text: str) -> tuple[str, ...]:
    """What the host must provide, as codes."""
    codes = read_list(text)
    for code in codes:
        if code not in load_host_needs():
            raise BadText("capacity.host-need", text=code, known=", ".join(load_host_needs()))
    return codes


def read_codes(text: str, known: frozenset[str], problem: str) -> tuple[str, ...]:
    """Codes of a list that is given; an unknown one is the problem `problem`."""
    codes = read_list(text)
    for code in codes:
        if code not in known:
            raise BadText(problem, text=code, known=", ".join(sorted(known)))
    return codes


def read_list(text: str) -> tuple[str, ...]:
    """What stands between the strokes; nothing twice."""
    parts = tuple(part.strip() for part in text.split(SEPARATOR)) if text.strip() else ()
    for index, part in enumerate(parts):
        if not part:
            raise BadText("capacity.empty-part", text=text)
        if part in parts[:index]:
            raise BadText("capacity.twice", text=part)
    return parts


def read_attributes(text: str, *, decimal_comma: bool = False) -> dict[str, str | float | bool]:
    """Properties as `code=value`, between strokes."""
    values: dict[str, str | float | bool] = {}
    for part in read_list(text):
        code, equals, value = part.partition("=")
        attribute = load_attributes().get(code.strip())
        if not equals or attribute is None:
            raise BadText("capacity.attribute", text=part, known=", ".join(load_attributes()))
        if attribute.code in values:
            raise BadText("capacity.twice", text=attribute.code)
        values[attribute.code] = read_attribute(attribute, value.strip(), decimal_comma=decimal_comma)
    return values


def read_attribute(attribute: Attribute, text: str, *, decimal_comma: bool = False) -> str | float | bool:
    """The value of one property."""
    match attribute.kind:
        case AttributeKind.NUMBER:
            value = read_number(text, lowest=attribute.lowest, highest=1e9, decimal_comma=decimal_comma)
            return int(value) if value == int(value) else value
        case AttributeKind.YES_NO:
            return read_yes_no(text)
        case AttributeKind.CHOICE:
            return read_choice(text, tuple(choice.code for choice in attribute.choices))
        case AttributeKind.TEXT:
            return _attribute_text(text)


def _attribute_text(text: str) -> str:
    if not text or SEPARATOR in text or "\n" in text:
        raise BadText("capacity.attribute-text", text=text)
    return read_text(text, longest=160)


def write_attributes(values: dict[str, str | float | bool]) -> str:
    """The inverse of `read_attributes`."""
    return SEPARATOR.join(f"{code}={write_attribute(value)}" for code, value in values.items())


def write_attribute(value: str | float | bool) -> str:
    """The inverse of `read_attribute`."""
    match value:
        case bool():
            return "yes" if value else "no"
        case int() | float():
            return repr(value)
        case _:
            return value
