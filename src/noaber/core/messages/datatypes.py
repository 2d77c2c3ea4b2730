"""The simple types of XML Schema that the emergency standards use: which texts each one accepts.

White space is treated as the type says; values are only judged here, never converted. Where XML Schema leaves
room, the verdict is that of libxml2, which is what most of our neighbours' software validates with.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final


class WhiteSpace(StrEnum):
    """What happens to blanks before a value is judged."""

    PRESERVE = "preserve"
    REPLACE = "replace"
    COLLAPSE = "collapse"


@dataclass(frozen=True)
class SimpleType:
    """A type of text.

    Parameters
    ----------
    name
        What to call it in an error, as in "expected a whole number".
    accepts_value
        Whether a value, its white space already treated, belongs to the type.
    values
        The only values allowed, in the order of the schema; empty where there is no such list.
    pattern
        A further restriction of the form, as the schema writes it; empty where there is none.
    """

    name: str
    white_space: WhiteSpace
    accepts_value: Callable[[str], bool]
    values: tuple[str, ...] = ()
    pattern: str = ""

    def treat(self, text: str) -> str:
        """The value that `text` stands for."""
        match self.white_space:
            case WhiteSpace.PRESERVE:
                return text
            case WhiteSpace.REPLACE:
                return re.sub("[\t\r\n]", " ", text)
            case WhiteSpace.COLLAPSE:
                return collapse(text)

    def accepts(self, text: str) -> bool:
        value = self.treat(text)
        if self.values and value not in self.values:
            return False
        if self.pattern and not re.fullmatch(self.pattern, value):
            return False
        return self.accepts_value(value)


def collapse(text: str) -> str:
    """Runs of XML's four blanks as one space, none at the ends."""
    return " ".join(part for part in re.split("[ \t\r\n]+", text) if part)


def one_of(base: SimpleType, *values: str) -> SimpleType:
    """`base`, restricted to a list of values."""
    return replace(base, name=f"one of {', '.join(values)}", values=values)


def list_of(item: SimpleType) -> SimpleType:
    """Any number of values of `item`, with blanks between them."""
    return SimpleType(
        f"a list, each {item.name}",
        WhiteSpace.COLLAPSE,
        lambda value: all(item.accepts(part) for part in value.split(" ") if part),
    )


def _by_form(name: str, form: str, holds: Callable[[str], bool] | None = None) -> SimpleType:
    compiled = re.compile(form)

    def accepts(value: str) -> bool:
        return bool(compiled.fullmatch(value)) and (holds is None or holds(value))

    return SimpleType(name, WhiteSpace.COLLAPSE, accepts)


