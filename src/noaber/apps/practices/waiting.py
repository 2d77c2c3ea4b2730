"""Lessons of the organisation that wait for an action or for a check, as rows of the desk."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from noaber.apps.accounts.acting import Acting
from noaber.apps.accounts.enums import Permission
from noaber.apps.accounts.queries import keeps
from noaber.apps.practices.enums import LessonState
from noaber.apps.practices.models import Lesson
from noaber.apps.practices.presenters.lessons import LessonRow, present_lesson
from noaber.apps.practices.queries import actions_of_all
from noaber.apps.records.desk import DeskRow, start_of

MOST_AT_THE_DESK: Final = 5
OPEN: Final = (LessonState.IDENTIFIED, LessonState.IN_ACTION)


def waiting_lessons(acting: Acting, _status: str, at: datetime.datetime) -> Iterator[DeskRow]:
    """A row for each lesson that nobody has taken up, or of which everything is done and nobody has checked it."""
    if not acting.may(Permission.COOPERATE):
        return
    kept = Lesson.objects.filter(owner__in=keeps(acting.organisation), state__in=OPEN)
    lessons = list(kept.select_related("owner").order_by("made_on", "pk"))
    actions = actions_of_all(acting.organisation, lessons)
    today = at.astimezone(acting.zone).date()
    rows = (present_lesson(lesson, actions[lesson.pk], today) for lesson in lessons)
    waiting = [row for row in rows if row.awaits_check or row.lesson.state == LessonState.IDENTIFIED]
    for row in waiting[:MOST_AT_THE_DESK]:
        yield _row(row, acting)


def _row(row: LessonRow, acting: Acting) -> DeskRow:
    lesson = row.lesson
    return DeskRow(
        key=f"lesson-{lesson.pk}",
        text=_("Lesson %(number)s: %(title)s") % {"number": lesson.number, "title": lesson.title},
        detail=_("done, to be checked") if row.awaits_check else _("waits for an action"),
        other=lesson.owner.code,
        other_detail=lesson.kept_by_function or _("keeps the lesson"),
        url=lesson.get_absolute_url(),
        action=pgettext("to do", "Check") if row.awaits_check else pgettext("to do", "Take up"),
        due_at=None,
        since=start_of(lesson.made_on, acting.zone),
    )
