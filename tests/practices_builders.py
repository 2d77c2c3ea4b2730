"""Practices and lessons with sensible defaults, written by the centres of `actions_builders`."""

from __future__ import annotations

import datetime
from typing import Any

from actions_builders import WORKSHOP
from noaber.apps.accounts.acting import Acting
from noaber.apps.actions.models import Action
from noaber.apps.actions.services import finish_action
from noaber.apps.practices import services
from noaber.apps.practices.models import Lesson, Practice
from noaber.apps.records.words import Values

DONE_ON = datetime.date(2024, 8, 1)
FRENCH = {"language": "fr", "title": "Une cellule commune", "summary": "Tous dans une salle.", "place": "Bruxelles"}


def make_practice(acting: Acting, *, words: Values = FRENCH, source: Any = None, **fields: Any) -> Practice:
    given: dict[str, Any] = {**words, "made_on": WORKSHOP, "themes": ("evacuation",)}
    return services.add_practice(acting, given | fields, source=source)


def make_lesson(acting: Acting, *, source: Any = None, **fields: Any) -> Lesson:
    given: dict[str, Any] = {
        "title": "Boats could not go upstream",
        "language": "en",
        "observation": "Four boats turned back.",
        "change": "Name the current in the request.",
        "made_on": WORKSHOP,
    }
    return services.add_lesson(acting, given | fields, source=source)


def make_answer(acting: Acting, lesson: Lesson, **fields: Any) -> Action:
    """An action that the lesson led to."""
    given: dict[str, Any] = {
        "title": "Put the current into the form",
        "language": "en",
        "responsible": acting.organisation,
        "made_on": WORKSHOP,
    }
    action = services.act_on_lesson(acting, lesson, given | fields)
    lesson.refresh_from_db()
    return action


def finish(acting: Acting, action: Action) -> None:
    finish_action(acting, action, done_on=DONE_ON, evidence="The form has it.", language="en")


def check(acting: Acting, lesson: Lesson, **fields: Any) -> None:
    given: dict[str, Any] = {
        "checked_on": DONE_ON,
        "checked_by": "exercise staff",
        "effective": True,
        "note": "Every request named it.",
        "language": "en",
    }
    services.check_lesson(acting, lesson, **given | fields)
    lesson.refresh_from_db()
