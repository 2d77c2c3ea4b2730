"""Practices and lessons: what was learned where, found again, reused, checked."""

from __future__ import annotations

from django.apps import AppConfig

PRACTICE_PAGES = ("practice", "practice-edit", "practice-new", "practice-translate", "practice-reuse", "reuse-edit")
LESSON_PAGES = ("lesson", "lesson-edit", "lesson-new", "lesson-act")


class PracticesConfig(AppConfig):
    name = "noaber.apps.practices"
    label = "practices"

    def ready(self) -> None:
        from noaber.apps.practices.kinds import add_kinds

        add_kinds()
