"""Lessons: noted, changed, taken up by an action, checked, left with a reason, taken up anew."""

from __future__ import annotations

import datetime

from django.db import models, transaction

from noaber.apps.accounts.acting import Acting
from noaber.apps.actions.enums import ActionState
from noaber.apps.actions.models import Action
from noaber.apps.actions.services import add_action
from noaber.apps.library.enums import Relation
from noaber.apps.library.services.links import check_seen, lead_on, link
from noaber.apps.practices.enums import LESSON_STEPS, LessonState
from noaber.apps.practices.models import Lesson, LessonCheck
from noaber.apps.practices.queries import actions_of
from noaber.apps.practices.services.codes import check_past, set_codes, split_codes
from noaber.apps.records.history import Author
from noaber.apps.records.words import Values, check_words
from noaber.apps.records.writing import add, write
from noaber.core.problems import InvalidInput, NotAllowed, Problem
from noaber.web.clock import now


def add_lesson(acting: Acting, values: Values, *, source: models.Model | None = None) -> Lesson:
    """Note a lesson; it belongs to the organisation that does, and `source` led to it.

    Raises
    ------
    NotAllowed
        Where the role does not work on the cooperation.
    InvalidInput
        Where something is not said, or a code is unknown.
    NotFound
        Where the organisation does not see `source`.
    """
    said, codes = split_codes(values)
    with transaction.atomic():
        record = add(acting, Lesson, said)
        set_codes(record, codes)
        lead_on(acting, source, record)
        return record


def change_lesson(acting: Acting, record: Lesson, values: Values) -> None:
    """Change what is written; its number and day stay. Who could see it before is told."""
    said, codes = split_codes(values)
    with write(acting, record) as writing:
        writing.set(said)
        writing.tell(set_codes(writing.record, codes))


def act_on_lesson(acting: Acting, record: Lesson, values: Values) -> Action:
    """Make an action of the lesson, which is taken up thereby; a lesson that is may have several."""
    with write(acting, record) as writing:
        lesson = writing.record
        if lesson.state not in (LessonState.IDENTIFIED, LessonState.IN_ACTION):
            raise NotAllowed("action.step-gone")
        if lesson.state == LessonState.IDENTIFIED:
            writing.step(LESSON_STEPS, LessonState.IN_ACTION)
        return add_action(acting, values, source=lesson)


def take_up_lesson(acting: Acting, record: Lesson, action: Action) -> None:
    """Say that an action which is there already answers the lesson.

    Raises
    ------
    NotAllowed
        Where the action was dropped, or was done before a check showed that it does not help.
    """
    with write(acting, record) as writing:
        check_seen(acting.organisation, action)
        last = writing.record.checks.first()
        is_spent = last is not None and action.done_on is not None and action.done_on <= last.checked_on
        if action.state == ActionState.DROPPED or is_spent:
            raise NotAllowed("lesson.action-spent")
        link(Author.of(acting), writing.record, Relation.LED_TO, action, now=now())
        writing.step(LESSON_STEPS, LessonState.IN_ACTION)


def check_lesson(
    acting: Acting,
    record: Lesson,
    *,
    checked_on: datetime.date,
    checked_by: str,
    effective: bool,
    note: str,
    language: str,
) -> LessonCheck:
    """Write down whether what was done helps. Where it does not, the lesson is to be taken up again.

    Raises
    ------
    InvalidInput
        Where it is not said who checked and what was found, or the day is not between the action and today.
    NotAllowed
        While an action is still to be done, or none was.
    """
    words, who = check_words(note, "note"), check_words(checked_by, "checked_by", longest=160)
    check_past(checked_on, "checked_on", acting)
    with write(acting, record) as writing:
        done = _done_actions(acting, writing.record)
        if any(action.done_on and action.done_on > checked_on for action in done):
            raise InvalidInput([Problem("lesson.checked-too-soon", "checked_on")])
        state = LessonState.CHECKED if effective else LessonState.IDENTIFIED
        writing.step(LESSON_STEPS, state, reason="" if effective else words, language=language)
        return LessonCheck.objects.create(
            lesson=writing.record,
            checked_on=checked_on,
            checked_by=who,
            organisation=acting.organisation,
            effective=effective,
            note=words,
            language=language,
            by=Author.of(acting).by,
            at=now(),
        )


def leave_lesson(acting: Acting, record: Lesson, *, reason: str, language: str) -> None:
    """Nothing will be done about it; why is kept with it."""
    words = check_words(reason, "reason")
    with write(acting, record) as writing:
        writing.step(LESSON_STEPS, LessonState.NOT_TAKEN, reason=words, language=language)


def reopen_lesson(acting: Acting, record: Lesson, *, reason: str, language: str) -> None:
    """What was checked or left is to be taken up again."""
    words = check_words(reason, "reason")
    with write(acting, record) as writing:
        if writing.record.state == LessonState.IN_ACTION:
            raise NotAllowed("action.step-gone")
        writing.step(LESSON_STEPS, LessonState.IDENTIFIED, reason=words, language=language)


def _done_actions(acting: Acting, lesson: Lesson) -> list[Action]:
    """The actions of the lesson that were done, none being still to do."""
    actions = actions_of(acting.organisation, lesson)
    done = [action for action in actions if action.state == ActionState.DONE]
    if not done or any(action.is_under_way for action in actions):
        raise NotAllowed("lesson.not-done")
    return done
