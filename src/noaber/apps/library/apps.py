"""What is kept and found again: documents, links between records, search over everything one may see."""

from __future__ import annotations

from django.apps import AppConfig


class LibraryConfig(AppConfig):
    name = "noaber.apps.library"
    label = "library"

    def ready(self) -> None:
        from noaber.apps.library.registry_kinds import add_registry_kinds

        add_registry_kinds()
