"""The app, and its guards on the journal: set after every migrate."""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class ExchangeConfig(AppConfig):
    name = "noaber.apps.exchange"
    label = "exchange"

    def ready(self) -> None:
        from noaber.apps.exchange.queries import teams_spoken_for
        from noaber.apps.roads.queries.unavailable_teams import add_unavailable
        from noaber.web.navigation import open_place

        post_migrate.connect(_set_guards, sender=self)
        open_place("assistance", url_name="requests", covers=PAGES, count=_count_waiting)
        add_unavailable(teams_spoken_for)


PAGES = frozenset(
    {"request", "request-print", "draft", "draft-new", "deployments", "deployment", "certificate", "case-journal"}
)


def _count_waiting(request: Any) -> int | None:
    """How much waits for a decision of the one who asks."""
    from noaber.apps.exchange.queries import count_waiting

    return count_waiting(request.acting.organisation, request.status_band) if request.acting else None


def _set_guards(*, using: str, **kwargs: Any) -> None:
    from django.db import connections

    from noaber.apps.exchange.journal.guards import ENTRY, install_guards

    connection = connections[using]
    if ENTRY in connection.introspection.table_names():
        install_guards(connection)
