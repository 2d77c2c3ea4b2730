"""The app, and its guards on the journal: set after every migrate."""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class ExchangeConfig(AppConfig):
    name = "noaber.apps.exchange"
    label = "exchange"

    def ready(self) -> None:
        post_migrate.connect(_set_guards, sender=self)


def _set_guards(*, using: str, **kwargs: Any) -> None:
    from django.db import connections

    from noaber.apps.exchange.journal.guards import ENTRY, install_guards

    connection = connections[using]
    if ENTRY in connection.introspection.table_names():
        install_guards(connection)
