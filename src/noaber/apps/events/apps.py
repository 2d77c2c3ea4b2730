"""Dossiers of major events: dates, places, roles, liaison roster, reserved capacities."""

from __future__ import annotations

from django.apps import AppConfig


class EventsConfig(AppConfig):
    name = "noaber.apps.events"
    label = "events"

    def ready(self) -> None:
        from noaber.web.navigation import open_place

        open_place("events", url_name="events")
