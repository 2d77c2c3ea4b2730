"""Practices and lessons: what was learned where, found again, reused, checked."""

from __future__ import annotations

from django.apps import AppConfig

PRACTICE_PAGES = ("practice", "practice-edit", "practice-new", "practice-translate", "practice-reuse", "reuse-edit")
LESSON_PAGES = ("lesson", "lesson-edit", "lesson-new", "lesson-act", "lesson-check", "lesson-leave", "lesson-reopen")
TAUGHT_BY = ("incident", "event", "meeting")
"""The kinds of record from whose pages one notes a lesson."""


class PracticesConfig(AppConfig):
    name = "noaber.apps.practices"
    label = "practices"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from noaber.apps.library.panel import add_start
        from noaber.apps.planner.presenters.waiting import add_waiting
        from noaber.apps.practices.kinds import add_kinds
        from noaber.apps.practices.waiting import waiting_lessons
        from noaber.web.navigation import open_place
        from noaber.web.tabs import open_tab

        covers = {*PRACTICE_PAGES, *LESSON_PAGES, "lessons", "practices"}
        open_place("cooperation", url_name="actions", covers=covers)
        open_tab("cooperation", url_name="practices", label=_("Practices"), rank=60, covers=PRACTICE_PAGES)
        open_tab("cooperation", url_name="lessons", label=_("Lessons"), rank=70, covers=LESSON_PAGES)
        add_kinds()
        add_waiting(waiting_lessons)
        add_start(TAUGHT_BY, url_name="lesson-new", label=_("Note a lesson"))
