"""Where the open questions are seen outside of their own pages: fields, navigation, the desk, after a reading."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from noaber.apps.mapping.presenters.questions import notes_of
from noaber.apps.mapping.questions import count_asked_of
from noaber.apps.mapping.services.questions import close_answered
from noaber.apps.mapping.waiting import waiting_questions
from noaber.apps.records.desk import add_waiting
from noaber.apps.registry.field_notes import add_field_notes, field_read
from noaber.web.navigation import open_place

PAGES = ("questions", "question")


def connect() -> None:
    """Once, when the program starts."""
    add_field_notes(notes_of)
    field_read.connect(_close, dispatch_uid="close-answered-questions")
    open_place("mapping", url_name="agreements", covers=PAGES, count=_count)
    add_waiting(waiting_questions)


def _close(sender: object, *, check: Any, author: Any, **kwargs: Any) -> None:
    close_answered(check, author)


def _count(request: HttpRequest) -> int | None:
    """How many questions wait for the one who asks."""
    acting = request.acting  # type: ignore[attr-defined]
    return count_asked_of(acting.organisation) if acting else None
