"""Lessons: from what was seen to an action, and from the action to whether it helps."""

from __future__ import annotations

import datetime

import pytest

from actions_builders import make_action, make_centres
from noaber.apps.accounts.enums import Role
from noaber.apps.actions.enums import Origin
from noaber.apps.actions.services import drop_action
from noaber.apps.library.enums import Relation
from noaber.apps.library.links import linked_with
from noaber.apps.practices import services
from noaber.apps.practices.enums import LessonState
from noaber.apps.practices.models import Lesson
from noaber.apps.practices.presenters.lessons import present_chain, present_lesson
from noaber.apps.practices.queries import LessonFilter, actions_of, count_states, list_lessons
from noaber.apps.records.history import history_of
from noaber.core.problems import InvalidInput, NotAllowed, NotFound
from practices_builders import DONE_ON, check, finish, make_answer, make_lesson
from registry_builders import make_acting

pytestmark = pytest.mark.django_db


def test_a_lesson_becomes_an_action_is_done_and_checked():
    brussels, _, _ = make_centres()
    lesson = make_lesson(brussels)
    action = make_answer(brussels, lesson)
    assert (lesson.number, lesson.state, action.origin) == ("L-2024-001", LessonState.IN_ACTION, Origin.LESSON)
    with pytest.raises(NotAllowed, match="none still to do"):
        check(brussels, lesson)
    finish(brussels, action)
    actions = actions_of(brussels.organisation, lesson)
    assert present_lesson(lesson, actions, DONE_ON).awaits_check
    check(brussels, lesson)
    assert lesson.state == LessonState.CHECKED
    chain = present_chain(lesson, actions, lesson.checks.all())
    assert [str(one.what) for one in chain] == ["Noted", "Action agreed", "Action done", "Checked: it helps"]
    assert [change.fields.get("state") for change in history_of(lesson)] == [
        ["in-action", "checked"],
        ["identified", "in-action"],
        None,
    ]


def test_what_does_not_help_is_to_be_taken_up_again_by_something_else():
    brussels, _, _ = make_centres()
    lesson = make_lesson(brussels)
    action = make_answer(brussels, lesson)
    finish(brussels, action)
    check(brussels, lesson, effective=False, note="Nobody filled it in.")
    assert (lesson.state, lesson.state_reason) == (LessonState.IDENTIFIED, "Nobody filled it in.")
    action.refresh_from_db()
    with pytest.raises(NotAllowed, match="found not to help"):
        services.take_up_lesson(brussels, lesson, action)
    other = make_action(brussels)
    services.take_up_lesson(brussels, lesson, other)
    lesson.refresh_from_db()
    assert (lesson.state, lesson.state_reason) == (LessonState.IN_ACTION, "")
    assert actions_of(brussels.organisation, lesson) == [action, other]


def test_one_action_of_several_still_to_do_forbids_the_check_and_a_dropped_one_does_not():
    brussels, _, _ = make_centres()
    lesson = make_lesson(brussels)
    finish(brussels, make_answer(brussels, lesson))
    other = make_answer(brussels, lesson)
    with pytest.raises(NotAllowed):
        check(brussels, lesson)
    drop_action(brussels, other, reason="Not needed.", language="en")
    with pytest.raises(InvalidInput, match="not done yet"):
        check(brussels, lesson, checked_on=DONE_ON - datetime.timedelta(days=1))
    with pytest.raises(InvalidInput, match="still to come"):
        check(brussels, lesson, checked_on=datetime.date(2199, 1, 1))
    check(brussels, lesson)


def test_only_dropped_actions_are_nothing_to_check():
    brussels, _, _ = make_centres()
    lesson = make_lesson(brussels)
    action = make_answer(brussels, lesson)
    drop_action(brussels, action, reason="No.", language="en")
    action.refresh_from_db()
    with pytest.raises(NotAllowed):
        check(brussels, lesson)
    services.leave_lesson(brussels, lesson, reason="It costs more than it brings.", language="en")
    services.reopen_lesson(brussels, lesson, reason="It happened again.", language="en")
    with pytest.raises(NotAllowed, match="dropped"):
        services.take_up_lesson(brussels, lesson, action)
    with pytest.raises(NotAllowed, match="not possible"):
        services.reopen_lesson(brussels, lesson, reason="Again.", language="en")


def test_leaving_it_needs_a_reason():
    brussels, _, _ = make_centres()
    lesson = make_lesson(brussels)
    with pytest.raises(InvalidInput):
        services.leave_lesson(brussels, lesson, reason=" ", language="en")
    assert Lesson.objects.get().state == LessonState.IDENTIFIED


def test_only_its_keeper_takes_a_step_and_others_see_what_they_may():
    brussels, hague, dusseldorf = make_centres()
    lesson = make_lesson(brussels, groups=["BENELUX"])
    with pytest.raises(NotAllowed):
        make_answer(hague, lesson)
    with pytest.raises(NotAllowed):
        services.leave_lesson(hague, lesson, reason="No.", language="en")
    with pytest.raises(NotAllowed):
        make_lesson(make_acting(brussels.organisation, Role.DUTY_OFFICER))
    make_answer(brussels, lesson)
    assert actions_of(hague.organisation, lesson) == []
    counts = [count_states(one.organisation)[LessonState.IN_ACTION] for one in (hague, dusseldorf)]
    assert counts == [1, 0]


def test_nothing_is_taken_up_by_an_action_that_one_does_not_see():
    brussels, hague, _ = make_centres()
    lesson = make_lesson(brussels)
    with pytest.raises(NotFound):
        services.take_up_lesson(brussels, lesson, make_action(hague))


def test_lessons_are_found_by_their_themes_and_filtered():
    brussels, _, _ = make_centres()
    lesson = make_lesson(brussels, themes=("shift-handover",), hazards=("flood",))
    make_lesson(brussels, title="Something else")
    asked = (
        LessonFilter(text="Schichtübergabe"),
        LessonFilter(theme="shift-handover"),
        LessonFilter(text="inondations"),
    )
    assert [list(list_lessons(brussels.organisation, one)) for one in asked] == [[lesson]] * 3


def test_what_it_comes_from_is_linked():
    brussels, _, _ = make_centres()
    source = make_action(brussels)
    lesson = make_lesson(brussels, source=source)
    ends = linked_with(brussels.organisation, lesson)
    assert [(end.record, end.link.relation) for end in ends] == [(source, Relation.LED_TO)]
    assert actions_of(brussels.organisation, lesson) == []
