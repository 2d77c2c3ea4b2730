"""Lessons that wait for an action or a check stand on the desk of who keeps them, and of nobody else."""

from __future__ import annotations

import datetime

import pytest

from actions_builders import make_centres
from noaber.apps.accounts.acting import Acting
from noaber.apps.practices.waiting import waiting_lessons
from practices_builders import check, finish, make_answer, make_lesson

pytestmark = pytest.mark.django_db
NOW = datetime.datetime(2024, 9, 2, 9, tzinfo=datetime.UTC)


def rows(acting: Acting) -> list[tuple[str, str]]:
    return [(row.detail, row.action) for row in waiting_lessons(acting, "Exercise", NOW)]


def test_a_lesson_waits_for_an_action_then_for_a_check_then_no_more():
    brussels, hague, _ = make_centres()
    lesson = make_lesson(brussels)
    assert rows(brussels) == [("waits for an action", "Take up")]
    assert rows(hague) == []
    action = make_answer(brussels, lesson)
    assert rows(brussels) == []
    finish(brussels, action)
    assert rows(brussels) == [("done, to be checked", "Check")]
    check(brussels, lesson)
    assert rows(brussels) == []
