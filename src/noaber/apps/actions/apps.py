"""What was recommended and what is to be done: one list, whoever asked for it."""

from __future__ import annotations

from django.apps import AppConfig


class ActionsConfig(AppConfig):
    name = "noaber.apps.actions"
    label = "actions"

    def ready(self) -> None:
        from noaber.apps.actions.reminders import count_pressing
        from noaber.web.navigation import open_place

        open_place("cooperation", url_name="actions", count=count_pressing)
