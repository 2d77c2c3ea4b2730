"""What practices and lessons have in common: the codes of what they are about, and days that lie behind us."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Final

from noaber.apps.accounts.acting import Acting
from noaber.apps.practices.enums import CodeList
from noaber.apps.practices.models import Lesson, LessonCode, Practice, PracticeCode
from noaber.apps.practices.values import AboutData
from noaber.apps.records.history import Changes
from noaber.core.problems import InvalidInput, Problem
from noaber.reference.vocabulary import load_capabilities, load_hazards, load_themes

_LISTS: Final = (
    (CodeList.THEME, "themes", load_themes),
    (CodeList.HAZARD, "hazards", load_hazards),
    (CodeList.CAPABILITY, "capabilities", load_capabilities),
)
"""Each list with the field of `AboutData` that holds its codes, and what is in it."""


def set_codes(record: Practice | Lesson, about: AboutData) -> Changes:
    """Give the record these codes and no others; answers what changed.

    Raises
    ------
    InvalidInput
        Where a code is not of its list.
    """
    before = codes_of(record)
    after = dict.fromkeys(_codes(about))
    made = [code for code in after if code not in before]
    rows = record.codes.all()
    for row in rows:
        if (row.list, row.code) not in after:
            row.delete()
    for name, code in made:
        if isinstance(record, Practice):
            PracticeCode.objects.create(practice=record, list=name, code=code)
        else:
            LessonCode.objects.create(lesson=record, list=name, code=code)
    told = (sorted(code for _name, code in before), sorted(code for _name, code in after))
    return {"about": told} if told[0] != told[1] else {}


def codes_of(record: Practice | Lesson) -> list[tuple[str, str]]:
    return [(row.list, row.code) for row in record.codes.all()]


def _codes(about: AboutData) -> Iterator[tuple[str, str]]:
    for name, field, load in _LISTS:
        for code in getattr(about, field):
            if code not in load():
                raise InvalidInput([Problem("input.reference", field, {"kind": name.value, "id": code})])
            yield name.value, code


def check_past(day: datetime.date, where: str, acting: Acting) -> None:
    """Raise `InvalidInput` where the day is still to come where the organisation is."""
    if day > acting.today:
        raise InvalidInput([Problem("practice.day-ahead", where)])
