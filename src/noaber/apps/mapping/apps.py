"""The mapping of mutual assistance: who may help whom, where no text exists, what a change would do."""

from __future__ import annotations

from django.apps import AppConfig

PAGES = ("gaps", "gap-pair", "what-if", "who-capabilities", "who-map", "who-may-help")


class MappingConfig(AppConfig):
    name = "noaber.apps.mapping"
    label = "mapping"

    def ready(self) -> None:
        from noaber.apps.mapping import question_hooks
        from noaber.web.navigation import open_place

        open_place("mapping", url_name="who-matrix", covers=PAGES)
        question_hooks.connect()
