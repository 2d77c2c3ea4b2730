"""The steps of practices and lessons."""

from __future__ import annotations

from typing import Any

from actions_builders import WORKSHOP, make_action, make_centres
from noaber.apps.accounts.acting import Acting
from noaber.apps.practices import services
from practices_builders import check, finish, make_answer, make_lesson, make_practice
from steps import Step
from steps.actions import of_brussels


def practice() -> tuple[Acting, Any]:
    brussels, *_ = make_centres()
    return brussels, make_practice(brussels)


def reuse() -> tuple[Acting, Any]:
    brussels, record = practice()
    return brussels, services.reuse_practice(brussels, record, TAKEN_OVER)


def lesson() -> tuple[Acting, Any]:
    brussels, *_ = make_centres()
    return brussels, make_lesson(brussels)


def answered() -> tuple[Acting, Any]:
    brussels, record = lesson()
    finish(brussels, make_answer(brussels, record))
    return brussels, record


def left() -> tuple[Acting, Any]:
    brussels, record = lesson()
    services.leave_lesson(brussels, record, reason="It is known.", language="en")
    return brussels, record


def with_action() -> tuple[Acting, Any]:
    brussels, record = lesson()
    return brussels, (record, make_action(brussels))


TAKEN_OVER = {"place": "Liège", "since": WORKSHOP, "language": "fr"}
ENGLISH = {"language": "en", "title": "One cell", "summary": "All in one room."}
STEPS = {
    "add_practice": Step(of_brussels, lambda acting, _centre: make_practice(acting)),
    "change_practice": Step(
        practice,
        lambda acting, record: services.change_practice(acting, record, {"contact_function": "head of unit"}),
    ),
    "translate_practice": Step(practice, lambda acting, record: services.translate_practice(acting, record, ENGLISH)),
    "reuse_practice": Step(
        practice,
        lambda acting, record: services.reuse_practice(acting, record, TAKEN_OVER),
    ),
    "change_reuse": Step(
        reuse, lambda acting, record: services.change_reuse(acting, record, TAKEN_OVER | {"place": "Namur"})
    ),
    "add_lesson": Step(of_brussels, lambda acting, _centre: make_lesson(acting)),
    "change_lesson": Step(
        lesson, lambda acting, record: services.change_lesson(acting, record, {"observation": "Five turned back."})
    ),
    "act_on_lesson": Step(lesson, make_answer),
    "take_up_lesson": Step(with_action, lambda acting, both: services.take_up_lesson(acting, *both)),
    "check_lesson": Step(answered, check),
    "leave_lesson": Step(
        lesson, lambda acting, record: services.leave_lesson(acting, record, reason="It is known.", language="en")
    ),
    "reopen_lesson": Step(
        left, lambda acting, record: services.reopen_lesson(acting, record, reason="It is not.", language="en")
    ),
}
NO_STEPS: dict[str, str] = {}
