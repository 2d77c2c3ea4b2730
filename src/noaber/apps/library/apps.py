"""What is kept and found again: documents, links between records, search over everything one may see."""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate

DOCUMENTED = ("meeting", "decision", "action", "plan", "event", "practice", "lesson", "exchange", "incident")
"""The kinds of record from whose pages one adds a document."""
DOCUMENT_PAGES = ("document", "document-new", "document-edit", "document-version-new")


class LibraryConfig(AppConfig):
    name = "noaber.apps.library"
    label = "library"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from noaber.apps.library.document_kind import add_document_kind
        from noaber.apps.library.panel import add_start
        from noaber.apps.library.registry_kinds import add_registry_kinds
        from noaber.web.navigation import open_place, open_search

        open_search(url_name="search")
        open_place("library", url_name="documents", covers=DOCUMENT_PAGES)
        add_registry_kinds()
        add_document_kind()
        add_start(DOCUMENTED, url_name="document-new", label=_("Add a document"))
        post_migrate.connect(_install_search, sender=self)


def _install_search(*, using: str, **_told: Any) -> None:
    from django.db import connections

    from noaber.apps.library.matching import TEXTS, install

    database = connections[using]
    if TEXTS in database.introspection.table_names():
        install(database)
