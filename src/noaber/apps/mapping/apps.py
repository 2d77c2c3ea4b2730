"""The mapping of mutual assistance: who may help whom, where no text exists, what a change would do."""

from __future__ import annotations

from django.apps import AppConfig


class MappingConfig(AppConfig):
    name = "noaber.apps.mapping"
    label = "mapping"

    def ready(self) -> None:
        from noaber.apps.mapping import question_hooks

        question_hooks.connect()
