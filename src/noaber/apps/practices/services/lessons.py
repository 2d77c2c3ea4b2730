"""Lessons: noted, changed, taken up by an action, checked, left with a reason, taken up anew."""

from __future__ import annotations

from typing import Any, Final

from django.db import models, transaction

from noaber.apps.accounts.acting import Acting
from noaber.apps.accounts.enums import Permission
from noaber.apps.accounts.queries import keeps
from noaber.apps.accounts.sharing import readers_of
from noaber.apps.actions.enums import ActionState
from noaber.apps.actions.models import Action
from noaber.apps.actions.services import add_action
from noaber.apps.actions.services.common import check_words, save_numbered
from noaber.apps.actions.values import ActionData
from noaber.apps.library.enums import Relation
from noaber.apps.library.services.links import check_seen, link
from noaber.apps.practices.enums import LESSON_STEPS, LessonState
from noaber.apps.practices.models import LONGEST_TITLE, Lesson, LessonCheck
from noaber.apps.practices.permissions import check_can_change
from noaber.apps.practices.queries import actions_of
from noaber.apps.practices.services.common import check_past, keep_history, set_codes, set_fields
from noaber.apps.practices.values import CheckData, LessonData
from noaber.apps.registry.enums import ChangeAction
from noaber.apps.registry.services.author import Author, announce_readers
from noaber.apps.registry.services.capacities import group_keys
from noaber.core.problems import InvalidInput, NotAllowed, Problem
from noaber.web.clock import now

_FIELDS: Final = ("language", "occasion", "occasion_name", "kept_by_function", "tlp", "illustrative", "source")


def add_lesson(acting: Acting, data: LessonData, *, source: models.Model | None = None) -> Lesson:
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
    acting.check_may(Permission.COOPERATE)
    values = _values(data)
    with transaction.atomic():
        record = Lesson(owner=acting.organisation, made_on=data.made_on, **values)
        save_numbered(record, "L")
        record.groups.set(group_keys(data.groups).values())
        set_codes(record, data.about)
        if source is not None:
            check_seen(acting.organisation, source)
            link(Author.of(acting), source, Relation.LED_TO, record, now=now())
        keep_history(acting, record, ChangeAction.ADDED, {})
        announce_readers(record)
        return record


def change_lesson(acting: Acting, record: Lesson, data: LessonData) -> None:
    """Change what is written; its number and day stay. Who could see it before is told."""
    values = _values(data)
    with transaction.atomic():
        locked = _lock(acting, record)
        saw = list(readers_of(locked))
        changes = set_fields(locked, values) | set_codes(locked, data.about)
        locked.groups.set(group_keys(data.groups).values())
        keep_history(acting, locked, ChangeAction.CHANGED, changes)
        announce_readers(locked, *saw)


def act_on_lesson(acting: Acting, record: Lesson, data: ActionData) -> Action:
    """Make an action of the lesson, which is taken up thereby; a lesson that is may have several."""
    with transaction.atomic():
        locked = _lock(acting, record)
        if locked.state not in (LessonState.IDENTIFIED, LessonState.IN_ACTION):
            raise NotAllowed("action.step-gone")
        action = add_action(acting, data, source=locked)
        if locked.state == LessonState.IDENTIFIED:
            _step(acting, locked, LessonState.IN_ACTION)
        return action


def take_up_lesson(acting: Acting, record: Lesson, action: Action) -> None:
    """Say that an action which is there already answers the lesson.

    Raises
    ------
    NotAllowed
        Where the action was dropped, or was done before a check showed that it does not help.
    """
    with transaction.atomic():
        locked = _lock(acting, record)
        check_seen(acting.organisation, action)
        last = locked.checks.first()
        is_spent = last is not None and action.done_on is not None and action.done_on <= last.checked_on
        if action.state == ActionState.DROPPED or is_spent:
            raise NotAllowed("lesson.action-spent")
        link(Author.of(acting), locked, Relation.LED_TO, action, now=now())
        _step(acting, locked, LessonState.IN_ACTION)


def check_lesson(acting: Acting, record: Lesson, data: CheckData) -> LessonCheck:
    """Write down whether what was done helps. Where it does not, the lesson is to be taken up again.

    Raises
    ------
    InvalidInput
        Where it is not said who checked and what was found, or the day is not between the action and today.
    NotAllowed
        While an action is still to be done, or none was.
    """
    note, who = check_words(data.note, "note"), check_words(data.checked_by, "checked_by", longest=160)
    check_past(data.checked_on, "checked_on", acting)
    with transaction.atomic():
        locked = _lock(acting, record)
        done = _done_actions(acting, locked)
        if any(action.done_on and action.done_on > data.checked_on for action in done):
            raise InvalidInput([Problem("lesson.checked-too-soon", "checked_on")])
        state = LessonState.CHECKED if data.effective else LessonState.IDENTIFIED
        made = LessonCheck.objects.create(
            lesson=locked,
            checked_on=data.checked_on,
            checked_by=who,
            organisation=acting.organisation,
            effective=data.effective,
            note=note,
            language=data.language,
            by=Author.of(acting).by,
            at=now(),
        )
        _step(acting, locked, state, reason="" if data.effective else note, language=data.language)
        return made


def leave_lesson(acting: Acting, record: Lesson, *, reason: str, language: str) -> None:
    """Nothing will be done about it; why is kept with it."""
    words = check_words(reason, "reason")
    with transaction.atomic():
        _step(acting, _lock(acting, record), LessonState.NOT_TAKEN, reason=words, language=language)


def reopen_lesson(acting: Acting, record: Lesson, *, reason: str, language: str) -> None:
    """What was checked or left is to be taken up again."""
    words = check_words(reason, "reason")
    with transaction.atomic():
        locked = _lock(acting, record)
        if locked.state == LessonState.IN_ACTION:
            raise NotAllowed("action.step-gone")
        _step(acting, locked, LessonState.IDENTIFIED, reason=words, language=language)


def _done_actions(acting: Acting, lesson: Lesson) -> list[Action]:
    """The actions of the lesson that were done, none being still to do."""
    actions = actions_of(acting.organisation, lesson)
    done = [action for action in actions if action.state == ActionState.DONE]
    if not done or any(action.is_under_way for action in actions):
        raise NotAllowed("lesson.not-done")
    return done


def _step(acting: Acting, locked: Lesson, state: LessonState, *, reason: str = "", language: str = "") -> None:
    if state not in LESSON_STEPS[locked.state]:
        raise NotAllowed("action.step-gone")
    before, locked.state = locked.state, state
    locked.state_reason, locked.state_language = reason, language if reason else ""
    locked.save(update_fields=["state", "state_reason", "state_language"])
    keep_history(acting, locked, ChangeAction.STATE, {"state": (before, state.value)}, reason)
    announce_readers(locked)


def _lock(acting: Acting, record: Lesson) -> Lesson:
    locked = Lesson.objects.select_for_update().get(pk=record.pk)
    check_can_change(acting.roles, owner=locked.owner_id, kept=keeps(acting.organisation))
    return locked


def _values(data: LessonData) -> dict[str, Any]:
    cause = data.cause.strip()
    return {name: getattr(data, name) for name in _FIELDS} | {
        "title": check_words(data.title, "title", longest=LONGEST_TITLE),
        "observation": check_words(data.observation, "observation"),
        "cause": cause and check_words(cause, "cause"),
        "change": check_words(data.change, "change"),
    }
