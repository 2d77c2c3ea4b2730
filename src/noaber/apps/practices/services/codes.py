"""The codes of what practices and lessons are about, and days that lie behind us."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from noaber.apps.accounts.acting import Acting
from noaber.apps.practices.enums import CodeList
from noaber.apps.practices.models import Lesson, Practice
from noaber.apps.records.history import Changes
from noaber.apps.records.words import Values
from noaber.core.problems import InvalidInput, Problem
from noaber.reference.vocabulary import load_capabilities, load_hazards, load_themes

Codes = Mapping[str, Sequence[str]]
"""The codes of a record, by the name of their list."""

_LISTS: Final[Mapping[str, tuple[str, Callable[[], Mapping[str, object]]]]] = {
    CodeList.THEME: ("themes", load_themes),
    CodeList.HAZARD: ("hazards", load_hazards),
    CodeList.CAPABILITY: ("capabilities", load_capabilities),
}
"""Each list with the name under which someone says its codes, and what is in it."""


def split_codes(values: Values) -> tuple[dict[str, Any], Codes]:
    """What someone says of a record, without the codes of what it is about, and these by their list.

    Raises
    ------
    InvalidInput
        Where a code is not of its list.
    """
    said = dict(values)
    codes = {name: list(said.pop(field)) for name, (field, _known) in _LISTS.items() if field in said}
    for name, given in codes.items():
        field, known = _LISTS[name]
        for code in given:
            if code not in known():
                raise InvalidInput([Problem("input.reference", field, {"kind": str(name), "id": code})])
    return said, codes


def set_codes(record: Practice | Lesson, codes: Codes) -> Changes:
    """Give the record these codes, and no others of their lists; answers what changed."""
    rows = list(record.codes.all())
    before = {(row.list, row.code) for row in rows}
    after = {(str(name), code) for name, given in codes.items() for code in given}
    after |= {(name, code) for name, code in before if name not in codes}
    for row in rows:
        if (row.list, row.code) not in after:
            row.delete()
    for name, given in codes.items():
        for code in dict.fromkeys(given):
            if (name, code) not in before:
                record.codes.create(list=name, code=code)
    told = (sorted(code for _name, code in before), sorted(code for _name, code in after))
    return {"about": told} if told[0] != told[1] else {}


def check_past(day: datetime.date, where: str, acting: Acting) -> None:
    """Raise `InvalidInput` where the day is still to come where the organisation is."""
    if day > acting.today:
        raise InvalidInput([Problem("practice.day-ahead", where)])