_DATE = r"(-?(?:[1-9][0-9]{3,}|0[0-9]{3}))-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])"
_CLOCK = r"(?:(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\.[0-9]+)?|24:00:00(?:\.0+)?)"
_OFFSET = r"(?:Z|[+-](?:(?:0[0-9]|1[0-3]):[0-5][0-9]|14:00))?"
_NAME_START = (
    "A-Z_a-z\xc0-\xd6\xd8-\xf6\xf8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c-\u200d\u2070-\u218f"
    "\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_NAME_MORE = _NAME_START + "\\-.0-9\xb7\u0300-\u036f\u203f-\u2040"


def _is_day(value: str) -> bool:
    """Whether the day exists in its month; there is no year 0."""
    found = re.match(_DATE, value)
    if found is None or int(found[1]) == 0:
        return False
    year, month, day = (int(part) for part in found.groups())
    if month == 2:
        return day <= (29 if calendar.isleap(abs(year)) else 28)
    return day <= (30 if month in (4, 6, 9, 11) else 31)


_BASE64 = re.compile(r"(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/][AQgw]==|[A-Za-z0-9+/]{2}[AEIMQUYcgkosw048]=)?")


def _is_base64(value: str) -> bool:
    return bool(_BASE64.fullmatch(value.replace(" ", "")))


_PCT = "%[0-9A-Fa-f]{2}"
_PLAIN = r"\-A-Za-z0-9._~!$&'()*+,;="
_SEGMENTS = rf"(?:[{_PLAIN}:@/]|{_PCT})*"
_FIRST_SEGMENT = rf"(?:[{_PLAIN}@]|{_PCT})*"
_AUTHORITY = rf"//(?:(?:[{_PLAIN}:]|{_PCT})*@)?(?:\[[^\]/]*\]|(?:[{_PLAIN}]|{_PCT})*)(?::[0-9]{{1,8}})?"
_URI = re.compile(
    rf"(?:[A-Za-z][A-Za-z0-9+.-]*:(?:{_AUTHORITY}(?:/{_SEGMENTS})?|(?!//){_SEGMENTS})"
    rf"|{_AUTHORITY}(?:/{_SEGMENTS})?|(?!//)(?:/{_SEGMENTS}|{_FIRST_SEGMENT}(?:/{_SEGMENTS})?))"
    rf"(?:\?(?:[{_PLAIN}:@/?]|{_PCT})*)?(?:#(?:[{_PLAIN}:@/?\[\]]|{_PCT})*)?"
)
_ESCAPED_IN_URIS = re.compile('[\x00-\x20\x7f-\U0010ffff<>"{}|\\\\^`]')


def _is_uri(value: str) -> bool:
    """Characters that a URI must escape are allowed, as XLink allows them; the form must hold."""
    return bool(_URI.fullmatch(_ESCAPED_IN_URIS.sub("~", value)))


def _anything(_value: str) -> bool:
    return True


STRING: Final = SimpleType("text", WhiteSpace.PRESERVE, _anything)
LINE: Final = SimpleType("text", WhiteSpace.REPLACE, _anything)
TOKEN: Final = SimpleType("text", WhiteSpace.COLLAPSE, _anything)
DATE_TIME: Final = _by_form(
    "a date and time, such as 2021-07-14T18:00:00+02:00", rf"{_DATE}T{_CLOCK}{_OFFSET}", _is_day
)
TIME: Final = _by_form("a time of day", _CLOCK + _OFFSET)
DURATION: Final = _by_form(
    "a duration, such as P1D",
    r"-?P(?=.)(?:[0-9]+Y)?(?:[0-9]+M)?(?:[0-9]+D)?(?:T(?=.)(?:[0-9]+H)?(?:[0-9]+M)?(?:[0-9]+(?:\.[0-9]+)?S)?)?",
)
BOOLEAN: Final = _by_form("true or false", "true|false|1|0")
INTEGER: Final = _by_form("a whole number", r"[+-]?[0-9]+")
POSITIVE_INTEGER: Final = _by_form("a whole number above 0", r"\+?0*[1-9][0-9]*")
DECIMAL: Final = _by_form("a number", r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)")
NON_NEGATIVE_DECIMAL: Final = _by_form("a number from 0", r"\+?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)|-0+(?:\.0*)?|-\.0+")
DOUBLE: Final = _by_form("a number", r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?|-?INF|NaN")
LANGUAGE: Final = _by_form("a language tag, such as nl or fr-BE", "[a-zA-Z]{1,8}(?:-[a-zA-Z0-9]{1,8})*")
NMTOKEN: Final = _by_form("a name", f"[:{_NAME_MORE}]+")
NCNAME: Final = _by_form("a name without colon", f"[{_NAME_START}][{_NAME_MORE}]*")
ID: Final = replace(NCNAME, name="a name that no other element of the document has")
BASE_64: Final = SimpleType("base64 data", WhiteSpace.COLLAPSE, _is_base64)
ANY_URI: Final = SimpleType("a URI", WhiteSpace.COLLAPSE, _is_uri)
NON_EMPTY_URI: Final = SimpleType("a URI", WhiteSpace.COLLAPSE, lambda value: bool(value) and _is_uri(value))
NAMES: Final = list_of(NCNAME)
NUMBERS: Final = list_of(DOUBLE)
CAP_TIME: Final = replace(
    DATE_TIME,
    name="a date and time with a numeric offset and no fractions, such as 2021-07-14T18:00:00+02:00",
    pattern=r"\d\d\d\d-\d\d-\d\dT\d\d:\d\d:\d\d[-,+]\d\d:\d\d",
)
