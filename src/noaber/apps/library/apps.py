"""What is kept and found again: documents, links between records, search over everything one may see."""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class LibraryConfig(AppConfig):
    name = "noaber.apps.library"
    label = "library"

    def ready(self) -> None:
        from noaber.apps.library.hooks import follow_kinds
        from noaber.web.navigation import open_place, open_search

        open_search(url_name="search")
        open_place("library", url_name="documents")
        follow_kinds()
        post_migrate.connect(_install_search, sender=self)


def _install_search(*, using: str, **_told: Any) -> None:
    from django.db import connections

    from noaber.apps.library.matching import TEXTS, install

    database = connections[using]
    if TEXTS in database.introspection.table_names():
        install(database)
